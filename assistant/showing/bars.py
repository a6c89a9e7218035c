"""Coverage over time as bars, each of them a button, and the articles of the days that were chosen."""

from __future__ import annotations

import html
from collections.abc import Sequence

from assistant.coverage import NEAREST, Coverage, Period
from assistant.showing.evidence import byline, headline, open_button
from assistant.showing.thread import button
from assistant.showing.words import attributes, count, day
from index import Article

LISTED = 100
"""Articles listed below the bars."""


def bars_html(found: Coverage, chosen: tuple[str, str] | None = None) -> str:
    """The chart; `chosen` are the first and last day of the bar that was pressed."""
    if not found.periods:
        none = f"None with a known date; {found.undated:,} without." if found.undated else "No articles of that kind."
        return f'<p class="dl-meta" role="status">{none}</p>'
    most = max(period.articles for period in found.periods)
    bars = "".join(_bar(period, most, found, chosen) for period in found.periods)
    first, last = found.periods[0], found.periods[-1]
    lines = [
        f"{count(len(found.articles), 'article')} by {found.by}, {day(first.start)} to {day(last.end)}; "
        f"at most {most:,} in one {found.by}.",
        f"{count(found.undated, 'article')} of unknown date not shown." if found.undated else "",
        f"Counted among the {NEAREST:,} passages that fit best; there may be more." if found.cut else "",
        " · ".join(f"{name or 'outlet unknown'} {number:,}" for name, number in found.outlets[:8]),
    ]
    meta = "".join(f'<p class="dl-meta">{html.escape(line)}</p>' for line in lines if line)
    return (
        f'<div role="status">{meta}</div>'
        '<div class="dl-scroll" tabindex="0" role="region" aria-label="Coverage over time">'
        f'<ol class="dl-bars" style="--bars: {len(found.periods)}">{bars}</ol></div>'
        f'<p class="dl-axis"><span>{day(first.start)}</span><span>{day(last.end)}</span></p>'
    )


def _bar(period: Period, most: int, found: Coverage, chosen: tuple[str, str] | None) -> str:
    if not period.articles:
        return '<li aria-hidden="true"></li>'
    name = day(period.start) if found.by == "day" else f"{period.start:%B %Y}"
    days = (period.start.isoformat(), period.end.isoformat())
    words = f"{name}: {count(period.articles, 'article')}"
    given = attributes(
        data_act="period",
        data_start=days[0],
        data_end=days[1],
        aria_label=words,
        title=words,
        aria_pressed="true" if chosen == days else "false",
        style=f"--share: {period.articles / most:.4f}",
    )
    return f'<li><button type="button" class="dl-bar"{given}></button></li>'


def listed_html(found: Sequence[Article], chosen: tuple[str, str] | None) -> str:
    """The articles of the chosen days, and where else these days may be taken."""
    if not found:
        return ""
    days = ""
    if chosen:
        first, last = (html.escape(one) for one in chosen)
        what = first if first == last else f"{first} to {last}"
        given = {"data_start": chosen[0], "data_end": chosen[1]}
        ask = button("Ask about these days", kind="dl-primary", data_act="days", **given)
        said = button("Who said what in them", data_act="said", **given)
        every = button("All days", data_act="period", data_start="", data_end="")
        days = f'<div class="dl-tools dl-chosen"><h2>{what}</h2>{ask}{said}{every}</div>'
    items = "".join(
        f'<li><p>{headline(article)}</p><p class="dl-byline">{byline(article)}</p>'
        f'<p class="dl-tools">{open_button(article, [])}</p></li>'
        for article in found[:LISTED]
    )
    rest = f'<p class="dl-meta">and {len(found) - LISTED:,} more</p>' if len(found) > LISTED else ""
    return f'{days}<ol class="dl-list">{items}</ol>{rest}'
