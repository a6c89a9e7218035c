"""Conversations in a real Chromium: asked, streamed, stopped, asked again, edited, kept, found, renamed, exported."""

import csv
import io
import json
from pathlib import Path

import made_archive
import pytest
from browsing import BOX, NEWS, TUGS, Scripted, ask, first_sentence, needs_chromium, opened, served
from fake_embedder import FakeEmbedder
from playwright.sync_api import expect

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def window(browser, address):
    one = opened(browser, address)
    yield one
    one.context.close()


@pytest.fixture
def page(window):
    """The page with no conversation open, nothing searched and nothing restricted."""
    yield window
    assert (window.dialogs, window.broken) == ([], [])
    window.fill("#dl-search input, #dl-search textarea", "")
    window.click("#dl-new")
    expect(window.locator(".dl-empty")).to_be_visible()


def kept(page, name):
    return page.locator(".dl-kept", has_text=name)


def more(page, name, action):
    item = kept(page, name)
    item.locator("summary").click()
    item.get_by_role("button", name=action).click()


def test_an_answer_is_shown_while_it_grows(page, desk):
    page.fill(BOX, "What of the slow tugs?")
    page.press(BOX, "Enter")
    said = page.locator(".dl-said")
    expect(said.locator(".dl-wait")).to_contain_text("Reading the articles")
    expect(page.locator(BOX)).to_have_value("")
    desk.go.release()
    expect(said.locator(".dl-marker")).to_have_count(1)
    expect(said.locator(".dl-wait")).to_be_visible()
    desk.go.release(2)
    expect(said.locator(".dl-marker")).to_have_count(2)
    expect(said.locator(".dl-wait")).to_have_count(0)


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_a_stopped_answer_keeps_what_was_found(page, desk, way):
    page.fill(BOX, f"What of the slow {way} tugs?")
    page.press(BOX, "Enter")
    desk.go.release()
    expect(page.locator(".dl-marker")).to_have_count(1)
    page.get_by_role("button", name="Stop").click() if way == "button" else page.keyboard.press("Escape")
    expect(page.locator(".dl-answer")).to_contain_text("Stopped: this is what was found until then.")
    expect(page.locator(".dl-marker")).to_have_count(1)
    expect(page.locator(".dl-wait")).to_have_count(0)
    desk.go.release()  # its thread may end


def test_another_conversation_can_be_opened_while_an_answer_comes_and_it_is_whole_afterwards(page, desk):
    page.fill(BOX, "What of the slow left tugs?")
    page.press(BOX, "Enter")
    expect(page.locator(".dl-wait")).to_be_visible()
    page.click("#dl-new")
    expect(page.locator(".dl-empty")).to_be_visible()
    ask(page, "What of bread?")
    desk.go.release(3)
    expect(page.locator(".dl-said")).to_have_count(1)
    expect(page.locator(".dl-question")).to_have_text("What of bread?")
    kept(page, "slow left tugs").locator("a").click()
    expect(page.locator(".dl-marker")).to_have_count(2)
    expect(page.locator(".dl-question")).to_have_text("What of the slow left tugs?")


def test_a_long_conversation_scrolls_in_its_own_frame_to_the_last_question(page):
    for number in range(6):
        said = ask(page, f"And {number}, what of tugs?")
        expect(said.locator(".dl-question")).to_be_in_viewport()
        expect(said.locator("[data-act=again]")).to_be_in_viewport()  # the answer to its end
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    expect(page.locator(BOX)).to_be_in_viewport()


def test_earlier_questions_are_the_history_of_the_next(page, desk):
    ask(page, "What of rust?")
    ask(page, "And of bread?")
    assert desk.heard[-1] == ("And of bread?", ["What of rust?"])


def test_a_question_asked_again_is_answered_anew_in_its_place(page):
    said = ask(page, "What of the museum?")
    before = said.locator(".dl-answer").inner_text()
    said.get_by_role("button", name="again").click()
    expect(said.locator(".dl-answer")).not_to_have_text(before)
    expect(said.locator(".dl-marker")).to_have_count(1)
    expect(page.locator(".dl-said")).to_have_count(1)


