"""The tab "Who said what": statements by speaker and topic, sorted, and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from assistant.answering import Answering
from assistant.pages.parts import QUIET, board, chosen, filter_fields, gr, parcel, parcelled, sent
from assistant.quotes import Quote, quotes_csv
from assistant.showing.holdings import problem_html
from assistant.showing.said import Order, said_html

MOST = 2000
"""Statements that are looked at for the table; CSV has all."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the fields ask for."""

    speaker: str
    about: str
    since: str | None
    until: str | None
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What an open page has found, up to one more than MOST, and how much of it is shown in which order."""

    wanted: Wanted | None = None
    found: tuple[Quote, ...] = ()
    order: Order = "fit"
    shown: int = PAGE

    @property
    def cut(self) -> bool:
        """Whether there is more than was looked at."""
        return len(self.found) > MOST

    def html(self) -> str:
        """As the page shows it."""
        return said_html(self.found[:MOST], self.shown, self.order, cut=self.cut)


@dataclass(frozen=True, slots=True)
class SayingTab:
    """The parts that other tabs put something into."""

    find: Any
    inputs: list[Any]
    shown: list[Any]
    since: Any
    until: Any
    outlets: Any


class Saying:
    """What the tab's callbacks do, without the page: each gives the table from now on, and its HTML."""

    def __init__(self, answering: Answering) -> None:
        self._assistant = answering.assistant

    def find(
        self, table: Table, speaker: str, about: str, since: str | None, until: str | None, outlets: Sequence[str]
    ) -> tuple[Table, str]:
        """What the fields ask for, or what has to be mended in them."""
        wanted = Wanted(speaker.strip(), about.strip(), since, until, tuple(outlets))
        try:
            found = self._found(wanted, MOST + 1)
        except ValueError as error:
            return Table(order=table.order), problem_html(str(error))
        table = Table(wanted, tuple(found), table.order)
        return table, table.html()

    def sort(self, table: Table, order: str) -> tuple[Table, str]:
        """The same in another order."""
        table = replace(table, order=next((one for one in get_args(Order) if one == order), "fit"))
        return table, table.html()

    def more(self, table: Table) -> tuple[Table, str]:
        """More of the same."""
        table = replace(table, shown=table.shown + PAGE)
        return table, table.html()

    def csv(
        self, table: Table, speaker: str, about: str, since: str | None, until: str | None, outlets: Sequence[str]
    ) -> tuple[Table, str, str]:
        """All that the fields ask for as a file for the browser to save; searched for where the table has not all."""
        shown = table.html()
        if table.wanted != Wanted(speaker.strip(), about.strip(), since, until, tuple(outlets)):
            table, shown = self.find(table, speaker, about, since, until, outlets)
        if table.wanted is None:
            return table, shown, ""
        found = self._found(table.wanted, None) if table.cut else table.found
        return table, shown, parcelled("who-said-what.csv", "text/csv", quotes_csv(found))

    def _found(self, wanted: Wanted, limit: int | None) -> list[Quote]:
        only = chosen(wanted.since, wanted.until, wanted.outlets)
        return self._assistant.quotes(wanted.speaker or None, wanted.about or None, only=only, limit=limit)


def saying_tab(answering: Answering) -> SayingTab:
    """The tab, wired."""
    saying, state = Saying(answering), gr.State(Table())
    with gr.Column(elem_classes="dl-tab"):
        with gr.Row(elem_classes="dl-fields"):
            # With a value, since a part of a tab that was never opened sends what it began with.
            speaker = gr.Textbox(
                "", label="Speaker", placeholder="NATO", max_length=200, elem_id="dl-speaker", min_width=130
            )
            about = gr.Textbox("", label="About", placeholder="Iran", max_length=500, elem_id="dl-about", min_width=130)
            since, until, outlets = filter_fields(answering.assistant.archive)
        with gr.Row(elem_classes="dl-buttons"):
            find = gr.Button("Find", variant="primary", elem_id="dl-find", min_width=90, scale=0)
            save = gr.Button("CSV", elem_id="dl-said-csv", min_width=90, scale=0)
        table = board("", "dl-said-table", "sort", "more")
        files = parcel("dl-said-parcel")
    fields = [speaker, about, since, until, outlets]
    inputs, shown = [state, *fields], [state, table]

    def sort(table: Table, event: gr.EventData) -> tuple[Table, str]:
        return saying.sort(table, sent(event)["order"])

    for trigger in (find.click, *(field.submit for field in fields[:4])):
        trigger(saying.find, inputs, shown, show_progress_on=table, api_visibility="private")
    table.sort(sort, state, shown, **QUIET)
    table.more(saying.more, state, shown, **QUIET)
    save.click(saying.csv, inputs, [*shown, files], **QUIET)
    return SayingTab(saying.find, inputs, shown, since, until, outlets)
