"""The gate before everything: nobody who is not known passes it, nor a browser that another site sent, nor a flood."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.limits import Rates
from assistant.access.lockout import Lockout
from assistant.access.people import People
from assistant.access.sessions import Sessions
from assistant.api.problems import refusal

COOKIE = "dateline_session"
LOGIN = "/login"
HEALTH = "/api/health"
SAFE = ("GET", "HEAD", "OPTIONS")
COUNTED = ("/api", "/v1", "/mcp")
"""Where reading counts as a request too; elsewhere it is the page and its parts."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the gate and the login page know together."""

    people: People
    rates: Rates
    sessions: Sessions = field(default_factory=Sessions)
    lockout: Lockout = field(default_factory=Lockout)
    origins: Sequence[str] = ()

    @property
    def open(self) -> frozenset[str]:
        """What anybody may see. Everything else is closed, whatever is added to the server later.

        Where there are no users there is no login page of ours, and Gradio has a /login of its own.
        """
        return frozenset((HEALTH, LOGIN) if self.people.users else (HEALTH,))


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as the rates count them; `cookie` when it is a browser that says so by itself."""

    name: str
    cookie: bool = False
    bearer: bool = False


class Gate:
    """Lets in who is known, or everybody where nobody is; see `assistant.serving` for what comes before and after."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self.app = app
        self._keys = keys
        self._open = keys.open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await refused(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": "refused"})

    def _refused(self, scope: Scope) -> Response | None:
        """What to answer instead; None when the request may pass."""
        headers = Headers(scope=scope)
        caller = self._caller(scope, headers)
        if isinstance(caller, Response):
            return caller
        changes = scope["type"] == "websocket" or scope["method"] not in SAFE
        if changes and not caller.bearer and (told := self._foreign(headers, caller)):
            return refusal(scope, 403, told)
        counted = changes or (scope["path"].startswith(COUNTED) and scope["path"] not in self._open)
        if counted and (left := self._keys.rates.wait(caller.name)):
            return too_soon(scope, left, "there were too many requests in the last minute")
        return None

    def _caller(self, scope: Scope, headers: Headers) -> Caller | Response:
        address = address_of(scope)
        if not self._keys.people.known or scope["path"] in self._open:
            return Caller(f"address {address}")
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._bearer(scope, token.strip(), address)
        ticket = cookie_parser(headers.get("cookie", "")).get(COOKIE)
        if ticket and (user := self._keys.sessions.user_of(ticket)):
            return Caller(f"user {user}", cookie=True)
        return self._stranger(scope, headers)

    def _bearer(self, scope: Scope, token: str, address: str) -> Caller | Response:
        # First of all, so that whoever sends wrong ones does not lock out others behind the same address.
        if name := self._keys.people.owner_of(token):
            return Caller(f"token {name}", bearer=True)
        if left := self._keys.lockout.attempt("", address):
            return too_soon(scope, left, "there were too many wrong tokens or passwords")
        return unknown(scope, "this token is not known here: make one with 'dateline token NAME'")

    def _stranger(self, scope: Scope, headers: Headers) -> Response:
        browses = scope["type"] == "http" and scope["method"] == "GET" and "text/html" in headers.get("accept", "")
        if browses and self._keys.people.users:
            return RedirectResponse(LOGIN, status_code=303)
        login = f", or log in at {LOGIN}" if self._keys.people.users else ""
        return unknown(scope, f"say who you are: send the header 'Authorization: Bearer TOKEN'{login}")

    def _foreign(self, headers: Headers, caller: Caller) -> str | None:
        """Why a browser may not do this: another site sent it here."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin in self._keys.origins:
            return None
        if site is not None:
            return None if site in ("same-origin", "none") else "this request comes from another site's page"
        if origin is not None:
            _, _, named = origin.partition("://")
            own = named.lower() == headers.get("host", "").lower()
            return (
                None if named and own else f"this request comes from a page of '{origin}': list it in DATELINE_ORIGINS"
            )
        if caller.cookie:
            return "this request has a cookie and does not say from which page it comes: programs use a token"
        return None


def address_of(scope: Scope) -> str:
    """From where a request comes, as failures and requests are counted.

    Of IPv6 it is the network of 64 bits: whoever has one address of it has them all.
    """
    host = str(scope["client"][0]) if scope.get("client") else "unknown"
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))


def unknown(scope: Scope, told: str) -> Response:
    """The answer to who is not known."""
    return refusal(scope, 401, told, {"WWW-Authenticate": 'Bearer realm="dateline"'})


def too_soon(scope: Scope, left: float, told: str) -> Response:
    """The answer to who has to wait."""
    seconds = math.ceil(left)
    return refusal(scope, 429, f"{told}: try again in {seconds} s", {"Retry-After": str(seconds)})
