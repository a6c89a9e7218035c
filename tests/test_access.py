"""Who comes in: nobody whom the server does not know, on no route, whatever is added to it later."""

import hashlib
from dataclasses import replace
from html import unescape

import pytest
from made_server import HERE, IRAN, client_of, made_assistant
from starlette.routing import Mount
from starlette.testclient import TestClient

from assistant.access.gate import COOKIE, Gate, Keys, address_of
from assistant.access.limits import Rates
from assistant.access.passwords import hash_password, hash_token
from assistant.access.people import People
from assistant.serving import assemble
from assistant.settings import ServerSettings

PASSWORD, TOKEN = "correct horse battery", "a-token-of-the-desk-0123456789"
MAREN = {"name": "maren", "password": PASSWORD}
OWN = {"Origin": "http://127.0.0.1"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    (folder / "users").write_text(f"# the desk\nmaren:{hash_password(PASSWORD, cost=4)}\n")
    (folder / "tokens").write_text(f"wire:{hash_token(TOKEN)}\n")
    return {"users": folder / "users", "tokens": folder / "tokens"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, reader, files):
    with made_assistant(tmp_path_factory.mktemp("access") / "a", reader, **files) as made:
        yield made


@pytest.fixture
def client(assistant):
    with client_of(assistant, follow_redirects=False) as one:
        yield one


def login(client, name="maren", password=PASSWORD, **headers):
    return client.post("/login", data={"name": name, "password": password}, headers={**OWN, **headers})


def routes(app, before=""):
    """Every path of an application and of what is mounted or included in it, with its methods."""
    for route in app.routes:
        path = before + getattr(route, "path", "").rstrip("/")
        if isinstance(route, Mount):
            yield from routes(route.app, path)
        elif included := getattr(route, "original_router", None):
            yield from routes(included, before + route.include_context.prefix)
        else:
            yield from ((method, path or "/") for method in route.methods or ("GET", "POST"))


LOGIN_PAGE = {("GET", "/login"): 200, ("HEAD", "/login"): 200}


@pytest.mark.parametrize(
    ("known", "login_page"),
    [(("users",), LOGIN_PAGE), (("tokens",), {}), (("users", "tokens"), LOGIN_PAGE)],
    ids=["users", "tokens", "both"],
)
def test_every_route_of_the_whole_server_is_closed_but_health_and_login(
    assistant, files, monkeypatch, known, login_page
):
    server = ServerSettings(**{name: files[name] for name in known})
    monkeypatch.setattr(assistant, "settings", replace(assistant.settings, server=server))
    app = assemble(assistant, page=True)
    found = sorted(set(routes(app)))
    page = {"/", "/config", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/heartbeat/{session_hash}"}
    assert page | {"/api/ask", "/v1/chat/completions", "/mcp"} <= {path for _, path in found}
    assert not login_page or {"/login", "/logout"} <= {path for _, path in found}
    with TestClient(app, base_url=HERE, follow_redirects=False, headers=OWN) as client:
        statuses = {asked: client.request(*asked).status_code for asked in found}
    assert {asked: status for asked, status in statuses.items() if status != 401} == {
        ("GET", "/api/health"): 200,
        **login_page,
        ("GET", "/gradio_api/proxy={url_path:path}"): 404,
        ("HEAD", "/gradio_api/proxy={url_path:path}"): 404,
    }


def test_a_path_that_only_looks_open_is_closed(client):
    for path in ("/api/health/", "//api/health", "/api/health/..", "/api/HEALTH", "/login/", "/api/openapi.json"):
        assert client.get(path).status_code == 401, path


def test_a_browser_is_sent_to_the_login_page(client):
    sent = client.get("/", headers={"Accept": "text/html,*/*"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/login")
    page = client.get("/login")
    assert page.status_code == 200
    assert 'type="password"' in page.text
    assert "http://" not in page.text and "https://" not in page.text


def test_a_user_logs_in_and_out(client):
    entered = login(client)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert client.get("/api/articles").status_code == 200
    assert client.post("/api/ask", json={"question": IRAN}, headers=OWN).json()["answered"]
    assert "maren" in client.get("/login").text
    ticket = client.cookies[COOKIE]
    assert client.post("/logout", headers=OWN).headers["location"] == "/login"
    client.cookies.set(COOKIE, ticket)
    assert client.get("/api/articles").status_code == 401


def test_who_logs_in_again_ends_the_session_before(client):
    login(client)
    before = client.cookies[COOKIE]
    login(client)
    assert client.cookies[COOKIE] != before
    client.cookies.clear()
    client.cookies.set(COOKIE, before)
    assert client.get("/api/articles").status_code == 401


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(client):
    told = login(client).headers["set-cookie"]
    assert "HttpOnly" in told and "SameSite=strict" in told and "Secure" not in told
    assert PASSWORD not in told and "maren" not in told
    assert (
        "Secure"
        in client.post(
            "https://127.0.0.1/login",
            data={"name": "maren", "password": PASSWORD},
            headers={"Sec-Fetch-Site": "same-origin"},
        ).headers["set-cookie"]
    )


def test_a_made_up_cookie_opens_nothing(client):
    client.cookies.set(COOKIE, "x" * 43)
    assert client.get("/api/articles").status_code == 401


@pytest.mark.parametrize(("name", "password"), [("maren", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_login_does_not_say_what_was_wrong(client, name, password):
    refused = login(client, name, password)
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers
    assert "Name and password do not fit." in unescape(refused.text)


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(monkeypatch):
    people = People({"maren": hash_password(PASSWORD, cost=14)})
    people.has_user("nobody", "warm")
    work, scrypt = [], hashlib.scrypt

    def counted(given, **options):
        work.append((len(given), {name: value for name, value in options.items() if name != "salt"}))
        return scrypt(given, **options)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    assert not people.has_user("maren", "wrong")
    assert not people.has_user("nobody", "wrong")
    assert len(work) == 2 and work[0] == work[1]
    assert not people.has_user("nobody", "")


def test_after_five_failures_even_the_right_password_has_to_wait(client):
    assert [login(client, password="wrong").status_code for _ in range(5)] == [401] * 5
    locked = login(client)
    assert locked.status_code == 429
    assert 0 < int(locked.headers["retry-after"]) <= 900
    assert login(client, "somebody", "else").status_code == 401


def test_an_address_that_tries_many_names_has_to_wait(client):
    tried = [login(client, f"user{i}", "wrong").status_code for i in range(21)]
    assert tried == [401] * 20 + [429]


def test_a_token_opens_what_programs_need_and_a_wrong_one_nothing(client):
    assert client.get("/api/articles", headers=BEARER).status_code == 200
    refused = client.get("/api/articles", headers={"Authorization": f"Bearer {TOKEN}x"})
    assert (refused.status_code, refused.json()["title"]) == (401, "Unauthorized")
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert (
        client.get("/v1/models", headers={"Authorization": "Bearer no"}).json()["error"]["type"]
        == "authentication_error"
    )
    assert client.get("/api/articles", headers={"Authorization": f"Basic {TOKEN}"}).status_code == 401


def test_wrong_tokens_lock_the_address_out(client):
    tried = [client.get("/api/articles", headers={"Authorization": f"Bearer {i}"}).status_code for i in range(21)]
    assert tried == [401] * 20 + [429]


def test_wrong_tokens_do_not_lock_out_a_right_one_behind_the_same_address(client):
    for i in range(21):
        client.get("/api/articles", headers={"Authorization": f"Bearer {i}"})
    assert client.get("/api/articles", headers=BEARER).status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("::ffff:1.2.3.4", "1.2.3.4", True),
        ("1.2.3.4", "1.2.3.5", False),
        ("testclient", "testclient", True),
    ],
)
def test_addresses_that_one_caller_may_have_are_counted_as_one(one, other, same):
    assert (address_of({"client": (one, 1)}) == address_of({"client": (other, 2)})) == same


def test_many_addresses_of_one_network_are_locked_out_together(assistant):
    app = assemble(assistant, page=False)

    def status(i, network="2001:db8:0:1"):
        with_address = TestClient(app, base_url=HERE, client=(f"{network}::{i:x}", 5))
        return with_address.get("/api/articles", headers={"Authorization": f"Bearer {i}"}).status_code

    assert [status(i) for i in range(21)] == [401] * 20 + [429]
    assert status(1, network="2001:db8:0:2") == 401


def test_right_tokens_never_lock_out(client):
    assert {client.get("/api/articles", headers=BEARER).status_code for _ in range(30)} == {200}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-site"},
        {},
    ],
    ids=["another site", "no site", "another port", "no address", "as the browser says", "a sibling", "nothing said"],
)
def test_a_cookie_does_not_work_from_another_sites_page(client, headers):
    login(client)
    refused = client.post("/api/ask", json={"question": IRAN}, headers=headers)
    assert refused.status_code == 403


def test_another_site_cannot_log_somebody_in(client):
    assert login(client, Origin="https://evil.example").status_code == 403


def test_a_token_works_from_anywhere(client):
    asked = client.post("/api/ask", json={"question": IRAN}, headers={**BEARER, "Origin": "https://desk.example"})
    assert asked.status_code == 200
    assert "access-control-allow-origin" not in asked.headers


def test_a_websocket_of_nobody_is_closed_before_it_opens(files):
    sent = []

    async def app(scope, receive, send):
        raise AssertionError("it was let in")

    async def send(message):
        sent.append(message)

    gate = Gate(app, Keys(People({}, {"wire": hash_token(TOKEN)}), Rates(10)))
    coroutine = gate({"type": "websocket", "path": "/x", "headers": [], "client": ("1.2.3.4", 5)}, None, send)
    with pytest.raises(StopIteration):
        coroutine.send(None)
    assert sent[0]["type"] == "websocket.close"
