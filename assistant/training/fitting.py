"""Examples -> a trained reader.

A question is shown with a few passages: those that answer, hard negatives of the same article, and passages of other
articles that the search finds. The loss has two parts: for each sentence its own cross-entropy, and for each question a
softmax of every answering sentence against all that do not answer and against "nothing answers", whose logit is 0 (as
in SQuAD 2.0 readers, Rajpurkar et al. 2018). So logits are comparable across questions, and declining is learnt.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from assistant.layout import Laid, Layout
from assistant.network import Batch, Network
from assistant.training.examples import Example, Examples, Parts, Place
from index import share_processors

ANSWERING, OWN, SHOWN = 2, 2, 5
"""Passages a question in one step: that answer, of the same article, and in all; the rest are of other articles."""
QUESTIONS_A_STEP = 4
THREADS = os.cpu_count() or 1
"""They share the questions of a step: each does its own faster than all together do one matrix product."""
RATE, WARM = 1.5e-4, 0.05
"""Peak learning rate (AdamW) and the share of steps that lead up to it; then it falls to nothing along a line."""
POSITIVE = 2.0
"""Weight of an answering sentence in the cross-entropy."""
DECAY = 0.01


@dataclass(frozen=True, slots=True)
class Shown:
    """A question's passages in one step, and what answers in them; where not `sure`, one of those does, not all."""

    laid: list[Laid]
    answers: list[bool]
    sure: bool = True


def show(example: Example, parts: Mapping[str, Parts], chance: random.Random) -> Shown:
    """The example as one step sees it: another draw of negatives each time."""
    answering = [p for p in example.places if any(p.answers)]
    own = [p for p in example.places if p.own and not any(p.answers)]
    other = [p for p in example.places if not p.own and not any(p.answers)]
    chosen = chance.sample(answering, min(ANSWERING + (not example.sure), len(answering)))
    chosen += _draw(own, OWN + (not answering), chance)
    chosen += _draw(other, SHOWN - len(chosen), chance)
    laid: list[Laid] = []
    answers: list[bool] = []
    for place in chosen:
        one = Layout.join(example.question, *parts[place.passage])
        laid.append(one)
        answers += place.answers[: len(one.marks)]
    return Shown(laid, answers, example.sure)


def _draw(places: Sequence[Place], count: int, chance: random.Random) -> list[Place]:
    """Places drawn without repetition, those found at a better rank more often (Efraimidis & Spirakis 2006)."""
    keyed = [(chance.random() ** (4 + (60 if p.rank is None else p.rank)), i, p) for i, p in enumerate(places)]
    return [p for _, _, p in sorted(keyed, reverse=True)[:count]]


def loss_of(logits: Tensor, answers: Tensor, *, sure: bool = True) -> Tensor:
    """The loss of one question: logits and answers of all its shown sentences, shape (sentences,).

    Where not `sure`, what may answer counts as one sentence, with the sum of their odds (the marginal likelihood of
    Clark and Gardner, ACL 2018): the network finds out which of them it is.
    """
    if not sure and answers.any():
        logits = torch.cat([logits[answers == 0], torch.logsumexp(logits[answers == 1], 0, keepdim=True)])
        answers = torch.zeros_like(logits)
        answers[-1] = 1
    own = binary_cross_entropy_with_logits(logits, answers, pos_weight=torch.tensor(POSITIVE))
    wrong = torch.cat([logits[answers == 0], torch.zeros(1)])
    against = torch.logsumexp(wrong, 0)
    right = logits[answers == 1]
    if not len(right):
        return own + against
    return own + (torch.logaddexp(right, against) - right).mean()


