"""British and American spellings: who asks about a "programme to mobilise" finds a "program to mobilize"."""

from __future__ import annotations

import re

BRITISH = {
    "centred": "centered",
    **{
        f"{begin}our": f"{begin}or"
        for begin in "arm behavi col endeav fav flav harb hon hum lab neighb rum tum".split()
    },
    **{f"{begin}tre": f"{begin}ter" for begin in "cen li me thea".split()},
    **{f"{begin}ence": f"{begin}ense" for begin in "def lic off pret".split()},
    "aluminium": "aluminum",
    "analys": "analyz",
    "fibre": "fiber",
    "jewellery": "jewelry",
    "manoeuvre": "maneuver",
    "paediatric": "pediatric",
    "paralys": "paralyz",
    "plough": "plow",
    "programme": "program",
    "sceptic": "skeptic",
    "sulphur": "sulfur",
    "travell": "travel",
    "tyre": "tire",
}
"""How words begin in British spelling, and how the same do in American."""
WORD = re.compile(r"\w+")
AMERICAN = {american: british for british, american in BRITISH.items()}
ISE = re.compile(r"(?<=\w{3}i)[sz](?=(?:e[drs]?|ers|ing|ations?|ational)\Z)")
"""What may be written with s or z; in American always with z."""
BRITISH_BEGINNING, AMERICAN_BEGINNING = (
    re.compile(rf"(?!programme[dr]|programmi)(?:{'|'.join(table)})") for table in (BRITISH, AMERICAN)
)
"""Programmers and what they have programmed are written alike."""


def american(word: str) -> str:
    """A word, in small letters, in American spelling; and with z what ends like "promise", for all to compare alike."""
    if found := BRITISH_BEGINNING.match(word):
        word = BRITISH[found[0]] + word[found.end() :]
    return ISE.sub("z", word)


def other_spellings(text: str) -> list[str]:
    """The words of a text that the other side of the Atlantic writes otherwise, as it does, in small letters."""
    return [other for word in WORD.findall(text.lower()) if (other := _other_spelling(word))]


def _other_spelling(word: str) -> str | None:
    for table, beginning in ((BRITISH, BRITISH_BEGINNING), (AMERICAN, AMERICAN_BEGINNING)):
        if found := beginning.match(word):
            return table[found[0]] + word[found.end() :]
    turned = ISE.sub(lambda found: "s" if found[0] == "z" else "z", word)
    return turned if turned != word else None
