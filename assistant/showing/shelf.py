"""The list of kept conversations as safe HTML, with what can be done with each."""

from __future__ import annotations

import html
from collections.abc import Sequence

from assistant.conversations import MOST_LISTED, Listed
from assistant.exporting import FORMATS
from assistant.showing.thread import button
from assistant.showing.words import attributes, count


def shelf_html(listed: Sequence[Listed], current: str | None, *, searched: bool = False) -> str:
    """The conversations, the one that is open marked."""
    if not listed:
        words = (
            "No conversation has these words."
            if searched
            else "Conversations are kept here, for all who use this page."
        )
        return f'<p class="dl-meta">{words}</p>'
    rest = "" if len(listed) < MOST_LISTED else f"The {MOST_LISTED} changed last; a search finds the others."
    items = "".join(_item(one, current == one.id) for one in listed)
    return f'<ul class="dl-shelf">{items}</ul><p class="dl-meta">{rest}</p>'


def _item(one: Listed, is_open: bool) -> str:
    opening = attributes(
        href=f"#conversation-{one.id}",
        data_act="open",
        data_id=one.id,
        aria_current="true" if is_open else None,
        title=one.name,
    )
    field = attributes(name="name", value=one.name, maxlength=200, aria_label=f"New name of {one.name}")
    exports = "".join(
        button(words, data_act="export", data_id=one.id, data_format=ending, aria_label=f"{words}: {one.name}")
        for ending, (words, _, _) in FORMATS.items()
    )
    rename = button("Rename", data_act="unhide", aria_label=f"Rename {one.name}")
    delete = button(
        "Delete",
        data_act="delete",
        data_id=one.id,
        data_confirm=f"Delete “{one.name}” for everybody who uses this page?",
        aria_label=f"Delete {one.name}",
    )
    when = f"{one.changed.astimezone():%d %b %Y} · {count(one.turns, 'question')}"
    return (
        f'<li class="dl-kept"><a{opening}><span>{html.escape(one.name)}</span><small>{when}</small></a>'
        f'<details class="dl-more"><summary{attributes(aria_label=f"More for {one.name}")}>…</summary>'
        f'<div class="dl-menu">{rename}{delete}<p class="dl-meta">Export</p>{exports}</div></details>'
        f'<form class="dl-edit" data-act="rename"{attributes(data_id=one.id)} hidden><input type="text"{field}>'
        f'<p><button type="submit" class="dl-primary">Rename</button>{button("Cancel", data_act="unedit")}</p></form>'
        "</li>"
    )
