"""Conversations on disk: what is kept, what is found again, and what is shown when articles or the record changed."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from fake_embedder import FakeEmbedder
from made_archive import ARTICLES, CHANGED, opened

from assistant.answer import Answer, BrokenPromise, Citation, Statement
from assistant.conversations import DAMAGED, NAME_CHARS, Conversations, UnseenQuestions
from assistant.kept import KeptAnswer, KeptCitation
from index import ArticleNotFound, SearchFilter

SUMMIT = ARTICLES[0]
QUOTE = "NATO leaders urged Iran on Wednesday to stop sending missiles to Russia."
ANYTHING = SearchFilter()


def answer(made=SUMMIT, quote=QUOTE, **given):
    start = made.text.index(quote)
    cited = Citation(1, made, start, start + len(quote), quote, "NATO leaders", "NATO")
    asked = {"question": "What did NATO say?", "standalone_question": "What did NATO say?", "answered": True}
    told = asked | {"text": f"{quote} [1]", "statements": (Statement(quote, (1,)),), "citations": (cited,)} | given
    return KeptAnswer.of(Answer(**told))


def finding(*articles):
    return {article.id: article for article in articles}.get


@pytest.fixture
def kept(tmp_path):
    return Conversations(tmp_path / "conversations.sqlite")


@pytest.fixture
def answered(kept):
    where, key = kept.ask(None, "What did NATO say?", ANYTHING)
    kept.keep(key, answer())
    return where


def test_a_conversation_is_there_after_the_server_was_started_again(kept, answered, tmp_path):
    again = Conversations(tmp_path / "conversations.sqlite")
    (turn,) = again.turns(answered, finding(SUMMIT))
    assert (turn.number, turn.question, turn.answer) == (1, "What did NATO say?", answer())
    assert turn.answer.citations[0].article.text == SUMMIT.text


def test_the_restriction_of_a_question_is_kept_with_it(kept):
    only = SearchFilter(date(2024, 7, 1), None, ("Harbour “Post”", "a,b"))
    where, _ = kept.ask(None, "What?", only)
    assert kept.turns(where, finding())[0].only == only


def test_a_removed_article_still_shows_what_was_quoted(kept, answered):
    (cited,) = kept.turns(answered, finding())[0].answer.citations
    assert (cited.fate, cited.quote, cited.article.text) == ("removed", QUOTE, "")
    assert (cited.article.title, cited.article.source, cited.article.published) == (
        SUMMIT.title,
        SUMMIT.source,
        SUMMIT.published,
    )


def test_a_changed_article_shows_what_was_quoted_and_not_what_stands_there_now(kept, answered):
    (cited,) = kept.turns(answered, finding(CHANGED))[0].answer.citations
    assert CHANGED.id == SUMMIT.id
    assert (cited.fate, cited.quote, cited.article.text) == ("changed", QUOTE, "")


def test_a_damaged_record_is_not_shown(kept, answered, tmp_path):
    with sqlite3.connect(tmp_path / "conversations.sqlite") as db:
        db.execute("UPDATE turns SET answer = replace(answer, 'stop sending', 'keep sending')")
    (turn,) = kept.turns(answered, finding())
    assert (turn.answer, turn.problem) == (None, DAMAGED)


def test_a_write_that_fails_changes_nothing_and_keeps_no_other_from_writing(kept, answered):
    with pytest.raises(RuntimeError), kept._writing() as db:
        db.execute("DELETE FROM conversations")
        raise RuntimeError
    assert kept.ask(answered, "And China?", ANYTHING)[0] == answered


def test_an_answer_that_an_earlier_version_kept_is_read():
    now = answer()
    then = {name: value for name, value in now.to_dict().items() if name not in ("question", "as_of", "written_by")}
    then["statements"] = [{"text": QUOTE, "citations": [1]}]
    assert KeptAnswer.read(then, finding(SUMMIT)) == now


def test_a_quote_that_is_not_in_its_article_cannot_be_kept():
    with pytest.raises(BrokenPromise):
        KeptCitation(1, SUMMIT, 0, 4, "Iran")


def test_a_question_that_was_cut_short_is_kept_without_an_answer(kept):
    where, _ = kept.ask(None, "What?", ANYTHING)
    assert kept.turns(where, finding())[0].answer is None


def test_a_conversation_is_named_after_its_first_question_on_one_line(kept):
    where, _ = kept.ask(None, "What\ndid " + "NATO " * 40, ANYTHING)
    assert kept.name(where).startswith("What did NATO") and len(kept.name(where)) <= NAME_CHARS + 2
    kept.rename(where, "  The <b>summit</b> ")
    assert kept.name(where) == "The <b>summit</b>"
    with pytest.raises(ValueError, match="write one"):
        kept.rename(where, " ")


def test_a_conversation_without_a_name_of_its_own_follows_its_first_question(kept):
    where, first = kept.ask(None, "What did NATO say?", ANYTHING)
    _, second = kept.ask(where, "What did NATO say?", ANYTHING)
    kept.ask_again(where, second, "And China?")
    assert kept.name(where) == "What did NATO say?"
    kept.ask_again(where, first, "What did Iran say?", last_seen=second)
    assert kept.name(where) == "What did Iran say?"
    kept.rename(where, "The summit")
    kept.ask_again(where, first, "Who spoke?")
    assert kept.name(where) == "The summit"


@pytest.mark.parametrize("search", ["nato", "IRAN missiles", "washington", "", "say summit"])
def test_a_conversation_is_found_by_words_of_its_questions_answers_and_sources(kept, answered, search):
    assert [one.id for one in kept.listed(search)] == [answered]


@pytest.mark.parametrize("search", ["citations", "%", "iran bread", "_"])
def test_a_conversation_is_not_found_by_what_is_not_in_it(kept, answered, search):
    assert kept.listed(search) == []


def test_the_one_changed_last_is_listed_first(kept, answered):
    other, _ = kept.ask(None, "And bread?", ANYTHING)
    kept.ask(answered, "And China?", ANYTHING)
    assert [(one.id, one.turns) for one in kept.listed()] == [(answered, 2), (other, 1)]


def test_an_edited_question_takes_those_after_it_away_and_the_same_one_does_not(kept, answered):
    _, second = kept.ask(answered, "And China?", ANYTHING)
    first = kept.turns(answered, finding())[0].key
    assert kept.ask_again(answered, first)
    assert [t.question for t in kept.turns(answered, finding())] == ["What did NATO say?", "And China?"]
    kept.ask_again(answered, first, "What did Iran say?", last_seen=second)
    assert [(t.question, t.answer) for t in kept.turns(answered, finding())] == [("What did Iran say?", None)]


def test_an_edit_takes_no_question_away_that_whoever_edits_never_saw(kept, answered):
    first = kept.turns(answered, finding(SUMMIT))[0].key
    _, second = kept.ask(answered, "And China?", ANYTHING)
    kept.ask(answered, "And Japan?", ANYTHING)
    before = kept.turns(answered, finding(SUMMIT))
    for seen in (0, first, second):
        with pytest.raises(UnseenQuestions):
            kept.ask_again(answered, first, "What did Iran say?", last_seen=seen)
    assert kept.turns(answered, finding(SUMMIT)) == before and len(before) == 3


def test_an_edit_replaces_no_question_that_whoever_edits_never_saw(kept, answered):
    (turn,) = kept.turns(answered, finding(SUMMIT))
    kept.ask_again(answered, turn.key, "What did Iran say?", former="What did NATO say?")
    with pytest.raises(UnseenQuestions):
        kept.ask_again(answered, turn.key, "What did China say?", former="What did NATO say?")
    assert [t.question for t in kept.turns(answered, finding(SUMMIT))] == ["What did Iran say?"]


def test_an_edit_of_a_question_that_was_taken_away_meanwhile_is_told(kept, answered):
    first = kept.turns(answered, finding(SUMMIT))[0].key
    _, second = kept.ask(answered, "And China?", ANYTHING)
    kept.ask_again(answered, first, "What did Iran say?", last_seen=second)
    with pytest.raises(UnseenQuestions, match="it has been taken away since it was shown here"):
        kept.ask_again(answered, second, "And Japan?", last_seen=second)


@pytest.mark.parametrize("problem", [None, "ask in fewer words"])
def test_an_answer_is_there_until_another_takes_its_place(kept, answered, problem):
    (turn,) = kept.turns(answered, finding(SUMMIT))
    kept.ask_again(answered, turn.key)
    kept.keep(turn.key, None, stopped=True, problem=problem)
    (now,) = kept.turns(answered, finding(SUMMIT))
    assert (now.answer, now.problem, now.stopped) == (answer(), problem, False)
    kept.keep(turn.key, answer(text="Nothing more."))
    (now,) = kept.turns(answered, finding(SUMMIT))
    assert (now.answer.text, now.problem) == ("Nothing more.", None)


def test_a_conversation_is_not_found_by_words_of_an_answer_that_was_replaced(kept, answered):
    (turn,) = kept.turns(answered, finding(SUMMIT))
    kept.keep(turn.key, answer(text="Zebras. [1]"))
    assert len(kept.listed("zebras nato")) == 1
    kept.keep(turn.key, answer(text="Horses. [1]"))
    assert kept.listed("zebras") == [] and len(kept.listed("horses nato")) == 1


def test_an_answer_that_comes_after_its_conversation_was_deleted_brings_nothing_back(kept):
    where, key = kept.ask(None, "What?", ANYTHING)
    kept.delete(where)
    kept.keep(key, answer())
    assert kept.listed() == [] and kept.turns(where, finding()) == []
    assert not kept.ask_again(where, key)


def test_a_question_in_a_deleted_conversation_begins_a_new_one(kept, answered):
    kept.delete(answered)
    where, _ = kept.ask(answered, "And China?", ANYTHING)
    assert [t.question for t in kept.turns(where, finding())] == ["And China?"]


def test_nothing_is_lost_when_many_write_at_once(tmp_path):
    path = tmp_path / "conversations.sqlite"
    where, _ = Conversations(path).ask(None, "0", ANYTHING)

    def write(number):
        own = Conversations(path)
        _, key = own.ask(where, str(number), ANYTHING)
        own.keep(key, answer(text=f"{number} [1]"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(1, 41)))
    turns = Conversations(path).turns(where, finding(SUMMIT))
    assert sorted(int(t.question) for t in turns) == list(range(41))
    assert all(t.answer.text == f"{t.question} [1]" for t in turns if t.question != "0")


def test_half_a_character_in_a_question_breaks_nothing(kept):
    where, _ = kept.ask(None, "What \ud800?", ANYTHING)
    assert kept.turns(where, finding())[0].question == "What ??"


def test_the_archive_itself_tells_what_became_of_an_article(tmp_path, answered, kept):
    with opened(tmp_path / "news.dateline", FakeEmbedder()) as archive:
        archive.add_articles(ARTICLES)

        def find(article_id):
            try:
                return archive.article(article_id)
            except ArticleNotFound:
                return None

        assert kept.turns(answered, find)[0].answer.citations[0].fate == ""
        archive.add_articles([CHANGED])
        assert kept.turns(answered, find)[0].answer.citations[0].fate == "changed"
        archive.remove([SUMMIT.id])
        assert kept.turns(answered, find)[0].answer.citations[0].fate == "removed"
