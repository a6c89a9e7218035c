"""Who said what, as an HTML table that can be sorted."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from typing import Literal

from assistant.quotes import Quote
from assistant.showing.evidence import headline, open_button
from assistant.showing.thread import button
from assistant.showing.words import attributes, count, escaped, speaking

Order = Literal["fit", "newest", "oldest", "speaker", "outlet"]
COLUMNS: tuple[tuple[str, Order, str], ...] = (
    ("Who", "speaker", "ascending"),
    ("Said", "fit", "other"),
    ("Where", "outlet", "ascending"),
    ("When", "newest", "descending"),
)


def in_order(quotes: Sequence[Quote], order: Order) -> list[Quote]:
    """The statements sorted; those of unknown date last. "fit" leaves them as they were found."""
    if order == "speaker":
        return sorted(quotes, key=lambda q: q.speaker.casefold())
    if order == "outlet":
        return sorted(quotes, key=lambda q: (q.article.source is None, (q.article.source or "").casefold()))
    if order == "newest":
        return sorted(quotes, key=lambda q: -(q.article.published or date.min).toordinal())
    if order == "oldest":
        return sorted(quotes, key=lambda q: q.article.published or date.max)
    return list(quotes)


def said_html(quotes: Sequence[Quote], shown: int, order: Order, *, cut: bool = False) -> str:
    """The first `shown` statements as a table; `cut` says that there are more than were looked at."""
    if not quotes:
        return '<p class="dl-meta" role="status">No statements of that kind in these articles.</p>'
    rows = "".join(_row(quote) for quote in in_order(quotes, order)[:shown])
    heads = "".join(_head(words, key, direction, order) for words, key, direction in COLUMNS)
    number = f"The first {count(len(quotes), 'statement')}" if cut else count(len(quotes), "statement")
    more = button(f"Show more of {len(quotes):,}", kind="dl-primary", data_act="more") if shown < len(quotes) else ""
    return (
        f'<p class="dl-meta" role="status">{number}{"; narrow them down to see the rest" if cut else ""}</p>'
        '<div class="dl-scroll" tabindex="0" role="region" aria-label="Statements"><table class="dl-table">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}"
    )


def _head(words: str, key: Order, direction: str, order: Order) -> str:
    wanted: Order = "oldest" if key == "newest" and order == "newest" else key
    is_sorted = order == key or (key == "newest" and order == "oldest")
    if order == "oldest":
        direction = "ascending"
    given = attributes(aria_sort=direction if is_sorted else None)
    label = {"fit": "as found", "oldest": "the oldest first", "newest": "the newest first"}.get(wanted, "A to Z")
    sort = button(words, kind="dl-sort", data_act="sort", data_order=wanted, aria_label=f"{words}: sort {label}")
    return f'<th scope="col"{given}>{sort}</th>'


def _row(quote: Quote) -> str:
    who = speaking(quote.speaker, quote.speaks_for)
    day = quote.article.published.isoformat() if quote.article.published else "unknown"
    outlet = quote.article.source or "outlet unknown"
    opened = open_button(quote.article, [(quote.start, quote.end)])
    return (
        f'<tr><th scope="row">{html.escape(who)}</th>'
        f"<td><blockquote>{escaped(quote.quote)}</blockquote></td>"
        f'<td><p>{headline(quote.article)}</p><p class="dl-byline">{html.escape(outlet)}</p>'
        f'<p class="dl-tools">{opened}</p></td><td class="dl-day">{day}</td></tr>'
    )
