"""What the tabs share: HTML that can be acted on, fields that restrict, and how a file leaves the page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from itertools import count
from json import dumps
from typing import Any

from index import Archive, SearchFilter

# Gradio reads this when it is imported, and calls home otherwise.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr

__all__ = ["ADDING", "AT_ONCE", "QUIET", "WATCHING", "gr"]
__all__ += ["board", "chosen", "day_of", "filter_fields", "names", "parcel", "parcelled", "sent"]

QUIET = {"show_progress": "hidden", "api_visibility": "private"}
"""For callbacks that are quick, and that programs have no business with."""
WATCHING = {**QUIET, "concurrency_id": "watching", "concurrency_limit": 24, "trigger_mode": "multiple"}
"""For callbacks that go on while an answer grows. Each keeps one of Gradio's 40 threads: all together leave some free.

Several of one page: whoever opens another conversation does not wait for the answer in this one.
"""
ADDING = {"api_visibility": "private", "concurrency_id": "adding", "concurrency_limit": 1}
"""For callbacks that add articles: one after the other, for all pages."""
AT_ONCE = 4
"""Runs of any other callback at the same time."""
_NUMBERS = count(1)


def board(value: str, name: str, *acts: str, changed: str = "", begin: str = "", template: str = "${value}") -> Any:
    """HTML with the id `name`, with an event for each of `acts` that page.js may send.

    changed: what runs in the browser when it has changed; begin: what runs once, when it is there.
    """
    heard = [f"document.addEventListener('dateline:{act}', (sent) => trigger('{act}', sent.detail));" for act in acts]
    watched = [f"watch('value', () => {{ {changed} }});"] if changed else []
    return gr.HTML(
        value,
        html_template=template,
        js_on_load="\n".join([*heard, *watched, begin]).strip() or None,
        apply_default_css=False,
        padding=False,
        elem_id=name,
    )


def sent(event: gr.EventData) -> dict[str, str]:
    """What the browser sent with an act: words alone, whatever it was."""
    given = event._data if isinstance(event._data, dict) else {}
    return {str(key): str(value) for key, value in given.items()}


def parcel(name: str) -> Any:
    """An unseen part that saves what `parcelled` puts in it as a file, in the browser."""
    return board("", name, changed="if (props.value) dateline.save(JSON.parse(props.value))", template="<i hidden></i>")


def parcelled(file_name: str, kind: str, text: str) -> str:
    """A file on its way to the browser; its number makes the same file asked for twice a change."""
    return dumps({"number": next(_NUMBERS), "name": file_name, "type": kind, "text": text})


def filter_fields(archive: Archive) -> tuple[Any, Any, Any]:
    """From which day, to which, of which outlets."""
    # Not gr.DateTime: where it cannot read what was typed, it goes on sending the date before it.
    since = gr.Textbox(label="Published from", placeholder="YYYY-MM-DD", max_length=40, min_width=130)
    until = gr.Textbox(label="Published to", placeholder="YYYY-MM-DD", max_length=40, min_width=130)
    outlets = gr.Dropdown(names(archive), multiselect=True, label="Outlets", value=[], min_width=200)
    return since, until, outlets


def names(archive: Archive) -> list[str]:
    """The outlets to choose from, the largest first."""
    return [name for name, _ in archive.sources()]


def chosen(published_from: str | None, published_to: str | None, outlets: Sequence[str] | None) -> SearchFilter:
    """The filter that the fields ask for.

    Raises:
        ValueError: a date that is none, or a range that ends before it begins.
    """
    first, last = day_of(published_from), day_of(published_to)
    if first and last and first > last:
        raise ValueError("'Published from' is after 'Published to': swap the two dates")
    return SearchFilter(published_from=first, published_to=last, sources=tuple(outlets or ()))


def day_of(written: str | None) -> date | None:
    """The day that is written in a field; None when it is empty.

    Raises:
        ValueError: it is no date.
    """
    try:
        return date.fromisoformat(written.strip()) if written and written.strip() else None
    except ValueError as error:
        raise ValueError(f"'{written}' is not a date: write it as 2024-07-10") from error
