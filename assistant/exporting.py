"""A conversation taken elsewhere: Markdown, HTML, its evidence as CSV, JSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence

from assistant.conversations import Turn
from assistant.kept import KeptCitation
from assistant.showing.words import as_of, escaped, fate, lines_of, plain, reference, restriction, web_address
from assistant.spreadsheet import MARK, to_csv

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
        answer = turn.answer
        if answer is None:
            parts.append(plain(turn.problem or "Not answered."))
            continue
        parts += [plain(line) for line in lines_of(answer.text)]
        parts += [f"*{plain(aside)}*" for aside in _asides(turn)]
        if answer.shown:
            parts.append("### Sources" if answer.answered else "### Closest passages, none of which answers")
        for c in answer.shown:
            mark = f"\\[{c.number}\\] " if answer.answered else ""
            quote = "\n".join(f"> {line}" for line in plain(c.quote).split("\n"))
            parts.append(f"{mark}{plain(reference(c))}\n\n{quote}")
    return "\n\n".join(parts) + "\n"


def page(name: str, turns: Sequence[Turn]) -> str:
    """As one HTML page without scripts, that loads nothing."""
    body = [f"<h1>{html.escape(name)}</h1>"]
    for turn in turns:
        body.append(f"<section><h2>{html.escape(turn.question)}</h2>")
        answer = turn.answer
        text = answer.text if answer else turn.problem or "Not answered."
        body += [f"<p>{escaped(line)}</p>" for line in lines_of(text)]
        body += [f'<p class="aside">{html.escape(aside)}</p>' for aside in _asides(turn)]
        if answer and answer.shown:
            title = "Sources" if answer.answered else "Closest passages, none of which answers"
            items = "".join(_source(c, numbered=answer.answered) for c in answer.shown)
            body.append(f"<h3>{title}</h3>{items}")
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
    """As JSON: each question with its answer as `dateline ask --json` has it."""
    asked = [
        {"question": turn.question, "stopped": turn.stopped, "problem": turn.problem}
        | (turn.answer.to_dict() if turn.answer else {})
        for turn in turns
    ]
    return json.dumps({"name": name, "turns": asked}, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, tuple[str, Callable[[str, Sequence[Turn]], str]]] = {
    "md": ("text/markdown", markdown),
    "html": ("text/html", page),
    "csv": ("text/csv", evidence_csv),
    "json": ("application/json", as_json),
}
"""What each is called as a file's ending, its type, and what makes it."""


def file_name(name: str, ending: str) -> str:
    """A name for the file that is safe on every system."""
    return f"{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')[:60] or 'conversation'}.{ending}"


def _heading(text: str) -> str:
    """`text` in one line of Markdown."""
    return plain(" ".join(text.split()))


def _asides(turn: Turn) -> list[str]:
    answer = turn.answer
    if answer is None:
        return []
    stopped = "Stopped before it was whole." if turn.stopped else ""
    problem = f"Asked again: {turn.problem}" if turn.problem else ""
    return [line for line in (problem, stopped, as_of(answer), restriction(turn.only), *answer.notes) if line]


def _source(c: KeptCitation, *, numbered: bool) -> str:
    mark = f"[{c.number}] " if numbered else ""
    where = web_address(c.article)
    link = f' <a href="{html.escape(where)}" rel="noopener noreferrer">{html.escape(where)}</a>' if where else ""
    gone = f" ({fate(c)})" if c.fate else ""
    return (
        f"<blockquote>{escaped(c.quote)}</blockquote>"
        f"<p><cite>{mark}{html.escape(reference(c, address=False) + gone)}{link}</cite></p>"
    )
