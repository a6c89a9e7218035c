"""Letters with accents -> letters without: "Erdoğan" and "Erdogan" are one name, and as long as each other."""

from __future__ import annotations

import re
import unicodedata

ACCENTED = re.compile("[À-ÖØ-öø-ɏƏəḀ-ỿ]")
OTHERS = dict(zip("øłđıßæœðþħŧə", "oldisaodthta", strict=True))
"""Letters that Unicode does not take apart."""


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    other = OTHERS.get(base.lower(), base)
    return other.upper() if base.isupper() else other


BARE = {code: _bare(chr(code)) for code in (*range(0xC0, 0x25A), *range(0x1E00, 0x1F00)) if ACCENTED.match(chr(code))}


def without_accents(text: str) -> str:
    """The text with each accented letter as the one beneath it; every character stays where it was."""
    return text.translate(BARE) if ACCENTED.search(text) else text
