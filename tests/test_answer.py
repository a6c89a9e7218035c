"""An answer's promise: what is quoted is in its article, character for character."""

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, AsOf, BrokenPromise, Citation, Statement
from assistant.candidates import Candidate
from assistant.citing import checked
from assistant.composing import compose
from assistant.finding import Evidence, Finding
from assistant.question import understand
from index.records import Article, Passage, Sentence

TEXT = "The mayor opened the bridge. “It will hold,” she said. Nobody drove over it."
QUOTE = "“It will hold,” she said."
START = TEXT.index(QUOTE)
ARTICLE = Article.create(
    TEXT, "Bridge opened", url="https://example.org/bridge", source="Harbour Post", published=date(2024, 7, 10)
)
ASKED = understand("What did the mayor say about the bridge?")


def citation(number=1, quote=QUOTE):
    start = TEXT.index(quote)
    return Citation(number, ARTICLE, start, start + len(quote), quote, "Mirela Dostan")


def answer(**changed):
    whole = Answer("q", "q", True, f"Dostan: {QUOTE} [1]", (Statement(QUOTE, (1,)),), (citation(),))
    return replace(whole, **changed)


def candidate(article, start, end, speaker=None):
    sentence = Sentence(start, end, speaker)
    passage = Passage(f"{article.id}-0", article.id, 0, 0, len(article.text), article.text, (sentence,))
    given = {"article": article, "passage": passage, "sentence": sentence, "text": article.text[start:end]}
    return Candidate(**given, **{f.name: 1.0 for f in fields(Candidate) if f.name not in given})


@pytest.mark.parametrize("at", range(len(QUOTE)))
def test_a_quote_with_one_character_altered_cannot_be_cited(at):
    altered = QUOTE[:at] + "#" + QUOTE[at + 1 :]
    with pytest.raises(BrokenPromise, match=f"{START}:{START + len(QUOTE)}"):
        Citation(1, ARTICLE, START, START + len(QUOTE), altered)


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 0), (1, 0), (0, -1), (0, 1), (1, 1)], ids=["before", "after", "short", "long", "both"]
)
def test_a_quote_a_character_off_its_place_cannot_be_cited(start, end):
    with pytest.raises(BrokenPromise):
        Citation(1, ARTICLE, START + start, START + len(QUOTE) + end, QUOTE)


def test_straight_quotation_marks_are_not_curly_ones():
    with pytest.raises(BrokenPromise):
        Citation(1, ARTICLE, START, START + len(QUOTE), QUOTE.replace("“", '"').replace("”", '"'))


def test_nothing_cannot_be_cited():
    with pytest.raises(BrokenPromise):
        Citation(1, ARTICLE, 4, 4, "")


def test_a_whole_answer_passes():
    assert checked(answer()) == answer()


@pytest.mark.parametrize(
    "changed",
    [
        {"statements": (Statement(QUOTE, (2,)),)},
        {"statements": (Statement(QUOTE, (1, 2)),), "text": f"{QUOTE} [1][2]"},
        {"citations": (citation(), citation(2, "Nobody drove over it."))},
        {"citations": ()},
        {"citations": (citation(2),), "statements": (Statement(QUOTE, (2,)),), "text": f"{QUOTE} [2]"},
        {"statements": (Statement(QUOTE.replace("will", "may"), (1,)),)},
        {"text": f"{QUOTE.replace('will', 'may')} [1]"},
        {"text": QUOTE},
        {"text": f"{QUOTE} [2]"},
    ],
    ids=[
        "a marker that is no citation's",
        "a second marker that is no citation's",
        "a citation that nothing uses",
        "a statement with no citation",
        "numbers not from 1 on",
        "an altered statement",
        "an altered text",
        "a text without markers",
        "a text with another marker",
    ],
)
def test_a_broken_answer_is_refused(changed):
    with pytest.raises(BrokenPromise):
        checked(answer(**changed))


@st.composite
def findings(draw):
    evidence = []
    for text in draw(st.lists(st.text(min_size=1, max_size=120), min_size=1, max_size=3)):
        article = Article.create(text, "A title", source=draw(st.sampled_from(["Harbour Post", "Northern Wire", None])))
        for _ in range(draw(st.integers(1, 3))):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            places = (candidate(article, start, end, draw(st.sampled_from([None, "Mirela Dostan", "Pavo Renk"]))),)
            evidence.append(Evidence(places * draw(st.integers(1, 2))))
    return Finding(tuple(evidence), ())


@given(findings())
def test_every_quote_of_every_composed_answer_is_a_slice_of_its_article(finding):
    composed = compose("q", ASKED, finding, near_misses=3)
    assert len(composed.statements) == len(finding.evidence)
    for c in composed.citations:
        assert c.quote == c.article.text[c.start : c.end] != ""
    for statement in composed.statements:
        assert statement.text + " " + "".join(f"[{n}]" for n in statement.citations) in composed.text
        assert all(composed.citations[n - 1].quote == statement.text for n in statement.citations)
    chosen = sorted((p.article.id, p.sentence.start, p.sentence.end) for e in finding.evidence for p in e.places)
    assert sorted((c.article.id, c.start, c.end) for c in composed.citations) == chosen


