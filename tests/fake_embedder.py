"""An embedder without a model, for tests of what happens around embedding: fast, the same in every process."""

import hashlib
import re

import numpy as np

DIMENSION = 32


class FakeEmbedder:
    """Each word has a direction of its own; a text is the sum of its words. `texts` is all that was ever embedded."""

    def __init__(self, name="fake-words"):
        self.name = name
        self.texts = []

    def embed(self, texts):
        self.texts.extend(texts)
        return np.stack([_vector(text) for text in texts])


class NoEmbedder:
    """Embeds nothing: for what must do without."""

    name = "fake-words"

    def embed(self, texts):
        raise AssertionError(f"{len(texts)} texts were embedded")


def _vector(text):
    total = np.zeros(DIMENSION)
    for word in re.findall(r"\w+", text.lower()) or [text]:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        total += np.random.default_rng(seed).standard_normal(DIMENSION)
    return (total / np.linalg.norm(total)).astype(np.float32)
