"""The assistant: the whole story of one question on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer
from assistant.composing import compose
from assistant.dialogue import standalone
from assistant.evidence import find_evidence
from assistant.question import understand
from assistant.settings import Settings
from index import AddReport, Archive, Progress, SearchFilter
from prompts import render

MAX_QUESTION = 2000
"""Characters."""


class Assistant:
    """Answers questions about the articles of one archive. Safe to use from several threads."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self.archive = archive
        self.settings = settings

    @classmethod
    def open(
        cls, folder: str | Path = "news.dateline", settings: Settings | None = None, *, new_model: bool = False
    ) -> Assistant:
        """Open the archive in `folder`, made when absent. This is the one place where the parts are put together.

        `new_model` opens it even where the settings name another embedding model, to embed it anew with that.
        """
        settings = settings or Settings()
        return cls(Archive.open(folder, settings.index, new_model=new_model), settings)

    @staticmethod
    def samples() -> Path:
        """The folder of the sample articles that come with Dateline."""
        return Path(__file__).parent / "samples"

    def close(self) -> None:
        """Let go of the archive."""
        self.archive.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, place: str | Path, *, progress: Progress | None = None) -> AddReport:
        """Add the articles of a file, folder, collection, web page or feed; see `Archive.add`."""
        return self.archive.add(place, progress=progress)

    def ask(self, question: str, history: Sequence[str] = (), *, only: SearchFilter | None = None) -> Answer:
        """The answer to a question. `history` holds the questions asked before it, the oldest first.

        Raises:
            ValueError: the question is empty.
        """
        *_, answer = self.stream(question, history, only=only)
        return answer

    def stream(
        self, question: str, history: Sequence[str] = (), *, only: SearchFilter | None = None
    ) -> Iterator[Answer]:
        """Ever-fuller answers, the last one whole; each keeps the promise that its quotes are in their articles."""
        if not question.strip():
            raise ValueError("the question is empty: ask something")
        if len(question) > MAX_QUESTION:
            raise ValueError(f"the question has {len(question)} characters: ask in {MAX_QUESTION} or fewer")
        only = only or SearchFilter()
        asked = understand(standalone(question, history))
        hits = self.archive.search(asked.text, self.settings.passages, only)
        finding = find_evidence(asked, hits, self.archive.embedder.embed, most=self.settings.statements)
        notes = self._notes(bool(hits), only)
        for shown in range(1, len(finding.evidence)):
            part = replace(finding, evidence=finding.evidence[:shown])
            yield compose(question, asked, part, near_misses=self.settings.near_misses, notes=notes)
        yield compose(question, asked, finding, near_misses=self.settings.near_misses, notes=notes)

    def _notes(self, found: bool, only: SearchFilter) -> list[str]:
        waiting = self.archive.waiting()
        notes = [render("still_embedding", count=waiting)] if waiting else []
        if not found and not self.archive.listing(limit=1):
            notes.append(render("empty_archive"))
        elif not found and only and not self.archive.listing(only, limit=1):
            notes.append(render("nothing_in_filter"))
        return notes
