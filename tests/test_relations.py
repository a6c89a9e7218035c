"""Whose somebody is who is asked for, and who he surely is not."""

import pytest

from assistant.candidates import is_of_there
from assistant.relations import is_another, is_called_otherwise, is_called_so, owner_of
from assistant.voice import voice_of
from index.records import Article, Sentence


@pytest.mark.parametrize(
    ("asked", "speaker", "speaks_for", "another"),
    [
        ("Bo Tarn's wife", "Bo Tarn", None, True),
        ("the mother of Bo Tarn", "Bo Tarn", "Bo Tarn", True),
        ("the mother of Bo Tarn", "Bo Tarn's mother", None, False),
        ("Tarn’s lawyers", "Bo Tarn", None, True),
        ("Laura Orr's doctor", "Laura Orr", None, True),
        ("Laura Orr's chief of staff", "Laura Orr", "Zenda", True),
        ("Vane's mother", "Laura Vane", None, False),
        ("Laura Orr's office", "Laura Orr", None, False),
        ("Bo Tarn's wife", "Chess Federation", "Chess Federation", True),
        ("Bo Tarn's wife", "Eva Tarn", None, False),
        ("Bo Tarn's son", "Bo Tarn Jr.", None, False),
        ("the family of Bo Tarn", "Chess Federation", "Chess Federation", True),
        ("Bo Tarn's family", "Tarn’s family", "Tarn’s family", False),
        ("Tarn’s lawyers", "Tarn’s lawyers", "Tarn’s lawyers", False),
        ("Bo Tarn's wife", "harbour officials", None, True),
        ("Bo Tarn's wife", "police", None, True),
        ("Bo Tarn's wife", "Bo Tarn's parents", None, False),
        ("Bo Tarn's wife", "the woman", None, False),
        ("Bo Tarn's family", "harbour officials", None, True),
        ("Bo Tarn's family", "relatives", None, False),
        ("Bo Tarn's family", "loved ones", None, False),
        ("Bo Tarn's brothers", "his siblings", None, False),
        ("Friends of the Brook", "Friends of the Brook", "Friends of the Brook", False),
        ("the Chess Federation's head", "Chess Federation", "Chess Federation", False),
        ("the city engineer's deputy", "Velby’s city engineer", "Velby", True),
        ("the city engineer's deputy", "deputy city engineer Ada Orr", "Velby", False),
        ("the mayor's deputy", "the deputy mayor", None, False),
        ("the family's lawyer", "a lawyer for the family", None, False),
        ("Bo Tarn's deputy", "Bo Tarn", None, True),
        ("Bo Tarn", "Bo Tarn", None, False),
    ],
)
def test_whose_wife_or_lawyer_is_asked_for_is_not_the_one_and_a_body_is_no_wife(asked, speaker, speaks_for, another):
    said = Sentence(0, 10, speaker=speaker, speaks_for=speaks_for)
    assert is_another(asked, said) is another
    if another:
        assert voice_of((asked,), said) == 0


@pytest.mark.parametrize(
    ("role", "owner"),
    [
        ("the mayor of Velby", "Velby"),
        ("the Velby mayor", "Velby"),
        ("Orr's wife", "Orr"),
        ("the head of the Chess Federation", "Chess Federation"),
        ("the victim's mother", None),
        ("the harbour master", None),
        ("critics", None),
    ],
)
def test_whose_somebody_is(role, owner):
    assert owner_of(role) == owner


@pytest.mark.parametrize(
    ("role", "there"),
    [
        ("the mayor of Velby", True),
        ("the Ruritanian president", True),
        ("the mayor of Quillon", False),
        ("ZAC's lawyer", True),
        ("the harbour master", True),
    ],
)
def test_a_role_is_held_in_articles_that_name_whose_it_is(role, there):
    article = Article.create("The Zenda Angling Club lost in court, the mayor said. Ruritania won.", "Velby news")
    assert is_of_there(role, article) is there


@pytest.mark.parametrize(
    ("speaker", "otherwise"),
    [
        ("Tarn's husband", True),
        ("her mother", True),
        ("Tarn's brother", False),
        ("Eva Tarn", False),
        ("Ivo Son", False),
        ("his twin", False),
    ],
)
def test_who_is_named_as_another_relative_is_not_the_one_asked_for(speaker, otherwise):
    assert is_called_otherwise("Bo Tarn's brother", speaker, "") is otherwise


@pytest.mark.parametrize(
    ("asked", "name", "words", "called"),
    [
        ("the brother of the climber", "Bo Renk", "her brother Bo Renk told the radio", True),
        ("the climber's brother", "Bo Renk", "Bo Renk, the climber's brother, told the radio", True),
        ("Ada Renk's brother", "Bo Renk", "Bo Renk, her brother, told the radio", True),
        ("Ada Renk's brother", "Bo Renk", "Bo Renk, the brother of Ada Renk, told the radio", True),
        ("Ada Renk's brother", "Bo Renk", "Renk's brother, Bo Renk, told the radio", True),
        ("the climber's brother", "Eva Renk", "the climber Eva Renk told the radio", False),
        ("the climber's coach", "Bo Renk", "her brother Bo Renk told the radio", False),
        ("Ada Renk's brother", "Bo Vane", "Eva Vane's brother Bo Vane told the radio", False),
        ("Ada Renk's mother", "Eva Vane", "Eva Vane, a mother-of-three who lives nearby", False),
        ("Bo Tarn's wife", "Eva Renk", "Tarn's former wife, Eva Renk", False),
        ("Bo Tarn's sister", "Eva Renk", "Eva Renk, Tarn's sister-in-law", False),
    ],
)
def test_who_is_called_the_relative_asked_for_is_known_to_be_one(asked, name, words, called):
    assert is_called_so(asked, name, words) is called
