"""The web page: a conversation on the left, its evidence on the right. Callbacks translate, nothing more."""

from __future__ import annotations

import html
import ipaddress
import logging
import os
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Answer, Citation
from index import SUPPORTED, AddReport, ArchiveError, Article, SearchFilter, SourceError

# Gradio reads this when it is imported, and calls home otherwise.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr

__all__ = ["ArchiveError", "build", "launch"]

logger = logging.getLogger(__name__)

EXAMPLES = (
    "What did NATO say about Iran?",
    "How many people were hurt in the ferry accident?",
    "What turnout did the union and the ministry each report for the teachers' strike?",
    "Why did Imre Dalgaard change his mind about selling his company?",
    "What did Mayor Maren Tolvik say about the school strike?",
)
SURROUNDINGS = 280
"""Characters of the article shown before and after the cited words."""
TURNS_WITH_EVIDENCE = 12
"""Older answers keep their text and lose their links: every turn's evidence travels with each new answer."""
PORTS_TRIED = 20
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""Gradio needs inline scripts; nothing may be fetched from, or sent to, anywhere else."""


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
        whole = AddReport(
            added=whole.added + report.added,
            updated=whole.updated + report.updated,
            unchanged=whole.unchanged + report.unchanged,
            failures=whole.failures + failures,
            article_ids=whole.article_ids + report.article_ids,
        )
    return whole


def report_html(report: AddReport) -> str:
    """How adding went, each failure with its reason and its remedy."""
    counts = f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {report.failed} failed"
    rows = "".join(
        f"<li><strong>{html.escape(f.where)}</strong> {html.escape(f.reason)}. <em>{html.escape(f.remedy)}</em></li>"
        for f in report.failures
    )
    return f'<div class="dl-report"><p>{counts}</p>{f"<ul>{rows}</ul>" if rows else ""}</div>'


# ---- the page


def conversation(assistant: Desk, question: str, turns: Sequence[Turn], only: SearchFilter) -> Iterator[list[Turn]]:
    """The turns with one more question, first unanswered, then with an ever-fuller answer."""
    asked = [*turns, Turn(len(turns) + 1, question, only=only)]
    yield asked
    for answer in assistant.stream(question, [turn.question for turn in turns], only=only):
        yield [*turns, Turn(len(asked), question, answer, only)]


def build(assistant: Desk) -> Any:
    """The page as Gradio Blocks, to be launched by `launch` or mounted under another server."""
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


class Guard:
    """Refuses Gradio's fetch proxy, and sends the headers that keep the page to this server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif re.search(r"/(file[=/]https?:|proxy=)", scope["path"], re.IGNORECASE):
            await PlainTextResponse("not served here", status_code=404)(scope, receive, send)
        else:
            await self.app(scope, receive, self._with_headers(send))

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        return sending


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


def free_port(host: str, first: int) -> int:
    """`first`, or the next port that nobody listens on.

    Raises:
        OSError: none of the next twenty is free.
    """
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"ports {first} to {first + PORTS_TRIED - 1} are all in use: choose another with --port")


def loopback(host: str) -> bool:
    """Whether `host` is this machine alone, over IPv4."""
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        return False
    return address.is_loopback and address.version == 4


def launch(assistant: Desk, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the page until interrupted, on `port` or the next free one.

    Raises:
        ValueError: `host` can be reached from other machines, and there is no login.
    """
    if not loopback(host):
        raise ValueError(f"{host} can be reached from other machines and the page has no login: use --host 127.0.0.1")
    data = resources.files("assistant") / "page"
    open_at = free_port(host, port)
    logger.info("Dateline is at http://%s:%d", host, open_at)
    build(assistant).launch(
        server_name=host,
        server_port=open_at,
        share=False,
        quiet=True,
        show_error=False,
        allowed_paths=[],
        max_file_size="50mb",
        footer_links=[],
        ssr_mode=False,
        theme=theme(),
        css=(data / "page.css").read_text("utf-8"),
        head=f"<script>{(data / 'page.js').read_text('utf-8')}</script>",
        app_kwargs={
            "middleware": [Middleware(TrustedHostMiddleware, allowed_hosts=[host, "localhost"]), Middleware(Guard)]
        },
    )
