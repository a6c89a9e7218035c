"""Whom somebody speaks for by the office, or by a common noun: small texts about bodies that do not exist."""

import time

import pytest
from test_speakers import groups, heard, speakers

UNION = "The Dover Dockworkers Union met on Monday."


def test_a_union_named_before_is_the_one_that_its_president_speaks_for():
    said = "“It was late,” Mara Quill, president of the union, said."
    assert groups([UNION, said]) == ["Dover Dockworkers Union"]
    assert groups([UNION, "Union officials said it was late."]) == ["Dover Dockworkers Union"]


def test_an_airline_is_no_ministry():
    first = "Quill Airlines stopped on Monday after the Harbor Ministry closed the sky."
    assert groups([first, "Airline officials said it was late."]) == ["Quill Airlines"]


def test_a_union_is_not_any_body_that_was_named():
    assert groups(["The Harbor Ministry met on Monday.", "Union officials said it was late."]) == [None]


def test_a_councilwoman_speaks_for_the_council():
    first = "The Oldmere City Council voted on Monday."
    assert groups([first, "Councilwoman Mara Quill said it was late."]) == ["Oldmere City Council"]


def test_a_prime_minister_speaks_for_the_country_most_named():
    first = "Norway closed the bridge and Norway opened it again, to the surprise of Sweden."
    assert groups([first, "Prime Minister Tomas Ardel said it was late."]) == ["Norway"]


@pytest.mark.parametrize("kind", ["Former", "Shadow"])
def test_a_minister_out_of_office_speaks_for_no_country(kind):
    assert groups(["Norway closed the bridge.", f"{kind} minister Tomas Ardel said it was late."]) == [None]


def test_a_member_of_congress_speaks_for_the_chamber_rather_than_the_state():
    assert groups("Ohio Democratic Sen. Mara Quill said it was late.") == ["Senate"]
    assert groups("Rep. Mara Quill of Ohio said it was late.") == ["House of Representatives"]


def test_an_energy_secretary_speaks_for_a_department():
    assert groups("Energy Secretary Mara Quill said it was late.") == ["Energy Department"]


def test_an_employer_may_begin_a_sentence():
    assert groups("AcmeWeather senior meteorologist Dan Orme said it was late.") == ["AcmeWeather"]
    assert groups("Oldmere press secretary Brig. Gen. Pat Quill said it was late.") == ["Oldmere"]


def test_an_agent_is_no_part_of_the_name():
    assert groups("“It was late,” said ORDA Special Agent Robert Quill.") == ["ORDA"]


def test_a_party_leader_speaks_for_the_party_in_the_chamber():
    assert groups("House Republican Leader Mara Quill said it was late.") == ["House Republicans"]
    assert groups("Senate Majority Leader Mara Quill, D-Ohio, said it was late.") == ["Senate Democrats"]


def test_a_district_attorney_speaks_for_an_office():
    assert groups("Dover County District Attorney Mara Quill said it was late.") == [
        "Dover County District Attorney's Office"
    ]


def test_a_governor_speaks_for_the_state_named_beside_the_name():
    text = ["Ohio closed its bridges, and Ohio kept them closed.", "In Iowa, Gov. Mara Quill said it was late."]
    assert groups(text) == ["Iowa"]


def test_a_ministry_speaks_for_its_country():
    assert groups("The Norwegian Harbor Ministry said it was late.") == ["Norway"]
    assert groups("Norway’s Harbor Ministry said it was late.") == ["Norway"]
    assert groups("Norway’s Ministry of Bridges said it was late.") == ["Norway"]
    assert groups("The Kremlin said it was late.") == ["Russia"]


def test_a_body_outweighs_the_place_that_somebody_is_from():
    assert groups("Mara Quill of Dover, chair of the Harbor Safety Committee, said it was late.") == [
        "Harbor Safety Committee"
    ]
    assert groups(["It rained in Dover.", "Mara Quill of Dover said it was late."]) == [None]


def test_a_campaign_is_named_with_its_noun():
    assert groups("Mara Quill, a spokesperson for the Orme reelection campaign, said it was late.") == [
        "Orme reelection campaign"
    ]


def test_a_title_inside_an_organisation_is_part_of_its_name():
    assert groups("Mara Quill, director of the Harbor Executive Research Forum, said it was late.") == [
        "Harbor Executive Research Forum"
    ]


