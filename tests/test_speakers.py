"""Who speaks in each sentence, and for whom: small texts about people and events that do not exist."""

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from index.speakers import attribute
from index.splitter import split_sentences

PADDING = "The town said that this is the end of the matter and that the rest is known."


def heard(*paragraphs, title=""):
    """(speaker, speaks_for) for each sentence of speech; a paragraph is a list of sentences or one sentence."""
    text, spans = "", []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        for number, sentence in enumerate([paragraph] if isinstance(paragraph, str) else paragraph):
            text += " " if number else ""
            spans.append((len(text), len(text) + len(sentence)))
            text += sentence
    found = attribute(text, spans, title=title)
    assert all((a.start, a.end) in spans for a in found)
    return {text[a.start : a.end]: (a.speaker, a.speaks_for) for a in found}


def speakers(*paragraphs, **options):
    return [speaker for speaker, _ in heard(*paragraphs, **options).values()]


def groups(*paragraphs, **options):
    return [group for _, group in heard(*paragraphs, **options).values()]


def test_the_name_before_the_verb_speaks():
    assert speakers("Mara Quill said the bridge was safe.") == ["Mara Quill"]


def test_the_name_after_the_quotation_speaks():
    assert speakers("“The bridge is safe,” said Mara Quill.") == ["Mara Quill"]
    assert speakers('"The bridge is safe," Mara Quill said on Monday.') == ["Mara Quill"]
    assert speakers("‘The bridge is safe,’ said Mara Quill.") == ["Mara Quill"]
    assert speakers("«The bridge is safe», said Mara Quill.") == ["Mara Quill"]


def test_a_title_before_an_inverted_name_is_no_part_of_it():
    assert speakers("“We will sign,” said Foreign Minister Tomas Ardel, who arrived late.") == ["Tomas Ardel"]


def test_an_apposition_stands_between_name_and_verb():
    sentence = "Mara Quill, chief executive of Harbor Works, said on Monday that it was late."
    assert heard(sentence)[sentence] == ("Mara Quill", "Harbor Works")


def test_a_name_stands_after_the_description():
    sentence = "Utovia's foreign minister, Tomas Ardel, told reporters that talks had failed."
    assert heard(sentence)[sentence] == ("Tomas Ardel", "Utovia")


def test_according_to_names_the_speaker():
    assert speakers("The river rose by a metre, according to the Dover River Authority.") == ["Dover River Authority"]


def test_a_passive_subject_does_not_speak():
    assert speakers("Mara Quill was told that the bridge was safe.") == []


def test_a_study_that_found_something_speaks():
    assert speakers("A study published Tuesday in the journal Bridges found that steel tires.")[0].startswith("study")


def test_a_participle_takes_the_subject_of_its_sentence():
    assert speakers("The Dover River Authority closed the dam, saying it was unsafe.") == ["Dover River Authority"]


def test_a_participle_that_follows_another_verb_tells_nothing_by_itself():
    assert speakers("The toll in Tarn County rose past 50 on Monday as officials began assessing the damage.") == []
    assert speakers("Mara Quell has spent the year asking councils for help.") == []
    for text in (
        "Mara Quell replied by saying the ferry would sail.",
        "Mara Quell sent a letter saying the ferry would sail.",
        "Mara Quell left, later also saying the ferry would sail.",
    ):
        assert speakers(text) == ["Mara Quell"], text


def test_with_somebody_saying_is_its_own_statement():
    assert speakers("Prices rose again, with Mayor Mara Quill calling it “a scandal.”") == ["Mara Quill"]


def test_two_people_in_one_sentence_are_both_given():
    text = "Mara Quill said “no,” but Tomas Ardel said “yes.”"
    found = attribute(text, [(0, len(text))])
    assert [a.speaker for a in found] == ["Mara Quill", "Tomas Ardel"]


def test_two_names_joined_speak_together():
    found = speakers("Mara Quill and Tomas Ardel said they would sign.", "“It is fair,” they said.")
    assert found == ["Mara Quill and Tomas Ardel"] * 2


def test_a_surname_means_the_full_name():
    assert speakers("Mara Quill opened the bridge.", "It is safe, Quill said.") == ["Mara Quill"]


def test_a_surname_means_the_full_name_given_later():
    assert speakers("It is safe, Quill said.", "Mara Quill opened the bridge that day.")[0] == "Mara Quill"


def test_an_acronym_means_the_organisation():
    found = speakers("The Dover River Authority closed the dam.", "The DRA said it was unsafe.")
    assert found == ["Dover River Authority"]


def test_she_is_the_woman_who_spoke_last():
    found = speakers("Mary Quill said no.", "John Ardel, her deputy, left early.", "She said it was over.")
    assert found == ["Mary Quill", "Mary Quill"]


