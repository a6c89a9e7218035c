"""A trained linear layer -> a faster one, for use and not for training, by oneDNN's kernels for this machine.

In bfloat16 the weights are laid out once. In 8 bits weights and inputs are whole numbers of 255 steps: two fifths more
texts a second for a cosine of 0.998 to what float32 gives. That needs the range of each input channel to be known, for
a few channels are a hundred times as large as the others: each channel is divided by a number that its weights are
multiplied by (SmoothQuant, Xiao et al., ICML 2023). What GELU gives cannot be divided so; there a few large numbers are
cut off, for finer steps (Nagel et al., A White Paper on Neural Network Quantization, 2021), and the next layer takes
the whole numbers as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn

Kernel = Callable[[Tensor], Tensor]
"""Shape (rows, into) -> (rows, out), the activation included."""

SMOOTHING = 0.8
"""How much of the inputs' differences the weights take over: 0 nothing, 1 all."""
ROOM = 1.05
"""How far beyond the range that was measured an input is still told apart from its end."""
LARGEST, ZERO = 127, 128
"""The kernel takes inputs as unsigned, with a zero of their own; signed ones it multiplies a thousand times slower."""
LEAST = 1e-3
"""A range, or a weight, is taken to be no less."""
GELU_LEAST = -0.17
"""GELU gives nothing below it."""


class Scale(NamedTuple):
    """What numbers stand for: (n - zero) * step."""

    step: float
    zero: int
    dtype: torch.dtype


AS_IT_IS = Scale(1.0, 0, torch.bfloat16)


def in_bfloat16(layer: nn.Linear, activation: str, rows: int) -> Kernel:
    """The layer in bfloat16, its weights laid out for passes of about so many `rows`."""
    weight = torch.ops.mkldnn._reorder_linear_weight(layer.weight.detach(), rows)
    bias = layer.bias.detach()

    def multiply(x: Tensor) -> Tensor:
        out: Tensor = torch.ops.mkldnn._linear_pointwise(x, weight, bias, activation, [], "none")
        return out

    return multiply


def in_eight_bits(layer: nn.Linear, activation: str, rows: int, range_: Tensor, most: float | None = None) -> Kernel:
    """The layer in 8-bit whole numbers; bfloat16 goes in and comes out.

    range_: the largest magnitude that each channel of the input takes, shape (into,). most: the largest output that is
    told apart, after GELU: then whole numbers come out, for `from_eight_bits`.
    """
    weight, magnitude = layer.weight.detach().float(), range_.float().clamp(min=LEAST)
    smooth = magnitude**SMOOTHING / weight.abs().amax(0).clamp(min=LEAST) ** (1 - SMOOTHING)
    step = float((magnitude / smooth).max()) * ROOM / LARGEST
    scale, zero = (1 / (smooth * step)).bfloat16(), torch.tensor(float(ZERO), dtype=torch.bfloat16)
    out = AS_IT_IS if most is None else _after_gelu(most)
    product = _product(weight * smooth, layer.bias, rows, Scale(step, ZERO, torch.uint8), out, activation)

    def multiply(x: Tensor) -> Tensor:
        return product(torch.addcmul(zero, x, scale).round_().clamp_(ZERO - LARGEST, ZERO + LARGEST).to(torch.uint8))

    return multiply


def from_eight_bits(layer: nn.Linear, rows: int, most: float) -> Kernel:
    """The layer after one `in_eight_bits` whose largest output is `most`: whole numbers go in, bfloat16 comes out."""
    return _product(layer.weight.detach().float(), layer.bias, rows, _after_gelu(most), AS_IT_IS, "none")


def _after_gelu(most: float) -> Scale:
    """The 256 whole numbers for what GELU gives, the largest of which stands for `most`."""
    step = (most - GELU_LEAST) / 255
    return Scale(step, round(-GELU_LEAST / step), torch.uint8)


def _product(weight: Tensor, bias: Tensor, rows: int, given: Scale, out: Scale, activation: str) -> Kernel:
    """The product of whole numbers with `weight`, itself in whole numbers, and `bias` added."""
    steps = weight.abs().amax(1).clamp(min=LEAST) / LARGEST  # of each output
    whole = (weight / steps[:, None]).round().to(torch.int8)
    packed = torch.ops.onednn.qlinear_prepack(whole, [rows, weight.shape[1]])
    zeros, bias = torch.zeros(len(steps), dtype=torch.int64), bias.detach().float()

    def multiply(x: Tensor) -> Tensor:
        found: Tensor = torch.ops.onednn.qlinear_pointwise(
            x, given.step, given.zero, packed, steps, zeros, bias, *out, activation, [], "none"
        )
        return found

    return multiply


def fast(dtype: torch.dtype) -> bool:
    """Whether there are such kernels: this torch has them, and this machine reckons in bfloat16, and so in 8 bits."""
    kernels = ((torch.ops.mkldnn, "_linear_pointwise"), (torch.ops.onednn, "qlinear_pointwise"))
    return dtype == torch.bfloat16 and all(hasattr(library, name) for library, name in kernels)
