"""The whole server: what it refuses to start with, and what stands before everything that it serves."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
import pytest
import uvicorn
from made_server import IRAN, client_of, free, listening, made_assistant

from assistant.access.passwords import hash_password, hash_token
from assistant.serving import assemble, launch
from assistant.settings import ServerSettings, from_env
from index import ArchiveError

EVIL = {"Origin": "https://evil.example"}
PREFLIGHT = {**EVIL, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, reader):
    with made_assistant(tmp_path_factory.mktemp("serving") / "a", reader) as made:
        yield made


@pytest.fixture(scope="module")
def client(assistant):
    with client_of(assistant, page=True) as one:
        yield one


def with_settings(tmp_path, reader, **server):
    return made_assistant(tmp_path / "a", reader, **server)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com", "::"])
def test_an_address_that_others_can_reach_needs_somebody_to_be_known(assistant, host):
    with pytest.raises(ValueError, match="dateline password NAME"):
        launch(assistant, host=host)


@pytest.mark.parametrize("given", [{"hosts": ("desk.example",)}, {"proxies": ("10.0.0.1",)}])
def test_behind_a_proxy_somebody_has_to_be_known_too(tmp_path, reader, given):
    with with_settings(tmp_path, reader, **given) as made, pytest.raises(ValueError, match="other machines"):
        assemble(made)


def test_with_a_token_it_may_be_reached_under_any_name(tmp_path, reader):
    place = tmp_path / "tokens"
    place.write_text(f"wire:{hash_token('secret')}\n")
    with (
        with_settings(tmp_path, reader, tokens=place) as assistant,
        client_of(assistant, host="0.0.0.0", headers={"Authorization": "Bearer secret"}) as client,
    ):
        assert client.get("http://desk.example/api/articles").status_code == 200
        assert client.get("/login").status_code == 404
        assert client.get("/login", headers={"Authorization": ""}).status_code == 401


def test_another_name_for_this_machine_is_refused_where_nobody_logs_in(client):
    refused, let_in = client.get("http://evil.example/api/articles"), client.get("http://localhost/api/articles")
    assert (refused.status_code, let_in.status_code) == (400, 200)
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options"):
        assert refused.headers[name] == let_in.headers[name]


CHANGING = ["/api/ask", "/v1/chat/completions", "/mcp", "/gradio_api/queue/join", "/gradio_api/upload"]


@pytest.mark.parametrize("path", CHANGING)
def test_another_sites_page_can_change_nothing_without_a_login_either(client, path):
    assert client.post(path, json={"question": IRAN}, headers=EVIL).status_code == 403
    assert client.post(path, json={"question": IRAN}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/info", "/api/articles", "/v1/models"])
def test_no_origin_is_reflected(client, path):
    for response in (client.get(path, headers=EVIL), client.options(path, headers=PREFLIGHT)):
        assert "access-control-allow-origin" not in response.headers


def test_an_origin_on_the_list_may_ask_and_no_other(tmp_path, reader):
    desk = {"Origin": "https://desk.example"}
    with with_settings(tmp_path, reader, origins=("https://desk.example",)) as made, client_of(made) as client:
        first = client.options("/api/ask", headers={**PREFLIGHT, **desk})
        asked = client.post("/api/ask", json={"question": IRAN}, headers={**desk, "Sec-Fetch-Site": "cross-site"})
        for response in (first, asked):
            assert response.headers["access-control-allow-origin"] == desk["Origin"]
            assert "access-control-allow-credentials" not in response.headers
        assert client.post("/api/ask", json={"question": IRAN}, headers=EVIL).status_code == 403
        assert "access-control-allow-origin" not in client.get("/api/articles", headers=EVIL).headers


@pytest.mark.parametrize("path", ["/", "/config", "/api/articles", "/api/nothing", "/v1/models"])
def test_every_response_says_from_where_a_page_may_load(client, path):
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")


def test_what_was_not_foreseen_has_the_same_headers(client, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret of the server")

    usual = client.get("/api/articles").headers
    monkeypatch.setattr("assistant.access.limits.Rates.wait", broken)
    response = client.get("/api/articles")
    assert (response.status_code, "secret" in response.text) == (500, False)
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options"):
        assert response.headers[name] == usual[name]


@pytest.mark.parametrize("path", ["/gradio_api/file=http://10.0.0.1/", "/gradio_api/proxy=https://x.hf.space/"])
def test_the_server_fetches_nothing_for_others(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/gradio_api/file=/etc/passwd", "/gradio_api/file/etc/passwd"])
def test_no_file_of_this_machine_is_served(client, path):
    response = client.get(path)
    assert response.status_code in (403, 404)
    assert "root:" not in response.text


def test_gradio_keeps_no_history_and_describes_nothing(client):
    assert client.get("/config").json()["footer_links"] == []
    for path in ("/gradio_api/run-history/buckets", "/docs", "/redoc", "/openapi.json", "/monitoring/summary"):
        assert client.get(path).status_code in (403, 404), path


def test_a_request_that_is_too_large_is_refused_before_it_is_read(client):
    headers = {"Content-Length": str(10**9), "Content-Type": "application/json"}
    response = client.post("/api/ask", content=b"x", headers=headers)
    assert (response.status_code, response.json()["title"]) == (413, "Content Too Large")


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions", "/mcp", "/gradio_api/queue/join"])
def test_a_request_that_grows_too_large_is_cut_off(client, path):
    def pieces():
        yield b'{"question": "'
        for _ in range(40):
            yield b"x" * 100_000

    assert client.post(path, content=pieces(), headers={"Content-Type": "application/json"}).status_code == 413


def test_uploads_have_a_limit_of_their_own(tmp_path, reader):
    with with_settings(tmp_path, reader, upload_mb=3) as made, client_of(made) as client:
        files = [{"files": ("a.mp3", b"x" * 1_000_000 * size)} for size in (2, 4)]
        assert [client.post("/api/articles/files", files=one).status_code for one in files] == [201, 413]


def test_a_caller_who_asks_too_often_has_to_wait(tmp_path, reader):
    with with_settings(tmp_path, reader, requests_a_minute=3) as made, client_of(made) as client:
        statuses = [client.get("/api/articles").status_code for _ in range(4)]
        assert statuses == [200] * 3 + [429]
        refused = client.get("/v1/models")
        assert refused.json()["error"]["type"] == "rate_limit_error"
        assert int(refused.headers["retry-after"]) >= 1
        assert client.get("/api/health").status_code == 200


def test_the_page_is_answered_through_gradios_queue(assistant):
    with listening(assistant, page=True) as address, httpx.Client(base_url=address, trust_env=False) as browser:
        wired = browser.get("/config").json()["dependencies"]
        loading = next(one for one in wired if "load" in [kind for _, kind in one["targets"]])
        asked = {"data": [None] * len(loading["inputs"]), "fn_index": loading["id"], "session_hash": "made-up"}
        assert browser.post("/gradio_api/queue/join", json=asked, headers={"Origin": address}).status_code == 200
        with browser.stream("GET", "/gradio_api/queue/data?session_hash=made-up") as events:
            ended = next(line for line in events.iter_lines() if "process_completed" in line)
    assert json.loads(ended.removeprefix("data: "))["success"]


@pytest.mark.parametrize(("proxies", "safe"), [((), False), (("10.0.0.1",), False), (("127.0.0.1",), True)])
def test_only_a_named_proxy_is_believed_that_the_way_is_safe(tmp_path, reader, proxies, safe):
    (tmp_path / "users").write_text(f"maren:{hash_password('correct horse', cost=4)}\n")
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "5.6.7.8", "Sec-Fetch-Site": "same-origin"}
    with with_settings(tmp_path, reader, users=tmp_path / "users", proxies=proxies) as made, listening(made) as address:
        entered = httpx.post(f"{address}/login", data={"name": "maren", "password": "correct horse"}, headers=told)
    assert entered.status_code == 303
    assert ("Secure" in entered.headers["set-cookie"]) == safe


@pytest.mark.parametrize(("proxies", "last"), [((), 429), (("127.0.0.1",), 401)], ids=["nobody", "named"])
def test_a_forged_address_starts_no_fresh_count_unless_the_proxy_is_named(tmp_path, reader, proxies, last):
    with with_settings(tmp_path, reader, token="t" * 30, proxies=proxies) as made, listening(made) as address:
        statuses = [
            httpx.get(
                f"{address}/api/articles", headers={"Authorization": "Bearer no", "X-Forwarded-For": f"5.6.7.{i}"}
            ).status_code
            for i in range(21)
        ]
    assert statuses == [401] * 20 + [last]


def test_the_environment_says_who_may_come_in(tmp_path):
    env = {
        "DATELINE_USERS": str(tmp_path / "users"),
        "DATELINE_TOKEN": "t" * 30,
        "DATELINE_HOSTS": "desk.example, news.example",
        "DATELINE_ORIGINS": "https://desk.example",
        "DATELINE_PROXIES": "10.0.0.1",
        "DATELINE_REQUESTS_A_MINUTE": "60",
        "DATELINE_UPLOAD_MB": "5",
    }
    assert from_env(env)[1].server == ServerSettings(
        users=tmp_path / "users",
        token="t" * 30,
        hosts=("desk.example", "news.example"),
        origins=("https://desk.example",),
        proxies=("10.0.0.1",),
        requests_a_minute=60,
        upload_mb=5,
    )
    with pytest.raises(ValueError, match="DATELINE_UPLOAD_MB is 'much'"):
        from_env({"DATELINE_UPLOAD_MB": "much"})


def test_asking_does_not_keep_the_server_from_hearing_others(assistant, monkeypatch):
    held, asked = Event(), assistant.ask

    def slow(*given, **options):
        assert held.wait(20)
        return asked(*given, **options)

    monkeypatch.setattr(assistant, "ask", slow)
    with listening(assistant) as address, httpx.Client(base_url=address, trust_env=False) as client:
        with ThreadPoolExecutor(8) as people:
            answers = [people.submit(client.post, "/api/ask", json={"question": IRAN}, timeout=30) for _ in range(8)]
            assert client.get("/api/health", timeout=5).status_code == 200
            assert not any(answer.done() for answer in answers)
            held.set()
        assert {answer.result().status_code for answer in answers} == {200}


def test_a_server_of_nobody_has_no_login_page(assistant):
    assert "/login" not in {getattr(route, "path", "") for route in assemble(assistant, page=False).routes}


@pytest.mark.parametrize(("known", "label"), [(False, "Folder on this machine, or link"), (True, "Link")])
def test_who_has_to_log_in_is_not_asked_for_folders_of_this_machine(tmp_path, reader, known, label):
    place = tmp_path / "tokens"
    place.write_text(f"wire:{hash_token('secret')}\n")
    with (
        with_settings(tmp_path, reader, tokens=place if known else None) as assistant,
        client_of(assistant, page=True, headers={"Authorization": "Bearer secret"}) as client,
    ):
        parts = client.get("/config").json()["components"]
        assert label in [part["props"].get("label") for part in parts if part["props"].get("elem_id") == "dl-place"]


class Stopped(Exception):
    """The server has stopped."""


def test_the_server_loads_what_the_first_question_needs_and_is_there_without_it(tmp_path, reader, monkeypatch, caplog):
    def stopped(_):
        raise Stopped

    monkeypatch.setattr(uvicorn.Server, "run", stopped)
    with made_assistant(tmp_path / "a", reader) as made:
        made.archive.embedder.texts.clear()
        with pytest.raises(Stopped):
            launch(made, port=free())
        assert made.archive.embedder.texts
        assert "cannot be answered" not in caplog.text
        monkeypatch.setattr(made.archive, "search", unreadable)
        with pytest.raises(Stopped):
            launch(made, port=free())
        assert "cannot be answered yet: it is damaged" in caplog.text
        caplog.clear()
        monkeypatch.setattr(made.archive, "search", lambda *_: {}["what nobody foresaw"])
        with pytest.raises(Stopped):
            launch(made, port=free())
        assert "what nobody foresaw" in caplog.text


def unreadable(*_):
    raise ArchiveError("it is damaged")
