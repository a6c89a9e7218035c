"""An article's text -> sentences -> passages. Only offsets are made here: no character of the text is ever changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.records import Article, Passage, Sentence, digest

Span = tuple[int, int]

MAX_SENTENCE = 1000
"""Characters. A longer "sentence" (a table, a list without full stops) is cut where a clause or a word ends."""

WRAPPED_LINE = 100
"""Characters. Lines no longer than this, and all nearly as long, were broken by a program and not by the writer."""

BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
LINE_END = re.compile(r"\n")
TITLE = re.compile(r"\b(?:Adm|Amb|Atty|Brig|Cdr|Cmdr|Cpl|Det|Gens|Govs|Insp|Lt|Maj|Msgr|Pfc|Pvt|Reps|Sens|Supt)\.\s*\Z")
"""What stands before a name; Punkt takes it for the end of a sentence."""
LONGEST_TITLE = 12
"""Characters of a title and the white space after it."""
NAME = re.compile(
    r"\s*(?!(?:A|After|All|An|And|As|At|But|By|Every|Everybody|Few|For|From|He|Her|His|How|I|If|In|It|Its|Many|Most|No|"
    r"Nobody|Of|On|One|Or|Our|She|So|Some|That|The|Their|Then|There|These|They|This|Those|To|Two|We|What|When|Where|"
    r"Which|While|Who|Why|With|You|Your)\b)[A-Z]"
)
"""How a name begins; before the other words even a title ends its sentence."""
OPENING, CLOSING = "“„«", "”»"
QUOTATION = re.compile(f'["{OPENING}{CLOSING}]')


def split_sentences(text: str) -> list[Span]:
    """Offsets of the sentences of `text`, in order: without surrounding white space, and together all that is not.

    Sentences never cross a paragraph. Boundaries within one are found by Punkt (Kiss and Strunk, Computational
    Linguistics 2006) as implemented and trained in nupunkt.
    """
    from nupunkt import sent_spans

    sentences: list[Span] = []
    for start, end in _paragraphs(text):
        paragraph = text[start:end]
        for a, b in _joined(paragraph, sent_spans(paragraph)):
            sentences.extend(_shortened(text, _stripped(text, (start + a, start + b))))
    return sentences


def _joined(paragraph: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a paragraph, those that end with a title together with the name that follows."""
    begin = None
    for start, end in spans:
        begin = start if begin is None else begin
        if not (TITLE.search(paragraph, max(begin, end - LONGEST_TITLE), end) and NAME.match(paragraph, end)):
            yield begin, end
            begin = None


def make_passages(article: Article, sentences: Sequence[Sentence], *, size: int) -> list[Passage]:
    """Group whole sentences into passages of up to `size` characters (one longer sentence is a passage of its own).

    A passage ends where it is full, or one or more sentences earlier when that keeps a quotation in one piece and
    leaves the passage at least half full.
    """
    return [
        Passage(
            id=digest(article.id, article.content_hash, str(group[0].start), str(group[-1].end)),
            article_id=article.id,
            number=number,
            start=group[0].start,
            end=group[-1].end,
            text=article.text[group[0].start : group[-1].end],
            sentences=tuple(group),
        )
        for number, group in enumerate(_groups(article.text, sentences, size))
    ]


def _groups(text: str, sentences: Sequence[Sentence], size: int) -> Iterator[Sequence[Sentence]]:
    inside = _ends_inside_quotation(text, sentences)
    first = 0
    while first < len(sentences):
        begin = sentences[first].start
        last = first
        while last + 1 < len(sentences) and sentences[last + 1].end - begin <= size:
            last += 1
        if last + 1 < len(sentences) and inside[last]:
            whole = [i for i in range(first, last) if not inside[i] and sentences[i].end - begin >= size / 2]
            last = whole[-1] if whole else last
        yield sentences[first : last + 1]
        first = last + 1


def _ends_inside_quotation(text: str, sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence, whether a quotation is still open where it ends. A new paragraph starts afresh."""
    open_now = False
    inside: list[bool] = []
    for i, sentence in enumerate(sentences):
        if i and "\n" in text[sentences[i - 1].end : sentence.start]:
            open_now = False
        for mark in QUOTATION.findall(text, sentence.start, sentence.end):
            open_now = mark in OPENING or (mark == '"' and not open_now)
        inside.append(open_now)
    return inside


def _paragraphs(text: str) -> Iterator[Span]:
    """Blocks between blank lines, and within a block its lines, unless a program wrapped them."""
    for start, end in _pieces(text, (0, len(text)), BLANK_LINE):
        lines = list(_pieces(text, (start, end), LINE_END))
        if _is_wrapped([b - a for a, b in lines]):
            yield start, end
        else:
            yield from lines


def _is_wrapped(lengths: Sequence[int]) -> bool:
    longest = max(lengths, default=0)
    return len(lengths) > 2 and 40 <= longest <= WRAPPED_LINE and min(lengths[:-1]) >= 0.7 * longest


def _pieces(text: str, span: Span, separator: re.Pattern[str]) -> Iterator[Span]:
    start, end = span
    for match in separator.finditer(text, start, end):
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:end].strip():
        yield start, end


def _stripped(text: str, span: Span) -> Span:
    piece = text[span[0] : span[1]]
    start = span[0] + len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def _shortened(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > MAX_SENTENCE:
        window = text[start : start + MAX_SENTENCE]
        cut = max((window.rfind(mark) + len(mark) for mark in ("; ", ", ", " ", "\n")), key=lambda at: at * (at > 0))
        cut = cut if cut > MAX_SENTENCE // 2 else MAX_SENTENCE
        yield _stripped(text, (start, start + cut))
        start += cut
        start, _ = _stripped(text, (start, end))
    if start < end:
        yield start, end
