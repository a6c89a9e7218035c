"""Question and passage read together -> does a sentence answer? A cross-encoder (Nogueira & Cho 2019).

The packaged MiniLM with its upper layers trained on annotated news questions, see `assistant/training`. It reads a
passage once and gives a logit for each of its sentences, so that a sentence is judged with what stands around it and
with who speaks in it. Above 0 a sentence answers rather than that nothing does; the embedding model knows no such line.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from assistant.layout import FILE, Laid, Layout
from index import Hit, ModelUnavailable, fastest_dtype, loading, packaged_model, share_processors

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

    from assistant.network import Network

WEIGHTS = Path(__file__).parent / "weights"
SHA256 = "18d44bc7030ef91bc28b9b9a8abe4c71b1b445bf02e2cdb3d685d80d9946888b"
"""Of weights/reader.safetensors, as trained."""
UNREAD = -12.0
"""The logit of a sentence that found no room to be read."""
BATCH = 2
"""Passages to a forward pass; passes run side by side, one thread each."""


class Reader(Protocol):
    """Reads passages with a question."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[list[float]]:
        """For each passage, the logit of each of its sentences, in their order: above 0 it answers."""


def reader_of(name: str | None) -> Reader:
    """The reader that comes with Dateline; or one of a folder of its kind; or a CrossEncoder by name or folder."""
    if name is None:
        return PassageReader(WEIGHTS, SHA256)
    return PassageReader(Path(name)) if (Path(name) / FILE).exists() else PairReader(name)


class PassageReader:
    """The packaged MiniLM with trained upper layers, of which `weights` is the folder.

    Loaded from this machine at the first use; safe to use from several threads.
    """

    def __init__(self, weights: Path, sha256: str | None = None) -> None:
        self._weights = weights
        self._sha256 = sha256
        self._loading = Lock()

    def read(self, question: str, hits: Sequence[Hit]) -> list[list[float]]:
        """For each passage, the logit of each of its sentences, in their order."""
        with self._loading:  # of threads that come at once, one loads
            layout, network, threads = self._layout, self._network, self._threads
        laid = layout.lay(question, [(hit.article, hit.passage) for hit in hits])
        order = sorted(range(len(laid)), key=lambda i: len(laid[i].ids), reverse=True)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        logits: list[list[float]] = [[] for _ in hits]
        parts = threads.map(lambda batch: _forward(network, [laid[i] for i in batch]), batches)
        for batch, part in zip(batches, parts, strict=True):
            for i, found in zip(batch, part, strict=True):
                logits[i] = found + [UNREAD] * (len(hits[i].passage.sentences) - len(found))
        return logits

    @cached_property
    def _layout(self) -> Layout:
        return Layout(packaged_model())

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="reader")

    @cached_property
    def _network(self) -> Network:
        from assistant.network import Network
        from index.encoder import ready

        share_processors(1)
        file = self._weights / FILE
        if self._sha256 and hashlib.sha256(file.read_bytes()).hexdigest() != self._sha256:
            raise ModelUnavailable(str(file), "has other weights than were shipped", "install Dateline again")
        with loading(str(file)):
            network = Network.from_base(packaged_model()).load(self._weights)
        return ready(network, fastest_dtype())


class PairReader:
    """A sentence-transformers CrossEncoder that scores question and text, by name or folder.

    Its scores are taken as logits; models for search results (MS MARCO) and for natural language inference differ in
    where their line lies, so measure with `dateline evaluate` before trusting one to decline.
    """

    def __init__(self, model: str) -> None:
        self._name = model

    def read(self, question: str, hits: Sequence[Hit]) -> list[list[float]]:
        """For each passage, the score of each of its sentences with its title, speaker and the sentence before."""
        pairs = [(question, _in_context(hit, i)) for hit in hits for i in range(len(hit.passage.sentences))]
        if not pairs:
            return []
        from torch.nn import Identity

        scores = iter(self._model.predict(pairs, activation_fn=Identity(), show_progress_bar=False).tolist())
        return [[float(next(scores)) for _ in hit.passage.sentences] for hit in hits]

    @cached_property
    def _model(self) -> CrossEncoder:
        from assistant.cross_encoders import cross_encoder

        return cross_encoder(self._name, labels=1)


def _in_context(hit: Hit, i: int) -> str:
    sentences, text = hit.passage.sentences, hit.article.text
    start = sentences[max(0, i - 1)].start
    said = f"{sentences[i].speaker}: " if sentences[i].speaker else ""
    return f"{hit.article.title}. {said}{text[start : sentences[i].end]}"


def _forward(network: Network, laid: Sequence[Laid]) -> list[list[float]]:
    import torch

    from assistant.network import Batch

    with torch.inference_mode():
        logits = network(Batch(laid)).float().tolist()
    found, at = [], 0
    for one in laid:
        found.append(logits[at : at + len(one.marks)])
        at += len(one.marks)
    return found