def test_a_place_is_never_he():
    found = speakers("John Ardel said no.", "He moved to Harbor Park last year.", "He said it was quiet.")
    assert found == ["John Ardel", "John Ardel"]


def test_a_role_means_the_person_who_holds_it():
    found = speakers(
        "Foreign Minister Tomas Ardel met Mayor Mara Quill in Dover.", "The minister said that talks went well."
    )
    assert found == ["Tomas Ardel"]


def test_the_company_means_the_organisation_that_spoke():
    found = speakers("Harbor Works Inc. said sales rose.", "The company said it would hire.")
    assert found == ["Harbor Works Inc.", "Harbor Works Inc."]


def test_a_body_with_words_of_its_own_is_no_other_body_that_was_named():
    said = speakers(
        "The Harbour Accident Board opened an inquiry on Monday.",
        "Fourteen people were hurt, the coast health board said.",
        "The board said it would report in May.",
    )
    assert said[0] == "coast health board"
    assert speakers(
        "The Senate Finance Committee met on Monday.", "Two men won the prize, the organizing committee said today."
    ) == ["organizing committee"]


def test_a_description_that_names_nobody_stays_as_it_is():
    sentence = "A spokesperson for Harbor Works said so."
    assert heard(sentence)[sentence] == ("spokesperson for Harbor Works", "Harbor Works")


def test_a_quotation_over_several_sentences_keeps_its_speaker():
    found = speakers(["“We tried.", "We failed.", "We will try again,” Mara Quill said."])
    assert found == ["Mara Quill"] * 3


def test_a_quotation_goes_on_after_its_speaker():
    found = speakers(["“We tried,” Mara Quill said.", "“We failed, and it was nobody's fault but ours.”"])
    assert found == ["Mara Quill"] * 2


def test_a_quotation_runs_over_paragraphs():
    found = speakers("Mara Quill said: “We tried hard.", "“We failed, and it was our own fault.”")
    assert found == ["Mara Quill"] * 2


def test_a_sentence_split_from_its_question_mark_gives_the_speaker():
    found = speakers(["Mara Quill sat down.", "“Is this all?”", "Tomas Ardel said.", "Nobody answered."])
    assert found == ["Tomas Ardel", "Tomas Ardel"]


def test_a_line_after_a_quotation_signs_it():
    found = speakers("Mara Quill said no.", "“It is the best that we ever had.”", "– Tomas Ardel, mayor of Dover")
    assert found == ["Mara Quill", "Tomas Ardel", "Tomas Ardel"]


def test_a_quoted_title_is_not_speech():
    assert speakers("The band played “Harbor Lights” at the gate.") == []


def test_a_transcript_goes_by_its_labels():
    found = heard(
        "Foreign Minister Tomas Ardel of Utovia spoke to us.",
        ["ARDEL: We want this.", "We will sign."],
        "INTERVIEWER: Why now?",
        "ARDEL: Because it is time.",
        "INTERVIEWER: And the rest?",
        "ARDEL: That can wait.",
    )
    assert set(found.values()) == {("Tomas Ardel", "Utovia")}
    assert len(found) == 4


def test_an_interview_is_answered_by_whom_its_title_names():
    found = heard(
        "Talking to Mara Quill, the head of Harbor Works, and to Tomas Ardel was a joy.",
        "Q: How are you?",
        "A: Fine.",
        "Q: And the staff?",
        "A: They love it.",
        title="Mara Quill on bridges",
    )
    assert list(found.values()) == [("Mara Quill", "Harbor Works")] * 2


def test_a_table_of_opening_hours_is_no_transcript():
    assert speakers("Monday: closed", "Tuesday: open", "Monday: closed", "Tuesday: open") == []


def test_titles_before_a_name_say_for_whom():
    assert groups("ORDA Secretary-General Jon Holt said no.") == ["ORDA"]
    assert groups("Citadel spokesman Jon Holt said no.") == ["Citadel"]
    assert groups("Harbor Works founder and CEO Jon Holt said no.") == ["Harbor Works"]


def test_words_after_a_name_say_for_whom():
    assert groups("“No,” said Jon Holt, an associate professor of law at Dover University.") == ["Dover University"]
    assert groups("Jon Holt, who runs Harbor Works, said no.") == ["Harbor Works"]
    assert groups("Jon Holt, Harbor Works operations chief, said no.") == ["Harbor Works"]


def test_what_was_said_for_whom_holds_for_the_whole_article():
    assert groups("“No,” Quill said.", "Mara Quill, head of Harbor Works, left.")[0] == "Harbor Works"


