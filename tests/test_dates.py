"""Date words mean days of publication, or an order, or nothing when they belong to the event."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dates import MARGIN, NEAR_MARGIN, when_of

TODAY = date(2024, 7, 12)  # a Friday
NEAR, LATER = NEAR_MARGIN, MARGIN


def days(text, *, speech=True, today=TODAY):
    found = when_of(text, today, speech=speech)
    return (found.after, found.before, found.strict) if found else None


RELATIVE = [
    ("What did Orr say yesterday?", date(2024, 7, 11), date(2024, 7, 11)),
    ("What did Orr say last week?", date(2024, 7, 1), date(2024, 7, 7)),
    ("What did Orr say this week?", date(2024, 7, 8), date(2024, 7, 14)),
    ("What did Orr say last month?", date(2024, 6, 1), date(2024, 6, 30)),
    ("What did Orr say this month?", date(2024, 7, 1), date(2024, 7, 31)),
    ("What did Orr say on Monday?", date(2024, 7, 8), date(2024, 7, 8)),
    ("What did Orr say last Friday?", date(2024, 7, 5), date(2024, 7, 5)),
    ("What did Orr say over the weekend?", date(2024, 7, 6), date(2024, 7, 7)),
    ("What did Orr say in the last two weeks?", date(2024, 6, 28), date(2024, 7, 12)),
    ("What did Orr say three days ago?", date(2024, 7, 9), date(2024, 7, 9)),
    ("What did Orr say last summer?", date(2023, 6, 1), date(2023, 8, 31)),
    ("What did Orr say over the summer?", date(2024, 6, 1), date(2024, 8, 31)),
]
CALENDAR = [
    ("What did Orr say in September 2022?", date(2022, 9, 1), date(2022, 9, 30)),
    ("What did Orr say in late August 2021?", date(2021, 8, 1), date(2021, 8, 31)),
    ("What did Orr say on 3 May about trams?", date(2024, 5, 3), date(2024, 5, 3)),
    ("What did Orr say on May 3, 2022?", date(2022, 5, 3), date(2022, 5, 3)),
    ("What did Orr say on 2022-05-03?", date(2022, 5, 3), date(2022, 5, 3)),
    ("What did Orr say in October?", date(2023, 10, 1), date(2023, 10, 31)),
    ("What did Orr say between 3 and 10 June 2022?", date(2022, 6, 3), date(2022, 6, 10)),
    ("What did Orr say between 3 May and 10 June 2022?", date(2022, 5, 3), date(2022, 6, 10)),
]


@pytest.mark.parametrize(("text", "first", "last"), RELATIVE, ids=[row[0] for row in RELATIVE])
def test_words_that_count_from_today_restrict(text, first, last):
    assert days(text) == (first, last + NEAR, True)


@pytest.mark.parametrize(("text", "first", "last"), CALENDAR, ids=[row[0] for row in CALENDAR])
def test_days_of_the_calendar_restrict_whose_words_are_asked_for_and_leave_time_to_report_them(text, first, last):
    assert days(text) == (first, last + LATER, True)


def test_an_open_side_stays_open():
    assert days("What has Orr said since March?") == (date(2024, 3, 1), None, True)
    assert days("What did Orr say before 5 October 2022?") == (None, date(2022, 10, 5), True)
    assert days("What did Orr say after 5 October 2022?") == (date(2022, 10, 5), None, True)
    assert days("How many had died by 5 October 2022?", speech=False) == (None, date(2022, 10, 5) + LATER, False)


@pytest.mark.parametrize(
    "text",
    [
        "How high did the plume rise in January 2022?",
        "Which states joined the September 2022 lawsuit?",
        "What happened in 2021?",
    ],
)
def test_the_time_of_an_event_is_preferred_and_does_not_restrict(text):
    assert days(text, speech=False)[2] is False


@pytest.mark.parametrize(
    "text",
    [
        "What did Orr say in 2021?",
        "What did Orr say in the summer of 2022?",
        "What did Orr say about her fall on 6 May?",
    ],
)
def test_a_season_a_year_and_a_day_in_the_topic_do_not_restrict(text):
    assert days(text)[2] is False


@pytest.mark.parametrize(
    "text",
    [
        "What happened in the 1986 crash?",
        "Who won the 2020 election?",
        "What did Orr say about the September 11 attacks?",
        "What will happen in 2030?",
        "What did Theresa May say about the second vote?",
        "Who may march?",
        "How many 5 year olds were hurt?",
        "What did Orr tell USA TODAY?",
        "What did Orr say before the vote?",
        "What did Orr say about last week's vote?",
        "What did Orr say on February 30?",
        "Why does the feast last eight days?",
        "What did Orr think of her part in the spring game?",
    ],
)
def test_what_names_no_day_of_publication_is_left_to_the_words(text):
    assert when_of(text, TODAY, speech=True) is None


def test_two_dates_in_one_question_do_not_restrict():
    assert days("What did Orr want in July, and what did she say in September?")[2] is False


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("What is the latest forecast?", "newest"),
        ("What is Orr's most recent estimate?", "newest"),
        ("What was the earliest warning?", "oldest"),
        ("When did Orr first say so?", "oldest"),
    ],
)
def test_words_of_order(text, order):
    assert when_of(text, TODAY, speech=False).order == order


def test_the_span_reads_as_english():
    assert when_of("What did Orr say last week?", TODAY, speech=True).span == "from 1 July 2024 to 9 July 2024"
    assert when_of("What has Orr said since March?", TODAY, speech=True).span == "from 1 March 2024 on"


@given(
    st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    st.sampled_from([row[0] for row in RELATIVE + CALENDAR] + ["What did Orr say on 29 February?"]),
)
def test_on_any_day_a_span_begins_before_it_ends_and_is_no_future_one(today, text):
    found = when_of(text, today, speech=True)
    if found and found.after and found.before:
        assert found.after <= found.before
    if found and found.after:
        assert found.after <= today


@given(st.text(alphabet="in on by 0123456789-May June last week ago the", max_size=60))
def test_scraps_of_dates_are_read_without_fail(text):
    when_of(text, TODAY, speech=True)
