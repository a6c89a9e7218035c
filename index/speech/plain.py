"""The text of an article without what stands between a subject and its verb and is not speech."""

from __future__ import annotations

import re

DATELINE = re.compile(
    r"\A\s*[A-Z][A-Z .,'’-]+(?:, [A-Z][\w. ]+)? ?\([^()\n]{2,40}\)(?: ?[:–—-]+)?"
    r"|\A\s*(?:[A-Z][\w.'’/]+,? ){1,4}\((?:CNN|AP|AFP|Reuters|BBC|UPI)(?: [A-Z]\w+)?\)(?: ?[:–—-]+)?"
)
ACRONYM = re.compile(r"(?<=\w) \(([A-Z][A-Z.&]{1,9})\)")
QUOTED_ADVERB = re.compile(r"[“\"](\w+ly)[”\"]")


def plain(text: str) -> tuple[str, dict[int, str]]:
    """Give the text, no longer and no shorter, and the acronyms in brackets, each by where the name before it ends.

    Left out are the dateline ("WASHINGTON (Agency):" is no transcript), an acronym after its name, and the marks of one
    quoted adverb.
    """
    acronyms: dict[int, str] = {}

    def short(found: re.Match[str]) -> str:
        acronyms[found.start()] = found[1].replace(".", "")
        return " " * len(found[0])

    text = DATELINE.sub(lambda found: " " * len(found[0]), text)
    text = ACRONYM.sub(short, text)
    return QUOTED_ADVERB.sub(r" \1 ", text), acronyms
