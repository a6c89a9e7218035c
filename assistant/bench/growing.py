"""How adding and asking change as an archive grows: figures at each step, and a picture of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from assistant.bench.asking import Latency, ask_latency
from assistant.bench.machine import disk_size, peak_memory
from assistant.settings import Settings
from index import Article
from index.sources import read

FIRST = 250
"""Articles in the first step; each further one doubles the archive."""


@dataclass(frozen=True, slots=True)
class Step:
    """An archive of so many articles and passages; see `Figures` for the units.

    kb_per_s: of the articles that were added in this step. memory_mb: the most that the process has held so far.
    """

    articles: int
    passages: int
    kb_per_s: float
    ask: Latency
    memory_mb: float
    disk_mb: float

    def to_dict(self) -> dict[str, float]:
        """The figures as JSON has them."""
        flat = asdict(self)
        return {**flat.pop("ask"), **flat}


def grow(
    place: str | Path,
    questions: Sequence[str],
    *,
    articles: int | None,
    settings: Settings,
    first: int = FIRST,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> Iterator[Step]:
    """Add the articles of `place`, at most so many, in steps that double the archive; ask the questions after each.

    Raises:
        ValueError: nothing to add or to ask.
    """
    found = islice((one for one in read(place) if isinstance(one, Article)), articles)
    with TemporaryDirectory() as folder, Assistant.open(Path(folder) / "a.dateline", settings) as assistant:
        assistant.archive.embedder.embed(["warm up"])
        step = first
        while portion := list(islice(found, step)):
            start = time.perf_counter()
            assistant.archive.add_articles(portion, total=len(portion), progress=progress)
            seconds = time.perf_counter() - start
            counts = assistant.archive.counts()
            yield Step(
                articles=counts["articles"],
                passages=counts["passages"],
                kb_per_s=sum(len(a.text) for a in portion) / 1000 / seconds,
                ask=ask_latency(assistant, questions),
                memory_mb=peak_memory(),
                disk_mb=disk_size(assistant.archive.folder),
            )
            step = counts["articles"]


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
