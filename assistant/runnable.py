"""The assistant as a LangChain Runnable: a question in, an Answer out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TypedDict

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer
from assistant.assistant import Assistant


class Asked(TypedDict, total=False):
    """A question, those asked before it (the oldest first), and whether the chat model writes the answer."""

    question: str
    history: Sequence[str]
    written: bool | None


def runnable(assistant: Assistant) -> Runnable[str | Asked, Answer]:
    """Answers a question, or {"question", "history", "written"}.

    `stream` and `astream` give ever-fuller answers, each of which takes the place of the one before it; a chain that
    wants one value gets the last.
    """

    def answers(given: str | Asked) -> Iterator[Answer]:
        asked = _asked(given)
        yield from assistant.stream(asked["question"], asked.get("history") or (), written=asked.get("written"))

    async def answers_elsewhere(given: str | Asked) -> AsyncIterator[Answer]:
        fuller = answers(given)
        while (answer := await asyncio.to_thread(next, fuller, None)) is not None:
            yield answer

    return RunnableLambda(answers, answers_elsewhere, name="Dateline")


def _asked(given: str | Asked) -> Asked:
    """What is asked, in one shape.

    Raises:
        ValueError: it is neither a string nor such a dictionary.
    """
    if isinstance(given, str):
        return {"question": given}
    if isinstance(given, dict) and isinstance(given.get("question"), str):
        return given
    raise ValueError(
        f"a {type(given).__name__} is no question: give a string, or {{'question': ..., 'history': [...]}}"
    )