def test_a_demonym_becomes_its_country():
    assert groups("Ukrainian officials said no.") == ["Ukraine"]


def test_an_organisation_speaks_for_itself():
    sentence = "The World Health Organization said in a statement that it was over."
    assert heard(sentence)[sentence] == ("World Health Organization", "World Health Organization")


def test_nobody_behind_a_speaker_is_none():
    assert groups("Mara Quill said no.") == [None]


def test_the_words_and_the_kind_are_kept():
    text = "Mara Quill opened it. “It is safe,” she said."
    (found,) = attribute(text, [(0, 21), (22, len(text))])
    assert (found.speaker, found.as_written, found.kind, found.cue) == ("Mara Quill", "she", "mixed", "say")


def test_another_language_gets_no_speaker():
    text = (
        "Der Minister sagte am Montag, die Regierung werde das Gesetz nicht noch einmal ändern. „Wir bleiben dabei“, "
        "sagte Karl Meier, der Sprecher der Partei in Berlin, vor vielen Zuhörern und Kameras im Saal."
    )
    assert attribute(text, [(0, 88), (88, len(text))]) == []


def test_nothing_is_found_in_nothing():
    assert attribute("", []) == []


def test_time_grows_with_the_text_and_no_faster():
    hostile = ["“" * 100_000, "Board of " * 12_000, "Xa, said " * 12_000, "A. " * 30_000, "x" * 100_000]
    start = time.perf_counter()
    for text in hostile:
        attribute(text, [(0, len(text))])
    assert time.perf_counter() - start < 8


