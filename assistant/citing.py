"""Every marker and every quotation of an answer held against the source."""

from __future__ import annotations

from assistant.answer import Answer, BrokenPromise


def checked(answer: Answer) -> Answer:
    """The same answer, when it keeps its promise.

    Each statement is word for word the quote of its first citation and stands in the text with its markers; each
    citation's quote is in its article (a Citation cannot be made otherwise), and is the citation of some statement.

    Raises:
        BrokenPromise: it does not; such an answer is never shown.
    """
    quotes = {c.number: c.quote for c in answer.citations}
    if sorted(quotes) != list(range(1, len(answer.citations) + 1)):
        raise BrokenPromise(f"the citations are numbered {sorted(quotes)}, not from 1 on")
    used = [n for s in answer.statements for n in s.citations]
    if sorted(used) != sorted(quotes):
        raise BrokenPromise(f"the statements cite {used}, the citations are {sorted(quotes)}")
    for statement in answer.statements:
        markers = "".join(f"[{n}]" for n in statement.citations)
        if statement.text != quotes[statement.citations[0]]:
            raise BrokenPromise(f"statement {markers} is not the quote it cites")
        if f"{statement.text} {markers}" not in answer.text:
            raise BrokenPromise(f"statement {markers} is not in the text as it stands in its source")
    return answer
