"""Answers, citations and articles as safe HTML and inert Markdown: what the page shows, without the page."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise
from urllib.parse import urlsplit

from assistant.answer import Answer, Citation
from index import AddReport, Article, SearchFilter

SURROUNDINGS = 280
"""Characters of the article shown before and after the cited words."""
TURNS_WITH_EVIDENCE = 12
"""Older answers keep their text and lose their links: every turn's evidence travels with each new answer."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and its answer so far; `number` counts from 1 and makes its anchors unique."""

    number: int
    question: str
    answer: Answer | None = None
    only: SearchFilter = field(default_factory=SearchFilter)


# ---- words


_MARKDOWN = re.compile(
    r"[<>&\\`*_\[\]~$|@{}]"  # markup wherever it stands
    r"|^[-+=#]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d{3})[.)]|(?<=^\d{4})[.)]"  # only at the beginning of a line
    r"|:(?=//)|(?<=www)\.",  # what turns bare addresses into links
    re.MULTILINE | re.IGNORECASE,
)


def plain(text: str) -> str:
    """`text` as Markdown that shows exactly these characters.

    Only what Markdown could read becomes a character reference: screen readers are given the source.
    """
    lines = "\n".join(line.strip() for line in text.splitlines())
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", lines)


def day(when: date | None) -> str:
    """`when` as readers write it, or that it is not known."""
    return f"{when.day} {when:%B %Y}" if when else "date unknown"


def as_of(answer: Answer) -> str:
    """One line on how old the cited articles are; empty when there are none."""
    oldest, newest = answer.as_of.oldest, answer.as_of.newest
    undated = any(c.article.published is None for c in answer.citations)
    if oldest is None or newest is None:
        return "The cited articles have no known date." if undated else ""
    known = f"As of {day(newest)}" if oldest == newest else f"From articles of {day(oldest)} to {day(newest)}"
    return f"{known}; one or more cited articles have no known date." if undated else f"{known}."


def restriction(only: SearchFilter) -> str:
    """What a question was restricted to, in one line; empty when to nothing."""
    parts = [f"from {day(only.published_from)}"] if only.published_from else []
    parts += [f"to {day(only.published_to)}"] if only.published_to else []
    parts += [", ".join(only.sources)] if only.sources else []
    return f"Restricted to articles {'; '.join(parts)}." if parts else ""


def anchor(turn: int, number: int) -> str:
    """The id of citation `number` in the evidence of `turn`."""
    return f"turn-{turn}-cite-{number}"


def answer_markdown(turn: Turn, *, linked: bool = True) -> str:
    """The answer as the chat shows it: inert text, its markers links into the evidence, then dates and notes."""
    answer = turn.answer
    if answer is None:
        return "*Reading the articles …*"
    numbers = {c.number for c in answer.citations} if linked else set()

    def piece(part: str) -> str:
        marker = re.fullmatch(r"\[(\d+)\]", part)
        if marker and int(marker[1]) in numbers:
            return f"[&#91;{marker[1]}&#93;](#{anchor(turn.number, int(marker[1]))})"
        return plain(part) if part.strip() else part

    # plain() strips lines, so the white space around each marker is kept apart and put back.
    parts = re.split(r"(\[\d+\]|\s+)", answer.text)
    asides = [as_of(answer), *answer.notes]
    return "\n\n".join(["".join(map(piece, parts)), *(f"*{plain(aside)}*" for aside in asides if aside)])


