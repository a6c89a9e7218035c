"""A conversation as safe HTML: questions, answers with their markers, and what can be done with each."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence

from assistant.conversations import Turn
from assistant.kept import KeptAnswer, KeptCitation
from assistant.showing.evidence import TURNS_WITH_EVIDENCE, anchor
from assistant.showing.words import BEFORE, asides, attributes, escaped, lines_of, reference, standing

_MARKER = re.compile(r"\[(\d+)\]")


def button(words: str, *, kind: str = "dl-tool", **given: str | int | None) -> str:
    """A button whose `data-` attributes say what it does; see page.js."""
    return f'<button type="button" class="{kind}"{attributes(**given)}>{html.escape(words)}</button>'


def marker(turn: int, citation: KeptCitation) -> str:
    """A [1] that leads to its passage."""
    name = f"[{citation.number}] {reference(citation, address=False)}"
    given = attributes(href=f"#{anchor(turn, citation.number)}", aria_label=name)
    return f'<a class="dl-marker"{given}>[{citation.number}]</a>'


def answer_html(turn: Turn, answer: KeptAnswer, *, linked: bool) -> str:
    """The answer's text, a paragraph to a line, its markers links into the evidence."""
    known = {c.number: c for c in answer.citations} if linked else {}

    def line_html(line: str) -> str:
        pieces, at = [], 0
        for found in _MARKER.finditer(line):
            if cited := known.get(int(found[1])):
                pieces += [escaped(line[at : found.start()]), marker(turn.number, cited)]
                at = found.end()
        return "".join([*pieces, escaped(line[at:])])

    return "".join(f"<p>{line_html(line)}</p>" for line in lines_of(answer.text))


def _editing(turn: Turn, last: Turn) -> str:
    """The form in which a question is put otherwise, hidden until it is asked for.

    It says how the question was put and which is the `last` one shown with it: what is newer is not to be taken away
    unseen.
    """
    warning = "" if turn is last else '<p class="dl-meta">The questions after this one will be taken away.</p>'
    shown = attributes(data_key=turn.key, data_last=last.key, data_former=turn.question)
    field = attributes(
        id=f"edit-{turn.number}", name="question", rows=2, maxlength=2000, aria_label="Put the question otherwise"
    )
    return (
        f'<form class="dl-edit" data-act="edit"{shown} hidden>'
        f"<textarea{field}>{html.escape(turn.question)}</textarea>{warning}<p>"
        f'<button type="submit" class="dl-primary">Ask</button>{button("Cancel", data_act="unedit")}</p></form>'
    )


def turn_html(turn: Turn, last: Turn, *, linked: bool, waiting: bool) -> str:
    """One question with its answer so far; `last` is the last one of the conversation."""
    said = f'<p class="dl-problem" role="alert">{html.escape(turn.problem)}</p>' if turn.problem else ""
    if turn.answer:
        said += f'<p class="dl-meta">{BEFORE}</p>' if turn.problem else ""
        said += answer_html(turn, turn.answer, linked=linked)
        said += "".join(f'<p class="dl-meta">{html.escape(line)}</p>' for line in asides(turn))
    elif not waiting and not turn.problem:
        said = '<p class="dl-meta">Not answered: it was stopped, or the server was, before anything was found.</p>'
    if waiting:
        said += f'<p class="dl-wait">Reading the articles … {button("Stop", data_act="stop")}</p>'
    tools = "" if waiting else _tools(turn)
    return (
        f'<article class="dl-said" id="question-{turn.number}"{attributes(aria_label=f"Question {turn.number}")}>'
        f'<h2 class="dl-question">{html.escape(turn.question)}</h2>{_editing(turn, last)}'
        f'<div class="dl-answer">{said}</div>{tools}</article>'
    )


def _tools(turn: Turn) -> str:
    again = button("Ask again", data_act="again", data_key=turn.key, aria_label=f"Ask question {turn.number} again")
    edit = button("Edit", data_act="unhide", aria_label=f"Edit question {turn.number}")
    copied = turn.answer and f"{turn.question}\n\n{turn.answer.text}"
    copy = button("Copy", data_act="copy", data_text=copied, aria_label=f"Copy answer {turn.number}") if copied else ""
    return f'<p class="dl-tools">{again}{edit}{copy}</p>'


def thread_html(conversation: str, turns: Sequence[Turn], waiting: Collection[int] = ()) -> str:
    """A whole conversation; `waiting` holds the keys of the turns that are being answered now."""
    shown = "".join(
        turn_html(
            turn,
            turns[-1],
            linked=turn.number > len(turns) - TURNS_WITH_EVIDENCE,
            waiting=turn.key in waiting,
        )
        for turn in turns
    )
    busy = attributes(data_conversation=conversation, data_busy="yes" if waiting else None)
    return f'<div class="dl-thread"{busy}>{shown}{_status(turns, waiting)}</div>'


def _status(turns: Sequence[Turn], waiting: Collection[int]) -> str:
    """What a screen reader is told when the conversation has changed."""
    told = ""
    if waiting:
        told = "Reading the articles."
    elif turns and (answer := turns[-1].answer):
        told = f"Answered. {standing(answer)}" if answer.answered else "The articles do not say."
    return f'<p class="dl-unseen" role="status">{html.escape(told)}</p>'


def nothing_html() -> str:
    """What stands there as long as the archive has no articles."""
    return (
        '<div class="dl-thread dl-empty"><h2>No articles yet</h2><p>Add some first, then ask about them.</p>'
        f"<p>{button('Add articles', kind='dl-primary', data_act='tab', data_tab='archive')}</p></div>"
    )


def empty_html(holdings: str, outlets: Sequence[str], examples: Sequence[str]) -> str:
    """What stands there before the first question: what can be asked about, and questions to begin with."""
    known = f": {', '.join(outlets)}" if outlets else ""
    asked = "".join(f"<li>{button(e, kind='dl-example', data_act='ask', data_question=e)}</li>" for e in examples)
    return (
        '<div class="dl-thread dl-empty"><h2>Ask the articles</h2>'
        "<p>Every sentence of an answer carries the passage that it came from.</p>"
        f'<p class="dl-meta">{html.escape(holdings + known)}</p>'
        + (f'<ul class="dl-examples">{asked}</ul>' if asked else "")
        + "</div>"
    )