def test_the_words_of_one_speaker_in_one_article_stand_together_under_one_head():
    text = "One thing was said. Another thing was said. A third was said."
    article = Article.create(text, "t", source="Harbour Post", published=date(2024, 7, 1))
    spans = [(44, len(text), "Dostan"), (20, 43, "Renk"), (0, 19, "Dostan")]
    composed = compose(
        "q", ASKED, Finding(tuple(Evidence((candidate(article, *span),)) for span in spans), ()), near_misses=3
    )
    assert composed.text == (
        "Dostan (Harbour Post, 1 July 2024):\nOne thing was said. [1]\nA third was said. [2]\n"
        "Renk (Harbour Post, 1 July 2024):\nAnother thing was said. [3]"
    )


def test_an_unknown_date_is_said_to_be_unknown():
    article = Article.create("One thing was said.", "t", source="Harbour Post")
    composed = compose("q", ASKED, Finding((Evidence((candidate(article, 0, 19),)),), ()), near_misses=3)
    assert composed.text.startswith("Harbour Post, date unknown:")
    assert composed.as_of == AsOf(None, None)


def test_a_declined_answer_shows_no_more_near_misses_than_asked_for():
    nearest = tuple(candidate(ARTICLE, i, i + 9) for i in range(5))
    declined = compose("q", ASKED, Finding((), nearest, missing=("Brazil",)), near_misses=2)
    assert not declined.answered
    assert declined.statements == declined.citations == ()
    assert [c.number for c in declined.near_misses] == [1, 2]
    assert "Brazil" in declined.text


def test_as_of_spans_the_cited_articles():
    later = Citation(2, replace(ARTICLE, published=date(2024, 8, 1)), START, START + len(QUOTE), QUOTE)
    undated = Citation(3, replace(ARTICLE, published=None), START, START + len(QUOTE), QUOTE)
    assert answer(citations=(later, undated, citation())).as_of == AsOf(date(2024, 7, 10), date(2024, 8, 1))


def test_an_answer_is_json():
    shown = json.loads(json.dumps(answer().to_dict()))
    assert shown["citations"][0]["quote"] == TEXT[shown["citations"][0]["start"] : shown["citations"][0]["end"]]
    assert shown["citations"][0]["published"] == "2024-07-10"
    assert shown["statements"] == [{"text": QUOTE, "citations": [1], "support": ["verbatim"]}]
    assert shown["written_by"] is None
    assert shown["as_of"] == {"oldest": "2024-07-10", "newest": "2024-07-10"}


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        ({"silent": "Ann Roe"}, "No words of Ann Roe on this were found."),
        ({"silent": "Ann Roe", "elsewhere": True}, "In the passages found, Ann Roe is quoted on other things only."),
        ({"silent": "Ann Roe", "others": ("Jon Holt", "ORDA")}, "the passages found quote Jon Holt and ORDA."),
    ],
    ids=["silent", "on other things", "others"],
)
def test_a_declined_answer_says_why(finding, words):
    declined = compose("q", ASKED, Finding((), (), **finding), near_misses=2)
    assert not declined.answered
    assert words in declined.text


@pytest.mark.parametrize("speaker", ["38 people", "Two companies", "some residents"])
def test_speakers_of_whom_only_their_number_is_known_head_nothing(make_article, speaker):
    article = make_article("Trains were late again, they said on Monday.", source="Post")
    crowd = candidate(article, 0, len(article.text), speaker)
    composed = compose("q", ASKED, Finding((Evidence((crowd,)),), ()), near_misses=3)
    assert composed.text.startswith("Post, ")
    assert composed.citations[0].speaker == speaker


@pytest.mark.parametrize("speaker", ["Six Flags", "7-Eleven", "Two NATO officials", "one-eyed Quill"])
def test_a_name_that_begins_with_a_number_heads_its_words(make_article, speaker):
    article = make_article("Trains were late again, they said on Monday.", source="Post")
    named = candidate(article, 0, len(article.text), speaker)
    composed = compose("q", ASKED, Finding((Evidence((named,)),), ()), near_misses=3)
    assert composed.text.startswith(f"{speaker} (Post")


def test_a_description_begins_its_line_with_a_capital(make_article):
    article = make_article("The crossing is safe, the harbour master said on Monday.", source="Post")
    speaker = candidate(article, 0, len(article.text), "harbour master")
    composed = compose("q", ASKED, Finding((Evidence((speaker,)),), ()), near_misses=3)
    assert composed.text.startswith("Harbour master (Post")
    assert composed.citations[0].speaker == "harbour master"
