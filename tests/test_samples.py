"""The sample articles: readable, and saying what the questions about them rely on."""

import json
from pathlib import Path

import pytest

from assistant import Assistant
from index.records import Article
from index.sources import read

GOLD = [
    json.loads(line)
    for line in Path(__file__).with_name("samples-gold.jsonl").read_text("utf-8").split("\n")
    if line.strip()
]


@pytest.fixture(scope="module")
def samples():
    return list(read(Assistant.samples()))


def test_every_sample_is_read(samples):
    assert [str(one) for one in samples if not isinstance(one, Article)] == []
    assert len(samples) >= 30
    assert all(a.text.strip() and a.title and a.source for a in samples)


def test_no_two_samples_are_one_article(samples):
    assert len({a.id for a in samples}) == len(samples)


@pytest.mark.parametrize("row", GOLD, ids=[row["id"] for row in GOLD])
def test_every_gold_quote_stands_in_its_article(row, samples):
    texts = {a.url or Path(a.path).name: a.text for a in samples}
    assert row["answerable"] == bool(row["evidence"])
    for evidence in row["evidence"]:
        assert evidence["quotes"]
        assert [q for q in evidence["quotes"] if q not in texts[evidence["url"]]] == []


def test_the_gold_questions_have_ids_of_their_own():
    assert len({row["id"] for row in GOLD}) == len(GOLD)
