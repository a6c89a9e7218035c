"""What is broken in an archive is reported, mended, and costs no article."""

import shutil
import sqlite3
from threading import Event

import pytest
from chromadb.errors import InternalError
from fake_embedder import FakeEmbedder, NoEmbedder
from made_archive import ARTICLES, CHANGED, SUMMIT, everywhere, opened
from sqlalchemy.exc import OperationalError

import index.archive
import index.indexing
from index.errors import ArchiveDamaged
from index.speakers import Speech


def delete(folder):
    shutil.rmtree(folder)


def locked(*_):
    raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))


def garble(folder):
    """Every file's bytes become nonsense of the same length."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(b"\xde\xad\xbe\xef" * (path.stat().st_size // 4 + 1))


def garble_the_largest(folder):
    """One file becomes nonsense, the table of contents is whole: the index opens, and fails when used."""
    largest = max((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    largest.write_bytes(b"\xde\xad\xbe\xef" * (largest.stat().st_size // 4 + 1))


@pytest.mark.parametrize("room", ["vectors", "words"])
@pytest.mark.parametrize(
    "damage", [delete, garble, garble_the_largest], ids=["deleted", "all garbage", "one file garbage"]
)
def test_a_lost_index_is_reported_and_built_again_without_embedding(folder, room, damage):
    damage(folder / room)
    with opened(folder, NoEmbedder()) as archive:
        problems = archive.verify()
        assert problems and all("repair" in problem.remedy for problem in problems)
        assert any(room.removesuffix("s") in problem.what for problem in problems)
        archive.repair()
        assert archive.verify() == []
        assert len({frozenset(ids) for ids in everywhere(archive)}) == 1
    with opened(folder, FakeEmbedder()) as archive:
        archive.prepare()
        archive._vectors._exact = None
        hit = archive.search("NATO Iran missiles", 1)[0]
        assert hit.article.url == SUMMIT and hit.similarity is not None


def test_a_vector_index_deleted_by_hand_is_noticed_when_it_is_opened_and_filled_by_the_next_add(folder):
    delete(folder / "vectors")
    with opened(folder, FakeEmbedder()) as archive:
        archive.prepare()
        hit = archive.search("NATO Iran missiles", 1)[0]
        assert hit.article.url == SUMMIT and hit.similarity is not None
        assert archive.waiting() == archive.counts()["passages"]
    with opened(folder, NoEmbedder()) as archive:
        archive.add_articles([])
        assert archive.verify() == []


def test_what_goes_wrong_while_embedding_is_raised_and_what_was_read_is_kept(tmp_path):
    with opened(tmp_path / "a", NoEmbedder()) as archive:
        with pytest.raises(AssertionError, match="were embedded"):
            archive.add_articles(ARTICLES)
        assert archive.counts()["articles"] == len(ARTICLES)
    with opened(tmp_path / "a", FakeEmbedder()) as archive:
        assert archive.add_articles(ARTICLES).unchanged == len(ARTICLES)
        assert archive.verify() == []


def test_an_article_that_changes_while_it_is_embedded_is_kept_in_its_last_version(tmp_path, monkeypatch):
    monkeypatch.setattr(index.archive, "ARTICLES_A_TRANSACTION", 1)
    monkeypatch.setattr(index.indexing, "HEAD_START", 0.0)
    embedding, changed = Event(), Event()

    class Slow(FakeEmbedder):
        def embed(self, texts):
            embedding.set()
            changed.wait(10)
            return super().embed(texts)

    def versions():
        yield ARTICLES[0]
        assert embedding.wait(10)
        yield CHANGED
        yield ARTICLES[1]
        changed.set()

    with opened(tmp_path / "a", Slow()) as archive:
        assert archive.add_articles(versions()).updated == 1
        assert archive.article(SUMMIT).content_hash == CHANGED.content_hash
        assert archive.verify() == []


def test_what_goes_wrong_while_reading_is_raised_and_what_was_read_before_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(index.archive, "ARTICLES_A_TRANSACTION", 1)

    def broken():
        yield ARTICLES[0]
        raise KeyboardInterrupt

    with opened(tmp_path / "a", FakeEmbedder()) as archive:
        with pytest.raises(KeyboardInterrupt):
            archive.add_articles(broken())
        assert [one.id for one in archive.listing()] == [ARTICLES[0].id]
        assert archive.add_articles(ARTICLES).added == len(ARTICLES) - 1
        assert archive.verify() == []


def test_passages_missing_from_an_index_are_counted(folder):
    with opened(folder, NoEmbedder()) as archive:
        chosen = sorted(archive._ledger.passage_ids())[:2]
        archive._words.apply(chosen, [])
        archive._vectors._shard(0).apply(chosen[:1], {})
        assert [problem.what for problem in archive.verify()] == [
            "2 passages are missing from the word index",
            "1 passages are missing from the vector index",
        ]


def test_a_damaged_vector_index_is_told_and_searched_without_and_can_be_repaired_by_the_same_process(folder, caplog):
    garble(folder / "vectors")
    with opened(folder, FakeEmbedder()) as archive:
        archive.prepare()
        assert "vectors cannot be opened" in caplog.text and "dateline repair" in caplog.text
        assert not archive._owner.held, "another process may repair it"
        assert archive.search("NATO Iran missiles", 1)[0].similarity is not None
        archive.embedder.texts.clear()
        archive.repair()
        assert archive.embedder.texts == []
        assert archive.verify() == []


@pytest.fixture
def large(folder):
    """An archive whose vector index is large enough for Chroma to keep its graph in files of their own."""
    with opened(folder, FakeEmbedder()) as archive:
        (vector,) = archive.embedder.embed(["filler"])
        archive._vectors.write([], {f"filler {i}": vector for i in range(1_100)}, [])
        assert archive._vectors.finish()
    return folder


def empty_the_graph(folder):
    (header,) = (folder / "vectors").rglob("header.bin")
    header.write_bytes(b"")


def test_a_graph_that_cannot_be_read_is_told_and_all_vectors_are_compared(large, caplog):
    empty_the_graph(large)
    with opened(large, FakeEmbedder()) as archive:
        archive.prepare()
        assert archive.search("NATO Iran missiles", 1)[0].similarity is not None
        assert "cannot be used" in caplog.text and "dateline repair" in caplog.text
        archive.repair()
        assert archive.verify() == []


def test_a_graph_that_is_lost_while_searched_is_told_once_and_all_vectors_are_compared(large, caplog, monkeypatch):
    with opened(large, FakeEmbedder()) as archive:
        archive.prepare()

        def fails(*_, **__):
            raise InternalError("Error loading hnsw index")

        monkeypatch.setattr(archive._vectors._open[0]._collection, "query", fails)
        for _ in range(2):
            assert archive.search("NATO Iran missiles", 1)[0].similarity is not None
        assert caplog.text.count("dateline repair") == 1
        archive.repair()
        assert archive.verify() == []


def test_adding_to_a_graph_that_cannot_be_read_says_what_to_do_and_keeps_the_article(large):
    empty_the_graph(large)
    with opened(large, FakeEmbedder()) as archive:
        with pytest.raises(ArchiveDamaged, match="dateline repair"):
            archive.add_articles([CHANGED])
        assert archive.article(SUMMIT).content_hash == CHANGED.content_hash
        archive.repair()
        assert archive.verify() == []


def test_an_index_of_which_it_cannot_be_told_what_it_lacks_is_not_searched(folder, monkeypatch):
    delete(folder / "vectors")
    with opened(folder, FakeEmbedder()) as archive:
        with monkeypatch.context() as patch, pytest.raises(OperationalError, match="locked"):
            patch.setattr(archive._ledger.shards, "start_over", locked)
            archive.prepare()
        archive.prepare()
        assert archive.search("NATO Iran missiles", 1)[0].similarity is not None
        assert archive.waiting() == archive.counts()["passages"]


def test_repair_reads_anew_who_speaks_as_an_archive_of_older_rules_needs_it(folder):
    with opened(folder, NoEmbedder()) as archive:
        heard = [(said, article.id) for article, said in archive.statements()]
        assert heard
        with archive._ledger.transaction() as tx:
            for article in archive.listing():
                archive._ledger.voices.put(tx, article.id, Speech([], []))
        assert list(archive.statements()) == []
        archive.repair()
        assert [(said, article.id) for article, said in archive.statements()] == heard


def test_vectors_that_an_older_version_made_otherwise_are_told_of_and_made_anew_by_repair(folder):
    with opened(folder, FakeEmbedder()) as archive:
        assert archive.verify() == []
        archive._ledger.remember("vector_making", "that of last year")
        (problem,) = archive.verify()
        assert "older Dateline" in problem.what and "repair" in problem.remedy
        archive.embedder.texts.clear()
        archive.repair()
        assert set(archive.embedder.texts) >= {
            p.text for a in archive.listing() for p in archive.passages_of(a) if p.text
        }
        assert archive.verify() == []


def test_the_next_add_reads_anew_who_speaks_where_the_rules_have_changed(folder):
    with opened(folder, NoEmbedder()) as archive:
        heard = [(said, article.id) for article, said in archive.statements()]
        with archive._ledger.transaction() as tx:
            for article in archive.listing():
                archive._ledger.voices.put(tx, article.id, Speech([], []))
        archive.add_articles([])
        assert list(archive.statements()) == []
        archive._ledger.remember("speech_rules", "those of last year")
        archive.add_articles([])
        assert [(said, article.id) for article, said in archive.statements()] == heard
