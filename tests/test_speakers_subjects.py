"""What is the subject of a verb of speech, and what only looks like one: small texts about people who do not exist."""

import pytest
from test_speakers import groups, heard, speakers

from index.speakers import attribute


def test_a_verb_with_an_auxiliary_is_not_inverted():
    sentence = "Meanwhile, the town's deputy chair, Dan Orme, has said the conflict in Oldmere could last for years."
    assert speakers(sentence) == ["Dan Orme"]


def test_a_noun_of_several_things_is_no_verb():
    assert speakers("In several follow-up tweets, Orme suggested that he was serious about leaving.") == ["Orme"]
    assert speakers("Some banks upgraded their Ohio growth forecasts after the change.") == []


def test_a_verb_between_two_nouns_parts_them():
    assert speakers("Utovian officials quickly released Orme and claimed he was part of a plot.") == [
        "Utovian officials"
    ]
    assert speakers("My husband tried the Dover Loops, and said he liked them.") == ["My husband"]


def test_names_in_a_list_speak_together():
    listed = "Ann Marks, Bob Woodley and Cal Ruff"
    assert speakers(f"{listed} wrote that it was late.", "“No,” Marks, Woodley and Ruff said.") == [listed] * 2


def test_a_name_and_an_apposition_are_no_list():
    sentence = "“It was late,” said Mara Quill, Social Welfare and Pensions policy analyst at the Dover Institute."
    assert heard(sentence)[sentence] == ("Mara Quill", "Dover Institute")


def test_a_nickname_belongs_to_the_name():
    sentence = 'Tom "Red" Roe, executive director of the Dover Alliance, an advocacy group, said it was late.'
    assert groups(sentence) == ["Dover Alliance"]
    assert speakers(sentence) == ['Tom "Red" Roe']


def test_whose_words_a_paper_passes_on_speaks_beside_it():
    text = "Officials said the bridge was late, Dover Daily News reported."
    assert {a.speaker for a in attribute(text, [(0, len(text))])} == {"Officials", "Dover Daily News"}


def test_an_office_after_a_possessive_is_one_name():
    assert speakers("It was late, according to the Old Farmer's Almanac.") == ["Old Farmer's Almanac"]


def test_a_party_after_a_state_describes_a_person():
    first = "Sen. Josh Orme, a Republican from Ohio, voted against the bridge on Monday."
    assert speakers([first, "The Ohio Republican said it was too late."]) == ["Josh Orme"]


def test_a_sunday_paper_is_a_paper():
    assert groups("Roe tried to sell the bridge, said Duncan Orme in The Sunday Times.") == ["Sunday Times"]


def test_a_dateline_is_no_part_of_the_first_name():
    for place in ("Oldmere", "Port Dover/Oldmere", "Oldmere, Ruritania"):
        assert speakers(f"{place} (CNN Business) Mara Quill said the bridge was safe.") == ["Mara Quill"]


def test_a_noun_with_a_participle_after_a_preposition_is_no_subject():
    assert speakers("In a video posted to her page, Mara Quill said it was late.") == ["Mara Quill"]


def test_a_subject_with_an_apposition_outweighs_a_name_after_the_verb():
    sentence = "Rep. Mara Quill, D-Ohio, blamed Harbor Works managers for the delay."
    assert speakers(sentence) == ["Mara Quill"]


def test_officials_after_a_comma_are_no_apposition_to_a_place():
    sentence = "Visitors can still see Quill Bay and even Hilary Island, officials from the Harbor Authority said."
    assert speakers(sentence) == ["officials from the Harbor Authority"]


def test_a_date_may_stand_inside_a_subject():
    assert speakers("“It was late,” reads a Sept. 20 Harbor Works post.") == ["Sept. 20 Harbor Works post"]


def test_somebody_may_be_called_by_the_age():
    first = "Coach Mara Quill left Dover United on Monday."
    assert speakers([first, "The 37-year-old said it was late."]) == ["Mara Quill"]


def test_a_short_quotation_goes_on_with_the_sentence_before():
    first = "“The bridge is safe,” said Dan Orme in The Harbor Times."
    assert speakers([first, "But the ferry has been “a disgrace from the start”."]) == ["Dan Orme"] * 2
    assert speakers(first, "The ferry opened as “the Pride of Dover” in May.") == ["Dan Orme"]


def test_a_body_after_a_comma_is_no_apposition_to_a_place():
    sentence = "Snow fell in parts of northern Utovia and the Quill Mountains, the National Snow Service said."
    assert speakers(sentence) == ["National Snow Service"]
    assert speakers("Quill and BTX, the Harbor Office added, will meet again.") == ["Harbor Office"]


