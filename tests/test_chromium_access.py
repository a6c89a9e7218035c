"""For everybody: the page by keyboard, for screen readers, in light and dark, on a phone; held against axe-core."""

from importlib import resources

import pytest
from browsing import BOX, NEWS, ask, needs_chromium, opened, turn_to
from playwright.sync_api import expect

pytestmark = needs_chromium
TABS = ["Ask", "Who said what", "Over time", "Archive"]
RUN = (
    "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.map("
    "(one) => `${one.impact} ${one.id}: ${one.nodes[0].html}`))"
)


def violations(page):
    """What axe-core finds; its rules are those of WCAG 2 A and AA, and good practice."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed: pip install axe-playwright-python")
    page.evaluate((resources.files(axe) / "axe.min.js").read_text("utf-8"))
    return page.evaluate(RUN)


@pytest.fixture(
    scope="module", params=[("light", 1440), ("dark", 1440), ("light", 390)], ids=["light", "dark", "phone"]
)
def page(request, browser, address):
    scheme, width = request.param
    # axe is put in by the test, not by the page: the page's own policy would refuse it.
    one = opened(browser, address, width=width, color_scheme=scheme, bypass_csp=True)
    ask(one, "What of tugs?")
    ask(one, "Who won the chess olympiad?")
    one.click(".dl-marker >> nth=0")
    one.click("#dl-filters button")
    turn_to(one, "Who said what")
    one.click("#dl-find")
    expect(one.locator("#dl-said-table table")).to_be_visible()
    turn_to(one, "Over time")
    one.click("#dl-count")
    one.click(".dl-bar >> nth=0")
    expect(one.locator(".dl-chosen")).to_be_visible()
    turn_to(one, "Archive")
    one.click("#dl-paste button")
    expect(one.locator("#dl-articles table")).to_be_visible()
    yield one
    assert (one.dialogs, one.broken) == ([], [])
    one.context.close()


@pytest.mark.parametrize("tab", TABS)
def test_axe_finds_nothing(page, tab):
    turn_to(page, tab)
    assert violations(page) == []


def test_axe_finds_nothing_in_the_dialogs(page):
    turn_to(page, "Archive")
    page.locator("#dl-articles [data-act=article]").first.click()
    expect(page.locator("#dl-reader dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("#dl-articles [data-act=remove]").first.click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("[data-act=help]").click()
    assert violations(page) == []
    page.keyboard.press("Escape")


def test_axe_itself_finds_what_is_wrong(page):
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<button id=bare></button>')")
    assert any("button-name" in one for one in violations(page))
    page.evaluate("document.getElementById('bare').remove()")


@pytest.fixture(scope="module")
def keyboard(browser, address):
    one = opened(browser, address)
    yield one
    one.context.close()


def test_the_question_has_the_focus_and_enter_asks(keyboard):
    expect(keyboard.locator(BOX)).to_be_focused()
    keyboard.keyboard.type("What of tugs?")
    keyboard.keyboard.press("Enter")
    expect(keyboard.locator(".dl-marker")).to_have_count(2)
    expect(keyboard.locator(".dl-unseen[role=status]")).to_contain_text("Answered. Stands on 2 passages")


def test_shift_and_enter_make_a_new_line(keyboard):
    keyboard.focus(BOX)
    keyboard.keyboard.type("one")
    keyboard.keyboard.press("Shift+Enter")
    keyboard.keyboard.type("two")
    expect(keyboard.locator(BOX)).to_have_value("one\ntwo")
    keyboard.fill(BOX, "")


def test_a_marker_is_reached_and_pressed_with_the_keyboard(keyboard):
    keyboard.locator(".dl-marker").first.focus()
    keyboard.keyboard.press("Enter")
    expect(keyboard.locator(".dl-cite.dl-lit")).to_be_focused()


def test_the_shortcuts_are_listed_and_work(keyboard):
    keyboard.locator("#dl-send").focus()
    keyboard.keyboard.press("?")
    listed = keyboard.locator("#dl-help")
    expect(listed).to_be_visible()
    expect(listed.locator("kbd")).to_contain_text(["/", "Enter", "Esc", "j, k", "Alt 1 to 4", "Alt N", "?"])
    keyboard.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    keyboard.keyboard.press("/")
    expect(keyboard.locator(BOX)).to_be_focused()
    for number, tab in enumerate(TABS, 1):
        keyboard.keyboard.press(f"Alt+{number}")
        expect(keyboard.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
    keyboard.keyboard.press("Alt+1")
    keyboard.keyboard.press("Alt+n")
    expect(keyboard.locator(".dl-empty")).to_be_visible()


def test_a_letter_in_the_question_is_no_shortcut(keyboard):
    keyboard.focus(BOX)
    keyboard.keyboard.type("j?/k")
    expect(keyboard.locator(BOX)).to_have_value("j?/k")
    expect(keyboard.locator("#dl-help")).to_be_hidden()
    keyboard.fill(BOX, "")


@pytest.mark.parametrize("width", [390, 768, 1024, 1440])
def test_no_tab_scrolls_sideways(keyboard, width):
    keyboard.set_viewport_size({"width": width, "height": 844})
    for tab in TABS:
        turn_to(keyboard, tab)
        assert keyboard.evaluate("document.documentElement.scrollWidth") <= width, tab
    turn_to(keyboard, "Ask")


def test_the_conversations_are_within_reach_on_a_phone(keyboard):
    keyboard.set_viewport_size({"width": 390, "height": 844})
    ask(keyboard, "What of tugs?")
    expect(keyboard.locator("#dl-side")).to_be_hidden()
    keyboard.get_by_role("button", name="Conversations", exact=True).click()
    expect(keyboard.get_by_label("Search conversations")).to_be_focused()
    keyboard.mouse.click(380, 700)
    expect(keyboard.locator("#dl-side")).to_be_hidden()
    keyboard.get_by_role("button", name="Conversations", exact=True).click()
    keyboard.locator(".dl-kept a").first.click()
    expect(keyboard.locator("#dl-side")).to_be_hidden()
    expect(keyboard.locator(".dl-marker").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 1440])
def test_when_a_conversation_was_changed_and_how_long_it_is_are_shown_whole(keyboard, width):
    keyboard.set_viewport_size({"width": width, "height": 800})
    ask(keyboard, "What of tugs?")
    shown = keyboard.locator(".dl-kept small").first
    expect(shown).to_contain_text("question")
    assert shown.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    assert keyboard.locator("#dl-side").bounding_box()["width"] == 240


def test_on_a_phone_the_archive_has_the_whole_width_and_one_day_of_each_article(keyboard):
    keyboard.set_viewport_size({"width": 390, "height": 844})
    turn_to(keyboard, "Archive")
    expect(keyboard.locator("#dl-articles tbody tr")).to_have_count(len(NEWS))
    expect(keyboard.locator("#dl-articles .dl-day:visible")).to_have_count(len(NEWS))
    adding, holdings = (keyboard.locator(f"#{part}").bounding_box() for part in ("dl-adding", "dl-holdings"))
    assert adding["width"] == holdings["width"]
    turn_to(keyboard, "Ask")
