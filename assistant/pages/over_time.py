"""The tab "Over time": how many articles on each day or in each month; a bar that is pressed filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answering import Answering
from assistant.coverage import Coverage, coverage
from assistant.pages.parts import QUIET, board, chosen, day_of, filter_fields, gr, sent
from assistant.showing.bars import bars_html, listed_html
from assistant.showing.holdings import problem_html

BY = ["automatic", "day", "month"]


@dataclass(frozen=True, slots=True)
class View:
    """What an open page shows: the coverage, and the bar that was pressed."""

    found: Coverage | None = None
    pressed: tuple[str, str] | None = None


Shown = tuple[View, str, str]


@dataclass(frozen=True, slots=True)
class TimeTab:
    """The parts that other tabs put something into, or listen to."""

    listed: Any
    outlets: Any


class OverTime:
    """What the tab's callbacks do, without the page: each gives what is shown from now on, the chart and the list."""

    def __init__(self, answering: Answering) -> None:
        self._archive = answering.assistant.archive

    def count(
        self, about: str, speaker: str, by: str, since: str | None, until: str | None, outlets: Sequence[str]
    ) -> Shown:
        """The coverage that the fields ask for."""
        try:
            found = coverage(
                self._archive,
                about=about.strip() or None,
                speaker=speaker.strip() or None,
                only=chosen(since, until, outlets),
                by="day" if by == "day" else "month" if by == "month" else None,
            )
        except ValueError as error:
            return View(), problem_html(str(error)), ""
        return self._shown(View(found))

    def press(self, view: View, start: str, end: str) -> Shown:
        """The same with the articles of one bar; of all when it is pressed again, or none is named."""
        asked = (start, end) if start and end else None
        return self._shown(replace(view, pressed=None if view.pressed == asked else asked))

    def _shown(self, view: View) -> Shown:
        if view.found is None:
            return view, "", ""
        articles = view.found.articles
        if view.pressed:
            first, last = map(day_of, view.pressed)
            articles = tuple(a for a in articles if a.published and first and last and first <= a.published <= last)
        return view, bars_html(view.found, view.pressed), listed_html(articles, view.pressed)


def time_tab(answering: Answering) -> TimeTab:
    """The tab, wired."""
    counting, view = OverTime(answering), gr.State(View())
    with gr.Column(elem_classes="dl-tab"):
        with gr.Row(elem_classes="dl-fields"):
            about = gr.Textbox(
                label="Question or topic", placeholder="Iran", max_length=500, elem_id="dl-topic", min_width=160
            )
            speaker = gr.Textbox(label="Speaker", placeholder="NATO", max_length=200, elem_id="dl-voice", min_width=130)
            since, until, outlets = filter_fields(answering.assistant.archive)
            by = gr.Radio(BY, value=BY[0], label="Count by", elem_id="dl-by", min_width=200)
        with gr.Row(elem_classes="dl-buttons"):
            count = gr.Button("Show", variant="primary", elem_id="dl-count", min_width=90, scale=0)
        chart = board("", "dl-chart", "period")
        listed = board("", "dl-listed", "days", "said")
    fields = [about, speaker, by, since, until, outlets]

    def press(view: View, event: gr.EventData) -> Shown:
        return counting.press(view, sent(event).get("start", ""), sent(event).get("end", ""))

    shown = [view, chart, listed]
    for trigger in (count.click, by.change, *(field.submit for field in (about, speaker, since, until))):
        trigger(counting.count, fields, shown, show_progress_on=chart, api_visibility="private")
    chart.period(press, view, shown, **QUIET)
    return TimeTab(listed, outlets)
