"""BERT (Devlin et al., NAACL 2019) in torch alone, for the packaged MiniLM and the reader made from it.

The same numbers as transformers' `BertModel` gives, which takes four seconds to import: longer than to answer. Texts
are laid end to end, without padding and so without a mask, and each attends to itself (Portes et al., NeurIPS 2023).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu, linear

from index.embedder import TOKENS_A_PASS
from index.kernels import Kernel, fast, from_eight_bits, in_bfloat16, in_eight_bits

Module = TypeVar("Module", bound=nn.Module)
WEIGHTS = "model.safetensors"
PARTS = {
    "projection": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "mixed": ("attention.output.dense",),
    "mixed_norm": ("attention.output.LayerNorm",),
    "up": ("intermediate.dense",),
    "down": ("output.dense",),
    "down_norm": ("output.LayerNorm",),
}
"""Of a layer: our names, and those under which BERT's weights are published."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of an encoder, as config.json has them."""

    hidden: int
    heads: int
    layers: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float

    @classmethod
    def of(cls, folder: Path) -> Shape:
        """The sizes of the model in a folder."""
        known: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return cls(
            hidden=known["hidden_size"],
            heads=known["num_attention_heads"],
            layers=known["num_hidden_layers"],
            intermediate=known["intermediate_size"],
            vocabulary=known["vocab_size"],
            positions=known["max_position_embeddings"],
            types=known["type_vocab_size"],
            epsilon=known["layer_norm_eps"],
        )


class Rows(NamedTuple):
    """Tokens of texts that are laid end to end: `at`, shape (rows,), the places; `counts`: how many of each text."""

    at: Tensor
    counts: list[int]


class Dense(nn.Linear):
    """A linear layer, and the GELU of what it gives where that is wanted."""

    def __init__(self, into: int, out: int, *, activated: bool = False) -> None:
        super().__init__(into, out)
        self.activation = "gelu" if activated else "none"
        self.kernel: Kernel | None = None
        """What reckons instead of torch; the weights must not change any more."""

    def forward(self, x: Tensor) -> Tensor:
        """Shape (rows, into) -> (rows, out)."""
        if self.kernel is not None:
            return self.kernel(x)
        out = linear(x, self.weight, self.bias)
        return gelu(out) if self.activation == "gelu" else out


