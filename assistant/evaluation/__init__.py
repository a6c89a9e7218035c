"""Questions with known answers -> figures: `evaluate(assistant, read_questions(path))`."""

from assistant.evaluation.questions import BadQuestion, Gold, Question, Quiz, read_questions
from assistant.evaluation.report import Evaluation, Result, evaluate

__all__ = ["BadQuestion", "Evaluation", "Gold", "Question", "Quiz", "Result", "evaluate", "read_questions"]
