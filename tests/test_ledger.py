"""The ledger: whatever is put in, replaced and taken out, it holds what a plain dict would hold."""

import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.errors import ArchiveError, ArticleNotFound, SchemaMismatch
from index.ledger import Ledger
from index.outbox import INDEXES
from index.records import Article, Attribution, SearchFilter, Sentence, digest
from index.speakers import Speech
from index.splitter import make_passages

SENTENCES = ("One is here.", "Two is there.", "Three is nowhere.", "Four is everywhere.")
CHOSEN = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True)
SAID = Attribution(0, 12, "Jens Stoltenberg", "he", "NATO", "direct", "said")


def article(number, text="One is here.", **fields):
    return Article.create(text, f"Title {number}", url=f"https://example.org/{number}", **fields)


def passages_of(one):
    """A passage for each 'sentence', here known to end in a full stop."""
    found, at = [], 0
    for part in one.text.split(". "):
        start = one.text.index(part, at)
        at = min(start + len(part) + 1, len(one.text))
        found.append(Sentence(start, at))
    return [p for s in found for p in make_passages(one, [s], size=100)]


def keys_of(parts):
    return [digest(p.text) for p in parts]


def put(ledger, *several, said=()):
    """Put articles into the ledger in one transaction; the passages of each."""
    parts = [passages_of(one) for one in several]
    with ledger.transaction() as tx:
        ledger.put(tx, [(one, its, keys_of(its)) for one, its in zip(several, parts, strict=True)])
        for one in several:
            ledger.voices.put(tx, one.id, Speech(list(said), []))
    return parts


@pytest.fixture
def ledger(tmp_path):
    opened = Ledger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


