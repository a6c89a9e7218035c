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
from typing import TYPE_CHECKING

from assistant.layout import Laid, Layout
from index import Hit, fastest_dtype, packaged_model, share_processors

if TYPE_CHECKING:
    from assistant.network import Network

WEIGHTS = Path(__file__).parent / "weights"
SHA256 = ""
"""Of weights/reader.safetensors, as trained."""
UNREAD = -12.0
"""The logit of a sentence that found no room to be read."""
BATCH = 5
"""Passages to a forward pass; passes run side by side, one thread each."""


class Reader:
    """Reads passages with a question. Loaded from this machine at the first use; safe to use from several threads."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._weights = weights

    def read(self, question: str, hits: Sequence[Hit]) -> list[list[float]]:
        """For each passage, the logit of each of its sentences, in their order."""
        laid = self._layout.lay(question, [(hit.article, hit.passage) for hit in hits])
        network, order = self._network, sorted(range(len(laid)), key=lambda i: len(laid[i].ids), reverse=True)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        logits: list[list[float]] = [[] for _ in hits]
        parts = self._threads.map(lambda batch: _forward(network, [laid[i] for i in batch]), batches)
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
        from assistant.network import WEIGHTS as FILE
        from assistant.network import Network

        share_processors(1)
        if self._weights == WEIGHTS:
            found = hashlib.sha256((WEIGHTS / FILE).read_bytes()).hexdigest()
            if found != SHA256:
                raise RuntimeError(f"{WEIGHTS / FILE} is not what was shipped: install Dateline again")
        return Network.from_base(packaged_model()).load(self._weights).eval().to(fastest_dtype())


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
