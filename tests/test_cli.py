"""The command `dateline`, as its user meets it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import index.archive
from assistant.cli import main

ROOT = Path(__file__).parents[1]
TUNNEL = "What did Mirela Dostan say about the tram tunnel?"
SAFE = (
    "“The tram tunnel under the river is safe and it is paid for,” Mirela Dostan, the mayor of Quillon, told reporters."
)
BREAD = "Mirela Dostan said the bread tax would fall in autumn."
ROWS = [
    {
        "title": "Quillon argues about its tram tunnel",
        "text": f"{SAFE} Opposition leader Pavo Renk said the tram tunnel was a waste of public money.",
        "url": "https://example.org/tunnel",
        "source": "Harbour Post",
        "published": "2024-03-04",
    },
    {
        "title": "Bread tax to fall",
        "text": f"{BREAD} Bakers in the old town were pleased.",
        "url": "https://example.net/bread",
        "source": "Wire",
        "published": "2024-05-01",
    },
]


@pytest.fixture(scope="module")
def run(embedder, tmp_path_factory):
    """Run the command with the one model that is loaded already."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(index.archive, "Embedder", lambda name: embedder)
        patched.setenv("PYTHONPATH", str(ROOT))  # `verify` starts a process of its own.
        patched.chdir(tmp_path_factory.mktemp("cwd"))
        yield lambda *words, **more: CliRunner().invoke(main, [str(w) for w in words], catch_exceptions=False, **more)


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    folder = tmp_path_factory.mktemp("news")
    (folder / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    (folder / "herons.txt").write_text("Herons return\n\nAnglers counted ninety herons at the lake in May.\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(run, news, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive") / "a"
    result = run("add", "--index", folder, news)
    assert (result.exit_code, result.stdout) == (0, "3 added, 0 updated, 0 unchanged, 0 failed\n")
    return folder


@pytest.fixture
def own(archive, tmp_path):
    """A copy of the archive that a test may change."""
    return shutil.copytree(archive, tmp_path / "own")


def rows(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_adding_again_changes_nothing(run, own, news):
    result = run("add", "--index", own, "--json", news)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"added": 0, "updated": 0, "unchanged": 3, "failed": 0, "failures": []}


def test_what_cannot_be_added_is_told_and_the_rest_is_added(run, own, tmp_path):
    (tmp_path / "good.txt").write_text("A quiet day\n\nNothing much happened in the town today.\n", "utf-8")
    result = run("add", "--index", own, tmp_path / "good.txt", tmp_path / "gone.txt")
    assert result.exit_code == 1
    assert result.stdout == "1 added, 0 updated, 0 unchanged, 1 failed\n"
    assert "not added" in result.stderr
    assert "gone.txt" in result.stderr


def test_a_failure_in_json_has_place_reason_and_remedy(run, own, tmp_path):
    result = run("add", "--index", own, "--json", tmp_path / "gone.txt")
    (failure,) = json.loads(result.stdout)["failures"]
    assert result.exit_code == 1
    assert "gone.txt" in failure["where"]
    assert failure["reason"]
    assert failure["remedy"]


def test_an_answer_shows_its_words_and_their_place(run, archive):
    result = run("ask", "--index", archive, TUNNEL)
    start = ROWS[0]["text"].index(SAFE)
    assert result.exit_code == 0
    assert f"{SAFE} [1]" in result.stdout
    assert f"characters {start}-{start + len(SAFE)}, https://example.org/tunnel" in result.stdout
    assert "Renk" not in result.stdout


def test_an_answer_in_json_has_the_keys_that_tools_rely_on(run, archive):
    answer = json.loads(run("ask", "--index", archive, "--json", TUNNEL).stdout)
    assert {
        "id",
        "question",
        "standalone_question",
        "answered",
        "text",
        "statements",
        "citations",
        "as_of",
        "near_misses",
    } <= set(answer)
    cited = answer["citations"][0]
    assert {"number", "article_id", "url", "title", "source", "published", "start", "end", "quote", "speaker"} <= set(
        cited
    )
    assert cited["quote"] == ROWS[0]["text"][cited["start"] : cited["end"]]
    assert (cited["number"], cited["published"], cited["speaker"]) == (1, "2024-03-04", "Mirela Dostan")
    assert answer["as_of"] == {"oldest": "2024-03-04", "newest": "2024-03-04"}


@pytest.mark.parametrize("flags", [(), ("--json",)], ids=["text", "json"])
def test_what_the_articles_do_not_say_exits_with_3(run, archive, flags):
    result = run("ask", "--index", archive, *flags, "What did Mirela Dostan say about Brazil?")
    assert result.exit_code == 3
    assert "The articles do not say." in result.stdout


def test_a_question_after_another_is_a_follow_up(run, archive):
    result = run("ask", "--index", archive, "--json", "--after", TUNNEL, "And about the bread tax?")
    answer = json.loads(result.stdout)
    assert "Dostan" in answer["standalone_question"]
    assert BREAD in [c["quote"] for c in answer["citations"]]


@pytest.mark.parametrize(
    "restriction",
    [("--outlet", "Wire"), ("--from", "2024-04-01"), ("--to", "2024-03-01")],
    ids=["outlet", "from", "to"],
)
def test_a_restriction_keeps_other_articles_out(run, archive, restriction):
    result = run("ask", "--index", archive, *restriction, TUNNEL)
    assert result.exit_code == 3
    assert SAFE not in result.stdout


def test_a_file_of_questions_is_answered_a_line_each_in_order(run, archive, tmp_path):
    asked = [
        {"id": "b", "question": TUNNEL},
        {"id": "a", "question": "And about the bread tax?", "history": [TUNNEL]},
        {"id": "c", "question": "What did\u2028Mirela Dostan say about Brazil?", "history": None},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in asked) + "\n\n", "utf-8-sig")
    result = run("ask", "--index", archive, "--json", "--questions", file)
    answers = [json.loads(line) for line in result.stdout.rstrip("\n").split("\n")]
    assert result.exit_code == 0
    assert [(a["id"], a["answered"]) for a in answers] == [("b", True), ("a", True), ("c", False)]
    assert "Dostan" in answers[1]["standalone_question"]


