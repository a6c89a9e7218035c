"""`dateline ask` and `chat` with a chat model, on a server of this machine."""

import json

import pytest
from click.testing import CliRunner
from made_chat_server import server

from assistant import Assistant
from assistant.cli import main

IRAN = "What did NATO say about Iran?"


def ask(folder, *words, **env):
    return CliRunner().invoke(main, ["ask", "--index", str(folder), "--json", *words], env=env)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An archive of the samples on the summit."""
    made = tmp_path_factory.mktemp("writing") / "a"
    summit = next(file for file in Assistant.samples().iterdir() if "nato" in file.name)
    assert CliRunner().invoke(main, ["add", "--index", str(made), str(summit)]).exit_code == 0
    return made


@pytest.fixture(scope="module")
def told(folder):
    """What the answer quotes, without a chat model."""
    return json.loads(ask(folder, IRAN).stdout)["citations"][0]["quote"]


def test_a_model_named_on_the_command_line_writes(folder, told):
    with server([f"{told} [1]"]) as (url, requests):
        run = ask(folder, "--model", "openai:m", IRAN, DATELINE_CHAT_MODEL="openai:other", DATELINE_CHAT_BASE_URL=url)
    answer = json.loads(run.stdout)
    assert answer["written_by"] == "openai:m"
    assert "quotations" in answer["statements"][0]["support"]
    assert requests[0][1]["model"] == "m"


def test_quoted_answers_are_to_be_had_all_the_same(folder, told):
    with server([f"{told} [1]"]) as (url, requests):
        run = ask(folder, "--quoted", IRAN, DATELINE_CHAT_MODEL="openai:m", DATELINE_CHAT_BASE_URL=url)
    assert json.loads(run.stdout)["written_by"] is None
    assert requests == []


@pytest.mark.parametrize(
    ("words", "env", "remedy"),
    [
        (["--written"], {}, "DATELINE_CHAT_MODEL"),
        (["--model", "ollama:llama3.2"], {}, "pip install langchain-ollama"),
        ([], {"DATELINE_CHAT_TOKENS": "9"}, "name one with DATELINE_CHAT_MODEL"),
    ],
)
def test_what_is_missing_is_said_with_its_remedy(folder, words, env, remedy):
    run = ask(folder, *words, IRAN, **env)
    assert run.exit_code == 1
    assert remedy in run.stderr
