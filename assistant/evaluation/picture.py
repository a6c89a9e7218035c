"""Figures by type of question -> a picture, with matplotlib, which the extra `evaluate` brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from assistant.evaluation.scoring import Figures

FORMATS = (".png", ".svg")
SHOWN = ("desk", "facts", "precision", "refused", "recall@10", "quiz", "hit@20")
COLOURS = ("#1b3a5b", "#4d8ab5", "#a9cbe0", "#7a9e5f", "#d8973c", "#1b3a5b", "#d8973c")
BAR = 0.8
"""The share of a type's room that its bars fill."""


class PictureError(ValueError):
    """The picture cannot be drawn; the message says what to do."""


def check(path: Path) -> None:
    """Say before the work is done whether a picture can be written to `path`.

    Raises:
        PictureError: matplotlib is missing, the name does not end in .png or .svg, or there is no such folder.
    """
    if path.suffix.lower() not in FORMATS:
        raise PictureError(f"{path} names no kind of picture: end the name in {' or '.join(FORMATS)}")
    if not path.parent.is_dir():
        raise PictureError(f"there is no folder {path.parent}: make it, or name another")
    if find_spec("matplotlib") is None:
        raise PictureError("a picture needs matplotlib, which is not installed: pip install 'dateline[evaluate]'")


def draw(groups: Mapping[str, Figures], path: Path) -> None:
    """Draw the shares of each group of questions side by side, for `path` in .png or .svg.

    Raises:
        PictureError: see `check`.
    """
    check(path)
    from matplotlib.figure import Figure

    names = [name for name in SHOWN if any(f.get(name) is not None for f in groups.values())]
    figure = Figure(figsize=(max(6.0, 1.6 * len(groups)), 4.2), layout="constrained")
    axes = figure.add_subplot()
    width = BAR / max(1, len(names))
    for number, name in enumerate(names):
        shown = _bars(list(groups.values()), name, number * width - BAR / 2 + width / 2)
        bars = axes.bar(*shown, width, label=name, color=COLOURS[SHOWN.index(name)])
        axes.bar_label(bars, fmt="%.2f", fontsize=6, padding=1)
    labels = [f"{group}\n{f['questions']}" for group, f in groups.items()]
    axes.set_xticks(range(len(groups)), labels)
    axes.set_ylim(0, 1.08)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title("Figures by type of question, with the number of questions", fontsize=10, loc="left")
    figure.legend(loc="outside lower center", ncols=max(1, len(names)), frameon=False, fontsize=8)
    figure.savefig(path, format=path.suffix[1:].lower(), dpi=150)


def _bars(groups: Sequence[Figures], name: str, shift: float) -> tuple[list[float], list[float]]:
    """Places and heights of the bars of one figure; a group without it has none."""
    shown = [(place + shift, value) for place, f in enumerate(groups) if (value := f.get(name)) is not None]
    return [place for place, _ in shown], [value for _, value in shown]
