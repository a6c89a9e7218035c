"""In which order the passages of a search most likely answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import understand
from assistant.relevance import WEIGHTS, by_relevance
from assistant.training.ranking import NAMES, Found, crossed, fitted, recalls
from index import Article, Hit, Passage, Sentence

TUNNEL = "The tram tunnel under the river is safe and paid for, she told reporters."
HERONS = "Anglers counted ninety herons at the lake on Sunday."


def hit(name, text, title="In brief", speaker=None, score=0.1):
    passage = Passage(name, name, 0, 0, len(text), text, (Sentence(0, len(text), speaker),))
    return Hit(passage, Article.create(text, title), score, None)


def order(question, *hits):
    return [found.passage.id for found in by_relevance(understand(question), hits)]


@pytest.mark.parametrize(
    ("question", "worse", "better"),
    [
        ("Is the tram tunnel safe?", hit("worse", HERONS), hit("better", TUNNEL)),
        (
            "What did Mirela Dostan say about the tram tunnel?",
            hit("worse", TUNNEL, speaker="Pavo Renk"),
            hit("better", TUNNEL, speaker="Mirela Dostan"),
        ),
        (
            "Is the tram tunnel safe?",
            hit("worse", HERONS, title="Is the tram tunnel safe?"),
            hit("better", TUNNEL, title="The safe tunnel"),
        ),
        (
            "What became of the Quillon tunnel?",
            hit("worse", TUNNEL, title="Tunnel news"),
            hit("better", TUNNEL, title="Quillon tunnel"),
        ),
        ("How many herons are there?", hit("worse", "Herons nest by the lake."), hit("better", HERONS)),
        ("Is the tram tunnel safe?", hit("worse", TUNNEL, score=0.05), hit("better", TUNNEL, score=0.2)),
    ],
    ids=[
        "words",
        "speaker",
        "words of its own beside the title",
        "name in the title",
        "a number where one is asked for",
        "search",
    ],
)
def test_a_passage_with_more_of_what_is_asked_comes_first(question, worse, better):
    assert order(question, worse, better) == order(question, better, worse) == ["better", "worse"]


def test_equals_stay_as_the_search_gave_them():
    assert order("Is the tram tunnel safe?", hit("b", TUNNEL), hit("a", TUNNEL)) == ["b", "a"]


@given(st.lists(st.tuples(st.sampled_from([TUNNEL, HERONS]), st.floats(0, 0.23)), max_size=8))
def test_every_hit_stays_and_its_score_falls_along_the_order(found):
    hits = [hit(str(n), text, score=score) for n, (text, score) in enumerate(found)]
    ordered = by_relevance(understand("What did Mirela Dostan say about the tram tunnel?"), hits)
    assert sorted(h.passage.id for h in ordered) == sorted(h.passage.id for h in hits)
    assert [h.score for h in ordered] == sorted((h.score for h in ordered), reverse=True)


def test_fitted_weights_put_the_sign_that_tells_above_one_that_does_not():
    draw = np.random.default_rng(0)
    found = []
    for _ in range(60):
        signs = draw.random((10, len(NAMES)))
        answers = np.arange(10) == signs[:, NAMES.index("voice")].argmax()
        found.append(Found(signs, answers))
    weights = fitted(found)
    assert set(weights) == set(WEIGHTS)
    assert weights["voice"] > 5 * abs(weights["cover"])
    before, after = (figures for _, figures in crossed(found))
    assert after["recall@1"] > 0.7 > 0.3 > before["recall@1"]


def test_recall_counts_questions_with_an_answer_among_the_first():
    found = Found(np.eye(len(NAMES))[:2], np.array([False, True]))
    nothing = Found(np.zeros((0, len(NAMES))), np.zeros(0, bool))
    got = recalls([found, nothing], {NAMES[0]: 1.0})
    assert got == {"recall@1": 0.0, "recall@5": 0.5, "recall@10": 0.5, "recall@20": 0.5}
