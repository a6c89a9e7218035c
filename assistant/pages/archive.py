"""The tab "Archive": what is in it, articles in, articles out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.answering import Answering
from assistant.pages.parts import ADDING, QUIET, board, chosen, day_of, filter_fields, gr, sent
from assistant.showing.holdings import PAGE, listing_html, problem_html, report_html
from assistant.uploads import Uploads, file_name
from index import SUPPORTED, AddReport, ArchiveError, Article, SearchFilter, SourceError

Tell = Callable[[str, int, int | None], None]
TYPED = "typed in the page"
LINK = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of the archive an open page shows."""

    only: SearchFilter = field(default_factory=SearchFilter)
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ArchiveTab:
    """The parts that other tabs listen to."""

    outlets: Any
    listing: Any
    place: Any
    show: Callable[[Place], tuple[Place, str]]
    changes: list[Any]


class Archiving:
    """What the tab's callbacks do, without the page.

    `folders`: whether who uses the page may have this machine's own files read, as only he may who sits at it.
    """

    def __init__(self, answering: Answering, *, folders: bool = True) -> None:
        self._assistant = answering.assistant
        self._archive = answering.assistant.archive
        self._uploads = Uploads(Path(answering.assistant.archive.folder))
        self._folders = folders

    def listing(self, place: Place) -> tuple[Place, str]:
        """The page of articles at `place`, or before it where all that was there is removed; and where that is."""
        while not (found := self._archive.listing(place.only, limit=PAGE + 1, offset=place.offset)) and place.offset:
            place = replace(place, offset=max(0, place.offset - PAGE))
        return place, listing_html(found[:PAGE], place.offset, more=len(found) > PAGE)

    def narrow(self, place: Place, since: str | None, until: str | None, outlets: Sequence[str]) -> tuple[Place, str]:
        """The first page of what the fields ask for."""
        try:
            return self.listing(Place(chosen(since, until, outlets)))
        except ValueError as error:
            return place, problem_html(str(error))

    def turn(self, place: Place, offset: str) -> tuple[Place, str]:
        """Another page."""
        return self.listing(replace(place, offset=int(offset) if offset.isdecimal() else 0))

    def remove(self, place: Place, article_id: str) -> tuple[str, Place, str]:
        """The report, and the page of articles after one was removed."""
        try:
            report = report_html(AddReport(), removed=self._archive.remove([article_id]))
        except ArchiveError as error:
            report = problem_html(str(error))
        return report, *self.listing(place)

    def add_files(self, paths: Sequence[str], tell: Tell) -> str:
        """Add uploaded files; a failure names the file as its owner knows it, without our folder."""
        try:
            named = [(file_name(path), path) for path in paths]
            files = ((name, Path(path).open("rb")) for name, path in named)  # noqa: SIM115 (closed where it is read)
            return report_html(self._archive.add_articles(self._uploads.read(files), progress=tell))
        except (ArchiveError, ValueError) as error:
            return problem_html(str(error))

    def add_place(self, place: str, tell: Tell) -> str:
        """Add what is in a folder or file of this machine, or behind a link."""
        link = "a link that begins with http:// or https://"
        if not self._folders and not place.strip().lower().startswith(LINK):
            return problem_html(f"Give {link}. Files of your own are uploaded above.")
        if not place.strip():
            return problem_html(f"Name a folder on this machine, or {link}.")
        try:
            return report_html(self._assistant.add(place.strip(), progress=tell))
        except SourceError as error:
            return report_html(AddReport(failures=(error.failure,)))
        except ArchiveError as error:
            return problem_html(str(error))

    def add_text(self, text: str, title: str, outlet: str, published: str, tell: Tell) -> tuple[str, bool]:
        """Add an article that was typed or pasted, its text kept character for character; the report, and whether."""
        try:
            day = day_of(published)
        except ValueError as error:
            return problem_html(str(error)), False
        if not text.strip() or not title.strip():
            return problem_html("An article needs a title and a text: fill in both."), False
        given = {"title": TYPED, "source": TYPED if outlet.strip() else "", "published": TYPED if day else ""}
        article = Article.create(
            text,
            title.strip(),
            source=outlet.strip() or None,
            published=day,
            origins={name: where for name, where in given.items() if where},
        )
        try:
            report = self._archive.add_articles([article], total=1, progress=tell)
        except ArchiveError as error:
            return problem_html(str(error)), False
        return report_html(report), not report.failed


