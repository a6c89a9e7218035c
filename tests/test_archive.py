"""The archive with its real parts: Chroma, tantivy, SQLite, MiniLM."""

from datetime import date
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder, NoEmbedder
from made_archive import ARTICLES, CHANGED, SUMMIT, everywhere, opened, texts

import index.archive
import index.vector_index
from index.archive import Archive
from index.errors import ArchiveError, ArticleNotFound, ModelMismatch
from index.records import Article, Failure, SearchFilter
from index.settings import PACKAGED_MODEL, IndexSettings

ROOT = Path(__file__).parents[1]


@pytest.fixture
def archive(tmp_path, embedder):
    with opened(tmp_path / "news.dateline", embedder) as one:
        one.add_articles(ARTICLES)
        yield one


# -- in and out


def test_a_word_is_a_name_unless_the_articles_have_it_in_small_letters(tmp_path):
    text = (
        "Heavy rain fell. The rain was heavy in Arden. Arden had heavy losses for us. Oranges cost more than in Orange."
    )
    with opened(tmp_path / "a", FakeEmbedder()) as archive:
        archive.add_articles([Article.create(text, "Rain")])
        words = {"Heavy": False, "Arden": True, "Orange": True, "Zenda": True, "US": True}
        assert {word: archive.is_name(word) for word in words} == words


def test_articles_added_twice_are_kept_once(archive):
    before = archive.counts(), everywhere(archive)
    report = archive.add_articles(ARTICLES)
    assert (report.added, report.updated, report.unchanged, report.failed) == (0, 0, len(ARTICLES), 0)
    assert (archive.counts(), everywhere(archive)) == before
    assert before[0]["articles"] == len(ARTICLES)


def test_the_same_article_twice_in_one_batch_is_kept_once(tmp_path):
    with opened(tmp_path / "a", FakeEmbedder()) as archive:
        report = archive.add_articles([ARTICLES[0], ARTICLES[0]])
        assert (report.added, report.unchanged, archive.counts()["articles"]) == (1, 1, 1)


def test_a_question_in_other_words_finds_its_passage_first(archive):
    assert "price of bread" in archive.search("How expensive is food?", 1)[0].passage.text
    assert "North Korea" not in archive.search("What did the alliance ask of Tehran?", 1)[0].passage.text


def test_a_hit_is_the_articles_own_words_with_its_outlet_and_dates(archive):
    hit = archive.search("NATO Iran missiles", 1)[0]
    assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
    assert (hit.article.url, hit.article.source, hit.article.published) == (SUMMIT, "Northern Wire", date(2024, 7, 10))
    assert hit.article.added is not None and hit.article.updated is None
    assert 0.3 < hit.similarity <= 1.001


def test_changed_text_under_the_same_url_replaces_the_earlier_version(archive):
    old = {p.id for p in archive.passages_of(archive.article(SUMMIT))}
    added = archive.article(SUMMIT).added
    report = archive.add_articles([CHANGED])
    assert (report.added, report.updated, report.unchanged) == (0, 1, 0)
    new = {p.id for p in archive.passages_of(archive.article(SUMMIT))}
    for ids in everywhere(archive):
        assert new <= ids and not old & ids
    assert all("Iran" not in text for text in texts(archive.search("Iran missiles to Russia", 20)))
    assert archive.article(SUMMIT).text == CHANGED.text
    (earlier,) = archive.history(CHANGED.id)
    assert earlier["content_hash"] == ARTICLES[0].content_hash
    assert (earlier["published"], earlier["added"]) == (date(2024, 7, 10), added.replace(tzinfo=None))
    assert earlier["replaced"] == archive.article(SUMMIT).added.replace(tzinfo=None)
    assert archive.verify() == []


