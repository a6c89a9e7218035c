"""Texts -> the ranges of what goes into the layers of the packaged model that embed in 8 bits; see `index.kernels`."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from index.encoder import dense

OF_NORMS = ("projection", "up")
"""Layers whose input comes out of a norm. What comes out of attention is too little work to be worth it, what comes out
of GELU too uneven: cosine to float32 0.997 and not 0.999."""


def ranges_of(model: nn.Module, run: Callable[[], object]) -> dict[str, Tensor]:
    """The largest magnitude of each channel of the inputs of these layers while `run` uses the model; by layer."""
    found: dict[str, Tensor] = {}

    def look(name: str, given: Tensor) -> None:
        most = given.float().abs().amax(0)
        found[name] = torch.maximum(found[name], most) if name in found else most

    hooks = [
        layer.register_forward_pre_hook(lambda _, given, name=name: look(name, given[0]))
        for name, layer in dense(model).items()
        if name.rpartition(".")[2] in OF_NORMS
    ]
    try:
        with torch.inference_mode():
            run()
    finally:
        for hook in hooks:
            hook.remove()
    return found