def test_the_seat_of_an_institute_does_not_hide_it():
    assert groups("Mara Quill, president of the Oldmere-based Center for Harbor Policy, said it was late.") == [
        "Center for Harbor Policy"
    ]


def test_an_acronym_in_brackets_names_the_body_before_it():
    first = "Sailors Against Waste (SAW) met on Monday."
    assert groups([first, "SAW chief executive Mara Quill said it was late."]) == ["Sailors Against Waste"]


def test_who_writes_in_a_paper_speaks_for_it():
    assert groups("It was late, Mara Quill said in the Harbor Times.") == ["Harbor Times"]
    assert groups("In the Harbor Times, Mara Quill argued that it was late.") == ["Harbor Times"]


def test_a_coach_of_another_nation_speaks_for_the_team():
    assert groups("Mara Quill, the Norwegian coach of Dover United, said it was late.") == ["Dover United"]


def test_an_office_speaks_for_whom_its_owner_speaks():
    text = ["Sen. Mara Quill met the dockers on Monday.", "Quill’s office said it was late."]
    assert groups(text) == ["Senate"]
    text = ["Sen. Mara Quill met the dockers on Monday.", "She left late, according to her office."]
    assert groups(text) == ["Senate"]


def test_officials_keep_the_country_that_they_had():
    assert groups(["US officials said it was late.", "But officials said it was safe."]) == ["United States"] * 2


def test_an_official_who_is_not_named_is_nobody_who_is():
    text = ["Mara Quill left the harbor on Monday.", "It was late, the official said."]
    assert speakers(text) == ["official"]


def test_a_report_is_named_with_its_issuer():
    text = ["The Harbor Institute published a report on Monday.", "The report said it was late."]
    assert heard(text)[text[1]] == ("Harbor Institute report", "Harbor Institute")


def test_an_employer_may_close_an_apposition():
    assert groups("“No,” said Dan Orme, president and managing director, ORDA Canada.") == ["ORDA Canada"]
    assert groups("“No,” said Dan Orme, chief of a private equity firm, The Quill Organization.") == [
        "Quill Organization"
    ]


def test_a_body_keeps_the_small_words_of_its_name():
    assert groups("Dan Orme, an attorney from the Freedom from Waste Foundation, said no.") == [
        "Freedom from Waste Foundation"
    ]
    assert groups("Dan Orme, an officer with Oldmere Scientific and Industrial Research Organization, said no.") == [
        "Oldmere Scientific and Industrial Research Organization"
    ]


def test_a_choir_director_speaks_for_the_choir():
    first = "The Dover Youth Choir met on Monday."
    assert groups([first, "Choir director Dan Orme said it was late."]) == ["Dover Youth Choir"]


def test_a_mayor_speaks_for_the_town_that_the_sentence_is_about():
    text = "The ferry stops in Springhaven, a town by the river, Mayor Dan Orme said on Monday."
    assert groups(text) == ["Springhaven"]


def test_an_attorney_general_speaks_for_a_state_or_for_the_department():
    text = "When Ohio planned the bridge, Attorney General Dan Orme said it was late."
    assert groups(text) == ["Ohio"]
    text = ["The Justice Department met on Monday.", "Attorney General Dan Orme said it was late."]
    assert groups(text)[-1:] == ["Justice Department"]


def test_an_adviser_to_somebody_speaks_for_that_body():
    assert groups("Dan Orme, a special adviser to the Harbor Authority, said it was late.") == ["Harbor Authority"]


def test_a_resident_does_not_speak_for_the_town():
    assert groups("Dover resident Ann Quill said it was late.") == [None]
    assert groups("Dan Orme, a Dover resident and a board member of the Harbor Association, said no.") == [
        "Harbor Association"
    ]


def test_a_correspondent_speaks_for_the_paper_rather_than_the_place():
    assert groups("The Harbor Times’s Norway correspondent Ann Quill said it was late.") == ["Harbor Times"]


def test_a_company_may_be_shortened():
    assert groups("Dan Orme, Quill Motor Co. president and CEO, said it was late.") == ["Quill Motor Co"]


def test_an_institute_before_its_university_is_named_with_it():
    assert groups("Dan Orme, a professor at the Quill Institute at the Dover University, said no.") == [
        "Quill Institute at the Dover University"
    ]


def test_a_government_spokesperson_speaks_for_the_country():
    text = ["Norway closed the bridge.", "Government spokesperson Ann Quill said it was late."]
    assert groups(text) == ["Norway"]