@pytest.mark.parametrize(
    "bad",
    [
        "{not json",
        '{"id": "x"}',
        '{"question": 5}',
        '["question"]',
        '{"question": "  "}',
        '{"question": "Who?", "history": "Where?"}',
    ],
    ids=["no json", "no question", "a number", "a list", "empty", "a history that is no list"],
)
def test_a_bad_line_is_named_by_file_and_line(run, archive, tmp_path, bad):
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"id": "1", "question": TUNNEL}) + f"\n{bad}\n", "utf-8")
    result = run("ask", "--index", archive, "--json", "--questions", file)
    assert result.exit_code == 1
    assert f"{file}:2" in result.stderr
    assert result.stdout == ""  # nothing is asked before all lines are read
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["gone.jsonl", "."], ids=["absent", "a folder"])
def test_a_file_of_questions_that_cannot_be_read_is_one_clean_line(run, archive, tmp_path, name):
    result = run("ask", "--index", archive, "--questions", tmp_path / name)
    assert result.exit_code == 2
    assert str(tmp_path) in result.stderr


@pytest.mark.parametrize("words", [(), ("Who?", "--questions", "x.jsonl")], ids=["neither", "both"])
def test_a_question_or_a_file_not_both_nor_neither(run, archive, words):
    result = run("ask", "--index", archive, *words)
    assert result.exit_code == 2
    assert "--questions" in result.stderr


def test_the_list_begins_with_the_newest(run, archive):
    listed = rows(run("list", "--index", archive, "--json"))
    assert [a["published"] for a in listed] == ["2024-05-01", "2024-03-04", None]
    assert listed[0]["title"] in run("list", "--index", archive).stdout
    assert len(rows(run("list", "--index", archive, "--json", "--limit", "1"))) == 1
    assert [a["source"] for a in rows(run("list", "--index", archive, "--json", "--outlet", "Wire"))] == ["Wire"]


