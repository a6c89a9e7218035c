"""A follow-up becomes a question that stands alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue import focus_of, parts_of, standalone
from assistant.question import understand

IRAN = "What did NATO say about Iran?"
FOLLOW_UPS = [
    ([IRAN], "And about China?", "NATO", "China"),
    ([IRAN], "What about China?", "NATO", "China"),
    ([IRAN], "And what did Sweden say?", "Sweden", "Iran"),
    (
        ["What did Donald Trump say about Gaza?"],
        "What about his secretary of state?",
        "Donald Trump’s secretary of state",
        "Gaza",
    ),
    (
        ["What did Donald Trump say about the tariffs?"],
        "And South Korea's president?",
        "South Korea's president",
        "tariffs",
    ),
    (["What did Donald Trump say about the peace plan?"], "How did Zelensky take that?", "Zelensky", "peace plan"),
    ([IRAN, "And about China?"], "And about Russia?", "NATO", "Russia"),
    ([IRAN, "And about China?"], "And what did Sweden say?", "Sweden", "China"),
]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Did the dockers agree?", "Did the dockers agree about dredging?"),
        ("Did the harbour union in Dorsk object?", "Did the harbour union in Dorsk object to dredging?"),
        ("What did fishermen in Dorsk say?", "What did fishermen in Dorsk say about dredging?"),
        ("On wages, what did fishermen in Dorsk say?", "On wages, what did fishermen in Dorsk say?"),
        ("About wages, what did Hanne Vik say?", "About wages, what did Hanne Vik say?"),
        ("Did Dorsk and Orvik agree on wages?", "Did Dorsk and Orvik agree on wages?"),
    ],
)
def test_a_verb_of_speech_at_the_end_is_about_what_was_spoken_of(text, whole):
    assert standalone(text, ["What did the mayor say about dredging?"]) == whole


@pytest.mark.parametrize(
    ("history", "text", "speaker", "topic"), FOLLOW_UPS, ids=[f"{row[1]} ({len(row[0])} before)" for row in FOLLOW_UPS]
)
def test_a_follow_up_takes_what_it_leaves_out_from_before(history, text, speaker, topic):
    asked = understand(standalone(text, history))
    assert asked.speaker == speaker
    assert topic in asked.topic


def test_the_name_that_was_replaced_is_gone():
    assert "Iran" not in standalone("And about China?", [IRAN])
    assert "China" not in standalone("And about Russia?", [IRAN, "And about China?"])


@pytest.mark.parametrize(
    "before",
    ["What did Mark Rutte say about the summit in The Hague?", "Where was the treaty of Zenda signed?"],
    ids=["speech", "fact"],
)
def test_when_was_that_names_the_thing(before):
    asked = standalone("When was that?", [before])
    assert understand(asked).kind == "when"
    assert ("summit in The Hague" if "Hague" in before else "treaty of Zenda") in asked


@pytest.mark.parametrize(
    "text",
    [
        "What did China say about Taiwan?",
        "How many people died in the flood in Zenda?",
        "Who won the marathon in Karrow?",
    ],
)
def test_a_full_question_stays_as_it_is(text):
    assert standalone(text, [IRAN]) == text


@pytest.mark.parametrize("text", ["And about China?", "When was that?", IRAN])
def test_with_nothing_before_it_a_question_stays_as_it_is(text):
    assert standalone(text, []) == text


def test_a_conversation_of_a_hundred_questions_is_followed_without_delay():
    history = ["What did NATO say about Iran?"] + ["And about China?", "And about Japan?"] * 50
    assert standalone("And about Norway?", history) == "What did NATO say about Norway?"


DAM = "What did Ada Orr say about the dam in Karrow?"
BAN = "What was China's reaction to the ban?"
FLOOD = "How many people died in the flood in Tarn?"
SAID = [
    (DAM, "Who else?", "Who else spoke about the dam in Karrow?"),
    (DAM, "Anyone else?", "Who else spoke about the dam in Karrow?"),
    (DAM, "What else?", "What else did Ada Orr say about the dam in Karrow?"),
    (DAM, "Why?", "Why did Ada Orr say that about the dam in Karrow?"),
    (DAM, "Did she say why?", "Why did Ada Orr say that about the dam in Karrow?"),
    (DAM, "When was that??", "When did Ada Orr speak about the dam in Karrow?"),
    (DAM, "And the prime minister?", "What did the prime minister say about the dam in Karrow?"),
    (DAM, "What did she say about wages?", "What did Ada Orr say about wages?"),
    (DAM, "How many?", "What number did Ada Orr give for the dam in Karrow?"),
    (DAM, "And in 2021?", "What did Ada Orr say about the dam in Karrow in 2021?"),
    (
        "What did Ada Orr say in May 2021 about tolls?",
        "And in June 2022?",
        "What did Ada Orr say in June 2022 about tolls?",
    ),
    (BAN, "What about Russia's?", "What was Russia's reaction to the ban?"),
    (BAN, "And South Korea's president?", "What was South Korea's president's reaction to the ban?"),
    (
        "Why did the court close Laura Orr's case?",
        "What about her lawyers, how did they take it?",
        "How did Laura Orr’s lawyers take it (the court close Laura Orr's case)?",
    ),
    (DAM, "And workers’ pay?", "What did Ada Orr say about workers’ pay?"),
    (DAM, "And the court cases?", "What did Ada Orr say about the court cases?"),
    ("How many doctors did Velby hire?", "And nurses?", "How many nurses (doctors did Velby hire)?"),
    (DAM, "And the ferry trade group?", "What did the ferry trade group say about the dam in Karrow?"),
    (DAM, "How did the union react to that?", "How did the union react to what Ada Orr said about the dam in Karrow?"),
    (
        "What did the lawyers for Bo Tarn's family say about the fire?",
        "And Quill's own attorneys?",
        "What did Quill's own attorneys say about the fire?",
    ),
    (
        "Why did Bo Orr leave Velby?",
        "And the old miller: when and where does he retire?",
        "When and where does the old miller retire (Bo Orr leave Velby)?",
    ),
    ("What was the Velby word of 2022?", "And the year before?", "What was the Velby word of 2021?"),
    (
        "What did Ada Orr say about tolls in 2021?",
        "And in the following year?",
        "What did Ada Orr say about tolls in 2022?",
    ),
    (DAM, "And the year before?", "What did Ada Orr say about the dam in Karrow the year before?"),
    ("What did Ada Orr say when the bridge fell?", "And the mayor?", "What did the mayor say when the bridge fell?"),
    ("What did Orr and Vane say about tolls?", "And about wages?", "What did Orr and Vane say about wages?"),
    ("Who is the president of Ruritania?", "And the prime minister?", "Who is the prime minister of Ruritania?"),
    ("Who won the marathon in Karrow?", "Who else?", "Who else won the marathon in Karrow?"),
    ("Who won the marathon in Karrow?", "When?", "When was it that somebody won the marathon in Karrow?"),
    (FLOOD, "When was that?", "When was it that people died in the flood in Tarn?"),
    (FLOOD, "And in Zenda?", "How many people died in the flood in Zenda?"),
]


KEPT = [
    (
        ["What did the Velby Institute say about barley prices in its May report?"],
        "And about France?",
        "What did the Velby Institute say about France (barley prices in its May report)?",
    ),
    (
        ["What did the Velby Institute say about barley prices?", "And about France?"],
        "And about Spain?",
        "What did the Velby Institute say about Spain (barley prices)?",
    ),
    (
        ["What did the Velby Institute say about barley prices?"],
        "And about the Bank of Orvik?",
        "What did the Velby Institute say about the Bank of Orvik?",
    ),
    (
        ["What did the Velby Institute say about barley prices?", "And about France?"],
        "And about wages?",
        "What did the Velby Institute say about wages?",
    ),
    ([IRAN], "And about China?", "What did NATO say about China?"),
    (["What did Ada Orr say about tolls?"], "And about Bo Vane?", "What did Ada Orr say about Bo Vane?"),
    (["What did Ada Orr say after the dam broke?"], "And about France?", "What did Ada Orr say about France?"),
]


@pytest.mark.parametrize(("before", "text", "whole"), KEPT, ids=[row[2] for row in KEPT])
def test_a_matter_in_common_words_stays_beside_a_place_and_a_place_is_replaced_by_a_place(before, text, whole):
    assert standalone(text, before) == whole


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (
            "How many ferries did Orvik lose in the Velby harbour fire?",
            "And Dorsk?",
            "How many ferries did Dorsk lose in the Velby harbour fire?",
        ),
        ("When did Spain leave the Zenda Pact?", "And France?", "When did France leave the Zenda Pact?"),
        ("Does the UK plan to join the Zenda Pact?", "And the US?", "Does the US plan to join the Zenda Pact?"),
        ("Did Spain bomb Orvik?", "And France?", "Did Spain bomb France?"),
        ("Did Orr visit Velby yesterday?", "And Dorsk?", "Did Orr visit Dorsk yesterday?"),
        ("Did Orvik buy the Velby twice?", "And Dorsk?", "Did Orvik buy the Dorsk twice?"),
        ("How many did Orr hire in the UK?", "And the US?", "How many did Orr hire in the US?"),
        ("Why did Ada Orr visit Velby?", "And Dorsk?", "Why did Ada Orr visit Dorsk?"),
        ("What did Orvik add in Velby harbour?", "And in Dorsk?", "What did Orvik add in Dorsk harbour?"),
    ],
)
def test_a_name_takes_the_place_of_who_acts_where_the_last_one_only_tells_which_thing(before, text, whole):
    assert standalone(text, [before]) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("And what about her accountant?", "What did Orr’s accountant say after the dam broke?"),
        ("And his deputy harbour officer?", "What did Orr’s deputy harbour officer say after the dam broke?"),
        ("What about her career?", "What did Orr say about Orr’s career?"),
    ],
)
def test_somebody_of_theirs_speaks_in_their_place_and_something_of_theirs_is_spoken_of(text, whole):
    assert standalone(text, ["What did Orr say after the dam broke?"]) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "And the Velby coordinator, how does he explain the attacks on his staff?",
            "How does the Velby coordinator explain the attacks on his staff?",
        ),
        (
            "What about the head of the bakers, what worried him about the flour?",
            "What worried the head of the bakers about the flour?",
        ),
        ("And Bo Lund: did he agree?", "Did Bo Lund agree about tolls?"),
        ("Her rival, when did he resign from the board?", "When did Ada Orr’s rival resign from the board (tolls)?"),
        ("After the flood, who paid for the bridge?", "After the flood, who paid for the bridge?"),
        ("Yesterday, what did she say?", "Yesterday, what did Ada Orr say about tolls?"),
        ("Monday: what did she say?", "Monday: what did Ada Orr say about tolls?"),
    ],
)
def test_who_is_named_before_what_is_asked_of_him_is_asked_about(text, whole):
    assert standalone(text, ["What did Ada Orr say about tolls?"]) == whole


@pytest.mark.parametrize(("before", "text", "whole"), SAID, ids=[f"{row[0]} {row[1]}" for row in SAID])
def test_a_follow_up_reads_as_english(before, text, whole):
    assert standalone(text, [before]) == whole


@given(
    st.lists(st.one_of(st.text(max_size=60), st.sampled_from([row[1] for row in SAID])), max_size=4),
    st.text(max_size=60),
)
def test_any_conversation_is_followed(history, text):
    asked = standalone(text, history)
    assert asked == standalone(text, history)
    if "?" not in text + "".join(history):
        assert "??" not in asked


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("The dam at Karrow broke on Monday. Who was hurt in the village?", "Who was hurt in the village?"),
        ("The dam broke on Monday. Where is it?", "Where is it (The dam broke on Monday)?"),
        (
            "Zenda Works named Mary Orr its head. How old is she?",
            "How old is Mary Orr (Zenda Works named Mary Orr its head)?",
        ),
        ("Swimmers beat the No. 2 seed. Who trains Gov. Orr for races?", "Who trains Gov. Orr for races?"),
        ("Orr flew to Zenda. What did he say about wages?", "What did Orr say about wages?"),
        ("Who was hurt when the dam broke?", "Who was hurt when the dam broke?"),
        ("Who was hurt? Thanks in advance.", "Who was hurt? Thanks in advance."),
    ],
)
def test_what_is_asked_after_something_is_told(text, focus):
    assert focus_of(text) == focus


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Where did Ada Orr go first, and where did she sign the treaty?",
            ["Where did Ada Orr go first?", "Where did Ada Orr sign the treaty (Ada Orr go first)?"],
        ),
        (
            "Who hurt Ada Orr, and what was the main charge?",
            ["Who hurt Ada Orr?", "What was the main charge (Ada Orr)?"],
        ),
        (
            "What did Orr say about the dam, and what about wages?",
            ["What did Orr say about the dam?", "What did Orr say about wages?"],
        ),
        (
            "Where did the earthquake strike and how many homes were lost?",
            ["Where did the earthquake strike?", "How many homes were lost (the earthquake strike)?"],
        ),
        (
            "What did Orr ask for when Vane left, and what did she say on Monday?",
            ["What did Orr ask for when Vane left?", "What did Orr say on Monday (Vane left)?"],
        ),
        (
            "In the May strike in Zenda, what raise did the union ask for and what had the mill offered?",
            [
                "What raise did the union ask for in the May strike in Zenda?",
                "What had the mill offered in the May strike in Zenda?",
            ],
        ),
        ("What did Orr say about why prices rise and when they will fall?", None),
        ("According to Orr, when will the ship leave and where will it land?", None),
        ("Who is the driver who hit the child and who was fined?", None),
        ("Who won gold" + " and who was last" * 9, None),
        (
            "What did the WHO say about measles and how many cases were reported?",
            ["What did the WHO say about measles?", "How many cases were reported (WHO)?"],
        ),
        ("What did Orr say about Vane’s plan and how much it costs?", None),
        ("How many people died and how many were hurt in the Zenda crash?", None),
        ("Who founded the mill, and when?", None),
        ("After Orr resigned, who took over and what did she promise on tax?", None),
        ("When Orr left, how many guards were there and how many are there now?", None),
        ("What did Orr say about the dam and what the ministers did?", None),
        ("What did Orr say, and what did Vane say, about the dam?", None),
        ("When and where was the treaty signed?", None),
        ("Who won the election?", None),
        ("", None),
    ],
)
def test_the_questions_that_one_sentence_asks(text, parts):
    assert parts_of(text) == (parts or [text])


def test_a_word_that_is_no_name_is_not_whom_a_pronoun_means():
    told = "Legendary baker Ada Orr retired. Where did she bake?"
    assert focus_of(told, lambda word: word != "Legendary").startswith("Where did Ada Orr bake")
    shop = standalone("What about her shop?", [told], lambda word: word != "Legendary")
    assert "Ada Orr’s shop" in shop and "Legendary’s" not in shop
    assert focus_of("Zenda closed. What did it make?", lambda _: True) == "What did Zenda make (Zenda closed)?"


def test_he_is_no_country_and_no_place():
    assert standalone("What did he do there?", ["In Zenda, whom did Orr meet?"]).startswith("What did Orr do in Zenda")
    given = "What was given to Karimov by Zenda Works?"
    assert standalone("Where does he live?", [given]).startswith("Where does Karimov live")
    assert standalone("What did he say about tolls?", ["Orr met whom in Zenda?"]) == "What did Orr say about tolls?"
    assert (
        standalone("What did he say about tolls?", ["France thanked Orr for what?"]) == "What did Orr say about tolls?"
    )


@given(st.text(max_size=80), st.sampled_from([" and when ", ", and what did she say about ", " and how many ", ". "]))
def test_any_question_is_parted_and_has_a_focus(text, between):
    asked = f"Who met Ada Orr{between}{text}"
    assert all(part.strip() for part in parts_of(asked))
    assert focus_of(asked).strip()


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (
            "What did the head of the Zendan chess federation say about the bid?",
            "And the Utovian one?",
            "What did the head of the Utovian chess federation say about the bid?",
        ),
        (
            "What did the Velby council say about tolls?",
            "And the Orvik one?",
            "What did the Orvik council say about tolls?",
        ),
        (
            "Why did Velby prosecutors drop the charges against Bo Lund?",
            "What did his lawyer say?",
            "What did Bo Lund’s lawyer say about Velby prosecutors drop the charges against Bo Lund?",
        ),
        (
            "How did Orvik Mail say the strike affects it?",
            "What is it doing?",
            "What is Orvik Mail doing (the strike affects it)?",
        ),
        ("What did Ada Orr say about the storm?", "Where is it going?", "Where is the storm going?"),
        (
            "After the ferry hit the quay, what did the harbour master say?",
            "And the captain, what did he say?",
            "After the ferry hit the quay, what did the captain say?",
        ),
        ("What did Orr say after the dam broke?", "What did Bo Lund say?", "What did Bo Lund say after the dam broke?"),
        ("What did Orvik Line say about the ferry?", "Where is it sailing?", "Where is the ferry sailing?"),
        (
            "What did Ada Orr say about the Velby deal?",
            "And the Dorsk one?",
            "What did Ada Orr say about the Dorsk deal?",
        ),
    ],
)
def test_which_one_and_who_is_meant(before, text, whole):
    assert standalone(text, [before]) == whole
