"""The growth of an archive -> a picture, with matplotlib, which the extra `evaluate` brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.bench.growing import Step


def draw(steps: Sequence[Step], path: Path) -> None:
    """Draw each figure over the number of passages, for `path` in .png or .svg."""
    from matplotlib.figure import Figure

    shown: tuple[tuple[str, str, Callable[[Step], float]], ...] = (
        ("adding, kB of text a second", "#1b3a5b", lambda step: step.kb_per_s),
        ("an answer, ms, median", "#4d8ab5", lambda step: 1000 * step.ask.median),
        ("an answer, ms, 95th percentile", "#7a9e5f", lambda step: 1000 * step.ask.p95),
        ("of it retrieval, ms, median", "#a9cbe0", lambda step: 1000 * step.ask.retrieval),
        ("memory, MB, at most so far", "#d8973c", lambda step: step.memory_mb),
        ("disk, MB", "#8a6d3b", lambda step: step.disk_mb),
    )
    figure = Figure(figsize=(9, 5), layout="constrained")
    for axes, (label, colour, value) in zip(figure.subplots(2, 3).flat, shown, strict=True):
        axes.plot([s.passages for s in steps], [value(s) for s in steps], marker="o", markersize=4, color=colour)
        axes.set_title(label, fontsize=9, loc="left")
        axes.set_ylim(bottom=0)
        axes.tick_params(labelsize=7)
        axes.spines[["top", "right"]].set_visible(False)
    figure.supxlabel("passages in the archive", fontsize=9)
    figure.savefig(path, format=path.suffix[1:].lower(), dpi=150)
