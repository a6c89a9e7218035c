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
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu

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


class Layer(nn.Module):
    """Self-attention and a network of one hidden layer, each added to what goes in and normed."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.width = shape.hidden // shape.heads
        self.scale = self.width**-0.5
        self.projection = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.mixed = nn.Linear(shape.hidden, shape.hidden)
        self.mixed_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.up = nn.Linear(shape.hidden, shape.intermediate)
        self.down = nn.Linear(shape.intermediate, shape.hidden)
        self.down_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, x: Tensor, lengths: Sequence[int]) -> Tensor:
        """Shape (tokens, hidden) in and out; `lengths`: see `Encoder`."""
        runs = [(length, len(list(run))) for length, run in groupby(lengths)]
        parts = self.projection(x).split([length * texts for length, texts in runs])
        seen = torch.cat([self._attend(part, length) for part, (length, _) in zip(parts, runs, strict=True)])
        x = self.mixed_norm(x + self.mixed(seen))
        out: Tensor = self.down_norm(x + self.down(gelu(self.up(x))))
        return out

    def _attend(self, projected: Tensor, length: int) -> Tensor:
        """Attention within texts of one length, (tokens, 3 * hidden) -> (tokens, hidden).

        Matrix products of whole texts: in bfloat16 a third faster than `scaled_dot_product_attention`.
        """
        asked, keys, values = (
            part.flatten(0, 1) for part in projected.view(-1, length, 3, self.heads, self.width).permute(2, 0, 3, 1, 4)
        )
        weights = torch.bmm(asked * self.scale, keys.transpose(1, 2)).softmax(-1)
        seen = torch.bmm(weights, values).view(-1, self.heads, length, self.width)
        return seen.transpose(1, 2).reshape(len(projected), -1)


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

    def forward(self, ids: Tensor, lengths: Sequence[int], types: Tensor | None = None) -> Tensor:
        """Shape (tokens, hidden). `ids`, `types`: shape (tokens,), of texts end to end; `lengths`: tokens of each."""
        places = torch.cat([torch.arange(length) for length in lengths])
        kinds = self.types.weight[0] if types is None else self.types(types)
        x: Tensor = self.norm(self.words(ids) + self.positions(places) + kinds)
        for layer in self.layers:
            x = layer(x, lengths)
        return x


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
