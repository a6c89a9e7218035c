"""A trained linear layer -> a faster one, for use and not for training, by oneDNN's kernels for this machine.

In bfloat16 the weights are laid out once. In 8 bits weights and inputs are whole numbers from -127 to 127: a fifth more
texts a second for a cosine of 0.9992 to what float32 gives. That needs the range of each input channel to be known, for
a few channels are a hundred times as large as the others: each channel is divided by a number that its weights are
multiplied by (SmoothQuant, Xiao et al., ICML 2023).
"""

from __future__ import annotations

from collections.abc import Callable

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


def in_bfloat16(layer: nn.Linear, activation: str, rows: int) -> Kernel:
    """The layer in bfloat16, its weights laid out for passes of about so many `rows`."""
    weight = torch.ops.mkldnn._reorder_linear_weight(layer.weight.detach(), rows)
    bias = layer.bias.detach()

    def multiply(x: Tensor) -> Tensor:
        out: Tensor = torch.ops.mkldnn._linear_pointwise(x, weight, bias, activation, [], "none")
        return out

    return multiply


def in_eight_bits(layer: nn.Linear, activation: str, rows: int, range_: Tensor) -> Kernel:
    """The layer in 8-bit whole numbers; bfloat16 goes in and comes out.

    range_: the largest magnitude that each channel of the input takes, shape (into,).
    """
    weight, most = layer.weight.detach().float(), range_.float().clamp(min=LEAST)
    smooth = most**SMOOTHING / weight.abs().amax(0).clamp(min=LEAST) ** (1 - SMOOTHING)
    step = float((most / smooth).max()) * ROOM / LARGEST
    smoothed = weight * smooth
    steps = smoothed.abs().amax(1) / LARGEST  # of each output
    whole = (smoothed / steps[:, None]).round().to(torch.int8)
    packed = torch.ops.onednn.qlinear_prepack(whole, [rows, weight.shape[1]])
    zeros, bias, scale = torch.zeros(len(steps), dtype=torch.int64), layer.bias.detach().float(), 1 / (smooth * step)
    scale, zero = scale.bfloat16(), torch.tensor(float(ZERO), dtype=torch.bfloat16)

    def multiply(x: Tensor) -> Tensor:
        given = torch.addcmul(zero, x, scale).round_().clamp_(ZERO - LARGEST, ZERO + LARGEST).to(torch.uint8)
        out: Tensor = torch.ops.onednn.qlinear_pointwise(
            given, step, ZERO, packed, steps, zeros, bias, 1.0, 0, torch.bfloat16, activation, [], "none"
        )
        return out

    return multiply


def fast(dtype: torch.dtype) -> bool:
    """Whether there are such kernels: this torch has them, and this machine reckons in bfloat16, and so in 8 bits."""
    kernels = ((torch.ops.mkldnn, "_linear_pointwise"), (torch.ops.onednn, "qlinear_pointwise"))
    return dtype == torch.bfloat16 and all(hasattr(library, name) for library, name in kernels)
