"""Several things that a text announces and then tells one by one."""

from dataclasses import fields
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.candidates import Candidate
from assistant.enumerations import MOST, items_after, with_items
from assistant.finding import Evidence
from index import Article, Passage, Sentence, split_sentences

MILL = (
    "The old mill at Velby needs three things, Ada Orr said. The first is a new wheel. It was last mended in 1911. "
    "The second is water, for the brook is dry.\n\n“I have asked for rain,” she added.\n\nThe third thing is grain. "
    "The first visitors come in May."
)
ORDERS = (
    "The town asks people to do this:\n\nBoil the water.\n\nKeep the dogs away from the brook.\n\nCall 555 for help."
    "\n\n“We hope that it is over by June,” Orr said.\n\nThe brook is long."
)
SEVERAL = [
    (MILL, ["The first is a new wheel.", "The second is water, for the brook is dry.", "The third thing is grain."]),
    (ORDERS, ["Boil the water.", "Keep the dogs away from the brook.", "Call 555 for help."]),
    (
        "There are two ways. There’s the bridge, which is old. Another is the ferry. It rains.",
        ["There’s the bridge, which is old.", "Another is the ferry."],
    ),
    ("Two of them fled. The first was caught. The second was not.", []),
    ("The two mills closed. The first Orla Prize was given in 1901. There is a dam.", []),
    ("Orr has worked here for three years. There is the bridge. The second bridge was opened in May.", []),
    ("Two dogs died. The last to go was Rex. Another dog lived.", []),
    ("The mayor said:\n\nWe will rebuild.\n\nWe will not leave.", []),
    ("It is late. The first is a wheel. The second is water.", []),
    ("Orr said:\n\n“The first is a wheel.”\n\nThe second is water.", []),
    ("What to know:\n\nWhere is the race?\n\nIt is in Velby.", []),
    ("She said this:\n\nIt rains.", []),
]


@pytest.mark.parametrize(("text", "items"), SEVERAL, ids=[row[0][:30] for row in SEVERAL])
def test_the_items_of_what_a_sentence_announces(text, items):
    start, end = split_sentences(text)[0]
    assert [text[a:b] for a, b in items_after(text, start, end)] == items


def evidence(text, said, speaker=None):
    article = Article.create(text, "News of Velby", url=f"https://example.org/{len(text)}")
    spans = [Sentence(a, b, speaker) for a, b in split_sentences(text)]
    (sentence,) = (s for s in spans if text[s.start : s.end] == said)
    passage = Passage("p", article.id, 0, 0, len(text), text, tuple(spans))
    known = {f.name: 1.0 for f in fields(Candidate)}
    return Evidence(
        (Candidate(**{**known, "article": article, "passage": passage, "sentence": sentence, "text": said}),)
    )


@pytest.mark.parametrize(
    "said", ["The old mill at Velby needs three things, Ada Orr said.", "The third thing is grain."]
)
def test_who_finds_the_announcement_or_an_item_is_told_them_all_and_nothing_else_of_the_article(said):
    other = evidence("A wheel was sold in Tarn.", "A wheel was sold in Tarn.")
    beside = evidence(MILL, "It was last mended in 1911.")
    told = with_items([other, beside, evidence(MILL, said, "Ada Orr")])
    texts = [one.places[0].text for one in told]
    assert texts == [split_first(MILL), *SEVERAL[0][1], "A wheel was sold in Tarn."]
    assert {one.places[0].sentence.speaker for one in told[:4]} == {"Ada Orr"}


def test_where_no_list_is_wanted_only_what_ends_in_a_colon_is_told_with_what_follows():
    said = "The old mill at Velby needs three things, Ada Orr said."
    assert len(with_items([evidence(MILL, said)], wanted=False)) == 1
    told = with_items([evidence(ORDERS, "The town asks people to do this:")], wanted=False)
    assert [one.places[0].text for one in told] == ["The town asks people to do this:", *SEVERAL[1][1]]


def test_what_stands_beside_a_colon_stays_and_an_item_is_told_once():
    texts = ["The brook is long.", "Boil the water.", "The town asks people to do this:", "It rains in Tarn."]
    found = [evidence("It rains in Tarn." if "Tarn" in text else ORDERS, text) for text in texts]
    told = [one.places[0].text for one in with_items(found, wanted=False)]
    assert told == ["The brook is long.", "The town asks people to do this:", *SEVERAL[1][1], "It rains in Tarn."]


def split_first(text):
    start, end = split_sentences(text)[0]
    return text[start:end]


def test_evidence_that_announces_nothing_stays_as_it_is():
    told = [evidence(MILL, "It was last mended in 1911."), evidence("It rains in Tarn.", "It rains in Tarn.")]
    assert with_items(told) == tuple(told)


PIECES = st.sampled_from(
    [
        "It needs three things.",
        "Do this:",
        "The first is rain.",
        "Another is hay.",
        "“Go,” he said.",
        "Wait",
        "\n",
        "\n\n",
    ]
)


@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_items_are_whole_slices_after_the_announcement_in_their_order(text):
    for start, end in split_sentences(text):
        items = items_after(text, start, end)
        assert len(items) <= MOST
        assert all(end <= a < b <= len(text) and text[a:b] == text[a:b].strip() != "" for a, b in items)
        assert all(one[1] <= other[0] for one, other in pairwise(items))