@pytest.mark.parametrize("by", ["id", "path", "url"])
def test_an_article_is_shown_by_id_path_or_url(run, archive, by):
    listed = rows(run("list", "--index", archive, "--json"))
    wanted = listed[-1] if by == "path" else listed[0]
    shown = json.loads(run("show", "--index", archive, "--json", wanted[by]).stdout)
    assert shown["id"] == wanted["id"]
    assert shown["versions"] == []
    plain = run("show", "--index", archive, wanted[by])
    assert plain.exit_code == 0
    assert plain.stdout.endswith(shown["text"] + "\n")
    assert wanted["title"] in plain.stdout


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_article_is_named_with_the_next_step(run, own, command):
    result = run(command, "--index", own, "0123456789abcdef")
    assert result.exit_code == 1
    assert "0123456789abcdef" in result.stderr
    assert "dateline list" in result.stderr


def test_a_removed_article_is_neither_listed_nor_cited(run, own):
    result = run("remove", "--index", own, "https://example.org/tunnel")
    assert result.exit_code == 0
    assert ROWS[0]["title"] in result.stdout
    assert len(rows(run("list", "--index", own, "--json"))) == 2
    assert run("ask", "--index", own, TUNNEL).exit_code == 3
    assert run("verify", "--index", own).exit_code == 0


def test_a_whole_archive_is_clean(run, archive):
    result = run("verify", "--index", archive)
    assert result.exit_code == 0
    assert result.stdout.startswith("clean: 3 articles")
    assert json.loads(run("verify", "--index", archive, "--json").stdout)["clean"] is True


def test_a_damaged_word_index_is_found_and_repaired(run, own):
    for file in (own / "words").iterdir():
        file.write_bytes(b"\0" * 64)
    damaged = run("verify", "--index", own)
    assert damaged.exit_code == 2
    assert "dateline repair" in damaged.stderr
    in_json = run("verify", "--index", own, "--json")
    assert in_json.exit_code == 2
    assert json.loads(in_json.stdout)["problems"]
    repaired = run("repair", "--index", own)
    assert (repaired.exit_code, repaired.stdout) == (0, "repaired\n")
    assert run("verify", "--index", own).exit_code == 0
    assert SAFE in run("ask", "--index", own, TUNNEL).stdout


def test_a_chat_understands_a_follow_up_and_ends_with_its_input(run, archive):
    result = run("chat", "--index", archive, input=f"{TUNNEL}\nAnd about the bread tax?\n")
    assert result.exit_code == 0
    first, second = result.stdout.split("(What did Mirela Dostan say about", 1)
    assert SAFE in first
    assert BREAD in second


def test_an_empty_line_ends_a_chat(run, archive):
    result = run("chat", "--index", archive, input=f"\n{TUNNEL}\n")
    assert result.exit_code == 0
    assert SAFE not in result.stdout


def test_the_environment_names_the_archive(run, archive):
    assert len(rows(run("list", "--json", env={"DATELINE_INDEX": str(archive)}))) == 3


def test_an_unknown_setting_in_the_environment_is_named(run, archive):
    result = run("list", "--index", archive, env={"DATELINE_PASAGES": "3"})
    assert result.exit_code == 1
    assert "DATELINE_PASAGES" in result.stderr


def test_a_folder_of_other_things_is_not_taken_for_an_archive(run, news):
    result = run("list", "--index", news)
    assert result.exit_code == 1
    assert "name another folder" in result.stderr
    assert sorted(p.name for p in news.iterdir()) == ["herons.txt", "news.jsonl"]


def test_help_names_every_command_without_loading_a_model():
    code = (
        "import sys; from assistant.cli import main; main(['--help'], standalone_mode=False); "
        "assert not {'sqlalchemy', 'numpy', 'torch', 'chromadb'} & set(sys.modules)"
    )
    for words in (["-m", "assistant.cli", "--help"], ["-c", code]):
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        for command in (
            "add",
            "ask",
            "chat",
            "evaluate",
            "list",
            "quotes",
            "remove",
            "repair",
            "serve",
            "show",
            "verify",
        ):
            assert f"\n  {command} " in done.stdout
