"""Passages found by vector, by words, by both, and from within a LangChain chain."""

import asyncio
from datetime import date

import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.language_models.fake_chat_models import FakeListChatModel, ParrotFakeChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

import index.vector_index
from index.archive import Archive
from index.database import portions
from index.keywords import Keywords
from index.ledger import Ledger
from index.lock import Ownership
from index.records import Article, SearchFilter, Sentence
from index.retriever import fuse
from index.splitter import make_passages
from index.vector_index import VectorIndex
from index.vectors import ChromaVectors, ExactVectors

ANY = SearchFilter()
OUTLETS = ("Wire", "Post", None)


def located(text, title="Title", **fields):
    """A one-passage article."""
    article = Article.create(text, title, path=f"/{text}", **fields)
    (passage,) = make_passages(article, [Sentence(0, len(text))], size=100)
    return passage, article


# -- fusion


def test_fusion_scores_are_the_sums_of_reciprocal_ranks():
    assert fuse(["a", "b"], ["b", "c"], k=60) == [
        ("b", pytest.approx(1 / 62 + 1 / 61)),
        ("a", pytest.approx(1 / 61)),
        ("c", pytest.approx(1 / 62)),
    ]


def test_of_equal_scores_the_smaller_id_comes_first():
    assert [i for i, _ in fuse(["b"], ["a"])] == ["a", "b"]


def test_nothing_fused_is_nothing():
    assert fuse() == fuse([], []) == []


RANKINGS = st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), max_size=4)


@given(RANKINGS, st.randoms())
def test_fusion_keeps_every_passage_once_and_does_not_ask_which_ranking_came_first(rankings, random):
    fused = fuse(*rankings)
    assert sorted(i for i, _ in fused) == sorted({i for ranking in rankings for i in ranking})
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
    random.shuffle(rankings)
    assert dict(fuse(*rankings)) == pytest.approx(dict(fused))