def test_a_file_saved_again_with_another_text_is_an_update(tmp_path, embedder):
    file = tmp_path / "bridge.txt"
    with opened(tmp_path / "a", embedder) as archive:
        file.write_text("Bridge closed\n\nEngineers found cracks in the bridge.", "utf-8")
        assert archive.add(file).added == 1
        file.write_text("Bridge open\n\nThe cracks in the bridge were mended.", "utf-8")
        assert archive.add(file).updated == 1
        assert archive.counts()["articles"] == 1
        assert all("Engineers" not in text for text in texts(archive.search("engineers bridge", 10)))
        assert "mended" in archive.article(str(file)).text


def test_an_article_that_returns_to_an_earlier_text_is_found_again(archive):
    first = everywhere(archive)
    archive.add_articles([CHANGED])
    assert archive.add_articles([ARTICLES[0]]).updated == 1
    assert everywhere(archive) == first
    assert len(archive.history(CHANGED.id)) == 2


def test_unchanged_passages_of_a_changed_article_are_not_embedded_again(tmp_path):
    fake = FakeEmbedder()
    parts = [
        f"Paragraph {i} of the report tells of a matter that has nothing to do with the others at all."
        for i in range(6)
    ]
    text = "\n\n".join(parts)
    with opened(tmp_path / "a", fake, passage_chars=100) as archive:
        archive.add_articles([Article.create(text, "Report", url=SUMMIT)])
        assert sorted(fake.texts) == sorted(["Report", *parts])
        fake.texts.clear()
        archive.add_articles([Article.create(text.replace("Paragraph 3", "Chapter 3"), "Report", url=SUMMIT)])
        assert sorted(t[:9] for t in fake.texts) == ["Chapter 3", "Report"]
        assert archive.verify() == []


def test_all_is_found_by_its_words_before_the_vector_index_is_opened(tmp_path, monkeypatch):
    found, open_it = [], index.vector_index.ChromaVectors

    def look(*args, **kwargs):
        found.append(archive._words.ids())
        return open_it(*args, **kwargs)

    monkeypatch.setattr(index.vector_index, "ChromaVectors", look)
    with opened(tmp_path / "a", FakeEmbedder()) as archive:
        archive.add_articles(ARTICLES)
        assert found == [archive._ledger.passage_ids()]


def test_a_text_or_title_that_several_passages_have_is_embedded_once(tmp_path):
    wire = "The tug Selma pulled the ferry off the sand on Monday. Nobody was hurt, the harbour said."
    copies = [
        Article.create(wire, title, url=f"https://example.com/{n}")
        for n, title in enumerate(("Ferry freed", "Tug frees ferry", "Ferry freed"))
    ]
    embedder = FakeEmbedder()
    with opened(tmp_path / "a", embedder) as archive:
        archive.add_articles(copies)
        assert sorted(embedder.texts) == sorted({wire, "Ferry freed", "Tug frees ferry"})
        assert archive.counts()["passages"] == 3


def test_a_removed_article_is_nowhere_and_can_be_added_again(archive):
    gone = {p.id for p in archive.passages_of(archive.article(SUMMIT))}
    assert [one.id for one in archive.remove([SUMMIT])] == [ARTICLES[0].id]
    for ids in everywhere(archive):
        assert not gone & ids
    assert all(hit.article.url != SUMMIT for hit in archive.search("NATO Iran missiles", 20))
    with pytest.raises(ArticleNotFound):
        archive.article(SUMMIT)
    assert archive.history(ARTICLES[0].id) == []
    assert archive.add_articles([ARTICLES[0]]).added == 1
    assert archive.search("NATO Iran missiles", 1)[0].article.url == SUMMIT
    assert archive.verify() == []


def test_when_one_of_several_is_not_there_none_is_removed(archive):
    with pytest.raises(ArticleNotFound, match="nowhere"):
        archive.remove([SUMMIT, "https://example.org/nowhere"])
    assert archive.counts()["articles"] == len(ARTICLES)


