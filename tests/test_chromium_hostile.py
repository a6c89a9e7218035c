"""Hostile text in every field that the page shows: 200 payloads, in a real Chromium, of which none may do anything."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from browsing import BOX, hosts, needs_chromium, opened, served, turn_to
from fake_embedder import FakeEmbedder
from made_archive import opened as opened_archive
from playwright.sync_api import expect

from assistant import Settings
from assistant.answer import Answer, Citation
from assistant.conversations import Conversations
from assistant.exporting import page as exported_page
from assistant.kept import KeptAnswer
from assistant.quotes import Quote
from index import AddReport, ArchiveError, Failure, SearchFilter
from index.records import Article

pytestmark = needs_chromium
PAYLOADS = [json.loads(line) for line in (Path(__file__).parent / "payloads.jsonl").read_text("utf-8").splitlines()]
BOARDS = ", ".join(
    f"#dl-{name}" for name in "top chat problem panel shelf said-table chart listed articles report reader".split()
)
OURS = """A ARTICLE BLOCKQUOTE BUTTON DD DETAILS DIALOG DIV DL DT FORM H1 H2 H3 HEADER I INPUT KBD LI MARK NAV OL P
SECTION SMALL SPAN STRONG EM SUMMARY TABLE TBODY TD TEXTAREA TH THEAD TR UL svg path""".split()
STRANGERS = """([boards, ours]) => [...document.querySelectorAll(boards)]
  .flatMap((board) => [...board.querySelectorAll('*')])
  .filter((one) => !one.closest('[data-testid=status-tracker]'))
  .filter((one) => !ours.includes(one.tagName)
    || [...one.attributes].some((given) => /^(on.*|src|srcdoc|action)$/.test(given.name))
    || (one.hasAttribute('href') && !/^(https?:\\/\\/|#)/.test(one.getAttribute('href'))))
  .map((one) => one.outerHTML.slice(0, 200))"""


def hostile(number, payload):
    text = f"{payload} stood on the wall. Ministers said on Monday that {payload} would stay."
    address = f"{payload}{number}" if number % 2 else f"https://example.org/{number}?q={'+'.join(payload.split())}"
    day = date(2024, 1, 1) + timedelta(days=number)
    return Article.create(
        text, payload, url=address, path=f"/{number}", source=payload, authors=(payload, payload), published=day
    )


ARTICLES = [hostile(number, payload) for number, payload in enumerate(PAYLOADS)]


def cited():
    pairs = enumerate(zip(ARTICLES, PAYLOADS, strict=True), 1)
    return tuple(Citation(n, a, 0, len(p), p, speaker=p, speaks_for=f"{p}{n}") for n, (a, p) in pairs)


class Hostile:
    """Says, and cites, nothing but payloads."""

    def __init__(self, archive):
        self.archive, self.settings, self.chat = archive, Settings(), None

    def stream(self, question, history=(), *, only=None, written=None):
        text = "\n".join(f"{payload} [{number}]" for number, payload in enumerate(PAYLOADS, 1))
        yield Answer(question, PAYLOADS[0], True, text, citations=cited(), notes=tuple(PAYLOADS))

    def add(self, place, *, progress=None):
        if place != PAYLOADS[0]:
            raise ArchiveError(f"{place} is not there")
        return AddReport(failures=tuple(Failure(payload, payload, payload) for payload in PAYLOADS))

    def quotes(self, speaker=None, about=None, *, only=None, limit=None):
        return [
            Quote(article, 0, len(payload), payload, payload, payload, f"{payload}2", "direct", payload)
            for article, payload in zip(ARTICLES, PAYLOADS, strict=True)
        ][:limit]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with opened_archive(tmp_path_factory.mktemp("hostile") / "news.dateline", FakeEmbedder()) as one:
        assert one.add_articles(ARTICLES).added == 200
        yield one


@pytest.fixture(scope="module")
def asked(archive):
    """A conversation of 200 turns that are hostile in all that is kept of them, among 200 with hostile names."""
    kept = Conversations(archive.folder / "conversations.sqlite")
    for payload in PAYLOADS:
        kept.ask(None, payload, SearchFilter())
    where = None
    for payload, one in zip(PAYLOADS, cited(), strict=True):
        where, key = kept.ask(where, payload, SearchFilter(sources=(payload,)))
        told = Answer(payload, f"{payload}?", False, payload, near_misses=(one,), written_by=payload)
        kept.keep(key, KeptAnswer.of(told), problem=payload)
    return where


@pytest.fixture(scope="module")
def window(browser, archive, asked):
    with served(Hostile(archive)) as where:
        yield opened(browser, where)


@pytest.fixture
def page(window):
    """The page; afterwards nothing has happened, and nothing is in it that we did not make."""
    yield window
    assert window.evaluate("[window.hurt, ...document.querySelectorAll('iframe')]") == [None]
    assert (window.dialogs, window.broken, hosts(window)) == ([], [], {"127.0.0.1"})
    assert window.evaluate(STRANGERS, [BOARDS, OURS]) == []


def test_there_are_200_different_payloads():
    assert len(set(PAYLOADS)) == 200


def test_the_check_itself_sees_a_payload_that_works(browser, tmp_path):
    one = browser.new_page()
    one.set_content(f"<div id=dl-chat>{PAYLOADS[0]}</div>")
    one.wait_for_function("window.hurt === 1")
    assert one.evaluate(STRANGERS, [BOARDS, OURS]) != []
    one.close()


def test_answers_speakers_titles_authors_outlets_and_addresses(page):
    page.fill(BOX, PAYLOADS[0])
    page.press(BOX, "Enter")
    own = sum(payload.count("[1]") + payload.count("[2]") for payload in PAYLOADS)
    expect(page.locator(".dl-answer .dl-marker")).to_have_count(200 + own)
    expect(page.locator(".dl-cite")).to_have_count(200)
    shown = page.locator(".dl-cite mark").all_text_contents()
    assert shown == PAYLOADS
    assert [text for text in PAYLOADS if text not in page.locator(".dl-answer").text_content()] == []
    links = page.locator(".dl-article h3 a").evaluate_all("links => links.map((one) => one.protocol)")
    assert len(links) >= 100 and set(links) <= {"https:", "http:"}


def test_what_is_lit_copied_and_opened(page):
    for number in range(0, 200, 50):
        page.locator(".dl-answer p:not(.dl-meta)").nth(number).locator(".dl-marker").last.hover()
        page.locator(".dl-cite").nth(number).locator("[data-act=copy]").click()
        page.locator(".dl-cite").nth(number).locator("[data-act=article]").click()
        expect(page.locator("#dl-reader .dl-text")).to_have_text(ARTICLES[number].text)
        page.keyboard.press("Escape")


def test_questions_and_restrictions(page, asked):
    page.goto(page.url.split("#")[0] + f"#conversation-{asked}")
    page.reload()
    expect(page.locator(".dl-said")).to_have_count(200)
    assert page.locator(".dl-question").all_text_contents() == PAYLOADS
    assert page.locator(".dl-edit textarea").evaluate_all("all => all.map((one) => one.value)") == PAYLOADS


def test_what_went_wrong_who_wrote_an_answer_and_how_it_was_understood(page):
    assert page.locator(".dl-said .dl-problem").all_text_contents() == PAYLOADS
    shown = page.locator(".dl-answer .dl-meta").all_text_contents()
    assert [text for text in shown if text.startswith("Understood as: ")] == [f"Understood as: {p}?" for p in PAYLOADS]
    written = [text.split(";")[:-1] for text in shown if text.startswith("Written by ")]
    assert [";".join(parts) for parts in written] == [f"Written by {payload}" for payload in PAYLOADS]


def test_names_of_conversations(page):
    expect(page.locator(".dl-kept")).to_have_count(200)
    page.locator(".dl-kept summary").first.click()
    page.locator(".dl-kept").first.get_by_role("button", name="Rename").click()
    field = page.locator(".dl-kept").first.locator("input")
    field.fill(PAYLOADS[1])
    field.press("Enter")
    expect(page.locator(".dl-kept", has_text=PAYLOADS[1]).first).to_be_visible()
    page.fill("#dl-search :is(input, textarea)", PAYLOADS[1])
    expect(page.locator(".dl-kept").first).to_be_visible()


def test_what_is_typed_into_filters(page):
    page.click("#dl-filters button")
    field = page.locator("#dl-filters").get_by_label("Published from")
    for payload in PAYLOADS[::20]:
        field.fill(payload[:40])
        page.fill(BOX, payload)
        page.click("#dl-send")
        expect(page.locator("#dl-problem")).to_contain_text(f"'{payload[:40].strip()}"[:12])
    field.fill("")
    page.locator("#dl-filters").get_by_label("Outlets").click()
    expect(page.locator("#dl-filters [role=option]").first).to_be_visible()
    page.keyboard.press("Escape")


def test_who_said_what(page):
    turn_to(page, "Who said what")
    page.fill("#dl-speaker :is(input, textarea)", PAYLOADS[2])
    page.click("#dl-find")
    for shown in (50, 100, 150, 200):
        expect(page.locator("#dl-said-table tbody tr")).to_have_count(shown)
        if shown < 200:
            page.locator("[data-act=more]").click()
    assert page.locator("#dl-said-table blockquote").all_text_contents() == PAYLOADS


def test_coverage_over_time(page):
    turn_to(page, "Over time")
    page.click("#dl-count")
    expect(page.locator(".dl-bar")).to_have_count(7)
    page.locator(".dl-bar").first.click()
    expect(page.locator(".dl-list li")).to_have_count(31)


def test_the_archive_and_a_removal(page):
    turn_to(page, "Archive")
    for first in range(1, 201, 25):
        expect(page.locator("#dl-articles")).to_contain_text(f"Articles {first} to")
        if first < 176:
            page.get_by_role("button", name="Next page").click()
    title = page.locator("#dl-articles tbody th").last.inner_text()
    page.locator("#dl-articles [data-act=remove]").last.click()
    expect(page.get_by_role("alertdialog")).to_contain_text(title.split("\n")[0][:20])
    page.get_by_role("alertdialog").get_by_role("button", name="Yes").click()
    expect(page.locator("#dl-report")).to_contain_text("is removed")


def test_failures_of_an_addition(page):
    page.fill("#dl-place :is(input, textarea)", PAYLOADS[0])
    page.click("#dl-add-place")
    for part in ("strong", "em"):
        expect(page.locator(f"#dl-report li {part}")).to_have_count(200)
        assert page.locator(f"#dl-report li {part}").all_text_contents() == PAYLOADS


def test_what_is_typed_as_a_link(page):
    for payload in PAYLOADS[1::20]:
        page.fill("#dl-place :is(input, textarea)", payload)
        page.click("#dl-add-place")
        told = payload.strip().split("\n")[0][:40]
        expect(page.locator("#dl-report [role=alert]")).to_contain_text(told, timeout=20_000)


def test_an_export_as_html(browser, archive, asked, tmp_path):
    turns = Conversations(archive.folder / "conversations.sqlite").turns(asked, {a.id: a for a in ARTICLES}.get)
    (tmp_path / "page.html").write_text(exported_page(PAYLOADS[0], turns), "utf-8")
    requested = []
    one = browser.new_page()
    one.on("request", lambda request: requested.append(request.url))
    one.goto((tmp_path / "page.html").as_uri())
    assert one.locator("h2").all_text_contents() == PAYLOADS
    assert one.locator("h2 + p").all_text_contents() == PAYLOADS
    shown = one.locator(".aside").all_text_contents()
    assert [text for text in shown if text.startswith("Understood as: ")] == [f"Understood as: {p}?" for p in PAYLOADS]
    assert one.evaluate("window.hurt") is None
    assert [url for url in requested if not url.startswith("file:")] == []
    assert one.locator("script, img, iframe, [onload], [onerror]").count() == 0
    one.close()
