"""Whom a pronoun or a bare office means after what was asked before."""

import pytest

from assistant.dialogue import standalone
from assistant.question import understand

CARRIED = [
    # (before, follow-up, what the whole question has, what it has not)
    (["What did Quillon's interior minister say about the raid in Karrow?"], "And the prime minister?", "raid", "’s’s"),
    (
        ["Why did France's interior minister ban the march?"],
        "What did the president say?",
        "France’s president",
        "ban’",
    ),
    (
        ["How many died in the fire in Lyon?", "Who set it?"],
        "What did the mayor say?",
        "Lyon’s mayor",
        "What did the mayor",
    ),
    (["What did the German chancellor say about gas?"], "And the president?", "Germany’s president", "chancellor"),
    (
        ["How did the Tarn County sheriff call Velby's dam repair?"],
        "What did the mayor say?",
        "Velby’s mayor",
        "County’s",
    ),
    (["What did Laura Orme say about David Reuss's book?"], "Did he reply?", "David Reuss reply", "Did Laura"),
    (["What did Orme say to Reuss about the dam?"], "How did he respond?", "Reuss respond", "did Orme respond"),
    (
        ["What did Laura Orme say about hens?", "What did Ann Roe and Jim Lee say?"],
        "And did she mind?",
        "Laura",
        "Jim Lee",
    ),
    (
        ["What did Orme say about the Zendan team on the radio?"],
        "How did their coach answer?",
        "team’s coach",
        "Orme’s",
    ),
    (["Why did Ada Orr's AI picture win?"], "What did she tell the jury?", "did Ada Orr tell", "AI tell"),
    (["Who is the new head of Velby Rail?"], "How much does she earn?", "head of Velby Rail earn", "does Velby"),
    (["Who won the race in Lyon?"], "How old is he?", "he (", "Lyon (won"),
    (["Why did Velby Rail cancel the trains?"], "Will travellers get their money back?", "their money", "Rail’s money"),
    (["Has the flood reached Karrow?"], "How many people live there?", "in Karrow", "there"),
    (["Was anybody hurt in the blast in Karrow?"], "Is there a suspect?", "there a suspect (", "in Karrow a"),
    (
        ["How many cases of measles are there in Zenda?"],
        "And deaths?",
        "How many deaths (cases of measles",
        "in deaths",
    ),
    (["What did Joe Orr say about Ukraine?"], "What did the president say about gas?", "the president", "Ukraine"),
    (["What happened in March in Texas?"], "How many died there?", "died in Texas", "in March ("),
    (["What happened in Turkey?"], "Will there be an election?", "Will there be", "Will in"),
    (["What happened in Kabul?"], "What did people from there say?", "from Kabul", "from in"),
    (["What did Powell say about the Fed?"], "Will it cut rates?", "Fed cut", "Powell cut"),
    (["What happened after the murder of George Orr?"], "How did he die?", "George Orr die", "did he"),
    (["What did Elon Musk say about Twitter?"], "How many people died in the earthquake?", "earthquake?", "Twitter"),
    (["Why was the quarry in Karrow closed?"], "Will the company appeal the ruling?", "Karrow", "?)"),
    (
        ["Why is Velby Water in debt?", "How much does it owe?"],
        "How much does it want to raise?",
        "Velby Water want",
        "it",
    ),
    (
        ["What did Acme say about the spill in Karrow?"],
        "Has it apologised?",
        "Has Acme apologised (the spill",
        "Has the",
    ),
    (["Who is the judge in the Karrow Bridge trial?"], "When does it start?", "does it start (", "Bridge start"),
    (["Why was the quarry in Karrow closed?", "who asked for it"], "When does the trial begin?", "Karrow", "(("),
]


@pytest.mark.parametrize(("before", "question", "has", "lacks"), CARRIED, ids=[row[1] + row[2] for row in CARRIED])
def test_what_is_left_open_is_taken_from_what_was_asked_before(before, question, has, lacks):
    whole = standalone(question, before)
    assert has in whole
    assert lacks not in whole


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
