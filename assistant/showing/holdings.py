"""What the archive holds, page by page, and how adding went, as safe HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence

from assistant.showing.evidence import headline, open_button
from assistant.showing.thread import button
from assistant.showing.words import count
from index import AddReport, Article

PAGE = 25
COLUMNS = (("Title", ""), ("Outlet", ""), ("Published", ""), ("Added", "dl-added"), ("Actions", ""))


def holdings(articles: int, outlets: int) -> str:
    """What the archive holds, in a line."""
    if not articles:
        return "no articles yet"
    return f"{count(articles, 'article')} · {count(outlets, 'outlet')}"


def masthead(line: str) -> str:
    """The line at the top of the page."""
    helping = button("?", kind="dl-help-button", data_act="help", aria_label="Keyboard shortcuts", title="Shortcuts")
    shelf = button("Conversations", kind="dl-tool dl-shelf-button", data_act="shelf")
    return f'<header class="dl-masthead"><h1>Dateline</h1><p>{html.escape(line)}</p>{shelf}{helping}</header>'


def listing_html(page: Sequence[Article], offset: int, *, more: bool) -> str:
    """One page of the articles, from number `offset` on; `more` says whether others follow."""
    if not page:
        return '<p class="dl-meta" role="status">No articles of that kind.</p>'
    rows = "".join(_row(article) for article in page)
    heads = "".join(f'<th scope="col" class="{kind}">{words}</th>' for words, kind in COLUMNS)
    back = button("Earlier page", data_act="turn", data_offset=max(0, offset - PAGE)) if offset else ""
    on = button("Next page", data_act="turn", data_offset=offset + PAGE) if more else ""
    return (
        f'<p class="dl-meta" role="status">Articles {offset + 1:,} to {offset + len(page):,}</p>'
        '<div class="dl-scroll" tabindex="0" role="region" aria-label="Articles"><table class="dl-table">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        f'<nav class="dl-tools" aria-label="Pages">{back}{on}</nav>'
    )


def _row(article: Article) -> str:
    title = article.title or "Untitled"
    removing = button(
        "Remove",
        data_act="remove",
        data_id=article.id,
        data_confirm=f"Remove “{title}” from the archive, for everybody?",
        aria_label=f"Remove {title}",
    )
    cells = (
        ("", html.escape(article.source or "unknown")),
        ("dl-day", str(article.published or "unknown")),
        ("dl-day dl-added", article.added.date().isoformat() if article.added else ""),
    )
    middle = "".join(f'<td class="{kind}">{cell}</td>' for kind, cell in cells)
    return (
        f'<tr><th scope="row">{headline(article)}</th>{middle}'
        f'<td class="dl-do"><p class="dl-tools">{open_button(article, [], "Open")}{removing}</p></td></tr>'
    )


def report_html(report: AddReport, *, removed: Sequence[Article] = ()) -> str:
    """How adding or removing went, each failure with its reason and its remedy."""
    counts = f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {report.failed} failed"
    if removed:
        counts = "; ".join(f"“{article.title}” is removed" for article in removed)
    rows = "".join(
        f"<li><strong>{html.escape(f.where)}</strong> {html.escape(f.reason)}. <em>{html.escape(f.remedy)}</em></li>"
        for f in report.failures
    )
    listed = f"<ul>{rows}</ul>" if rows else ""
    return f'<div class="dl-report" role="status"><p>{html.escape(counts)}</p>{listed}</div>'


def problem_html(words: str) -> str:
    """What a user has to mend, said aloud by screen readers."""
    return f'<p class="dl-problem" role="alert">{html.escape(words)}</p>' if words else ""
