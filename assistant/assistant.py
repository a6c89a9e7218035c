"""The assistant: the whole story of one question on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer
from assistant.composing import compose
from assistant.dialogue import standalone
from assistant.evidence import find_evidence, together
from assistant.finding import Finding
from assistant.question import Question
from assistant.quotes import Quote, find_quotes
from assistant.reader import Reader, reader_of
from assistant.searching import as_many_as, find_hits, narrowed
from assistant.settings import NoChatModel, Settings
from assistant.understanding import understood
from index import AddReport, Archive, Hit, Passage, Progress, SearchFilter
from prompts import Prompts

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.chat_model import ChatModel
    from assistant.cross_encoders import Reranker
    from assistant.writing import Writer

MAX_QUESTION = 2000
"""Characters."""
MOST_HISTORY = 50
"""Questions asked before that count, the last ones."""
RERANKED = 3
"""Times as many passages as are read are put in order, where a model for that is named."""


class Assistant:
    """Answers questions about the articles of one archive. Safe to use from several threads."""

    def __init__(
        self, archive: Archive, settings: Settings, reader: Reader | None = None, chat: ChatModel | None = None
    ) -> None:
        self.archive = archive
        self.settings = settings
        self.reader = reader or reader_of(settings.reader)
        self.chat = chat
        self.prompts = Prompts(settings.prompts)

    @classmethod
    def open(
        cls, folder: str | Path = "news.dateline", settings: Settings | None = None, *, new_model: bool = False
    ) -> Assistant:
        """Open the archive in `folder`, made when absent. This is the one place where the parts are put together.

        `new_model` opens it even where the settings name another embedding model, to embed it anew with that.

        Raises:
            ArchiveError: the archive cannot be opened.
            ValueError: the chat model that the settings name cannot be made.
        """
        settings = settings or Settings()
        chat = None
        if settings.chat:
            from assistant.chat_model import open_chat_model

            chat = open_chat_model(settings.chat)
        return cls(Archive.open(folder, settings.index, new_model=new_model), settings, chat=chat)

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

    def prepare(self) -> None:
        """Load the indexes and the models that find and read, in some seconds, for the first question not to wait.

        Of an empty archive nothing is found or read, and so no model is loaded.
        """
        self.archive.prepare()
        asked = self.understand("What is the news?")
        self.reader.read(asked.text, self.hits(asked, SearchFilter(), most=1))

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        only: SearchFilter | None = None,
        today: date | None = None,
        written: bool | None = None,
    ) -> Answer:
        """The answer to a question. `history` holds the questions asked before it, the oldest first; the last 50 count.

        "last week" and the like are told from `today`, the present day unless given, however old the articles are.
        `written`: whether the chat model writes it; unless given, it does where the settings name one.

        Raises:
            ValueError: the question is empty, or is to be written and there is no chat model.
        """
        *_, answer = self.stream(question, history, only=only, today=today, written=written)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        only: SearchFilter | None = None,
        today: date | None = None,
        written: bool | None = None,
    ) -> Iterator[Answer]:
        """Ever-fuller answers, the last one whole; each keeps the promise that its quotes are in their articles."""
        written = self.writes(written)
        history = [earlier for earlier in history[-MOST_HISTORY:] if len(earlier) <= MAX_QUESTION]
        only = only or SearchFilter()
        asked = self.understand(question, history, today=today, written=written)
        finding, notes = self._find(asked, only)
        most = self.settings.near_misses
        if written and self._writer:
            yield from self._writer.stream(question, asked, finding, history, near_misses=most, notes=notes)
            return
        for shown in range(1, len(finding.evidence)):
            part = replace(finding, evidence=finding.evidence[:shown])
            yield compose(question, asked, part, near_misses=most, notes=notes, prompts=self.prompts)
        yield compose(question, asked, finding, near_misses=most, notes=notes, prompts=self.prompts)

    def writes(self, written: bool | None) -> bool:
        """Whether the chat model writes an answer for which `written` is given.

        Raises:
            NoChatModel: it is to, and there is none.
        """
        if written and not self.chat:
            raise NoChatModel
        return bool(self.chat) if written is None else written

    def understand(
        self, question: str, history: Sequence[str] = (), *, today: date | None = None, written: bool = False
    ) -> Question:
        """The question made to stand alone and taken apart, with the people who hold the roles that it names.

        `written`: the chat model makes it stand alone, where it does not by itself.

        Raises:
            ValueError: the question is empty, or too long.
        """
        if not question.strip():
            raise ValueError("the question is empty: ask something")
        if len(question) > MAX_QUESTION:
            raise ValueError(f"the question has {len(question)} characters: ask in {MAX_QUESTION} or fewer")
        writer = self._writer if written else None
        by_rule = standalone(question, history, self.archive.is_name)
        alone = writer.standalone(question, history, by_rule) if writer else by_rule
        return understood(alone, self.archive, today=today)

    def hits(self, asked: Question, only: SearchFilter, *, most: int | None = None) -> list[Hit]:
        """The passages that are read for a question, best first; `most` of them, as the settings say unless given."""
        most = most or as_many_as(self.settings.passages, asked)
        if self._reranker is None:
            return find_hits(self.archive.search, asked, only, most=most)
        found = find_hits(self.archive.search, asked, only, most=RERANKED * most)
        return self._reranker.rerank(asked.text, found)[:most]

    def ranked(self, asked: Question, only: SearchFilter, *, most: int) -> list[Passage]:
        """The best `most` passages: those that were read, by the best sentence of each, then what else was found.

        The second stage of retrieval and re-ranking (Nogueira and Cho, Passage Re-ranking with BERT, 2019). Near misses
        are shown in this order.
        """
        read = [c.passage for c in self._find(asked, only)[0].nearest]
        found = {p.id: p for p in [*read, *(hit.passage for hit in self.hits(asked, only, most=most))]}
        return list(found.values())[:most]

    def _find(self, asked: Question, only: SearchFilter) -> tuple[Finding, list[str]]:
        """The evidence within the days that the question names; where it has none there, within all days, and said.

        Said too where they may be the days of what happened, and all that was found is older. A question that asks
        several is taken part by part; said is which parts have no answer.
        """
        if asked.parts:
            return self._find_each(asked.parts, only)
        when = asked.when
        if when and when.strict:
            within = narrowed(only, when)
            finding = self._read(asked, within) if within else None
            if finding and finding.evidence:
                return finding, [
                    *self._notes(finding, only),
                    self.prompts.render("within_days", words=when.words, span=when.span),
                ]
        finding = self._read(asked, only)
        notes = self._notes(finding, only)
        if when and finding.nearest and (when.strict or _all_before(finding, when.after)):
            notes.append(self.prompts.render("outside_days", words=when.words, span=when.span))
        return finding, notes

    def _find_each(self, parts: Sequence[Question], only: SearchFilter) -> tuple[Finding, list[str]]:
        found = [(part, *self._find(part, only)) for part in parts]
        finding = together([finding for _, finding, _ in found], most=self.settings.statements)
        notes = dict.fromkeys(note for *_, notes in found for note in notes)
        open_parts = [part.text for part, finding, _ in found if not finding.evidence] if finding.evidence else []
        return finding, [*notes, *(self.prompts.render("part_unanswered", question=text) for text in open_parts)]

    def _read(self, asked: Question, only: SearchFilter) -> Finding:
        hits = self.hits(asked, only)
        return find_evidence(asked, hits, self.reader.read, most=self.settings.statements)

    def quotes(
        self,
        speaker: str | None = None,
        about: str | None = None,
        *,
        on_behalf_of: str | None = None,
        only: SearchFilter | None = None,
        limit: int | None = None,
    ) -> list[Quote]:
        """Who said what: statements with their places, the newest first or, about a topic, the most fitting first.

        speaker: only what this person or organisation said, or what was said on its behalf. on_behalf_of: only what was
        said on behalf of this organisation or country. about: only statements that name this topic, or stand beside
        where it is named. Names count in all their forms (DPRK, North Korea, Pyongyang).

        Raises:
            ValueError: `about` has no word to look for, or `limit` is below 1.
        """
        return find_quotes(
            self.archive, speaker=speaker, about=about, on_behalf_of=on_behalf_of, only=only, limit=limit
        )

    @cached_property
    def _reranker(self) -> Reranker | None:
        if self.settings.reranker is None:
            return None
        from assistant.cross_encoders import Reranker

        return Reranker(self.settings.reranker)

    @cached_property
    def _writer(self) -> Writer | None:
        if self.chat is None:
            return None
        from assistant.cross_encoders import Entailment
        from assistant.support import Judge
        from assistant.writing import Writer

        entails = Entailment(self.settings.entailment) if self.settings.entailment else None
        return Writer(self.chat, Judge(self.archive.embedder.embed, entails), self.prompts)

    def as_runnable(self) -> Runnable[Any, Answer]:
        """The assistant as a LangChain Runnable: a question in, an Answer out; see `assistant.runnable`."""
        from assistant.runnable import runnable

        return runnable(self)

    def _notes(self, finding: Finding, only: SearchFilter) -> list[str]:
        notes = [self.prompts.render("differing_accounts")] if finding.differing else []
        if waiting := self.archive.waiting():
            notes.append(self.prompts.render("still_embedding", count=waiting))
        if unheard := self.archive.unheard():
            notes.append(self.prompts.render("still_hearing", count=unheard))
        if not finding.nearest and not self.archive.listing(limit=1):
            notes.append(self.prompts.render("empty_archive"))
        elif not finding.nearest and only and not self.archive.listing(only, limit=1):
            notes.append(self.prompts.render("nothing_in_filter"))
        return notes


def _all_before(finding: Finding, day: date | None) -> bool:
    """Whether there is evidence, and all of it is of articles published before this day."""
    published = [place.article.published for one in finding.evidence for place in one.places]
    return day is not None and bool(published) and all(p is not None and p < day for p in published)
