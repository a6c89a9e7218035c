"""Digests that tell of each state under its name: small texts about people who do not exist."""

from test_speakers import heard

from index.speech.digests import HEADINGS
from index.speech.lexicon import STATES

OTHERS = sorted(STATES - {"ohio", "utah", "oregon"})[:HEADINGS]


def digest(*items):
    """An item of three states, among as many others as a digest has."""
    rest = [
        part for state in OTHERS for part in (state.title(), "The bridge that was late is there, and the town is not.")
    ]
    return heard("A bridge in every state", *(part for pair in items for part in pair), *rest)


def test_the_parts_of_a_digest_know_nothing_of_each_other():
    later = "Orem: The board said on Monday that the bridge was late."
    found = digest(("Ohio", "Dover: The Dover Harbor Board said it was late."), ("Utah", later))
    assert found[later] == ("board", "board")


def test_state_officials_in_a_digest_are_of_the_state_above_them():
    told = "Salem: The bridge to Utah is late, state officials said, and so is the one to Utah’s lake."
    assert digest(("Oregon", told))[told] == ("state officials", "Oregon")


def test_a_governor_in_a_digest_is_of_the_state_above():
    told = "Dover: Fans from Utah may come, Gov. Mara Quill said."
    assert digest(("Utah", "Orem: Utah has a lake."), ("Ohio", told))[told] == ("Mara Quill", "Ohio")


def test_an_attorney_general_in_a_digest_is_of_the_state_above():
    told = "Dover: Attorney General Mara Quill said the Justice Department was late."
    assert digest(("Ohio", told))[told] == ("Mara Quill", "Ohio")


def test_a_few_states_in_a_list_make_no_digest():
    told = "The board said on Monday that the bridge was late."
    found = heard("The Dover Harbor Board met.", "Ohio", "Utah", told)
    assert found[told][0] == "Dover Harbor Board"
