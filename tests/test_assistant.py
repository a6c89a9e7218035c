"""The assistant over the sample articles, with its real parts."""

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from langchain_core.language_models import FakeListChatModel

from assistant import Assistant, Settings
from assistant.chat_model import ChatModel
from assistant.settings import ChatSettings, from_env
from index.records import Article, SearchFilter
from index.sources import read

IRAN = "What did NATO say about Iran?"
GOLD = [
    json.loads(line)
    for line in Path(__file__).with_name("samples-gold.jsonl").read_text("utf-8").split("\n")
    if line.strip()
]


class Remembering:
    """The real embedder, asked for each text once: the gold questions read the same sentences again and again."""

    def __init__(self, embedder):
        self.name, self.dimension = embedder.name, embedder.dimension
        self._embed, self._known = embedder.embed, {}

    def embed(self, texts):
        fresh = list(dict.fromkeys(t for t in texts if t not in self._known))
        self._known.update(zip(fresh, self._embed(fresh), strict=True))
        return np.array([self._known[t] for t in texts], dtype=np.float32).reshape(-1, self.dimension)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    with Assistant.open(tmp_path_factory.mktemp("samples") / "a") as opened:
        opened.archive.embedder = Remembering(embedder)
        report = opened.add(Assistant.samples())
        assert report.added >= 30
        assert report.failures == ()
        yield opened


@pytest.fixture(scope="module")
def texts():
    """The samples as they are on the disk, read apart from the archive."""
    return {a.id: a.text for a in read(Assistant.samples()) if isinstance(a, Article)}


def test_what_nato_said_about_iran(assistant):
    answer = assistant.ask(IRAN)
    assert answer.answered
    statements = {s.text: s.citations for s in answer.statements}
    missiles = next(t for t in statements if "Iranian ballistic missiles" in t and "a substantial escalation" in t)
    fuelling = next(t for t in statements if "Russia’s war of aggression" in t or "Russia's war of aggression" in t)
    for text in (missiles, fuelling):
        assert text in answer.text
        assert statements[text]
    assert set(re.findall(r"\[(\d+)\]", answer.text)) == {str(c.number) for c in answer.citations}
    assert {c.speaker for c in answer.citations} == {"NATO leaders"}
    assert "space" not in answer.text


def test_a_question_that_asks_several_is_answered_part_by_part_and_what_is_left_open_is_said(assistant):
    both = "What did NATO say about Iran, and what about China?"
    answer = assistant.ask(both)
    quotes = " ".join(c.quote for c in answer.citations)
    assert "Iran" in quotes
    assert "decisive enabler" in quotes or "China" in quotes
    assert not answer.notes
    half = assistant.ask("What did NATO say about Iran, and what about Brazil?")
    assert half.answered
    assert any("What did NATO say about Brazil?" in note for note in half.notes)
    assert not assistant.ask("What did NATO say about Brazil, and what about Peru?").answered


def test_what_is_told_before_a_question_answers_nothing(assistant):
    asked = assistant.understand("NATO leaders met in Washington in July. What did NATO say about Iran?")
    assert (asked.speakers, asked.focus) == (("NATO",), "What did NATO say about Iran?")
    assert {c.speaker for c in assistant.ask(asked.text).citations} == {"NATO leaders"}


def test_what_nato_did_not_say_is_declined_with_near_misses(assistant):
    answer = assistant.ask("What did NATO say about Brazil?")
    assert not answer.answered
    assert answer.text.startswith("The articles do not say.")
    assert "Brazil" in answer.text
    assert 1 <= len(answer.near_misses) <= Settings().near_misses
    assert answer.citations == answer.statements == ()


def test_passages_are_ranked_as_near_misses_are_shown_and_what_was_not_read_comes_last(assistant):
    asked = assistant.understand("What did NATO say about Brazil?")
    ranked = assistant.ranked(asked, SearchFilter(), most=20)
    assert len({p.id for p in ranked}) == len(ranked) == 20
    misses = assistant.ask(asked.text).near_misses
    assert [p.article_id for p in ranked[: len(misses)]] == [miss.article.id for miss in misses]
    assert all(p.start <= miss.start < miss.end <= p.end for p, miss in zip(ranked, misses, strict=False))
    read = {hit.passage.id for hit in assistant.hits(asked, SearchFilter())}
    assert not read & {p.id for p in ranked[len(read) :]}


def test_a_follow_up_is_answered_from_what_was_asked_before(assistant):
    answer = assistant.ask("And about North Korea?", [IRAN])
    assert answer.question == "And about North Korea?"
    assert answer.standalone_question == "What did NATO say about North Korea?"
    assert answer.answered
    assert any("North Korea" in c.quote for c in answer.citations)


def test_the_stream_grows_and_ends_in_what_ask_gives(assistant):
    parts = list(assistant.stream(IRAN))
    assert parts[-1] == assistant.ask(IRAN)
    sizes = [len(part.statements) for part in parts]
    assert sizes == sorted(set(sizes))
    for earlier, later in pairwise(parts):
        assert {s.text for s in earlier.statements} < {s.text for s in later.statements}


def test_every_quote_of_every_gold_question_stands_in_its_source(assistant, texts):
    answered = 0
    for row in GOLD:
        answer = assistant.ask(row["question"], row["history"])
        answered += answer.answered
        assert answer.answered == bool(answer.citations)
        for c in (*answer.citations, *answer.near_misses):
            assert texts[c.article.id][c.start : c.end] == c.quote
        for s in answer.statements:
            assert f"{s.text} [{s.citations[0]}]" in answer.text
    assert answered >= len(GOLD) / 3


