"""Pages and feeds from the web, served by this machine."""

from __future__ import annotations

import gzip
import socket
import time
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from index.records import Article, Failure
from index.sources import read
from index.sources.feeds import is_feed, read_feed

WORDS = [
    f"The board of the harbour met for the {n}th time on Monday and agreed on nothing at all." for n in range(4, 12)
]
PAGE = (
    '<html lang="en"><head><title>Board meets</title><meta name="author" content="Ida Quill">'
    f"</head><body><article><h1>Board meets</h1>{''.join(f'<p>{words}</p>' for words in WORDS)}</article></body></html>"
)


class Site:
    """A web server on this machine; `answers` maps a path to status, headers and body."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, self.headers["Host"]))
                status, headers, body = site.answers.get(self.path, (404, {}, b"none"))
                self.send_response(status)
                self.flush_headers()
                for name, value in headers.items():
                    self.send_header(name, value)
                if self.path == "/slow-headers":
                    for _ in range(100):
                        self.wfile.write(b"X")
                        time.sleep(0.05)
                self.end_headers()
                if self.path == "/slow":
                    for _ in range(30):
                        self.wfile.write(b"x")
                        time.sleep(0.05)
                self.wfile.write(body)

            def log_message(self, *_):
                pass

            def handle(self):
                with suppress(OSError):  # the reader hangs up where it has had enough
                    super().handle()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        Thread(target=lambda: self.server.serve_forever(poll_interval=0.02), daemon=True).start()

    def put(
        self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ):
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": kind, **named}, content)
        return f"{self.url}{path}"


@pytest.fixture
def site():
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def one(url: str, **limits) -> Article | Failure:
    (found,) = read(url, allow_private=True, **limits)
    return found


def test_a_page_becomes_an_article_at_its_address(site):
    article = one(site.put("/board", PAGE))
    assert isinstance(article, Article)
    assert (article.url, article.path) == (f"{site.url}/board", None)
    assert (article.title, article.authors, article.source) == ("Board meets", ("Ida Quill",), "127.0.0.1")
    assert "\n\n".join(WORDS) in article.text
    assert article.published is None


def test_this_machine_is_not_fetched_from_unless_allowed(site):
    (failure,) = read(site.put("/board", PAGE))
    assert "which is not on the public internet" in failure.reason
    assert site.asked == []


def test_a_redirect_is_followed_and_checked_again(site):
    site.put("/board", PAGE)
    assert one(site.put("/old", "", status=301, Location="/board")).url == f"{site.url}/board"
    metadata = one(site.put("/trap", "", status=302, Location="http://169.254.169.254/latest/meta-data"))
    assert "169.254.169.254, which is not on the public internet" in metadata.reason
    local = one(site.put("/file", "", status=302, Location="file:///etc/hostname"))
    assert "http:// or https://" in local.reason
    assert "redirects more than" in one(site.put("/loop", "", status=302, Location="/loop")).reason


def test_the_connection_goes_to_the_address_that_was_checked(site, monkeypatch):
    site.put("/board", PAGE)
    answers = [["127.0.0.1"], ["169.254.169.254"]]

    def resolve_once(host, port, *_, **__):
        address = answers.pop(0)[0] if host == "news.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve_once)
    article = one(f"http://news.example:{site.port}/board")
    assert isinstance(article, Article)
    assert (article.source, article.url) == ("news.example", f"http://news.example:{site.port}/board")
    assert site.asked == [("/board", f"news.example:{site.port}")]
    assert len(answers) == 1


def test_proxies_of_the_surroundings_are_not_used(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert isinstance(one(site.put("/board", PAGE)), Article)


@pytest.mark.parametrize(
    ("path", "answer", "reason"),
    [
        ("/gone", {"body": "", "status": 404}, "answered 404"),
        ("/paid", {"body": "", "status": 402}, "answered 402"),
        ("/pdf", {"body": b"%PDF", "kind": "application/pdf"}, "is application/pdf, not a web page or a feed"),
        ("/empty", {"body": ""}, "holds no web page"),
        ("/big", {"body": b"x" * 2_000_000}, "is larger than 0.5 MB"),
        ("/bomb", {"body": gzip.compress(bytes(5_000_000)), "Content_Encoding": "gzip"}, "is larger than 0.5 MB"),
        ("/br", {"body": b"x", "Content_Encoding": "br"}, "is packed in a way that was not asked for"),
        ("/broken", {"body": b"this is not gzip", "Content_Encoding": "gzip"}, "broke off"),
    ],
)
def test_what_cannot_be_used_is_reported(site, path, answer, reason):
    failure = one(site.put(path, **answer), max_document_mb=0.5)
    assert failure.where == f"{site.url}{path}"
    assert failure.reason.startswith(reason)
    assert failure.remedy


def test_a_server_that_drips_is_given_up(site):
    assert "took longer than 0.3 seconds" in one(site.put("/slow", PAGE), max_seconds=0.3).reason
    assert "took longer than 0.3 seconds" in one(site.put("/slow-headers", PAGE), max_seconds=0.3).reason


@pytest.mark.parametrize("url", ["ftp://example.com/a", "http://", "http://[::1", "https://me:pw@example.com/"])
def test_an_address_of_another_kind_is_reported(url):
    assert isinstance(one(url), Failure)


def test_a_server_that_is_not_there_is_reported():
    assert "does not answer" in one("http://127.0.0.1:9/").reason


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Oldmere Post</title><language>en</language>'
        f"{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )


FULL = "".join(f"&lt;p&gt;{words}&lt;/p&gt;" for words in WORDS)


def test_the_entries_of_a_feed_become_articles(site):
    site.put("/board", PAGE)
    feed = rss(
        f"<title>In full</title><link>{site.url}/full</link><pubDate>Wed, 10 Jul 2024 23:00:00 -0500</pubDate>"
        f"<dc:creator>Ida Quill and Bo Marr</dc:creator><content:encoded>{FULL}</content:encoded>",
        f"<title>Summary</title><link>{site.url}/board</link><pubDate>Thu, 11 Jul 2024 10:00:00 GMT</pubDate>"
        "<description>Short.</description>",
        f"<title>Gone</title><link>{site.url}/gone</link><description>Short.</description>",
        f"<title>Gone but told</title><link>{site.url}/gone2</link><description>{FULL}</description>",
        "<title>Nothing</title>",
    )
    full, fetched, gone, told, nothing = read(site.put("/feed", feed, "application/rss+xml"), allow_private=True)
    assert (full.title, full.authors) == ("In full", ("Ida Quill", "Bo Marr"))
    assert full.text == "\n\n".join(WORDS)
    assert (full.published, full.source, full.language) == (date(2024, 7, 10), "The Oldmere Post", "en")
    assert full.origins["published"] == "feed pubdate"
    assert (fetched.url, fetched.title, fetched.published) == (f"{site.url}/board", "Board meets", date(2024, 7, 11))
    assert (gone.where, gone.reason) == (f"{site.url}/gone", "answered 404 Not Found")
    assert (told.title, told.url) == ("Gone but told", f"{site.url}/gone2")
    assert nothing.reason == "has neither the article's text nor a link to it"


def test_an_atom_feed_is_read():
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Post</title><entry>'
        b'<title type="html">A &amp;amp; b</title><link rel="self" href="/no"/><link href="/a"/>'
        b"<id>tag:a</id><published>2024-07-10T00:00:00Z</published>"
        b"<updated>2024-07-11T00:00:00Z</updated><author><name>Ida Quill</name><email>i@example.com</email></author>"
        b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>'
        b"</entry></feed>"
    )
    assert is_feed(atom)
    (entry,) = read_feed(atom, "https://post.example/feed", "here")
    assert (entry.known.title, entry.known.url, entry.key) == ("A & b", "https://post.example/a", "tag:a")
    assert (entry.known.published, entry.known.updated) == (date(2024, 7, 10), date(2024, 7, 11))
    assert entry.known.authors == ("Ida Quill",)
    assert (entry.text, entry.whole) == ("One.\n\nTwo.", True)


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel>",
        '<!DOCTYPE rss [<!ENTITY x "y">]><rss><channel><item><title>&x;</title></item></channel></rss>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss>&x;</rss>',
        rss(),
    ],
    ids=["broken", "entity", "external entity", "empty"],
)
def test_a_feed_that_cannot_be_used_is_reported(site, feed):
    failure = one(site.put("/feed", feed, "application/xml"))
    assert isinstance(failure, Failure)
    assert "feed" in failure.reason


def test_a_web_page_is_no_feed():
    assert not is_feed(PAGE.encode())
    assert not is_feed(b"<html><body>&lt;rss&gt;</body></html>")
    assert is_feed(b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand -->\n<rss>')
