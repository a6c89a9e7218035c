"""Many people at once, and articles added meanwhile: everybody is answered; how fast, no test says."""

import json

import pytest
from click.testing import CliRunner
from made_archive import ARTICLES

from assistant import Assistant
from assistant.cli import main

QUESTIONS = ["What did NATO leaders urge Iran to do?", "How much is a loaf?"]


@pytest.fixture
def archive(tmp_path):
    with Assistant.open(tmp_path / "news.dateline") as made:
        made.archive.add_articles(ARTICLES)
    return tmp_path / "news.dateline"


def written(place, rows):
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(place)


def test_everybody_is_answered_also_while_articles_are_added_to_a_copy(archive, tmp_path):
    questions = written(tmp_path / "questions.jsonl", [{"question": one} for one in QUESTIONS])
    rows = [{"title": f"Ferry {i}", "text": f"The ferry was {i} minutes late on Monday."} for i in range(60)]
    words = ["bench", "--load", "--json", "--people", "4", "--seconds", "2", "--questions", questions]
    result = CliRunner().invoke(main, [*words, "--adding", written(tmp_path / "more.jsonl", rows), str(archive)])
    assert result.exit_code == 0, result.output
    alone, beside = map(json.loads, result.stdout.splitlines())
    for figures in (alone, beside):
        assert figures["errors"] == 0
        assert figures["answers"] >= 4
        assert 0 < figures["median"] <= figures["p95"]
    assert alone["added"] == 0 < beside["added"]
    with Assistant.open(archive) as untouched:
        assert untouched.archive.counts()["articles"] == len(ARTICLES)
