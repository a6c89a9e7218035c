"""Questions being answered in threads of their own: watched, stopped, asked again, and kept in any case."""

from threading import Event, Semaphore

import pytest
from made_archive import ARTICLES
from test_conversations import ANYTHING, QUOTE, SUMMIT

from assistant.answer import Answer, BrokenPromise, Citation
from assistant.answering import FAILED, SIDE_BY_SIDE, Answering
from assistant.conversations import Conversations, UnseenQuestions
from index import ArticleNotFound


def step(number):
    cited = Citation(1, SUMMIT, 0, len(QUOTE), QUOTE)
    return Answer("?", "?", True, f"step {number} [1]", citations=(cited,))


class Archive:
    def article(self, asked):
        for one in ARTICLES:
            if one.id == asked:
                return one
        raise ArticleNotFound(asked)


class Slow:
    """Says its three steps only as fast as it is let."""

    archive = Archive()

    def __init__(self):
        self.go = Semaphore(0)
        self.heard = []
        self.ended = Event()

    def stream(self, question, history=(), *, only=ANYTHING, written=None):
        self.heard.append((question, list(history)))
        if question == "broken":
            raise RuntimeError("a secret")
        if question == "misquoted":
            raise BrokenPromise("a secret")
        if question == "refused":
            raise ValueError("ask in fewer words")
        try:
            for number in (1, 2, 3):
                assert self.go.acquire(timeout=20)
                yield step(number)
        finally:
            self.ended.set()


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture
def answering(slow, tmp_path):
    one = Answering(slow, Conversations(tmp_path / "conversations.sqlite"))
    yield one
    one.close()


def texts(turns):
    return [turn.answer.text if turn.answer else None for turn in turns]


def test_an_answer_is_watched_as_it_grows_and_kept_in_the_end(answering, slow):
    where = answering.ask(None, "What?", ANYTHING)
    watched = answering.watch(where)
    seen = [texts(next(watched))]
    for _ in range(3):
        slow.go.release()
        seen.append(texts(next(watched)))
    seen += [texts(turns) for turns in watched]
    assert seen[0] == [None] and seen[1] == ["step 1 [1]"] and seen[-1] == ["step 3 [1]"]
    assert texts(answering.kept.turns(where, answering.find)) == ["step 3 [1]"]
    assert answering.waiting(where) == set()


def test_an_answer_that_nobody_watches_is_kept_all_the_same(answering, slow):
    where = answering.ask(None, "What?", ANYTHING)
    slow.go.release(3)
    *_, last = answering.watch(where)
    assert texts(last) == ["step 3 [1]"]


def test_two_who_watch_see_the_same(answering, slow):
    where = answering.ask(None, "What?", ANYTHING)
    one, two = answering.watch(where), answering.watch(where)
    assert texts(next(one)) == texts(next(two)) == [None]
    slow.go.release(3)
    assert texts(list(one)[-1]) == texts(list(two)[-1]) == ["step 3 [1]"]


def test_a_stopped_answer_keeps_what_was_found_so_far(answering, slow):
    where = answering.ask(None, "What?", ANYTHING)
    watched = answering.watch(where)
    next(watched)
    slow.go.release()
    next(watched)
    answering.stop(where)
    *_, (turn,) = watched  # at once, though the assistant still thinks about its second step
    assert turn.stopped and turn.answer.text == "step 1 [1]"
    slow.go.release()
    assert slow.ended.wait(10)
    assert texts(answering.turns(where)) == ["step 1 [1]"]


def test_earlier_questions_are_the_history_of_the_next(answering, slow):
    slow.go.release(9)
    where = answering.ask(None, "One?", ANYTHING)
    list(answering.watch(where))
    answering.ask(where, "Two?", ANYTHING)
    *_, turns = answering.watch(where)
    answering.ask_again(where, turns[0].key)
    list(answering.watch(where))
    assert slow.heard == [("One?", []), ("Two?", ["One?"]), ("One?", [])]