def messages(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The conversation as the chat component takes it."""
    last = turns[-1].number if turns else 0
    return [
        message
        for turn in turns
        for message in (
            {"role": "user", "content": plain(turn.question)},
            {
                "role": "assistant",
                "content": answer_markdown(turn, linked=turn.number > last - TURNS_WITH_EVIDENCE),
            },
        )
    ]


# ---- evidence


def marked(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """`text[start:end]` as HTML, with what `spans` cover in `<mark>`; spans may overlap."""
    cuts = sorted({start, end, *(min(max(edge, start), end) for span in spans for edge in span)})
    pieces = [(a, b, any(s <= a and b <= e for s, e in spans)) for a, b in pairwise(cuts)]
    runs = [(cited, [(a, b) for a, b, _ in run]) for cited, run in groupby(pieces, key=lambda piece: piece[2])]
    shown = [(cited, html.escape(text[run[0][0] : run[-1][1]])) for cited, run in runs]
    return "".join(f"<mark>{words}</mark>" if cited else words for cited, words in shown)


_BLANK_LINES = re.compile(r"\n\s*\n")


def surroundings(citation: Citation) -> str:
    """The cited words, highlighted, with a few hundred characters of the article around them, cut between words."""
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
    return before + _BLANK_LINES.sub("\n", left) + cited + _BLANK_LINES.sub("\n", right) + after


def said_by(citation: Citation) -> str:
    """Who speaks in the cited words, as HTML; empty when nobody is known to."""
    if not citation.speaker:
        return ""
    behind = citation.speaks_for
    whom = f", for {behind}" if behind and behind not in citation.speaker else ""
    return f'<p class="dl-speaker">{html.escape(citation.speaker + whom)}</p>'


def headline(article: Article) -> str:
    """The title as HTML, a link where the article has an http or https address."""
    title = html.escape(article.title or "Untitled")
    if article.url and urlsplit(article.url).scheme in ("http", "https"):
        where = html.escape(article.url)
        return f'<a href="{where}" target="_blank" rel="noopener noreferrer">{title}</a>'
    return title


def byline(article: Article) -> str:
    """Outlet, date, authors, as HTML."""
    known = [article.source or "outlet unknown", day(article.published)]
    if article.updated and article.updated != article.published:
        known.append(f"updated {day(article.updated)}")
    known.extend(article.authors)
    return " · ".join(html.escape(part) for part in known)


def card(article: Article, citations: Sequence[Citation], turn: int, *, numbered: bool) -> str:
    """One article and what is cited of it."""
    items = []
    for c in citations:
        name = f' id="{anchor(turn, c.number)}"' if numbered else ""
        badge = f'<span class="dl-number">{c.number}</span>' if numbered else ""
        quote = f'<blockquote class="dl-quote">{surroundings(c)}</blockquote>'
        items.append(f'<li class="dl-cite" tabindex="-1"{name}>{badge}<div>{said_by(c)}{quote}</div></li>')
    whole = marked(article.text, 0, len(article.text), [(c.start, c.end) for c in citations])
    return (
        f'<article class="dl-article"><h3>{headline(article)}</h3><p class="dl-byline">{byline(article)}</p>'
        f'<ol class="dl-cites">{"".join(items)}</ol>'
        f'<details><summary>Whole article</summary><div class="dl-text">{whole}</div></details></article>'
    )


def section(turn: Turn, answer: Answer, *, shown: bool) -> str:
    """The evidence of one turn; hidden unless `shown`, for a marker of an older answer to bring back."""
    cited = answer.citations if answer.answered else answer.near_misses
    by_article = {c.article.id: [d for d in cited if d.article.id == c.article.id] for c in cited}
    cards = [card(own[0].article, own, turn.number, numbered=answer.answered) for own in by_article.values()]
    kind = "Evidence" if answer.answered else "Closest passages" if cited else "No passages"
    lines = []
    if answer.standalone_question and answer.standalone_question != turn.question:
        lines.append(f"Understood as: {answer.standalone_question}")
    if not answer.answered:
        closest = "These passages come closest; none of them answers the question." if cited else "Nothing comes close."
        lines.append(f"The articles do not say. {closest}")
    lines += [restriction(turn.only), as_of(answer), *answer.notes]
    meta = "".join(f'<p class="dl-meta">{html.escape(line)}</p>' for line in lines if line)
    return (
        f'<section class="dl-turn" id="turn-{turn.number}"{"" if shown else " hidden"}>'
        f'<header><p class="dl-kicker">{kind}</p><h2>{html.escape(turn.question)}</h2>{meta}</header>'
        f"{''.join(cards)}</section>"
    )


def evidence_html(turns: Sequence[Turn]) -> str:
    """The evidence of the last turns, the newest shown; before any answer, what the panel is for."""
    answers = [(turn, turn.answer) for turn in turns[-TURNS_WITH_EVIDENCE:] if turn.answer]
    if not answers:
        return (
            '<div class="dl-evidence dl-idle"><p class="dl-kicker">Evidence</p>'
            "<p>The passages that an answer stands on appear here, word for word, with their outlet and date. "
            "Press a [1] in an answer to see its passage.</p></div>"
        )
    sections = (section(turn, answer, shown=turn is answers[-1][0]) for turn, answer in answers)
    return f'<div class="dl-evidence">{"".join(sections)}</div>'


# ---- articles in


def report_html(report: AddReport) -> str:
    """How adding went, each failure with its reason and its remedy."""
    counts = f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {report.failed} failed"
    rows = "".join(
        f"<li><strong>{html.escape(f.where)}</strong> {html.escape(f.reason)}. <em>{html.escape(f.remedy)}</em></li>"
        for f in report.failures
    )
    return f'<div class="dl-report"><p>{counts}</p>{f"<ul>{rows}</ul>" if rows else ""}</div>'
