"""Letters with accents -> letters without: "Erdoğan" and "Erdogan" are one name, and as long as each other."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

ACCENTED = re.compile("[À-ÖØ-öø-ɏƏəḀ-ỿ]")
OTHERS = dict(zip("øłđıßæœðþħŧə", "oldisaodthta", strict=True))
"""Letters that Unicode does not take apart."""


def without_accents(text: str) -> str:
    """The text with each accented letter as the one beneath it; every character stays where it was."""
    return ACCENTED.sub(lambda found: _bare(found[0]), text)


@cache
def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    other = OTHERS.get(base.lower(), base)
    return other.upper() if base.isupper() else other
