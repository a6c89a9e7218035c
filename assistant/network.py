"""The reader's network: MiniLM read across question and passage, with one logit for each sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from assistant.layout import FILE, Laid

FROZEN = 2
"""How many of the lowest layers, and the embeddings, are the packaged MiniLM's own and are not shipped again."""


class Network(nn.Module):
    """BERT over `question [SEP] title [SEP] sentence, sentence, ...`; a sentence's logit is read at its mark."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.head = nn.Linear(config.hidden_size, 1)

    @classmethod
    def from_base(cls, base: Path, attention: str = "sdpa") -> Network:
        """The packaged MiniLM in the folder `base`, with a head that has learnt nothing."""
        config = BertConfig(**json.loads((base / "config.json").read_text(encoding="utf-8")))
        config._attn_implementation = attention
        network = cls(config)
        weights = load_file(base / "model.safetensors")
        network.bert.load_state_dict({k: v for k, v in weights.items() if not k.startswith("pooler")}, strict=False)
        nn.init.normal_(network.head.weight, std=0.02)
        nn.init.zeros_(network.head.bias)
        return network

    def load(self, folder: Path) -> Network:
        """Put the shipped layers and head of `folder` over the packaged ones."""
        missing = set(load_file(folder / FILE)) - set(self.state_dict())
        if missing:
            raise ValueError(f"{folder / FILE} holds layers that this network has not: {sorted(missing)[:3]}")
        self.load_state_dict({k: v.float() for k, v in load_file(folder / FILE).items()}, strict=False)
        return self

    def save(self, folder: Path) -> None:
        """Write what was trained, in bfloat16."""
        folder.mkdir(parents=True, exist_ok=True)
        save_file({k: v.detach().bfloat16().contiguous() for k, v in self.trained().items()}, folder / FILE)

    def trained(self) -> Mapping[str, Tensor]:
        """The weights that training changes, by name."""
        frozen = ("bert.embeddings.", *(f"bert.encoder.layer.{n}." for n in range(FROZEN)))
        return {name: weight for name, weight in self.state_dict().items() if not name.startswith(frozen)}

    def forward(self, batch: Batch) -> Tensor:
        """Logits of all sentences of the batch, those of the first passage first; shape (sentences,)."""
        hidden = self.bert(batch.ids, attention_mask=batch.mask, token_type_ids=batch.types).last_hidden_state
        logits: Tensor = self.head(hidden[batch.rows, batch.marks]).squeeze(-1)
        return logits


class Batch:
    """Laid-out passages as tensors, padded to the longest; `rows`, `marks`: where each sentence's logit is read."""

    def __init__(self, laid: Sequence[Laid], dtype: torch.dtype = torch.long) -> None:
        longest = max(len(one.ids) for one in laid)
        self.ids = torch.zeros(len(laid), longest, dtype=dtype)
        self.types = torch.zeros_like(self.ids)
        self.mask = torch.zeros_like(self.ids)
        for row, one in enumerate(laid):
            n = len(one.ids)
            self.ids[row, :n] = torch.tensor(one.ids)
            self.types[row, one.question : n] = 1
            self.mask[row, :n] = 1
        self.rows = torch.tensor([row for row, one in enumerate(laid) for _ in one.marks], dtype=torch.long)
        self.marks = torch.tensor([mark for one in laid for mark in one.marks], dtype=torch.long)
