"""Every error that a caller of the archive may meet. Each message names the fault and the next step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from index.records import Failure


class ArchiveError(Exception):
    """The base of them all."""


class SourceError(ArchiveError):
    """An article could not be read from where it is; `failure` holds the place, the reason and the remedy."""

    def __init__(self, where: str, reason: str, remedy: str) -> None:
        self.failure = Failure(where, reason, remedy)
        super().__init__(str(self.failure))


class ArticleNotFound(ArchiveError):
    """No article has this id, URL or path."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"no article '{asked}' in this archive: 'dateline list' shows the ids")


class ArchiveBusy(ArchiveError):
    """Another process is writing; one writes at a time."""

    def __init__(self, path: str, owner: str) -> None:
        super().__init__(f"{path} is in use by {owner}: wait until it has finished, or add through it")


class ModelMismatch(ArchiveError):
    """The archive was embedded with another model than the one asked for."""

    def __init__(self, stored: str, asked: str) -> None:
        super().__init__(
            f"this archive was embedded with {stored}, not {asked}: open it with {stored}, "
            f"or run 'dateline repair --embed' with {asked} set to embed it anew"
        )


class ModelUnavailable(ArchiveError):
    """A model is not on this machine, or is not the one that its name promises."""

    def __init__(self, model: str, reason: str, remedy: str) -> None:
        super().__init__(f"the model {model} {reason}: {remedy}")


@contextmanager
def loading(model: str) -> Iterator[None]:
    """Tell as ModelUnavailable what libraries raise where a model is missing, broken or of another kind."""
    from safetensors import SafetensorError

    try:
        yield
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        remedy = "name another model, or a folder with a whole one"
        raise ModelUnavailable(model, f"cannot be loaded ({error})", remedy) from error


class SchemaMismatch(ArchiveError):
    """The ledger was written by another version of Dateline."""

    def __init__(self, path: str, stored: str, known: str) -> None:
        super().__init__(
            f"{path} has ledger version {stored}, this Dateline reads version {known}: "
            "open it with the version that wrote it, or add the articles to a new archive"
        )


class ArchiveDamaged(ArchiveError):
    """An index over the ledger cannot be used; the ledger itself is whole."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: run 'dateline repair', which rebuilds it from the ledger without loss")
