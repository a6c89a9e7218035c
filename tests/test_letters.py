"""Accents are no difference between names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import stems
from index.forms import Mention
from index.speech.letters import without_accents

LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F))


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Erdoğan", "Erdogan"), ("Łódź", "Lodz"), ("Øystein", "Oystein"), ("Nguyễn", "Nguyen"), ("İzmir", "Izmir")],
)
def test_a_name_has_the_letters_beneath_its_accents(written, plain):
    assert without_accents(written) == plain


@given(LATIN)
def test_no_character_moves_when_accents_go(text):
    plain = without_accents(text)
    assert len(plain) == len(text)
    assert all(a == b for a, b in zip(text, plain, strict=True) if a.isascii())
    assert without_accents(plain) == plain


@pytest.mark.parametrize(
    ("asked", "text", "at"),
    [
        ("Erdoğan", "Mr Erdogan spoke.", [3]),
        ("Jürgen Reuß", "İn Łódź, Jurgen Reus spoke.", [9]),
        ("Cumbrian", "A mine in Cumbria opens.", [10]),
        ("NGO", "All NGOs have to leave.", [4]),
        ("Ryan", "Rya is a town.", []),
    ],
)
def test_a_name_is_found_with_accents_or_without_and_a_place_by_its_adjective(asked, text, at):
    assert Mention(asked).places(text) == at


def test_words_of_a_question_have_no_accents():
    assert stems("Erdoğan’s café") == stems("Erdogan's cafe")