class LedgerAndDict(RuleBasedStateMachine):
    """The ledger beside a dict of articles, a set of vector keys, and a set of passage ids for each index."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = Ledger(Path(self.folder.name) / "ledger.sqlite")
        self.model = {}
        self.replaced = {}
        self.embedded = set()
        self.indexes = {name: set() for name in INDEXES}

    def teardown(self):
        for name in INDEXES:
            self.work(name, limit=10_000, strike_off=True)
            assert self.indexes[name] == self.ledger.passage_ids()
            assert self.ledger.outbox.count(name) == 0
        self.ledger.close()
        self.folder.cleanup()

    @rule(texts=st.dictionaries(st.integers(0, 3), CHOSEN, min_size=1, max_size=3))
    def put(self, texts):
        """Several articles at once, new ones and new versions mixed."""
        several = [article(number, " ".join(chosen)) for number, chosen in texts.items()]
        for one, parts in zip(several, put(self.ledger, *several, said=[SAID]), strict=True):
            if one.id in self.model:
                self.replaced.setdefault(one.id, []).append(self.model[one.id][0].content_hash)
            self.model[one.id] = (one, parts)
        self.embedded &= self.keys()

    @rule(number=st.integers(0, 3))
    def remove(self, number):
        with self.ledger.transaction() as tx:
            self.ledger.remove(tx, article(number).id)
        self.model.pop(article(number).id, None)
        self.replaced.pop(article(number).id, None)
        self.embedded &= self.keys()

    @rule(number=st.integers(0, 3))
    def fail_half_way(self, number):
        one = article(number, "Four is everywhere. One is here.")
        parts = passages_of(one)
        with pytest.raises(KeyboardInterrupt), self.ledger.transaction() as tx:
            self.ledger.put(tx, [(one, parts, keys_of(parts))])
            self.ledger.voices.put(tx, one.id, Speech([SAID], []))
            raise KeyboardInterrupt

    @rule()
    def embed(self):
        keys = sorted(self.keys())
        with self.ledger.transaction() as tx:
            self.ledger.put_vectors(tx, keys, np.ones((len(keys), 4), dtype=np.float32))
        self.embedded = set(keys)

    @rule(name=st.sampled_from(INDEXES), limit=st.integers(1, 5), strike_off=st.booleans())
    def work(self, name, limit, strike_off):
        """An index does its oldest tasks; without striking off it was killed just before, and does them again."""
        tasks = self.ledger.outbox.tasks(name, limit=limit)
        for task in tasks:
            if task.action == "add":
                self.indexes[name].add(task.passage_id)
            else:
                self.indexes[name].discard(task.passage_id)
        if strike_off:
            with self.ledger.transaction() as tx:
                self.ledger.outbox.done(tx, tasks)

    @rule(name=st.sampled_from(INDEXES))
    def lose_an_index(self, name):
        self.indexes[name] = set()
        self.ledger.outbox.start_over(name)

    @invariant()
    def the_ledger_holds_what_the_dict_holds(self):
        parts = [p for _, passages in self.model.values() for p in passages]
        assert self.ledger.counts() == {
            "articles": len(self.model),
            "passages": len(parts),
            "vectors": len(self.embedded),
            "attributions": len(self.model),
        }
        assert self.ledger.hashes(list(self.model)) == {i: one.content_hash for i, (one, _) in self.model.items()}
        assert self.ledger.passage_ids() == {p.id for p in parts}
        assert set(self.ledger.vectors(sorted(self.keys()))) == self.embedded
        located = self.ledger.passages([p.id for p in parts])
        assert [(p.id, p.text, p.article_id) for p, _ in located] == [(p.id, p.text, p.article_id) for p in parts]
        assert all(one.text[p.start : p.end] == p.text for p, one in located)
        for i in self.model:
            assert [v["content_hash"] for v in self.ledger.history(i)] == self.replaced.get(i, [])

    def keys(self):
        return {key for _, parts in self.model.values() for key in keys_of(parts)}


LedgerAndDict.TestCase.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
test_the_ledger_holds_what_a_dict_would_hold = LedgerAndDict.TestCase


def test_an_article_comes_back_as_it_was_put(ledger):
    one = article(
        1,
        "One is here. Two is “there”. \U0001f600",
        source="Wire",
        authors=("A. Writer", "B. Writer"),
        published=date(2024, 7, 10),
        updated=date(2024, 7, 12),
        language="en",
        origins={"published": "dateline"},
    )
    put(ledger, one)
    back = ledger.find(one.id)
    assert back.added is not None and back.added.tzinfo is not None
    for name in ("id", "text", "title", "url", "source", "authors", "published", "updated", "language", "origins"):
        assert getattr(back, name) == getattr(one, name)


@pytest.mark.parametrize("asked", ["id", "https://example.org/1", "http://EXAMPLE.org/1?utm_source=x#top"])
def test_an_article_is_found_by_id_and_by_any_spelling_of_its_url(ledger, asked):
    one = article(1)
    put(ledger, one)
    put(ledger, article(2))
    assert ledger.find(one.id if asked == "id" else asked).id == one.id


def test_what_is_not_there_is_not_found(ledger):
    put(ledger, article(1))
    with pytest.raises(ArticleNotFound, match=r"example\.org/9.*dateline list"):
        ledger.find("https://example.org/9")


def test_a_file_of_many_articles_does_not_stand_for_one_of_them(ledger):
    for key in "ab":
        put(ledger, Article.create("One is here.", key, path="/news/all.jsonl", key=key))
    with pytest.raises(ArchiveError, match="several articles"):
        ledger.find("/news/all.jsonl")


def test_the_newest_are_listed_first_and_those_of_unknown_date_last(ledger):
    days = {1: date(2024, 1, 1), 2: None, 3: date(2024, 3, 1)}
    for number, day in days.items():
        put(ledger, article(number, published=day))
    assert [one.title for one in ledger.listing(SearchFilter())] == ["Title 3", "Title 1", "Title 2"]
    assert [one.title for one in ledger.listing(SearchFilter(), limit=1, offset=1)] == ["Title 1"]
    assert {one.text for one in ledger.listing(SearchFilter())} == {""}


def test_outlets_are_counted_the_largest_first(ledger):
    for number, source in enumerate(["Wire", "Post", "Post", None]):
        put(ledger, article(number, source=source))
    assert ledger.sources() == [("Post", 2), ("Wire", 1)]


def test_a_passage_comes_with_the_speakers_of_its_sentences(ledger):
    put(ledger, article(1, "One is here. Two is there."), said=[SAID])
    first, second = ledger.passages_of(ledger.find(article(1).id))
    assert (first.sentences[0].speaker, first.sentences[0].speaks_for) == ("Jens Stoltenberg", "NATO")
    assert second.sentences[0].speaker is None


def test_more_ids_than_a_database_takes_at_once_are_all_looked_up(ledger):
    text = " ".join(f"Sentence {i} is here." for i in range(1200))
    [parts] = put(ledger, article(1, text))
    assert len(ledger.passages([p.id for p in parts])) == len(parts) == 1200


def test_vectors_come_back_to_within_half_precision(ledger):
    [parts] = put(ledger, article(1, "One is here. Two is there."))
    keys = keys_of(parts)
    given = np.random.default_rng(1).standard_normal((2, 8)).astype(np.float32)
    with ledger.transaction() as tx:
        ledger.put_vectors(tx, keys, given)
    found = ledger.vectors(keys)
    assert np.allclose([found[key] for key in keys], given, rtol=1e-3)


def test_a_ledger_of_another_version_is_named(tmp_path):
    path = tmp_path / "ledger.sqlite"
    first = Ledger(path)
    first.remember("schema_version", "99")
    first.close()
    with pytest.raises(SchemaMismatch, match="version 99"):
        Ledger(path)


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a database, but long enough to be read as one" * 100)
    with pytest.raises(ArchiveError, match="is not a ledger"):
        Ledger(path)
