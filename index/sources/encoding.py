"""Bytes -> text, without changing a character: the encoding is found, line ends stay as they are."""

from __future__ import annotations

import codecs
import itertools

from index.errors import SourceError

# UTF-32's mark begins with UTF-16's, so it stands first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
# What pages mean by the names they declare (WHATWG Encoding Standard).
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "euc_kr": "cp949"}
_MEANT |= {"gbk": "gb18030", "shift_jis": "cp932"}
_TYPOGRAPHY = "‘’“”–—…•€£©®«»°§™"


def decode(data: bytes, where: str, *, declared: str | None = None) -> str:
    """The text of `data`, without the byte order mark if there is one.

    A byte order mark decides, then UTF-8 where the bytes allow it, then `declared` (what the page says of itself),
    then detection.

    Raises:
        SourceError: the bytes are not text.
    """
    encoding = encoding_by_mark(data)
    if not encoding and b"\0" in data:
        raise binary(where)
    for candidate in (encoding,) if encoding else ("utf-8", declared):
        if candidate and (text := _decoded(data, candidate)) is not None:
            return text
    detected = None if encoding else detect(data)
    text = _decoded(data, detected) if detected else None
    if text is None:
        raise binary(where)
    return text


def encoding_by_mark(data: bytes) -> str | None:
    """The encoding that the byte order mark at the start of `data` names; None without one."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def detect(data: bytes) -> str | None:
    """The likeliest encoding of bytes that are not UTF-8; None when they look like no text at all.

    Western texts fit several old encodings that differ in quotation marks and dashes only; windows-1252 is the one
    that newsrooms' software wrote, so it is chosen wherever its reading of the bytes is plain Latin text.
    """
    if _is_western(data[:_SAMPLE]):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None


def binary(where: str) -> SourceError:
    """What to say of a file whose bytes are no text."""
    return SourceError(where, "is not text", "save it as plain text in UTF-8, or add the document it was made from")


def _is_western(data: bytes) -> bool:
    text = _decoded(data, "cp1252")
    if text is None:
        return False
    foreign = [(i, c) for i, c in enumerate(text) if ord(c) > 127]
    if any(ord(c) < 32 and c not in "\t\n\r\f" for c in text) or any("\x80" <= c <= "\x9f" for _, c in foreign):
        return False
    odd = [i for i, c in foreign if c not in _TYPOGRAPHY]
    # In Western words accented letters stand alone among plain ones; text of another script read as windows-1252
    # comes out as runs of them ("Ïðèâåò").
    runs = sum(1 for i, j in itertools.pairwise(odd) if j == i + 1)
    letters = sum(1 for c in text if c.isalpha())
    return len(odd) <= 0.2 * letters and runs <= 0.15 * len(odd)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        name = codecs.lookup(encoding).name
        return data.decode(_MEANT.get(name, name))
    except (UnicodeError, LookupError, ValueError):
        return None
