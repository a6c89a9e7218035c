"""Follow-ups that a chat model makes to stand alone, and when its word is not taken."""

import pytest
from langchain_core.language_models import FakeListChatModel

from assistant.chat_model import ChatModel
from assistant.dialogue import standalone
from assistant.rewriting import rewritten
from assistant.settings import ChatSettings
from prompts import Prompts

HISTORY = ["What did NATO say about Iran?"]
FOLLOW_UP = "And about China, what did it say?"


def ask(answer, question=FOLLOW_UP, history=HISTORY):
    chat = ChatModel(FakeListChatModel(responses=[answer]), ChatSettings(model="made:up"))
    return rewritten(question, history, standalone(question, history), chat, Prompts())


def test_a_models_question_is_taken():
    assert ask("What did NATO say about China?") == "What did NATO say about China?"


@pytest.mark.parametrize(
    "answer",
    [
        "What did Brazil say about China?",
        "What did NATO say about China in 2019?",
        "What did NATO say about it?",
        "NATO said nothing.",
        "Sure! Here is the question:\nWhat did NATO say about China?",
        "",
        "What did NATO say about China" + " and China" * 60 + "?",
        "What did NATO whisper secretly yesterday night concerning China?",
    ],
)
def test_one_that_is_not_that_question_is_not(answer):
    assert ask(answer) == standalone(FOLLOW_UP, HISTORY)


def test_a_question_that_stands_alone_is_not_given_to_the_model():
    assert ask("Nonsense?", "What did the ferry strike in Tarn Quay?") == "What did the ferry strike in Tarn Quay?"
    assert ask("Nonsense?", "Who is Maren Tolvik?", []) == "Who is Maren Tolvik?"
