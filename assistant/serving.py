"""The server: the page, the programs' doors and the gate before them, in one process that owns the archive."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

import uvicorn
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from assistant.access.gate import Gate, Keys
from assistant.access.limits import BodyLimit, Rates
from assistant.access.login import Login
from assistant.access.people import People
from assistant.api.problems import Unforeseen, tell_problems
from assistant.api.program import dateline_api, openai_api
from assistant.api.turns import Turns
from assistant.assistant import Assistant
from assistant.guard import free_port, guards, loopback
from assistant.settings import ServerSettings
from assistant.tools import tool_routes, tool_server
from index import ArchiveError

logger = logging.getLogger(__name__)

SWITCH_SECONDS = 0.0005
"""How long Python goes on in one thread while another wants it, a tenth of the usual. Each operation of the network
gives Python away and wants it back; beside a thread that reads articles it waits that long, hundreds of times."""


def assemble(assistant: Assistant, *, host: str = "127.0.0.1", page: bool = True) -> FastAPI:
    """The whole application: /api, /v1, /mcp, /login where there are users, and the page on all the rest.

    Raises:
        ValueError: it can be reached from other machines, by itself or behind a proxy, and nobody is named who may
            come in.
    """
    settings = assistant.settings.server
    people = People.of(settings)
    if not people.known and (not loopback(host) or settings.hosts or settings.proxies):
        name = host if not loopback(host) else ", ".join((*settings.hosts, *settings.proxies))
        raise ValueError(
            f"{name} can be reached from other machines, and there is neither user nor token: make one with "
            "'dateline password NAME >> users.txt' and set DATELINE_USERS=users.txt, or use --host 127.0.0.1"
        )
    keys = Keys(people, Rates(settings.requests_a_minute), origins=settings.origins)
    turns = Turns()
    tools = tool_server(assistant, turns)
    routes = tool_routes(tools)

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        try:
            async with tools.session_manager.run():
                yield
        finally:  # before the archive is let go of
            await asyncio.to_thread(turns.close)

    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=running, middleware=_before(host, settings, keys)
    )
    tell_problems(app)
    app.mount("/api", dateline_api(assistant, turns))
    app.mount("/v1", openai_api(assistant, turns))
    app.router.routes.extend(routes)
    if people.users:
        app.router.routes.extend(Login(keys).routes())
    if page:
        from assistant.web import mount

        mount(app, assistant, upload_mb=settings.upload_mb, folders=not people.known)
    return app


def launch(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve until interrupted, on `port` or the next free one; see `assemble`."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = assemble(assistant, host=host)
    open_at = free_port(host, port)
    shown = f"[{host}]" if ":" in host else host
    preparing = Thread(target=_prepare, args=(assistant,), name="prepare")
    preparing.start()
    logger.info("Dateline is at http://%s:%d", shown, open_at)
    try:
        uvicorn.Server(configuration(app, assistant.settings.server, host=host, port=open_at)).run()
    finally:  # before the archive is let go of
        preparing.join()


def _prepare(assistant: Assistant) -> None:
    """Load what the first question needs; what stands against that is told to whoever asks, too."""
    try:
        assistant.prepare()
    except ArchiveError as error:  # the server is there for what can be done without
        logger.warning("Questions cannot be answered yet: %s", error)
    except Exception:
        logger.exception("Questions cannot be answered yet")


def configuration(app: FastAPI, settings: ServerSettings, *, host: str, port: int) -> uvicorn.Config:
    """How the server runs. Whose address a request has is believed of the named proxies alone."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=5,
    )


def _before(host: str, settings: ServerSettings, keys: Keys) -> list[Middleware]:
    """What every request passes, in order: the headers of this server, its names, faults, CORS, the gate, the size."""
    # Where everybody has to say who they are, another name for this server opens nothing.
    hosts = [host, "localhost", "127.0.0.1", *settings.hosts] if settings.hosts or not keys.people.known else ["*"]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(settings.origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Mcp-Protocol-Version", "Mcp-Session-Id"],
    )
    return [
        *guards(hosts),
        Middleware(Unforeseen),  # within the guards, whose headers its answers have too
        cors,  # also where none is allowed: Gradio would add its own, which reflects every origin
        Middleware(Gate, keys=keys),
        Middleware(BodyLimit, upload_mb=settings.upload_mb),
    ]
