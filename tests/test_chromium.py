"""The whole of it in a real Chromium: `python app.py` over the sample articles, asked as a newcomer asks."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from browsing import BOX, ask, hosts, needs_chromium, opened, turn_to
from made_server import free
from playwright.sync_api import expect

from assistant import Assistant

pytestmark = needs_chromium
ROOT = Path(__file__).parents[1]
SAMPLES = "\n".join(
    line if place.suffix != ".jsonl" else json.loads(line)["text"]
    for place in Assistant.samples().iterdir()
    for line in place.read_text("utf-8").splitlines()
)
FIRST_VIEW = 2.0
"""Seconds from the address to a question that can be typed, on this machine."""


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
    folder, port = tmp_path_factory.mktemp("page"), free()
    command = [sys.executable, "app.py", "--index", str(folder / "page.dateline"), "--port", str(port)]
    log = folder / "app.log"
    with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/", process, log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def page(browser, address):
    one = opened(browser, address)
    yield one
    assert (one.dialogs, one.broken) == ([], [])
    one.context.close()


def test_an_example_question_is_answered_with_its_words_marked(page):
    page.get_by_role("button", name="What did NATO say about Iran?").click()
    expect(page.locator(".dl-said [data-act=again]")).to_be_visible()
    expect(page.locator(".dl-answer")).to_contain_text("Iran")
    marked = page.locator(".dl-cite mark").all_text_contents()
    assert marked and all(words in SAMPLES for words in marked)
    expect(page.locator(".dl-answer")).to_contain_text("Stands on")


def test_a_follow_up_is_understood_from_what_was_asked_before(page):
    ask(page, "And about China?")
    expect(page.locator(".dl-turn:not([hidden])")).to_contain_text("Understood as: What did NATO say about China?")


def test_a_question_that_no_article_answers_is_declined(page):
    question = "Who won the *chess* olympiad <b>in</b> $$Reykjavik$$ www.example.org?"
    said = ask(page, question)
    assert said.locator(".dl-question").inner_text() == question
    expect(page.locator(".dl-turn:not([hidden]) .dl-kicker")).to_have_text("Closest passages")


def test_who_said_what_over_time_and_the_archive_are_there_for_the_samples(page):
    turn_to(page, "Who said what")
    page.fill("#dl-speaker :is(input, textarea)", "NATO")
    page.click("#dl-find")
    expect(page.locator("#dl-said-table tbody")).to_contain_text("a substantial escalation")
    turn_to(page, "Over time")
    page.fill("#dl-topic :is(input, textarea)", "teachers' strike")
    page.click("#dl-count")
    expect(page.locator(".dl-bar").first).to_be_visible()
    turn_to(page, "Archive")
    expect(page.locator("#dl-articles")).to_contain_text("Articles 1 to 25")


def test_a_first_view_comes_within_two_seconds(browser, address):
    took = [FIRST_VIEW]
    while min(took) >= FIRST_VIEW and len(took) <= 6:  # the best of six: what else runs here is not the page's
        context = browser.new_context()
        page = context.new_page()
        begun = time.monotonic()
        page.goto(address)
        page.wait_for_selector(BOX)
        took.append(time.monotonic() - begun)
        context.close()
    assert min(took) < FIRST_VIEW


def test_nothing_is_asked_of_any_other_machine(page):
    assert hosts(page) == {"127.0.0.1"}
