"""Coverage over time: which articles count, and the days and months that they are told by."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st
from made_archive import ARTICLES, opened

from assistant.coverage import MOST_PERIODS, Period, coverage, periods
from index import SearchFilter
from index.records import Article

DAYS = st.dates(date(2000, 1, 1), date(2002, 6, 30))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("coverage") / "news.dateline", FakeEmbedder()) as one:
        one.add_articles(ARTICLES)
        yield one


def told(found):
    return [(str(p.start), str(p.end), p.articles) for p in found.periods if p.articles]


def test_all_articles_with_a_date_are_counted(archive):
    found = coverage(archive, by="month")
    assert told(found) == [("2024-07-01", "2024-07-31", 2), ("2024-08-01", "2024-08-31", 1)]
    assert (len(found.articles), found.undated, found.cut) == (3, 1, False)
    assert found.outlets == [("Northern Wire", 2), ("Harbour Post", 1)]
    assert [str(a.published) for a in found.articles] == ["2024-08-01", "2024-07-12", "2024-07-10"]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"about": "bread"}, {"Bread becomes dearer"}),
        ({"about": "What did NATO say about Iran?"}, {"NATO summit in Washington"}),
        ({"about": "Pyongyang"}, set()),
        ({"speaker": "NATO"}, {"NATO summit in Washington"}),
        ({"speaker": "NATO", "about": "bread"}, set()),
        ({"about": "cup", "only": SearchFilter(sources=("Harbour Post",))}, set()),
        ({"about": "cup", "only": SearchFilter(published_from=date(2024, 8, 1))}, {"Cup final"}),
    ],
    ids=["topic", "question", "not there", "speaker", "speaker elsewhere", "other outlet", "dates"],
)
def test_only_what_is_asked_for_is_counted(archive, asked, titles):
    assert {article.title for article in coverage(archive, **asked).articles} == titles


def test_a_topic_without_words_is_refused(archive):
    with pytest.raises(ValueError, match="name a topic"):
        coverage(archive, about="the")


@pytest.mark.parametrize(("days", "by"), [(91, "day"), (92, "month")])
def test_a_long_time_is_told_by_months(tmp_path, days, by):
    first = date(2024, 1, 1)
    made = [Article.create(f"Word {n}.", f"T{n}", published=first + timedelta(n)) for n in (0, days)]
    with opened(tmp_path / "news.dateline", FakeEmbedder()) as one:
        one.add_articles(made)
        assert coverage(one).by == by


@given(st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(["day", "month"]))
def test_periods_follow_each_other_and_count_every_day_once(days, by):
    made = periods(days, by)
    assert sum(p.articles for p in made) == len(days)
    assert made[0].start <= min(days) <= made[0].end and made[-1].start <= max(days) <= made[-1].end
    assert all(b.start - a.end == timedelta(days=1) for a, b in pairwise(made))
    for p in made:
        assert p.articles == sum(p.start <= day <= p.end for day in days)
        assert by == "month" or p.start == p.end


def test_a_leap_february_ends_on_its_29th():
    assert periods([date(2024, 2, 10)], "month") == (Period(date(2024, 2, 1), date(2024, 2, 29), 1),)


def test_no_days_have_no_periods():
    assert periods([], "day") == ()


def test_more_days_than_can_be_shown_are_refused_with_a_remedy():
    first = date(2000, 1, 1)
    assert len(periods([first, first + timedelta(MOST_PERIODS - 1)], "day")) == MOST_PERIODS
    with pytest.raises(ValueError, match="count by month"):
        periods([first, first + timedelta(MOST_PERIODS)], "day")
