"""Many people at once, and articles added meanwhile: everybody is answered; how fast, no test says."""

import json
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_archive import ARTICLES

from assistant import Assistant
from assistant.bench import loading
from assistant.cli import main
from index import ArchiveBusy

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
    assert alone["added"] == 0 < beside["added"] <= 60
    assert alone["seconds"] == 2 >= beside["seconds"]
    with Assistant.open(archive) as untouched:
        assert untouched.archive.counts()["articles"] == len(ARTICLES)


@contextmanager
def nobody(_):
    """A server of which nothing is asked."""
    yield 0


def test_when_the_articles_to_add_run_out_the_measuring_ends_and_says_so(archive, tmp_path, monkeypatch, caplog):
    def posted(_, path, given):
        asked = path == "/api/ask"
        time.sleep(0.01 if asked else 0.2)  # long enough for an answer meanwhile, on a busy machine too
        return (200, {"answered": True}) if asked else (201, {"added": len(given)})

    monkeypatch.setattr(loading, "_served", nobody)
    monkeypatch.setattr(loading, "_post", posted)
    more = Path(written(tmp_path / "more.jsonl", [{"title": f"Ferry {i}", "text": "It was late."} for i in range(3)]))
    start = time.monotonic()
    alone, beside = loading.load(archive, QUESTIONS, people=2, seconds=1, adding=more)
    assert time.monotonic() - start < 2
    assert (alone.seconds, beside.added) == (1, 3)
    assert beside.seconds < 1
    assert "all 3 articles were added" in caplog.text


def test_an_archive_is_copied_only_while_nobody_writes_to_it(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "_served", nobody)
    with Assistant.open(archive) as other:
        other.archive.verify()  # owns it
        with pytest.raises(ArchiveBusy):
            next(loading.load(archive, QUESTIONS))
    with pytest.raises(ValueError, match="is no archive"):
        next(loading.load(tmp_path / "nothing", QUESTIONS))


def test_a_server_that_does_not_answer_is_not_measured(archive, monkeypatch):
    monkeypatch.setattr(loading, "_served", nobody)
    monkeypatch.setattr(loading, "_post", lambda *_: (0, {}))
    with pytest.raises(ValueError, match="first question was not answered"):
        next(loading.load(archive, QUESTIONS))
