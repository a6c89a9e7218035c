"""What the page's callbacks do, without a page."""

import csv
import io
import json
import re
from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest
from browsing import NEWS, TUGS, Scripted
from fake_embedder import FakeEmbedder
from made_archive import opened

from assistant.answering import Answering
from assistant.conversations import Conversations
from assistant.pages.archive import Archiving, Place
from assistant.pages.asking import EXAMPLES, Asking, Seat, empty_state
from assistant.pages.over_time import OverTime, View
from assistant.pages.parts import chosen
from assistant.pages.reading import opened as opened_article
from assistant.pages.saying import Saying, Table
from index import SearchFilter
from index.records import Article

EVERYTHING = ("", "", None, None, [])


def nobody(*_):
    """Who is told of progress."""


@pytest.fixture
def archive(tmp_path):
    with opened(tmp_path / "news.dateline", FakeEmbedder()) as one:
        one.add_articles(NEWS)
        yield one


@pytest.fixture
def answering(archive):
    return Answering(Scripted(archive), Conversations(archive.folder / "conversations.sqlite"))


@pytest.fixture
def asking(answering):
    return Asking(answering)


def last(shown):
    """What is shown in the end: of each part what was given last."""
    _, *parts = zip(*shown, strict=True)
    return [[one for one in part if isinstance(one, str)][-1] for part in parts]


def test_a_question_begins_a_conversation_and_the_next_goes_on_with_it(asking, answering):
    seat = Seat()
    _, thread, panel, shelf = last(asking.ask(" What of tugs? ", seat, "", None, []))
    assert "What of tugs?" in thread and "<mark>" in panel and 'aria-current="true"' in shelf
    last(asking.ask("And bread?", seat, "", "", []))
    assert [turn.question for turn in answering.turns(seat.conversation)] == ["What of tugs?", "And bread?"]


def test_a_conversation_that_is_no_longer_open_is_not_shown_again(asking, answering):
    seat = Seat()
    shown = asking.ask("What of the slow tugs?", seat, "", "", [])
    assert "What of the slow tugs?" in next(shown)[2]
    asking.new(seat)
    (box, _, thread, _, _), rest = shown  # at once, though the answer has not come yet
    assert "Ask the articles" in thread and not any(isinstance(part, str) for part in (box, *rest))
    answering.assistant.go.release(3)


@pytest.mark.parametrize("conversation", ["", "gone"])
def test_every_way_to_open_nothing_ends_in_a_step_that_changes_nothing(asking, conversation):
    *_, ended = asking.open(Seat(), conversation)
    assert not any(isinstance(part, str) for part in ended)


def test_the_last_step_of_what_was_open_before_does_not_stay_over_what_is_open_now(asking, answering):
    seat = Seat()
    list(asking.ask("What of rust?", seat, "", "", []))
    rust = seat.conversation
    former = asking.open(seat, rust)
    assert "What of rust?" in next(former)[2]  # on its way to the page while another conversation is opened
    asking.new(seat)
    now = asking.ask("What of the slow tugs?", seat, "", "", [])
    assert "What of the slow tugs?" in next(now)[2]
    first = next(former)
    assert "What of the slow tugs?" in first[2] and "What of rust?" not in first[2]
    answering.assistant.go.release(3)
    *_, last_of_now, _ = now
    *_, last_of_former, _ = former
    assert last_of_former[2] == last_of_now[2]  # whichever comes last


def test_what_else_the_page_says_stays_while_an_answer_grows_and_the_list_is_not_made_at_its_steps(asking, answering):
    shown = asking.ask("What of the slow tugs?", Seat(), "", "", [])
    _, problem, *_, shelf = next(shown)
    assert problem == "" and "What of the slow tugs?" in shelf
    answering.assistant.go.release()
    box, problem, thread, _, shelf = next(shown)
    assert "dl-marker" in thread and not any(isinstance(part, str) for part in (box, problem, shelf))
    answering.assistant.go.release(2)
    *_, (_, _, _, _, shelf), _ = shown
    assert "What of the slow tugs?" in shelf


def test_an_empty_question_begins_nothing(asking, answering):
    list(asking.ask("  ", Seat(), "", "", []))
    assert answering.kept.listed() == []


def test_a_refused_date_leaves_the_question_where_it_is(asking, answering):
    shown, ended = asking.ask("What?", Seat(), "soon", "", [])
    assert not any(isinstance(part, str) for part in ended)
    assert shown[0] == "What?" and "write it as" in shown[1]
    assert answering.kept.listed() == []


def test_a_conversation_that_is_gone_is_said_to_be_gone(asking):
    seat = Seat()
    problem, thread, _, _ = last(asking.open(seat, "nowhere"))
    assert "not there any more" in problem and "Ask the articles" in thread and seat.conversation is None


