"""What a question asks: whose words, about what, which kind of answer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import stems, understand

SPEECH = [
    ("What did NATO say about Iran?", "NATO", "Iran"),
    ("What did Jens Stoltenberg say about Ukraine?", "Jens Stoltenberg", "Ukraine"),
    ("What has the White House said about tariffs?", "the White House", "tariffs"),
    ("What does Emmanuel Macron think about Gaza?", "Emmanuel Macron", "Gaza"),
    ("What did Mark Rutte warn about Russia?", "Mark Rutte", "Russia"),
    ("On dredging, what did the harbour union say?", "the harbour union", "dredging"),
    ("As for the ferry strike, how did Hanne Vik respond?", "Hanne Vik", "the ferry strike"),
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
    ("What role did Ada Orr accuse the council of playing in the spill?", "Ada Orr", "spill"),
    ("What reasons did Corvane give for the closure?", "Corvane", "closure"),
    ("Which of the plans does the Herald's Ada Orr think will fail?", "the Herald's Ada Orr", "will fail"),
    ("What worries Ada Orr about the dam?", "Ada Orr", "dam"),
    ("What were Orr's main complaints about the tender?", "Orr", "tender"),
    ("What did water board editor Ada Orr say about the leak?", "water board editor Ada Orr", "leak"),
    ("What did the UN report editor say about the leak?", "the UN report editor", "leak"),
    ("How did farmer Ada Kelly explain the smell?", "farmer Ada Kelly", "smell"),
    ("What caused the leak, according to the writer of the article?", "the writer of the article", "caused the leak"),
    ("In Orr's view, what caused the leak?", "Orr", "caused the leak"),
    ("What caused the leak, according to the harbour master?", "the harbour master", "caused the leak"),
    ("What caused the leak, says Orr?", "Orr", "caused the leak"),
    ("what does orr say about the leak", "Orr", "leak"),
    ("What does the teachers' chief think of the offer?", "the teachers' chief", "offer"),
    ("What did Orr say in May 2022 about the leak?", "Orr", "leak"),
    ("Ada Orr reaction to the ruling", "Ada Orr", "ruling"),
    ("Corvane's statement on the fire", "Corvane", "fire"),
    ("Give me Orr's views on tolls", "Orr", "tolls"),
    ("Find the governor's latest statement on the fires", "the governor", "fires"),
    ("NATO statement on the drill", "NATO", "drill"),
    ("What did 'Doctor Quay' make of the storm?", "Doctor Quay", "storm"),
    ("What does the union hope to gain from the sale?", "the union", "sale"),
    (
        "What did Zenda's interior minister have to say after Orr accused him?",
        "Zenda's interior minister",
        "Orr accused",
    ),
    ("What is the US State Department's line on the gangs?", "the US State Department", "gangs"),
    ("How did Ada Orr answer Zenda's demand that she resign?", "Ada Orr", "Zenda's demand that she resign"),
    ("How did Bo Lund comment on the rail report?", "Bo Lund", "rail report"),
    ("What case did the six Zendan states make against the dam?", "the six Zendan states", "dam"),
    ("how did ada orr answer the claim", "Ada Orr", "claim"),
    ("what did orr's lawyer say about the leak", "orr's lawyer", "leak"),
    ("what did locals say about the noise", "locals", "noise"),
    ("what did harris say about the noise", "Harris", "noise"),
    ("Why was the government alarmed by the report?", "the government", "the report"),
    ("What is the Guild of Bakers in Zenda's view of the tax?", "the Guild of Bakers in Zenda", "tax"),
    ("After the Velby fire, what did the mayor say about sprinklers?", "the mayor", "sprinklers after the Velby fire"),
    ("When the dam broke, how did Ada Orr explain the delay?", "Ada Orr", "delay"),
    ("At the summit in Velby, which three demands did Orr make?", "Orr", "summit in Velby"),
    ("Why is a Zendan state senator uneasy about the pardon?", "a Zendan state senator", "pardon"),
    ("How worried is the harbour master about the silt?", "the harbour master", "silt"),
    ("Why isn't Orr's lawyer sure that the case will hold?", "Orr's lawyer", "case"),
    ("How did Karrow's incoming mayor answer critics of the plan?", "Karrow's incoming mayor", "critics"),
    ("Why does Zenda's environment minister object to the report?", "Zenda's environment minister", "report"),
    ("What did the head of the Dutch government make of the blast?", "the head of the Dutch government", "blast"),
    ("Did Orr reply to the letter?", "Orr", "letter"),
    ("What did the family say about the fire?", "the family", "fire"),
    ("How did the lawyers for Orr's family react to the verdict?", "the lawyers for Orr's family", "verdict"),
    ("What did Ada Orr, who leads the union, say about pay?", "Ada Orr", "pay"),
    ("What did the mother of Bo Tarn, the boy hurt at the pier, say at the vigil?", "the mother of Bo Tarn", "vigil"),
    ("What joke did Orr make about the July forecast for Zenda?", "Orr", "July forecast"),
    ("How did Zenda judge Ada Quill criticize sparing the elms?", "Zenda judge Ada Quill", "sparing the elms"),
    ("What message did Orr say the families in Zenda gave him?", "Orr", "message"),
    ("What is Starbucks' reason for the closures?", "Starbucks", "closures"),
    ("How important is the harvest, in the view of Ada Orr?", "Ada Orr", "harvest"),
    ("How dangerous are the bugs, per Ada Orr?", "Ada Orr", "bugs"),
    ("Why did Dion cancel the tour, by Orr's own account?", "Orr", "tour"),
    ("What did Orr say when asked why there were Karrowan drones in Zenda?", "Orr", "drones"),
    ("What did Orr write to Vane to explain the delay?", "Orr", "delay"),
    ("What are doctors now saying about the flu?", "doctors", "flu"),
    ("What did Orr say about tolls, the ferry, jobs and rain?", "Orr", "tolls, the ferry, jobs"),
    ("What obstacle does the meat lobby say the plants face?", "the meat lobby", "obstacle"),
    ("What does the man who runs the Velby Club make of the rift?", "the head of Velby Club", "rift"),
]
FACTS = [
    ("How many people died in the flood?", "number"),
    ("How high is the tower?", "number"),
    ("What price did the buyer pay?", "number"),
    ("What's the latest death toll of the flood?", "number"),
    ("What was the average price of a house in Rivermouth?", "number"),
    ("What caused the death toll to rise?", "why"),
    ("Which exercises count as hard?", "other"),
    ("Which drinks cost the most?", "other"),
    ("Which bank cut its growth estimate?", "other"),
    ("Which town has the most confirmed cases of flu?", "other"),
    ("What was turnout in Rivermouth?", "number"),
    ("What is the mayor's salary?", "number"),
    ("Which town has the highest inflation rate?", "other"),
    ("How long did the strike last?", "number"),
    ("When did the ship sink?", "when"),
    ("What day is the vote?", "when"),
    ("The vote will be held on what date?", "when"),
    ("For whom was the bell rung?", "who"),
    ("Who said that the year of the vote is known?", "who"),
    ("Where was the treaty signed?", "where"),
    ("Who won the election?", "who"),
    ("Who is the new chancellor?", "who"),
    ("What is the capital of Ruritania?", "other"),
    ("What did the storm destroy?", "other"),
    ("Which countries signed the pact?", "other"),
    ("Why did the dam fail?", "why"),
    ("Why did Corvane make a bid for the mill?", "why"),
    ("How do frost and rain influence how many acorns oaks make?", "number"),
    ("Compare unemployment in Ruritania and Zenda", "compare"),
    ("The dam broke on Monday. Where is it?", "where"),
    ("Which dog is searched for most, according to Google data?", "other"),
    ("How many herons are there, according to figures from the Vane Institute?", "number"),
    ("Which town is the wettest, according to a new analysis of rain data?", "other"),
    ("What were the townspeople of Velby told about the water?", "other"),
    ("Why is the mayor accused of lying?", "why"),
    ("Whom did Ada Orr want to succeed?", "who"),
    ("How was the governor described?", "other"),
    ("What did each side argue about the river?", "other"),
    ("How many goals per Orla League game did Vane score?", "number"),
    ("How old is Per Olsson?", "number"),
    ("Is the Orla short of salt, and will it limit how much one can buy?", "other"),
    ("Was it five or how many goals?", "number"),
    ("How much money does the Orla Trust hope to raise?", "number"),
    ("When does Orr expect to open the mill?", "when"),
    ("What has closed, according to the Velby Herald story?", "other"),
    ("Who drowned, according to the Herald's coverage?", "who"),
    ("Should councils comment on pay?", "other"),
    ("In which year did the fire, which killed two, start?", "when"),
    ("Why is Zenda's bid opposed by Utovia?", "why"),
    ("Why is Orr sure to lose?", "why"),
    ("Why is the river critical for the climate?", "why"),
    ("After the fire, who was arrested?", "who"),
    ("Where will the fair be held, according to the latest announcement?", "where"),
    ("What was Orr's score against Velby?", "other"),
    ("Latest statement on the fire", "other"),
    ("What's the objection to the dam?", "other"),
    ("Did Orr's office comment on the ban?", "other"),
    ("Public reaction to the verdict", "other"),
    ("Tell me about reactions to the verdict", "other"),
    ("Timeline of the police response to the fire", "other"),
    ("Bomb threats and warnings about schools", "other"),
    ("Orr's claims about the dam and Vane's response to them", "other"),
    ("Orr's complaints about the dam: who heard them?", "other"),
    ("Which posts were deleted by Orr's account?", "other"),
]


@pytest.mark.parametrize(("text", "speaker", "topic"), SPEECH, ids=[row[0] for row in SPEECH])
def test_whose_words_about_what(text, speaker, topic):
    asked = understand(text)
    assert asked.kind in ("speech", "why")
    assert asked.speakers == (speaker,)
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Who leads the Ruritania-backed militia?", ("Ruritania",)),
        ("When was the US-Mexico border closed?", ("US", "Mexico")),
        ("When did Kim Jong-un visit the Orr-Vane mill?", ("Kim Jong-un", "Orr-Vane")),
        ("What caused the 70-car crash in the 80s?", ()),
        ("A Ruritanian man set which record?", ("Ruritanian",)),
        ("After the flood, who led the Red Cross?", ("Red Cross",)),
        ("Who plays for the All Greens in the Will Orr Cup?", ("All Greens", "Will Orr Cup")),
        ("When did Vane's Quill Works close?", ("Vane", "Quill Works")),
        ("When did Moody's Analytics cut it?", ("Moody's Analytics",)),
        ("Vane mill fire: When did it start?", ("Vane",)),
        ("The dam broke - Who was hurt?", ()),
        ("Where is it (In which year did the Vane mill close)?", ("Vane",)),
        ("Has the WHO met Will Orr?", ("WHO", "Will Orr")),
        ("The vote was on Monday. Which party won in Port D.C.?", ("Port D.C",)),
        ("Who said that Zenda topped 40C?", ("Zenda",)),
        ("Does DNA or a TV show say more of Zenda, CEO?", ("Zenda",)),
        ("How far is a 5G mast from the 20km line in Zenda?", ("5G", "Zenda")),
    ],
)
def test_what_is_a_name_within_a_compound_or_beside_a_small_word(text, names):
    assert understand(text).names == names


def test_a_single_word_at_the_beginning_of_a_sentence_may_be_no_name():
    asked = understand("Corvane closed. Heavy rain fell where? Ada Orr asked Corvane and Zenda")
    assert asked.names == ("Corvane", "Heavy", "Ada Orr", "Corvane", "Zenda")
    assert asked.openers == ("Corvane", "Heavy", "Corvane")
    assert understand("Where did Corvane go?").openers == ()


def test_a_month_is_no_name():
    assert understand("What did NATO say about Iran in July 2024?").names == ("Iran",)


def test_capitals_and_spacing_at_the_edges_change_nothing():
    plain, odd = understand("What did NATO say about Iran?"), understand("  what did  NATO say about Iran ?! ")
    assert (odd.speaker, odd.topic, odd.terms) == (plain.speaker, plain.topic, plain.terms)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("missiles", "missile"),
        ("deliveries", "delivery"),
        ("warned", "warning"),
        ("Iran's", "Iran"),
        ("U.N.", "UN"),
        ("died", "die"),
        ("won", "winning"),
    ],
    ids=["plural", "-ies", "verb endings", "possessive", "dotted", "short", "irregular"],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stems(one) == stems(other) != ()


@pytest.mark.parametrize("text", ["?", "...", "и что?", "a" * 5000, "What did say about?", "“”"])
def test_odd_questions_are_taken_apart_without_fail(text):
    assert understand(text).text == text


SEVERAL = [
    ("What did Orr and Vane say about the dam?", "speech", ("Orr", "Vane"), "the dam"),
    ("What did Orr, Vane and the mayor say about the dam?", "speech", ("Orr", "Vane", "the mayor"), "the dam"),
    ("Compare Orr and Vane on the dam", "compare", ("Orr", "Vane"), "the dam"),
    ("Compare what Orr and Vane said about the dam", "compare", ("Orr", "Vane"), "the dam"),
    ("Orr versus Vane on the dam", "compare", ("Orr", "Vane"), "the dam"),
    (
        "How do Ada Orr and the farmers' union differ on the dam?",
        "compare",
        ("Ada Orr", "the farmers' union"),
        "the dam",
    ),
    ("How did Orr's and Vane's views of the dam differ?", "compare", ("Orr", "Vane"), "the dam"),
    ("How does Orr's view on dams compare with Vane's?", "compare", ("Orr", "Vane"), "dams"),
    ("How far apart are Orr and Vane on the dam?", "compare", ("Orr", "Vane"), "the dam"),
    ("Do Orr and Vane agree on the dam?", "compare", ("Orr", "Vane"), "the dam"),
    ("What is the difference between Orr's and Vane's positions on the dam?", "compare", ("Orr", "Vane"), "the dam"),
    (
        "How did Ruritania's king and its prime minister each see the dam?",
        "compare",
        ("Ruritania's king", "Ruritania's prime minister"),
        "the dam",
    ),
]


@pytest.mark.parametrize(("text", "kind", "speakers", "topic"), SEVERAL, ids=[row[0] for row in SEVERAL])
def test_several_speakers(text, kind, speakers, topic):
    asked = understand(text)
    assert (asked.kind, asked.speakers, asked.topic) == (kind, speakers, topic)


@pytest.mark.parametrize("body", ["the Food and Drug Administration", "the Department of Health and Human Services"])
def test_a_body_with_an_and_in_its_name_is_one_speaker(body):
    assert understand(f"What did {body} say about jam?").speakers == (body,)


def test_a_fact_with_its_source_keeps_its_kind():
    asked = understand("According to the mayor, how many drowned?")
    assert (asked.kind, asked.speakers, asked.topic) == ("number", ("the mayor",), "how many drowned")


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Which countries signed the pact?", True),
        ("What three things did Orr ask for?", True),
        ("Name the signatories of the pact.", True),
        ("Who else spoke about the dam?", True),
        ("What injuries did the keeper suffer?", True),
        ("Before Orr, which mayors had won twice?", True),
        ("in which districts did the water stop?", True),
        ("Apart from Velby, name the towns that were flooded.", True),
        ("In which towns is fishing banned?", True),
        ("On which dates is the fair held?", False),
        ("In what terms was it condemned?", False),
        ("On what basis does Orr claim it?", False),
        ("Which matters did voters rank highest?", True),
        ("After the vote, what matters most?", False),
        ("On what grounds was it stopped?", False),
        ("Which Velby Hawks player signed the pact?", False),
        ("Which Zendans are fancied to win?", True),
        ("Which country signed the pact?", False),
        ("What did Orr say about the dams?", False),
        ("What happens to the aid that is sent to Tarn?", False),
        ("What makes the old bridge dangerous?", False),
        ("What is the news?", False),
        ("Who won the marathon?", False),
    ],
)
def test_whether_a_list_is_wanted(text, listed):
    assert understand(text).listed is listed


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("What did Orr say after the vote?", True),
        ("What did Orr say on 3 May 2022, after the vote?", True),
        ("What did the mother of Bo Tarn tell people at the vigil?", True),
        ("How did Orr react when the dam broke?", True),
        ("What did Orr say at the summit about tolls?", False),
        ("What did Orr say about the vote?", False),
        ("When did the dam break?", False),
    ],
)
def test_whether_the_topic_is_when_or_where_words_were_said(text, occasion):
    assert understand(text).occasion is occasion


def test_which_of_several_speaks_may_be_told_by_a_clause_but_not_which_man():
    lawyer = understand("According to the lawyer for the man who sold the pearl, why did his client phone the police?")
    assert lawyer.speakers == ("the lawyer for the man who sold the pearl",)
    knew = understand("What did officials who knew of the leak say about it?")
    assert knew.speakers == ("officials who knew of the leak",)
    assert understand("What did the man who sold the pearl say about it?").speakers == ()


def test_days_that_restrict_are_no_terms_of_the_topic():
    asked = understand("What did Orr say about the dam last week?", today=date(2024, 7, 12))
    assert asked.topic == "the dam"
    assert asked.when.words == "last week"
    assert asked.when.strict


WORDS = st.sampled_from(
    "What How Compare did does say Orr Vane and the mayor's about according to in May 2021 who else each not ’s".split()
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=14).map(" ".join)))
def test_any_text_is_taken_apart_the_same_way_twice(text):
    day = date(2024, 7, 12)
    asked = understand(text, today=day)
    assert asked == understand(text, today=day)
    assert all(who.strip() for who in asked.speakers)


def test_a_question_of_two_thousand_characters_is_taken_apart_without_delay():
    for piece in ("a ", "x and ", "what did ", "between 3 and ", "Orr's and ", "how many "):
        understand("compare " + piece * (1980 // len(piece)))


def test_a_long_name_takes_no_time():
    assert understand(f"What did the firm {'A' * 400}! say about {'Bb ' * 150}?").voices


@pytest.mark.parametrize("text", ["Why is Tubeline content about hens removed?", "What is Acme's product line?"])
def test_a_noun_like_a_word_of_speech_asks_for_no_words(text):
    assert understand(text).speakers == ()


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("Zenda's governor-elect Tina Orr", "Tina Orr"),
        ("the Herald's columnist Ada Orr", "Ada Orr"),
        ("the water editor Ada Orr", "Ada Orr"),
        ("Zenda governor Tina Orr", "Tina Orr"),
        ("University of Velby football coach Ada Orr", "Ada Orr"),
        ("the 800m runner Ada Orr", "Ada Orr"),
        ("Zenda government", "Zenda government"),
        ("Zenda's Water Ministry", "Zenda's Water Ministry"),
        ("Zenda's governor", "Zenda's governor"),
        ("Zenda's new Prime Minister", "Zenda's new Prime Minister"),
        ("Zenda's ruling Communist Party", "Zenda's ruling Communist Party"),
    ],
)
def test_somebody_named_after_what_he_is_is_known_by_his_name_alone(who, name):
    assert understand(f"What did {who} say about rain?").voices == ((name,),)


def test_many_adverbs_are_read_as_fast_as_few():
    asked = understand("What did Ada Orr " + "really " * 200 + "say about rain?")
    assert asked.speakers == ("Ada Orr",)
