"""One search for each speaker, within the days that the question names."""

from dataclasses import replace
from datetime import date

import pytest

from assistant import Assistant
from assistant.dates import When
from assistant.question import understand
from assistant.searching import as_many_as, find_hits, narrowed
from index import Hit, Passage, SearchFilter
from index.records import Article

TODAY = date(2024, 7, 12)
ALL = SearchFilter()
BRIEF = Article.create("x", "In brief")


class Recorder:
    """A search that notes what it is asked and finds what it is told to."""

    def __init__(self, *found):
        self.found, self.asked = list(found), []

    def __call__(self, question, k, only):
        self.asked.append((question, only))
        names = self.found[len(self.asked) - 1]
        return [Hit(Passage(n, n, 0, 0, 1, "x", ()), BRIEF, 1.0, None) for n in names]


def ids(hits):
    return [hit.passage.id for hit in hits]


def test_a_plain_question_is_searched_once_as_it_is():
    search = Recorder("abc")
    asked = understand("What did Orr say about the dam?", today=TODAY)
    assert ids(find_hits(search, asked, ALL, most=2)) == ["a", "b"]
    assert search.asked == [("What did Orr say about the dam?", ALL)]


def test_two_speakers_get_a_search_each_and_their_hits_take_turns():
    search = Recorder("abc", "bxy", "abc", "bxy")
    asked = understand("Compare Orr and Vane on the dam", today=TODAY)
    assert ids(find_hits(search, asked, ALL, most=5)) == ["a", "b", "x", "c", "y"]
    assert ids(find_hits(search, asked, ALL, most=3)) == ["a", "b", "x"]
    assert [q for q, _ in search.asked[:2]] == [f"What did {who} say about the dam?" for who in ("Orr", "Vane")]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("What did Orr say about the dam?", 8),
        ("Which towns lost power?", 12),
        ("Compare Orr and Vane on the dam", 12),
    ],
)
def test_half_as_many_more_are_read_for_several_things_or_speakers(text, read):
    assert as_many_as(8, understand(text)) == read


def test_a_role_is_searched_by_the_name_of_its_holder_too():
    search = Recorder("ab", "bx")
    asked = replace(
        understand("What did the mayor of Karrow say about the dam?", today=TODAY),
        holders={"the mayor of Karrow": ["Ada Orr"]},
    )
    assert ids(find_hits(search, asked, ALL, most=3)) == ["a", "b", "x"]
    assert search.asked[1] == ("What did Ada Orr say about the dam?", ALL)


def test_days_that_are_preferred_fill_every_second_place():
    search = Recorder("xyz", "in")
    asked = understand("How high did the plume rise in June 2024?", today=TODAY)
    assert ids(find_hits(search, asked, ALL, most=4)) == ["i", "x", "n", "y"]
    assert search.asked[1][1].published_from == date(2024, 6, 1)
    assert search.asked[0][1] == ALL


def test_the_users_own_dates_and_outlets_stay():
    only = SearchFilter(published_from=date(2024, 6, 10), sources=("Herald",))
    within = narrowed(only, When("in June", date(2024, 6, 1), date(2024, 6, 30)))
    assert within == SearchFilter(date(2024, 6, 10), date(2024, 6, 30), ("Herald",))


def test_days_outside_the_users_own_are_none():
    assert narrowed(SearchFilter(published_from=date(2024, 7, 1)), When("in June", None, date(2024, 6, 30))) is None
    assert narrowed(ALL, When("latest", order="newest")) is None
    assert narrowed(ALL, None) is None


@pytest.fixture(scope="module")
def tolls(tmp_path_factory, embedder):
    """Ada Orr on tolls, once in May and once in July."""
    said = {
        date(2024, 5, 20): "“The tolls on Kestrel Bridge will rise by a tenth,” Ada Orr said.",
        date(2024, 7, 3): "“The tolls on Kestrel Bridge will be halved,” Ada Orr said.",
    }
    with Assistant.open(tmp_path_factory.mktemp("tolls") / "a") as opened:
        opened.archive.embedder = embedder
        opened.archive.add_articles(
            Article.create(
                f"Ada Orr, the mayor of Karrow, spoke to the council on tolls.\n\n{words}",
                "Mayor on tolls",
                url=f"https://example.com/{day}",
                published=day,
            )
            for day, words in said.items()
        )
        yield opened


TOLLS = "What did Ada Orr say about the tolls on Kestrel Bridge"


def test_date_words_leave_out_articles_of_other_days_and_the_answer_says_so(tolls):
    answer = tolls.ask(f"{TOLLS} last week?", today=date(2024, 7, 12))
    assert answer.answered
    assert {c.article.published for c in answer.citations} == {date(2024, 7, 3)}
    assert "“last week” was read as articles published from 1 July 2024 to 9 July 2024." in answer.notes


def test_days_without_an_answer_are_lifted_and_the_answer_says_so(tolls):
    answer = tolls.ask(f"{TOLLS} in March 2023?", today=date(2024, 7, 12))
    assert answer.answered
    assert any(n.startswith("No article published from 1 March 2023 to 14 April 2023") for n in answer.notes)


def test_what_is_older_than_the_days_of_an_event_is_said_to_be(tolls):
    asked = "Who spoke to the council on tolls in {}?"
    later, earlier = (tolls.ask(asked.format(month)) for month in ("September 2024", "March 2024"))
    assert later.answered and earlier.answered
    assert [n[:46] for n in later.notes] == ["No article published from 1 September 2024 to "]
    assert earlier.notes == ()


def test_a_question_without_date_words_has_no_note_on_days(tolls):
    assert tolls.ask(f"{TOLLS}?", today=date(2024, 7, 12)).notes == ()


def test_a_filter_that_leaves_no_day_is_refused():
    with pytest.raises(ValueError, match="2024-06-30 is after published_to 2024-06-01: swap them"):
        SearchFilter(date(2024, 6, 30), date(2024, 6, 1))
    assert SearchFilter(date(2024, 6, 1), date(2024, 6, 1))
