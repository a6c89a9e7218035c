"""The tabs "Who said what", "Over time" and "Archive" in a real Chromium, over a few made-up articles."""

import csv
import io
from pathlib import Path

import pytest
from browsing import BREAD, NEWS, TUGS, Scripted, needs_chromium, opened, served, turn_to
from fake_embedder import FakeEmbedder
from made_archive import opened as opened_archive
from playwright.sync_api import expect

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with opened_archive(tmp_path_factory.mktemp("tabs") / "news.dateline", FakeEmbedder()) as one:
        one.add_articles(NEWS)
        yield one


@pytest.fixture(scope="module")
def desk(archive):
    return Scripted(archive)


@pytest.fixture(scope="module")
def window(browser, desk):
    with served(desk) as where:
        yield opened(browser, where)


@pytest.fixture
def page(window):
    yield window
    assert (window.dialogs, window.broken) == ([], [])


# ---- who said what


@pytest.fixture
def said(page):
    turn_to(page, "Who said what")

    def find(speaker="", about="", since=""):
        page.fill("#dl-speaker :is(input, textarea)", speaker)
        page.fill("#dl-about :is(input, textarea)", about)
        page.locator("#dl-tab-said").get_by_label("Published from").fill(since)
        page.click("#dl-find")
        return page.locator("#dl-said-table")

    return find


def test_all_statements_are_listed_and_narrowed_down(said):
    expect(said().locator("tbody tr")).to_have_count(5)
    expect(said(speaker="Marit Olde").locator("tbody tr")).to_have_count(1)
    expect(said(speaker="Marit Olde").locator("tbody")).to_contain_text("“We count the rust and not the tugs,”")
    expect(said(about="bread").locator("tbody tr")).to_have_count(1)
    expect(said(since="2024-05-01").locator("tbody")).to_contain_text("sold to a museum")
    expect(said(since="2024-05-01").locator("tbody tr")).to_have_count(1)
    expect(said(speaker="Nobody Known")).to_contain_text("No statements of that kind")


def test_outlets_narrow_statements_down(page, said):
    expect(said().locator("tbody tr")).to_have_count(5)
    tab = page.locator("#dl-tab-said")
    tab.get_by_label("Outlets").click()
    page.get_by_role("option", name="Northern Wire").click()
    page.click("#dl-find")
    expect(tab.locator("tbody tr")).to_have_count(1)
    expect(tab.locator("tbody")).to_contain_text("sold to a museum")
    tab.get_by_label("Outlets").press("Backspace")
    page.click("#dl-find")
    expect(tab.locator("tbody tr")).to_have_count(5)


def test_what_cannot_be_asked_is_refused_in_words(said):
    expect(said(about="the").get_by_role("alert")).to_contain_text("name a topic")
    expect(said(since="in May").get_by_role("alert")).to_contain_text("write it as 2024-07-10")


def test_the_table_is_sorted_by_its_heads(page, said):
    table = said()
    who = table.locator("tbody tr > th")
    table.get_by_role("button", name="Who").click()
    expect(table.locator("thead th").first).to_have_attribute("aria-sort", "ascending")
    shown = who.all_inner_texts()
    assert len(shown) == 5 and shown == sorted(shown, key=str.casefold)
    table.get_by_role("button", name="When").click()
    expect(table.locator(".dl-day").first).to_have_text("2024-05-17")
    table.get_by_role("button", name="When").click()
    expect(table.locator(".dl-day").first).to_have_text("2024-03-04")
    expect(table.locator(".dl-day").last).to_have_text("unknown")


def test_a_statement_opens_its_article_at_the_words(page, said):
    table = said(speaker="Marit Olde")
    expect(table.locator("tbody tr")).to_have_count(1)
    table.get_by_role("button", name="Open article").click()
    dialog = page.locator("#dl-reader dialog")
    expect(dialog.locator("mark")).to_contain_text("We count the rust")
    assert dialog.locator(".dl-text").text_content() == TUGS.text
    page.keyboard.press("Escape")


def test_the_table_leaves_as_csv(page, said):
    expect(said(speaker="Marit Olde").locator("tbody tr")).to_have_count(1)
    with page.expect_download() as coming:
        page.click("#dl-said-csv")
    rows = list(csv.DictReader(io.StringIO(Path(coming.value.path()).read_text("utf-8-sig"))))
    assert [(row["speaker"], row["source"]) for row in rows] == [("Marit Olde", "Harbour Post")]
    assert TUGS.text[int(rows[0]["start"]) : int(rows[0]["end"])] == rows[0]["quote"]


# ---- over time


