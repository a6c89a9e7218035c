"""What a question asks: whose words, about what, which kind of answer."""

import pytest

from assistant.question import stems, understand

SPEECH = [
    ("What did NATO say about Iran?", "NATO", "Iran"),
    ("What did Jens Stoltenberg say about Ukraine?", "Jens Stoltenberg", "Ukraine"),
    ("What has the White House said about tariffs?", "the White House", "tariffs"),
    ("What does Emmanuel Macron think about Gaza?", "Emmanuel Macron", "Gaza"),
    ("What did Mark Rutte warn about Russia?", "Mark Rutte", "Russia"),
    ("What did the union promise about wages?", "the union", "wages"),
    ("What did critics say about the bill?", "critics", "bill"),
    ("What did the president of Ruritania say about Zenda?", "the president of Ruritania", "Zenda"),
    ("How did Zelensky react to the vote?", "Zelensky", "vote"),
    ("How did the Kremlin respond to the sanctions?", "the Kremlin", "sanctions"),
    ("How does Pyongyang justify its missile tests?", "Pyongyang", "missile tests"),
    ("What was China's reaction to the ban?", "China", "ban"),
    ("What was China’s reaction to the ban?", "China", "ban"),
    ("What is Germany's position on nuclear power?", "Germany", "nuclear power"),
    ("What's Beijing's view on Taiwan?", "Beijing", "Taiwan"),
    ("What was the reaction of Moscow to the summit?", "Moscow", "summit"),
    ("Where does Italy stand on migration?", "Italy", "migration"),
    ("Did Hungary oppose the package?", "Hungary", "package"),
    ("Why did the governor blame the company for the spill?", "the governor", "company"),
]
FACTS = [
    ("How many people died in the flood?", "number"),
    ("How high is the tower?", "number"),
    ("What price did the buyer pay?", "number"),
    ("How long did the strike last?", "number"),
    ("When did the ship sink?", "when"),
    ("What day is the vote?", "when"),
    ("Where was the treaty signed?", "where"),
    ("Who won the election?", "who"),
    ("Who is the new chancellor?", "who"),
    ("What is the capital of Ruritania?", "other"),
    ("What did the storm destroy?", "other"),
    ("Which countries signed the pact?", "other"),
]


@pytest.mark.parametrize(("text", "speaker", "topic"), SPEECH, ids=[row[0] for row in SPEECH])
def test_whose_words_about_what(text, speaker, topic):
    asked = understand(text)
    assert asked.kind == "speech"
    assert asked.speaker == speaker
    assert topic in asked.topic
    assert speaker not in asked.topic


@pytest.mark.parametrize(("text", "kind"), FACTS, ids=[row[0] for row in FACTS])
def test_a_question_for_a_fact_asks_for_nobodys_words(text, kind):
    asked = understand(text)
    assert asked.speaker is None
    assert asked.kind == kind


def test_the_names_of_the_topic_are_those_an_answer_must_meet():
    assert understand("What did NATO say about North Korea and Iran?").names == ("North Korea", "Iran")
    assert understand("What did NATO say about missiles?").names == ()


def test_a_month_is_no_name():
    assert understand("What did NATO say about Iran in July 2024?").names == ("Iran",)


def test_capitals_and_spacing_at_the_edges_change_nothing():
    plain, odd = understand("What did NATO say about Iran?"), understand("  what did  NATO say about Iran ?! ")
    assert (odd.speaker, odd.topic, odd.terms) == (plain.speaker, plain.topic, plain.terms)


@pytest.mark.parametrize(
    ("one", "other"),
    [("missiles", "missile"), ("deliveries", "delivery"), ("warned", "warning"), ("Iran's", "Iran"), ("U.N.", "UN")],
    ids=["plural", "-ies", "verb endings", "possessive", "dotted"],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stems(one) == stems(other) != ()


@pytest.mark.parametrize("text", ["?", "...", "и что?", "a" * 5000, "What did say about?", "“”"])
def test_odd_questions_are_taken_apart_without_fail(text):
    assert understand(text).text == text
