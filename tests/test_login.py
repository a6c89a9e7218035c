"""Logging in with a real browser, which says by itself from which page a request comes."""

import shutil

import pytest
from made_server import IRAN, listening, made_assistant

from assistant.access.passwords import hash_password

CHROMIUM = shutil.which("chromium", path="/usr/bin") or shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: apt-get install chromium")


@pytest.fixture(scope="module")
def address(tmp_path_factory, reader):
    folder = tmp_path_factory.mktemp("login")
    (folder / "users").write_text(f"maren:{hash_password(PASSWORD, cost=4)}\n")
    with made_assistant(folder / "a", reader, users=folder / "users") as made, listening(made, page=True) as address:
        yield address


@pytest.fixture
def page(address):
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    with sync.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page()
        opened.set_default_timeout(20_000)
        opened.goto(address)
        yield opened
        browser.close()


def log_in(page, password):
    page.fill("#name", "maren")
    page.fill("#password", password)
    page.click("button")


def test_who_logs_in_can_ask_and_who_logs_out_no_longer(page, address):
    assert page.url == f"{address}/login"
    log_in(page, PASSWORD)
    page.wait_for_selector("textarea")
    assert page.url == f"{address}/"
    asked = page.evaluate(
        """question => fetch("/api/ask", {method: "POST", headers: {"Content-Type": "application/json"},
        body: JSON.stringify({question})}).then(answer => answer.json())""",
        IRAN,
    )
    assert asked["answered"]
    page.goto(f"{address}/login")
    page.click("button")
    page.goto(address)
    assert page.url == f"{address}/login"


def test_a_wrong_password_stays_outside(page, address):
    log_in(page, "wrong password")
    page.get_by_text("Name and password do not fit.").wait_for()
    page.goto(address)
    assert page.url == f"{address}/login"
