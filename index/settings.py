"""What can be set about an archive."""

from __future__ import annotations

from dataclasses import dataclass

PACKAGED_MODEL = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How articles are cut, embedded and found. The defaults were chosen by measuring, see README.

    embedding_model: the name or folder of a sentence-transformers model that is on this machine. None is the model
        that the archive was embedded with, and for a new archive the packaged all-MiniLM-L6-v2.
    passage_chars: the length in characters that a passage is filled up to; whole sentences only.
    candidates: how many passages each search (by vector, by words) contributes to the fusion.
    max_document_mb, max_record_mb: larger files, and larger records of a collection, are reported, not read.
    allow_private_addresses: whether web pages may be fetched from this machine and its local network.
    """

    embedding_model: str | None = None
    passage_chars: int = 550
    candidates: int = 60
    max_document_mb: int = 50
    max_record_mb: int = 20
    allow_private_addresses: bool = False

    def __post_init__(self) -> None:
        if not 100 <= self.passage_chars <= 5000:
            raise ValueError(f"passage_chars is {self.passage_chars}: choose 100 to 5000 characters")
        if not 1 <= self.candidates <= 1000:
            raise ValueError(f"candidates is {self.candidates}: choose 1 to 1000 passages")
        if self.embedding_model is not None and not self.embedding_model.strip():
            raise ValueError("embedding_model is empty: name a model or the folder that holds one")
