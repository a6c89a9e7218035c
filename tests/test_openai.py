"""OpenAI's protocol, asked with their own client over a real connection."""

import json

import httpx
import openai
import pytest
from made_server import IRAN, listening, made_assistant

from assistant.answer import Answer, Citation
from assistant.api.openai import beside, link
from index import Article

TOKEN = "a-token-of-the-desk-0123456789"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, reader):
    with made_assistant(tmp_path_factory.mktemp("openai") / "a", reader, token=TOKEN) as made:
        yield made


@pytest.fixture(scope="module")
def address(assistant):
    with listening(assistant) as address:
        yield address


@pytest.fixture(scope="module")
def client(address):
    with httpx.Client(trust_env=False) as http:
        yield openai.OpenAI(base_url=f"{address}/v1", api_key=TOKEN, max_retries=0, http_client=http)


def ask(client, *messages, **options):
    given = [{"role": role, "content": content} for role, content in messages]
    return client.chat.completions.create(model="dateline", messages=given, **options)


def test_there_is_one_model(client):
    assert [model.id for model in client.models.list()] == ["dateline"]
    assert client.models.retrieve("dateline").owned_by == "dateline"


def test_an_answer_comes_with_its_citations(client, assistant):
    (choice,) = ask(client, ("system", "Be brief."), ("user", IRAN)).choices
    whole = assistant.ask(IRAN)
    assert (choice.finish_reason, choice.message.content) == ("stop", whole.text)
    assert choice.message.dateline == whole.to_dict()
    for cited in choice.message.dateline["citations"]:
        assert assistant.archive.article(cited["article_id"]).text[cited["start"] : cited["end"]] == cited["quote"]


def test_each_marker_of_an_article_with_an_address_is_annotated(client):
    message = ask(client, ("user", IRAN)).choices[0].message
    (annotation,) = message.annotations
    found = annotation.url_citation
    assert (annotation.type, found.url, found.title) == (
        "url_citation",
        "https://example.org/summit",
        "NATO summit in Washington",
    )
    assert message.content[found.start_index : found.end_index] == "[1]"


@pytest.mark.parametrize(
    "url", [None, "javascript:alert(1)", "file:///etc/passwd", "https://", "ftp://example.org/x", "http://[x"]
)
def test_only_web_addresses_become_links(url):
    article = Article("1", "It rained.", "Rain", url=url)
    assert link(Citation(1, article, 0, 10, "It rained."), 0, 3) is None


def test_a_marker_without_its_citation_is_no_link():
    article = Article("1", "It rained.", "Rain", url="https://example.org/rain")
    answer = Answer("?", "?", True, "It rained. [1] [7]", citations=(Citation(1, article, 0, 10, "It rained."),))
    assert [one["url_citation"]["start_index"] for one in beside(answer)["annotations"]] == [11]


def test_a_stream_gives_the_same_as_the_whole(client):
    chunks = list(ask(client, ("user", IRAN), stream=True, stream_options={"include_usage": True}))
    *pieces, usage = chunks
    deltas = [piece.choices[0].delta for piece in pieces]
    whole = ask(client, ("user", IRAN)).choices[0].message
    assert deltas[0].role == "assistant"
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    assert len(deltas) > 5
    assert deltas[-1].dateline == whole.dateline
    assert [one["url_citation"]["url"] for one in deltas[-1].annotations] == ["https://example.org/summit"]
    assert [piece.choices[0].finish_reason for piece in pieces][-2:] == [None, "stop"]
    assert (usage.choices, usage.usage.total_tokens) == ([], 0)


def test_earlier_questions_are_the_history(client):
    told = ask(client, ("user", IRAN), ("assistant", "They warned it."), ("user", "And about Brazil?"))
    assert "NATO" in told.choices[0].message.dateline["standalone_question"]


def test_only_the_last_questions_of_a_long_conversation_are_its_history(client, assistant, monkeypatch):
    taken = []
    monkeypatch.setattr("assistant.assistant.standalone", lambda asked, history, *_: taken.extend(history) or asked)
    ask(client, *[("user", f"Question {n}?") for n in range(99)], ("user", "x" * 2001), ("user", IRAN))
    assert taken == [f"Question {n}?" for n in range(50, 99)]


def test_a_written_answer_without_a_chat_model_is_refused_with_the_remedy(client):
    assert ask(client, ("user", IRAN), extra_body={"written": False}).choices[0].message.dateline["answered"]
    for stream in (False, True):
        with pytest.raises(openai.UnprocessableEntityError, match="DATELINE_CHAT_MODEL"):
            ask(client, ("user", IRAN), extra_body={"written": True}, stream=stream)


def test_a_message_may_come_in_parts(client):
    parts = [{"type": "text", "text": "What did NATO leaders"}, {"type": "text", "text": "say about Iran?"}]
    assert ask(client, ("user", parts)).choices[0].message.dateline["answered"]


def test_what_the_articles_do_not_say_is_said_so(client):
    message = ask(client, ("user", "What did NATO leaders say about Brazil?")).choices[0].message
    assert not message.dateline["answered"]
    assert message.annotations == []
    assert message.dateline["near_misses"]


@pytest.mark.parametrize(
    ("messages", "told"),
    [
        ([], "messages"),
        ([("system", "Be brief.")], "ask something"),
        ([("user", "  ")], "ask something"),
        ([("user", "x" * 2001)], "2001 characters"),
        ([("nobody", "Hello")], "'nobody'"),
    ],
    ids=["none", "no user", "blank", "too long", "a role that is none"],
)
def test_bad_input_is_told_as_their_client_expects(client, messages, told):
    with pytest.raises(openai.BadRequestError, match=told) as error:
        ask(client, *messages)
    assert error.value.body["type"] == "invalid_request_error"


def test_another_model_is_not_there(client):
    with pytest.raises(openai.NotFoundError, match="ask 'dateline'") as error:
        client.chat.completions.create(model="gpt-4", messages=[{"role": "user", "content": IRAN}])
    assert (error.value.code, error.value.param) == ("model_not_found", "model")


def test_a_wrong_key_is_told_as_their_client_expects(client):
    with pytest.raises(openai.AuthenticationError, match="dateline token") as error:
        ask(client.with_options(api_key="wrong"), ("user", IRAN))
    assert error.value.body["type"] == "authentication_error"


def test_what_breaks_is_told_without_the_exception(client, assistant, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("secret of the server")

    monkeypatch.setattr(assistant, "ask", broken)
    with pytest.raises(openai.InternalServerError) as whole:
        ask(client, ("user", IRAN))
    with pytest.raises(openai.APIError) as streamed:
        list(ask(client, ("user", IRAN), stream=True))
    for error in (whole, streamed):
        assert error.value.body["type"] == "server_error"
        assert "secret" not in json.dumps(error.value.body)
