"""Where a ranking has the passages that answer -> recall, reciprocal rank and gain."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log2

from assistant.evaluation.scoring import Figures, mean

DEPTH = 20
"""How many passages of a ranking are looked at."""
GAIN_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranks, from 1, that relevant passages have among the first 20, and how many relevant ones there are."""

    ranks: tuple[int, ...]
    relevant: int

    @classmethod
    def of(cls, ranked: Sequence[str], relevant: Collection[str]) -> Ranking:
        """Of passage ids, best first, and the ids of the relevant passages."""
        return cls(tuple(n for n, i in enumerate(ranked[:DEPTH], 1) if i in relevant), len(set(relevant)))

    def within(self, k: int) -> bool:
        """Whether a relevant passage is among the first `k`."""
        return any(rank <= k for rank in self.ranks)

    @property
    def reciprocal(self) -> float:
        """1 / the rank of the first relevant passage; 0 when none is found."""
        return 1 / self.ranks[0] if self.ranks else 0.0

    @property
    def gain(self) -> float:
        """nDCG@10 with gains of 0 and 1 (Järvelin and Kekäläinen, TOIS 2002): 1 when all relevant ones come first."""
        ideal = sum(1 / log2(rank + 1) for rank in range(1, min(self.relevant, GAIN_DEPTH) + 1))
        return sum(1 / log2(rank + 1) for rank in self.ranks if rank <= GAIN_DEPTH) / ideal if ideal else 0.0


def figures(rankings: Sequence[Ranking]) -> Figures:
    """The share of questions with a relevant passage among the first 1, 5, 10, 20; MRR; the mean of nDCG@10."""
    return {
        **{f"recall@{k}": mean([ranking.within(k) for ranking in rankings]) for k in (1, 5, 10, DEPTH)},
        "mrr": mean([ranking.reciprocal for ranking in rankings]),
        "ndcg@10": mean([ranking.gain for ranking in rankings]),
    }


def quiz_figures(rankings: Sequence[Ranking]) -> Figures:
    """The share of quiz questions with the answer's words in one of the first 5, 20 passages."""
    return {f"hit@{k}": mean([ranking.within(k) for ranking in rankings]) for k in (5, DEPTH)}