def test_whom_somebody_spoke_to_is_not_the_speaker():
    first = "Coach Mara Quill left Dover United on Monday."
    assert speakers([first, "In a statement to the Harbor Mail, the 61-year-old said it was late."]) == ["Mara Quill"]


def test_a_place_closes_an_apposition_without_parting_it():
    sentence = (
        "Jeff Quill, communications director for The Orme Partnership, the group for Dover, Ohio, said it was late."
    )
    assert heard(sentence)[sentence] == ("Jeff Quill", "Orme Partnership")


def test_an_adjective_before_rules_is_no_subject():
    assert speakers("The owners do not know that their land is subject to federal environmental rules.") == []


def test_according_to_a_description_ends_at_the_comma():
    assert speakers("According to activists, Mara Quill faces ten years.") == ["activists"]
    assert speakers("According to the Harbor Service website, Quill Gardens is closed.") == ["Harbor Service website"]
    assert speakers("According to Mara Quill, head of Harbor Works, it was late.") == ["Mara Quill"]


def test_who_is_quoted_as_saying_speaks_rather_than_the_paper():
    assert speakers("“It was late,” Mara Quill was quoted as saying by the Dover Times.") == ["Mara Quill"]
    assert speakers("The Dover Times quoted an official as saying the bridge was late.") == ["official"]


def test_a_statement_before_the_subject_does_not_part_it():
    sentence = "In a statement, Quill & Orme, the maker of Dover hair products said: “It was late.”"
    assert speakers(sentence) == ["Quill & Orme"]


def test_a_pronoun_means_the_subject_before_it_rather_than_who_spoke_earlier():
    said = ["“It will open on Monday,” the mayor, Mary Quill, said.", "She repeated that it was safe."]
    start = "“It is a start,” she said."
    assert speakers(said, ["The union's president, Dorrit Orme, welcomed the date.", start])[-1] == "Dorrit Orme"
    assert speakers(said, ["The union wrote to Dorrit Orme.", start])[-1] == "Mary Quill"
    assert speakers(said, "The union's president, Dorrit Orme, welcomed it.", start)[-1] == "Mary Quill"


def test_any_member_of_parliament_is_nobody_who_was_named():
    first = "Conservative MP Dan Orme left on Monday."
    assert speakers([first, "“They are late,” says an MP who is one of the few to support Orme."]) == ["MP"]


def test_the_ruling_party_rules_nothing():
    sentence = "Yoo Quill of the ruling Harbor Party told reporters that it was late."
    assert heard(sentence)[sentence] == ("Yoo Quill", "Harbor Party")


def test_a_time_that_opens_a_sentence_is_no_subject():
    sentence = "Earlier this month, a group of scientists wrote a letter, calling on the town to close the bridge."
    assert speakers(sentence) == ["group of scientists"]


def test_a_clause_before_the_comma_has_a_speaker_of_its_own():
    text = "While Dan Orme promised that it was safe, Harbor News reported that it was late."
    assert {a.speaker for a in attribute(text, [(0, len(text))])} == {"Dan Orme", "Harbor News"}


def test_two_adjectives_belong_to_one_subject():
    assert speakers("It was late, according to state and local officials.") == ["state and local officials"]


def test_the_name_after_a_description_may_have_a_place():
    assert speakers("The top Democrat on the panel, Rep. Jamie Quill of Ohio, called the inquiry trivial.") == [
        "Jamie Quill"
    ]


def test_a_prince_is_not_who_has_his_name_for_a_given_name():
    said = ["“I am glad,” the prince said.", "“So are we,” Lind said."]
    assert speakers("Prince Oscar met Oscar Lind, the mayor.", *said) == ["Prince Oscar", "Oscar Lind"]


def test_a_sovereign_keeps_the_title_and_the_number():
    said = ["“I am tired,” the king said.", "Queen Maud said she would stay."]
    assert speakers("Utovian King Aldric IV stepped down.", *said) == ["King Aldric IV", "Queen Maud"]


def test_a_title_that_follows_a_given_name_is_the_surname():
    assert groups("“The book is done,” Stephen King said.") == [None]


def test_a_month_before_a_surname_is_a_given_name():
    assert speakers("April Quill, a nurse, said she had not slept.", "It was late, said June Orme.") == [
        "April Quill",
        "June Orme",
    ]
    assert speakers("In April Quill said that it was late.") == ["Quill"]


def test_adjectives_and_roles_may_stand_between_a_description_and_its_name():
    assert speakers("His attorney, public defender Mara Quill, said in court that it was late.") == ["Mara Quill"]


