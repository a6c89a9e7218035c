"""A whole article in a dialog, its cited words marked, and the page's other dialogs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from assistant.showing.evidence import byline, headline, marked
from assistant.showing.thread import button
from index import Article

_OPENED = count(1)
SHORTCUTS = (
    ("/", "to the question"),
    ("Enter", "ask; with Shift a new line"),
    ("↑", "in an empty question: edit the last one"),
    ("Esc", "stop an answer, close what is open"),
    ("j, k", "next and previous passage"),
    ("Alt 1 to 4", "the tabs"),
    ("Alt N", "a new conversation"),
    ("?", "this list"),
)


def spans_of(written: str, length: int) -> list[tuple[int, int]]:
    """The spans that "0-10 30-40" names, those that lie within `length` characters."""
    found = [(int(a), int(b)) for a, b in re.findall(r"(\d{1,9})-(\d{1,9})", written)]
    return [(start, end) for start, end in found if start < end <= length]


def article_html(article: Article, spans: Sequence[tuple[int, int]]) -> str:
    """The article, character for character, marked where it is cited; the first span is where it opens.

    It begins with a number of its own, so that the same article opened again counts as a change.
    """
    at = spans[0][0] if spans else 0
    before, rest = (marked(article.text, *edges, spans) for edges in ((0, at), (at, len(article.text))))
    return (
        f'<div data-opened="{next(_OPENED)}"><header><h2 id="dl-reader-title">{headline(article)}</h2>'
        f'<p class="dl-byline">{byline(article)}</p></header>'
        f'<div class="dl-text" tabindex="0" role="region" aria-labelledby="dl-reader-title">'
        f'{before}<span id="dl-reader-at"></span>{rest}</div></div>'
    )


def dialogs() -> str:
    """The list of shortcuts, and the question whether something is really meant."""
    rows = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{what}</dd>" for key, what in SHORTCUTS)
    return (
        '<dialog id="dl-help" aria-labelledby="dl-help-title"><h2 id="dl-help-title">Keyboard</h2>'
        f"<dl>{rows}</dl><p>{button('Close', data_act='close')}</p></dialog>"
        '<dialog id="dl-confirm" role="alertdialog" aria-labelledby="dl-confirm-words"><p id="dl-confirm-words"></p>'
        f'<p class="dl-tools">{button("Yes", kind="dl-primary", data_act="confirmed")}'
        f"{button('No', data_act='close')}</p></dialog>"
        '<p class="dl-toast" id="dl-toast" role="status"></p>'
    )