def test_one_broken_file_does_not_stop_the_others(tmp_path, embedder):
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("Bread dearer\n\nThe price of bread rose.", "utf-8")
    (news / "b.pdf").write_bytes(b"%PDF-1.7 and then nothing that belongs into one")
    (news / "c.txt").write_text("Bridge closed\n\nEngineers found cracks in the bridge.", "utf-8")
    with opened(tmp_path / "a", embedder) as archive:
        report = archive.add(news)
        assert (report.added, report.failed) == (2, 1)
        assert "b.pdf" in report.failures[0].where
        assert report.failures[0].reason and report.failures[0].remedy
        assert archive.search("bridge cracks", 1)[0].article.title == "Bridge closed"


def test_failures_among_articles_are_reported_and_the_rest_added(tmp_path):
    failure = Failure("there", "is broken", "mend it")
    with opened(tmp_path / "a", FakeEmbedder()) as archive:
        report = archive.add_articles([ARTICLES[0], failure, ARTICLES[1]])
        assert (report.added, report.failures) == (2, (failure,))
        assert set(report.article_ids) == {ARTICLES[0].id, ARTICLES[1].id}


def test_an_empty_archive_finds_nothing_and_is_whole(tmp_path):
    with opened(tmp_path / "a", NoEmbedder()) as archive:
        assert archive.search("anything") == []
        assert archive.verify() == []
        assert set(archive.counts().values()) == {0}


def test_an_article_without_words_is_kept_and_harms_nothing(tmp_path):
    with opened(tmp_path / "a", FakeEmbedder()) as archive:
        assert archive.add_articles([Article.create(" \n ", "Empty", path="/e"), ARTICLES[0]]).added == 2
        assert archive.search("NATO", 1)[0].article.id == ARTICLES[0].id
        assert archive.verify() == []


# -- filters and order


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (SearchFilter(published_from=date(2024, 7, 12)), {1, 3}),
        (SearchFilter(published_to=date(2024, 7, 12)), {0, 1}),
        (SearchFilter(published_from=date(2024, 7, 12), published_to=date(2024, 7, 12)), {1}),
        (SearchFilter(published_from=date(2025, 1, 1)), set()),
        (SearchFilter(sources=("Harbour Post",)), {1, 2}),
        (SearchFilter(sources=("Harbour Post", "Northern Wire")), {0, 1, 2, 3}),
        (SearchFilter(sources=("harbour",)), set()),
        (SearchFilter(article_ids=(ARTICLES[2].id, ARTICLES[3].id)), {2, 3}),
        (SearchFilter(sources=("Harbour Post",), published_to=date(2024, 12, 31)), {1}),
    ],
    ids=[
        "from",
        "to",
        "one day",
        "later than all",
        "outlet",
        "two outlets",
        "half a name",
        "articles",
        "outlet and date",
    ],
)
@pytest.mark.parametrize("few", [0, 100])
def test_a_filter_lets_through_what_it_says_and_no_unknown_date(_searched, monkeypatch, only, expected, few):
    monkeypatch.setattr(index.vector_index, "FEW_ARTICLES", few)
    question = "NATO bread bridge cup"
    assert {hit.article.id for hit in _searched.search(question, 20, only)} == {ARTICLES[i].id for i in expected}
    assert {one.id for one in _searched.listing(only)} == {ARTICLES[i].id for i in expected}


@pytest.fixture(scope="module")
def _searched(tmp_path_factory, embedder):
    with opened(tmp_path_factory.mktemp("searched") / "a", embedder) as one:
        one.add_articles(ARTICLES)
        yield one


def test_the_order_of_hits_is_stable_whatever_the_order_of_adding(_searched, tmp_path, embedder):
    with opened(tmp_path / "b", embedder) as other:
        other.add_articles(ARTICLES[::-1])
        for question in ("NATO bread bridge cup", "What happened in Washington?", "the"):
            first = [h.passage.id for h in _searched.search(question, 20)]
            assert first == [h.passage.id for h in _searched.search(question, 20)]
            assert first == [h.passage.id for h in other.search(question, 20)]


