"""Whom a pronoun or a bare office means after what was asked before."""

import pytest

from assistant.dialogue import standalone
from assistant.question import understand

CARRIED = [
    (
        ["What did Quillon's interior minister say about the raid in Karrow?"],
        "And the prime minister?",
        "What did the prime minister say about the raid in Karrow?",
    ),
    (
        ["What did France's interior minister say about the raid in Karrow?"],
        "And the prime minister?",
        "What did France’s prime minister say about the raid in Karrow?",
    ),
    (
        ["Why did France's interior minister ban the march?"],
        "What did the president say?",
        "What did France’s president say about France's interior minister ban the march?",
    ),
    (
        ["How many died in the fire in Lyon?", "Who set it?"],
        "What did the mayor say?",
        "What did Lyon’s mayor say about set it, died in the fire in Lyon?",
    ),
    (
        ["What did the German chancellor say about gas?"],
        "And the president?",
        "What did Germany’s president say about gas?",
    ),
    (
        ["How did the Tarn County sheriff call Velby's dam repair?"],
        "What did the mayor say?",
        "What did Velby’s mayor say about Velby's dam repair?",
    ),
    (
        ["What did Laura Orme say about David Reuss's book?"],
        "Did he reply?",
        "Did David Reuss reply to what Laura Orme said about David Reuss's book?",
    ),
    (
        ["What did Orme say to Reuss about the dam?"],
        "How did he respond?",
        "How did Reuss respond to what Orme said about Reuss about the dam?",
    ),
    (
        ["What did Laura Orme say about hens?", "What did Ann Roe and Jim Lee say?"],
        "And did she mind?",
        "Did Laura Orme mind (hens)?",
    ),
    (
        ["What did Orme say about the Zendan team on the radio?"],
        "How did their coach answer?",
        "How did the Zendan team’s coach answer to what Orme said about the Zendan team on the radio?",
    ),
    (["Why did Ada Orr's AI picture win?"], "What did she tell the jury?", "What did Ada Orr tell the jury?"),
    (
        ["Who is the new head of Velby Rail?"],
        "How much does she earn?",
        "How much does the new head of Velby Rail earn (the new head of Velby Rail)?",
    ),
    (
        ["Whom did Ada Orr pick as Lake City's pest chief in 2021?"],
        "What jobs did she have before?",
        "What jobs did Lake City's pest chief have before (Whom did Ada Orr pick as Lake City's pest chief in 2021)?",
    ),
    (
        ["Which long-running Velby musical closed in April?"],
        "Who was its composer?",
        "Who was the long-running Velby musical’s composer (long-running Velby musical closed in April)?",
    ),
    (
        ["Who described Bill Tarn as a killer?"],
        "How did he react?",
        "How did Bill Tarn react to described Bill Tarn as a killer?",
    ),
    (["What did Jennifer Church say about tolls?"], "Where was she born?", "Where was Jennifer Church born (tolls)?"),
    (["What is Velby Rail planning?"], "What is its budget?", "What is Velby Rail’s budget (Velby Rail planning)?"),
    (["Who won the race in Lyon?"], "How old is he?", "How old is he (won the race in Lyon)?"),
    (
        ["Why did Velby Rail cancel the trains?"],
        "Will travellers get their money back?",
        "Will travellers get their money back (Velby Rail cancel the trains)?",
    ),
    (
        ["Has the flood reached Karrow?"],
        "How many people live there?",
        "How many people live in Karrow (the flood reached Karrow)?",
    ),
    (
        ["Was anybody hurt in the blast in Karrow?"],
        "Is there a suspect?",
        "Is there a suspect (anybody hurt in the blast in Karrow)?",
    ),
    (
        ["How many cases of measles are there in Zenda?"],
        "And deaths?",
        "How many deaths (cases of measles are there in Zenda)?",
    ),
    (
        ["What did Joe Orr say about Ukraine?"],
        "What did the president say about gas?",
        "What did the president say about gas?",
    ),
    (
        ["What happened in March in Texas?"],
        "How many died there?",
        "How many died in Texas (happened in March in Texas)?",
    ),
    (["What happened in Turkey?"], "Will there be an election?", "Will there be an election (happened in Turkey)?"),
    (
        ["What happened in Kabul?"],
        "What did people from there say?",
        "What did people from Kabul say about happened in Kabul?",
    ),
    (["What did Powell say about the Fed?"], "Will it cut rates?", "Will Fed cut rates?"),
    (
        ["What happened after the murder of George Orr?"],
        "How did he die?",
        "How did George Orr die (happened after the murder of George Orr)?",
    ),
    (
        ["What did Elon Musk say about Twitter?"],
        "How many people died in the earthquake?",
        "How many people died in the earthquake?",
    ),
    (
        ["Why was the quarry in Karrow closed?"],
        "Will the company appeal the ruling?",
        "Will the company appeal the ruling (Karrow)?",
    ),
    (
        ["Why is Velby Water in debt?", "How much does it owe?"],
        "How much does it want to raise?",
        "How much does Velby Water want to raise?",
    ),
    (
        ["What did Acme say about the spill in Karrow?"],
        "Has it apologised?",
        "Has Acme apologised (the spill in Karrow)?",
    ),
    (
        ["Who is the judge in the Karrow Bridge trial?"],
        "When does it start?",
        "When does it start (the judge in the Karrow Bridge trial)?",
    ),
    (
        ["Why was the quarry in Karrow closed?", "who asked for it"],
        "When does the trial begin?",
        "When does the trial begin (Karrow)?",
    ),
    (
        ["What did the union say about Acme's offer?"],
        "And how did the company respond?",
        "How did the company respond to Acme's offer?",
    ),
    (
        ["What did Laura Orme say about David Reuss's book?"],
        "How did he respond to that?",
        "How did David Reuss respond to what Laura Orme said about David Reuss's book?",
    ),
    (
        ["How many died in the fires in Lahaina?"],
        "What did the governor say?",
        "What did the governor say about died in the fires in Lahaina?",
    ),
    ([r"What did Orr\g<9> say about hens?"], "And his deputy?", r"What did Orr\g<9>’s deputy say about hens?"),
]


