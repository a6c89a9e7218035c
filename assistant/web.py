"""The web page: its tabs put together, and what a change in one of them changes in the others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from assistant.answering import Answering, Desk
from assistant.conversations import Conversations
from assistant.pages.archive import ArchiveTab, Place, archive_tab
from assistant.pages.ask_tab import AskTab, ask_tab
from assistant.pages.asking import Seat, empty_state
from assistant.pages.over_time import TimeTab, time_tab
from assistant.pages.parts import AT_ONCE, QUIET, board, gr, names, sent
from assistant.pages.reading import reading_dialog
from assistant.pages.saying import SayingTab, saying_tab
from assistant.showing.holdings import holdings, masthead
from index import Archive


def answering_of(assistant: Desk) -> Answering:
    """What answers the page's questions; its conversations are kept in the archive's folder."""
    return Answering(assistant, Conversations(Path(assistant.archive.folder) / "conversations.sqlite"))


def build(answering: Answering, *, folders: bool = True) -> Any:
    """The page as Gradio Blocks, to be mounted by `mount`, which has `folders`."""
    archive = answering.assistant.archive
    with gr.Blocks(
        title="Dateline", analytics_enabled=False, fill_height=True, fill_width=True, delete_cache=(3600, 86400)
    ) as page:
        top = board(_top(archive), "dl-top")
        with gr.Tabs(selected="ask", elem_id="dl-tabs") as tabs:
            with gr.Tab("Ask", id="ask", elem_id="dl-tab-ask"):
                asking = ask_tab(answering)
            with gr.Tab("Who said what", id="said", elem_id="dl-tab-said"):
                saying = saying_tab(answering)
            with gr.Tab("Over time", id="coverage", elem_id="dl-tab-coverage"):
                timing = time_tab(answering)
            with gr.Tab("Archive", id="archive", elem_id="dl-tab-archive"):
                archiving = archive_tab(answering, folders=folders)
        reading_dialog(answering)
        _wire_contents(archive, page, top, asking, saying, timing, archiving)
        _wire_days(tabs, asking, saying, timing)
    return page.queue(max_size=64, default_concurrency_limit=AT_ONCE, api_open=False)


def _top(archive: Archive) -> str:
    return masthead(holdings(archive.counts()["articles"], len(archive.sources())))


def _wire_contents(
    archive: Archive, page: Any, top: Any, asking: AskTab, saying: SayingTab, timing: TimeTab, archiving: ArchiveTab
) -> None:
    """What shows the archive's contents is refreshed when they change, and when the page is loaded."""
    _, _, thread, _, _ = asking.parts

    def refresh(place: Place) -> tuple[Any, ...]:
        outlets = gr.update(choices=names(archive))
        return _top(archive), *archiving.show(place), outlets, outlets, outlets, outlets

    def empty(seat: Seat) -> Any:
        return gr.skip() if seat.conversation else empty_state(archive)

    parts = [top, archiving.place, archiving.listing, asking.outlets, saying.outlets, timing.outlets, archiving.outlets]
    page.load(refresh, archiving.place, parts, **QUIET)  # the conversation that is shown comes with its own event
    for change in archiving.changes:
        change.then(refresh, archiving.place, parts, **QUIET).then(empty, asking.seat, thread, **QUIET)


def _wire_days(tabs: Any, asking: AskTab, saying: SayingTab, timing: TimeTab) -> None:
    """The days of a bar are taken to the other tabs."""

    def ask(event: gr.EventData) -> tuple[Any, ...]:
        return gr.Tabs(selected="ask"), gr.Accordion(open=True), sent(event)["start"], sent(event)["end"]

    def said(event: gr.EventData) -> tuple[Any, ...]:
        return gr.Tabs(selected="said"), sent(event)["start"], sent(event)["end"]

    timing.listed.days(ask, None, [tabs, asking.filters, asking.since, asking.until], **QUIET)
    timing.listed.said(said, None, [tabs, saying.since, saying.until], **QUIET).then(
        saying.find, saying.inputs, saying.shown, **QUIET
    )


def theme() -> Any:
    """System fonts only: Gradio's own themes fetch theirs from the network."""
    return gr.themes.Base(
        primary_hue="slate",
        neutral_hue="stone",
        radius_size="sm",
        spacing_size="sm",
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"],
        font_mono=["ui-monospace", "Menlo", "Consolas", "monospace"],
    )


def mount(app: Any, assistant: Desk, *, upload_mb: int = 50, folders: bool = True) -> None:
    """Put the page on all paths of `app`, a FastAPI application, that have no other use; see `assistant.serving`.

    `folders`: whether the page adds files and folders that lie on this machine.
    """
    data = resources.files("assistant") / "page"
    answering = answering_of(assistant)

    @asynccontextmanager
    async def running(_: Any) -> AsyncIterator[None]:
        yield
        answering.close()

    gr.mount_gradio_app(
        app,
        build(answering, folders=folders),
        "/",
        app_kwargs={"lifespan": running, "docs_url": None, "redoc_url": None, "openapi_url": None},
        show_error=False,
        allowed_paths=[],
        max_file_size=f"{upload_mb}mb",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
        css=(data / "page.css").read_text("utf-8"),
        head=f"<script>{(data / 'page.js').read_text('utf-8')}</script>",
    )