def archive_tab(answering: Answering, *, folders: bool) -> ArchiveTab:
    """The tab, wired but for what an addition changes elsewhere: see `changes`. `folders`: see `Archiving`."""
    archiving, place = Archiving(answering, folders=folders), gr.State(Place())
    with gr.Row(elem_classes="dl-tab"):
        with gr.Column(scale=3, min_width=320, elem_id="dl-adding"):
            files, folder, link, typed, paste, report = _adding_parts(folders=folders)
        with gr.Column(scale=6, min_width=320, elem_id="dl-holdings"):
            with gr.Row(elem_classes="dl-fields"):
                since, until, outlets = filter_fields(answering.assistant.archive)
            listing = board("", "dl-articles", "turn", "remove")

    def turn(place: Place, event: gr.EventData) -> tuple[Place, str]:
        return archiving.turn(place, sent(event)["offset"])

    def remove(place: Place, event: gr.EventData) -> tuple[str, Place, str]:
        return archiving.remove(place, sent(event)["id"])

    fields = [since, until, outlets]
    for trigger in (since.submit, until.submit, outlets.change):
        trigger(archiving.narrow, [place, *fields], [place, listing], **QUIET)
    listing.turn(turn, place, [place, listing], **QUIET)
    removed = listing.remove(remove, place, [report, place, listing], **QUIET)
    added = _wire_adding(archiving, files, (folder, link), (typed, paste), report)
    return ArchiveTab(outlets, listing, place, archiving.listing, [removed, *added])


def _adding_parts(*, folders: bool) -> tuple[Any, ...]:
    gr.HTML("<h2>Add articles</h2>", padding=False)
    files = gr.File(
        file_count="multiple",
        file_types=list(SUPPORTED),
        type="filepath",
        label="Files",
        height=130,
        elem_id="dl-files",
    )
    with gr.Row(elem_classes="dl-line"):
        folder = gr.Textbox(
            label="Folder on this machine, or link" if folders else "Link",
            placeholder="/news/july or https://…" if folders else "https://…", max_length=2000,
            elem_id="dl-place", scale=5,
        )  # fmt: skip
        link = gr.Button("Add", elem_id="dl-add-place", scale=1, min_width=70)
    with gr.Accordion("Paste a text", open=False, elem_id="dl-paste"):
        title = gr.Textbox(label="Title", max_length=500, elem_id="dl-paste-title")
        with gr.Row():
            outlet = gr.Textbox(label="Outlet", max_length=200, min_width=120, elem_id="dl-paste-outlet")
            published = gr.Textbox(label="Date", placeholder="YYYY-MM-DD", max_length=40, min_width=120)
        text = gr.Textbox(label="Text", lines=6, max_lines=14, max_length=1_000_000, elem_id="dl-paste-text")
        paste = gr.Button("Add text", elem_id="dl-add-text")
    report = board(f'<p class="dl-meta">Reads {" ".join(SUPPORTED)}</p>', "dl-report")
    return files, folder, link, [text, title, outlet, published], paste, report


def _wire_adding(
    archiving: Archiving, files: Any, placing: tuple[Any, Any], typing: tuple[list[Any], Any], report: Any
) -> list[Any]:
    folder, link = placing
    typed, paste = typing
    shown = {"show_progress_on": report, **ADDING}

    def telling(progress: Any) -> Tell:
        return lambda stage, done, total: progress((done, total), desc=stage)

    def take_files(paths: list[str] | None, progress: Any = gr.Progress()) -> tuple[str, None]:  # noqa: B008
        return archiving.add_files(paths or [], telling(progress)), None

    def take_place(place: str, progress: Any = gr.Progress()) -> str:  # noqa: B008
        return archiving.add_place(place, telling(progress))

    def take_text(text: str, title: str, outlet: str, day: str, progress: Any = gr.Progress()) -> Any:  # noqa: B008
        report, added = archiving.add_text(text, title, outlet, day, telling(progress))
        return report, *(["" if added else gr.skip()] * len(typed))

    return [
        files.upload(take_files, files, [report, files], **shown),
        link.click(take_place, folder, report, **shown),
        folder.submit(take_place, folder, report, **shown),
        paste.click(take_text, typed, [report, *typed], **shown),
    ]