@pytest.mark.parametrize(("before", "question", "whole"), CARRIED, ids=[row[2] for row in CARRIED])
def test_what_is_left_open_is_taken_from_what_was_asked_before(before, question, whole):
    assert standalone(question, before) == whole


HELD = "Who was held with an MK-9 near Orr's house in Velby?"
WHO = [
    (
        [HELD],
        "What did he tell the guards?",
        "What did he tell the guards (held with an MK-9 near Orr's house in Velby)?",
    ),
    (
        [HELD, "What did he tell the guards?"],
        "What about his lawyer?",
        "What did his lawyer tell the guards (held with an MK-9 near Orr's house in Velby)?",
    ),
    (
        ["Who bought the Velby Hawks in 2018?"],
        "What does Tarn think of him?",
        "What does Tarn think of him (bought the Velby Hawks in 2018)?",
    ),
    (
        ["Why did the WHA close its office?"],
        "Where does he live?",
        "Where does he live (the WHA close its office)?",
    ),
    (["What did AMLO say about tolls?"], "Did he meet Ada Orr?", "Did AMLO meet Ada Orr?"),
    (["What did the Pope say about tolls?"], "And did he apologise?", "Did the Pope apologise (tolls)?"),
    (
        ["What was the 90-year-old former Velby guard convicted of?"],
        "Will he appeal?",
        "Will the 90-year-old former Velby guard appeal (the 90-year-old former Velby guard convicted of)?",
    ),
    (
        ["Why did the Velby spokeswoman resign?"],
        "What did she tell the council?",
        "What did the Velby spokeswoman tell the council?",
    ),
    (
        ["Which prisoner who broke out of the Victor jail died in a fire?"],
        "Did she hide?",
        "Did the prisoner hide (prisoner who broke out of the Victor jail died in a fire)?",
    ),
    (
        ["Which senator called Laura Orme a liar?"],
        "How did she respond?",
        "How did Laura Orme respond to senator called Laura Orme a liar?",
    ),
    (
        ["Why did Gov. Kevin Orr commute Vane Tarn's death sentence?"],
        "Has his lawyer thanked anybody?",
        "Has Vane Tarn’s lawyer thanked anybody (Gov. Kevin Orr commute Vane Tarn's death sentence)?",
    ),
    (
        ["Why did Gov. Kevin Orr commute Vane Tarn's death sentence?"],
        "Has his wife thanked anybody?",
        "Has Gov. Kevin Orr’s wife thanked anybody (Gov. Kevin Orr commute Vane Tarn's death sentence)?",
    ),
    (
        ["How big a raise do British nurses want?"],
        "Has the health secretary agreed to it?",
        "Has United Kingdom’s health secretary agreed to what British nurses said about a raise?",
    ),
]


@pytest.mark.parametrize(("before", "question", "whole"), WHO, ids=[row[2] for row in WHO])
def test_he_and_she_are_people_by_name_or_by_what_they_are_and_stay_where_nobody_is_known(before, question, whole):
    assert standalone(question, before) == whole


