"""Chat models that fail, and those that cannot be made: a plain word, in time; real HTTP servers on this machine."""

import time

import pytest
from langchain_core.messages import HumanMessage
from made_chat_server import server

from assistant.chat_model import ChatFailed, ChatModelUnavailable, open_chat_model
from assistant.settings import ChatSettings

ASKED = [HumanMessage("What did NATO say?")]


def model(url, **settings):
    return open_chat_model(ChatSettings(model="openai:m", base_url=url, **{"seconds": 10, "retries": 1, **settings}))


def test_an_answer_comes_piece_by_piece():
    with server(["NATO ", "said so. [1]"]) as (url, requests):
        assert "".join(model(url, tokens=99).stream(ASKED)) == "NATO said so. [1]"
    ((headers, body),) = requests
    assert body["messages"] == [{"role": "user", "content": "What did NATO say?"}]
    assert (body["stream"], body["temperature"]) == (True, 0)
    assert 99 in (body.get("max_tokens"), body.get("max_completion_tokens"))
    assert "tools" not in body
    assert headers["Authorization"] == "Bearer no-key"


def test_the_key_is_sent_and_never_shown():
    settings = ChatSettings(model="openai:m", base_url="http://127.0.0.1:9/v1", key="secret-key")
    assert "secret-key" not in repr(settings)
    with server(["yes"]) as (url, requests):
        list(model(url, key="secret-key").stream(ASKED))
    assert requests[0][0]["Authorization"] == "Bearer secret-key"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failure_that_may_pass_is_tried_again(status):
    with server(status, ["well"]) as (url, requests):
        assert list(model(url).stream(ASKED)) == ["well"]
    assert len(requests) == 2


@pytest.mark.parametrize(
    ("status", "tries", "word"), [(429, 2, "too much to do"), (500, 2, "500"), (401, 1, "key"), (404, 1, "404")]
)
def test_one_that_stays_is_told_in_a_plain_word(status, tries, word):
    with server(status) as (url, requests), pytest.raises(ChatFailed, match=word):
        list(model(url).stream(ASKED))
    assert len(requests) == tries


def test_a_server_that_is_not_there_is_told():
    with server([]) as (url, _):
        pass
    with pytest.raises(ChatFailed, match="cannot be reached"):
        list(model(url, retries=0).stream(ASKED))


@pytest.mark.parametrize("before", [[], ["NATO "]])
def test_a_server_that_stalls_keeps_nobody_waiting_longer_than_its_seconds(before):
    with server([*before, None]) as (url, _):
        began = time.monotonic()
        with pytest.raises(ChatFailed, match=r"within 1 s|in time"):
            list(model(url, seconds=1).stream(ASKED))
        assert time.monotonic() - began < 4


def test_one_that_breaks_off_is_told_and_not_asked_again():
    with server(["NATO said ", ConnectionError()]) as (url, requests):
        got = []
        with pytest.raises(ChatFailed, match="broke off"):
            got.extend(model(url).stream(ASKED))
    assert len(requests) == 1


def test_the_same_question_is_answered_from_the_cache_by_the_same_model_alone(tmp_path):
    cache = str(tmp_path / "cache")
    with server(["one"], ["two"], ["three"]) as (url, requests):
        assert list(model(url, cache=cache).stream(ASKED)) == ["one"]
        assert list(model(url, cache=cache).stream(ASKED)) == ["one"]
        assert list(model(url, cache=cache).stream([HumanMessage("Another?")])) == ["two"]
        assert list(model(url, cache=cache, tokens=7).stream(ASKED)) == ["three"]
    assert len(requests) == 3


def test_what_broke_off_is_not_kept(tmp_path):
    with server(["half", ConnectionError()], ["whole"]) as (url, _):
        with pytest.raises(ChatFailed):
            list(model(url, cache=str(tmp_path)).stream(ASKED))
        assert list(model(url, cache=str(tmp_path)).stream(ASKED)) == ["whole"]


def test_a_damaged_cache_is_no_cache(tmp_path):
    with server(["one"], ["two"]) as (url, _):
        list(model(url, cache=str(tmp_path)).stream(ASKED))
        for file in tmp_path.iterdir():
            file.write_bytes(b'["on')
        assert list(model(url, cache=str(tmp_path)).stream(ASKED)) == ["two"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ollama:llama3.2", "pip install langchain-ollama"),
        ("nobody:model", "provider:model"),
        ("just-a-name", "provider:model"),
    ],
)
def test_a_model_that_cannot_be_made_says_what_to_do(name, message):
    with pytest.raises(ChatModelUnavailable, match=message):
        open_chat_model(ChatSettings(model=name))


def test_a_missing_key_is_named(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ChatModelUnavailable, match="OPENAI_API_KEY"):
        open_chat_model(ChatSettings(model="openai:gpt-5-mini"))


def test_a_key_that_an_integration_asks_for_as_a_bad_value_is_named_too(monkeypatch):
    def failing(*_, **__):
        raise ValueError("Did not find corvane_api_key")

    monkeypatch.setattr("assistant.chat_model.init_chat_model", failing)
    with pytest.raises(ChatModelUnavailable, match=r"corvane_api_key.*key or address"):
        open_chat_model(ChatSettings(model="corvane:m"))


def test_an_integration_that_fails_without_a_word_is_told_by_the_name_of_its_error(monkeypatch):
    class KeyNotSet(Exception):
        pass

    def failing(*_, **__):
        raise KeyNotSet

    monkeypatch.setattr("assistant.chat_model.init_chat_model", failing)
    with pytest.raises(ChatModelUnavailable, match="KeyNotSet"):
        open_chat_model(ChatSettings(model="openai:m"))


def test_with_an_address_a_name_needs_no_provider():
    with server(["yes"]) as (url, _):
        chat = open_chat_model(ChatSettings(model="my-model", base_url=url))
        assert list(chat.stream(ASKED)) == ["yes"]


def test_an_answer_is_given_although_it_cannot_be_kept(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with server(["yes"]) as (url, _):
        assert list(model(url, cache=str(tmp_path / "file")).stream(ASKED)) == ["yes"]


def test_a_share_of_the_seconds_is_all_that_it_gets():
    with server([None]) as (url, _), pytest.raises(ChatFailed, match=r"within 0\.5 s"):
        list(model(url, seconds=2).stream(ASKED, share=0.25))