def test_asked_again_the_older_run_keeps_nothing(answering, slow):
    where = answering.ask(None, "One?", ANYTHING)
    watched = answering.watch(where)
    (turn,) = next(watched)
    slow.go.release()
    next(watched)
    answering.ask_again(where, turn.key, "Another?")
    slow.go.release(5)
    *_, (last,) = watched
    assert (last.question, last.answer.text, last.stopped) == ("Another?", "step 3 [1]", False)


@pytest.mark.parametrize(
    ("question", "problem", "logged"),
    [("broken", FAILED, True), ("misquoted", FAILED, True), ("refused", "ask in fewer words", False)],
)
def test_what_went_wrong_is_told_and_kept_without_secrets(answering, caplog, question, problem, logged):
    where = answering.ask(None, question, ANYTHING)
    *_, (turn,) = answering.watch(where)
    assert (turn.answer, turn.problem) == (None, problem)
    assert ("a secret" in caplog.text) == logged


def test_a_conversation_without_anything_running_is_shown_at_once(answering):
    assert list(answering.watch("nothing")) == [[]]


def test_a_turn_of_another_conversation_is_not_asked_again_and_goes_on(answering, slow):
    where = answering.ask(None, "One?", ANYTHING)
    watched = answering.watch(where)
    (turn,) = next(watched)
    elsewhere = answering.ask(None, "refused", ANYTHING)
    with pytest.raises(UnseenQuestions):
        answering.ask_again(elsewhere, turn.key, "Mine?")
    slow.go.release(3)
    *_, (last,) = watched
    assert (last.question, last.answer.text, last.stopped) == ("One?", "step 3 [1]", False)


def test_who_watches_a_turn_that_an_edit_takes_away_is_told(answering, slow):
    slow.go.release(3)
    where = answering.ask(None, "One?", ANYTHING)
    *_, (first,) = answering.watch(where)
    answering.ask(where, "Two?", ANYTHING)
    watched = answering.watch(where)
    _, second = next(watched)
    answering.ask_again(where, first.key, "Another?", last_seen=second.key)
    slow.go.release(8)
    *_, turns = watched
    assert [turn.question for turn in turns] == ["Another?"] and answering.waiting(where) == set()


def test_a_question_asked_again_before_its_first_step_is_shown_to_who_watches(answering, slow):
    where = answering.ask(None, "One?", ANYTHING)
    watched = answering.watch(where)
    (turn,) = next(watched)
    answering.ask_again(where, turn.key, "Another?")
    assert [turn.question for turn in next(watched)] == ["Another?"]
    slow.go.release(6)
    list(watched)


def test_so_many_are_answered_side_by_side_and_one_that_is_stopped_while_it_waits_is_never_asked(answering, slow):
    busy = [answering.ask(None, f"{number}?", ANYTHING) for number in range(SIDE_BY_SIDE)]
    waiting = answering.ask(None, "Too many?", ANYTHING)
    answering.stop(waiting)
    assert [turn.answer for turn in list(answering.watch(waiting))[-1]] == [None]
    slow.go.release(3 * SIDE_BY_SIDE)
    for where in busy:
        *_, (turn,) = answering.watch(where)
        assert turn.answer
    answering.close()
    assert ("Too many?", []) not in slow.heard and len(slow.heard) == SIDE_BY_SIDE


def test_looking_on_never_waits_for_what_is_being_written(answering, slow, monkeypatch):
    where = answering.ask(None, "One?", ANYTHING)
    writing, go = Event(), Event()
    keep = answering.kept.keep

    def slowly(*given, **more):
        writing.set()
        assert go.wait(20)
        keep(*given, **more)

    monkeypatch.setattr(answering.kept, "keep", slowly)
    slow.go.release(3)
    assert writing.wait(20)
    assert len(answering.waiting(where)) == 1 and texts(answering.turns(where)) == ["step 3 [1]"]
    go.set()
    *_, last = answering.watch(where)
    assert texts(last) == ["step 3 [1]"]
