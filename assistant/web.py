"""The web page: a conversation on the left, its evidence on the right. Callbacks translate, nothing more."""

from __future__ import annotations

import html
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

from assistant.answer import Answer
from assistant.evidence_html import Turn, evidence_html, messages, plain, report_html
from index import SUPPORTED, AddReport, ArchiveError, Article, SearchFilter, SourceError

# Gradio reads this when it is imported, and calls home otherwise.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr

__all__ = ["ArchiveError", "build", "mount"]

EXAMPLES = (
    "What did NATO say about Iran?",
    "How many people were hurt in the ferry accident?",
    "What turnout did the union and the ministry each report for the teachers' strike?",
    "Why did Imre Dalgaard change his mind about selling his company?",
    "What did Mayor Maren Tolvik say about the school strike?",
)


class Shelf(Protocol):
    """What the page reads of an archive."""

    def sources(self) -> list[tuple[str, int]]:
        """The outlets and how many articles each has."""

    def counts(self) -> dict[str, int]:
        """How many articles and passages there are."""

    def listing(self, only: SearchFilter | None = None, *, limit: int | None = None) -> list[Article]:
        """The articles, without their text."""


class Desk(Protocol):
    """What the page asks of an Assistant; its tests put a small stand-in here."""

    @property
    def archive(self) -> Any:
        """A `Shelf`."""

    def stream(self, question: str, history: Sequence[str] = (), *, only: SearchFilter = ...) -> Iterator[Answer]:
        """Ever-fuller answers."""

    def add(self, place: str | Path, *, progress: Callable[[str, int, int | None], None] | None = None) -> AddReport:
        """Take articles in."""


# ---- the archive, articles in


def holdings(archive: Shelf) -> str:
    """What the archive holds, in a line."""
    articles, outlets = archive.counts()["articles"], len(archive.sources())
    if not articles:
        return "no articles yet"
    return f"{articles:,} article{'s'[: articles > 1]} · {outlets} outlet{'s'[: outlets != 1]}"


def masthead(archive: Shelf) -> str:
    """The line at the top of the page."""
    return f'<div class="dl-masthead"><h1>Dateline</h1><p>{html.escape(holdings(archive))}</p></div>'


def holds_samples(archive: Shelf) -> bool:
    """Whether the sample articles, which the example questions ask about, are in the archive."""
    that_day = date(2024, 7, 10)
    # Asked at every load of the page: one day of one outlet, not the whole of a large archive.
    only = SearchFilter(published_from=that_day, published_to=that_day, sources=("Northern Wire",))
    return any("example.com/northern-wire/2024/07/10/nato-summit" in (a.url or "") for a in archive.listing(only))


def empty_state(archive: Shelf) -> tuple[str, list[dict[str, str]]]:
    """What the chat shows before the first question: Markdown, and example questions where they can be answered."""
    if not archive.counts()["articles"]:
        return "### No articles yet\n\nAdd some below, then ask about them.", []
    ask = "### Ask the articles\n\nEvery sentence of an answer carries the passage that it came from."
    if holds_samples(archive):
        return ask, [{"text": question} for question in EXAMPLES]
    outlets = ", ".join(plain(name) for name, _ in archive.sources()[:6])
    return f"{ask}\n\n{plain(holdings(archive))}" + (f": {outlets}" if outlets else ""), []


def chosen(published_from: str | None, published_to: str | None, outlets: Sequence[str] | None) -> SearchFilter:
    """The filter that the page's fields ask for.

    Raises:
        ValueError: a date that is none, or a range that ends before it begins.
    """
    days: list[date | None] = []
    for written in (published_from, published_to):
        try:
            days.append(date.fromisoformat(written.strip()) if written and written.strip() else None)
        except ValueError as error:
            raise ValueError(f"'{written}' is not a date: write it as 2024-07-10") from error
    if days[0] and days[1] and days[0] > days[1]:
        raise ValueError("'Published from' is after 'Published to': swap the two dates")
    return SearchFilter(published_from=days[0], published_to=days[1], sources=tuple(outlets or ()))


def add_files(assistant: Desk, paths: Sequence[str], progress: Callable[[str, int, int | None], None]) -> AddReport:
    """Add uploaded files, one after the other; a failure names the file as its owner knows it, without our folder."""
    whole = AddReport()
    for path in paths:
        try:
            report = assistant.add(path, progress=progress)
        except SourceError as error:
            report = AddReport(failures=(error.failure,))
        folder = f"{Path(path).parent}{os.sep}"
        failures = tuple(type(f)(f.where.replace(folder, ""), f.reason, f.remedy) for f in report.failures)
        whole += replace(report, failures=failures)
    return whole


# ---- the page


def conversation(assistant: Desk, question: str, turns: Sequence[Turn], only: SearchFilter) -> Iterator[list[Turn]]:
    """The turns with one more question, first unanswered, then with an ever-fuller answer."""
    asked = [*turns, Turn(len(turns) + 1, question, only=only)]
    yield asked
    for answer in assistant.stream(question, [turn.question for turn in turns], only=only):
        yield [*turns, Turn(len(asked), question, answer, only)]


