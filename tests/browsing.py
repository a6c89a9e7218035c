"""The real page in a real Chromium: how tests serve it, and what stands in for an assistant where time matters."""

import shutil
from contextlib import contextmanager
from datetime import date
from threading import Semaphore

import pytest
from made_server import listening

from assistant import Settings
from assistant.answer import Answer, Citation, Statement
from assistant.quotes import find_quotes
from index.records import Article

CHROMIUM = shutil.which("chromium", path="/usr/bin") or shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
needs_chromium = [
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: apt-get install chromium"),
    pytest.mark.timeout(180),
]
BOX = "#dl-question textarea"

TUGS = Article.create(
    "Harbour pilots in Vennsund said on Tuesday that forty tugs would be scrapped because of rust.\n\n"
    "“We count the rust and not the tugs,” chief pilot Marit Olde told reporters. NATO said it had no plans for the "
    "tugs. The quay was quiet in the afternoon, and nobody came to look.",
    "Pilots count rust",
    url="https://example.org/tugs",
    source="Harbour Post",
    authors=("Ida Brink",),
    published=date(2024, 3, 4),
)
TUGS_AGAIN = Article.create(
    "The port of Vennsund said on Friday that the last of the tugs had been sold to a museum.",
    "Last tug sold",
    url="https://example.org/sold",
    source="Northern Wire",
    published=date(2024, 5, 17),
)
BREAD = Article.create(
    "Bakers in the old town raised the price of bread. A loaf now costs three crowns, baker Ulla Renk said.",
    "Bread becomes dearer",
    path="/news/bread.txt",
    source="Harbour Post",
)
NEWS = [TUGS, TUGS_AGAIN, BREAD]


def first_sentence(article):
    return article.text[: article.text.index(".") + 1]


class Scripted:
    """Answers with the first sentence of the articles that have the question's last word; "slow" waits to be let."""

    def __init__(self, archive):
        self.archive = archive
        self.settings, self.chat = Settings(), None
        self.go = Semaphore(0)
        self.heard, self.written = [], []

    def stream(self, question, history=(), *, only=None, written=None):
        self.heard.append((question, list(history)))
        self.written.append(written)
        word = question.rstrip("?").split()[-1].lower()
        found = [self.archive.article(one.id) for one in self.archive.listing(only)]
        found = [article for article in found if word in article.text.lower()]
        cited = []
        for number, article in enumerate(found, 1):
            quote = first_sentence(article)
            cited.append(Citation(number, article, 0, len(quote), quote, "Pilots"))
        if not cited:
            near = self.archive.article(self.archive.listing()[0].id)
            quote = near.text[:40]
            miss = Citation(1, near, 0, 40, quote)
            yield Answer(question, question, False, "The articles do not say.", near_misses=(miss,))
        for upto in range(1, len(cited) + 1):
            if "slow" in question:
                assert self.go.acquire(timeout=60)
            said = tuple(Statement(c.quote, (c.number,)) for c in cited[:upto])
            text = "\n".join(f"{c.quote} [{c.number}]" for c in cited[:upto])
            note = f"Asked {len(self.heard)} times."
            yield Answer(question, question, True, text, said, tuple(cited[:upto]), notes=(note,))
        if "slow" in question:
            assert self.go.acquire(timeout=60)

    def add(self, place, *, progress=None):
        if "slow" in place:
            progress("reading", 1, 3)
            assert self.go.acquire(timeout=60)
        return self.archive.add(place, progress=progress)

    def quotes(self, speaker=None, about=None, *, only=None, limit=None):
        return find_quotes(self.archive, speaker=speaker, about=about, only=only, limit=limit)


@contextmanager
def served(assistant):
    """The address of the page over `assistant`, on the real server."""
    with listening(assistant, page=True) as address:
        yield f"{address}/"


@contextmanager
def chromium():
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    with sync.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def opened(browser, address, *, width=1440, height=900, **given):
    """A page in a context of its own, ready to be asked."""
    context = browser.new_context(viewport={"width": width, "height": height}, **given)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.requested, page.dialogs, page.broken = [], [], []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: page.broken.append(str(error)))
    page.goto(address)
    page.wait_for_selector(BOX)
    return page


def ask(page, question):
    """Ask, and wait until it is answered; the last question's part of the page."""
    before = page.locator(".dl-said").count()
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    said = page.locator(".dl-said").nth(before)
    said.locator("[data-act=again]").wait_for()
    return said


def turn_to(page, name):
    page.get_by_role("tab", name=name).click()


def hosts(page):
    from urllib.parse import urlsplit

    return {urlsplit(url).hostname for url in page.requested if not url.startswith(("data:", "blob:"))}