def test_an_edited_question_takes_those_after_it_away(page):
    said = ask(page, "What of tugs?")
    ask(page, "And of bread?")
    said.get_by_role("button", name="Edit").click()
    field = said.get_by_label("Put the question otherwise")
    expect(field).to_be_focused()
    field.press("Escape")
    expect(field).to_be_hidden()
    said.get_by_role("button", name="Edit").click()
    field.fill("What of the museum?")
    field.press("Enter")
    expect(page.locator(".dl-question")).to_have_text(["What of the museum?"])
    expect(page.locator(".dl-marker")).to_have_count(1)


def test_what_is_being_edited_stays_while_another_answer_grows(page, desk):
    said = ask(page, "What of tugs?")
    page.fill(BOX, "And the slow tugs?")
    page.press(BOX, "Enter")
    expect(page.locator(".dl-wait")).to_be_visible()
    said.get_by_role("button", name="Edit").click()
    field = said.get_by_label("Put the question otherwise")
    field.fill("What of the museum")
    desk.go.release(3)
    expect(page.locator(".dl-said").nth(1).locator("[data-act=again]")).to_be_visible()
    expect(field).to_be_focused()
    page.keyboard.type("?")
    expect(field).to_have_value("What of the museum?")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()


def test_the_up_arrow_edits_the_last_question(page):
    ask(page, "What of quays?")
    page.focus(BOX)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Put the question otherwise")).to_be_focused()


def test_a_date_that_is_none_is_refused_in_words_and_the_question_stays(page):
    page.click("#dl-filters button")
    page.locator("#dl-filters").get_by_label("Published from").fill("soon")
    page.fill(BOX, "What of tugs?")
    page.click("#dl-send")
    expect(page.get_by_role("alert")).to_contain_text("write it as 2024-07-10")
    expect(page.locator(BOX)).to_have_value("What of tugs?")
    page.locator("#dl-filters").get_by_label("Published from").fill("2024-04-01")
    page.click("#dl-send")
    expect(page.locator(".dl-answer")).to_contain_text("Restricted to articles from 1 April 2024.")
    expect(page.locator(".dl-marker")).to_have_count(1)
    page.locator("#dl-filters").get_by_label("Published from").fill("")


def test_a_conversation_comes_back_when_the_page_is_loaded_again(page):
    ask(page, "What of loaves and bread?")
    page.reload()
    expect(page.locator(".dl-question")).to_have_text("What of loaves and bread?")
    expect(page.locator(".dl-marker")).to_have_count(1)


def test_conversations_are_searched_in_all_their_words(page):
    ask(page, "Is there a museum?")
    page.fill("#dl-search input, #dl-search textarea", "sold MUSEUM")
    expect(page.locator(".dl-kept", has_text="Is there a museum?")).to_be_visible()
    expect(page.locator(".dl-kept", has_text="bread")).to_have_count(0)
    page.fill("#dl-search input, #dl-search textarea", "zebra")
    expect(page.locator("#dl-shelf")).to_contain_text("No conversation has these words.")


def test_a_conversation_is_renamed_and_deleted_after_a_confirmation(page):
    ask(page, "Who has the oldest bread?")
    more(page, "oldest bread", "Rename")
    field = kept(page, "oldest bread").get_by_label("New name")
    field.fill("Bakers")
    field.press("Enter")
    expect(kept(page, "Bakers")).to_be_visible()
    more(page, "Bakers", "Delete")
    expect(page.get_by_role("alertdialog")).to_contain_text("Delete “Bakers”")
    page.get_by_role("alertdialog").get_by_role("button", name="No").click()
    expect(kept(page, "Bakers")).to_be_visible()
    more(page, "Bakers", "Delete")
    page.get_by_role("alertdialog").get_by_role("button", name="Yes").click()
    expect(kept(page, "Bakers")).to_have_count(0)
    expect(page.locator("#dl-chat")).to_contain_text("Ask the articles")


@pytest.fixture
def exported(page):
    ask(page, "What do pilots say of tugs?")

    def export(form):
        with page.expect_download() as coming:
            more(page, "What do pilots say", form)
        return coming.value.suggested_filename, Path(coming.value.path()).read_text("utf-8")

    yield export
    more(page, "What do pilots say", "Delete")
    page.get_by_role("alertdialog").get_by_role("button", name="Yes").click()
    expect(kept(page, "What do pilots say")).to_have_count(0)


