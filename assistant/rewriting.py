"""A follow-up -> a question that stands alone, by a chat model; held against the questions that it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import HumanMessage, SystemMessage, trim_messages
from langchain_core.messages.utils import count_tokens_approximately

from assistant.chat_model import ChatFailed, ChatModel
from assistant.question import stems
from index import Mention
from prompts import Prompts

LONGEST = 300
"""Characters of a question that a model may make of another."""
NEW = 2
"""Words that say something and are in none of the questions: how many a rewritten one may have."""
NAMED = re.compile(r"\b(?:[A-Z][\w’'-]*|\d[\w.,%]*)")


REWRITING = 0.25
"""The share of the time for an answer in which a question is made to stand alone; the rest is for writing."""


def rewritten(question: str, history: Sequence[str], by_rule: str, model: ChatModel, prompts: Prompts) -> str:
    """The question as one would ask it alone: `by_rule` where it does already, or the model's cannot be trusted.

    A model's question is taken when it names nothing and no number that the questions so far do not, keeps the names of
    the one asked, and all but two of its words are theirs.
    """
    if not history or by_rule == " ".join(question.split()):
        return by_rule
    before = earlier(history, model.settings.history_tokens).strip()
    asked = HumanMessage(prompts.render("rewrite_question", history=before, question=question))
    try:
        answer = "".join(model.stream([SystemMessage(prompts.render("rewrite")), asked], share=REWRITING))
    except ChatFailed:
        return by_rule
    lines = [line.strip().strip('"“”') for line in answer.strip().splitlines() if line.strip()]
    if len(lines) != 1 or len(lines[0]) > LONGEST or not lines[0].endswith("?"):
        return by_rule
    return lines[0] if _is_theirs(lines[0], question, (*history, by_rule)) else by_rule


def _is_theirs(made: str, question: str, before: Sequence[str]) -> bool:
    known = " ".join((question, *before))
    first, *named = NAMED.findall(made)
    strange = [name for name in named if not Mention(name).places(known)]
    if first.lower() not in known.lower() and first[0].isdigit():
        return False
    kept = all(Mention(name).places(made) for name in NAMED.findall(question)[1:])
    return not strange and kept and len(set(stems(made)) - set(stems(known))) <= NEW


def earlier(history: Sequence[str], tokens: int) -> str:
    """The last of the earlier questions that `tokens` have room for, as a paragraph; empty without any."""
    asked = trim_messages(
        [HumanMessage(question) for question in history],
        max_tokens=tokens,
        token_counter=count_tokens_approximately,
        strategy="last",
    )
    return "".join(f"Asked before: {message.text}\n" for message in asked) + ("\n" if asked else "")
