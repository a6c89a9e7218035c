"""Texts -> the ranges of what goes into the layers of the packaged model that embed in 8 bits; see `index.kernels`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor, nn

from index.embedder import packaged_model
from index.encoder import dense, ready
from index.minilm import MiniLM

OF_NORMS = ("projection", "up")
"""Layers whose input comes out of a norm. What comes out of attention is too little work to be worth it."""
OF_GELU = "down"
SHARES = (1.0, 0.8, 0.65, 0.5, 0.4, 0.3)
"""Of the largest output of GELU, what may be told apart: the less, the finer the steps for all others."""


def ranges_of_packaged(texts: Sequence[str]) -> dict[str, Tensor]:
    """The ranges by which the packaged model embeds in 8 bits, from texts like those to embed; by layer.

    After a norm the largest magnitude of each channel, shape (into,); after GELU the largest output that is told apart,
    shape (1,): the one with which the texts' vectors are nearest to those of float32.
    """
    model = MiniLM(packaged_model())
    given = [model.preprocess([text]) for text in texts]
    largest = ranges_of(model, lambda: [model(one) for one in given])
    exact = _vectors(model, given)
    kept = {name: most for name, most in largest.items() if _kind(name) in OF_NORMS}
    limits = {}
    for name in sorted(largest.keys() - kept.keys()):
        tried = [largest[name].max().reshape(1) * share for share in SHARES]
        limits[name] = max(tried, key=lambda most: _nearness({**kept, name: most}, given, exact))
    return {**kept, **limits}


def _nearness(ranges: Mapping[str, Tensor], given: Sequence[dict[str, Tensor]], exact: Tensor) -> float:
    """The mean cosine of the packaged model's vectors, with these ranges, to `exact`."""
    model = ready(MiniLM(packaged_model()), torch.bfloat16, ranges)
    return float(torch.cosine_similarity(_vectors(model, given), exact).mean())


def _vectors(model: nn.Module, given: Sequence[dict[str, Tensor]]) -> Tensor:
    with torch.inference_mode():
        return torch.cat([model(one)["sentence_embedding"] for one in given])


def _kind(layer: str) -> str:
    return layer.rpartition(".")[2]


def ranges_of(model: nn.Module, run: Callable[[], object]) -> dict[str, Tensor]:
    """The largest magnitude of each channel of the inputs of these layers while `run` uses the model; by layer."""
    found: dict[str, Tensor] = {}

    def look(name: str, given: Tensor) -> None:
        most = given.float().abs().amax(0)
        found[name] = torch.maximum(found[name], most) if name in found else most

    hooks = [
        layer.register_forward_pre_hook(lambda _, given, name=name: look(name, given[0]))
        for name, layer in dense(model).items()
        if _kind(name) in (*OF_NORMS, OF_GELU)
    ]
    try:
        with torch.inference_mode():
            run()
    finally:
        for hook in hooks:
            hook.remove()
    return found
