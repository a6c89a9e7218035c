"""`dateline evaluate`: answers scored against what is known, retrieval by its ranks, and figures of both."""

import json
import sys
from datetime import date
from math import log2
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import index.archive
from assistant import Assistant
from assistant.answer import Answer, Citation, Statement
from assistant.cli import main
from assistant.evaluation import BadQuestion, Gold, Quiz, evaluate, picture, ranking, read_questions, scoring
from assistant.evaluation.ranking import Ranking
from index.records import Article

SAMPLES_GOLD = Path(__file__).with_name("samples-gold.jsonl")
URL = "https://example.org/weir"
TEXT = (
    "The weir at Sallow Mill will be taken down in March, the river board said. "
    "“Eels will reach the lake again,” said its head, Ines Valk. Anglers are against it."
)
FIRST, SECOND = TEXT[: TEXT.index("“") - 1], TEXT[TEXT.index("“") : TEXT.index(" Anglers")]
ARTICLE = Article.create(TEXT, "Weir to go", url=URL)


def gold(**changed):
    known = {
        "id": "g",
        "question": "What did the river board say about the weir?",
        "history": (),
        "type": "attribution",
        "split": None,
        "asked_on": None,
        "answerable": True,
        "evidence": ((URL, FIRST),),
        "must": (("in March", "next spring"), ("Sallow Mill",)),
        "must_not": ("in May",),
    }
    return Gold(**{**known, **changed})


def answer(*quotes, article=ARTICLE, text=None, answered=True):
    starts = [article.text.index(quote) for quote in quotes]
    cited = tuple(
        Citation(n, article, start, start + len(quote), quote)
        for n, (quote, start) in enumerate(zip(quotes, starts, strict=True), 1)
    )
    statements = tuple(Statement(c.quote, (c.number,)) for c in cited)
    return Answer("q", "q", answered, " ".join(quotes) if text is None else text, statements, cited)


def test_an_answer_of_the_gold_sentence_alone_is_perfect():
    score = scoring.score(gold(), answer(FIRST))
    assert (score.facts, score.precision, score.recall, score.wrong, score.desk) == (1, 1, 1, False, 1)


def test_the_desk_score_is_the_harmonic_mean_of_facts_and_precision():
    score = scoring.score(gold(must=(("in March",), ("eel ladder",))), answer(FIRST, SECOND))
    quoted = len(scoring.words(FIRST)) + len(scoring.words(SECOND))
    precision = len(scoring.words(FIRST)) / quoted
    assert score.facts == 0.5
    assert score.precision == pytest.approx(precision)
    assert score.desk == pytest.approx(2 * 0.5 * precision / (0.5 + precision))


def test_a_wrong_string_makes_an_answer_worthless():
    score = scoring.score(gold(), answer(FIRST, text=f"{FIRST} Others say in  May."))
    assert score.wrong
    assert score.desk == 0


def test_declining_is_right_only_where_nothing_answers():
    declined = answer(text="The articles do not say.", answered=False)
    assert scoring.score(gold(), declined).desk == 0
    named = answer(text=f"The articles do not say. None mentions {gold().must[0][0]}.", answered=False)
    assert scoring.score(gold(), named).facts == 0
    assert scoring.score(gold(answerable=False, evidence=(), must=()), declined).desk == 1
    assert scoring.score(gold(answerable=False, evidence=(), must=()), answer(FIRST)).desk == 0


def test_the_gold_words_of_another_article_are_no_evidence():
    elsewhere = Article.create(TEXT, "Weir to go", url="https://example.org/copy")
    assert scoring.score(gold(), answer(FIRST, article=elsewhere)).precision == 0


def test_an_article_without_url_is_known_by_its_path_or_file_name():
    printed = Article.create(TEXT, "Weir to go", path="/news/weir.txt")
    for place in ("/news/weir.txt", "weir.txt"):
        assert scoring.score(gold(evidence=((place, FIRST),)), answer(FIRST, article=printed)).precision == 1


