"""A conversation taken elsewhere: Markdown, HTML, its evidence as CSV, JSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence

from assistant.conversations import Turn
from assistant.kept import KeptAnswer, KeptCitation
from assistant.showing.words import BEFORE, asides, escaped, fate, lines_of, plain, reference
from assistant.spreadsheet import MARK, to_csv
from index import web_address

COLUMNS = (
    "question answered number quote speaker speaks_for source title published authors url path start end article_id "
    "fate"
).split()
STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em;color:#1c1b19;background:#fff}"
    "blockquote{margin:.3em 0 .3em 1em;border-left:3px solid #ccc;padding-left:.8em;white-space:pre-wrap}"
    "p{white-space:pre-wrap}"
    ".aside,cite{color:#555;font-size:.9em;font-style:normal}"
)


def markdown(name: str, turns: Sequence[Turn]) -> str:
    """As Markdown in which what was said and quoted stands as plain characters."""
    parts = [f"# {_heading(name)}"]
    for turn in turns:
        parts.append(f"## {_heading(turn.question)}")
        parts += [plain(line) for line in _said(turn)]
        parts += [f"*{plain(aside)}*" for aside in asides(turn)]
        answer = turn.answer
        if answer and answer.shown:
            parts.append(f"### {_title(answer)}")
            parts += [_quoted(c, numbered=answer.answered) for c in answer.shown]
    return "\n\n".join(parts) + "\n"


def page(name: str, turns: Sequence[Turn]) -> str:
    """As one HTML page without scripts, that loads nothing."""
    body = [f"<h1>{html.escape(name)}</h1>"]
    for turn in turns:
        body.append(f"<section><h2>{html.escape(turn.question)}</h2>")
        body += [f"<p>{escaped(line)}</p>" for line in _said(turn)]
        body += [f'<p class="aside">{html.escape(aside)}</p>' for aside in asides(turn)]
        answer = turn.answer
        if answer and answer.shown:
            items = "".join(_source(c, numbered=answer.answered) for c in answer.shown)
            body.append(f"<h3>{_title(answer)}</h3>{items}")
        body.append("</section>")
    head = f'<meta charset="utf-8"><title>{html.escape(name)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{"".join(body)}</body></html>\n'


def evidence_csv(name: str, turns: Sequence[Turn]) -> str:
    """The passages as a table that is safe to open in a spreadsheet, a row for each; `name` is not in it."""
    rows = []
    for turn in turns:
        for c in turn.answer.shown if turn.answer else ():
            known = c.to_dict() | {"authors": "; ".join(c.article.authors), "fate": c.fate or "as quoted"}
            known |= {"question": turn.question, "answered": bool(turn.answer and turn.answer.answered)}
            rows.append({column: known[column] for column in COLUMNS})
    return MARK + to_csv(COLUMNS, rows)


def as_json(name: str, turns: Sequence[Turn]) -> str:
    """As JSON: each question with its answer as `dateline ask --json` has it, and the asides of the page."""
    asked = [
        {"question": turn.question, "stopped": turn.stopped, "problem": turn.problem, "asides": asides(turn)}
        | (turn.answer.to_dict() if turn.answer else {})
        for turn in turns
    ]
    return json.dumps({"name": name, "turns": asked}, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, tuple[str, str, Callable[[str, Sequence[Turn]], str]]] = {
    "md": ("Markdown", "text/markdown", markdown),
    "html": ("HTML", "text/html", page),
    "csv": ("Evidence as CSV", "text/csv", evidence_csv),
    "json": ("JSON", "application/json", as_json),
}
"""By the ending of a file: what the format is called, its type, and what makes it."""


def file_name(name: str, ending: str) -> str:
    """A name for the file that is safe on every system."""
    return f"{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')[:60] or 'conversation'}.{ending}"


def _heading(text: str) -> str:
    """`text` in one line of Markdown."""
    return plain(" ".join(text.split()))


def _said(turn: Turn) -> list[str]:
    """The answer's lines, after what went wrong when it was asked again."""
    if turn.answer is None:
        return [turn.problem or "Not answered."]
    return [*([turn.problem, BEFORE] if turn.problem else []), *lines_of(turn.answer.text)]


def _title(answer: KeptAnswer) -> str:
    return "Sources" if answer.answered else "Closest passages, none of which answers"


def _quoted(c: KeptCitation, *, numbered: bool) -> str:
    """A passage in Markdown."""
    mark = f"\\[{c.number}\\] " if numbered else ""
    gone = f" ({fate(c)})" if c.fate else ""
    quote = "\n".join(f"> {line}" for line in plain(c.quote).split("\n"))
    return f"{mark}{plain(reference(c) + gone)}\n\n{quote}"


def _source(c: KeptCitation, *, numbered: bool) -> str:
    """A passage in HTML."""
    mark = f"[{c.number}] " if numbered else ""
    where = web_address(c.article.url)
    link = f' <a href="{html.escape(where)}" rel="noopener noreferrer">{html.escape(where)}</a>' if where else ""
    gone = f" ({fate(c)})" if c.fate else ""
    return (
        f"<blockquote>{escaped(c.quote)}</blockquote>"
        f"<p><cite>{mark}{html.escape(reference(c, address=False) + gone)}{link}</cite></p>"
    )