class Layer(nn.Module):
    """Self-attention and a network of one hidden layer, each added to what goes in and normed."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.width = shape.hidden // shape.heads
        self.scale = self.width**-0.5
        self.projection = Dense(shape.hidden, 3 * shape.hidden)
        self.mixed = Dense(shape.hidden, shape.hidden)
        self.mixed_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.up = Dense(shape.hidden, shape.intermediate, activated=True)
        self.down = Dense(shape.intermediate, shape.hidden)
        self.down_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, x: Tensor, lengths: Sequence[int], rows: Rows | None = None) -> Tensor:
        """Shape (tokens, hidden) in; out too, or (rows, hidden). `lengths`, `rows`: see `Encoder`."""
        asked, keys, values = self.projection(x).chunk(3, dim=1)
        if rows is None:
            runs = [(n, len(list(run))) for n, run in groupby(lengths)]
            wanted = tokens = [n * texts for n, texts in runs]
        else:
            runs, tokens, wanted = [(n, 1) for n in lengths], list(lengths), rows.counts
            x, asked = x[rows.at], asked[rows.at]
        parts = zip(asked.split(wanted), keys.split(tokens), values.split(tokens), runs, strict=True)
        seen = torch.cat([self._attend(q, k, v, texts) for q, k, v, (_, texts) in parts])
        x = self.mixed_norm(x + self.mixed(seen))
        out: Tensor = self.down_norm(x + self.down(self.up(x)))
        return out

    def _attend(self, asked: Tensor, keys: Tensor, values: Tensor, texts: int) -> Tensor:
        """Attention within each of so many texts of one length; shape (tokens, hidden) each, out as `asked`.

        Matrix products of whole texts: in bfloat16 a third faster than `scaled_dot_product_attention`.
        """
        q, k, v = (
            part.view(texts, len(part) // texts, self.heads, self.width).transpose(1, 2).flatten(0, 1)
            for part in (asked, keys, values)
        )
        seen = torch.bmm(torch.bmm(q * self.scale, k.transpose(1, 2)).softmax(-1), v)
        return seen.view(texts, self.heads, len(asked) // texts, self.width).transpose(1, 2).reshape(asked.shape)


class Encoder(nn.Module):
    """Token ids -> a vector for each token."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.types = nn.Embedding(shape.types, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """The published BERT model in a folder, as float32.

        Raises:
            OSError, KeyError: a file of it, or a weight, is missing.
        """
        shape = Shape.of(folder)
        encoder = cls(shape)
        encoder.load_state_dict(renamed(load_file(folder / WEIGHTS), shape.layers), assign=True)
        return encoder

    def forward(
        self, ids: Tensor, lengths: Sequence[int], types: Tensor | None = None, rows: Rows | None = None
    ) -> Tensor:
        """Shape (tokens, hidden), or (rows, hidden) where only those `rows` are wanted: the last layer's work for them.

        `ids`, `types`: shape (tokens,), of texts end to end; `lengths`: how many of them are each text's.
        """
        places = torch.cat([torch.arange(length) for length in lengths])
        kinds = self.types.weight[0] if types is None else self.types(types)
        x: Tensor = self.norm(self.words(ids) + self.positions(places) + kinds)
        *lower, last = self.layers
        for layer in lower:
            x = layer(x, lengths)
        out: Tensor = last(x, lengths, rows)
        return out


def ranges_in(file: Path) -> dict[str, Tensor]:
    """The ranges that a file holds, see `ready`."""
    return load_file(file)


def ready(model: Module, dtype: torch.dtype, ranges: Mapping[str, Tensor] | None = None) -> Module:
    """The model in this number format, to be used and not trained; in bfloat16 with oneDNN's kernels, a fifth faster.

    Layers that have their range in `ranges`, by name, reckon in 8 bits there, see `index.kernels`; a `down` only
    together with the `up` before it.
    """
    model.to(dtype)
    if fast(dtype):
        for name, part in dense(model).items():
            part.kernel = _kernel(part, name, ranges or {})
    return model


def _kernel(part: Dense, name: str, ranges: Mapping[str, Tensor]) -> Kernel:
    layer, _, kind = name.rpartition(".")
    if name not in ranges:
        return in_bfloat16(part, part.activation, TOKENS_A_PASS)
    if kind == "down":
        return from_eight_bits(part, TOKENS_A_PASS, ranges[name].item())
    most = ranges.get(f"{layer}.down") if kind == "up" else None
    return in_eight_bits(part, part.activation, TOKENS_A_PASS, ranges[name], None if most is None else most.item())


def dense(model: nn.Module) -> dict[str, Dense]:
    """The linear layers of the encoder in a model, by name."""
    return {name: part for name, part in model.named_modules() if isinstance(part, Dense)}


def renamed(published: Mapping[str, Tensor], layers: int) -> dict[str, Tensor]:
    """The weights of a published BERT under our names."""
    top = {"words": "word_embeddings", "positions": "position_embeddings", "types": "token_type_embeddings"}
    found = {f"{ours}.weight": published[f"embeddings.{theirs}.weight"] for ours, theirs in top.items()}
    for kind in ("weight", "bias"):
        found[f"norm.{kind}"] = published[f"embeddings.LayerNorm.{kind}"]
        for n in range(layers):
            for ours, theirs in PARTS.items():
                parts = [published[f"encoder.layer.{n}.{name}.{kind}"] for name in theirs]
                found[f"layers.{n}.{ours}.{kind}"] = torch.cat(parts) if len(parts) > 1 else parts[0]
    return found