def fit(
    network: Network,
    examples: Examples,
    *,
    epochs: float,
    minutes: float = float("inf"),
    seed: int = 0,
    often: Mapping[str, float] | None = None,
    checkpoint: Path | None = None,
    report: Callable[[str], None] = print,
) -> None:
    """Train the network's upper layers on the `train` split, for so many epochs or minutes, whichever end first.

    Without dropout, which takes as long as the rest and keeps from learning by heart what is shown hardly twice. The
    learning rate rises over the first steps and falls to nothing at the end. `often`: how many times in an epoch
    the questions of a kind are shown, once unless given. `checkpoint` is written now and then.
    """
    chance = random.Random(seed)  # noqa: S311 (a draw that can be repeated)
    torch.manual_seed(seed)
    used = [e for e in examples.examples if e.split == "train" and (e.kind == "unanswerable" or _answerable(e))]
    times = [(often or {}).get(e.kind, 1.0) for e in used]
    steps = int(sum(times) * epochs / QUESTIONS_A_STEP)
    for part in network.frozen():
        part.requires_grad_(False)
    weights = [w for w in network.parameters() if w.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=DECAY)
    order, pool = _endless(used, times, chance), ThreadPoolExecutor(THREADS, thread_name_prefix="train")
    share_processors(1)
    begun, seen, mean = time.monotonic(), 0, 0.0
    for step in range(1, steps + 1):
        shown = [show(next(order), examples.parts, chance) for _ in range(QUESTIONS_A_STEP)]
        seen += sum(len(one.ids) for s in shown for one in s.laid)
        loss = _learn(network, weights, shown, pool, THREADS)
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        gone = max(step / steps, (time.monotonic() - begun) / (60 * minutes))
        for group in optimiser.param_groups:
            group["lr"] = RATE * max(0.0, min(gone / WARM, (1 - gone) / (1 - WARM)))
        optimiser.step()
        optimiser.zero_grad()
        mean += (loss - mean) / min(step, 50)
        if step % 25 == 0 or gone >= 1:
            report(f"step {step} {gone:.0%} loss {mean:.3f} {seen / (time.monotonic() - begun):.0f} tokens/s")
        if checkpoint and step % 200 == 0:
            network.save(checkpoint)
        if gone >= 1:
            break


def average(networks: Sequence[Network]) -> Network:
    """The first of the networks, its trained weights now the mean of all: steadier than each alone.

    The networks are of runs that went on from one another (Wortsman et al., Model soups, ICML 2022).
    """
    known = [network.trained() for network in networks]
    with torch.no_grad():
        for name, weight in known[0].items():
            weight.copy_(torch.stack([weights[name] for weights in known]).mean(0))
    return networks[0]


def _learn(
    network: Network, weights: Sequence[Tensor], shown: Sequence[Shown], pool: ThreadPoolExecutor, threads: int
) -> float:
    """Set the gradients of a step, its questions shared out among so many threads; the mean loss of the questions."""

    def part(some: Sequence[Shown]) -> tuple[float, Sequence[Tensor]]:
        loss = _loss_of_all(network, some) / len(shown)
        return loss.item(), torch.autograd.grad(loss, weights)

    parts = list(pool.map(part, [some for n in range(threads) if (some := shown[n::threads])]))
    for weight, *found in zip(weights, *(grads for _, grads in parts), strict=True):
        weight.grad = torch.stack(found).sum(0)
    return sum(loss for loss, _ in parts)


def _loss_of_all(network: Network, shown: Sequence[Shown]) -> Tensor:
    """The sum of the questions' losses."""
    # No cache: casts are kept for all threads together, so that one would go back through what another made.
    with torch.autocast("cpu", dtype=torch.bfloat16, cache_enabled=False):
        logits = network(Batch([one for s in shown for one in s.laid])).float()
    losses, at = [], 0
    for s in shown:
        own, at = logits[at : at + len(s.answers)], at + len(s.answers)
        losses.append(loss_of(own, torch.tensor(s.answers, dtype=torch.float32), sure=s.sure))
    return torch.stack(losses).sum()


def _answerable(example: Example) -> bool:
    return any(any(p.answers) for p in example.places)


def _endless(examples: Sequence[Example], times: Sequence[float], chance: random.Random) -> Iterator[Example]:
    """Epoch after epoch, each example so many times in each; a fraction is the chance of once more."""
    while True:
        epoch = [e for e, n in zip(examples, times, strict=True) for _ in range(int(n + chance.random()))]
        yield from chance.sample(epoch, len(epoch))
