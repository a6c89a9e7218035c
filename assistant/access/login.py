"""The login page: name and password for a cookie that only this server's own pages send back."""

from __future__ import annotations

import asyncio
import logging
from html import escape
from importlib import resources
from string import Template

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from assistant.access.gate import COOKIE, LOGIN, Keys, address_of, too_soon

logger = logging.getLogger(__name__)

CHECKED_AT_ONCE = 2
"""Passwords: each takes 32 MB and a processor for a moment."""
NAME_LENGTH = 64


class Login:
    """Shows the page, and lets users in and out."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._checking = asyncio.Semaphore(CHECKED_AT_ONCE)

    def routes(self) -> list[Route]:
        """Where it is served."""
        return [
            Route(LOGIN, self.show, methods=["GET"]),
            Route(LOGIN, self.enter, methods=["POST"]),
            Route("/logout", self.leave, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The form; to who is logged in, the way out."""
        user = self._keys.sessions.user_of(request.cookies.get(COOKIE, ""))
        return _page("leave", user) if user else _page("enter", "")

    async def enter(self, request: Request) -> Response:
        """Start a session, or say that name and password do not fit, never which of them."""
        async with request.form(max_files=0, max_fields=4) as form:
            name, password = str(form.get("name", ""))[:NAME_LENGTH], str(form.get("password", ""))
        address = address_of(request.scope)
        # A name is counted with a mark before it, so that nobody's is the empty one.
        if left := self._keys.lockout.attempt(f"@{name}", address):
            return too_soon(request.scope, left, "there were too many wrong passwords")
        async with self._checking:
            right = await run_in_threadpool(self._keys.people.has_user, name, password)
        if not right:
            logger.warning("a login from %s failed", address)
            return _page("enter", "Name and password do not fit.", status=401)
        self._keys.lockout.succeeded(f"@{name}", address)
        self._keys.sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(
            COOKIE,
            self._keys.sessions.start(name),
            max_age=int(self._keys.sessions.seconds),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    async def leave(self, request: Request) -> Response:
        """End the session."""
        self._keys.sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(LOGIN, status_code=303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer


def _page(form: str, words: str, *, status: int = 200) -> Response:
    frame = Template((resources.files("assistant") / "access" / "login.html").read_text("utf-8"))
    part = Template((resources.files("assistant") / "access" / f"{form}.html").read_text("utf-8"))
    page = frame.substitute(form=part.substitute(words=escape(words)))
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})
