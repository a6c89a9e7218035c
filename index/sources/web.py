"""Fetching from the web: every address checked and pinned, every redirect checked again, all of it bounded."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Thread
from urllib.parse import urljoin

import httpx

from index.errors import SourceError
from index.sources.addresses import resolve
from index.sources.limits import Limits

USER_AGENT = "Dateline/0.1 (news archive; reads pages that its user names)"
MOST_REDIRECTS = 5
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
    # One packing only: others, and packings inside packings, could grow without bound between two checks.
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_WAIT = httpx.Timeout(15, connect=10)
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: `url` is where it was found after all redirects."""

    url: str
    content: bytes
    media_type: str
    charset: str | None


def fetch(url: str, limits: Limits) -> Response:
    """Fetch one page or feed.

    Raises:
        SourceError: the address is not allowed, does not answer, answers with an error, or sends too much.
    """
    outcome: list[Response | SourceError] = []

    def run() -> None:
        try:
            outcome.append(_fetch(url, limits))
        except SourceError as error:
            outcome.append(error)

    # A server that sends its headers a byte at a time keeps every single read in time; only a clock beside it tells.
    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(limits.max_seconds + 1)
    result = outcome[0] if outcome else _too_slow(url, limits)
    if isinstance(result, SourceError):
        raise result
    return result


def _too_slow(where: str, limits: Limits) -> SourceError:
    return SourceError(where, f"took longer than {limits.max_seconds:g} seconds", "try again later")


def _fetch(url: str, limits: Limits) -> Response:
    deadline = time.monotonic() + limits.max_seconds
    address = url
    # Settings of the surroundings, proxies among them, would lead around the checks.
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=_WAIT, headers=_HEADERS) as client:
        for _ in range(MOST_REDIRECTS + 1):
            answer = _request(client, address, url, limits, deadline)
            if isinstance(answer, Response):
                return answer
            address = answer
    raise SourceError(
        url, f"redirects more than {MOST_REDIRECTS} times", "open it in a browser and add the last address"
    )


def _request(client: httpx.Client, address: str, where: str, limits: Limits, deadline: float) -> Response | str:
    """The response of `address`, or the address that it redirects to."""
    target = _target(address, where)
    host, port = target.raw_host.decode("ascii"), target.port or (443 if target.scheme == "https" else 80)
    ips = resolve(host, port, where, allow_private=limits.allow_private)
    for number, ip in enumerate(ips):
        request = client.build_request(
            "GET",
            target.copy_with(host=ip),
            headers={"Host": target.netloc.decode("ascii")},
            extensions={"sni_hostname": host},
        )
        try:
            response = client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if number + 1 < len(ips):
                continue
            raise SourceError(where, f"does not answer ({error})", "check the address, or try again later") from error
        except httpx.HTTPError as error:
            raise _broken(where, error) from error
        try:
            return _read(response, address, where, limits, deadline)
        except httpx.HTTPError as error:
            raise _broken(where, error) from error
        finally:
            response.close()
    raise SourceError(where, "has no address", "check the address and the connection")


def _target(address: str, where: str) -> httpx.URL:
    try:
        target = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise SourceError(where, f"is not a web address ({error})", "check how it is written") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise SourceError(where, "is not an address that begins with http:// or https://", "check how it is written")
    if target.userinfo:
        raise SourceError(where, "holds a user name or a password", "save the page and add the file")
    return target


def _broken(where: str, error: httpx.HTTPError) -> SourceError:
    reason = "did not answer in time" if isinstance(error, httpx.TimeoutException) else f"broke off ({error})"
    return SourceError(where, reason, "try again later, or save the page and add the file")


def _read(response: httpx.Response, address: str, where: str, limits: Limits, deadline: float) -> Response | str:
    if response.status_code in _REDIRECTS and (location := response.headers.get("location")):
        return _joined(address, str(location), where)
    if response.status_code != 200:
        raise SourceError(
            where, f"answered {response.status_code} {response.reason_phrase}", _remedy(response.status_code)
        )
    if response.headers.get("content-encoding", "identity").lower() not in ("identity", "gzip", "deflate", ""):
        raise SourceError(where, "is packed in a way that was not asked for", "save the page and add the file")
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > limits.document_bytes:
            raise SourceError(
                where, f"is larger than {limits.max_document_mb:g} MB", "raise max_document_mb if it is right"
            )
        if time.monotonic() > deadline:
            raise _too_slow(where, limits)
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    return Response(address, bytes(content), media_type, response.charset_encoding)


def _joined(address: str, location: str, where: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise SourceError(where, f"redirects to what is no address ({error})", "try again later") from error


def _remedy(status: int) -> str:
    if status in (401, 402, 403, 407, 429, 451):
        return "it is not open to programs: save the page in a browser and add the file"
    return "check the address, or try again later"
