"""What `dateline bench` measures is what it says; how fast it is, no test says."""

import json
import os
from concurrent.futures.process import BrokenProcessPool

import pytest
from click.testing import CliRunner
from made_archive import ARTICLES

from assistant import Assistant, Settings
from assistant.bench import grow
from assistant.bench.apart import apart
from assistant.bench.asking import ask_latency
from assistant.bench.machine import disk_size, embedding_speed, matrix_bound
from assistant.cli import main

QUESTIONS = ["What did NATO leaders urge Iran to do?", "How much is a loaf?"]


@pytest.fixture
def lines(tmp_path):
    place = tmp_path / "news.jsonl"
    rows = [{"text": one.text, "title": one.title, "url": f"https://example.org/{i}"} for i, one in enumerate(ARTICLES)]
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return place


def test_an_archive_grows_by_doubling_and_is_asked_at_each_step(lines):
    steps = list(grow(lines, QUESTIONS, articles=None, settings=Settings(), first=3))
    assert [step.articles for step in steps] == [3, 4]
    assert [step.passages for step in steps] == sorted({step.passages for step in steps})
    for step in steps:
        assert 0 < step.ask.retrieval < step.ask.p95
        assert step.kb_per_s > 0
        assert step.disk_mb > 0
        assert step.adding_mb > 100 and step.asking_mb > 100


def test_growth_is_drawn_and_given_as_json(lines, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text("".join(json.dumps({"id": q, "question": q}) + "\n" for q in QUESTIONS), "utf-8")
    picture = tmp_path / "growth.png"
    words = ["bench", "--growth", str(picture), "--questions", str(questions), "--articles", "3", "--json", str(lines)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert [step["articles"] for step in json.loads(result.stdout)["steps"]] == [3]
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_parts_of_an_answer_are_timed_and_the_assistant_is_left_as_it_was(tmp_path):
    with Assistant.open(tmp_path / "a") as assistant:
        assistant.archive.add_articles(ARTICLES)
        search, read = assistant.archive.search, assistant.reader.read
        latency = ask_latency(assistant, QUESTIONS)
        assert latency.retrieval + latency.reading < 2 * latency.p95
        assert (assistant.archive.search, assistant.reader.read) == (search, read)
        with pytest.raises(ValueError, match="no questions"):
            ask_latency(assistant, [])


def test_embedding_is_measured_in_tokens_beside_the_bound_of_the_machine(embedder, tmp_path):
    texts = [one.text for one in ARTICLES] * 5
    assert embedder.count_tokens(["bread", "bread bread"]) == 3 + 4
    assert embedding_speed(embedder, texts) > 0
    assert matrix_bound() > 0
    (tmp_path / "file").write_bytes(b"x" * 1000)
    assert disk_size(tmp_path) == 0.001


def hold(megabytes, tell):
    tell("holding", 1, 2)
    return len(b"x" * (megabytes * 1_000_000))


def fail(tell):
    raise ArithmeticError("it does not add up")


def die(tell):
    os._exit(7)


def test_work_in_a_process_of_its_own_tells_its_progress_and_what_it_held_itself():
    ballast, told = b"x" * 400_000_000, []
    little, few = apart(hold, 1, progress=lambda *news: told.append(news))
    much, many = apart(hold, 150)
    assert (little, much, told) == (1_000_000, 150_000_000, [("holding", 1, 2)])
    assert many - few > 100
    assert few < 350 < len(ballast) / 1_000_000, "what the process that waits holds is not counted"


def test_what_goes_wrong_in_a_process_of_its_own_is_raised():
    with pytest.raises(ArithmeticError, match="does not add up"):
        apart(fail)
    with pytest.raises(BrokenProcessPool):
        apart(die)
