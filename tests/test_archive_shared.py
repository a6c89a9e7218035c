"""One process owns an archive and writes to it; who asks has Chroma opened only where that pays."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Barrier, Event

import pytest
from fake_embedder import FakeEmbedder, NoEmbedder
from made_archive import ARTICLES, SUMMIT, opened

import index.archive
import index.vector_index
from index.errors import ArchiveBusy, ArchiveDamaged
from index.lock import Ownership
from index.records import Article, SearchFilter

ROOT = Path(__file__).parents[1]

SEARCH = """
import json, sys
import index.vector_index
from fake_embedder import FakeEmbedder
from index.archive import Archive
index.vector_index.OPENING = 0
with Archive.open(sys.argv[1]) as archive:
    archive.embedder = FakeEmbedder()
    hits = archive.search("NATO Iran missiles", 4)
    assert "chromadb" not in sys.modules
    print(json.dumps([[h.passage.id, h.similarity] for h in hits]))
"""
ADD = """
import sys
import index.archive
from index.records import Article
index.archive.OWNER_WAIT = 0.2
with index.archive.Archive.open(sys.argv[1]) as archive:
    archive.add_articles([Article.create("New.", "New", url="https://example.org/new")])
"""


def another_process(script, folder):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=60, check=False)


def test_while_one_process_owns_the_archive_another_can_search_but_not_add(folder):
    with opened(folder, FakeEmbedder()) as archive:
        archive.prepare()
        own = archive.search("NATO Iran missiles", 4)
        search = another_process(SEARCH, folder)
        assert search.returncode == 0, search.stderr
        found = json.loads(search.stdout)
        assert [i for i, _ in found] == [hit.passage.id for hit in own]
        assert [s for _, s in found] == pytest.approx([hit.similarity for hit in own], abs=2e-3)
        add = another_process(ADD, folder)
        assert add.returncode != 0
        assert f"ArchiveBusy: {folder} is in use by process {os.getpid()}" in add.stderr
        assert archive.counts()["articles"] == len(ARTICLES)


def test_whoever_only_asks_a_few_questions_neither_opens_chroma_nor_keeps_others_from_adding(folder):
    with opened(folder, FakeEmbedder()) as archive:
        assert archive.search("NATO Iran missiles", 1)[0].similarity is not None
        assert not archive._vectors._open
        with opened(folder, NoEmbedder()) as another:
            another.prepare()
            assert another._owner.held
        assert not archive._owner.held


def test_a_closed_archive_neither_opens_chroma_nor_takes_the_folder_again(folder):
    archive = opened(folder, NoEmbedder())
    archive.close()
    archive.prepare()
    assert not archive._vectors._open
    assert Ownership(folder).take(wait=0)


def test_threads_that_take_the_archive_at_once_all_have_it_and_let_go_of_it_once(folder):
    start = Barrier(8)

    def taken(owner):
        start.wait()
        return owner.take(wait=0)

    with ThreadPoolExecutor(8) as threads:
        for _ in range(20):
            owner = Ownership(folder)
            assert all(threads.map(taken, [owner] * 8))
            owner.release()
            assert not owner.held


def test_chroma_is_opened_once_comparing_vectors_has_taken_as_long(folder, monkeypatch):
    monkeypatch.setattr(index.vector_index, "OPENING", 2 * len(ARTICLES))
    with opened(folder, FakeEmbedder()) as archive:
        by_comparing = archive.search("NATO Iran missiles", 4)
        archive.search("bread", 4)
        assert not archive._vectors._open
        by_chroma = archive.search("NATO Iran missiles", 4)
        assert archive._vectors._open
        assert [hit.passage.id for hit in by_chroma] == [hit.passage.id for hit in by_comparing]
        assert [hit.similarity for hit in by_chroma] == pytest.approx([h.similarity for h in by_comparing], abs=2e-3)


@pytest.mark.parametrize("few", [True, False])
def test_a_filter_that_lets_few_articles_through_has_their_vectors_compared(folder, monkeypatch, few):
    monkeypatch.setattr(index.vector_index, "FEW_ARTICLES", 2 if few else 1)
    with opened(folder, FakeEmbedder()) as archive:
        archive.prepare()
        monkeypatch.setattr(
            archive._vectors._open[0] if few else archive._vectors._exact, "nearest" if few else "search", None
        )
        hits = archive.search("NATO Iran missiles", 4, SearchFilter(sources=("Northern Wire",)))
        assert {hit.article.source for hit in hits if hit.similarity is not None} == {"Northern Wire"}


def test_a_closed_archive_can_be_written_by_the_next(folder, monkeypatch):
    monkeypatch.setattr(index.archive, "OWNER_WAIT", 0.2)
    new = Article.create("A new bridge was opened.", "New bridge", url="https://example.org/new")
    with opened(folder, FakeEmbedder()) as first, opened(folder, FakeEmbedder()) as second:
        first.add_articles(ARTICLES)
        with pytest.raises(ArchiveBusy):
            second.add_articles([new])
        first.close()
        assert second.add_articles([new]).added == 1


def test_an_archive_that_is_closed_while_articles_are_added_stays_owned_until_they_are(tmp_path):
    begun, going_on = Event(), Event()

    def slowly():
        yield ARTICLES[0]
        begun.set()
        going_on.wait(10)
        yield ARTICLES[1]

    archive = opened(tmp_path / "news.dateline", FakeEmbedder())
    with ThreadPoolExecutor(2) as threads:
        adding = threads.submit(archive.add_articles, slowly())
        begun.wait(10)
        closing = threads.submit(archive.close)
        try:
            assert wait([closing], timeout=0.2).not_done
            assert not Ownership(archive.folder).take(wait=0)
        finally:
            going_on.set()
        assert adding.result().added == 2
    assert closing.result() is None
    assert Ownership(archive.folder).take(wait=0)


def test_closing_one_archive_leaves_another_of_the_same_process_open(folder, tmp_path):
    other = Path(shutil.copytree(folder, tmp_path / "other.dateline"))
    with opened(folder, FakeEmbedder()) as one, opened(other, FakeEmbedder()) as two:
        one.prepare()
        two.prepare()
        two._vectors._exact = None
        before = two.search("NATO Iran missiles", 3)
        one.close()
        assert [hit.similarity for hit in two.search("NATO Iran missiles", 3)] == [hit.similarity for hit in before]
        two.remove([SUMMIT])
        assert two.verify() == []


def test_passages_that_wait_for_the_vector_index_are_found_by_their_vectors_all_the_same(folder):
    with opened(folder, FakeEmbedder()) as archive:
        archive._vectors._begin(0)
    with opened(folder, FakeEmbedder()) as archive:
        archive.prepare()
        assert archive._vectors.ids() == set()
        hit = archive.search("NATO Iran missiles", 1)[0]
        assert hit.article.url == SUMMIT and hit.similarity is not None


def test_while_passages_wait_to_be_embedded_the_others_are_found_in_the_index_and_not_by_comparing_all(folder):
    with opened(folder, FakeEmbedder()) as archive:
        archive.prepare()
        archive._ledger.outbox.start_over("vectors")
        archive._vectors._exact = None
        assert archive.search("NATO Iran missiles", 1)[0].similarity is not None


def test_while_the_vector_index_is_built_again_passages_are_found_by_their_vectors_all_the_same(folder):
    with opened(folder, FakeEmbedder()) as archive:
        found = []
        archive.prepare()
        archive.repair(progress=lambda *_: found.append(archive.search("NATO Iran missiles", 1)[0]))
        assert found and all(hit.article.url == SUMMIT and hit.similarity is not None for hit in found)
        archive._vectors._exact = None
        assert archive.search("NATO Iran missiles", 1)[0].similarity is not None


def test_who_finds_the_vector_index_damaged_leaves_the_archive_to_a_thread_that_took_it_meanwhile(folder, monkeypatch):
    with opened(folder, FakeEmbedder()) as archive:

        def damaged(_):
            archive._owner.demand(wait=0)  # as another thread that begins to repair
            raise ArchiveDamaged("it cannot be opened")

        monkeypatch.setattr(index.vector_index, "ChromaVectors", damaged)
        archive.prepare()
        assert archive._owner.held
        archive._owner.give_back()
        assert not archive._owner.held


def test_a_search_does_not_wait_while_another_thread_waits_for_the_owner(folder, monkeypatch):
    monkeypatch.setattr(index.vector_index, "OPENING", 0)
    owner, waiting = Ownership(folder), Event()
    assert owner.take(wait=0)
    with opened(folder, FakeEmbedder()) as archive, ThreadPoolExecutor(2) as threads:
        taking = threads.submit(lambda: waiting.set() or archive._owner.take(wait=30))
        assert waiting.wait(5)
        try:
            hits = threads.submit(archive.search, "NATO Iran missiles", 1).result(timeout=20)
            assert hits[0].similarity is not None
            assert not taking.done()
        finally:
            owner.release()
        assert taking.result()


def test_a_search_whose_index_is_let_go_of_meanwhile_compares_the_vectors(folder, monkeypatch):
    with opened(folder, FakeEmbedder()) as archive:
        archive.prepare()
        chroma = archive._vectors._open[0]
        nearest = chroma.nearest

        def closed(*given, **named):
            archive._vectors.renew()
            return nearest(*given, **named)

        monkeypatch.setattr(chroma, "nearest", closed)
        assert archive.search("NATO Iran missiles", 1)[0].similarity is not None
        archive.add_articles([])
        archive.prepare()
        monkeypatch.setattr(archive._vectors._open[0], "nearest", lambda *_: {}["fault"])
        with pytest.raises(KeyError, match="fault"):
            archive.search("NATO Iran missiles", 1)
