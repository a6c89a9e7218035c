"""The packaged MiniLM as a sentence-transformers model is used, without importing that: texts -> vectors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from index.encoder import Encoder


class MiniLM(nn.Module):
    """An encoder whose tokens' mean is the vector of a text (Reimers and Gurevych, EMNLP 2019)."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = Encoder.load(folder)
        known = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(known["max_seq_length"])
        self._tokenizer.enable_padding()

    def get_embedding_dimension(self) -> int:
        """How many numbers a vector has."""
        return self.encoder.words.embedding_dim

    def preprocess(self, texts: Sequence[str]) -> dict[str, Tensor]:
        """Token ids and mask, each of shape (len(texts), tokens of the longest)."""
        tokens = self._tokenizer.encode_batch(list(texts))
        ids, mask = torch.tensor([t.ids for t in tokens]), torch.tensor([t.attention_mask for t in tokens])
        return {"input_ids": ids, "attention_mask": mask}

    def forward(self, features: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The vectors, shape (texts, dimension), not yet of length 1."""
        mask = features["attention_mask"]
        lengths = mask.sum(1).tolist()
        hidden = self.encoder(features["input_ids"][mask.bool()], lengths).float()
        return {"sentence_embedding": torch.stack([text.mean(0) for text in hidden.split(lengths)])}
