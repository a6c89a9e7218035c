"""Who holds an office, by what an article calls him."""

import pytest

from assistant.offices import is_called_by_office, is_in_office, is_of_other_office, is_office, office_of_owner


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("the mayor's deputy", "mayor"),
        ("the spokeswoman for the prime minister", "prime minister"),
        ("the head of the union", None),
        ("the secretary of state", None),
        ("the chief of police", None),
        ("the minister for women", None),
        ("the dog's owner", None),
        ("Orr's deputy", None),
        ("the mayor", None),
    ],
)
def test_the_office_by_which_somebody_is_asked_for(role, office):
    assert office_of_owner(role) == office


def test_who_holds_an_office_is_not_who_is_asked_for_by_it():
    assert is_in_office("mayor", "Ada Orr", "Velby Mayor Ada Orr, who")
    assert is_in_office("mayor", "Ada Orr", "Velby’s mayor, Ada Orr, came")
    for other in ("Deputy Mayor", "Vice Mayor", "the former Velby mayor", "acting mayor"):
        assert not is_in_office("mayor", "Ada Orr", f"It was {other} Ada Orr, who")
    assert not is_in_office("mayor", "Ada Orr", "Ada Orr, who stood in for the mayor")


@pytest.mark.parametrize(
    ("asked", "office"),
    [
        ("Zenda's health minister", True),
        ("the mayor of Velby", True),
        ("Velby's mayor", True),
        ("the secretary of state", True),
        ("the prime minister", True),
        ("Velby's harbour master", False),
        ("the chess club's secretary's lawyer", False),
        ("Governor Ada Orr", False),
    ],
)
def test_whether_an_office_is_asked_for(asked, office):
    assert is_office(asked) is office


@pytest.mark.parametrize(
    ("asked", "text", "called"),
    [
        ("Zenda's governor", "On Monday Gov. Ada Orr left.", True),
        ("Zenda's governor", "Zenda Gov. Ada Orr left.", True),
        ("Zenda's governor", "Utovia Gov. Ada Orr left.", False),
        ("Velby's mayor", "The deal of Mayor Orr fell.", True),
        ("Velby's mayor", "The deal of former Mayor Orr fell.", False),
        ("Velby's mayor", "Deputy Mayor Orr left.", False),
        ("Velby's mayor", "Ada Orr left, the Mayor of Oil said.", False),
        ("Zenda's governor", "Former Zenda Gov. Ada Orr said no.", False),
        ("Zenda's governor", "Zenda Lt. Gov. Ada Orr said no.", False),
        ("Zenda's governor", "ex-Gov. Ada Orr said no.", False),
        ("Zenda's governor", "West Zenda Gov. Ada Orr said no.", False),
        ("Zenda's governor", "Zenda knows. Utov. Gov. Ada Orr said no.", False),
        ("Zenda's senator", "state Sen. Ada Orr said no.", False),
        ("Velby's mayor", "Velby Mayor Bo Orr left with his wife, Ada Orr.", False),
        ("Velby's mayor", "It was Mayor Orr who left. Bo Orr, Ada Orr and others stayed.", False),
        ("Velby's baker", "The baker Ada Orr left.", False),
    ],
)
def test_who_is_called_by_the_office_asked_for_holds_it(asked, text, called):
    assert is_called_by_office(asked, "Ada Orr", text) is called


@pytest.mark.parametrize(
    ("asked", "words", "other"),
    [
        ("Zenda's prime minister", "Zenda culture minister Ada Orr said", True),
        ("Zenda's prime minister", "Ada Orr, the culture minister of Zenda, said", True),
        ("Zenda's prime minister", "Prime Minister Ada Orr said", False),
        ("Zenda's prime minister", "the minister Ada Orr said", False),
        ("Zenda's minister", "Culture Minister Ada Orr said", False),
        ("Zenda's transport secretary", "Gov. Ada Orr said", True),
        ("Zenda's transport secretary", "Zenda press secretary Ada Orr said", True),
        ("Zenda's farming minister", "the Zendan agriculture minister, Ada Orr , said", False),
        ("Velby's mayor", "Zenda's Sen. Ada Orr said", True),
        ("Velby's mayor", "Mayor Ada Orr said", False),
        ("Velby's baker", "Mayor Ada Orr said", False),
        ("Zenda's senator", "Former Utovia Gov. Ada Orr, now Zenda's senator, said", False),
        ("Zenda's defence minister", "Zenda Defense Minister Ada Orr said", False),
        ("Zenda's health secretary", "Zenda's health and care secretary Ada Orr said", False),
        ("Zenda's prime minister", "Ada Orr, wife of the culture minister, said", False),
        ("Zenda's prime minister", "Deputy Prime Minister Ada Orr said", True),
        ("Zenda's home secretary", "shadow home secretary Ada Orr said", True),
        ("Velby's prime minister", "Velby’s mayor, Ada Orr , came", True),
        ("Velby's prime minister", "Ada Orr , the mayor of Velby, came", True),
        ("Velby's prime minister", "Velby’s former mayor, Ada Orr , came", False),
        ("Velby's prime minister", "Zenda premier Ada Orr came", False),
    ],
)
def test_who_has_another_office_is_not_the_one_asked_for(asked, words, other):
    assert is_of_other_office(asked, "Ada Orr", words) is other