def build(assistant: Desk) -> Any:
    """The page as Gradio Blocks, to be mounted by `mount`."""
    with gr.Blocks(
        title="Dateline", analytics_enabled=False, fill_height=True, fill_width=True, delete_cache=(3600, 86400)
    ) as page:
        top = gr.HTML(masthead(assistant.archive), padding=False, elem_id="dl-top")
        turns = gr.State([])
        with gr.Row(elem_id="dl-desk"):
            with gr.Column(scale=5, min_width=340, elem_id="dl-left"):
                chat, box, send, clear = _conversation_parts(assistant.archive)
                filters = _filter_parts(assistant.archive)
                files, report = _adding_parts()
            with gr.Column(scale=6, min_width=340, elem_id="dl-right"):
                panel = gr.HTML(evidence_html([]), padding=False, elem_id="dl-panel")
        _wire_asking(assistant, turns, chat, box, send, clear, filters, panel)
        _wire_adding(assistant, page, top, chat, filters[2], files, report)
    return page.queue(max_size=64, api_open=False)


def _conversation_parts(archive: Shelf) -> tuple[Any, Any, Any, Any]:
    text, examples = empty_state(archive)
    chat = gr.Chatbot(
        elem_id="dl-chat",
        show_label=False,
        label="Conversation",
        placeholder=text,
        examples=examples,
        sanitize_html=True,
        allow_tags=False,
        latex_delimiters=[],
        buttons=[],
        layout="panel",
        container=False,
    )
    with gr.Row(elem_id="dl-ask"):
        box = gr.Textbox(
            placeholder="Ask a question",
            show_label=False,
            label="Question",
            container=False,
            scale=8,
            max_length=2000,
            autofocus=True,
            elem_id="dl-question",
        )
        send = gr.Button("Ask", variant="primary", scale=1, min_width=72, elem_id="dl-send")
        clear = gr.Button("New", scale=1, min_width=64, elem_id="dl-clear")
    return chat, box, send, clear


def _filter_parts(archive: Shelf) -> tuple[Any, Any, Any]:
    with gr.Accordion("Restrict to dates or outlets", open=False, elem_id="dl-filters"):
        with gr.Row():
            # Not gr.DateTime: where it cannot read what was typed, it goes on sending the date before it.
            since = gr.Textbox(label="Published from", placeholder="YYYY-MM-DD", max_length=40, min_width=140)
            until = gr.Textbox(label="Published to", placeholder="YYYY-MM-DD", max_length=40, min_width=140)
        outlets = gr.Dropdown([name for name, _ in archive.sources()], multiselect=True, label="Outlets", value=[])
    return since, until, outlets


def _adding_parts() -> tuple[Any, Any]:
    with gr.Accordion("Add articles", open=False, elem_id="dl-add"):
        files = gr.File(
            file_count="multiple",
            file_types=list(SUPPORTED),
            type="filepath",
            label="Files",
            height=120,
            elem_id="dl-files",
        )
        report = gr.HTML(f'<p class="dl-meta">Reads {" ".join(SUPPORTED)}</p>', padding=False, elem_id="dl-report")
    return files, report


def _wire_asking(
    assistant: Desk, turns: Any, chat: Any, box: Any, send: Any, clear: Any, filters: tuple[Any, Any, Any], panel: Any
) -> None:
    def ask(
        question: str, earlier: list[Turn], since: str | None, until: str | None, outlets: list[str]
    ) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            yield question, messages(earlier), earlier, evidence_html(earlier)
            return
        try:
            for now in conversation(assistant, question.strip(), earlier, chosen(since, until, outlets)):
                yield "", messages(now), now, evidence_html(now)
        except (ArchiveError, ValueError) as error:
            raise gr.Error(str(error), print_exception=False) from error

    def example(event: gr.SelectData) -> str:
        return str(event.value["text"])

    inputs, outputs = [box, turns, *filters], [box, chat, turns, panel]
    shared = {"show_progress": "hidden", "api_visibility": "private"}
    for trigger in (box.submit, send.click):
        trigger(ask, inputs, outputs, **shared)
    chat.example_select(example, None, box, **shared).then(ask, inputs, outputs, **shared)
    for trigger in (clear.click, chat.clear):
        trigger(lambda: ("", [], [], evidence_html([])), None, outputs, **shared)


def _wire_adding(assistant: Desk, page: Any, top: Any, chat: Any, outlets: Any, files: Any, report: Any) -> None:
    def refresh() -> tuple[Any, ...]:
        text, examples = empty_state(assistant.archive)
        names = [name for name, _ in assistant.archive.sources()]
        return masthead(assistant.archive), gr.update(choices=names), gr.update(placeholder=text, examples=examples)

    def take_in(paths: list[str], progress: Any = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008
        def tell(stage: str, done: int, total: int | None) -> None:
            progress((done, total), desc=stage)

        try:
            done = add_files(assistant, paths or [], tell)
        except ArchiveError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return report_html(done), None

    files.upload(take_in, files, [report, files], show_progress_on=report, api_visibility="private").then(
        refresh, None, [top, outlets, chat], show_progress="hidden", api_visibility="private"
    )
    page.load(refresh, None, [top, outlets, chat], show_progress="hidden", api_visibility="private")


# ---- the server


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


def mount(app: Any, assistant: Desk, *, upload_mb: int = 50) -> None:
    """Put the page on all paths of `app`, a FastAPI application, that have no other use; see `assistant.serving`."""
    data = resources.files("assistant") / "page"
    gr.mount_gradio_app(
        app,
        build(assistant),
        "/",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
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