BARLEY = "What did Ada Orr pledge about barley in May 2022?"
FINE = "Why did the court fine Velby Rail?"
MATTERS = [
    ([BARLEY], "What did Velby do a month later?", "What did Velby do a month later (barley)?"),
    (
        [BARLEY, "And what did Velby do a month later?"],
        "How did the Dorsk envoy respond to the change of mind?",
        "How did the Dorsk envoy respond to the change of mind (Velby do a month later, barley)?",
    ),
    (
        [FINE],
        "What did Bo Tarn say about the ruling?",
        "What did Bo Tarn say about the ruling (the court fine Velby Rail)?",
    ),
    (
        [FINE],
        "What did the union say about the ruling?",
        "What did the union say about the ruling (the court fine Velby Rail)?",
    ),
    ([FINE], "How did Bo Tarn die years later in Dorsk?", "How did Bo Tarn die years later in Dorsk?"),
    (
        ["What did Ada Orr say about tolls?"],
        "How did the families of the victims react to the ferry accident?",
        "How did the families of the victims react to the ferry accident?",
    ),
    (["Give me Orr's views on tolls"], "And what about the mayor?", "Give me the mayor's views on tolls?"),
    (
        ["Who pays for the dam, according to Orr?"],
        "What did the union demand?",
        "What did the union demand (pays for the dam)?",
    ),
    ([FINE], "Who took over Dorsk days later in May 2022?", "Who took over Dorsk days later in May 2022?"),
    ([FINE], "What did Bo Tarn say about the harbour bill?", "What did Bo Tarn say about the harbour bill?"),
    (
        ["What did Orr say about where the ship is?"],
        "Have the police confirmed that?",
        "Have the police confirmed where the ship is?",
    ),
    ([FINE], "What did Bo Tarn say about the dam?", "What did Bo Tarn say about the dam?"),
    ([FINE], "What did Bo Tarn say about the Orvik deal?", "What did Bo Tarn say about the Orvik deal?"),
    (
        [FINE],
        "What did Bo Tarn say about the plan to dredge the harbour?",
        "What did Bo Tarn say about the plan to dredge the harbour?",
    ),
    (
        ["Which mill was closed by vote in May 2022?", "What does the union say about the decision?"],
        "And the mill owners?",
        "What does the mill owners say about the decision (mill was closed by vote)?",
    ),
    (
        ["Which mill was fined for the spill?"],
        "How many people did the CEO admit were hurt?",
        "How many people did the CEO admit were hurt (mill was fined for the spill)?",
    ),
    (
        ["Who owns the Velby ferry?", "How many of the passengers were hurt?"],
        "How long will it be shut?",
        "How long will it be shut (the passengers were hurt, owns the Velby ferry)?",
    ),
    (
        ["Who is building the tallest mill?", "Where will it get its grain?"],
        "How many jobs will it bring?",
        "How many jobs will it bring (get its grain, building the tallest mill)?",
    ),
    (
        ["Who was accused of fraud?", "What has Vane admitted to?"],
        "Is the council looking into it?",
        "Is the council looking into it (Vane admitted to, accused of fraud)?",
    ),
    (
        ["Who did Ada Orr say the drowned man was?"],
        "Have the police confirmed that?",
        "Have the police confirmed who the drowned man was?",
    ),
    (
        ["What did Bo Orr show to the council?"],
        "Where does he say they were found?",
        "Where does Bo Orr say they were found (Bo Orr show to the council)?",
    ),
]


@pytest.mark.parametrize(("before", "question", "whole"), MATTERS, ids=[row[2] for row in MATTERS])
def test_a_matter_that_is_only_hinted_at_is_told_beside_the_question(before, question, whole):
    assert standalone(question, before) == whole


@pytest.mark.parametrize("question", ["Who won the marathon in Karrow?", "What did Orme's lawyer say about the fire?"])
def test_a_question_with_names_of_its_own_is_a_new_one(question):
    assert standalone(question, ["Why was the quarry in Velby closed?"]) == question


def test_an_office_that_is_said_to_be_of_a_place_stays():
    asked = "What did the mayor of Velby say about the bridge?"
    assert standalone(asked, ["What did France's president say?"]) == asked


def test_who_replies_is_asked_for_his_words_on_what_was_said_of_him():
    whole = understand(standalone("How did he respond?", ["What did Laura Orme say about David Reuss's book?"]))
    assert whole.speakers == ("David Reuss",)
    assert "Laura Orme said about David Reuss's book" in whole.topic
