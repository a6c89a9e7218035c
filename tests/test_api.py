"""What programs get under /api: answers, articles, and problems that say what to do."""

import json
import logging
import time
from urllib.parse import unquote

import pytest
from made_archive import ARTICLES, SUMMIT
from made_server import IRAN, client_of, events_of, made_assistant

from assistant.answer import Answer
from assistant.api.results import Added, Answered, Found, Health, Listed, ProblemDetails, Quoted, Whole
from index import ArchiveBusy

CHINA = {
    "title": "China warned",
    "text": "NATO leaders warned China on Friday over its shipments of machine tools. They met in Washington.",
    "url": "https://example.org/china",
    "source": "Northern Wire",
    "published": "2024-07-12",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, reader):
    with made_assistant(tmp_path_factory.mktemp("api") / "a", reader) as made:
        yield made


@pytest.fixture(scope="module")
def client(assistant):
    with client_of(assistant) as one:
        yield one


def problem(response, status):
    """The problem that a response tells, which has to have the shape of RFC 9457."""
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    told = ProblemDetails.model_validate(response.json(), extra="forbid")
    assert told.status == status
    return told


def test_an_answer_is_the_one_that_python_gives(client, assistant):
    response = client.post("/api/ask", json={"question": IRAN})
    assert response.json() == assistant.ask(IRAN).to_dict()
    assert response.json()["answered"]
    Answered.model_validate(response.json())


def test_a_citation_is_the_text_of_the_article_that_is_served(client):
    (cited,) = client.post("/api/ask", json={"question": IRAN}).json()["citations"]
    text = client.get(f"/api/articles/{cited['article_id']}").json()["text"]
    assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_a_follow_up_is_told_by_its_history(client):
    answer = client.post("/api/ask", json={"question": "And about Brazil?", "history": [IRAN]}).json()
    assert "Brazil" in answer["standalone_question"] and "NATO" in answer["standalone_question"]


def test_a_filter_keeps_other_articles_out(client):
    answer = client.post("/api/ask", json={"question": IRAN, "outlets": ["Harbour Post"]}).json()
    assert {near["source"] for near in answer["near_misses"]} <= {"Harbour Post"}
    assert not answer["answered"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/api/ask/stream", {}), ("/api/ask", {"Accept": "text/event-stream"})],
    ids=["its own address", "the Accept header"],
)
def test_a_stream_ends_with_the_whole_answer(client, assistant, path, headers):
    response = client.post(path, json={"question": IRAN}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    assert {name for name, _ in events} == {"answer"}
    assert json.loads(events[-1][1]) == assistant.ask(IRAN).to_dict()


def test_a_stream_says_that_it_is_alive_while_nothing_comes(client, assistant, monkeypatch):
    def slowly(*_, **__):
        time.sleep(0.3)
        yield Answer(IRAN, IRAN, True, "One.")

    monkeypatch.setattr("assistant.api.events.KEEP_ALIVE", 0.1)
    monkeypatch.setattr(assistant, "stream", slowly)
    with client.stream("POST", "/api/ask/stream", json={"question": IRAN}) as response:
        lines = list(response.iter_lines())
    assert lines[0] == ": keep-alive"
    assert lines[-3] == "event: answer"


def test_a_stream_that_breaks_says_so_in_an_event_without_the_exception(client, assistant, monkeypatch, caplog):
    def broken(*_, **__):
        raise RuntimeError("secret of the server")
        yield

    monkeypatch.setattr(assistant, "stream", broken)
    with caplog.at_level(logging.ERROR):
        ((name, data),) = events_of(client.post("/api/ask/stream", json={"question": IRAN}).text)
    assert (name, json.loads(data)["status"]) == ("problem", 500)
    assert "secret" not in data
    assert "secret of the server" in caplog.text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "question: Field required"),
        ({"question": "  "}, "write something"),
        ({"question": "x" * 2001}, "of 2001 characters"),
        ({"question": IRAN, "published_from": "July"}, "'July'"),
        ({"question": IRAN, "published_from": "2024-07-02", "published_to": "2024-07-01"}, "is after"),
        ({"question": IRAN, "histroy": []}, "histroy"),
        (["no object"], "dictionary"),
    ],
    ids=["nothing", "blank", "too long", "no date", "dates swapped", "a misspelt field", "a list"],
)
def test_bad_input_is_told_with_the_field_and_the_value(client, given, told):
    found = problem(client.post("/api/ask", json=given), 422)
    assert told in found.detail
    assert found.errors


