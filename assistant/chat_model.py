"""Any chat model that LangChain can make: its text piece by piece, within its time, or a plain word on why not."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.caches import BaseCache
from langchain_core.language_models import BaseChatModel
from langchain_core.load import dumpd
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, Generation

from assistant.settings import ChatSettings

logger = logging.getLogger(__name__)

PASSING = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
"""HTTP states after which another try may succeed."""
FIRST_PAUSE = 0.5
"""Seconds before the second try; twice as long before each further one."""
BASE_URL_PROVIDER = "openai"
OPENAI_TYPE = "openai-chat"
NO_KEY = "no-key"
"""What a server that wants no key is given, because its client insists on one."""


class ChatModelUnavailable(ValueError):
    """The chat model that the settings name cannot be made on this machine."""

    def __init__(self, model: str, reason: str, remedy: str) -> None:
        super().__init__(f"the chat model {model} {reason}: {remedy}")


class ChatFailed(Exception):
    """The chat model did not give its text; the message completes "The chat model …"."""


class ChatModel:
    """A chat model with its limits. It has no tools, and is shown nothing but the messages it is given."""

    def __init__(self, model: BaseChatModel, settings: ChatSettings) -> None:
        self._model, self.settings = model, settings
        self._cache = DiskCache(Path(settings.cache)) if settings.cache else None

    @property
    def name(self) -> str:
        """As the settings name it."""
        return self.settings.model

    def stream(self, messages: Sequence[BaseMessage], *, share: float = 1.0) -> Iterator[str]:
        """The text of the model's answer, piece by piece; `share`: of the seconds that the settings give.

        A try that fails before its first piece is made again, with growing pauses, as often as the settings say and as
        their seconds allow. An answer that came whole is kept in the cache, when there is one.

        Raises:
            ChatFailed: it failed, broke off, or was not done within its seconds.
        """
        key = json.dumps([dumpd(message) for message in messages], sort_keys=True)
        kept = self._cache.lookup(key, self._identity) if self._cache else None
        if kept:
            yield kept[0].text
            return
        seconds = share * self.settings.seconds
        until, whole = time.monotonic() + seconds, ""
        for attempt in range(self.settings.retries + 1):
            try:
                for piece in self._once(messages, until):
                    whole += piece
                    yield piece
                break
            except Empty:
                raise ChatFailed(f"was not done within {seconds:g} s") from None
            except _Failed as failed:
                pause = FIRST_PAUSE * 2**attempt
                last = attempt == self.settings.retries or time.monotonic() + pause >= until
                if whole or last or not failed.passing:
                    raise ChatFailed(f"broke off: {failed}" if whole else str(failed)) from failed.__cause__
                time.sleep(pause)
        if self._cache and whole:
            try:
                self._cache.update(key, self._identity, [ChatGeneration(message=AIMessage(whole))])
            except OSError as error:  # the answer is there all the same
                logger.warning("what the chat model answered is not kept: %s", error)

    @property
    def _identity(self) -> str:
        return json.dumps([self.settings.model, self.settings.base_url, self.settings.tokens])

    def _once(self, messages: Sequence[BaseMessage], until: float) -> Iterator[str]:
        """One try. The model runs in a thread of its own, so that one that stalls keeps nobody waiting.

        Raises:
            _Failed: it failed, or was cut off.
            Empty: it was not done by `until`.
        """
        pieces: Queue[str | Exception | None] = Queue()
        left = threading.Event()

        def run() -> None:
            try:
                ended = False
                for chunk in self._model.stream(list(messages)):
                    if left.is_set():
                        return
                    ended = ended or "finish_reason" in chunk.response_metadata
                    if chunk.text:
                        pieces.put(chunk.text)
                # A connection that is cut looks like an end; these servers always say why they stop.
                cut = self._model._llm_type == OPENAI_TYPE and not ended
                pieces.put(_Failed("its connection was cut", passing=True) if cut else None)
            except Exception as error:  # noqa: BLE001 (each integration raises errors of its own)
                pieces.put(error)

        threading.Thread(target=run, name="chat-model", daemon=True).start()
        try:
            while True:
                piece = pieces.get(timeout=max(0.0, until - time.monotonic()))
                if piece is None:
                    return
                if isinstance(piece, _Failed):
                    raise piece
                if isinstance(piece, Exception):
                    raise _failure(piece) from piece
                yield piece
        finally:
            left.set()


class DiskCache(BaseCache):
    """LangChain's cache of answers in a folder: one file for each prompt and model, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lookup(self, prompt: str, llm_string: str) -> list[Generation] | None:
        """What was answered to the prompt before; None when nothing was, or what was kept cannot be read."""
        try:
            texts = json.loads(self._file(prompt, llm_string).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return [ChatGeneration(message=AIMessage(text)) for text in texts]

    def update(self, prompt: str, llm_string: str, return_val: Sequence[Generation]) -> None:
        """Keep what was answered."""
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._file(prompt, llm_string)
        fresh = file.with_suffix(f".{threading.get_ident()}")
        fresh.write_text(json.dumps([one.text for one in return_val], ensure_ascii=False), "utf-8")
        fresh.replace(file)

    def clear(self, **_: Any) -> None:
        """Forget all."""
        for file in self._folder.glob("*.json"):
            file.unlink(missing_ok=True)

    def _file(self, prompt: str, llm_string: str) -> Path:
        key = f"{llm_string}\n{prompt}".encode()
        return self._folder / f"{hashlib.sha256(key).hexdigest()}.json"


class _Failed(Exception):
    """One try failed; `passing` when another may not."""

    def __init__(self, reason: str, *, passing: bool) -> None:
        super().__init__(reason)
        self.passing = passing


REMEDY = (
    "write it as provider:model, such as ollama:llama3.2, openai:gpt-5-mini or anthropic:claude-haiku-4-5, and set its "
    "provider's key or address"
)


def open_chat_model(settings: ChatSettings) -> ChatModel:
    """The chat model that the settings name.

    Raises:
        ChatModelUnavailable: its integration is not installed, its key is missing, or nobody knows it.
    """
    name = settings.model
    given: dict[str, Any] = {
        "temperature": 0,
        "max_tokens": settings.tokens,
        "timeout": settings.seconds,
        "max_retries": 0,
    }
    if settings.base_url:
        given |= {"base_url": settings.base_url, "api_key": settings.key or NO_KEY}
        given |= {} if ":" in name else {"model_provider": BASE_URL_PROVIDER}
    try:
        return ChatModel(init_chat_model(name, **given), settings)
    except ImportError as error:
        package = str(error).rpartition("`pip install ")[2].partition("`")[0] or "its LangChain package"
        raise ChatModelUnavailable(name, "needs a package that is not installed", f"pip install {package}") from error
    except Exception as error:  # a provider that is not known, or no key: each integration has its own error for that
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise ChatModelUnavailable(name, f"cannot be used ({reason})", REMEDY) from error


def _failure(error: Exception) -> _Failed:
    status = getattr(error, "status_code", None)
    logger.warning("the chat model failed: %s %s", type(error).__name__, status or "")
    if status == 429:
        return _Failed("has too much to do (429)", passing=True)
    if status in (401, 403):
        return _Failed(f"does not accept its key ({status})", passing=False)
    if isinstance(status, int):
        return _Failed(f"failed ({status})", passing=status in PASSING)
    kind = type(error).__name__
    if "Timeout" in kind:
        return _Failed("did not answer in time", passing=False)
    return _Failed(f"cannot be reached ({kind})" if "Connect" in kind else f"failed ({kind})", passing=True)
