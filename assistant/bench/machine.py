"""What this machine can do at most, and what a whole process costs."""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index import Embedder, fastest_dtype, packaged_model, share_processors
from index.embedder import TOKENS_A_PASS

ROUNDS = 5
PROCESS_SECONDS = 120


def matrix_bound() -> float:
    """Tokens a second if embedding were the matrix products of the model's layers alone, in its number format."""
    import torch
    from torch.nn.functional import linear

    from index.encoder import Shape

    shape, dtype = Shape.of(packaged_model()), fastest_dtype()
    hidden, inner = shape.hidden, shape.intermediate
    sizes = [(hidden, 3 * hidden), (hidden, hidden), (hidden, inner), (inner, hidden)]
    weights = [torch.randn(out, into, dtype=dtype) for into, out in sizes]
    given = {into: torch.randn(TOKENS_A_PASS, into, dtype=dtype) for into, _ in sizes}
    processors = os.cpu_count() or 1

    def one() -> None:
        with torch.inference_mode():
            for _ in range(shape.layers):
                for weight in weights:
                    linear(given[weight.shape[1]], weight)

    share_processors(1)
    with ThreadPoolExecutor(processors) as threads:

        def side_by_side() -> None:
            for running in [threads.submit(one) for _ in range(2 * processors)]:
                running.result()

        return 2 * processors * TOKENS_A_PASS / median_seconds(side_by_side)


def embedding_speed(embedder: Embedder, texts: Sequence[str]) -> float:
    """Tokens a second that the embedder takes, padding not counted."""
    tokens = embedder.count_tokens(texts)
    return tokens / median_seconds(lambda: embedder.embed(texts), rounds=3)


def median_seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """How long it takes, after it was done once."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def start_seconds(folder: Path, question: str, rounds: int = 3) -> float:
    """How long `dateline ask` takes from nothing to its answer, in a process of its own."""
    command = [sys.executable, "-m", "assistant.cli", "ask", "--index", str(folder), question]
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        # Not checked: it ends with 3 when the articles do not say.
        subprocess.run(command, capture_output=True, timeout=PROCESS_SECONDS, check=False)  # noqa: S603 (our own)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak_memory() -> float:
    """MB that this process has held at most."""
    # What getrusage tells of a process begins, on Linux, with what the one that started it held.
    status = Path("/proc/self/status")
    held = re.search(r"VmHWM:\s*(\d+) kB", status.read_text("utf-8")) if status.exists() else None
    return int(held[1]) / 1024 if held else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def disk_size(folder: Path) -> float:
    """MB that a folder takes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
