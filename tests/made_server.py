"""The whole server over a small archive: in this thread for speed, or on a port for the official clients."""

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn
from fake_embedder import FakeEmbedder
from made_archive import ARTICLES, opened
from starlette.testclient import TestClient

from assistant import Assistant, Settings
from assistant.serving import assemble, configuration
from assistant.settings import ServerSettings

HERE = "http://127.0.0.1"
IRAN = "What did NATO leaders say about Iran?"


@contextmanager
def made_assistant(folder, reader, **server):
    """An assistant over the made-up articles, which a fake embedder embeds."""
    with Assistant(opened(folder, FakeEmbedder()), Settings(server=ServerSettings(**server)), reader) as assistant:
        assistant.archive.add_articles(ARTICLES)
        yield assistant


@contextmanager
def client_of(assistant, *, page=False, host="127.0.0.1", **options):
    """A client of the server, without a network between them."""
    with TestClient(assemble(assistant, host=host, page=page), base_url=HERE, **options) as client:
        yield client


def free():
    """A free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def listening(assistant, *, page=False):
    """The address of the real server, on a free port of this machine."""
    app, port = assemble(assistant, page=page), free()
    server = uvicorn.Server(configuration(app, assistant.settings.server, host="127.0.0.1", port=port))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive() and time.monotonic() < until, "the server did not start"
        time.sleep(0.01)
    try:
        yield f"{HERE}:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def events_of(text):
    """The name and data of each server-sent event."""
    blocks = [dict(line.split(": ", 1) for line in block.splitlines()) for block in text.strip().split("\n\n")]
    return [(block.get("event"), block["data"]) for block in blocks]
