"""An `add` killed at any moment and begun again ends where an undisturbed one ends.

This file is also the program that is killed: `python test_crash.py FOLDER [apply|finish]`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder, NoEmbedder

import index.archive
import index.indexing
import index.vector_index
from index.archive import Archive
from index.records import Article
from index.settings import IndexSettings
from index.vector_index import VectorIndex
from index.vectors import ChromaVectors

ARTICLES = 200
PLACES = ("Bergen", "Turku", "Gdansk", "Kiel", "Riga", "Malmo", "Visby")


def made_articles():
    for i in range(ARTICLES):
        place, other = PLACES[i % 7], PLACES[i * 3 % 5]
        text = (
            f"Ship {i} left the harbour of {place} on the morning tide with {i * 7} tons of timber on board.\n\n"
            f"The harbour master of {other} said ship {i} would be looked at on arrival in {i % 9} days.\n\n"
            f"Insurance for voyage {i} was paid in {place} and confirmed by telegram from {other} the same night.\n"
        )
        yield Article.create(text, f"Ship {i} leaves {place}", url=f"https://example.org/ships/{i}", source=place)


def add(folder, *, hang=None):
    """Add all articles in many small rounds, saying what is done.

    `hang` says where to stop: "apply" between Chroma and the ledger, "finish" before the vector index is called whole.
    """
    index.archive.ARTICLES_A_TRANSACTION = 20
    index.indexing.PASSAGES_A_ROUND = 60
    index.vector_index.SHARD, index.vector_index.SPARSE = 240, 0
    embedder = FakeEmbedder()
    applied, finished = ChromaVectors.apply, VectorIndex.finish

    def apply(self, deleted, added):
        applied(self, deleted, added)
        say("chroma", len(added))
        if hang == "apply":
            time.sleep(60)

    def finish(self):
        say("finish", 1)
        if hang == "finish":
            time.sleep(60)
        return finished(self)

    ChromaVectors.apply, VectorIndex.finish = apply, finish
    with Archive.open(folder, IndexSettings(passage_chars=100)) as archive:
        archive.embedder = embedder
        archive.add_articles(made_articles(), progress=lambda stage, done, _: say(stage, done))
        problems = [problem.what for problem in archive.verify()]
        found = archive.search("Where did ship 42 leave?", 1)[0].article.title
    embedded = sum(" leaves " not in text for text in embedder.texts) - 1  # neither titles nor the question
    sys.stdout.write(json.dumps({"embedded": embedded, "problems": problems, "found": found}))


def say(stage, done):
    sys.stdout.write(f"{stage} {done}\n")
    sys.stdout.flush()


def started(folder, *words):
    root = Path(__file__).parents[1]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *sys.path])}
    command = [sys.executable, __file__, str(folder), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def finished(folder):
    """Add in a process of its own, to the end: its last line, and its log."""
    out, log = started(folder).communicate(timeout=100)
    assert log.count("Traceback") == 0, log
    return json.loads(out.splitlines()[-1]), log


def killed(folder, stage, done, *words):
    """Add in a process of its own, killed as soon as it says that it has done so much of a stage."""
    with started(folder, *words) as process:
        for line in process.stdout:
            said, count = line.split()
            if said == stage and int(count) >= done:
                process.send_signal(signal.SIGKILL)
                break
        process.stdout.read()
        assert process.wait(timeout=20) == -signal.SIGKILL, "it ended before it was killed"


def contents(folder):
    with Archive.open(folder) as archive:
        archive.embedder = NoEmbedder()
        articles = {one.id for one in archive.listing()}
        return articles, archive._ledger.passage_ids(), archive._words.ids(), archive.counts()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed") / "ships.dateline"
    result, _ = finished(folder)
    return result, contents(folder)


def test_the_undisturbed_run_is_whole(undisturbed):
    result, (articles, passages, words, counts) = undisturbed
    assert result["problems"] == []
    assert len(articles) == ARTICLES
    assert words == passages
    assert counts["vectors"] == result["embedded"] == counts["passages"] >= 3 * ARTICLES


@pytest.mark.parametrize(
    "kills",
    [
        [("reading", 60)],
        [("reading", 180), ("embedding", 120)],
        [("reading", 180), ("attributing", 75)],
        [("chroma", 1, "apply")],
        [("embedding", 300), ("chroma", 1, "apply")],
        [("finish", 1, "finish")],
    ],
    ids=[
        "while reading",
        "while reading, then while embedding",
        "while reading, then while reading who speaks",
        "between the vector index and the ledger",
        "the same in the second shard",
        "before the vector index is whole",
    ],
)
def test_an_add_that_was_killed_goes_on_where_it_stopped(tmp_path, undisturbed, kills):
    folder = tmp_path / "ships.dateline"
    for kill in kills:
        killed(folder, *kill)
    _, found_before, _, counts = contents(folder)
    assert found_before, "what was acknowledged is there"
    being_written = bool(list(folder.glob("vectors*.unfinished")))
    early = kills[-1][0] in ("reading", "attributing")
    assert being_written or early
    result, log = finished(folder)
    assert result["problems"] == []
    assert result["found"] == "Ship 42 leaves Bergen"
    assert contents(folder) == undisturbed[1]
    assert found_before <= undisturbed[1][1]
    assert ("built again" in log) == being_written
    assert counts["vectors"] > 0 or early
    assert result["embedded"] == undisturbed[0]["embedded"] - counts["vectors"], "what was embedded is not again"


if __name__ == "__main__":
    add(sys.argv[1], hang=next(iter(sys.argv[2:]), None))
