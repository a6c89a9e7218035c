"""Evidence -> an answer that a chat model wrote, shown sentence by sentence as far as the evidence carries it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.answer import Answer, Citation, Statement
from assistant.candidates import Candidate
from assistant.chat_model import ChatFailed, ChatModel
from assistant.citing import checked
from assistant.composing import cite, compose, day, in_order
from assistant.drafts import DraftSentence, sentences
from assistant.finding import Evidence, Finding
from assistant.question import Question
from assistant.rewriting import REWRITING, earlier, rewritten
from assistant.support import Judge, Shown
from prompts import Prompts

ENOUGH = 0.5
"""The share of a draft's sentences that has to pass, or the articles' own words are given instead."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Lets a chat model draft answers from evidence, and shows what the evidence carries of them."""

    model: ChatModel
    judge: Judge
    prompts: Prompts

    def stream(
        self,
        asked: str,
        question: Question,
        finding: Finding,
        history: Sequence[str] = (),
        *,
        near_misses: int,
        notes: Sequence[str] = (),
    ) -> Iterator[Answer]:
        """Ever-fuller answers: each sentence once it is checked, never before; the last one is whole.

        Where the model fails, or too little of its draft is carried, the last answer is in the articles' own words and
        a note says why. Without evidence nothing is asked of the model: it is declined.
        """
        composed = compose(asked, question, finding, near_misses=near_misses, notes=notes, prompts=self.prompts)
        if not finding.evidence:
            yield composed
            return
        evidence, shown, read = in_order(finding.evidence), list[Shown](), 0
        answer, before = composed, list[Shown]()
        share = 1 - REWRITING if history else 1.0
        try:
            for draft in sentences(self.model.stream(self._messages(question, evidence, history), share=share)):
                read += 1
                sentence = self._checked(draft, evidence, before)
                # Nothing leans on a sentence that is not shown: after one of those, "she" and "it" mean nobody.
                before = [*before, sentence] if sentence else []
                if sentence is None or any(sentence.text == one.text for one in shown):
                    continue
                shown.append(sentence)
                answer = self._answer(asked, question, shown, notes)
                yield answer
        except ChatFailed as failed:
            yield replace(composed, notes=(*notes, self.prompts.render("chat_failed", why=failed)))
            return
        if not shown or len(shown) < ENOUGH * read:
            yield replace(composed, notes=(*notes, self.prompts.render("chat_unsupported")))
        elif len(shown) < read:
            left_out = "one sentence was" if read - len(shown) == 1 else f"{read - len(shown)} sentences were"
            yield replace(answer, notes=(*notes, self.prompts.render("chat_left_out", count=left_out)))

    def standalone(self, question: str, history: Sequence[str], by_rule: str) -> str:
        """The question as one would ask it alone, see `rewriting.py`."""
        return rewritten(question, history, by_rule, self.model, self.prompts)

    def _messages(self, question: Question, evidence: Sequence[Evidence], history: Sequence[str]) -> list[BaseMessage]:
        rows = [f"[{number}] {_described(one.places[0])}" for number, one in enumerate(evidence, 1)]
        user = self.prompts.render(
            "write_question",
            history=earlier(history, self.model.settings.history_tokens),
            evidence="\n".join(rows),
            question=question.text,
        )
        return [SystemMessage(self.prompts.render("write")), HumanMessage(user)]

    def _checked(self, draft: DraftSentence, evidence: Sequence[Evidence], before: Sequence[Shown]) -> Shown | None:
        """The sentence with the evidence that it needs, after those right before it; None when it is not carried."""
        if not draft.markers or not all(1 <= number <= len(evidence) for number in draft.markers):
            return None
        cited = [evidence[number - 1] for number in draft.markers]
        verdict, needed = self.judge.carried_by(draft.text, [one.places[0] for one in cited], before)
        if verdict.refused is not None:
            return None
        also = [
            place
            for one in cited
            if one.places[0] in needed
            for place in one.places[1:]
            if self.judge.judge(verdict.text, [place], before).text == verdict.text
        ]
        return Shown(verdict.text, (*needed, *also), verdict.checks)

    def _answer(self, asked: str, question: Question, shown: Sequence[Shown], notes: Sequence[str]) -> Answer:
        numbers: dict[tuple[str, int, int], int] = {}
        citations: list[Citation] = []
        statements: list[Statement] = []
        for sentence in shown:
            for place in sentence.cited:
                if _key(place) not in numbers:
                    numbers[_key(place)] = len(numbers) + 1
                    citations.append(cite(place, len(numbers)))
            used = tuple(numbers[_key(place)] for place in sentence.cited)
            statements.append(Statement(sentence.text, used, sentence.checks))
        text = " ".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}" for s in statements)
        return checked(
            Answer(
                question=asked,
                standalone_question=question.text,
                answered=True,
                text=text,
                statements=tuple(statements),
                citations=tuple(citations),
                notes=tuple(notes),
                written_by=self.model.name,
            )
        )


def _described(place: Candidate) -> str:
    """A sentence of evidence with who speaks, the outlet and the date, for the model alone."""
    who = place.sentence.speaker
    if who and place.sentence.speaks_for and place.sentence.speaks_for not in who:
        who = f"{who}, for {place.sentence.speaks_for}"
    head = "; ".join(part for part in (who, place.article.source, day(place.article.published)) if part)
    text = " ".join(place.text.split()).replace("<", "‹").replace(">", "›")
    return f"({head}) {text}"


def _key(place: Candidate) -> tuple[str, int, int]:
    return place.article.id, place.sentence.start, place.sentence.end
