"""The assistant as a LangChain Runnable: a question in, an Answer out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypedDict

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answer import Answer
from assistant.assistant import Assistant


class Asked(TypedDict, total=False):
    """A question and those asked before it, the oldest first."""

    question: str
    history: Sequence[str]


class AssistantRunnable(Runnable[str | Asked, Answer]):
    """Answers a question, or {"question", "history"}. Made by `Assistant.as_runnable`.

    `stream` gives ever-fuller answers, each of which takes the place of the one before it; a chain that wants one value
    gets the last. `batch`, `ainvoke` and the like come from LangChain.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def invoke(self, input: str | Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The whole answer."""
        return self._call_with_config(lambda given: self._assistant.ask(*_parts(given)), input, config)

    def stream(
        self,
        input: str | Asked,
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Iterator[Answer]:
        """Ever-fuller answers, the last one whole."""
        return self.transform(iter([input]), config)

    def transform(
        self,
        input: Iterator[str | Asked],
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Iterator[Answer]:
        """The same in the middle of a chain, whose question may come in pieces."""
        return self._transform_stream_with_config(input, self._answers, config)

    def _answers(self, pieces: Iterator[str | Asked]) -> Iterator[Answer]:
        given: str | Asked = next(pieces)
        for piece in pieces:
            given = given + piece if isinstance(given, str) and isinstance(piece, str) else piece
        yield from self._assistant.stream(*_parts(given))


def _parts(given: str | Asked) -> tuple[str, Sequence[str]]:
    """Question and history.

    Raises:
        ValueError: it is neither a string nor such a dictionary.
    """
    if isinstance(given, str):
        return given, ()
    if isinstance(given, dict) and isinstance(given.get("question"), str):
        return given["question"], given.get("history") or ()
    raise ValueError(
        f"a {type(given).__name__} is no question: give a string, or {{'question': ..., 'history': [...]}}"
    )
