"""The tools for language models, used with the official client: over a pipe and over HTTP."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from made_archive import ARTICLES, SUMMIT
from made_server import IRAN, client_of, listening, made_assistant
from mcp import Client, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from index import ArchiveDamaged

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "a-token-of-the-desk-0123456789"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, reader):
    with made_assistant(tmp_path_factory.mktemp("mcp") / "a", reader, token=TOKEN) as made:
        yield made


@pytest.fixture(scope="module")
def address(assistant):
    with listening(assistant) as address:
        yield f"{address}/mcp"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive that `dateline` itself made: the process of the pipe has no fake embedder."""
    folder = tmp_path_factory.mktemp("pipe")
    lines = [
        {"title": one.title, "text": one.text, "url": one.url or f"https://example.org/{i}"}
        for i, one in enumerate(ARTICLES)
    ]
    (folder / "news.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    command = [sys.executable, "-m", "assistant.cli", "add", "--index", "news.dateline", "news.jsonl"]
    subprocess.run(command, cwd=folder, env=environment(), check=True, capture_output=True, timeout=100)
    return folder / "news.dateline"


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@asynccontextmanager
async def over_http(address, token=TOKEN):
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers, trust_env=False, timeout=30) as http,
        Client(streamable_http_client(address, http_client=http)) as client,
    ):
        yield client


@asynccontextmanager
async def over_a_pipe(archive, errors):
    words = ["-m", "assistant.cli", "mcp", "--index", str(archive)]
    server = StdioServerParameters(command=sys.executable, args=words, env=environment())
    async with Client(stdio_client(server, errlog=errors)) as client:
        yield client


def used(connected, name, **given):
    """What a tool gives, through a client that is opened for it."""

    async def use():
        async with connected as client:
            return await client.call_tool(name, given)

    return asyncio.run(use())


def test_the_four_tools_say_what_they_need(address):
    async def listed():
        async with over_http(address) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in asyncio.run(listed())}
    assert set(tools) == {"ask", "search", "quotes", "article"}
    assert tools["ask"].input_schema["required"] == ["question"]
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools.values())


def test_an_answer_is_the_one_that_python_gives(address, assistant):
    told = used(over_http(address), "ask", question=IRAN)
    assert not told.is_error
    assert told.structured_content == assistant.ask(IRAN).to_dict()
    assert json.loads(told.content[0].text) == told.structured_content


def test_a_follow_up_and_a_filter_are_heard(address):
    told = used(over_http(address), "ask", question="And about Brazil?", history=[IRAN], outlets=["Harbour Post"])
    assert "NATO" in told.structured_content["standalone_question"]
    assert not told.structured_content["answered"]


def test_passages_are_told_as_everywhere_else(address, assistant):
    told = used(over_http(address), "search", question="price of bread", limit=2).structured_content
    assert told == {"passages": [hit.to_dict() for hit in assistant.archive.search("price of bread", 2)]}


def test_passages_and_articles_fit_together(address):
    (passage,) = used(over_http(address), "search", question="price of bread", limit=1).structured_content["passages"]
    article = used(over_http(address), "article", article=passage["article_id"]).structured_content
    assert article["text"][passage["start"] : passage["end"]] == passage["text"]
    assert article["title"] == "Bread becomes dearer"


def test_a_search_for_nothing_is_refused(address):
    told = used(over_http(address), "search", question="  ")
    assert told.is_error
    assert told.content[0].text.endswith("the question is empty: ask something")


def test_quotes_keep_to_days_and_outlets(address):
    def quotes(**given):
        return used(over_http(address), "quotes", speaker="NATO", **given).structured_content["quotes"]

    (said,) = quotes(about="Iran")
    day, outlet = said["published"], said["source"]
    assert said in quotes(published_from=day, published_to=day, outlets=[outlet])
    assert not quotes(published_from="2031-01-01")
    assert not quotes(outlets=["Nobody's Gazette"])


def test_who_said_what(address):
    (said,) = used(over_http(address), "quotes", speaker="NATO", about="Iran").structured_content["quotes"]
    assert (said["speaker"], said["url"]) == ("NATO leaders", SUMMIT)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("article", {"article": "0000"}, "no article '0000'"),
        ("quotes", {"about": "?"}, "name a topic"),
        ("ask", {"question": "  "}, "ask something"),
        ("ask", {"question": IRAN, "published_from": "July"}, "published_from"),
        ("ask", {"question": IRAN, "published_from": "2024-07-02", "published_to": "2024-07-01"}, "swap them"),
        ("ask", {"question": IRAN, "written": True}, "DATELINE_CHAT_MODEL"),
        ("ask", {"question": IRAN, "history": ["And China?"] * 51}, "history"),
        ("search", {"question": IRAN, "limit": 0}, "limit"),
    ],
)
def test_a_fault_of_the_caller_is_told_with_its_remedy(address, name, given, told):
    refused = used(over_http(address), name, **given)
    assert refused.is_error
    assert told in refused.content[0].text


@pytest.mark.parametrize(
    "error", [RuntimeError("secret of the server"), ArchiveDamaged("the word index of the secret desk")]
)
def test_what_breaks_is_told_without_the_exception(address, assistant, monkeypatch, error):
    def broken(*_, **__):
        raise error

    monkeypatch.setattr(assistant, "ask", broken)
    refused = used(over_http(address), "ask", question=IRAN)
    assert refused.is_error
    assert "secret" not in refused.content[0].text


def test_too_many_waiting_questions_are_told(assistant, monkeypatch):
    monkeypatch.setattr("assistant.api.turns.QUESTIONS", 0)
    with listening(assistant) as busy:
        assert "try again later" in used(over_http(f"{busy}/mcp"), "ask", question=IRAN).content[0].text


def test_without_a_token_there_are_no_tools(address):
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Accept": "application/json, text/event-stream"}
    with httpx2.Client(trust_env=False) as http:
        assert http.post(address, json=request, headers=headers).status_code == 401


@pytest.mark.parametrize("page", [False, True], ids=["alone", "beside the page"])
@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_nothing_but_to_post(assistant, method, page):
    headers = {"Accept": "application/json, text/event-stream", "Authorization": f"Bearer {TOKEN}"}
    with client_of(assistant, page=page, headers=headers) as client:
        refused = client.request(method, "/mcp")
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert refused.headers["content-type"] == "application/problem+json"


def test_over_a_pipe_the_tools_are_the_same(archive, tmp_path):
    with (tmp_path / "errors").open("w+") as errors:
        told = used(over_a_pipe(archive, errors), "ask", question=IRAN)
    (cited,) = told.structured_content["citations"]
    assert cited["quote"] == ARTICLES[0].text[cited["start"] : cited["end"]]


def test_nothing_but_the_protocol_is_written_to_the_pipe(archive):
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
    }
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    call = {"name": "ask", "arguments": {"question": IRAN}}
    ask = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}
    command = [sys.executable, "-m", "assistant.cli", "-v", "mcp", "--index", str(archive)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=environment(), text=True, **pipes) as process:
        for message in (hello, ready, ask):
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
        lines = [process.stdout.readline(), process.stdout.readline()]
        process.stdin.close()
        lines += process.stdout.readlines()
        assert process.wait(30) == 0
    assert [json.loads(line)["jsonrpc"] for line in lines] == ["2.0"] * len(lines)
    assert {json.loads(line).get("id") for line in lines} >= {1, 2}
