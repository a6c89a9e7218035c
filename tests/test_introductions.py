"""Who is meant by a role, by how an article introduces its speakers: real MiniLM and reader, invented articles."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.candidates import candidates
from assistant.introductions import FEATURES, Signs, introduction, surely_held
from assistant.question import understand
from assistant.reader import reader_of
from assistant.training.examples import Annotated
from assistant.training.introducing import Introduced, first_is_meant, fitted, introduced
from index.records import Article, Hit, Passage, Sentence

TEXT = (
    "“The ferry is late every day,” Orlova told a crowd at the pier.\n\n"
    "The fare rose twice. St. Orrin mayor Mirela Dostan, who grew up on the island, said it would rise again. "
    "“We have no choice,” she said.\n\n"
    "“Nobody asked the islanders,” said Pavo Renk, a lawyer for the forty families who went to court. "
    "Ludmila Orlova runs the bakery at the pier."
)
ARTICLE = Article.create(TEXT, "Ferry fares", url="https://example.org/fares")


def said(speaker, words="said"):
    start = TEXT.index(words)
    return Sentence(start, start + len(words), speaker)


@pytest.fixture(scope="module")
def read():
    return reader_of(None).read


def test_a_speaker_is_introduced_by_the_sentence_that_first_names_him():
    found = introduction(ARTICLE, said("Mirela Dostan"))
    assert TEXT[found.start : found.end].startswith("St. Orrin mayor Mirela Dostan")
    assert TEXT[found.start : found.end].endswith("rise again.")
    assert found.words == "St. Orrin mayor Mirela Dostan , who grew up on the island, said it would rise again."


def test_a_quotation_beside_a_name_does_not_say_who_it_is():
    assert introduction(ARTICLE, said("Pavo Renk")).words.startswith("said Pavo Renk , a lawyer for the forty families")


def test_an_introduction_ends_where_a_quotation_begins():
    text = "“It is ham-fisted,” said Attorney General Eva Renk, “and wrong.”"
    found = introduction(Article.create(text, "Vote"), Sentence(0, len(text), "Eva Renk"))
    assert text[found.start : found.end] == "said Attorney General Eva Renk,"


def test_a_part_of_a_longer_word_is_no_name():
    article = Article.create("Renkova spoke first. Then Renk, the harbour master, spoke.", "Talk")
    found = introduction(article, Sentence(0, 7, "Renk"))
    assert article.text[found.start : found.end] == "Then Renk, the harbour master, spoke."


def test_one_whom_the_text_never_names_so_is_introduced_by_his_own_words():
    here = said("ferry operators", "“We have no choice,” she said.")
    found = introduction(ARTICLE, here)
    assert (found.start, found.end, found.words) == (here.start, here.end, "ferry operators")


@given(before=st.text(max_size=80), after=st.text(max_size=80))
def test_an_introduction_holds_the_name_whatever_stands_around_it(before, after):
    text = f"{before} Mirela Dostan {after}"
    found = introduction(Article.create(text, "Any"), Sentence(0, len(text), "Mirela Dostan"))
    assert "Mirela Dostan" in found.words
    assert text[found.start : found.end] == text[found.start : found.end].strip()
    assert found.start <= text.index("Mirela") < found.end


@pytest.mark.parametrize(
    ("role", "meant"),
    [
        ("the mayor of St. Orrin", "Mirela Dostan"),
        ("the islanders' attorney", "Pavo Renk"),
        ("the owner of the bakery", "Ludmila Orlova"),
    ],
)
def test_the_one_whose_introduction_fits_the_role_is_meant(read, role, meant):
    speakers = ["Mirela Dostan", "Pavo Renk", "Ludmila Orlova"]
    given = [(ARTICLE, said(name), 0.0) for name in speakers]
    surely = dict(zip(speakers, surely_held(role, given, read), strict=True))
    assert max(surely, key=surely.get) == meant


def test_who_is_known_to_hold_the_role_holds_it_and_nothing_is_read_for_him(read):
    names = []

    def noting(question, hits):
        names.extend(hit.passage.text for hit in hits)
        return read(question, hits)

    given = [(ARTICLE, said("Pavo Renk"), 1.0), (ARTICLE, said("Ludmila Orlova"), 0.0), (ARTICLE, said("Pavo Renk"), 1)]
    known, other, again = surely_held("the queen", given, noting)
    assert known == again == 1 > other
    assert names == ["Ludmila Orlova runs the bakery at the pier."]


def test_whose_lawyer_is_asked_for_is_not_the_lawyer_whatever_introduces_him(read):
    given = [(ARTICLE, said("Pavo Renk"), 0.6), (ARTICLE, said("Ludmila Orlova"), 0.0)]
    owner, other = surely_held("Pavo Renk's attorney", given, read)
    assert owner == 0 < other


@pytest.mark.parametrize(
    ("role", "text", "held"),
    [
        ("Pavo Renk's wife", "His daughter, Eva Renk, spoke. “We won,” Eva Renk said.", False),
        ("the wife of Pavo Renk", "Eva Renk, Pavo’s eldest sister, said so.", False),
        ("Pavo Renk's wife", "Eva Renk, the wife of the mayor, said so.", True),
        ("Pavo Renk's mother", "Eva Renk said that her son was brave.", True),
        ("Pavo Renk's lawyer", "His daughter Eva Renk spoke.", True),
        ("Pavo Renk's parents", "Eva Renk, his mother, spoke.", True),
        ("Pavo Renk's wife", "Eva Renk, Renk’s widow and a poet, spoke.", True),
        ("Pavo Renk's sister", "Eva Renk, a mother of six, spoke.", True),
        ("Pavo Renk's mom", "Eva Renk, whose son fell, spoke.", True),
    ],
)
def test_who_is_called_another_relative_is_not_the_one_asked_for(read, role, text, held):
    article = Article.create(text, "Vote in Quillon")
    (surely,) = surely_held(role, [(article, said("Eva Renk"), 0.6)], read)
    assert (surely > 0) is held


def test_an_introduction_is_read_once_however_often_he_speaks(read):
    asked = []

    def counting(question, hits):
        asked.append((question, [hit.passage.text for hit in hits]))
        return read(question, hits)

    surely_held("the mayor", [(ARTICLE, said("Mirela Dostan"), 0.0), (ARTICLE, said("Mirela Dostan"), 0.6)], counting)
    ((question, texts),) = asked
    assert question == "Who is the mayor?"
    assert len(texts) == 1


def test_nobody_who_speaks_is_nothing_to_read(read):
    assert surely_held("the mayor", [], read) == []


def test_of_two_roles_each_candidate_has_a_voice_for_each(read):
    spoken = [said("Mirela Dostan", "said it would rise again"), said("Pavo Renk", "“Nobody asked the islanders,”")]
    hits = [
        Hit(Passage(f"p{n}", ARTICLE.id, n, s.start, s.end, TEXT[s.start : s.end], (whole,)), ARTICLE, 1.0, None)
        for n, s in enumerate(spoken)
        for whole in [replace(s, start=TEXT.rindex("\n", 0, s.start) + 1, end=TEXT.index(".", s.end) + 1)]
    ]
    asked = understand("What did the mayor of St. Orrin and the families' lawyer say about the fares?")
    found = {c.sentence.speaker: c for c in candidates(asked, hits, read)}
    mayor, lawyer = asked.speakers
    assert found["Mirela Dostan"].voices[0] > found["Mirela Dostan"].voices[1], (mayor, lawyer)
    assert found["Pavo Renk"].voices[1] > found["Pavo Renk"].voices[0], (mayor, lawyer)
    assert all(c.voice == max(c.voices) for c in found.values())
    elsewhere = understand("What did the mayor of Quillon say about the fares?")
    assert {c.voice for c in candidates(elsewhere, hits, read)} == {0.0}, "the article does not name Quillon"
    deputy = understand("What did the mayor's deputy say about the fares?")
    of_deputy = {c.sentence.speaker: c.voice for c in candidates(deputy, hits, read)}
    assert of_deputy["Mirela Dostan"] == 0 < of_deputy["Pavo Renk"], "she is introduced as the mayor"


# -- how its weights are made


def signs(**given):
    return Signs(**dict.fromkeys(FEATURES, 0.0) | given)


def test_the_weights_are_learnt_from_who_was_meant():
    found = [
        Introduced("train", [0.0, 0.6], [signs(told=n % 3 / 2), signs(told=0.1, named=1.0)], [n % 3 > 0, n % 3 == 0])
        for n in range(30)
    ]
    weights, bias = fitted(found)
    assert weights["told"] > 1
    assert weights["logit"] == 0
    known = Introduced("train", [1.0], [signs(told=1.0, logit=9.0)], [False])
    assert fitted([*found, known]) == (weights, bias), "who is known to be meant teaches nothing"


def test_how_often_the_likeliest_is_meant_is_told_by_introductions_and_by_names():
    weights = dict.fromkeys(FEATURES, 1.0)
    told = Introduced("held", [0.6, 0.0], [signs(), signs(told=1.0)], [False, True])
    named = Introduced("held", [1.0, 0.0], [signs(), signs(told=1.0)], [True, False])
    assert (first_is_meant([told], weights), first_is_meant([told])) == (1, 0)
    assert first_is_meant([named, named, told, named]) == 0.75
    assert first_is_meant([named], weights) == 1, "who is known to hold the role goes before all"


def test_of_an_annotated_question_those_are_meant_whose_words_answer(tmp_path, embedder):
    with Assistant.open(tmp_path / "a") as assistant:
        assistant.archive.embedder = embedder
        assistant.archive.add_articles([ARTICLE])
        (article,) = (assistant.archive.article(one.id) for one in assistant.archive.listing())
        start = TEXT.index("“Nobody asked")
        spans = ((start, TEXT.index(" Ludmila")),)
        asked = [
            Annotated(str(n), "train", "attribution", question, article, answer)
            for n, (question, answer) in enumerate(
                [
                    ("What did the islanders' attorney say about the fares?", spans),
                    ("What did Pavo Renk say about the fares?", spans),
                    ("What did the islanders' attorney say about the bakery?", ()),
                ]
            )
        ]
        (found,) = introduced(assistant, asked)
    assert found.meant.count(True) == 1
    assert found.signs[found.meant.index(True)].logit == max(one.logit for one in found.signs)
    assert len(found.meant) == len(found.signs) == len(found.voices) > 1


@pytest.mark.parametrize(
    ("text", "at_most"),
    [
        ("Eva Renk left. Renk said she was sorry.", 0.0),
        ("Eva Renk left. Renk said her daughter was sorry.", 0.4),
        ("Eva Renk left. The daughter of Bo Tarn was sorry.", 0.0),
    ],
)
def test_a_relative_is_somebody_of_whom_the_article_tells_as_of_one(read, text, at_most):
    article = Article.create(text, "Title", path="/a")
    said = Sentence(15, len(text), speaker="Eva Renk")
    (voice,) = surely_held("the mother of the pilot", [(article, said, 0.0)], read)
    assert voice <= at_most


@pytest.mark.parametrize(
    ("asked", "name", "text", "held"),
    [
        ("the mayor of Velby", "Bo Renk", "Velby's deputy mayor, Bo Renk, said it was safe.", False),
        ("the mayor of Velby", "Bo Renk", "Former Velby Mayor Bo Renk said it was safe.", False),
        ("the mayor of Velby", "Bo Renk", "Bo Renk, who is running for mayor of Velby, said it.", False),
        ("the mayor of Velby", "Bo Renk", "Bo Renk, a spokesman for the mayor of Velby, said it.", False),
        ("the governor of Zenda", "Bo Renk", "Bo Renk, the lieutenant governor of Zenda, said it.", False),
        ("the Zenda governor", "Bo Renk", "West Zenda Gov. Bo Renk said it to Zenda.", False),
        ("the deputy mayor of Velby", "Ada Orr", "Ada Orr, the mayor of Velby, said it.", False),
        ("the deputy mayor of Velby", "Ada Orr", "Ada Orr, the deputy mayor of Velby, said it.", True),
        ("the harbour master's deputy", "Ada Orr", "Harbour master Ada Orr said it.", False),
        ("Haldane's deputy", "Gerrit Haldane", "Gerrit Haldane said it.", False),
        ("the mayor of Velby", "Bo Renk", "Bo Renk, a geochemist at the Velby Institute, said it.", False),
        ("Ada Orr's brother", "Bo Renk", "Kit Vane's brother Bo Renk said it. Ada Orr left.", False),
        ("the victim's brother", "Bo Renk", "Police met the suspect's brother Bo Renk, who said it.", False),
        ("Ada Orr's brother", "Bo Renk", "Her brother Bo Renk said it.", True),
        ("the mayor", "Ada Orr", "After meeting the governor, Ada Orr said it. Mayor Ada Orr left.", True),
        ("the mayor", "Ada Orr", "Standing beside the sheriff, Ada Orr, the mayor of Velby, said it.", True),
        ("the mayor", "Ada Orr", "Ada Orr, the governor's opponent and mayor of Velby, said it.", True),
        ("the governor", "Ada Orr", "Ada Orr, once mayor of Velby and now governor, said it.", True),
        ("the mayor's deputy", "Bo Renk", "Asked about the mayor, Bo Renk, her deputy, said it.", True),
        ("the mayor's deputy", "Bo Renk", "Bo Renk, the deputy mayor, said it.", True),
    ],
)
def test_who_holds_an_office_or_is_a_relative_is_told_beside_his_name(read, asked, name, text, held):
    article = Article.create(text, "Title", path="/a")
    (voice,) = surely_held(asked, [(article, Sentence(0, len(text), speaker=name), 0.0)], read)
    assert (voice >= 0.5) is held