def test_a_conversation_leaves_in_four_formats_with_its_quotes_as_they_are(exported):
    quote = first_sentence(TUGS)
    name, text = exported("Markdown")
    assert name == "what-do-pilots-say-of-tugs.md" and f"> {quote}" in text and "# What do pilots" in text
    name, text = exported("HTML")
    assert name.endswith(".html") and f"<blockquote>{quote}</blockquote>" in text
    name, text = exported("CSV")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert quote in [row["quote"] for row in rows]
    assert {row["source"] for row in rows} == {"Harbour Post", "Northern Wire"}
    name, text = exported("JSON")
    turns = json.loads(text)["turns"]
    assert quote in [c["quote"] for c in turns[0]["citations"]]


def test_two_tabs_see_the_same_conversation_and_lose_nothing_when_both_write(page, browser, address):
    ask(page, "Who saw the last of the rust?")
    other = opened(browser, page.url)
    expect(other.locator(".dl-question")).to_have_text("Who saw the last of the rust?")
    for one, question in ((page, "From here, what of tugs?"), (other, "From there, what of bread?")):
        one.fill(BOX, question)
        one.press(BOX, "Enter")
    for one in (page, other):
        expect(one.locator(".dl-said [data-act=again]").nth(1)).to_be_visible()
    for one in (page, other):
        one.reload()
        expect(one.locator(".dl-said")).to_have_count(3)
    other.context.close()


def test_an_edit_in_one_tab_does_not_take_away_what_another_tab_has_asked(page, browser):
    said = ask(page, "Where is the rust?")
    other = opened(browser, page.url)
    expect(other.locator(".dl-said")).to_have_count(1)
    ask(other, "And where is bread?")
    said.get_by_role("button", name="Edit").click()
    field = said.get_by_label("Put the question otherwise")
    field.fill("Where is the museum?")
    field.press("Enter")
    expect(page.locator("#dl-problem")).to_contain_text("was not changed")
    expect(page.locator(".dl-question")).to_have_text(["Where is the rust?", "And where is bread?"])
    said.first.get_by_role("button", name="Edit").click()
    field.first.fill("Where is the museum?")
    field.first.press("Enter")
    expect(page.locator(".dl-question")).to_have_text(["Where is the museum?"])
    said = other.locator(".dl-said").first
    said.get_by_role("button", name="Edit").click()
    said.get_by_label("Put the question otherwise").fill("Where are the tugs?")
    said.get_by_label("Put the question otherwise").press("Enter")
    expect(other.locator("#dl-problem")).to_contain_text("somebody has put it otherwise")
    expect(other.locator(".dl-question")).to_have_text(["Where is the museum?"])
    other.context.close()


def test_each_tab_goes_on_with_its_own_conversation(page, browser, address):
    ask(page, "Here, what of tugs?")
    other = opened(browser, address)
    ask(other, "There, what of bread?")
    ask(page, "Here again, what of rust?")
    expect(page.locator(".dl-question")).to_have_text(["Here, what of tugs?", "Here again, what of rust?"])
    expect(other.locator(".dl-question")).to_have_text(["There, what of bread?"])
    other.context.close()


def test_a_removed_article_still_shows_what_was_quoted(page, desk):
    ask(page, "Who raised the price of bread?")
    quote = page.locator(".dl-quote mark").inner_text()
    removed = desk.archive.remove([next(a.id for a in desk.archive.listing() if a.title == "Bread becomes dearer")])
    page.reload()
    expect(page.locator(".dl-fate")).to_contain_text("has been removed since")
    expect(page.locator(".dl-quote mark")).to_have_text(quote)
    expect(page.locator(".dl-cite [data-act=article]")).to_have_count(0)
    desk.archive.add_articles(removed)


def test_who_writes_the_answers_can_be_chosen_where_there_is_a_chat_model(browser, tmp_path):
    with made_archive.opened(tmp_path / "a", FakeEmbedder()) as archive:
        archive.add_articles(NEWS)
        scripted = Scripted(archive)
        scripted.chat = object()
        with served(scripted) as address:
            page = opened(browser, address)
            ask(page, "What did the pilots say about tugs?")
            page.get_by_label("In the articles' own words").check()
            ask(page, "What did the pilots say about tugs?")
            page.context.close()
    assert scripted.written == [True, False]


def test_without_a_chat_model_there_is_nothing_to_choose(page):
    expect(page.get_by_label("In the articles' own words")).to_have_count(0)
