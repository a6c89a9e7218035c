"""The assistant and the archive as parts of LangChain chains."""

import asyncio

import pytest
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from made_archive import ARTICLES
from made_server import IRAN, made_assistant

from assistant import Answer
from assistant.settings import NoChatModel


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, reader):
    with made_assistant(tmp_path_factory.mktemp("runnable") / "a", reader) as made:
        yield made


@pytest.fixture(scope="module")
def runnable(assistant):
    return assistant.as_runnable()


def text_of(answer):
    return answer.text


async def all_of(stream):
    return [one async for one in stream]


def test_a_question_gives_its_answer(runnable, assistant):
    assert runnable.invoke(IRAN) == assistant.ask(IRAN)
    assert asyncio.run(runnable.ainvoke(IRAN)) == assistant.ask(IRAN)


def test_a_history_makes_a_follow_up_stand_alone(runnable, assistant):
    followed = runnable.invoke({"question": "And about Brazil?", "history": [IRAN]})
    assert followed == assistant.ask("And about Brazil?", [IRAN])
    assert "NATO" in followed.standalone_question


def test_an_answer_can_be_asked_for_in_the_articles_own_words_or_written(runnable, assistant):
    assert runnable.invoke({"question": IRAN, "written": False}) == assistant.ask(IRAN)
    with pytest.raises(NoChatModel):
        runnable.invoke({"question": IRAN, "written": True})


def test_a_batch_keeps_its_order(runnable, assistant):
    questions = [IRAN, "How much is a loaf?", "Why is the bridge closed?"]
    assert [answer.question for answer in runnable.batch(questions)] == questions


def test_a_stream_gives_what_the_assistant_streams(runnable, assistant, monkeypatch):
    fuller = [Answer(IRAN, IRAN, True, text) for text in ("One.", "One. Two.")]
    monkeypatch.setattr(assistant, "stream", lambda *_, **__: iter(fuller))
    assert list(runnable.stream(IRAN)) == fuller
    assert list((runnable | RunnableLambda(text_of)).stream(IRAN)) == ["One. Two."]
    assert asyncio.run(all_of(runnable.astream(IRAN))) == fuller


def test_it_answers_within_a_chain(runnable, assistant):
    chain = RunnablePassthrough.assign(answer=runnable | RunnableLambda(text_of))
    assert chain.invoke({"question": IRAN})["answer"] == assistant.ask(IRAN).text


def test_a_question_in_pieces_is_put_together(runnable, assistant):
    def pieces(_):
        yield from ("What did NATO leaders ", "say about Iran?")

    *_, answer = (RunnableLambda(pieces) | runnable).stream("")
    assert answer == assistant.ask(IRAN)


def test_callbacks_hear_of_it(runnable):
    from langchain_core.callbacks import BaseCallbackHandler

    class Listener(BaseCallbackHandler):
        heard = ()

        def on_chain_end(self, outputs, **_):
            self.heard = (*self.heard, outputs)

    listener = Listener()
    runnable.invoke(IRAN, {"callbacks": [listener]})
    assert [answer.answered for answer in listener.heard] == [True]


@pytest.mark.parametrize("given", [7, {"query": IRAN}, ["x"], {"question": 7}])
def test_what_is_no_question_is_told(runnable, given):
    with pytest.raises(ValueError, match="is no question: give a string"):
        runnable.invoke(given)


def test_the_retriever_feeds_a_chain(assistant):
    chain = assistant.archive.as_retriever(k=1) | RunnableLambda(lambda found: [one.metadata["title"] for one in found])
    assert chain.invoke("NATO summit in Washington") == [ARTICLES[0].title]
