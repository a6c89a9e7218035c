"""Articles become sentences and passages of which every character is the article's own."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.records import Article, Sentence
from index.splitter import MAX_SENTENCE, make_passages, split_sentences

PIECES = (
    "The minister resigned. ", "He said: ", '"We will see.', ' It is late." ', "“No comment.", "” ", "Mr. ", "U.S. ",
    "Lt. ", "Lt.", "\n", "\n\n", "\r\n", " \t ", "HEADLINE", "... ", "? ", "3.5 percent", "\u00a0", "\u2028", "\x1c",
    "。", "«Да.» ", "a" * 700, "word " * 90, "; ", "e\u0301", "\U0001f469\u200d\U0001f467",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
SIZES = st.integers(100, 900)


def cut(text, size=550):
    article = Article.create(text, "Any title", path="any")
    sentences = [Sentence(start, end) for start, end in split_sentences(text)]
    return article, sentences, make_passages(article, sentences, size=size)


def quoted(text):
    return [text[start:end] for start, end in split_sentences(text)]


@given(TEXTS)
@example("")
@example("\n\n \n")
@example("x" * 2500)
@example("y " * 1500)
def test_sentences_are_in_order_apart_and_hold_every_character_that_is_not_white_space(text):
    at = 0
    for start, end in split_sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip(), "characters between two sentences"
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip(), "characters after the last sentence"


@given(TEXTS)
def test_no_sentence_is_longer_than_the_longest_allowed(text):
    assert all(end - start <= MAX_SENTENCE for start, end in split_sentences(text))


@given(TEXTS)
def test_a_sentence_never_crosses_a_blank_line(text):
    assert all("\n\n" not in one for one in quoted(text))


@given(TEXTS, SIZES)
def test_passages_are_slices_of_the_article_made_of_all_its_sentences_in_order(text, size):
    article, sentences, passages = cut(text, size)
    assert [s for p in passages for s in p.sentences] == sentences
    for number, passage in enumerate(passages):
        assert passage.number == number
        assert passage.article_id == article.id
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert passage.text == article.text[passage.start : passage.end]
    assert all(one.end <= following.start for one, following in pairwise(passages))
    assert len({p.id for p in passages}) == len(passages)


@given(TEXTS, SIZES)
def test_a_passage_is_within_its_size_unless_it_is_one_sentence(text, size):
    for passage in cut(text, size)[2]:
        assert passage.end - passage.start <= size or len(passage.sentences) == 1


@given(TEXTS, SIZES)
def test_cutting_twice_gives_the_same_passages(text, size):
    assert cut(text, size)[2] == cut(text, size)[2]


def test_a_passage_is_filled_as_far_as_whole_sentences_go():
    text = " ".join(f"Sentence number {i} is here." for i in range(10, 30))
    passages = cut(text, 140)[2]
    assert [len(p.sentences) for p in passages] == [5, 5, 5, 5]


@pytest.mark.parametrize("marks", [("“", "”"), ('"', '"'), ("«", "»")], ids=["curly", "straight", "guillemets"])
def test_a_quotation_that_would_be_broken_begins_the_next_passage(marks):
    before = "The council met for three hours on Monday. The mayor spoke at the very end. "
    inner = "We shall build the bridge. We shall build it in stone."
    size = len(before) + 40
    plain = cut(f"{before}{inner} Then they left.", size)[2]
    assert any(p.text.endswith("We shall build the bridge.") for p in plain), "without the marks it is broken there"
    passages = cut(f"{before}{marks[0]}{inner}{marks[1]} Then they left.", size)[2]
    assert passages[0].text == before.strip()
    assert f"{marks[0]}{inner}{marks[1]}" in passages[1].text


def test_a_quotation_longer_than_a_passage_does_not_leave_passages_half_empty():
    text = "She rose. “" + " ".join(f"This is promise number {i}." for i in range(10, 40)) + "”"
    passages = cut(text, 200)[2]
    assert all(p.end - p.start >= 100 for p in passages[:-1])


def test_a_new_paragraph_closes_a_quotation_that_was_left_open():
    before = "The council met for three hours on Monday. The mayor spoke at the very end. "
    inner = '"We shall build the bridge. We shall build it in stone."'
    open_end = 'He said: "We do not know.'
    text = f"{open_end}\n\n{before}{inner} Then they left."
    passages = cut(text, len(open_end) + 2 + len(before) + 40)[2]
    assert any(inner in p.text for p in passages)


def test_lines_that_a_program_wrapped_are_joined():
    text = (
        "The ministry of transport said on Tuesday that the old bridge over\n"
        "the river would stay closed until the end of the month because of\n"
        "cracks in two of its pillars. Engineers will come back on Friday\n"
        "and look at it again."
    )
    assert quoted(text) == [
        "The ministry of transport said on Tuesday that the old bridge over\nthe river would stay closed until the end "
        "of the month because of\ncracks in two of its pillars.",
        "Engineers will come back on Friday\nand look at it again.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Gov. Mara Quill said on Monday that the dam would hold.",
        "He met Maj. Gen. Ado Renk and Lt. Col. Ivo Stam in Karrow.",
        "The report is by Adm. Sela Orn, Pfc. Bo Tarn and Sens. Ann Lee and Rob Hale.",
    ],
)
def test_a_title_before_a_name_ends_no_sentence(text):
    assert quoted(f"{text} She left.") == [text, "She left."]
    assert quoted(f"{text} It was signed by the Lt.\n\nShe left.")[1:] == ["It was signed by the Lt.", "She left."]


@pytest.mark.parametrize(
    "after", ["Then he left.", "What did he do?", "Many objected.", "For years nothing happened.", "(He was glad.)"]
)
def test_a_title_that_no_name_follows_ends_its_sentence(after):
    assert quoted(f"He is a Lt. {after}") == ["He is a Lt.", after]


def test_a_heading_is_not_joined_with_the_line_below_it():
    lines = [
        "Bridge closed",
        "The old bridge was closed on Tuesday by order of the ministry of transport.",
        "What comes next",
        "Engineers will look at it again.",
    ]
    assert quoted("\n".join(lines)) == lines


def test_one_line_a_paragraph_is_as_good_as_a_blank_line_between():
    lines = ["The first paragraph ends here.", "The second one is a good deal longer than the first one was.", "Third."]
    assert quoted("\n".join(lines)) == quoted("\n\n".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith met Dr. Jones in Washington.",
        "The U.S. economy grew by 3.5 percent.",
        "Gen. Mark Milley spoke to reporters.",
    ],
)
def test_an_abbreviation_or_a_number_does_not_end_a_sentence(text):
    assert quoted(text) == [text]


def test_a_sentence_too_long_is_cut_between_words():
    text = "word, " * 400
    parts = quoted(text)
    assert len(parts) == 3
    assert all(part.startswith("word") and part.endswith(",") for part in parts)


def test_passage_ids_follow_from_the_article_and_change_with_its_content():
    text = "The bridge was closed. Nobody was hurt."
    one = cut(text)[2]
    other = make_passages(Article.create(text, "Any title", path="elsewhere"), one[0].sentences, size=550)
    changed = make_passages(Article.create(text, "Another title", path="any"), one[0].sentences, size=550)
    assert len({one[0].id, other[0].id, changed[0].id}) == 3