def test_four_words_in_common_are_chance_and_five_are_not():
    other = "Nobody knows what happens next".split()
    assert not any(scoring.covered("one two three four x".split(), "one two three four y z".split()))
    assert scoring.covered("one two three four five x".split(), "one two three four five y".split()) == [True] * 5 + [
        False
    ]
    assert scoring.covered(other, other) == [True] * 5


def test_quotation_marks_dashes_case_and_spaces_do_not_count():
    assert scoring.plain("“It’s  off” –\n now") == '"it\'s off" - now'


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_a_mark_stands_for_each_word_and_only_for_words_of_both(words, other):
    marks = scoring.covered(words, other)
    assert len(marks) == len(words)
    assert {word for word, mark in zip(words, marks, strict=True) if mark} <= set(other)


@pytest.mark.parametrize(
    ("known", "right"), [("Valk", True), ("val", False), ("ines  VALK", True), ("68%", False), ("“eels", True)]
)
def test_a_quiz_answer_counts_as_whole_words_in_either_case(known, right):
    quiz = Quiz("q", "Who heads the river board?", (), "quiz", None, None, known)
    assert scoring.score_quiz(quiz, answer(SECOND)).right is right


def test_a_declined_answer_is_not_right_whatever_words_it_has():
    quiz = Quiz("q", "Who?", (), "quiz", None, None, "Valk")
    assert not scoring.score_quiz(quiz, answer(text="Nothing on Valk.", answered=False)).right


def test_the_figures_are_means_over_the_questions_that_they_are_about():
    can, cannot = gold(), gold(answerable=False, evidence=(), must=())
    declined = answer(text="The articles do not say.", answered=False)
    figures = scoring.figures(
        [
            (can, scoring.score(can, answer(FIRST))),
            (can, scoring.score(can, declined)),
            (cannot, scoring.score(cannot, declined)),
        ]
    )
    assert figures["desk"] == pytest.approx(2 / 3)
    assert (figures["facts"], figures["recall"], figures["precision"]) == (0.5, 0.5, 1)
    assert (figures["declined"], figures["refused"], figures["wrong"]) == (0.5, 1, 0)
    assert figures["word_f1"] == pytest.approx(2 / 3)  # precision 1, recall 1/2
    assert figures["words"] == len(scoring.words(FIRST))


def test_a_figure_that_no_question_is_about_is_none():
    can = gold()
    assert scoring.figures([(can, scoring.score(can, answer(FIRST)))])["refused"] is None


def test_a_ranking_is_judged_by_where_the_relevant_passages_are():
    found = Ranking.of(["a", "x", "b", *"cdefghij"], {"x", "b", "missing"})
    assert found.ranks == (2, 3)
    assert [found.within(k) for k in (1, 2)] == [False, True]
    assert found.reciprocal == 0.5
    ideal = 1 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert found.gain == pytest.approx((1 / log2(3) + 1 / log2(4)) / ideal)


def test_only_the_first_twenty_passages_are_looked_at():
    late = Ranking.of([f"p{n}" for n in range(1, 31)], {"p20", "p21"})
    assert late.ranks == (20,)
    assert late.gain == 0
    figures = ranking.figures([late, Ranking.of(["p1"], {"p1"})])
    assert [figures[f"recall@{k}"] for k in (1, 5, 10, 20)] == [0.5, 0.5, 0.5, 1]
    assert figures["mrr"] == pytest.approx((1 + 1 / 20) / 2)


