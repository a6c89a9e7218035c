"""The reader's network: MiniLM read across question and passage, with one logit for each sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from assistant.layout import FILE, Laid
from index.encoder import Encoder, Rows

FROZEN = 2
"""How many of the lowest layers, and the embeddings, are the packaged MiniLM's own and are not shipped again."""


class Network(nn.Module):
    """BERT over `question [SEP] title [SEP] sentence, sentence, ...`; a sentence's logit is read at its mark."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(encoder.words.embedding_dim, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    @classmethod
    def from_base(cls, base: Path) -> Network:
        """The packaged MiniLM in the folder `base`, with a head that has learnt nothing."""
        return cls(Encoder.load(base))

    def load(self, folder: Path) -> Network:
        """Put the shipped layers and head of `folder` over the packaged ones."""
        given = load_file(folder / FILE)
        if unknown := set(given) - set(self.trained()):
            raise ValueError(f"{folder / FILE} holds layers that this network has not: {sorted(unknown)[:3]}")
        self.load_state_dict({name: weight.float() for name, weight in given.items()}, strict=False)
        return self

    def save(self, folder: Path) -> None:
        """Write what was trained, in bfloat16."""
        folder.mkdir(parents=True, exist_ok=True)
        save_file({k: v.detach().bfloat16().contiguous() for k, v in self.trained().items()}, folder / FILE)

    def frozen(self) -> list[nn.Module]:
        """The parts that stay the packaged MiniLM's."""
        e = self.encoder
        return [e.words, e.positions, e.types, e.norm, *e.layers[:FROZEN]]

    def trained(self) -> Mapping[str, Tensor]:
        """The weights that training changes, by name."""
        kept = {id(weight) for part in self.frozen() for weight in part.parameters()}
        return {name: weight for name, weight in self.named_parameters() if id(weight) not in kept}

    def forward(self, batch: Batch) -> Tensor:
        """Logits of all sentences of the batch, those of the first passage first; shape (sentences,)."""
        logits: Tensor = self.head(self.encoder(batch.ids, batch.lengths, batch.types, batch.marks)).squeeze(-1)
        return logits


class Batch:
    """Laid-out passages as tensors, end to end; `marks`: where each sentence's logit is read."""

    def __init__(self, laid: Sequence[Laid]) -> None:
        self.lengths = [len(one.ids) for one in laid]
        starts = list(accumulate(self.lengths, initial=0))
        self.ids = torch.tensor([i for one in laid for i in one.ids])
        self.types = torch.tensor([int(at >= one.question) for one in laid for at in range(len(one.ids))])
        marks = [start + mark for start, one in zip(starts, laid, strict=False) for mark in one.marks]
        self.marks = Rows(torch.tensor(marks, dtype=torch.long), [len(one.marks) for one in laid])
