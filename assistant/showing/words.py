"""Dates, references and restrictions in words; text that stays text in HTML attributes and Markdown."""

from __future__ import annotations

import html
import re
from datetime import date

from assistant.conversations import Turn
from assistant.kept import KeptAnswer, KeptCitation
from index import SearchFilter, web_address

BEFORE = "The answer from before:"
"""Where asking again did not bring another."""
_SPACE = r"[^\S\n\v\f\x1c-\x1f\x85]"  # that has a character reference, and ends no line
_MARKDOWN = re.compile(
    r"[<>&\\`*_\[\]~$|@{}\r]"  # markup wherever it stands
    r"|^[-+=#]|^\d(?=\d{0,8}[.)])"  # only at the beginning of a line
    r"|:(?=//)|(?<=www)\."  # what turns bare addresses into links
    rf"|^{_SPACE}|{_SPACE}$|(?<!.)\n|\n\Z",  # what Markdown leaves out, or takes for the end of a paragraph
    re.MULTILINE | re.IGNORECASE,
)


def escaped(text: str) -> str:
    """`text` as HTML, of which a browser makes exactly these characters again; for attributes too."""
    return html.escape(text).replace("\r", "&#13;")


def lines_of(text: str) -> list[str]:
    """The lines of an answer, each of which is a paragraph."""
    return [line for line in text.split("\n") if line.strip()]


def plain(text: str) -> str:
    """`text` as Markdown that shows exactly these characters.

    Only what Markdown could read becomes a character reference: who reads the source should be able to.
    """
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", text)


def attributes(**given: str | int | None) -> str:
    """Attributes of a tag, each with a space before it; `data_id` becomes `data-id`, and None leaves one out."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for name, value in given.items()
        if value is not None
    )


def count(number: int, thing: str) -> str:
    """How many there are, such as "1 article" or "2 articles"."""
    return f"{number:,} {thing}{'s'[: number != 1]}"


def day(when: date | None) -> str:
    """`when` as readers write it, or that it is not known."""
    return f"{when.day} {when:%B %Y}" if when else "date unknown"


def as_of(answer: KeptAnswer) -> str:
    """One line on how old the cited articles are; empty when there are none."""
    oldest, newest = answer.as_of.oldest, answer.as_of.newest
    undated = any(c.article.published is None for c in answer.citations)
    if oldest is None or newest is None:
        return "The cited articles have no known date." if undated else ""
    known = f"As of {day(newest)}" if oldest == newest else f"From articles of {day(oldest)} to {day(newest)}"
    return f"{known}; one or more cited articles have no known date." if undated else f"{known}."


def standing(answer: KeptAnswer) -> str:
    """On how much an answer stands, in one line; empty for a declined one."""
    articles = {c.article.id: c.article for c in answer.citations}
    if not articles:
        return ""
    outlets = {article.source for article in articles.values() if article.source}
    known = f" from {count(len(outlets), 'outlet')}" if outlets else ""
    return f"Stands on {count(len(answer.citations), 'passage')} of {count(len(articles), 'article')}{known}."


def writing(answer: KeptAnswer) -> str:
    """Who wrote the answer, in one line; empty when it is in the articles' own words."""
    if not answer.written_by:
        return ""
    return f"Written by {answer.written_by}; each sentence was held against the passages that it cites."


def restriction(only: SearchFilter) -> str:
    """What a question was restricted to, in one line; empty when to nothing."""
    parts = [f"from {day(only.published_from)}"] if only.published_from else []
    parts += [f"to {day(only.published_to)}"] if only.published_to else []
    parts += [", ".join(only.sources)] if only.sources else []
    return f"Restricted to articles {'; '.join(parts)}." if parts else ""


def asides(turn: Turn) -> list[str]:
    """What is to be known beside a turn's answer, a line each, on the page and in every export of it."""
    answer = turn.answer
    if answer is None:
        return []
    stopped = "Stopped: this is what was found until then." if turn.stopped else ""
    known = (stopped, understood(turn), writing(answer), standing(answer), as_of(answer), restriction(turn.only))
    return [line for line in (*known, *answer.notes) if line]


def understood(turn: Turn) -> str:
    """The question that was answered, in one line; empty when it stands alone as it was put."""
    alone = turn.answer.standalone_question if turn.answer else ""
    return f"Understood as: {alone}" if alone and alone != turn.question else ""


def fate(citation: KeptCitation) -> str:
    """What has become of the article since it was quoted; empty while it is the same."""
    words = {"removed": "has been removed since", "changed": "reads otherwise since"}
    return f"The article {words[citation.fate]}; this is what was quoted" if citation.fate else ""


def speaking(speaker: str | None, speaks_for: str | None) -> str:
    """Who speaks, and for whom where the name does not say it; empty when nobody is known to."""
    if not speaker:
        return ""
    return f"{speaker}, for {speaks_for}" if speaks_for and speaks_for not in speaker else speaker


def reference(citation: KeptCitation, *, address: bool = True) -> str:
    """Whose words these are and where they stand, as one writes it under a quotation."""
    article = citation.article
    who = speaking(citation.speaker, citation.speaks_for)
    parts = [who, article.title or "Untitled", article.source or "", day(article.published)]
    parts += [web_address(article.url) or ""] if address else []
    place = f"characters {citation.start}–{citation.end}"
    return ", ".join(part for part in (*parts, place) if part)


def quotation(citation: KeptCitation) -> str:
    """The words in quotation marks, character for character, with their reference."""
    return f"“{citation.quote}”\n— {reference(citation)}"