GOOD = {
    "id": "1",
    "type": "factoid",
    "question": "When?",
    "answerable": True,
    "evidence": [{"url": "u", "quotes": ["q"]}],
    "must": [["m"]],
}


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("{no json", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": "2", "question": "Who?"}', "neither what answers"),
        ({**GOOD, "id": "2", "question": " "}, "'question'"),
        ({**GOOD, "id": "2", "history": "Where?"}, "'history'"),
        ({**GOOD, "id": "2", "answerable": "yes"}, "'answerable'"),
        ({**GOOD, "id": "2", "must": ["m"]}, "'must'"),
        ({**GOOD, "id": "2", "must": []}, "no 'evidence' or no 'must'"),
        ({**GOOD, "id": "2", "evidence": ["u"]}, "'evidence'"),
        ({**GOOD, "id": "2", "evidence": [{"quotes": ["q"]}]}, "'url'"),
        ({**GOOD, "id": "2", "split": 5}, "'split'"),
        (GOOD, "id '1'"),
        ({"id": "2", "question": "Who?", "answer": 7}, "'answer'"),
    ],
)
def test_a_bad_line_is_named_by_file_line_fault_and_remedy(tmp_path, bad, fault):
    file = tmp_path / "gold.jsonl"
    line = bad if isinstance(bad, str) else json.dumps(bad)
    file.write_text(f"{json.dumps(GOOD)}\n\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl:3") as error:
        read_questions(file)
    assert fault in str(error.value)
    assert "a line" in str(error.value)


def test_a_file_without_questions_is_refused(tmp_path):
    (tmp_path / "gold.jsonl").write_text("\n", "utf-8")
    with pytest.raises(BadQuestion, match="holds no question"):
        read_questions(tmp_path / "gold.jsonl")


def test_each_line_says_by_its_keys_which_kind_of_question_it_is(tmp_path):
    file = tmp_path / "both.jsonl"
    quiz = {"id": "2", "question": "Who?", "choices": ["A", "B"], "answer": "A"}
    file.write_text(f"{json.dumps(GOOD)}\n{json.dumps(quiz)}\n", "utf-8")
    assert [type(q) for q in read_questions(file)] == [Gold, Quiz]


