"""Quiz questions as examples: which are used, what of the archive may answer, what one step makes of it."""

import json
import random
from dataclasses import replace

import pytest
import torch

from assistant import Assistant, Settings
from assistant.layout import Layout
from assistant.measures import BARS, KINDS, MEASURES, WEIGHTS
from assistant.training.examples import Examples, Place
from assistant.training.fitting import SHOWN, _endless, loss_of, show
from assistant.training.quizzes import LIKELY, Quizzed, make_quiz_examples, quizzes
from assistant.training.weighing import by_kind, pose_quiz, reader_first, tables
from index import Archive, Article, packaged_model

ASKED = "Which bird was counted at the lake near Dorsk this week?"
TOLD = "Anglers at the lake near Dorsk counted ninety herons this week, more than ever."
ASIDE = "The school band, which calls itself The Grey Herons, will play in the market hall on Sunday."
FILLER = "The harbour office will repaint its benches in the spring, as it does every year before the season."
ROWS = [
    {"id": "1", "question": ASKED, "answer": "“Herons”"},
    {"id": "2", "question": "Which <i>bird</i> was counted at the lake near Dorsk this week?", "answer": "Herons"},
    {"id": "3", "question": "Which hall, the market hall or the old one, leaks?", "answer": "The market hall"},
    {"id": "4", "question": "All of these birds nest at the lake except:", "answer": "Gulls"},
    {"id": "5", "question": "Which fish was banned from the lake?", "answer": "Pike"},
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory, embedder):
    with Archive.open(tmp_path_factory.mktemp("quizzes") / "a") as opened:
        opened.embedder = embedder
        opened.add_articles(
            [
                Article.create(f"{FILLER}\n\n{TOLD}", "Birds of the lake", url="https://example.org/birds"),
                Article.create(f"{ASIDE} {FILLER}", "Music", url="https://example.org/music"),
                Article.create("\n\n".join([FILLER] * 9), "Benches", url="https://example.org/benches"),
            ]
        )
        yield opened


@pytest.fixture(scope="module")
def examples(archive):
    asked = [Quizzed("1", "train", ASKED, "Herons"), Quizzed("2", "train", "Who won the regatta?", "Olla Brenn")]

    def read(question, hits):
        return [[-3.0] * len(hit.passage.sentences) for hit in hits]

    return make_quiz_examples(archive, Layout(packaged_model()), asked, read)


@pytest.fixture(scope="module")
def texts(archive):
    articles = (archive.article(one.id) for one in archive.listing())
    return {p.id: a.text[p.start : p.end] for a in articles for p in archive.passages_of(a)}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "quiz.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    return path


def test_a_question_is_used_once_and_not_when_it_gives_the_answer_away_or_asks_for_what_is_not_so(file):
    assert [(q.id, q.question, q.answer) for q in quizzes(file)] == [
        ("1", ASKED, "Herons"),
        ("5", "Which fish was banned from the lake?", "Pike"),
    ]


@pytest.mark.parametrize("kept_out", [{"id": "5", "question": "?"}, {"id": "9", "question": ROWS[4]["question"]}])
def test_a_question_to_be_kept_unseen_is_known_by_its_id_or_its_words(file, tmp_path, kept_out):
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(kept_out), "utf-8")
    assert [q.id for q in quizzes(file, [other])] == ["1"]


def test_the_split_of_a_question_depends_on_its_words_alone(file, tmp_path):
    turned = tmp_path / "turned.jsonl"
    turned.write_text("".join(json.dumps(row) + "\n" for row in reversed(ROWS)), "utf-8")
    assert {q.question: q.split for q in quizzes(file)} == {q.question: q.split for q in quizzes(turned)}


def test_a_question_whose_answer_is_not_found_is_left_out(examples):
    assert [e.id for e in examples.examples] == ["1"]


def test_only_a_sentence_on_the_topic_that_holds_the_answer_may_give_it(texts, examples):
    (example,) = examples.examples
    answering = [p for p in example.places if any(p.answers)]
    assert not example.sure
    assert 1 <= len(answering) <= LIKELY
    assert all(TOLD in texts[p.passage] for p in answering)


