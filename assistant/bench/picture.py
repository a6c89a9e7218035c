"""The growth of an archive -> a picture, with matplotlib, which the extra `evaluate` brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.bench.growing import Step

Line = tuple[str, str, Callable[[Step], float]]
"""What it is called, its colour, and its figure at each step."""


def draw(steps: Sequence[Step], path: Path) -> None:
    """Draw each figure over the number of passages, for `path` in .png or .svg."""
    from matplotlib.figure import Figure

    panels: dict[str, tuple[Line, ...]] = {
        "adding, kB of text a second": (("", "#1b3a5b", lambda step: step.kb_per_s),),
        "an answer, ms": (
            ("95th percentile", "#4d8ab5", lambda step: 1000 * step.ask.p95),
            ("median", "#1b3a5b", lambda step: 1000 * step.ask.median),
            ("of it retrieval", "#a9cbe0", lambda step: 1000 * step.ask.retrieval),
        ),
        "memory at most, MB": (
            ("asking", "#d8973c", lambda step: step.asking_mb),
            ("adding", "#8a6d3b", lambda step: step.adding_mb),
        ),
        "disk, MB": (("", "#7a9e5f", lambda step: step.disk_mb),),
    }
    figure = Figure(figsize=(9, 6), layout="constrained")
    passages = [step.passages for step in steps]
    for axes, (title, lines) in zip(figure.subplots(2, 2).flat, panels.items(), strict=True):
        for label, colour, value in lines:
            axes.plot(passages, [value(s) for s in steps], marker="o", markersize=4, color=colour, label=label)
        axes.margins(y=0.1)
        axes.set_title(title, fontsize=9, loc="left")
        axes.set_ylim(bottom=0)
        axes.tick_params(labelsize=7)
        axes.spines[["top", "right"]].set_visible(False)
        if len(lines) > 1:
            axes.legend(fontsize=7, frameon=False)
    figure.supxlabel("passages in the archive", fontsize=9)
    figure.savefig(path, format=path.suffix[1:].lower(), dpi=150)
