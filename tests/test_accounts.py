"""Accounts that differ: what differs, and that the newest is told first. Invented articles."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.accounts import Day, days, differ, newest_first, of_the_days, other_values
from assistant.candidates import Candidate, covered_share
from assistant.composing import in_order
from assistant.finding import Evidence
from assistant.question import understand
from index.records import Article, Passage, Sentence

TOLL = "How many people were killed when the dam at Orvik broke?"
FIRST_DAY = date(2024, 5, 6)  # a Monday


def account(text, day=0, *, asked=TOLL, speaker=None, title="The dam at Orvik"):
    published = None if day is None else FIRST_DAY + timedelta(days=day)
    article = Article.create(text, title, published=published, url=f"https://example.org/{title}/{day}")
    sentence = Sentence(0, len(text), speaker=speaker)
    return Candidate(
        article=article,
        passage=Passage(article.id, article.id, 0, 0, len(text), text, (sentence,)),
        sentence=sentence,
        text=text,
        cover=covered_share(understand(asked), text),
        voices=(),
        **dict.fromkeys("logit context_cover names own_names voice kind length rank about score".split(), 1.0),
    )


def told(asked, *candidates):
    evidence, differing = newest_first(understand(asked), [Evidence((c,)) for c in candidates])
    return [one.places[0].text for one in evidence], differing


@pytest.mark.parametrize(
    ("asked", "one", "other"),
    [
        (TOLL, "At least 12 people were killed when the dam broke.", "Nine people died in the flood, police said."),
        (TOLL, "Twelve people died when the dam broke.", "The death toll rose to 19 on Tuesday."),
        (TOLL, "The flood left 12 dead.", "Nineteen soldiers were killed."),
        (TOLL, "At least 12 people were killed.", "At least 19 people were killed."),
        (TOLL, "At least 12 people were killed.", "Police say 19 people were killed."),
        (TOLL, "Twelve people were killed when the dam broke.", "The death toll rose from 12 to 19 on Tuesday."),
        (TOLL, "Twelve people were killed.", "A further 12 people died overnight, taking the toll to 24."),
        (TOLL, "At least 12 people were killed.", "At least 19 people were killed and 12 were hurt."),
        (TOLL, "The flood claimed 12 lives.", "The flood claimed 19 lives."),
        (TOLL, "The flood killed 5,000 people.", "The flood killed 5,800 people."),
        ("How many homes are planned in Orvik?", "The council plans 12 new homes.", "The council plans 19 new homes."),
        (
            "What share of the votes did the party get?",
            "The party got 41 percent of the votes.",
            "The party got 44 percent of the votes.",
        ),
        (
            "How many people were killed in the Orvik flood since May 2024?",
            "The flood killed 12.",
            "The flood killed 19.",
        ),
        (
            "When does the bridge at Orvik open?",
            "Mayor Holt said on Monday that the bridge at Orvik, closed since January, opens on 14 May.",
            "Mayor Holt said on Tuesday that the bridge at Orvik, closed since January, opens on 3 June.",
        ),
        (
            "When does the bridge at Orvik open?",
            "The bridge at Orvik opens in 2025.",
            "The bridge at Orvik opens in 2027.",
        ),
        (TOLL, "Up to 50 people were killed.", "Police say 19 people were killed."),
        (TOLL, "The flood killed 12, the most since 1987.", "The flood killed 19, the most since June 1987."),
        (TOLL, "Twelve people were killed in Orvik.", "Nineteen people were killed near Tarn, below Orvik."),
        (TOLL, "The flood left 40 people injured and 12 dead.", "Rescuers counted 19 dead and 40 injured."),
        (
            "How many people fell ill in Orvik?",
            "By Thursday 38 people had reported stomach trouble.",
            "In all, 63 people reported stomach illness.",
        ),
        (
            "What did the bridge at Orvik cost?",
            "The bridge will cost 4 million crowns to repair.",
            "Repairing the bridge will cost 6.5 million crowns.",
        ),
        (
            "When does the bridge at Orvik open?",
            "The bridge at Orvik opens on 14 May.",
            "The bridge at Orvik now opens on 3 June.",
        ),
        (
            "When is the bridge at Orvik to open again?",
            "The bridge at Orvik opens on 14 May.",
            "The council has a new day in mind for the bridge, 3 June.",
        ),
        (
            "When does the bridge at Orvik open?",
            "The bridge at Orvik opens on Friday.",
            "The bridge at Orvik now opens on Saturday.",
        ),
    ],
)
def test_of_accounts_that_differ_the_newest_is_told_first(asked, one, other):
    older, newer = account(one, 0, asked=asked), account(other, 1, asked=asked)
    assert told(asked, older, newer) == ([other, one], True)
    assert told(asked, newer, older) == ([other, one], True)


@pytest.mark.parametrize(
    ("asked", "one", "other"),
    [
        (TOLL, "Twelve people were killed when the dam broke.", "In all, 12 people died."),
        (TOLL, "More than 10 people were killed.", "Twelve people were killed."),
        (TOLL, "At least 40 people were killed.", "Police say 46 people were killed."),
        (TOLL, "Twelve people were killed.", "Seven more people died overnight."),
        (TOLL, "Ten to 12 people were killed.", "Eleven people were killed."),
        (
            "How many votes did the party at Orvik win?",
            "The party won 41 percent of the votes.",
            "The party won 41.3 percent of the votes.",
        ),
        (TOLL, "Twelve people were killed.", "In all 123456789012345678901234567890 people were killed."),
        (TOLL, "Twelve people were killed.", "About 300 people live in the town below."),
        (TOLL, "Twelve people were killed in Velby.", "Nine people were killed near Tarn."),
        (TOLL, "A 34-year-old man was killed.", "A 41-year-old woman was killed."),
        (TOLL, "Twelve people were killed.", "Three of the dead were firefighters."),
        (TOLL, "Twelve people were killed.", "Among the dead were four children."),
        (TOLL, "More than 250 people were killed.", "In all 264 people were killed."),
        (
            "When does the bridge at Orvik open?",
            "Mayor Jan Holt said the bridge at Orvik would open again soon.",
            "The bridge at Orvik opens on 3 June.",
        ),
        (
            "When did the dam at Orvik break?",
            "The dam at Orvik broke on Monday, police said.",
            "The mayor said on Thursday that the dam at Orvik broke after heavy rain.",
        ),
        (
            "When does the bridge at Orvik open?",
            "The bridge at Orvik opens on 14 May.",
            "The bridge at Orvik opens in 2024.",
        ),
        (TOLL, "Nearly 50 people were killed.", "Police say 46 people were killed."),
        (TOLL, "About 100 people were killed.", "Police say 104 people were killed."),
        (TOLL, "Dozens of people were killed.", "Police say 31 people were killed."),
        (TOLL, "Twelve soldiers were killed.", "Nine nurses were killed."),
        (TOLL, "Twelve people were killed.", "Forty people slept in the school at Orvik."),
        (TOLL, "Twelve people were killed.", "In 1987, 31 people were killed there."),
        (TOLL, "The dam killed 12 people.", "The dam was 12 metres high."),
        (
            "How much help do farmers at Orvik get?",
            "Farmers get up to 1,000 crowns in help, or as much as 2,000 crowns where the whole harvest is lost.",
            "Farmers can now ask for up to 2,000 crowns in help.",
        ),
        (
            "How far is Orvik from the coast?",
            "The town of Orvik lies 6.8 thousand metres from the coast.",
            "The town of Orvik lies 7,000 metres from the coast.",
        ),
        (
            "When did the dam at Orvik break?",
            "The dam at Orvik broke on Monday.",
            "The dam at Orvik broke on 6 May.",
        ),
        (
            "When did the dam at Orvik break?",
            "The dam at Orvik broke on Monday.",
            "The mayor goes on holiday on Thursday.",
        ),
    ],
)
def test_accounts_that_agree_or_are_of_something_else_stay_as_they_are(asked, one, other):
    older, newer = account(one, 0, asked=asked), account(other, 1, asked=asked)
    assert told(asked, older, newer) == ([one, other], False)


def test_accounts_without_a_day_of_one_day_or_a_year_apart_stay_as_they_are():
    one, other = "Twelve people were killed.", "Nine people were killed."
    for first, second in ((0, None), (None, None), (3, 3), (0, 366)):
        assert told(TOLL, account(one, first), account(other, second)) == ([one, other], False)


def test_where_days_of_what_happened_are_asked_for_later_accounts_do_not_come_first():
    asked = "How many people were killed when the dam at Orvik broke on 6 May 2024?"
    one, other = "Twelve people were killed.", "Nine people were killed."
    assert told(asked, account(one, 0), account(other, 5)) == ([one, other], False)


def test_where_several_things_are_asked_for_they_differ_anyway():
    one, other = account("Twelve people were killed in Orvik.", 0), account("Nine people were killed in Tarn.", 1)
    for asked in ("Compare the deaths in Orvik and Tarn", "Which towns counted their dead?"):
        assert told(asked, one, other) == ([one.text, other.text], False)


def test_an_account_is_as_old_as_it_was_when_first_told_however_late_it_is_copied():
    old, copy, new = (account(f"The flood killed {n}.", day) for n, day in (("12", 0), ("12", 5), ("19", 1)))
    evidence, differing = newest_first(understand(TOLL), [Evidence((old, copy)), Evidence((new,))])
    assert differing and [one.places[0] for one in evidence] == [new, old]


def test_what_one_source_says_is_told_together_and_after_what_is_newer():
    old, new, between = (
        account(f"{n} people were killed.", day) for n, day in (("Twelve", 0), ("Nine", 4), ("Six", 2))
    )
    beside = replace(account("The school is open.", 0), article=old.article)
    other = account("The dam was old.", 9)
    for given_ones in ([beside, new, old, between, other], [beside, between, new, other, old]):
        evidence, differing = newest_first(understand(TOLL), [Evidence((c,)) for c in given_ones])
        shown = [one.places[0].text for one in in_order(evidence)]
        assert [text for text in shown if "killed" in text] == [new.text, between.text, old.text]
        assert shown[-1] == other.text
        assert differing


@given(st.lists(st.tuples(st.integers(2, 5), st.integers(0, 4), st.integers(0, 2)), max_size=7))
def test_nothing_is_lost_and_every_newer_account_stands_before_the_older_that_it_differs_from(accounts):
    given_ones = [
        Evidence((account(f"The flood killed {n} people.", day, title=f"{title}"),)) for n, day, title in accounts
    ]
    evidence, differing = newest_first(understand(TOLL), given_ones)
    assert sorted(evidence, key=id) == sorted(given_ones, key=id)
    numbers = [(one.places[0].text, one.published) for one in in_order(evidence)]
    apart = [(a, b) for a, b in combinations(numbers, 2) if a[0] != b[0] and a[1] != b[1]]
    assert all(a[1] > b[1] for a, b in apart)
    assert differing == bool(apart)


def test_the_same_words_with_another_number_or_day_do_not_say_the_same():
    one = account("The flood killed 12 people in Orvik, the mayor of the town told reporters.")
    assert other_values(one, account("The flood killed 19 people in Orvik, the mayor of the town told reporters."))
    assert not other_values(one, account("The flood killed twelve people in Orvik, the town’s mayor told reporters."))
    assert not other_values(one, account("The flood killed 12 of 300 people in Orvik, the mayor told reporters."))
    for a, b in (("in 2025", "in 2027"), ("at 8 pm", "at 9 pm"), ("with 7 more", "with 9 more"), ("3rd", "5th")):
        bridge = "The bridge over the river at Orvik will open {}, the mayor of the town told reporters there."
        assert other_values(account(bridge.format(a)), account(bridge.format(b)))
    monday, sunday = account("The dam broke on Monday."), account("The dam broke on Sunday.")
    assert other_values(monday, sunday)
    assert not other_values(monday, account("The dam broke on May 6."))
    assert not other_values(monday, account("The dam broke on Monday.", 60)), "a copy under a later date"


def test_days_are_told_as_far_as_they_are_named_and_weekdays_by_the_articles_day():
    told = dict(days("on 14 May, in June 2024, in 2019, in August", FIRST_DAY))
    assert told == {
        "14 may": [Day(0, 5, 14)],
        "june 2024": [Day(2024, 6, 0)],
        "2019": [Day(2019, 0, 0)],
        "august": [Day(0, 8, 0)],
    }
    assert dict(days("on Tuesday", FIRST_DAY)) == {"tuesday": [Day(2024, 4, 30), Day(2024, 5, 7)]}
    assert dict(days("on Tuesday; Mayor Jan Holt said on 3rd Street on Monday", None)) == {}


def test_two_sentences_that_give_no_number_do_not_differ():
    one, other = (Evidence((account(text),)) for text in ("The dam broke.", "The dam was old."))
    assert not differ(understand(TOLL), one, other)


def test_what_is_of_the_days_asked_for_leaves_out_other_days_that_do_not_name_their_year():
    asked = understand("How many homes were lost in the Orvik flood in May 2024?", today=date(2026, 1, 1))
    then, later = account("The flood took 12 homes."), account("The flood took 19 homes.", day=400)
    named = account("In 2024 the flood took 15 homes.", day=500, title="The flood")
    assert of_the_days(asked, [later, then, named], least=0.0) == [then, named]
    assert of_the_days(asked, [later, named], least=0.0) == [later, named], "nothing is of those days"
    assert of_the_days(asked, [later, then, named], least=2.0) == [later, then, named], "nothing good enough is"
    undated = understand("How many homes were lost in the Orvik flood?")
    assert of_the_days(undated, [later, then], least=0.0) == [later, then]