def test_a_passage_that_holds_the_answer_off_the_topic_is_not_held_to_be_wrong(texts, examples):
    (example,) = examples.examples
    assert any(ASIDE in text for text in texts.values())
    assert not any(ASIDE in texts[p.passage] for p in example.places)


def test_a_step_shows_as_many_passages_as_there_are_up_to_the_most(examples):
    shown = show(examples.examples[0], examples.parts, random.Random(0))
    assert not shown.sure
    assert len(shown.laid) == min(SHOWN, len(examples.examples[0].places))


def test_one_of_those_that_may_answer_is_enough():
    answers = torch.tensor([1.0, 1.0, 0.0])
    one, none = torch.tensor([4.0, -6.0, -6.0]), torch.tensor([-6.0, -6.0, -6.0])
    assert loss_of(one, answers, sure=False) < 0.1 < loss_of(one, answers)
    assert loss_of(none, answers, sure=False) > 1


def test_where_nothing_may_answer_the_loss_is_that_of_a_question_without_answer():
    logits = torch.tensor([0.3, -2.0])
    assert loss_of(logits, torch.zeros(2), sure=False) == loss_of(logits, torch.zeros(2))


def test_an_example_is_shown_as_often_as_its_kind_is_given(examples):
    (example,) = examples.examples
    rare = Examples([example], {}).examples[0]
    drawn = _endless([example, rare], [3.0, 0.0], random.Random(0))
    assert [next(drawn) is example for _ in range(6)] == [True] * 6


def test_two_sets_of_examples_are_one(examples):
    both = examples + Examples([], {"p": ([], [], [])})
    assert len(both.examples) == len(examples.examples)
    assert "p" in both.parts
    assert isinstance(both.examples[0].places[0], Place)


def test_a_quiz_question_is_weighed_by_the_sentences_that_may_give_its_answer(archive, reader):
    assistant = Assistant(archive, Settings(), reader)
    posed = pose_quiz(assistant, Quizzed("1", "held", ASKED, "Herons"))
    assert posed.gold.evidence == (("https://example.org/birds", TOLD),)
    assert [c.text for c, a in zip(posed.found, posed.answers, strict=True) if a] == [TOLD]
    assert by_kind([posed]) == {"speech": [], "list": [], "value": [], "fact": [posed]}


def test_the_readers_first_choice_is_told_by_set_where_any_sentence_answers(archive, reader):
    posed = pose_quiz(Assistant(archive, Settings(), reader), Quizzed("1", "held", ASKED, "Herons"))
    right, other = (replace(c, logit=x) for c, x in zip(posed.found[:2], (1.0, 0.0), strict=True))
    first = replace(posed, found=[right, other], answers=[True, False])
    second = replace(first, answers=[False, True])
    nothing = replace(first, answers=[False, False])
    apart = replace(second, set="desk")
    assert reader_first([first, second, nothing, apart]) == {posed.set: (0.5, 2), "desk": (0.0, 1)}


def test_a_quiz_question_of_which_no_candidate_gives_the_answer_is_not_weighed(archive, reader):
    assert pose_quiz(Assistant(archive, Settings(), reader), Quizzed("2", "held", ASKED, "Gulls")) is None


def test_the_printed_tables_are_those_of_the_measures():
    kept = {}
    exec(tables([MEASURES[kind] for kind in KINDS]), kept)
    assert (kept["WEIGHTS"], kept["BARS"]) == (WEIGHTS, BARS)


def test_a_quiz_question_with_a_speaker_is_weighed_with_no_kind(archive, reader):
    asked = "What did anglers say about the lake near Dorsk this week?"
    posed = pose_quiz(Assistant(archive, Settings(), reader), Quizzed("3", "held", asked, "Herons"))
    assert posed.question.speakers
    assert by_kind([posed]) == {"speech": [], "list": [], "value": [], "fact": []}
