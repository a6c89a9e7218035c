"""The vector index is parted into shards: who adds holds one, who asks holds all, and none is trusted blindly."""

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from time import sleep

import numpy as np
import pytest
from fake_embedder import FakeEmbedder, NoEmbedder
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from made_archive import everywhere, opened
from sqlalchemy import delete

import index.archive
import index.indexing
import index.vector_index
from index.errors import ArchiveDamaged
from index.intake import take_in
from index.ledger import Ledger
from index.records import Article, SearchFilter
from index.schema import meta, shards

TOWNS = ("Bergen", "Turku", "Gdansk", "Kiel", "Riga", "Malmo", "Visby")
ANY = SearchFilter()
QUESTION = "Which ship left for Riga?"


@pytest.fixture(autouse=True, scope="module")
def small_shards():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.vector_index, "SHARD", 6)
        patch.setattr(index.vector_index, "SPARSE", 0)
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


@pytest.fixture(scope="module")
def _fleet(tmp_path_factory, small_shards):
    folder = tmp_path_factory.mktemp("fleet") / "ships.dateline"
    with opened(folder, FakeEmbedder(), passage_chars=100) as archive:
        archive.add_articles(ships(*range(10)))
    return folder


@pytest.fixture
def fleet(tmp_path, _fleet):
    """20 passages in rounds of four: eight, four and eight to a shard, for a round is written to one."""
    return Path(shutil.copytree(_fleet, tmp_path / "ships.dateline"))


def by_comparing(archive, k=20, only=ANY):
    vector = archive.embedder.embed([QUESTION])[0]
    return archive._vectors._exact.search(vector, k, only)


def by_chroma(archive, k=20, only=ANY):
    vector = archive.embedder.embed([QUESTION])[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive._vectors._exact, "search", None)
        return archive._vectors.search(vector, k, only)