def test_a_spokesman_of_somebody_who_is_not_known_speaks_by_his_description():
    assert speakers("Asked about the bridge, his spokesman said: “It was late.”") == ["his spokesman"]


def test_the_subject_before_a_colon_speaks_what_follows_it():
    first = "“The bridge is safe,” Dan Orme said."
    assert speakers([first, "Mara Quill was blunt: “We gave it away.”"]) == ["Dan Orme", "Mara Quill"]
    assert speakers(first, "The ferry has a name: “Pride of Dover”.") == ["Dan Orme"]


def test_a_verb_with_a_capital_may_go_before_its_subject():
    assert speakers("“It is safe,” Mara Quill said.", "Adds Quill: “We gave it away.”") == ["Mara Quill"] * 2


def test_another_is_not_who_spoke_before():
    assert speakers("“Nobody told us!” shouted one man.", "“It was late,” said another.") == ["one man", "another"]


def test_a_description_that_opens_the_sentence_speaks_and_not_what_is_said():
    said = "A senior official, speaking on Monday, said both sides needed “to cool down”."
    assert speakers(said) == ["senior official"]


def test_a_family_is_no_adverb():
    sentence = "Tomas Ardel left Oldmere on Monday, his family told the Dover Times."
    assert speakers("Tomas Ardel is late.", sentence) == ["Tomas Ardel's family"]


@pytest.mark.parametrize(
    "sentence",
    [
        "A person familiar with the matter confirmed that the bridge was late.",
        "The bridge was late, according to a person familiar with the matter.",
        "“The bridge was late,” said a person familiar with the matter.",
    ],
)
def test_a_source_is_named_with_what_it_is_familiar_with(sentence):
    assert speakers(sentence) == ["person familiar with the matter"]


def test_a_noun_that_is_a_verb_too_is_no_part_of_the_subject():
    assert speakers("The ORDA estimates the bridge cost five crowns.") == ["ORDA"]
    assert speakers("Quill Bank’s economists estimate that the bridge cost five crowns.") == ["Quill Bank’s economists"]


def test_anybody_can_be_accorded_to():
    assert speakers("The bridge was late, according to proponents of the plan.") == ["proponents of the plan"]
    assert speakers("The ferry was late, according to Utovian state media.") == ["Utovian state media"]


def test_per_names_who_says_so():
    assert speakers("Per activists, the bridge was late.") == ["activists"]
    assert speakers("The bridge was late, per several officials, and cost five crowns.") == ["several officials"]
    assert speakers("The bridge costs five crowns, per day, and was late.") == []


def test_allies_and_leaderships_speak():
    assert speakers("Many Quill allies claim that the bridge was safe.") == ["Many Quill allies"]
    assert speakers("The ORDA leadership insists that the bridge was safe.") == ["ORDA leadership"]


def test_who_in_capitals_is_a_body():
    assert speakers("The WHO said in a statement that the bridge was safe.") == ["WHO"]


def test_first_is_an_adverb_before_the_verb():
    assert speakers("The Dover Times first reported the change on Monday.") == ["Dover Times"]


def test_a_kind_of_company_follows_its_name():
    assert speakers("The lights went out on Monday, said the Oldmere Electric power company.") == [
        "Oldmere Electric power company"
    ]


def test_a_clause_that_tells_which_thing_is_meant_is_no_speech():
    assert speakers('Ann Roe called the toll "a tripwire" for something the allies want to prevent.') == ["Ann Roe"]


def test_a_subject_stands_before_a_byname_and_what_is_set_off_by_dashes():
    sentence = (
        "A spokesman for Acme Metals, the company that runs the Dover Pit, formerly known as Orme Pit — the same one "
        "that Roe feared — said it was late."
    )
    assert heard(sentence)[sentence] == ("spokesman for Acme Metals", "Acme Metals")


def test_what_a_company_runs_is_not_what_speaks():
    assert speakers("Harbor Works, the company that runs the Dover Pit, announced that it was late.") == [
        "Harbor Works"
    ]
    assert speakers("A group that looks after horses in Dover Bay warned that it was late.")[0].startswith("group that")


def test_what_is_declined_has_no_part_in_what_follows():
    assert speakers("The shop's management team declined to comment on future building projects.") == []


def test_what_is_expected_of_somebody_is_not_expected_by_it():
    found = speakers("Even with the town now expected to bring in more, Quill said that it was poor.")
    assert found == ["Quill"]
    assert speakers("The clerk met with Mara Quill, who said that it was late.") == ["Mara Quill"]