def test_of_two_tolls_the_newer_is_told_first_and_the_answer_says_that_they_differ(tmp_path, embedder):
    told = "people were killed when the dam at Orvik broke, the police said in the town."
    articles = [
        Article.create(f"At least {n} {told}", f"The dam at Orvik ({day})", source=outlet, published=day, url=outlet)
        for n, outlet, day in ((12, "Post", date(2024, 5, 6)), (19, "Wire", date(2024, 5, 7)))
    ]
    with Assistant.open(tmp_path / "a") as opened:
        opened.archive.embedder = embedder
        opened.archive.add_articles(articles)
        for asked in (
            "How many people were killed when the dam at Orvik broke?",
            "How many people were killed when the dam at Orvik broke, and who says so?",
        ):
            answer = opened.ask(asked)
            assert [c.quote[:11] for c in answer.citations] == ["At least 19", "At least 12"]
            assert any("different numbers" in note for note in answer.notes)


def test_an_outlet_restricts_the_citations(assistant):
    answer = assistant.ask(IRAN, only=SearchFilter(sources=("The Brennick Post",)))
    assert answer.answered
    assert {c.article.source for c in answer.citations} == {"The Brennick Post"}


def test_dates_restrict_the_citations(assistant):
    days = {c.article.published for c in assistant.ask(IRAN).citations}
    assert date(2024, 7, 10) in days
    answer = assistant.ask(IRAN, only=SearchFilter(published_from=date(2024, 7, 11), published_to=date(2024, 7, 11)))
    assert answer.answered
    assert answer.as_of.oldest == answer.as_of.newest == date(2024, 7, 11)


def test_a_filter_with_nothing_inside_says_so(assistant):
    answer = assistant.ask(IRAN, only=SearchFilter(published_to=date(1999, 1, 1)))
    assert not answer.answered
    assert answer.near_misses == ()
    assert any("chosen dates and outlets" in note for note in answer.notes)


@pytest.mark.parametrize("empty", ["", "  \n "], ids=["nothing", "white space"])
def test_an_empty_question_is_an_error(assistant, empty):
    with pytest.raises(ValueError, match="empty"):
        assistant.ask(empty)


def test_an_empty_archive_says_what_to_do_first(tmp_path, embedder):
    with Assistant.open(tmp_path / "a") as fresh:
        fresh.archive.embedder = embedder
        answer = fresh.ask(IRAN)
    assert not answer.answered
    assert any("dateline add" in note for note in answer.notes)


@pytest.mark.parametrize("name", ["passages", "statements", "near_misses"])
def test_a_number_below_one_is_refused(name):
    with pytest.raises(ValueError, match=name):
        Settings(**{name: 0})


def test_the_environment_sets_folder_model_and_numbers():
    folder, settings = from_env(
        {
            "DATELINE_INDEX": "here",
            "DATELINE_EMBEDDING_MODEL": "m",
            "DATELINE_PASSAGES": "5",
            "DATELINE_STATEMENTS": "2",
            "HOME": "x",
        }
    )
    assert (folder, settings.index.embedding_model, settings.passages, settings.statements) == ("here", "m", 5, 2)
    assert from_env({}) == ("news.dateline", Settings())


def test_the_environment_sets_the_chat_model_and_its_limits():
    _, settings = from_env(
        {
            "DATELINE_CHAT_MODEL": "openai:m",
            "DATELINE_CHAT_BASE_URL": "http://127.0.0.1:1/v1",
            "DATELINE_CHAT_SECONDS": "9",
            "DATELINE_CHAT_TOKENS": "70",
            "DATELINE_CHAT_CACHE": "kept",
            "OPENAI_API_KEY": "secret",
        }
    )
    chat = settings.chat
    assert (chat.model, chat.base_url, chat.seconds, chat.tokens) == ("openai:m", "http://127.0.0.1:1/v1", 9, 70)
    assert (chat.cache, chat.key) == ("kept", "secret")
    assert "secret" not in repr(settings)


def test_a_chat_model_writes_when_there_is_one_and_nobody_wants_the_articles_words(assistant):
    draft = "NATO leaders said that any delivery of Iranian ballistic missiles to Russia would be a grave mistake [1]."
    model = FakeListChatModel(responses=[draft.replace("a grave mistake", "“a substantial escalation”")])
    writing = Assistant(assistant.archive, assistant.settings, assistant.reader, ChatModel(model, ChatSettings("a:b")))
    written = writing.ask(IRAN)
    assert written.written_by == "a:b"
    assert "“a substantial escalation”" in written.text
    assert written.citations[0].quote in written.citations[0].article.text
    assert writing.ask(IRAN, written=False) == assistant.ask(IRAN)
    assert not writing.ask("What did Brazil say about Iran?").answered


def test_a_follow_up_means_what_the_archive_has_for_a_name_also_where_a_chat_model_writes(assistant):
    useless = ChatModel(FakeListChatModel(responses=["I cannot help with that."]), ChatSettings("a:b"))
    writing = Assistant(assistant.archive, assistant.settings, assistant.reader, useless)
    asked = writing.understand("What did they say about Iran?", ["Munitions and NATO: who warned?"], written=True)
    assert asked.text == "What did NATO say about Iran?"


def test_written_without_a_chat_model_is_refused(assistant):
    with pytest.raises(ValueError, match="DATELINE_CHAT_MODEL"):
        assistant.ask(IRAN, written=True)


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"DATELINE_PASAGES": "5"}, "DATELINE_PASAGES"),
        ({"DATELINE_PASSAGES": "many"}, "DATELINE_PASSAGES"),
        ({"DATELINE_STATEMENTS": "-1"}, "DATELINE_STATEMENTS"),
    ],
    ids=["unknown", "no number", "negative"],
)
def test_a_wrong_variable_is_named(environ, named):
    with pytest.raises(ValueError, match=named):
        from_env(environ)
