"""The dialog in which a whole article is read, from whichever tab it was opened."""

from __future__ import annotations

from typing import Any

from assistant.answering import Answering
from assistant.pages.parts import QUIET, board, gr, sent
from assistant.showing.reader import article_html, dialogs, spans_of

FRAME = (
    '<dialog class="dl-evidence" aria-labelledby="dl-reader-title">'
    '<button type="button" class="dl-tool dl-close" data-act="close">Close</button>${value}</dialog>'
)


def opened(answering: Answering, article_id: str, spans: str) -> str:
    """The article with this id, marked at these places."""
    article = answering.find(article_id)
    if article is None:
        return '<h2 id="dl-reader-title">This article is not in the archive any more.</h2>'
    return article_html(article, spans_of(spans, len(article.text)))


def reading_dialog(answering: Answering) -> None:
    """The dialog, and beside it those for shortcuts and for making sure."""
    board(dialogs(), "dl-dialogs")
    reader = board("", "dl-reader", "article", changed="dateline.reader()", template=FRAME)

    def show(event: gr.EventData) -> Any:
        return opened(answering, sent(event)["id"], sent(event).get("spans", ""))

    reader.article(show, None, reader, **QUIET)
