"""Whose turn it is: questions side by side, one change at a time, and nothing cut off when the server closes."""

import asyncio
import time
from threading import Event, Thread

import httpx
import pytest
from made_server import HERE, IRAN, made_assistant

from assistant.api.events import kept_alive
from assistant.api.problems import Problem
from assistant.api.turns import ADDITIONS, Turns
from assistant.serving import assemble

SOON = 10


@pytest.fixture
def turns():
    made = Turns(1)
    yield made
    made.close()


async def until(event):
    await asyncio.to_thread(event.wait, SOON)


def test_closing_waits_until_nothing_is_being_added(turns):
    begun, ended = Event(), Event()

    def work():
        begun.set()
        time.sleep(0.2)
        ended.set()

    adding = Thread(target=lambda: asyncio.run(turns.add(work)))
    adding.start()
    begun.wait(SOON)
    turns.close()
    assert ended.is_set()
    adding.join()


def test_what_is_being_added_ends_after_its_part_when_the_server_closes(turns):
    begun, told = Event(), []

    def work():
        begun.set()
        while True:
            turns.give_way()

    def add():
        try:
            asyncio.run(turns.add(work))
        except Problem as problem:
            told.append(problem)

    adding = Thread(target=add)
    adding.start()
    begun.wait(SOON)
    turns.close()
    adding.join(SOON)
    assert (told[0].status_code, "again later" in told[0].detail) == (503, True)


def test_the_server_has_closed_only_when_nothing_is_being_added(tmp_path, reader, monkeypatch):
    begun, ended = Event(), Event()

    def slowly(*_, **__):
        begun.set()
        time.sleep(0.3)
        ended.set()

    async def closed(app):
        async with (
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as client,
            app.router.lifespan_context(app),
        ):
            sending = asyncio.create_task(client.post("/api/articles", json={"title": "Fog", "text": "It is foggy."}))
            await until(begun)
            sending.cancel()  # as the server does with what is not done in time
        return ended.is_set()

    with made_assistant(tmp_path / "a", reader) as assistant:
        monkeypatch.setattr(assistant.archive, "add_articles", slowly)
        assert asyncio.run(closed(assemble(assistant, page=False)))


ASKED = {"model": "dateline", "messages": [{"role": "user", "content": IRAN}]}


@pytest.mark.parametrize(("path", "given"), [("/api/ask", {"question": IRAN}), ("/v1/chat/completions", ASKED)])
def test_what_is_cut_off_when_the_server_closes_is_told_to_come_again(tmp_path, reader, monkeypatch, path, given):
    begun, going_on = Event(), Event()

    def slowly(*_, **__):
        begun.set()
        going_on.wait(SOON)

    async def cut_off(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            asking = asyncio.create_task(client.post(path, json=given))
            await until(begun)
            asking.cancel()  # as the server does with what is not done in time
            return await asking

    with made_assistant(tmp_path / "a", reader) as assistant:
        monkeypatch.setattr(assistant, "ask", slowly)
        try:
            told = asyncio.run(cut_off(assemble(assistant, page=False)))
        finally:
            going_on.set()
    assert (told.status_code, "again later" in told.text, "retry-after" in told.headers) == (503, True, True)


def test_more_changes_than_may_wait_are_turned_away(turns):
    async def all_at_once():
        held = Event()
        waiting = [asyncio.create_task(turns.add(held.wait)) for _ in range(ADDITIONS)]
        await asyncio.sleep(0)
        try:
            with pytest.raises(Problem, match="try again later") as told:
                await turns.add(held.wait)
        finally:
            held.set()
        return told.value, await asyncio.gather(*waiting)

    told, done = asyncio.run(all_at_once())
    assert (told.status_code, set(told.headers)) == (503, {"Retry-After"})
    assert done == [True] * 33


def test_a_stream_has_its_turn_from_its_first_event_to_its_last(turns):
    going_on, seen = Event(), []

    def steps():
        yield "first"
        going_on.wait(SOON)
        seen.append("streamed")
        yield "last"

    async def both():
        stream = turns.stream(steps)
        assert await anext(stream) == "first"
        other = asyncio.create_task(turns.ask(lambda: seen.append("asked")))
        await asyncio.sleep(0.1)
        assert seen == []
        going_on.set()
        assert [one async for one in stream] == ["last"]
        await other

    asyncio.run(both())
    assert seen == ["streamed", "asked"]


def test_a_stream_to_which_nobody_listens_gives_its_turn_back(turns):
    going_on, closed = Event(), Event()

    def endless():
        try:
            while True:
                yield "more"
                going_on.wait(SOON)
        finally:
            closed.set()

    async def left():
        stream = turns.stream(endless)
        await anext(stream)
        await stream.aclose()
        going_on.set()
        return await turns.ask(lambda: "answered")

    assert asyncio.run(left()) == "answered"
    assert closed.is_set()


def test_what_keeps_a_stream_alive_lets_go_of_it_when_nobody_listens(monkeypatch):
    closed = []

    async def silent():
        try:
            yield "first"
            await asyncio.sleep(SOON)
        finally:
            closed.append(True)

    async def left():
        monkeypatch.setattr("assistant.api.events.KEEP_ALIVE", 0.01)
        stream = kept_alive(silent())
        heard = [await anext(stream), await anext(stream)]
        await stream.aclose()
        return heard

    assert asyncio.run(left()) == ["first", ": keep-alive\n\n"]
    assert closed


def test_what_goes_wrong_in_a_stream_is_raised_after_what_was_given(turns):
    def steps():
        yield "first"
        raise ValueError("broken")

    async def all_of_it():
        given = []
        with pytest.raises(ValueError, match="broken"):
            async for one in turns.stream(steps):
                given.append(one)
        return given

    assert asyncio.run(all_of_it()) == ["first"]


def test_answers_that_a_chat_model_writes_take_no_turns_of_the_others(turns):
    async def both():
        held = Event()
        written = [asyncio.create_task(turns.ask(held.wait, written=True)) for _ in range(20)]
        try:
            return await asyncio.wait_for(turns.ask(lambda: "answered"), SOON)
        finally:
            held.set()
            await asyncio.gather(*written)

    assert asyncio.run(both()) == "answered"


def rests_of(turns, monkeypatch):
    """How long was rested, in order."""
    rests = []
    monkeypatch.setattr(turns._closing, "wait", lambda seconds: rests.append(seconds))
    return rests


def test_adding_rests_only_while_somebody_asks(turns, monkeypatch):
    rests = rests_of(turns, monkeypatch)
    turns.give_way("reading", 1, 2)
    turns._asking.waiting = 1
    turns.give_way("reading", 2, 2)
    assert rests[0] == 0 < rests[1]


def test_the_first_rest_is_as_long_as_the_first_part_took_however_long_nothing_was_added(turns, monkeypatch):
    rests = rests_of(turns, monkeypatch)
    turns._rested -= 1000
    turns._asking.waiting = 1
    asyncio.run(turns.add(turns.give_way))
    assert rests[0] < 1


def test_an_answer_of_the_chat_model_is_told_from_the_others(tmp_path, reader):
    with made_assistant(tmp_path / "a", reader) as assistant:
        assert not assistant.writes(None) and not assistant.writes(False)
        assistant.chat = object()
        assert assistant.writes(None) and assistant.writes(True) and not assistant.writes(False)