def whole(archive):
    """Whether the indexes hold what the ledger does; the look into each folder by a process of its own is left out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.vector_index, "probe", lambda places: None)
        return archive.verify() == [] and len({frozenset(ids) for ids in everywhere(archive)}) == 1


def folders(folder):
    return sorted(path.name for path in folder.glob("vectors*"))


def test_a_shard_that_is_full_is_followed_by_another(fleet):
    assert folders(fleet) == ["vectors", "vectors.shard-1", "vectors.shard-2"]
    with opened(fleet, NoEmbedder()) as archive:
        assert archive._ledger.shards.sizes() == {0: 8, 1: 4, 2: 8}
        assert archive.counts()["passages"] == 20
        assert archive.verify() == []


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
    place = fleet / (f"vectors.shard-{number}" if number else "vectors")
    with opened(fleet, NoEmbedder()) as archive:
        held = archive._ledger.shards.sizes()[number]
        if how == "emptied":
            shard = archive._vectors._shard(number)
            shard.apply(sorted(shard.ids()), {})
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
        assert archive._ledger.shards.sizes() == {1: 4, 2: 8}
        assert whole(archive)
    with opened(fleet, NoEmbedder()) as archive:
        archive.prepare()
        assert folders(fleet) == ["vectors.shard-1", "vectors.shard-2"]
        assert whole(archive)


def test_a_repair_that_is_cut_short_is_begun_again_by_the_next_add(fleet, monkeypatch):
    with opened(fleet, NoEmbedder()) as archive:
        monkeypatch.setattr(archive._vectors._files, "remove", lambda *_: {}["killed"])
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
        archive._vectors._shard(0).apply([task.passage_id for task in tasks[:2]], {})
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


def test_folders_that_are_not_shards_are_left_alone(fleet):
    others = [fleet / name for name in ("vectors-2024", "vectors9", "vectors.shard-07", "vectors.shard-1.old")]
    for other in others:
        other.mkdir()
        (other / "mine.txt").write_text("mine", "utf-8")
    with opened(fleet, NoEmbedder()) as archive:
        archive.prepare()
        archive.repair()
        assert whole(archive)
    assert all((other / "mine.txt").exists() for other in others)


def test_articles_that_come_in_while_the_index_is_looked_at_are_not_taken_for_lost(fleet, monkeypatch):
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive, opened(fleet, NoEmbedder()) as other:
        counts = archive._ledger.counts

        def just_before():
            found = counts()
            take_in(other._ledger, ships(20, 21), size=100)
            return found

        monkeypatch.setattr(archive._ledger, "counts", just_before)
        archive.prepare()
        assert archive._ledger.shards.sizes() == {0: 8, 1: 4, 2: 8}
        assert archive.waiting() == 4


@contextmanager
def refused_by_the_ledger(archive, change):
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyError, match="locked"):
        patch.setattr(archive._ledger.shards, change, lambda *_: {}["locked"])
        yield


def test_a_write_that_the_ledger_does_not_take_is_undone_before_the_next(fleet):
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive:
        archive.prepare()
        with refused_by_the_ledger(archive, "move"):
            archive.add_articles(ships(20, 21))
        archive.remove([ship(20).id])
        assert whole(archive)
        archive.prepare()
        assert {i for i, _ in by_chroma(archive, 40)} == archive._ledger.passage_ids()


def test_a_repair_that_fails_leaves_no_part_of_the_shards_to_be_searched_alone(fleet):
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive:
        archive.prepare()
        with refused_by_the_ledger(archive, "start_over_all"):
            archive.repair()
        archive.add_articles(ships(20))
        vector = archive.embedder.embed([QUESTION])[0]
        assert {i for i, _ in archive._vectors.search(vector, 40, ANY)} == archive._ledger.passage_ids()
        assert whole(archive)


def test_writing_is_not_done_while_something_waits(fleet):
    with opened(fleet, NoEmbedder()) as archive:
        vectors = archive._vectors
        vectors.open()
        vectors._throw_away(0)
        assert not vectors.finish()
        assert vectors._lacking and vectors._files.is_marked(0)
        archive.add_articles([])
        assert not vectors._lacking and not vectors._files.is_marked(0)
        assert whole(archive)


def test_the_mark_of_a_shard_that_is_built_again_stands_until_all_of_it_is(tmp_path):
    folder = tmp_path / "a"
    with opened(folder, FakeEmbedder(), passage_chars=100) as archive:
        archive.add_articles(ships(0, 1))
        vectors, outbox = archive._vectors, archive._ledger.outbox
        vectors._throw_away(0)
        some = outbox.tasks("vectors", limit=2)
        vectors.write(*archive._vector_indexing()._changes(some), some)
        assert not vectors.finish()
    with opened(folder, FakeEmbedder()) as archive:
        archive.prepare()
        assert archive._vectors._lacking
        archive.add_articles([])
        assert whole(archive) and not list(folder.glob("*.unfinished"))


def test_a_shard_that_is_full_is_on_disk_before_the_next_is_begun(fleet, monkeypatch):
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive:
        known, moved = archive._ledger.shards, []
        move = known.move

        def killed_in_the_second_round(tx, gone, shard, added):
            moved.append(shard)
            return move(tx, gone, shard, added) if len(moved) == 1 else {}["killed"]

        monkeypatch.setattr(known, "move", killed_in_the_second_round)
        with pytest.raises(KeyError, match="killed"):
            archive.add_articles(ships(20, 21, 22, 23))
        assert moved == [3, 4]
    assert [path.name for path in fleet.glob("*.unfinished")] == ["vectors.shard-4.unfinished"]


def test_a_rebuilding_that_stops_half_way_is_known_to_who_comes_next(fleet, monkeypatch):
    with opened(fleet, NoEmbedder()) as archive:
        for number in (0, 1):
            archive._vectors._throw_away(number)
        write, rounds = archive._vectors.write, []

        def once(*given):
            rounds.append(write(*given))
            raise KeyboardInterrupt

        monkeypatch.setattr(archive._vectors, "write", once)
        with pytest.raises(KeyboardInterrupt):
            archive.add_articles([])
        assert rounds and archive.waiting() == 12 - 4
    with opened(fleet, FakeEmbedder()) as archive:
        archive.prepare()
        assert len(archive.search(QUESTION, 40)) == 20
        assert archive._vectors._lacking
        assert all(archive._vectors._files.is_marked(number) for number in (0, 1))
        archive.add_articles([])
        assert whole(archive) and not list(fleet.glob("*.unfinished"))


def test_adding_that_is_stopped_leaves_the_shards_whole(fleet, monkeypatch, caplog):
    def broken():
        yield from ships(20, 21, 22, 23)
        while not written:
            sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(index.archive, "ARTICLES_A_TRANSACTION", 2)
    monkeypatch.setattr(index.indexing, "HEAD_START", 0.0)
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive:
        write, written = archive._vectors.write, []
        monkeypatch.setattr(archive._vectors, "write", lambda *given: written.append(write(*given)))
        with pytest.raises(KeyboardInterrupt):
            archive.add_articles(broken())
    assert not list(fleet.glob("*.unfinished"))
    with opened(fleet, FakeEmbedder()) as archive:
        archive.add_articles([])
        assert whole(archive)
    assert "built again" not in caplog.text


def test_nothing_is_written_once_the_archive_is_closed(fleet):
    with opened(fleet, NoEmbedder()) as archive:
        ids = sorted(archive._ledger.passage_ids())
    with pytest.raises(ArchiveDamaged, match="let go of"):
        archive._vectors.write(ids[:1], {}, [])


def test_a_damaged_shard_leaves_the_others_of_the_process_closable(fleet, tmp_path):
    other = Path(shutil.copytree(fleet, tmp_path / "other.dateline"))
    (fleet / "vectors.shard-2" / "chroma.sqlite3").write_bytes(b"nonsense" * 1000)
    with opened(fleet, NoEmbedder()) as archive, opened(other, FakeEmbedder()) as two:
        two.prepare()
        held = two._vectors._open[0]
        archive.prepare()
        assert not archive._vectors._open and not archive._owner.held
        archive.repair()
        assert whole(archive)
        two.close()
        assert not hasattr(held._client._server, "bindings"), "its files are closed at once"


def test_a_shard_that_holds_little_is_dissolved_by_the_next_add(fleet, monkeypatch):
    monkeypatch.setattr(index.vector_index, "SPARSE", 3)
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive:
        archive.remove([ship(number).id for number in range(3)])
        assert archive._ledger.shards.sizes() == {0: 2, 1: 4, 2: 8}
        archive.embedder.texts.clear()
        archive.add_articles([])
        assert archive._ledger.shards.sizes() == {1: 4, 2: 8, 3: 2}
        assert not archive.embedder.texts and whole(archive)
        archive.add_articles([])
        assert archive._ledger.shards.sizes() == {1: 4, 2: 8, 3: 2}, "the one that has room is left as it is"


def test_what_was_added_and_is_gone_counts_for_a_shard_being_full(fleet):
    with opened(fleet, FakeEmbedder(), passage_chars=100) as archive:
        for voyage in range(1, 6):
            archive.add_articles(ships(9, voyage=voyage))
        assert archive._ledger.shards.written() == 20 + 2 * 5
        assert max(archive._ledger.shards.sizes()) == 4
        assert whole(archive)


def test_two_processes_that_open_an_older_archive_at_once_both_have_it(fleet):
    with opened(fleet, NoEmbedder()) as archive, archive._ledger.transaction() as tx:
        tx.execute(delete(shards))
        tx.execute(meta.update().where(meta.c.key == "schema_version").values(value="1"))
    asked, start = Ledger.meta, Barrier(2)

    def together(ledger, key):
        found = asked(ledger, key)
        start.wait(10)
        return found

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as threads:
        patch.setattr(Ledger, "meta", together)
        ledgers = list(threads.map(Ledger, [fleet / "ledger.sqlite"] * 2))
    for ledger in ledgers:
        assert ledger.shards.sizes() == {0: 20}
        ledger.close()


class ShardsAndComparing(RuleBasedStateMachine):
    """An archive of many small shards beside the ledger's own vectors: the same is found in both."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.there = {}
        self.asks = False
        self.open()

    def open(self):
        self.archive = opened(Path(self.folder.name) / "a", FakeEmbedder(), passage_chars=100)

    def teardown(self):
        self.archive.add_articles([])
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
        """From now on all is searched in the shards, also after the archive was opened again."""
        self.asks = True

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
            vectors._files.mark(number)
            self.close_and_open()

    @invariant()
    def what_is_found_is_what_there_is(self):
        assert {article.id: article.content_hash for article in self.archive.listing()} == self.there
        vectors, vector = self.archive._vectors, self.archive.embedder.embed([QUESTION])[0]
        if self.asks:
            self.archive.prepare()
        in_shards = self.asks and self.there and not vectors._lacking
        found = by_chroma(self.archive, 60) if in_shards else vectors.search(vector, 60, ANY)
        expected = by_comparing(self.archive, 60)
        assert {i for i, _ in found} == {i for i, _ in expected} == self.archive._ledger.passage_ids()
        assert np.allclose([near for _, near in found], [near for _, near in expected], atol=2e-3)


TestShardsAndComparing = ShardsAndComparing.TestCase
TestShardsAndComparing.settings = settings(max_examples=8, stateful_step_count=10, deadline=None)
