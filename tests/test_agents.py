"""Whose doing is asked for, and whether a sentence tells of another's. Invented people."""

import pytest

from assistant.agents import Doing, doing_of, done_by_another
from assistant.evidence import find_evidence
from assistant.question import understand
from index.archive import Archive
from index.records import Article

DEATH = "When did Queen Ansa die?"
DEAL = "When did Orvik buy the ferry?"


@pytest.mark.parametrize(
    ("asked", "doing"),
    [
        (DEATH, Doing("Queen Ansa", "die", "die")),
        ("How many boats did the Orvik Harbour Board buy?", Doing("Orvik Harbour Board", "buy", "buy")),
        ("When will Mara Quill first speak to the council?", Doing("Mara Quill", "speak", "speak")),
        ("When was Mara Quill shot?", None),
        ("When did the old bridge fall?", None),
        ("What did Orvik officials decide?", None),
        ("Why did Mara Quill's deputy resign?", None),
        ("Who bought the ferry?", None),
    ],
)
def test_the_name_before_the_verb_of_a_question_is_whose_doing_is_asked_for(asked, doing):
    assert doing_of(understand(asked)) == doing


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (DEATH, "Queen Ansa’s only sister, Princess Mirela, died in May 2002."),
        (DEATH, "Ansa was on holiday when her father, King Ottar V, died on 6 February 1952."),
        (DEATH, "King Ottar had died in 1952."),
        (DEATH, "The queen’s late husband Ottar died in 2002."),
        (DEAL, "Tarn bought the ferry in May."),
        (DEAL, "Orvik was surprised when Tarn bought the boat in May."),
    ],
)
def test_what_another_does_is_told_from_what_is_asked_for(asked, text):
    assert done_by_another(doing_of(understand(asked)), text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (DEATH, "Queen Ansa died on Thursday at her farm."),
        (DEATH, "Ansa Maria Holt, queen for seventy years, died on Thursday."),
        (DEATH, "The Queen died peacefully, the palace said."),
        (DEATH, "She died peacefully, the palace said."),
        (DEATH, "The monarch died on Thursday."),
        (DEATH, "His mother, Queen Ansa, died on Thursday."),
        (DEATH, "King Ottar died in 1952, and Ansa died in 2022."),
        (DEATH, "The death of the king was announced on Friday."),
        (DEAL, "Orvik’s council bought the ferry in May."),
        (DEAL, "The ferry was bought in May."),
        (DEAL, "Tarn sold the ferry to Orvik in May."),
        ("When did Mara Quill meet Jan Holt?", "Jan Holt met Mara Quill on Monday."),
        ("What fine did the Orvik court give Jan Holt?", "Judge Mara Quill of the Tarn court fined Holt 40 crowns."),
    ],
)
def test_what_may_be_his_own_doing_stays(asked, text):
    assert not done_by_another(doing_of(understand(asked)), text)


def test_the_death_of_a_sister_is_no_answer(tmp_path, embedder, reader):
    told = {
        "Queen Ansa’s only sister, Princess Mirela, died in her sleep at age 71 in February 2002.": 1,
        "Queen Ansa died on Thursday at her farm near Orvik, where she had spent the summer.": 2,
    }
    with Archive.open(tmp_path / "a") as archive:
        archive.embedder = embedder
        archive.add_articles(
            Article.create(text, "Queen Ansa", url=f"https://example.org/{n}") for text, n in told.items()
        )
        finding = find_evidence(understand(DEATH), archive.search(DEATH, 8), reader.read, embedder.embed, most=4)
    assert [one.places[0].text for one in finding.evidence] == [list(told)[1]]