def test_of_many_faults_the_first_are_told_and_none_at_length(client):
    found = problem(client.post("/api/ask", json={"question": IRAN, "history": list(range(50))}), 422)
    assert len(found.errors) == 20
    long = problem(client.post("/api/ask", json={"question": IRAN, "x" * 10_000: 1}), 422)
    assert len(long.detail) < 300


HALF = "\ud800"


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/api/ask", {"question": HALF}),
        ("/api/ask", {"question": IRAN, "history": [HALF]}),
        ("/api/ask", {"question": IRAN, "outlets": [HALF]}),
        ("/api/search", {"question": HALF}),
        ("/api/quotes", {"about": HALF}),
        ("/v1/chat/completions", {"model": "dateline", "messages": [{"role": "user", "content": HALF}]}),
    ],
)
def test_half_a_character_is_bad_input_and_no_failure_of_the_server(client, path, given):
    response = client.post(path, content=json.dumps(given), headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)


@pytest.mark.parametrize("path", ["/api/ask", "/api/articles", "/v1/chat/completions"])
@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/x-www-form-urlencoded"}], ids=["none", "curl's"])
def test_json_that_is_sent_as_something_else_is_told_with_the_header_that_it_needs(client, path, headers):
    refused = client.post(path, content=json.dumps({"question": IRAN}), headers=headers)
    assert refused.status_code in (400, 422)
    assert "Content-Type: application/json" in refused.text


def test_what_is_no_json_is_told(client):
    response = client.post("/api/ask", content="{", headers={"Content-Type": "application/json"})
    assert "JSON" in problem(response, 422).detail


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/", 404),
        ("GET", "/nothing", 404),
        ("PUT", "/api/ask", 405),
        ("GET", "/api/articles/0123456789abcdef", 404),
        ("DELETE", "/api/articles/0123456789abcdef", 404),
        ("GET", "/api/articles/%00", 422),
        ("GET", "/api/articles?offset=99999999999999999999", 422),
        ("GET", "/api/articles?limit=0", 422),
        ("GET", "/api/articles?published_from=2024-07-02&published_to=2024-07-01", 422),
    ],
)
def test_every_fault_is_a_problem(client, method, path, status):
    found = problem(client.request(method, path), status)
    assert found.instance == unquote(path.partition("?")[0])
    assert len(found.detail) > 5


def test_what_was_not_foreseen_is_a_problem_without_the_exception(client, assistant, monkeypatch, caplog):
    def broken(*_, **__):
        raise RuntimeError("secret of the server")

    monkeypatch.setattr(assistant, "ask", broken)
    response = client.post("/api/ask", json={"question": IRAN})
    assert "log" in problem(response, 500).detail
    assert "secret" not in response.text
    assert "secret of the server" in caplog.text


def test_an_archive_that_another_process_writes_to_is_to_be_tried_again(client, assistant, monkeypatch):
    def busy(*_, **__):
        raise ArchiveBusy("/home/desk/news.dateline", "process 7")

    monkeypatch.setattr(assistant.archive, "add_articles", busy)
    response = client.post("/api/articles", json=CHINA)
    assert "desk" not in problem(response, 503).detail
    assert response.headers["retry-after"]


@pytest.mark.parametrize(
    ("most", "path", "given"),
    [("QUESTIONS", "/api/ask", {"question": IRAN}), ("ADDITIONS", "/api/articles", CHINA)],
    ids=["questions", "additions"],
)
def test_who_would_wait_behind_too_many_is_turned_away(assistant, monkeypatch, most, path, given):
    monkeypatch.setattr(f"assistant.api.turns.{most}", 0)
    with client_of(assistant) as client:
        response = client.post(path, json=given)
    assert problem(response, 503).title == "Service Unavailable"
    assert response.headers["retry-after"]


