"""The questions that come with the project to train the reader: each well made, held out by article."""

import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

import assistant.training
from assistant.jsonlines import read_lines

QUESTIONS = Path(assistant.training.__file__).with_name("questions.jsonl.gz")
TYPES = {"attribution", "factoid", "list", "why", "how", "unanswerable"}


@pytest.fixture(scope="module")
def rows():
    return [row for _, row in read_lines(QUESTIONS)]


def test_each_question_has_an_id_of_its_own_and_is_asked_of_an_article_once(rows):
    asked = {(row["url"], row["question"].lower()) for row in rows}
    assert len({row["id"] for row in rows}) == len(asked) == len(rows) > 14_000


def test_evidence_is_in_order_and_only_what_has_no_answer_has_none(rows):
    for row in rows:
        places = [at for span in row["evidence"] for at in span]
        assert places == sorted(places), row["id"]
        assert bool(places) == (row["type"] != "unanswerable"), row["id"]
        assert row["type"] in TYPES


def test_all_questions_on_an_article_are_held_out_or_none_is(rows):
    splits = [{row["split"] for row in group} for _, group in groupby(rows, key=lambda row: row["url"])]
    assert set(map(len, splits)) == {1}
    assert len(splits) == len({row["url"] for row in rows})
    share = Counter(row["split"] for row in rows)["held"] / len(rows)
    assert 0.08 < share < 0.12


def test_questions_are_sentences_that_do_not_point_at_their_article(rows):
    pointing = re.compile(r"\b(?:the (?:article|paragraph|text)|this (?:article|passage|story|man|woman))\b", re.I)
    for row in rows:
        assert re.fullmatch(r"[A-Z0-9$‘“'\"].{10,}\?[”\"']?", row["question"]), row["id"]
        assert not pointing.search(row["question"]), row["id"]