def test_fewer_hits_are_the_beginning_of_more(_searched):
    more = [h.passage.id for h in _searched.search("NATO bread bridge cup", 4)]
    assert [h.passage.id for h in _searched.search("NATO bread bridge cup", 2)] == more[:2]
    assert len(more) == 4


def test_less_than_one_hit_cannot_be_asked_for(_searched):
    with pytest.raises(ValueError, match="at least one"):
        _searched.search("bread", 0)


# -- opening


def test_another_embedding_model_is_refused_and_both_are_named(folder):
    with pytest.raises(ModelMismatch) as caught:
        Archive.open(folder, IndexSettings(embedding_model="another-model"))
    assert "fake-words" in str(caught.value) and "another-model" in str(caught.value)


def test_an_archive_opens_with_the_model_it_was_embedded_with_and_a_new_one_with_the_packaged(folder, tmp_path):
    with Archive.open(folder) as archive:
        assert archive.embedder.name == "fake-words"
    with Archive.open(tmp_path / "new") as archive:
        assert archive.embedder.name == PACKAGED_MODEL


def test_an_archive_can_be_embedded_anew_with_another_model(folder):
    other = FakeEmbedder("another-model")
    with Archive.open(folder, IndexSettings(embedding_model="another-model"), new_model=True) as archive:
        archive.embedder = other
        archive.repair(embed=True)
        assert archive.counts()["vectors"] == archive.counts()["passages"]
        assert {article.title for article in archive.listing()} < set(other.texts)
        assert archive.verify() == []
    with Archive.open(folder) as archive:
        assert archive.embedder.name == "another-model"


def test_a_file_is_no_archive(tmp_path):
    (tmp_path / "news.txt").write_text("The bridge was closed.", "utf-8")
    with pytest.raises(ArchiveError, match=r"news\.txt is a file"):
        Archive.open(tmp_path / "news.txt")


def test_a_folder_of_other_things_is_no_archive_and_is_left_alone(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("Dear", "utf-8")
    with pytest.raises(ArchiveError, match="letters holds other things"):
        Archive.open(tmp_path / "letters")
    assert [p.name for p in (tmp_path / "letters").iterdir()] == ["one.txt"]


def test_what_was_added_is_there_when_opened_again(folder):
    with opened(folder, FakeEmbedder()) as archive:
        assert archive.counts()["articles"] == len(ARTICLES)
        assert archive.search("NATO Iran missiles", 1)[0].article.url == SUMMIT
        assert archive.add_articles(ARTICLES).unchanged == len(ARTICLES)
        assert archive.embedder.texts == ["NATO Iran missiles"]


def test_an_article_that_cannot_be_stored_is_reported_and_does_not_stop_the_others(tmp_path):
    text = "The ferry sails again on Monday, the harbour office said."
    whole = Article.create(text, "Ferry sails again", url="https://example.com/1")
    half = Article.create("A broken \ud800 character.", "Broken", url="https://example.com/2")
    with Archive.open(tmp_path / "a.dateline") as archive:
        archive.embedder = FakeEmbedder()
        report = archive.add_articles([half, whole])
        assert (report.added, report.failed) == (1, 1)
        assert report.failures[0].where == "https://example.com/2"
        assert [a.title for a in archive.listing()] == ["Ferry sails again"]


def test_what_is_read_is_found_by_its_words_before_who_speaks_is_read(tmp_path):
    with opened(tmp_path / "a", FakeEmbedder()) as archive:
        seen = []

        def look(stage, done, total):
            found = archive._words.search("Iran missiles", 1, SearchFilter())
            seen.append((stage, bool(found), archive.unheard()))

        archive.add_articles(ARTICLES, progress=look)
        assert [one for one in seen if one[0] == "reading"][-1] == ("reading", True, len(ARTICLES))
        assert ("attributing", True, 0) in seen
        assert archive.unheard() == 0