def test_a_former_employee_does_not_speak_for_the_firm():
    assert groups("Dan Orme, a former director of Harbor Works, said it was late.") == [None]
    assert groups("Former Harbor Works director Dan Orme said it was late.") == [None]
    assert groups("Dan Orme, a professor at Dover University and former head of the docks, said no.") == [
        "Dover University"
    ]


def test_time_grows_with_the_holders_of_an_office_and_no_faster():
    syllables = [a + b for a in "bdgklmnprt" for b in "aeiou"]
    names = [f"{x.title()}{y} {y.title()}{x}" for x in syllables for y in syllables]
    for office in ("President", "Foreign Secretary", "Gov."):
        start = time.perf_counter()
        assert len(speakers(*(f"{office} {name} said the road was shut." for name in names))) > 2000
        assert time.perf_counter() - start < 5


def test_a_town_is_not_short_for_its_newspaper():
    said = "Oldmere said in a filing that it was late."
    assert speakers(["The Oldmere Globe left the town on Monday.", said]) == ["Oldmere"]
    assert groups("The Oldmere Globe reported that it was late.") == ["Oldmere Globe"]


def test_an_army_is_no_body_that_was_named():
    first = "The Harbor Council met on Monday."
    said = ["The army denied it.", "“It was late,” a military spokesman said."]
    assert heard([first, *said]) == {said[0]: ("army", "army"), said[1]: ("military spokesman", None)}


def test_what_stands_for_a_member_of_a_parliament_or_council_is_no_part_of_the_name():
    titles = ("MEP", "MSP", "Cllr")
    assert speakers(*(f"{title} Mara Quill said it was late." for title in titles)) == ["Mara Quill"] * 3


def test_its_president_speaks_for_the_body_named_before():
    text = ["The Dover Drilling Association closed.", "Its president, Mara Quill, said the Harbor Council was late."]
    assert groups(text) == ["Dover Drilling Association"]


def test_somebody_s_spokeswoman_speaks_for_the_full_name():
    said = "Quill’s spokeswoman, Ida Orme, said it was late."
    assert groups(["Ann Quill left the harbor on Monday.", said]) == ["Ann Quill"]


def test_a_fire_chief_speaks_for_no_fire():
    assert groups("Fire Chief Dan Orme said it was late.") == [None]


@pytest.mark.parametrize(
    ("description", "body"),
    [
        ("A senior defense official", "Pentagon"),
        ("An administration official", "Ardel administration"),
        ("State officials", "Ohio"),
        ("Federal health officials", "United States"),
        ("City officials", None),
    ],
)
def test_officials_serve_what_the_word_before_them_says(description, body):
    first = "President Tomas Ardel left the White House. In Ohio he met generals of the Pentagon."
    assert groups([first, f"{description} said it was late."]) == [body]


def test_a_president_out_of_office_has_no_administration():
    first = "Former president Tomas Ardel left the White House."
    assert groups([first, "An administration official said it was late."]) == ["White House"]


def test_a_sheriff_speaks_for_the_county():
    first = "Oldmere County closed the bridge on Monday."
    assert groups([first, "Sheriff Mara Quill said it was late."]) == ["Oldmere County"]


def test_members_speak_for_their_party():
    assert groups("On Monday Democrats said that the bridge was late.") == ["Democratic Party"]


@pytest.mark.parametrize("before", ["", "At a hearing, "])
def test_a_secretary_is_named_without_the_office_wherever_it_stands(before):
    said = f"{before}Secretary of Commerce Linda Roe told lawmakers that the bridge was late."
    assert (speakers(said), groups([said])) == (["Linda Roe"], ["Commerce Department"])


@pytest.mark.parametrize(
    ("office", "group"),
    [
        ("Mayor of Oldmere", "Oldmere"),
        ("Mayor of New York", "New York"),
        ("President of Norway", "Norway"),
        ("Minister for Europe", None),
        ("Minister for Women and Equality", None),
        ("Director of Research", None),
    ],
)
@pytest.mark.parametrize("before", ["", "At a hearing, "])
def test_who_holds_an_office_is_named_without_it_and_speaks_for_its_place(before, office, group):
    said = f"{before}{office} Ann Roe told lawmakers that the bridge was late."
    assert (speakers(said), groups([said])) == (["Ann Roe"], [group])
