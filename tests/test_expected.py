"""Whether a sentence has the kind of thing that is asked for."""

import pytest

from assistant.expected import UNKNOWN, expected, lacks
from assistant.question import understand


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        ("How many herons nest at the lake?", "Anglers counted ninety herons.", "Two anglers sat by the water."),
        (
            "How many launches has the navy carried out?",
            "It was the 27th launch this year.",
            "It launched on October 14.",
        ),
        ("What fine did the dairy pay?", "It was fined 40,000 crowns.", "It was fined for the third time in 2 years."),
        ("How much did the tunnel cost?", "The tunnel cost £3 million.", "The tunnel is 3 kilometers long."),
        ("What share of voters turned out?", "Some 61 % voted.", "Some 61,000 voted."),
        ("How fast did the storm move?", "It moved at 90 mph.", "It moved for 90 minutes."),
        ("How far away is the comet?", "It is 12 million miles away.", "It was seen 12 years ago."),
        ("How long did the strike last?", "It ended after nine days.", "It ended at the gates."),
        ("How old is the oak?", "The 300-year-old oak fell.", "The oak fell in a storm."),
        ("How old was the king?", "The king died at the age of 96.", "The king died 96 days later."),
        ("How old was the king?", "The king died at 96.", "The king died at 10 a.m. on the hill."),
        ("How old was the king?", "He turned 80 last week.", "He turned 100 people away."),
        ("How old was the king?", "He died at 80, they say.", "He died at 25 Main Street."),
        ("How old was the king?", "Flags fell: the king had turned 80.", "The king turned up 80 times."),
        ("When was the dam opened?", "It was opened on May 4.", "It was opened by the mayor."),
        ("What's the latest launch date for the ferry?", "It sails on Monday, March 3.", "It sails from the old pier."),
        ("Who signed the letter?", "It was signed by Mara Quill.", "The letter was signed at noon."),
        ("Where was the painting found?", "It was found in Dover.", "It was found under a bed."),
        ("Why did the bridge close?", "It closed because of cracks.", "It closed on a cold morning."),
        ("Which town lost power?", "Power was lost in Arden.", "On Monday the second-largest town lost power."),
        ("What is the new ferry called?", "She was named Aurelia Bay.", "The new ferry has a name at last."),
        ("Which towns lost power?", "Arden, Quillon and Dover lost power.", "Power was lost at noon."),
    ],
)
def test_what_is_asked_for_counts_for_a_sentence(question, has, lacks):
    asked = understand(question)
    assert expected(asked, has) > expected(asked, lacks)


@pytest.mark.parametrize("day", ["October 14", "14th of October", "Monday", "May 4, 2023", "1997"])
def test_a_day_is_no_count(day):
    assert expected(understand("How many launches has the navy carried out?"), f"It launched on {day}.") == 0


def test_a_name_that_the_question_gives_answers_no_question_of_who():
    asked = understand("Who succeeded Mara Quill?")
    assert expected(asked, "Then Tomas Ardel took over.") > expected(asked, "Then Mara Quill stepped down.")


def test_nothing_is_expected_of_an_answer_that_may_be_anything():
    assert expected(understand("What is the new rule on dogs?"), "They are let off the lead.") == UNKNOWN


def test_nothing_is_expected_of_what_somebody_said():
    assert expected(understand("What did Mara Quill say about bread?"), "Bread costs 3 crowns.") == UNKNOWN
    asked = understand("Which reason did Mara Quill give for the closure?")
    assert not asked.listed and asked.speaker == "Mara Quill"
    assert expected(asked, "It was closed for want of flour.") == expected(asked, "Tomas Ardel closed it.") == UNKNOWN


@pytest.mark.parametrize(
    ("question", "text", "lacking"),
    [
        ("For what price were the songs sold?", "Orr sold his songs in 2012.", True),
        ("For what price were the songs sold?", "Orr sold his songs for a few crowns.", False),
        ("How many were hurt?", "The dam broke in the rain.", True),
        ("How many people came?", "Some 2000 people came.", False),
        ("What fine did the mill pay?", "It was fined £5m.", False),
        ("How far did Velby get?", "They reached the final.", False),
        ("How many were hurt?", "Nobody was hurt.", False),
        ("How many were hurt?", "One man was hurt.", False),
        ("When did the dam break?", "The dam broke in the rain.", False),
        ("Who broke the dam?", "The dam broke in the rain.", False),
        ("Besides Bo Lund, who broke the dam?", "Bo Lund broke the dam.", True),
        ("Besides Bo Lund, who broke the dam?", "Bo Lund broke the dam with Ada Orr.", False),
        ("Besides Bo Lund, who broke the dam?", "Two boys with spades broke the dam.", False),
        ("Besides Bo Lund, who criticised Ada Orr?", "Residents criticised Ada Orr.", False),
        ("Who else criticised Ada Orr?", "Residents criticised Ada Orr.", False),
    ],
)
def test_what_tells_no_number_at_all_answers_no_question_for_a_price_or_a_count(question, text, lacking):
    assert lacks(understand(question), text) is lacking
