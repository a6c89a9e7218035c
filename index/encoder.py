"""BERT (Devlin et al., NAACL 2019) in torch alone, for the packaged MiniLM and the reader made from it.

The same numbers as transformers' `BertModel` gives, which takes four seconds to import: longer than to answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

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
    dropout: float

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
            dropout=known["hidden_dropout_prob"],
        )


class Layer(nn.Module):
    """Self-attention and a network of one hidden layer, each added to what goes in and normed."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.projection = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.mixed = nn.Linear(shape.hidden, shape.hidden)
        self.mixed_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.up = nn.Linear(shape.hidden, shape.intermediate)
        self.down = nn.Linear(shape.intermediate, shape.hidden)
        self.down_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Shape (rows, tokens, hidden) in and out; `mask`: see `Encoder`."""
        rows, tokens, hidden = x.shape
        asked, keys, values = (
            part.view(rows, tokens, self.heads, -1).transpose(1, 2) for part in self.projection(x).split(hidden, dim=-1)
        )
        chance = self.dropout.p if self.training else 0.0
        seen = scaled_dot_product_attention(asked, keys, values, attn_mask=mask, dropout_p=chance)
        seen = seen.transpose(1, 2).reshape(rows, tokens, hidden)
        x = self.mixed_norm(x + self.dropout(self.mixed(seen)))
        out: Tensor = self.down_norm(x + self.dropout(self.down(gelu(self.up(x)))))
        return out


class Encoder(nn.Module):
    """Token ids -> a vector for each token."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.types = nn.Embedding(shape.types, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.dropout = nn.Dropout(shape.dropout)
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

    def forward(self, ids: Tensor, types: Tensor | None = None, mask: Tensor | None = None) -> Tensor:
        """Shape (rows, tokens, hidden). `ids`, `types`, `mask`: shape (rows, tokens); the mask is 0 for padding."""
        kinds = self.types.weight[0] if types is None else self.types(types)
        x: Tensor = self.dropout(self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]] + kinds))
        heard = None if mask is None or bool(mask.all()) else mask[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, heard)
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
