"""Which words beside a name say what somebody is, and which do not: small texts about people who do not exist."""

from test_speakers import heard, speakers

QUOTED = "“The bridge was late,” the mother said on Monday."


def test_a_mother_among_users_of_a_company_speaks_not_for_it():
    said = "“It was late,” said the mother, who, like other parents of young Acmely users, asked not to be named."
    found = heard("A mother in Dover learned that her daughter was on Acmely, a popular social media platform.", said)
    assert found[said] == ("mother", None)


def test_what_somebody_does_to_a_name_gives_it_no_role():
    assert speakers("The mother sent Acmely the links to the bridge on Monday.", QUOTED) == ["mother"]
    assert speakers("A father found his daughter using Acmely on Monday.", QUOTED) == ["mother"]


def test_a_relative_who_owns_something_is_not_what_is_owned():
    assert speakers("They closed her mother’s Acmely account on Monday.", QUOTED) == ["mother"]


def test_what_is_called_a_firm_speaks_for_itself():
    said = "Acmely said the bridge was late."
    assert heard("He worked for Acmely, a small software company.", said)[said] == ("Acmely", "Acmely")


def test_who_is_called_a_supplier_may_be_a_person():
    said = "Zhuo Wenqi said the bridge was late."
    assert heard("They asked Zhuo Wenqi, a clothing supplier.", said)[said] == ("Zhuo Wenqi", None)


def test_the_sheriff_said_is_no_apposition():
    told = "The jailer had helped her to flee with inmate Jim Lee, the sheriff told reporters on Tuesday."
    first = "“It was late,” said Sheriff Bob Orme."
    assert heard(first, told)[told][0] == "Bob Orme"
    later = "“That was the first time,” the sheriff said."
    assert heard(first, told, "Jim Lee was brought to the town.", later)[later][0] == "Bob Orme"


def test_the_sheriff_of_a_county_is_he_who_was_named():
    said = "“That was the first time,” the Dover County sheriff said."
    first = "“It was late,” said Dover County Sheriff Bob Orme."
    assert heard(first, "Jim Lee was brought to the town.", said)[said] == ("Bob Orme", "Dover County Sheriff's Office")


def test_an_apposition_ends_before_who_does_something():
    first = "The girl was on Acmely, a bridge of sorts, she told her mother on Monday."
    assert speakers(first, QUOTED)[-1] == "mother"


def test_who_is_quoted_right_after_an_officer_was_described_is_a_stranger_to_his_body():
    told = "The head of the Dover Board said that the bridge was late."
    for said in (
        "“It is a lie,” Ann Roe told reporters outside.",
        "“It is a lie,” said Ann Roe, 45, who has two children.",
        "“It is a lie,” said Ann Roe, who lives nearby.",
        "But “it is a lie,” Ann Roe tweeted.",
    ):
        assert heard(told, said)[said] == ("Ann Roe", None)


def test_a_governor_of_a_state_is_of_no_body_with_its_name():
    said = "“It was late,” Ohio Gov. Mara Quill said."
    assert heard("Southern Ohio and the Ohio Bridge Department were late.", said)[said] == ("Mara Quill", "Ohio")


def test_then_is_no_part_of_an_employer():
    said = "Then-Orkio CEO Mara Quill said it was late."
    assert heard("They met.", said)[said] == ("Mara Quill", "Orkio")