@pytest.fixture
def counted(page):
    turn_to(page, "Over time")

    def count(topic="", speaker="", by="automatic"):
        page.fill("#dl-topic :is(input, textarea)", topic)
        page.fill("#dl-voice :is(input, textarea)", speaker)
        page.locator("#dl-by").get_by_label(by).check()
        page.click("#dl-count")
        return page.locator("#dl-tab-coverage")

    return count


def bars(tab):
    return tab.locator(".dl-bar").evaluate_all("bars => bars.map((bar) => bar.getAttribute('aria-label'))")


def test_coverage_is_counted_by_day_or_month(counted):
    tab = counted(by="month")
    expect(tab.locator(".dl-bar")).to_have_count(2)
    assert bars(tab) == ["March 2024: 1 article", "May 2024: 1 article"]
    expect(tab.locator(".dl-bars li")).to_have_count(3)
    expect(tab).to_contain_text("1 article of unknown date not shown.")
    tab = counted(by="day")
    expect(tab.locator(".dl-bars li")).to_have_count(75)
    assert bars(tab) == ["4 March 2024: 1 article", "17 May 2024: 1 article"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"topic": "What do pilots say of rust?"}, "4 March 2024: 1 article"),
        ({"topic": "museum"}, "17 May 2024: 1 article"),
        ({"speaker": "NATO"}, "4 March 2024: 1 article"),
    ],
    ids=["question", "topic", "speaker"],
)
def test_only_articles_about_what_is_asked_are_counted(counted, asked, shown):
    tab = counted(by="day", **asked)
    expect(tab.locator(".dl-bar")).to_have_count(1)
    expect(tab.locator(".dl-bar")).to_have_attribute("aria-label", shown)


def test_what_nobody_writes_about_has_no_bars(counted):
    tab = counted(topic="zebras")
    expect(tab).to_contain_text("No articles of that kind.")
    expect(tab.locator(".dl-bar, .dl-list li")).to_have_count(0)


def test_a_pressed_bar_filters_and_takes_its_days_to_the_other_tabs(page, counted):
    tab = counted(by="month")
    expect(tab.locator(".dl-bars li")).to_have_count(3)  # not the days that a test before this one counted
    expect(tab.locator(".dl-list li")).to_have_count(2)
    tab.get_by_role("button", name="March 2024").click()
    expect(tab.locator(".dl-list li")).to_have_count(1)
    expect(tab.locator(".dl-list")).to_contain_text("Pilots count rust")
    expect(tab.get_by_role("button", name="March 2024")).to_have_attribute("aria-pressed", "true")
    tab.get_by_role("button", name="Who said what in them").click()
    expect(page.locator("#dl-said-table tbody tr").first).to_be_visible()
    expect(page.locator("#dl-tab-said").get_by_label("Published to")).to_have_value("2024-03-31")
    turn_to(page, "Over time")
    tab.get_by_role("button", name="Ask about these days").click()
    expect(page.locator("#dl-filters").get_by_label("Published from")).to_be_visible()
    expect(page.locator("#dl-filters").get_by_label("Published from")).to_have_value("2024-03-01")
    page.locator("#dl-filters").get_by_label("Published from").fill("")
    page.locator("#dl-filters").get_by_label("Published to").fill("")
    turn_to(page, "Over time")
    tab.get_by_role("button", name="All days").click()
    expect(tab.locator(".dl-list li")).to_have_count(2)


def test_the_days_of_a_bar_are_taken_to_a_tab_that_was_never_opened(browser, window):
    page = opened(browser, window.url)
    turn_to(page, "Over time")
    page.click("#dl-count")
    tab = page.locator("#dl-tab-coverage")
    expect(tab.locator(".dl-list li")).to_have_count(2)
    tab.locator(".dl-bar").first.click()
    tab.get_by_role("button", name="Who said what in them").click()
    expect(page.locator("#dl-said-table tbody tr")).to_have_count(3)
    assert (page.dialogs, page.broken) == ([], [])


# ---- the archive


@pytest.fixture
def held(page):
    turn_to(page, "Archive")
    return page.locator("#dl-tab-archive")


def rows(held):
    return held.locator("#dl-articles tbody tr")


def test_what_is_in_the_archive_is_listed_and_narrowed_down(held):
    expect(rows(held)).to_have_count(3)
    expect(rows(held).first).to_contain_text("Last tug sold")
    expect(rows(held).last).to_contain_text("unknown")
    held.get_by_label("Published to").fill("2024-04-01")
    held.get_by_label("Published to").press("Enter")
    expect(rows(held)).to_have_count(1)
    held.get_by_label("Published to").fill("")
    held.get_by_label("Published to").press("Enter")
    expect(rows(held)).to_have_count(3)