PIECES = 'said the The and of Mara Quill he she , . “ ” " ’s who A: — said. US Dr. ( ) Board -'
WORDS = st.sampled_from([*PIECES.split(), "\n"])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)), st.data())
def test_any_text_and_any_sentences_are_taken(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
    spans = list(pairwise(cuts))
    found = attribute(text, spans, title=text[:20])
    assert all((a.start, a.end) in spans and a.speaker for a in found)
    assert [a.start for a in found] == sorted(a.start for a in found)


def test_a_dateline_is_not_a_speaker_and_an_acronym_does_not_part_a_subject_from_its_verb():
    text = (
        "OLDMERE (Northern Wire): The leaders of the Union of Northern Harbours (UNH) member towns “strongly” "
        "condemned the dumping of ballast water. “We condemn it,” they said in a statement."
    )
    said = attribute(text, split_sentences(text))
    assert [(a.speaks_for, a.speaker.startswith("leaders of the Union")) for a in said] == [
        ("Union of Northern Harbours", True),
        ("Union of Northern Harbours", True),
    ]


def test_what_an_opening_participle_mentions_does_not_speak():
    text = (
        "The mayors met on Monday. Stressing the place of Karrow as a member of the Harbour Council, the mayors called "
        "on it to act."
    )
    said = attribute(text, split_sentences(text))
    assert [a.speaker for a in said] == ["mayors"]


def test_a_line_of_dashes_after_a_quotation_names_nobody() -> None:
    text = "“We will not sell the mill to anybody.”\n\n- - - -\n\nThe mill burned down in May."
    assert not attribute(text, split_sentences(text))


def test_a_name_that_opens_the_sentence_speaks_and_not_what_is_said():
    assert speakers("Mara Quill, a doctor at the hospital, said the worst of it was over.") == ["Mara Quill"]
    assert speakers("Tea prices will fall, said Mara Quill.") == ["Mara Quill"]


def test_an_employer_is_an_organisation_even_with_a_given_name():
    sentence = "“We keep our rating,” Arthur Vale analyst Mara Quill said."
    assert heard(sentence, "Arthur Vale was founded in 1890.")[sentence] == ("Mara Quill", "Arthur Vale")
    lines = ("Gulls coach Bo Tarn said it was late.", "The Harbor Gulls lost. He and the Harbor Gulls play on.")
    assert groups(*lines) == ["Harbor Gulls"]


def test_a_department_of_two_fields_keeps_both():
    assert speakers("The Department of Land and Natural Resources said that the path was closed.") == [
        "Department of Land and Natural Resources"
    ]


def test_a_plural_possessive_is_part_of_an_association_s_name():
    sentence = "Vessmark Teachers’ Association president Ilse Brandt said talks would go on."
    assert heard(sentence)[sentence] == ("Ilse Brandt", "Vessmark Teachers’ Association")


def test_a_number_of_people_is_nobody_s_employer():
    assert groups("Fourteen protesters said they were held.") == [None]


def test_a_spokesman_does_not_speak_for_the_country_named_last():
    assert groups(["The cruise starts in Germany.", "Spokesperson Ivo Ardel said the date was open."]) == [None]


def test_the_union_s_president_speaks_for_the_union_that_the_talk_is_of():
    said = "“They are all very fed up with it,” O’Dale told reporters on Monday."
    lines = ["The Porters Union is ready.", "The union’s new president, Sean O’Dale, won his office last year.", said]
    assert heard(lines, PADDING)[said] == ("Sean O’Dale", "Porters Union")
    said = "The country’s vice prime minister, Ivo Ardel, said that it was urgent."
    assert heard(["Norway asked for help.", said], PADDING)[said] == ("Ivo Ardel", "Norway")


def test_a_name_with_al_before_it_is_called_without_it_too():
    lines = [
        "Qatar’s energy minister Saad al-Mansur said on Monday that gas was dear.",
        "Mansur added that it was late.",
    ]
    assert groups(lines, PADDING)[:2] == ["Qatar", "Qatar"]
    assert speakers(lines, PADDING)[:2] == ["Saad al-Mansur", "Saad al-Mansur"]


def test_whose_turns_are_questions_asks_and_gets_no_words():
    said = [
        "ABC: Mayor, when was it shut?",
        "Quill: On Monday.",
        "ABC: Was it safe?",
        "Quill: It was not safe.",
        "ABC: And who pays?",
        "Quill: The city pays.",
    ]
    opening = "The mayor, Mara Quill, came to the studio for a talk about the bridge and the river, and that was new."
    found = heard(opening, *said)
    assert {who for who, _ in found.values()} == {"Mara Quill"}
    assert not any(sentence.startswith("ABC") for sentence in found)


def test_an_interview_is_answered_by_whom_its_title_names_even_with_a_rare_name():
    said = ["Q: Does it snow?", "A: It snows.", "Q: Does it rain?", "A: It rains."]
    opening = "Amrei Lethe has spent 19 summers on the ice of the valley, and she will be there for the next of them."
    found = speakers(opening, *said, title="Four questions for Amrei Lethe")
    assert found == ["Amrei Lethe", "Amrei Lethe"]


def test_a_short_text_with_few_small_words_is_english_all_the_same():
    text = "Shares of Quill Foods rose 4 percent. Consumers are still eating, chief executive Dan Orme told analysts."
    text += " Orme declined to give guidance for next year, citing weak demand in Norway."
    assert {a.speaker for a in attribute(text, split_sentences(text))} == {"Dan Orme"}


def test_small_words_with_a_capital_are_english_too():
    text = "The singer, 31, shared a photo on Instagram. Lila Quill wrote: “Here we go again.” The photo, taken near "
    text += "Dover Castle by her husband, footballer Marco Orme, got a million hearts by noon."
    assert {a.speaker for a in attribute(text, split_sentences(text))} == {"Lila Quill"}


def test_a_document_is_named_with_who_issued_it():
    assert speakers("The report, released by the Dover Fund, found that prices rose.") == ["Dover Fund report"]
    later = ["A report says the bridge is late.", "The report says it is cheap.", "The Dover Fund wrote the report."]
    assert speakers([*later, "The report says it is safe."])[-1] == "Dover Fund report"


def test_a_statement_is_of_who_made_it():
    said = "“It was late,” said Mara Quill in a statement. "
    assert (
        speakers([said, "The Harbor Authority closed the bridge.", "The statement said it was cheap."])
        == ["Mara Quill"] * 2
    )


def test_it_said_is_of_the_body_that_the_sentence_before_is_about():
    found = speakers(
        "“It breaks the law,” Velby Refuge Board officer Dan Orme told the radio.",
        "Harbor Rights Watch was fiercely critical of the plan.",
        "“The record is well known,” it said.",
    )
    assert found == ["Dan Orme", "Harbor Rights Watch"]
    said = "“It failed the children in its care,” it said."
    for criticised in ("Velby Council was criticised for delays.", "Velby Council was criticised in a statement."):
        assert speakers("The report came out on Monday.", criticised, said) == []
    assert speakers("Dan Orme said no.", "Velby Council issued a statement.", said)[1:] == ["Velby Council"]
    assert speakers("Dan Orme said no.", "Velby Council welcomed the report.", said)[1:] == ["Velby Council"]


def test_who_slams_or_labels_something_as_quoted_speaks_beside_who_defends_it():
    text = (
        "The notes came days after Kiln TV defended the show as “made up,” after Mara Quill slammed its picture of her "
    )
    text += "as “malicious fiction.”"
    assert [a.speaker for a in attribute(text, [(0, len(text))])] == ["Kiln TV", "Mara Quill"]
    assert speakers("Against it was runner Mara Quill, who labelled the ruling as “ridiculous.”") == ["Mara Quill"]
    assert speakers("Shirts branded “made with love by free people” were sold by Acme.") == []
