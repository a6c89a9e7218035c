"""What a sentence has to keep of its evidence, one small change at a time."""

import pytest
from made_drafts import place

from assistant.support import Judge, Shown
from assistant.support.quantities import quantities
from assistant.support.words import key, related
from index.records import Article

TEXT = (
    "“We will not raise the fare before May,” Ana Belk, the transport minister of Osk, told the council on Tuesday. "
    "More than 40 buses and 12 trams stood still, and the strike cost 3.5 million crowns. "
    "The union put the turnout at 90 per cent, the ministry at 60 per cent. "
    "Belk may resign if the council rejects her plan. "
    "The council accused the union of blocking the depot. "
    "Dano Rill is accused of taking 500 crowns, police said."
)
ARTICLE = Article.create(TEXT, "Osk", source="Harbour Post")
STARTS = [TEXT.index(s) for s in ("“We", "More", "The union", "Belk may", "The council", "Dano")] + [len(TEXT) + 1]
SPEAKERS = ("Ana Belk", None, None, None, None, "police")
FARE, COST, TURNOUT, RESIGN, ACCUSED, RILL = (
    place(ARTICLE, start, end - 1, who, "Osk" if who == "Ana Belk" else None)
    for start, end, who in zip(STARTS, STARTS[1:], SPEAKERS, strict=False)
)


@pytest.fixture(scope="module")
def judge(embedder):
    return Judge(embedder.embed)


@pytest.mark.parametrize(
    ("evidence", "true", "false"),
    [
        (FARE, "Belk said the fare would not rise before May.", "Belk said the fare would rise before May."),
        (
            FARE,
            "Ana Belk told the council on Tuesday: “We will not raise the fare before May.”",
            "“We will raise the fare before May,” Ana Belk told the council.",
        ),
        (
            FARE,
            "The transport minister said they would not raise the fare before May.",
            "The council said they would not raise the fare before May.",
        ),
        (
            FARE,
            "Belk said on Tuesday that they will not raise the fare before May.",
            "Belk said on Monday that they will not raise the fare before May.",
        ),
        (COST, "The strike cost 3,500,000 crowns.", "The strike cost 3.5 billion crowns."),
        (COST, "More than forty buses and twelve trams stood still.", "More than 12 buses and 40 trams stood still."),
        (COST, "More than 40 buses stood still.", "Fewer than 40 buses stood still."),
        (COST, "The strike cost 3.5 million crowns.", "The strike cost 3.5 million dollars."),
        (TURNOUT, "The ministry put the turnout at 60%.", "The ministry put the turnout at 90%."),
        (RESIGN, "Belk may resign if the council rejects her plan.", "Belk may resign."),
        (
            RESIGN,
            "Belk may resign if the council rejects her plan.",
            "Belk will resign if the council rejects her plan.",
        ),
        (
            ACCUSED,
            "The union was accused of blocking the depot by the council.",
            "The union accused the council of blocking the depot.",
        ),
        (RILL, "Dano Rill is accused of taking 500 crowns, police said.", "Dano Rill took 500 crowns, police said."),
    ],
)
def test_a_true_sentence_passes_and_a_changed_one_does_not(judge, evidence, true, false):
    assert judge.judge(true, [evidence]).refused is None
    assert judge.judge(false, [evidence]).refused


@pytest.mark.parametrize(
    "sentence",
    [
        "More than 40 buses stood still, which angered Osk.",
        "More than 40 buses stood still because of snow.",
        "More than 40 burning buses stood still.",
        "More than 40 buses stood still, see https://example.org for more.",
        "More than 40 buses stood <b>still</b>.",
        "Did more than 40 buses stand still?",
        "Mehr als 40 Busse standen still.",
        "It stood still with more than 40 buses.",
        "Buses.",
    ],
)
def test_what_adds_something_or_states_nothing_does_not_pass(judge, sentence):
    assert judge.judge(sentence, [COST]).refused


def test_a_pronoun_means_who_spoke_before(judge):
    said = Shown("Ana Belk told the council that they will not raise the fare before May.", (FARE,))
    sentence = "She said the fare would not rise before May."
    assert judge.judge(sentence, [FARE], [said]).refused is None
    assert judge.judge(sentence, [FARE], [Shown("More than 40 buses stood still.", (COST,))]).refused
    assert judge.judge(sentence, [FARE]).refused


def test_of_two_who_are_said_to_speak_both_have_to(judge):
    sentence = "Ana Belk said they will not raise the fare before May, and Dano Rill said so on Tuesday."
    assert "somebody else" in judge.judge(sentence, [FARE]).refused


def test_a_reason_is_given_for_each_refusal(judge):
    assert "3500000000" in judge.judge("The strike cost 3.5 billion crowns.", [COST]).refused
    assert "marker" in judge.judge("The strike cost 3.5 million crowns.", []).refused


def test_a_model_of_inference_has_the_last_word_where_one_is_set(embedder):
    asked = []

    def entails(source, claim):
        asked.append((source, claim))
        return "enormous" in claim

    judge = Judge(embedder.embed, entails)
    assert judge.judge("The strike cost an enormous 3.5 million crowns.", [COST]).refused is None
    assert judge.judge("The strike cost 3.5 million crowns.", [COST]).refused
    assert asked[0][0] == COST.text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("forty-two ships", ["42"]),
        ("two hundred and fifty thousand", ["250000"]),
        ("$3.5bn over 2 years", ["3500000000", "2"]),
        ("1,234.50 crowns", ["1234.5"]),
        ("3 million to 4.25 million", ["3000000", "4250000"]),
        ("at 10:40 a.m.", ["10:40 am"]),
        ("two thirds of it", ["2*1/3"]),
        ("dozens of boats", ["dozens"]),
    ],
)
def test_numbers_are_read_in_words_and_figures(text, values):
    assert [q.value for q in quantities(text)] == values


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("escalation", "escalate", True),
        ("sent", "sends", True),
        ("Iranian", "Tehran", True),
        ("won", "victory", True),
        ("leader", "leads", True),
        ("rose", "fell", False),
        ("contract", "contrast", False),
        ("minister", "mister", False),
    ],
)
def test_words_of_one_meaning_are_known(one, other, same):
    assert related(key(one), key(other)) is same