@given(st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_one_ranking_alone_keeps_its_order(ranking):
    assert [i for i, _ in fuse(ranking)] == ranking


# -- by vector: the same facts of the index and of the ledger's own vectors

POINTS = 120


@pytest.fixture(scope="module")
def points():
    random = np.random.default_rng(5)
    vectors = random.standard_normal((POINTS, 24)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = [
        located(f"Text {i}.", source=OUTLETS[i % 3], published=date(2024, 1, 1 + i % 28) if i % 4 else None)
        for i in range(POINTS)
    ]
    return found, vectors


@pytest.fixture(scope="module")
def ledger_of_points(points, tmp_path_factory):
    ledger = Ledger(tmp_path_factory.mktemp("ledger") / "ledger.sqlite")
    with ledger.transaction() as tx:
        for passage, article in points[0]:
            ledger.put(tx, [(article, [passage], [passage.id])])
        ledger.put_vectors(tx, [passage.id for passage, _ in points[0]], points[1])
    yield ledger
    ledger.close()


@pytest.fixture(scope="module", params=["shards", "one shard", "shards of which too few pass", "exact"])
def by_vector(request, points, ledger_of_points, tmp_path_factory):
    if request.param == "exact":
        yield ExactVectors(ledger_of_points)
        return
    folder = tmp_path_factory.mktemp("chroma")
    vectors = VectorIndex(folder / "vectors", ledger_of_points, Ownership(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.vector_index, "FEW_ARTICLES", -1)
        patch.setattr(index.vector_index, "SHARD", POINTS if request.param == "one shard" else POINTS // 4)
        if "few" in request.param:
            patch.setattr(index.vector_index, "WIDE", 6)
        else:
            patch.setattr(vectors, "_exact", None)
        for some in portions(zip(*points, strict=True), 10):
            vectors.write([], {passage.id: vector for (passage, _), vector in some}, [])
        with ledger_of_points.transaction() as tx:
            ledger_of_points.outbox.done(tx, ledger_of_points.outbox.tasks("vectors", limit=POINTS))
        assert vectors.finish() and vectors.prepare()
        yield vectors
    vectors.close()
    with ledger_of_points.transaction() as tx:
        ledger_of_points.shards.start_over_all(tx)


FILTERS = {
    "no filter": (ANY, lambda article: True),
    "outlet": (SearchFilter(sources=("Wire",)), lambda a: a.source == "Wire"),
    "from": (SearchFilter(published_from=date(2024, 1, 15)), lambda a: a.published and a.published.day >= 15),
    "to": (SearchFilter(published_to=date(2024, 1, 15)), lambda a: a.published and a.published.day <= 15),
    "outlets and days": (
        SearchFilter(date(2024, 1, 5), date(2024, 1, 20), ("Wire", "Post")),
        lambda a: a.source and a.published and 5 <= a.published.day <= 20,
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_the_nearest_passages_that_pass_the_filter_are_found_in_order(by_vector, points, name):
    only, passes = FILTERS[name]
    found, vectors = points
    for question in vectors[:5]:
        cosines = {p.id: float(v @ question) for (p, a), v in zip(found, vectors, strict=True) if passes(a)}
        best = sorted(cosines, key=lambda i: -cosines[i])[:8]
        hits = by_vector.search(question, 8, only)
        assert [i for i, _ in hits] == best
        assert [score for _, score in hits] == pytest.approx([cosines[i] for i in best], abs=2e-3)


def test_named_articles_alone_are_found(by_vector, points):
    chosen = [article.id for _, article in points[0][:3]]
    hits = by_vector.search(points[1][50], 10, SearchFilter(article_ids=tuple(chosen)))
    assert {i for i, _ in hits} == {passage.id for passage, _ in points[0][:3]}


def test_a_filter_that_nothing_passes_finds_nothing(by_vector, points):
    assert by_vector.search(points[1][0], 5, SearchFilter(sources=("Gazette",))) == []


def test_asking_for_more_than_there_is_gives_all(by_vector, points):
    assert len(by_vector.search(points[1][0], 10 * POINTS, ANY)) == POINTS


@pytest.fixture
def chroma(tmp_path):
    index = ChromaVectors(tmp_path / "vectors")
    yield index
    index.close()


def test_a_vector_applied_again_replaces_the_earlier(chroma):
    east, north = np.eye(2, dtype=np.float32)
    chroma.apply([], {"one": east})
    chroma.apply([], {"one": north})
    assert chroma.ids() == {"one"}
    assert chroma.nearest(north, 1) == [("one", pytest.approx(1))]


def test_a_deleted_passage_is_not_found_and_deleting_what_is_not_there_is_harmless(chroma):
    east, north = np.eye(2, dtype=np.float32)
    chroma.apply([], {"one": east, "two": north})
    chroma.apply(["one", "unknown"], {})
    assert [i for i, _ in chroma.nearest(east, 5)] == ["two"]


# -- by words


@pytest.fixture
def words(tmp_path):
    return Keywords(tmp_path / "words")


def found(words, question, k=10, only=ANY):
    return [i for i, _ in words.search(question, k, only)]


@pytest.mark.parametrize(
    "question",
    ["missile", "MISSILES", "Zürich", "zurich", "What about the missiles?"],
    ids=lambda q: q.replace(" ", "_"),
)
def test_words_are_found_in_any_form_case_and_accent(words, question):
    one, other = located("The missiles were seen near Zürich."), located("Bread is dear.")
    words.apply([], [one, other])
    assert found(words, question) == [one[0].id]


@pytest.mark.parametrize("question", ["", "the of and", "?!", "\x00", "AND OR NOT", '"', "text:(", "zeppelin"])
def test_a_question_without_a_word_that_counts_finds_nothing_and_harms_nothing(words, question):
    words.apply([], [located("The missiles were seen.")])
    assert found(words, question) == []


def test_a_rare_word_counts_more_than_a_common_one(words):
    many = [located(f"The council met again, {i}.") for i in range(10)]
    rare = located("The zeppelin flew away.")
    words.apply([], [*many, rare])
    assert found(words, "council zeppelin")[0] == rare[0].id


def test_a_title_is_searched_and_counts_less_than_the_text(words):
    titled, said = (
        located("Nothing more is known.", "Zeppelin sighted"),
        located("A zeppelin was sighted.", "Other news"),
    )
    words.apply([], [titled, said])
    assert found(words, "zeppelin") == [said[0].id, titled[0].id]


def test_a_filter_chooses_passages_and_does_not_change_their_scores(words):
    wire = located("Zeppelin over town.", source="Wire", published=date(2024, 1, 2))
    post = located("Zeppelin over the old harbour and the sea.", source="Post", published=date(2024, 1, 3))
    undated = located("Zeppelin lands.", source="Wire")
    words.apply([], [wire, post, undated])
    scores = dict(words.search("zeppelin", 9, ANY))
    assert set(scores) == {wire[0].id, post[0].id, undated[0].id}
    for only, expected in (
        (SearchFilter(sources=("Wire",)), [wire, undated]),
        (SearchFilter(published_from=date(2024, 1, 2)), [wire, post]),
        (SearchFilter(published_to=date(2024, 1, 2)), [wire]),
        (SearchFilter(published_from=date(2024, 1, 3), sources=("Wire",)), []),
        (SearchFilter(article_ids=(post[1].id,)), [post]),
    ):
        assert dict(words.search("zeppelin", 9, only)) == {p.id: pytest.approx(scores[p.id]) for p, _ in expected}


def test_words_applied_twice_are_kept_once_deleted_ones_go_and_cleared_all_go(words):
    one, other = located("One zeppelin."), located("Another zeppelin.")
    words.apply([], [one, other])
    words.apply([], [one])
    assert sorted(found(words, "zeppelin")) == sorted([one[0].id, other[0].id])
    words.apply([one[0].id, "unknown"], [])
    assert found(words, "zeppelin") == [other[0].id]
    assert words.ids() == {other[0].id}
    words.clear()
    assert (words.ids(), found(words, "zeppelin")) == (set(), [])


def test_equal_scores_are_ordered_by_id(words):
    twins = [located("A zeppelin.", source=str(i)) for i in range(3)]
    words.apply([], twins[::-1])
    assert found(words, "zeppelin") == sorted(p.id for p, _ in twins)


def test_another_reader_sees_what_was_committed(words, tmp_path):
    reader = Keywords(tmp_path / "words")
    assert found(reader, "zeppelin") == []
    words.apply([], [located("A zeppelin.")])
    assert len(found(reader, "zeppelin")) == 1


# -- within LangChain

SENTENCE = "NATO leaders urged Iran on Wednesday to stop sending missiles to Russia."


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("chain") / "news.dateline") as one:
        one.embedder = FakeEmbedder()
        one.add_articles(
            [
                Article.create(
                    f"{SENTENCE} They met in Washington.",
                    "NATO summit",
                    url="https://example.org/summit",
                    source="Wire",
                    published=date(2024, 7, 10),
                ),
                Article.create("A loaf of bread now costs three crowns.", "Bread", path="/bread.txt", source="Post"),
            ]
        )
        yield one


def chain(archive, model, **options):
    prompt = ChatPromptTemplate.from_messages(
        [("system", "Answer from the passages."), ("human", "{passages}\n\nQuestion: {question}")]
    )
    passages = archive.as_retriever(**options) | RunnableLambda(
        lambda found: "\n".join(f"[{n}] {d.page_content} ({d.metadata['source']})" for n, d in enumerate(found, 1))
    )
    return {"passages": passages, "question": RunnablePassthrough()} | prompt | model | StrOutputParser()


def test_a_document_carries_where_its_words_stand(archive):
    found = archive.as_retriever(k=1).invoke("NATO Iran missiles")
    (document,) = found
    article = archive.article(document.metadata["article_id"])
    assert article.text[document.metadata["start"] : document.metadata["end"]] == document.page_content
    assert document.id == archive.search("NATO Iran missiles", 1)[0].passage.id
    known = {key: document.metadata[key] for key in ("title", "url", "path", "source", "published")}
    assert known == {
        "title": "NATO summit",
        "url": "https://example.org/summit",
        "path": None,
        "source": "Wire",
        "published": "2024-07-10",
    }


def test_in_a_chain_the_passages_reach_the_model(archive):
    shown = chain(archive, ParrotFakeChatModel(), k=1).invoke("What did NATO say about Iran missiles?")
    assert shown == f"[1] {SENTENCE} They met in Washington. (Wire)\n\nQuestion: What did NATO say about Iran missiles?"


def test_a_chain_gives_the_models_answer_whole_streamed_and_in_batches(archive):
    answering = chain(archive, FakeListChatModel(responses=["They urged it [1]."] * 4))
    assert answering.invoke("NATO and Iran?") == "They urged it [1]."
    assert "".join(answering.stream("NATO and Iran?")) == "They urged it [1]."
    assert answering.batch(["NATO?", "Bread?"]) == ["They urged it [1]."] * 2


def test_a_retriever_keeps_to_its_filter_and_number(archive):
    only = SearchFilter(sources=("Post",))
    assert [d.metadata["title"] for d in archive.as_retriever(k=5, only=only).invoke("NATO Iran")] == ["Bread"]
    assert len(archive.as_retriever(k=2).invoke("NATO bread")) == 2


def test_a_retriever_can_be_awaited(archive):
    retriever = archive.as_retriever(k=2)
    assert asyncio.run(retriever.ainvoke("NATO bread")) == retriever.invoke("NATO bread")
