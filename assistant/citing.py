"""Every marker and every quotation of an answer held against the source."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer import VERBATIM, Answer, BrokenPromise, Citation, Statement
from index import Article, quotations

MARKS = "“”„«»‘’\"'`"
"""That open or close a quotation."""
STOPS = " .,;:!?…"


def checked(answer: Answer) -> Answer:
    """The same answer, when it keeps its promise.

    Each statement is word for word the quote of its first citation, or was written by a chat model and has no quotation
    that its citations do not have; it stands in the text with its markers. Each citation's quote is in its article (a
    Citation cannot be made otherwise), and is the citation of some statement.

    Raises:
        BrokenPromise: it does not; such an answer is never shown.
    """
    citations = {c.number: c for c in answer.citations}
    if sorted(citations) != list(range(1, len(answer.citations) + 1)):
        raise BrokenPromise(f"the citations are numbered {sorted(citations)}, not from 1 on")
    used = [n for s in answer.statements for n in s.citations]
    # What a chat model wrote may say two things of one passage; the articles' own words are told once.
    if sorted(set(used) if answer.written_by else used) != sorted(citations):
        raise BrokenPromise(f"the statements cite {used}, the citations are {sorted(citations)}")
    for statement in answer.statements:
        markers = "".join(f"[{n}]" for n in statement.citations)
        if not statement.citations:
            raise BrokenPromise(f"“{statement.text}” cites nothing")
        if VERBATIM in statement.support and statement.text != citations[statement.citations[0]].quote:
            raise BrokenPromise(f"statement {markers} is not the quote it cites")
        if VERBATIM not in statement.support:
            _hold(statement, [citations[n] for n in statement.citations])
        if f"{statement.text} {markers}" not in answer.text:
            raise BrokenPromise(f"statement {markers} is not in the text as it stands in its source")
    return answer


def stretches(places: Iterable[tuple[Article, int, int]]) -> list[tuple[Article, int, int]]:
    """Places (article, start, end) in order; those with nothing but white space between them are one."""
    joined: list[tuple[Article, int, int]] = []
    for article, start, end in sorted(places, key=lambda place: (place[0].id, *place[1:])):
        last = joined[-1] if joined else None
        if last and last[0].id == article.id and not article.text[last[2] : start].strip():
            joined[-1] = (article, last[1], max(end, last[2]))
        else:
            joined.append((article, start, end))
    return joined


def _hold(statement: Statement, cited: list[Citation]) -> None:
    """Hold the quotations of a written statement against its citations; one may run over some that follow another."""
    sources = [article.text[start:end] for article, start, end in stretches((c.article, c.start, c.end) for c in cited)]
    for quote in quotations(statement.text):
        words = statement.text[quote.start : quote.end].strip(MARKS)
        if not any(words.rstrip(STOPS) in source for source in sources):
            raise BrokenPromise(f"“{words}” is in none of the citations {list(statement.citations)}")
