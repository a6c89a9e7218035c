"""How much one source may ask of this machine."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of reading. What lies beyond them is reported as a Failure, never cut short.

    max_document_mb: the largest text, page, PDF or Word file.
    max_record_mb: the largest article of a collection.
    max_json_mb: the largest JSON array after unpacking, as it is held whole; JSON Lines and CSV have no bound.
    max_seconds: the longest that one PDF, Word file or web address may take.
    allow_private: whether web addresses of this machine and its local network may be fetched.
    """

    max_document_mb: float = 50
    max_record_mb: float = 20
    max_json_mb: float = 200
    max_seconds: float = 60
    allow_private: bool = False

    @property
    def document_bytes(self) -> int:
        """The largest document in bytes."""
        return int(self.max_document_mb * MEGABYTE)

    @property
    def record_bytes(self) -> int:
        """The largest record of a collection in bytes."""
        return int(self.max_record_mb * MEGABYTE)

    @property
    def json_bytes(self) -> int:
        """The largest JSON array in bytes."""
        return int(self.max_json_mb * MEGABYTE)