def test_passages_are_found_with_their_places(client):
    hits = client.post("/api/search", json={"question": "price of bread", "limit": 2}).json()["hits"]
    assert len(hits) == 2
    assert hits[0]["title"] == "Bread becomes dearer"
    text = client.get(f"/api/articles/{hits[0]['article_id']}").json()["text"]
    assert text[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]


def test_who_said_what_is_found_by_speaker_and_topic(client):
    (said,) = client.post("/api/quotes", json={"speaker": "NATO", "about": "Iran"}).json()["quotes"]
    assert (said["speaker"], said["url"]) == ("NATO leaders", SUMMIT)
    assert said["quote"] in ARTICLES[0].text
    assert "name a topic" in problem(client.post("/api/quotes", json={"about": "?"}), 422).detail


def test_the_description_names_every_route_with_examples_and_loads_nothing(client):
    told = client.get("/api/openapi.json").json()
    assert {"/ask", "/ask/stream", "/search", "/quotes", "/articles", "/articles/{article_id}"} <= set(told["paths"])
    results = {"Answered", "Found", "Quoted", "Listed", "Whole", "Added", "Health"}
    for name in {"AskRequest", "SearchRequest", "QuotesRequest", "Pasted"} | results:
        assert told["components"]["schemas"][name]["examples"], name
    assert {"400", "403", "503"} <= set(told["paths"]["/ask"]["post"]["responses"])
    assert told["servers"] == [{"url": "/api"}]
    assert [client.get(f"/api/{page}").status_code for page in ("docs", "redoc")] == [404, 404]


def pointers(told):
    """Every `$ref` of a description."""
    if isinstance(told, dict):
        yield from (value for name, value in told.items() if name == "$ref")
    for part in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from pointers(part)


def test_everything_to_which_the_description_points_is_in_it(client):
    told = client.get("/api/openapi.json").json()
    shapes = {f"#/components/schemas/{name}" for name in told["components"]["schemas"]}
    assert {"#/components/schemas/ProblemDetails", "#/components/schemas/Fault"} <= set(pointers(told)) <= shapes


def test_what_is_given_has_the_shape_of_the_description(client):
    (some,) = client.get("/api/articles?limit=1").json()["articles"]
    for shape, method, path, sent in (
        (Found, "POST", "/api/search", {"question": IRAN}),
        (Quoted, "POST", "/api/quotes", {"speaker": "NATO"}),
        (Listed, "GET", "/api/articles", None),
        (Whole, "GET", f"/api/articles/{some['id']}", None),
        (Added, "POST", "/api/articles", {**CHINA, "text": "A NUL \0 here."}),
        (Health, "GET", "/api/health", None),
    ):
        shape.model_validate(client.request(method, path, json=sent).json(), extra="forbid")


def test_the_examples_of_what_is_given_have_its_shape():
    for shape in (Answered, Found, Quoted, Listed, Whole, Added, Health, ProblemDetails):
        for example in shape.model_config["json_schema_extra"]["examples"]:
            shape.model_validate(example, extra="forbid")
    for hit in Found.model_config["json_schema_extra"]["examples"][0]["hits"]:
        assert len(hit["text"]) == hit["end"] - hit["start"]


def test_the_examples_of_the_description_are_what_is_asked(client):
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    for path, name in (("ask", "AskRequest"), ("search", "SearchRequest"), ("quotes", "QuotesRequest")):
        for example in schemas[name]["examples"]:
            assert client.post(f"/api/{path}", json=example).status_code == 200, name


def test_health_is_short(client):
    assert client.get("/api/health").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_a_written_answer_without_a_chat_model_is_refused_with_the_remedy(client, path):
    refused = client.post(path, json={"question": IRAN, "written": True})
    assert refused.status_code == 422
    assert "DATELINE_CHAT_MODEL" in refused.json()["detail"]
