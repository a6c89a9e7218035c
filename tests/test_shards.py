"""The vector index is parted into shards: who adds holds one, who asks holds all, and none is trusted blindly."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder, NoEmbedder
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from made_archive import everywhere, opened
from sqlalchemy import delete

import index.indexing
import index.vector_index
from index.records import Article, SearchFilter
from index.schema import meta, shards

TOWNS = ("Bergen", "Turku", "Gdansk", "Kiel", "Riga", "Malmo", "Visby")
ANY = SearchFilter()
QUESTION = "Which ship left for Riga?"


@pytest.fixture(autouse=True, scope="module")
def small_shards():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.vector_index, "SHARD", 6)
        patch.setattr(index.indexing, "PASSAGES_A_ROUND", 4)
        yield


def ship(number, voyage=0):
    town, other = TOWNS[number % 7], TOWNS[(number + voyage + 1) % 7]
    text = (
        f"Ship {number} left the harbour of {town} on the morning tide with a cargo of salt.\n\n"
        f"The harbour master of {other} expects it on day {voyage} of the month, the owners said."
    )
    return Article.create(text, f"Ship {number} leaves {town}", url=f"https://example.org/{number}", source=town)


def ships(*numbers, voyage=0):
    return [ship(number, voyage) for number in numbers]


@pytest.fixture
def fleet(tmp_path):
    """20 passages: eight, eight and four to a shard, for a round that has begun is written to one."""
    folder = tmp_path / "ships.dateline"
    with opened(folder, FakeEmbedder(), passage_chars=100) as archive:
        archive.add_articles(ships(*range(10)))
    return folder


def by_comparing(archive, k=20, only=ANY):
    vector = archive.embedder.embed([QUESTION])[0]
    return archive._vectors._exact.search(vector, k, only)


def by_chroma(archive, k=20, only=ANY):
    vector = archive.embedder.embed([QUESTION])[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive._vectors._exact, "search", None)
        return archive._vectors.search(vector, k, only)


def whole(archive):
    return archive.verify() == [] and len({frozenset(ids) for ids in everywhere(archive)}) == 1


def folders(folder):
    return sorted(path.name for path in folder.glob("vectors*"))


def test_a_shard_that_is_full_is_followed_by_another(fleet):
    assert folders(fleet) == ["vectors", "vectors-1", "vectors-2"]
    with opened(fleet, NoEmbedder()) as archive:
        assert archive._ledger.shards.sizes() == {0: 8, 1: 8, 2: 4}
        assert archive.counts()["passages"] == 20
        assert whole(archive)


def test_whoever_adds_holds_one_shard_and_whoever_asks_holds_all(fleet):
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive:
        held = []
        archive.add_articles(
            ships(*range(5), 20, 21, voyage=1), progress=lambda *_: held.append(len(archive._vectors._open))
        )
        assert max(held) == 1
        archive.prepare()
        assert len(archive._vectors._open) == len(archive._ledger.shards.sizes()) > 1
        archive.add_articles(ships(*range(22, 30)), progress=lambda *_: held.append(len(archive._vectors._open)))
        assert len(archive._vectors._open) == max(held) == len(archive._ledger.shards.sizes())
        assert whole(archive)


@pytest.mark.parametrize("only", [ANY, SearchFilter(sources=("Riga", "Kiel"))], ids=["all", "filtered"])
def test_the_nearest_of_all_shards_are_found_in_order(fleet, monkeypatch, only):
    monkeypatch.setattr(index.vector_index, "FEW_ARTICLES", 0)
    with opened(fleet, FakeEmbedder()) as archive:
        archive.prepare()
        for k in (1, 3, 20):
            found, expected = by_chroma(archive, k, only), by_comparing(archive, k, only)
            assert [i for i, _ in found] == [i for i, _ in expected]
            assert [near for _, near in found] == pytest.approx([near for _, near in expected], abs=2e-3)


def test_what_is_added_while_the_archive_is_searched_is_found_in_its_new_shard(fleet):
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive:
        archive.prepare()
        archive.add_articles(ships(*range(30, 40)))
        assert len(archive._ledger.shards.sizes()) > 3
        assert {i for i, _ in by_chroma(archive, 40)} == archive._ledger.passage_ids()


@pytest.mark.parametrize("number", [0, 2])
@pytest.mark.parametrize("how", ["cut short", "gone", "emptied"])
def test_a_shard_that_cannot_be_trusted_is_built_again_and_no_other(fleet, number, how, caplog):
    place = fleet / (f"vectors-{number}" if number else "vectors")
    with opened(fleet, NoEmbedder()) as archive:
        held = archive._ledger.shards.sizes()[number]
        if how == "emptied":
            shard = archive._vectors._shard(number)
            shard.apply(sorted(shard.ids()), [])
    if how == "cut short":
        place.with_name(f"{place.name}.unfinished").touch()
    if how == "gone":
        shutil.rmtree(place)
    with opened(fleet, FakeEmbedder()) as archive:
        archive.prepare()
        assert archive.waiting() == held
        assert "a part of the vector index" in caplog.text and "built again" in caplog.text
        hits = archive.search(QUESTION, 20)
        assert len(hits) == 20 and all(hit.similarity is not None for hit in hits), "all vectors are compared meanwhile"
    with opened(fleet, FakeEmbedder()) as archive:
        archive.prepare()
        assert archive._vectors._lacking, "who comes next knows it too"
    with opened(fleet, NoEmbedder()) as archive:
        archive.add_articles([])
        assert whole(archive)
        assert not list(fleet.glob("*.unfinished"))


def test_passages_that_no_shard_has_and_none_waits_for_are_added_anew(fleet):
    with opened(fleet, NoEmbedder()) as archive, archive._ledger.transaction() as tx:
        tx.execute(delete(shards).where(shards.c.shard == 1))
    with opened(fleet, NoEmbedder()) as archive:
        archive.add_articles([])
        assert whole(archive)


def test_a_shard_whose_passages_are_all_gone_leaves_no_folder(fleet):
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive:
        archive.remove([ship(number).id for number in range(4)])
        assert archive._ledger.shards.sizes() == {1: 8, 2: 4}
        assert whole(archive)
    with opened(fleet, NoEmbedder()) as archive:
        archive.prepare()
        assert folders(fleet) == ["vectors-1", "vectors-2"]
        assert whole(archive)


def test_a_repair_that_is_cut_short_is_begun_again_by_the_next_add(fleet, monkeypatch):
    with opened(fleet, NoEmbedder()) as archive:
        monkeypatch.setattr(index.vector_index.shutil, "rmtree", lambda *_, **__: {}["killed"])
        with pytest.raises(KeyError, match="killed"):
            archive.repair()
    monkeypatch.undo()
    with opened(fleet, FakeEmbedder()) as archive:
        archive.prepare()
        assert archive._vectors._lacking
        archive.embedder = NoEmbedder()
        archive.add_articles([])
        assert whole(archive)


def test_the_index_of_an_older_archive_becomes_the_first_shard(fleet, caplog, monkeypatch):
    monkeypatch.setattr(index.vector_index, "SHARD", 1_000)
    with opened(fleet, NoEmbedder()) as archive:
        archive.repair()
        archive._ledger.outbox.start_over("vectors")  # an older Dateline's, with two passages still to do
        tasks = archive._ledger.outbox.tasks("vectors", limit=100)
        archive._vectors._shard(0).apply([task.passage_id for task in tasks[:2]], [])
        with archive._ledger.transaction() as tx:
            archive._ledger.outbox.done(tx, tasks[2:])
            tx.execute(delete(shards))
            tx.execute(meta.update().where(meta.c.key == "schema_version").values(value="1"))
    caplog.clear()
    with opened(fleet, FakeEmbedder()) as archive:
        assert archive._ledger.shards.sizes() == {0: 18}
        archive.prepare()
        assert len(by_chroma(archive)) == 18
        archive.add_articles([])
        assert whole(archive)
    assert "built again" not in caplog.text


class ShardsAndComparing(RuleBasedStateMachine):
    """An archive of many small shards beside the ledger's own vectors: the same is found in both."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.there = {}
        self.open()

    def open(self):
        self.archive = opened(Path(self.folder.name) / "a", FakeEmbedder(), passage_chars=100)

    def teardown(self):
        assert whole(self.archive)
        self.archive.close()
        self.folder.cleanup()

    @rule(numbers=st.sets(st.integers(0, 9), min_size=1, max_size=5), voyage=st.integers(0, 2))
    def add(self, numbers, voyage):
        self.archive.add_articles(ships(*sorted(numbers), voyage=voyage))
        self.there.update({ship(number).id: ship(number, voyage).content_hash for number in numbers})

    @precondition(lambda self: self.there)
    @rule(data=st.data())
    def remove(self, data):
        gone = data.draw(st.sampled_from(sorted(self.there)))
        self.archive.remove([gone])
        del self.there[gone]

    @rule()
    def ask(self):
        self.archive.prepare()

    @rule()
    def close_and_open(self):
        self.archive.close()
        self.open()

    @rule()
    def repair(self):
        self.archive.repair()

    @rule(number=st.integers(0, 3))
    def die_while_writing(self, number):
        vectors = self.archive._vectors
        if number in self.archive._ledger.shards.sizes():
            vectors._mark(number).touch()
            self.close_and_open()

    @invariant()
    def what_is_found_is_what_there_is(self):
        assert {article.id: article.content_hash for article in self.archive.listing()} == self.there
        vector = self.archive.embedder.embed([QUESTION])[0]
        found = self.archive._vectors.search(vector, 60, ANY)
        expected = by_comparing(self.archive, 60)
        assert {i for i, _ in found} == {i for i, _ in expected} == self.archive._ledger.passage_ids()
        assert np.allclose([near for _, near in found], [near for _, near in expected], atol=2e-3)


TestShardsAndComparing = ShardsAndComparing.TestCase
TestShardsAndComparing.settings = settings(max_examples=10, stateful_step_count=10, deadline=None)