@pytest.mark.parametrize("key", ["", "x", "-1", "99", "²"])
def test_a_turn_that_is_none_is_not_asked_again(asking, answering, key):
    seat = Seat()
    last(asking.ask("What of tugs?", seat, "", "", []))
    list(asking.ask_again(seat, key))
    list(asking.edit(seat, {"key": key, "last": "99", "former": "What of tugs?", "question": "Other?"}))
    assert [turn.question for turn in answering.turns(seat.conversation)] == ["What of tugs?"]


def first_form(shown):
    found = re.search(r'data-key="(?P<key>\d+)" data-last="(?P<last>\d+)" data-former="(?P<former>[^"]*)"', shown)
    return found.groupdict()


def test_an_edit_of_a_page_that_has_not_seen_all_is_refused_and_shows_what_it_missed(asking, answering):
    seat, other = Seat(), Seat()
    _, shown, _, _ = last(asking.ask("What of tugs?", seat, "", "", []))
    form = first_form(shown)
    last(asking.open(other, seat.conversation))
    last(asking.ask("And of bread?", other, "", "", []))
    problem, shown, _, _ = last(asking.edit(seat, form | {"question": "What of rust?"}))
    assert "was not changed" in problem and "What of rust?" in problem and "And of bread?" in shown
    assert [turn.question for turn in answering.turns(seat.conversation)] == ["What of tugs?", "And of bread?"]
    problem, shown, _, _ = last(asking.edit(other, first_form(shown) | {"question": "What of rust?"}))
    assert problem == ""
    assert [turn.question for turn in answering.turns(seat.conversation)] == ["What of rust?"]
    problem, _, _, _ = last(asking.edit(seat, form | {"question": "What of bread?"}))
    assert "was not changed" in problem and "What of bread?" in problem
    problem, _, _, _ = last(asking.edit(seat, first_form(shown) | {"question": "What of bread?"}))
    assert problem == ""
    assert [turn.question for turn in answering.turns(seat.conversation)] == ["What of bread?"]


def test_an_archive_without_articles_offers_to_add_some(tmp_path):
    with opened(tmp_path / "empty.dateline", FakeEmbedder()) as archive:
        shown = empty_state(archive)
    assert "No articles yet" in shown and 'data-tab="archive"' in shown


def test_example_questions_are_shown_only_where_the_samples_are(archive):
    assert EXAMPLES[0] not in empty_state(archive)
    sample = "https://example.com/northern-wire/2024/07/10/nato-summit-declaration"
    archive.add_articles(
        [Article.create("NATO met.", "Summit", url=sample, source="Northern Wire", published=date(2024, 7, 10))]
    )
    assert EXAMPLES[0] in empty_state(archive)


def test_an_empty_archive_asks_for_articles(archive):
    archive.remove([article.id for article in archive.listing()])
    assert "No articles yet" in empty_state(archive)


def test_the_filter_is_what_the_fields_say():
    assert not chosen("", None, [])
    made = chosen("2024-07-10", "2024-07-12", ["The Post"])
    assert made == SearchFilter(date(2024, 7, 10), date(2024, 7, 12), ("The Post",))


@pytest.mark.parametrize(
    ("since", "until"),
    [("soon", None), ("2024-07-10x", None), ("2024-07-12", "2024-07-10")],
    ids=["no date", "not quite", "backwards"],
)
def test_a_filter_that_makes_no_sense_is_refused_with_a_remedy(since, until):
    with pytest.raises(ValueError, match=r"write it as|swap"):
        chosen(since, until, [])


def test_a_file_that_is_uploaded_again_is_the_same_article_or_its_new_version(tmp_path):
    with opened(tmp_path / "news.dateline", FakeEmbedder()) as archive:
        archiving = Archiving(Answering(Scripted(archive), Conversations(tmp_path / "c.sqlite")))
        for number, (text, told) in enumerate(
            (("Tugs sail.", "1 added"), ("Tugs sail.", "1 unchanged"), ("No.", "1 upd"))
        ):
            (tmp_path / str(number)).mkdir()  # Gradio gives each upload a folder of its own
            sent = tmp_path / str(number) / "tugs.txt"
            sent.write_text(f"Tugs at sea\n\n{text}")
            assert told in archiving.add_files([str(sent)], nobody)
        assert archive.counts()["articles"] == 1
        assert not list((archive.folder / "uploaded").iterdir())


def test_failures_of_an_upload_name_the_file_and_not_our_folder(tmp_path, answering):
    (tmp_path / "a.jsonl").write_text('{"title": "Tugs", "text": "Tugs sail."}\n{"title": "No text"}\n')
    (tmp_path / "b.pdf").write_text("x")
    shown = Archiving(answering).add_files([str(tmp_path / "a.jsonl"), str(tmp_path / "b.pdf")], nobody)
    assert "1 added" in shown and "2 failed" in shown
    assert "<strong>a.jsonl:2" in shown and "<strong>b.pdf</strong>" in shown
    assert str(tmp_path) not in shown and str(answering.assistant.archive.folder) not in shown


