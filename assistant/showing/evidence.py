"""Citations and articles as safe HTML: the evidence beside a conversation."""

from __future__ import annotations

import html
from collections.abc import Collection, Sequence
from itertools import groupby, pairwise

from assistant.conversations import Turn
from assistant.kept import KeptAnswer, KeptCitation
from assistant.showing.words import (
    asides,
    attributes,
    day,
    escaped,
    fate,
    quotation,
    reference,
    speaking,
)
from index import Article, web_address

SURROUNDINGS = 280
"""Characters of the article shown before and after the cited words."""
TURNS_WITH_EVIDENCE = 12
"""Older answers keep their text and lose their links: every turn's evidence travels with each new answer."""


def anchor(turn: int, number: int) -> str:
    """The id of citation `number` in the evidence of `turn`."""
    return f"turn-{turn}-cite-{number}"


def marked(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """`text[start:end]` as HTML, with what `spans` cover in `<mark>`; spans may overlap."""
    cuts = sorted({start, end, *(min(max(edge, start), end) for span in spans for edge in span)})
    pieces = [(a, b, any(s <= a and b <= e for s, e in spans)) for a, b in pairwise(cuts)]
    runs = [(cited, [(a, b) for a, b, _ in run]) for cited, run in groupby(pieces, key=lambda piece: piece[2])]
    shown = [(cited, escaped(text[run[0][0] : run[-1][1]])) for cited, run in runs]
    return "".join(f"<mark>{words}</mark>" if cited else words for cited, words in shown)


def surroundings(citation: KeptCitation) -> str:
    """The cited words, highlighted, with a few hundred characters of the article around them, cut between words."""
    if citation.fate:
        return f"<mark>{escaped(citation.quote)}</mark>"
    text = citation.article.text
    start, end = max(0, citation.start - SURROUNDINGS), min(len(text), citation.end + SURROUNDINGS)
    if start:
        start = next((i + 1 for i in range(start, citation.start) if text[i].isspace()), citation.start)
    if end < len(text):
        end = next((i for i in range(end, citation.end, -1) if text[i].isspace()), citation.end)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    left = marked(text, start, citation.start, []).lstrip()
    cited = marked(text, citation.start, citation.end, [(citation.start, citation.end)])
    right = marked(text, citation.end, end, []).rstrip()
    return before + left + cited + right + after


def headline(article: Article) -> str:
    """The title as HTML, a link where the article has an http or https address."""
    title = html.escape(article.title or "Untitled")
    where = web_address(article.url)
    if where is None:
        return title
    return f'<a href="{html.escape(where)}" target="_blank" rel="noopener noreferrer">{title}</a>'


def byline(article: Article) -> str:
    """Outlet, date, authors, as HTML."""
    known = [article.source or "outlet unknown", day(article.published)]
    if article.updated and article.updated != article.published:
        known.append(f"updated {day(article.updated)}")
    known.extend(article.authors)
    return " · ".join(html.escape(part) for part in known)


def open_button(article: Article, spans: Collection[tuple[int, int]], words: str = "Open article") -> str:
    """A button that opens the whole article at the first of `spans`, all of which are marked in it."""
    places = " ".join(f"{start}-{end}" for start, end in spans)
    label = f"{words}: {article.title or 'Untitled'}"
    given = attributes(data_act="article", data_id=article.id, data_spans=places, aria_label=label)
    return f'<button type="button" class="dl-tool"{given}>{words}</button>'


def copy_button(citation: KeptCitation) -> str:
    """A button that copies the quotation with its reference."""
    given = attributes(
        data_act="copy",
        data_text=quotation(citation),
        aria_label=f"Copy quotation {citation.number} with its reference",
    )
    return f'<button type="button" class="dl-tool"{given}>Copy quotation</button>'


def card(article: Article, citations: Sequence[KeptCitation], turn: int, *, numbered: bool) -> str:
    """One article and what is cited of it."""
    items = "".join(_cited(c, citations, turn, numbered=numbered) for c in citations)
    gone = fate(citations[0])
    note = f'<p class="dl-fate">{html.escape(gone)}.</p>' if gone else ""
    return (
        f'<article class="dl-article"><h3>{headline(article)}</h3><p class="dl-byline">{byline(article)}</p>{note}'
        f'<ol class="dl-cites">{items}</ol></article>'
    )


def _cited(c: KeptCitation, beside: Sequence[KeptCitation], turn: int, *, numbered: bool) -> str:
    spans = [(c.start, c.end), *((d.start, d.end) for d in beside if d is not c)]
    opened = open_button(c.article, spans) if not c.fate else ""
    if c.fate == "changed":
        opened = open_button(c.article, [], "Open article as it is now")
    who = speaking(c.speaker, c.speaks_for)
    badge = f'<span class="dl-number" aria-hidden="true">{c.number}</span>' if numbered else ""
    label = f"Passage {c.number}: {reference(c, address=False)}" if numbered else f"Near, no answer: {reference(c)}"
    named = attributes(id=anchor(turn, c.number) if numbered else None, aria_label=label)
    return (
        f'<li class="dl-cite" tabindex="-1"{named}>{badge}<div>'
        + (f'<p class="dl-speaker">{html.escape(who)}</p>' if who else "")
        + f'<blockquote class="dl-quote">{surroundings(c)}</blockquote>'
        f'<p class="dl-tools">{opened}{copy_button(c)}</p></div></li>'
    )


def section(turn: Turn, answer: KeptAnswer, *, shown: bool) -> str:
    """The evidence of one turn; hidden unless `shown`, for a marker of an older answer to bring back."""
    cited = answer.shown
    by_article = {c.article.id: [d for d in cited if d.article.id == c.article.id] for c in cited}
    cards = [card(own[0].article, own, turn.number, numbered=answer.answered) for own in by_article.values()]
    kind = "Evidence" if answer.answered else "Closest passages" if cited else "No passages"
    lines = []
    if not answer.answered:
        closest = "These passages come closest; none of them answers the question." if cited else "Nothing comes close."
        lines.append(f"The articles do not say. {closest}")
    meta = "".join(f'<p class="dl-meta">{html.escape(line)}</p>' for line in [*lines, *asides(turn)])
    return (
        f'<section class="dl-turn" id="turn-{turn.number}" aria-labelledby="turn-{turn.number}-title"'
        f'{"" if shown else " hidden"}><header><p class="dl-kicker">{kind}</p>'
        f'<h2 id="turn-{turn.number}-title">{html.escape(turn.question)}</h2>{meta}</header>{"".join(cards)}</section>'
    )


def evidence_html(turns: Sequence[Turn]) -> str:
    """The evidence of the last turns, the newest shown; before any answer, what the panel is for."""
    answers = [(turn, turn.answer) for turn in turns[-TURNS_WITH_EVIDENCE:] if turn.answer]
    if not answers:
        return (
            '<div class="dl-evidence dl-idle"><h2 class="dl-kicker">Evidence</h2>'
            "<p>The passages that an answer stands on appear here, word for word, with their outlet and date. "
            "Press a [1] in an answer to see its passage.</p></div>"
        )
    sections = (section(turn, answer, shown=turn is answers[-1][0]) for turn, answer in answers)
    return f'<div class="dl-evidence">{"".join(sections)}</div>'