@pytest.fixture(scope="module")
def samples(embedder, tmp_path_factory):
    """An archive of the sample articles, and the command that meets the model which is loaded already."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(index.archive, "Embedder", lambda name: embedder)
        folder = tmp_path_factory.mktemp("samples") / "a"
        with Assistant.open(folder) as assistant:
            assistant.add(Assistant.samples())
        yield folder


@pytest.fixture(scope="module")
def questions(tmp_path_factory):
    """The first sample question of each type, a quiz question, and one on an article that is not there."""
    rows = [json.loads(line) for line in SAMPLES_GOLD.read_text("utf-8").split("\n") if line.strip()]
    first = {row["type"]: row for row in reversed(rows)}
    kept = [{**row, "split": "tuned" if n % 2 else "held out"} for n, row in enumerate(first.values())]
    quiz = {"id": "quiz", "question": "Which alliance warned Iran about missiles?", "answer": "NATO", "split": "tuned"}
    absent = {**GOOD, "id": "absent", "question": "When does the Osk lock open?"}
    file = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in [*kept, quiz, absent]), "utf-8")
    return file


@pytest.fixture(scope="module")
def evaluation(samples, questions):
    told = []
    with Assistant.open(samples) as assistant:
        found = evaluate(assistant, read_questions(questions), progress=lambda *step: told.append(step))
    total = len(found.results)
    assert told == [("asking", n, total) for n in range(1, total + 1)]
    return found


def test_the_figures_of_the_whole_are_those_of_its_results(evaluation):
    figures = evaluation.figures()
    assert figures["questions"] == len(evaluation.results)
    scores = [r.score for r in evaluation.results if isinstance(r.question, Gold)]
    assert figures["desk"] == pytest.approx(sum(s.desk for s in scores) / len(scores))
    assert 0 < figures["ask_median"] <= figures["ask_p95"]
    assert 0.5 < figures["recall@20"] <= 1
    assert figures["hit@20"] == 1


def test_types_and_splits_share_out_the_questions(evaluation):
    by_type = evaluation.by_type()
    assert by_type.pop("all") == evaluation.figures()
    assert sum(f["questions"] for f in by_type.values()) == len(evaluation.results)
    assert sum(f["questions"] for f in evaluation.by_split().values()) == len(evaluation.results) - 1
    assert "desk" not in by_type["quiz"]


def test_a_question_on_an_article_that_is_not_there_is_named_and_counts(evaluation):
    assert evaluation.absent == ("absent",)
    assert evaluation.misquoted == ()
    (result,) = [r for r in evaluation.results if r.question.id == "absent"]
    assert result.worth == 0
    assert "no answering passage in the first 20" in result.faults()


def test_the_worst_come_first_and_say_what_is_missing(evaluation):
    worst = evaluation.worst(100)
    assert [r.worth for r in worst] == sorted(r.worth for r in worst)
    assert all(r.worth < 1 and r.faults() for r in worst)
    assert not any(r.faults() for r in evaluation.results if r.worth == 1)
    assert len(evaluation.worst(1)) == 1


def test_the_command_prints_figures_writes_answers_and_draws_them(samples, questions, tmp_path):
    files = ["--answers", str(tmp_path / "answers.jsonl"), "--picture", str(tmp_path / "figures.svg")]
    result = CliRunner().invoke(
        main, ["evaluate", "--index", str(samples), *files, "--worst", "2", str(questions)], catch_exceptions=False
    )
    assert result.exit_code == 0
    for word in ("desk", "recall@10", "ask_p95", "held out", "1 questions are about articles", "fault"):
        assert word in result.stdout
    answers = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text("utf-8").rstrip("\n").split("\n")]
    assert [a["id"] for a in answers] == [q.id for q in read_questions(questions)]
    assert "<svg" in (tmp_path / "figures.svg").read_text("utf-8")


def test_the_command_prints_json(samples, questions):
    result = CliRunner().invoke(main, ["evaluate", "--index", str(samples), "--json", "--worst", "2", str(questions)])
    found = json.loads(result.stdout)
    assert set(found) == {"figures", "by_type", "by_split", "absent", "misquoted", "worst"}
    assert len(found["worst"]) == 2
    assert {"id", "question", "text", "faults", "ranks"} <= set(found["worst"][0])


def test_a_bad_line_ends_the_command_with_one_clean_line(samples, tmp_path):
    (tmp_path / "gold.jsonl").write_text('{"question": "Who?"}\n', "utf-8")
    result = CliRunner().invoke(main, ["evaluate", "--index", str(samples), str(tmp_path / "gold.jsonl")])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"dateline: {tmp_path / 'gold.jsonl'}:1 ")


@pytest.mark.parametrize(
    ("name", "remedy"), [("figures.gif", "end the name in .png or .svg"), ("gone/figures.png", "make it")]
)
def test_a_picture_that_cannot_be_written_is_refused_before_a_question_is_asked(tmp_path, name, remedy):
    with pytest.raises(picture.PictureError, match=remedy):
        picture.check(tmp_path / name)


def test_without_matplotlib_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(picture.PictureError, match=r"dateline\[evaluate\]"):
        picture.check(tmp_path / "figures.png")


def test_a_picture_has_a_bar_for_each_figure_that_is_known(tmp_path):
    draws = {"factoid": {"questions": 3, "desk": 0.5, "refused": None}, "all": {"questions": 3, "desk": 0.5}}
    picture.draw(draws, tmp_path / "figures.png")
    assert (tmp_path / "figures.png").read_bytes().startswith(b"\x89PNG")


def test_the_day_a_question_was_asked_is_read(tmp_path):
    path = tmp_path / "quiz.jsonl"
    path.write_text('{"question": "Who won last week?", "answer": "Valk", "date": "2024-07-10"}\n', "utf-8")
    assert [q.asked_on for q in read_questions(path)] == [date(2024, 7, 10)]
    path.write_text('{"question": "Who?", "answer": "Valk", "date": "10 July"}\n', "utf-8")
    with pytest.raises(BadQuestion, match="write it as 2024-07-10"):
        read_questions(path)
