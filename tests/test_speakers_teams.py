"""Whom players speak for, in invented news of games: the people do not exist."""

import pytest

from index.speakers import read_speech
from index.splitter import split_sentences


def speaking(text):
    said = read_speech(text, list(split_sentences(text))).attributions
    return {a.speaker: a.speaks_for for a in said}


GAME = (
    "DENVER — Tom Ardel drove in three for the Rockies, and Colorado beat the Chicago Cubs 5-2. "
    "The Rockies lost twice before. “It felt good,” Ardel said. "
)


def test_a_player_speaks_for_the_team_named_beside_him():
    assert speaking(GAME) == {"Tom Ardel": "Colorado Rockies"}


def test_a_team_is_given_in_full_where_the_article_has_its_town():
    text = "Tampa Bay won again. “It felt good,” Bucs quarterback Tom Ardel said."
    assert speaking(text) == {"Tom Ardel": "Tampa Bay Buccaneers"}
    assert speaking(text.replace("Tampa Bay", "They")) == {"Tom Ardel": "Bucs"}


@pytest.mark.parametrize("name", ["A's", "A’s"])
def test_the_athletics_are_called_by_a_letter(name):
    text = f"It was a long day in Oakland. “It felt good,” {name} manager Tom Ardel said."
    assert speaking(text) == {"Tom Ardel": "Oakland Athletics"}


def test_who_does_not_play_speaks_for_no_team():
    text = GAME + "“He healed fast,” said Dr. Ann Roe, a surgeon. “He is loud,” said his agent, Jim Lee."
    assert speaking(text)["Ann Roe"] is speaking(text)["Jim Lee"] is None


def test_a_team_guessed_is_no_affiliation():
    assert read_speech(GAME, list(split_sentences(GAME))).affiliations == []


def test_a_small_team_is_known_by_its_coach():
    text = (
        "It was late, Oldmere coach Jim Lee said. On Friday Oldmere lost to Dover. Before that Oldmere had won. "
        "“It hurt,” said goalkeeper Tom Ardel."
    )
    assert speaking(text)["Tom Ardel"] == "Oldmere"
