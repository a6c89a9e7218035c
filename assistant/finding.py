"""What is found in the articles for a question: the sentences that answer, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that answers, and the same thing said in other articles; the earliest published first."""

    places: tuple[Candidate, ...]

    @property
    def source(self) -> tuple[str, str | None]:
        """The article and the speaker that it is told under."""
        first = self.places[0]
        return first.article.id, first.sentence.speaker

    @property
    def published(self) -> date | None:
        """When it was first told, as is shown with it."""
        return self.places[0].article.published


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: the evidence, or when there is none that answers, the nearest candidates and why they do not.

    differing: whether some of the evidence gives another number or day than the rest.
    missing: names of the question that nothing found speaks of. silent: the speaker asked for, who says nothing in what
    was found, or (`elsewhere`) speaks of other things. others: who is quoted on the topic instead.
    """

    evidence: tuple[Evidence, ...]
    nearest: tuple[Candidate, ...]
    differing: bool = False
    missing: tuple[str, ...] = ()
    silent: str | None = None
    elsewhere: bool = False
    others: tuple[str, ...] = ()