@pytest.mark.parametrize("place", ["/etc", "file:///etc/hosts", "notes.txt", "", "ftp://example.com/a.txt"])
def test_files_of_the_machine_are_read_for_him_who_sits_at_it_alone(answering, place):
    before = answering.assistant.archive.counts()["articles"]
    assert "Give a link" in Archiving(answering, folders=False).add_place(place, nobody)
    assert answering.assistant.archive.counts()["articles"] == before


@pytest.mark.parametrize(
    ("given", "problem"),
    [(("", "T", "", ""), "fill in both"), (("x", " ", "", ""), "fill in both"), (("x", "T", "", "May"), "write it as")],
    ids=["no text", "no title", "no date"],
)
def test_a_pasted_text_that_is_not_enough_is_refused(answering, given, problem):
    report, added = Archiving(answering).add_text(*given, nobody)
    assert problem in report and not added
    assert answering.assistant.archive.counts()["articles"] == len(NEWS)


def test_a_pasted_text_says_where_its_date_is_from(answering, archive):
    Archiving(answering).add_text("It rained.", "Rain", "", "2024-07-01", nobody)
    (rain,) = [article for article in archive.listing() if article.title == "Rain"]
    assert rain.origins == {"title": "typed in the page", "published": "typed in the page"}


def test_removing_twice_is_told_and_removes_nothing_else(answering, archive):
    archiving = Archiving(answering)
    report, place, listing = archiving.remove(Place(), TUGS.id)
    assert "is removed" in report and TUGS.title not in listing
    report, _, _ = archiving.remove(place, TUGS.id)
    assert 'role="alert"' in report
    assert archive.counts()["articles"] == len(NEWS) - 1


@pytest.mark.parametrize("offset", [25, 25_000])
def test_the_last_page_that_has_articles_is_shown_instead_of_an_empty_one(answering, offset):
    place, shown = Archiving(answering).listing(Place(offset=offset))
    assert place == Place() and "Articles 1 to 3" in shown


def test_a_refused_filter_leaves_the_page_of_articles_where_it_is(answering):
    place, shown = Archiving(answering).narrow(Place(offset=25), "soon", "", [])
    assert place == Place(offset=25) and "write it as" in shown


def test_an_article_that_is_gone_is_said_to_be_gone(answering):
    assert "not in the archive any more" in opened_article(answering, "nowhere", "0-3")
    assert "<mark>Har</mark>" in opened_article(answering, TUGS.id, "0-3")


def test_an_unknown_order_leaves_statements_as_they_are(answering):
    saying = Saying(answering)
    table, shown = saying.find(Table(), *EVERYTHING)
    assert "5 statements" in shown
    assert saying.sort(table, "<x>") == (table, shown) and table.order == "fit"


def test_a_table_that_is_refused_gives_no_file(answering):
    table, shown, file = Saying(answering).csv(Table(), "", "the", None, None, [])
    assert (table, file) == (Table(), "") and "name a topic" in shown


def rows(file):
    text = json.loads(file)["text"].removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_statements_are_searched_for_once_to_be_sorted_lengthened_and_saved(answering, monkeypatch):
    searched = []
    quotes = answering.assistant.quotes
    monkeypatch.setattr(answering.assistant, "quotes", lambda *a, **k: searched.append(a) or quotes(*a, **k))
    saying = Saying(answering)
    table, _ = saying.find(Table(), *EVERYTHING)
    table, _ = saying.sort(table, "newest")
    table, _ = saying.more(table)
    table, shown, file = saying.csv(table, *EVERYTHING)
    assert len(searched) == 1 and len(rows(file)) == 5 and "5 statements" in shown
    _, shown, file = saying.csv(table, "Marit Olde", *EVERYTHING[1:])
    assert len(searched) == 2 and {row["speaker"] for row in rows(file)} == {"Marit Olde"} and "1 statement" in shown


def test_a_file_has_also_the_statements_that_a_table_leaves_out(answering, monkeypatch):
    monkeypatch.setattr("assistant.pages.saying.MOST", 3)
    saying = Saying(answering)
    table, shown = saying.find(Table(), *EVERYTHING)
    assert "The first 3 statements" in shown
    assert len(rows(saying.csv(table, *EVERYTHING)[2])) == 5


def test_a_bar_pressed_again_shows_all_days(answering):
    counting = OverTime(answering)
    view, _, _ = counting.count("", "", "month", "", "", [])
    view, _, listed = counting.press(view, "2024-03-01", "2024-03-31")
    assert listed.count("<li>") == 1
    _, _, listed = counting.press(view, "2024-03-01", "2024-03-31")
    assert listed.count("<li>") == 2


@pytest.mark.parametrize("state", [View(), Table(), Place()], ids=["over time", "who said what", "archive"])
def test_what_a_page_shows_is_never_changed_in_place(state):
    with pytest.raises(FrozenInstanceError):
        setattr(state, fields(state)[0].name, None)
