"""Further models that read two texts together, by name or folder, where the settings name them: none by default."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from index import Hit, ModelUnavailable, loading

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker:
    """Puts passages in the order in which a CrossEncoder finds them fit for a question (Nogueira and Cho 2019)."""

    def __init__(self, model: str) -> None:
        self._name = model

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits, the most fitting first; equals stay in their order."""
        if len(hits) < 2:
            return list(hits)
        pairs = [(question, f"{hit.article.title}. {hit.passage.text}") for hit in hits]
        scores = self._model.predict(pairs, show_progress_bar=False).tolist()
        return [hit for _, hit in sorted(zip(scores, hits, strict=True), key=lambda pair: -pair[0])]

    @cached_property
    def _model(self) -> CrossEncoder:
        return cross_encoder(self._name, labels=1)


class Entailment:
    """Whether a text follows from another, by a CrossEncoder for natural language inference.

    Its labels are taken from its own configuration: one of them begins with "entail".
    """

    def __init__(self, model: str) -> None:
        self._name = model

    def __call__(self, source: str, claim: str) -> bool:
        """Whether `claim` follows from `source` rather than that it contradicts it or is left open."""
        scores = self._model.predict([(source, claim)], show_progress_bar=False)[0]
        return int(scores.argmax()) == self._entailed

    @cached_property
    def _entailed(self) -> int:
        labels = self._model.config.id2label
        found = [int(number) for number, label in labels.items() if str(label).lower().startswith("entail")]
        if not found:
            named = ", ".join(map(str, labels.values()))
            reason = f"has no label for entailment (it has {named})"
            raise ModelUnavailable(self._name, reason, "name a model for natural language inference")
        return found[0]

    @cached_property
    def _model(self) -> CrossEncoder:
        return cross_encoder(self._name, labels=None)


def cross_encoder(name: str, *, labels: int | None) -> CrossEncoder:
    """The CrossEncoder of this name or folder, with so many labels; as many as it has, unless given.

    Raises:
        ModelUnavailable: it is not on this machine, or cannot be loaded.
    """
    from sentence_transformers import CrossEncoder

    with loading(name):
        return CrossEncoder(name, device="cpu", num_labels=labels, local_files_only=True)
