"""The evidence beside a conversation, in a real Chromium: lit, scrolled to, opened, copied; and declined answers."""

import pytest
from browsing import TUGS, TUGS_AGAIN, ask, first_sentence, needs_chromium, opened
from playwright.sync_api import expect

pytestmark = needs_chromium
QUOTE = first_sentence(TUGS)


@pytest.fixture(scope="module")
def page(browser, address):
    one = opened(browser, address, height=620, permissions=["clipboard-read", "clipboard-write"])
    ask(one, "What of tugs?")
    yield one
    assert (one.dialogs, one.broken) == ([], [])
    one.context.close()


def of(page, article):
    """The marker and the passage of an article, whatever their number is."""
    passage = page.locator(".dl-turn:not([hidden]) .dl-cite", has=page.locator("mark", has_text=article.text[:40]))
    anchor = passage.get_attribute("id")
    return page.locator(f'.dl-marker[href="#{anchor}"]'), passage


def lit(page):
    return page.eval_on_selector_all(".dl-cite.dl-lit", "found => found.map((one) => one.id)")


def test_each_passage_has_speaker_outlet_date_and_its_words_marked(page):
    _, passage = of(page, TUGS)
    assert passage.locator("mark").inner_text() == QUOTE
    card = passage.locator("xpath=ancestor::article")
    expect(card).to_contain_text("Harbour Post · 4 March 2024 · Ida Brink")
    expect(passage.locator(".dl-speaker")).to_have_text("Pilots")
    expect(card.get_by_role("link", name="Pilots count rust")).to_have_attribute("href", TUGS.url)


def test_an_answer_says_of_when_it_is_and_on_how_much_it_stands(page):
    answer = page.locator(".dl-answer").first
    expect(answer).to_contain_text("From articles of 4 March 2024 to 17 May 2024.")
    expect(answer).to_contain_text("Stands on 2 passages of 2 articles from 2 outlets.")


@pytest.mark.parametrize("article", [TUGS, TUGS_AGAIN], ids=["first", "second"])
@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_marker_lights_its_passage_and_the_passage_its_marker(page, article, way):
    marker, passage = of(page, article)
    page.keyboard.press("Escape")
    page.locator("#dl-top h1").hover()
    getattr(marker, way)()
    assert lit(page) == [passage.get_attribute("id")]
    page.locator("#dl-send").focus()
    page.keyboard.press("Escape")
    assert lit(page) == []
    passage.locator("mark").hover() if way == "hover" else passage.focus()
    assert "dl-lit" in marker.get_attribute("class")


def test_a_pressed_marker_scrolls_to_its_passage_without_leaving_the_page(page):
    marker, passage = of(page, TUGS)
    before = page.url
    marker.focus()
    page.keyboard.press("Enter")
    expect(passage).to_be_in_viewport(ratio=0.9)
    expect(passage).to_be_focused()
    assert (page.url, len(page.context.pages)) == (before, 1)


def test_the_whole_article_opens_at_the_cited_words(page):
    _, passage = of(page, TUGS)
    passage.get_by_role("button", name="Open article").click()
    dialog = page.locator("#dl-reader dialog")
    expect(dialog).to_be_visible()
    assert dialog.locator(".dl-text").text_content() == TUGS.text
    assert dialog.locator("mark").all_text_contents() == [QUOTE]
    expect(dialog.locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    passage.get_by_role("button", name="Open article").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_a_quotation_is_copied_word_for_word_with_its_reference(page):
    _, passage = of(page, TUGS)
    passage.get_by_role("button", name="Copy quotation").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    place = f"characters 0–{len(QUOTE)}"
    assert copied == f"“{QUOTE}”\n— Pilots, Pilots count rust, Harbour Post, 4 March 2024, {TUGS.url}, {place}"


def test_passages_are_walked_through_with_the_keyboard(page):
    page.locator("#dl-send").focus()
    page.keyboard.press("Escape")
    for key, place in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(page.locator(".dl-turn:not([hidden]) .dl-cite").nth(place)).to_be_focused()


def test_a_declined_question_shows_the_closest_passages_and_what_they_are(page):
    said = ask(page, "Who won the chess olympiad?")
    expect(said).to_contain_text("The articles do not say.")
    shown = page.locator(".dl-turn:not([hidden])")
    expect(shown).to_contain_text("none of them answers the question")
    expect(shown.locator(".dl-kicker")).to_have_text("Closest passages")
    expect(shown.locator(".dl-cite")).to_have_count(1)
    expect(shown.locator(".dl-byline")).to_contain_text("Northern Wire · 17 May 2024")
    expect(shown.locator(".dl-number")).to_have_count(0)
    assert "Near, no answer" in shown.locator(".dl-cite").get_attribute("aria-label")


def test_a_marker_of_an_older_answer_brings_its_evidence_back(page):
    page.locator(".dl-marker").first.click()
    expect(page.locator("#turn-1")).to_be_visible()
    expect(page.locator("#turn-2")).to_be_hidden()
