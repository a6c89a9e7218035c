"""The real page, served by the real app over the sample articles, in a real Chromium. One server, one browser."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant import Assistant

ROOT = Path(__file__).parents[1]
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
SAMPLES = "\n".join(p.read_text("utf-8") for p in Assistant.samples().iterdir() if p.suffix in (".md", ".txt"))
PILOTS = "Harbour pilots in Vennsund said on Tuesday that forty tugs would be scrapped because of rust."

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: apt-get install chromium"),
    pytest.mark.timeout(180),
]


def wait_for(url, process, log):
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert process.poll() is None, f"the app ended: {log.read_text()}"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the app does not answer: {log.read_text()}")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py", "--index", str(folder / "page.dateline"), "--port", str(port)]
    log = folder / "app.log"
    with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/", process, log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def requested():
    return []


@pytest.fixture(scope="module")
def page(address, requested):
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    with sync.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(20_000)
        context.on("request", lambda request: requested.append(request.url))
        opened = context.new_page()
        opened.goto(address)
        opened.wait_for_selector("#dl-question textarea")
        yield opened
        browser.close()


@pytest.fixture(scope="module")
def asked(page):
    page.fill("#dl-question textarea", "What did NATO say about Iran?")
    page.press("#dl-question textarea", "Enter")
    page.wait_for_selector("#turn-1 mark")
    page.wait_for_selector('#dl-chat a[href="#turn-1-cite-1"]')
    return page


def test_the_empty_page_offers_questions_that_the_samples_answer(page):
    assert page.get_by_text("How many people were hurt in the ferry accident?").is_visible()


def test_an_answer_comes_with_markers_and_its_words_highlighted(asked):
    assert "Iran" in asked.inner_text("#dl-chat")
    marked = asked.text_content("#turn-1-cite-1 mark")
    assert marked in SAMPLES


def test_a_marker_lights_its_citation_without_leaving_the_page(asked):
    before = asked.url
    asked.click('#dl-chat a[href="#turn-1-cite-1"]')
    assert asked.eval_on_selector_all(".dl-cite.dl-lit", "found => found.map(one => one.id)") == ["turn-1-cite-1"]
    assert (asked.url, len(asked.context.pages)) == (before, 1)


def test_a_question_that_no_article_answers_is_declined(asked):
    question = "Who won the *chess* olympiad <b>in</b> $$Reykjavik$$ www.example.org?"
    asked.fill("#dl-question textarea", question)
    asked.click("#dl-send")
    asked.wait_for_selector("#turn-2:not([hidden])")
    assert asked.inner_text("#dl-chat .user-row >> nth=1").strip() == question
    assert "Closest passages" in asked.text_content("#turn-2")
    assert not asked.is_visible("#turn-1")


def test_a_marker_of_an_older_answer_brings_its_evidence_back(asked):
    asked.click('#dl-chat a[href="#turn-1-cite-1"]')
    assert asked.is_visible("#turn-1-cite-1")


def test_a_date_that_is_none_is_refused_in_words(asked):
    asked.click("#dl-filters button")
    asked.get_by_label("Published from").fill("soon")
    asked.fill("#dl-question textarea", "What did NATO say about Iran?")
    asked.click("#dl-send")
    asked.get_by_text("write it as 2024-07-10").wait_for()
    asked.get_by_label("Published from").fill("")
    asked.click("#dl-filters button")


@pytest.fixture(scope="module")
def uploaded(asked, tmp_path_factory):
    folder = tmp_path_factory.mktemp("uploads")
    title = "<img src=x onerror='window.hurt=1'> Pilots count rust"
    (folder / "pilots.md").write_text(f'---\ntitle: "{title}"\nsource: "<b>Wire</b>"\n---\n\n{PILOTS}\n', "utf-8")
    (folder / "moths.txt").write_text(
        "Moths of the marsh\n\nThe marsh keeper said 212 moths were counted in May.\n", "utf-8"
    )
    (folder / "broken.pdf").write_bytes(b"this is no PDF")
    asked.click("#dl-add button")
    asked.set_input_files("#dl-files input[type=file]", sorted(folder.iterdir()))
    asked.wait_for_selector(".dl-report", timeout=40_000)
    return asked


def test_an_upload_is_reported_with_its_failures(uploaded):
    report = uploaded.inner_text(".dl-report")
    assert "2 added" in report and "1 failed" in report
    assert "broken.pdf" in report and "/" not in report


def test_an_uploaded_article_is_cited_and_its_html_stays_inert(uploaded):
    uploaded.fill("#dl-question textarea", "What did the harbour pilots in Vennsund say about tugs?")
    uploaded.press("#dl-question textarea", "Enter")
    uploaded.wait_for_selector("#turn-3 mark")
    assert uploaded.text_content("#turn-3 mark") in PILOTS
    assert "<img src=x" in uploaded.text_content("#turn-3 h3")
    assert uploaded.query_selector("#turn-3 img, #turn-3 b, #dl-chat .prose img, #dl-chat .prose b") is None
    assert uploaded.evaluate("window.hurt") is None


def test_nothing_is_asked_of_any_other_machine(uploaded, requested):
    hosts = {urlsplit(url).hostname for url in requested if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


def test_a_phone_shows_the_page_without_scrolling_sideways(uploaded):
    uploaded.set_viewport_size({"width": 390, "height": 844})
    assert uploaded.evaluate("document.documentElement.scrollWidth") <= 390