def test_an_article_is_removed_after_a_confirmation(page, held, archive):
    held.get_by_role("button", name="Remove Bread becomes dearer").click()
    confirm = page.get_by_role("alertdialog")
    expect(confirm).to_contain_text("Remove “Bread becomes dearer” from the archive")
    page.keyboard.press("Escape")
    expect(confirm).to_be_hidden()
    expect(rows(held)).to_have_count(3)
    held.get_by_role("button", name="Remove Bread becomes dearer").click()
    confirm.get_by_role("button", name="Yes").click()
    expect(rows(held)).to_have_count(2)
    expect(held.locator("#dl-report")).to_contain_text("“Bread becomes dearer” is removed")
    expect(page.locator("#dl-top")).to_contain_text("2 articles")
    assert BREAD.title not in [article.title for article in archive.listing()]
    archive.add_articles([BREAD])


def test_uploaded_files_are_reported_with_their_failures(page, held, tmp_path):
    (tmp_path / "moths.txt").write_text("Moths of the marsh\n\nThe keeper said 212 moths were counted.\n", "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"this is no PDF")
    held.locator("#dl-files input[type=file]").set_input_files(sorted(tmp_path.iterdir()))
    report = held.locator(".dl-report")
    expect(report).to_contain_text("1 added, 0 updated, 0 unchanged, 1 failed")
    expect(report.locator("li")).to_contain_text("broken.pdf")
    assert "/" not in report.inner_text()
    expect(held.locator("#dl-articles")).to_contain_text("Moths of the marsh")


def test_a_folder_of_the_servers_machine_is_added(held, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Storm number {number}\n\nThe storm came on day {number}.\n", "utf-8")
    held.get_by_label("Folder on this machine, or link").fill(str(tmp_path))
    held.locator("#dl-add-place").click()
    expect(held.locator(".dl-report")).to_contain_text("3 added")
    held.get_by_label("Folder on this machine, or link").fill(str(tmp_path / "nowhere"))
    held.get_by_label("Folder on this machine, or link").press("Enter")
    expect(held.locator(".dl-report")).to_contain_text("is not there")


def test_an_addition_shows_how_far_it_is(held, desk, tmp_path):
    (tmp_path / "slow.txt").write_text("Snails\n\nThe snails came in third.\n", "utf-8")
    held.get_by_label("Folder on this machine, or link").fill(str(tmp_path / "slow.txt"))
    held.locator("#dl-add-place").click()
    expect(held.locator("#dl-report")).to_contain_text("reading")
    expect(held.locator("#dl-report")).to_contain_text("33.3%")
    desk.go.release()
    expect(held.locator(".dl-report")).to_contain_text("1 added")
    expect(held.locator("#dl-report")).not_to_contain_text("33.3%")


def test_a_link_into_this_machine_is_refused_with_its_reason(held, page):
    held.get_by_label("Folder on this machine, or link").fill(page.url)
    held.locator("#dl-add-place").click()
    expect(held.locator(".dl-report")).to_contain_text("1 failed")
    expect(held.locator(".dl-report li")).not_to_be_empty()


def test_a_pasted_text_is_kept_character_for_character(page, held, archive):
    text = "  “Glass,” she said,\n\n\tis  slow.  <b>&amp;</b>\n"
    held.locator("#dl-paste button").first.click()
    held.get_by_label("Title").fill("Glass is slow")
    held.locator("#dl-paste-outlet").get_by_label("Outlet").fill("The Pane")
    held.get_by_label("Date").fill("2024-02-30")
    held.locator("#dl-paste-text").get_by_label("Text").fill(text)
    held.locator("#dl-add-text").click()
    expect(held.get_by_role("alert")).to_contain_text("write it as 2024-07-10")
    held.get_by_label("Date").fill("2024-02-29")
    held.locator("#dl-add-text").click()
    expect(held.locator(".dl-report")).to_contain_text("1 added")
    expect(held.get_by_label("Title")).to_have_value("")
    (made,) = [archive.article(one.id) for one in archive.listing() if one.title == "Glass is slow"]
    assert (made.text, made.source, str(made.published)) == (text, "The Pane", "2024-02-29")


def test_a_long_archive_is_paged(page, held, tmp_path):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(f"Bell {number}\n\nThe bell rang {number} times.\n", "utf-8")
    held.get_by_label("Folder on this machine, or link").fill(str(tmp_path))
    held.locator("#dl-add-place").click()
    expect(held.locator(".dl-report")).to_contain_text("30 added")
    expect(rows(held)).to_have_count(25)
    held.get_by_role("button", name="Next page").click()
    expect(held.locator("#dl-articles")).to_contain_text("Articles 26 to")
    held.get_by_role("button", name="Earlier page").click()
    expect(held.locator("#dl-articles")).to_contain_text("Articles 1 to 25")
