"""Whether the evidence carries a sentence that a chat model wrote: quotations, numbers, negations, speakers, words."""

from assistant.support.attribution import Shown
from assistant.support.judging import Judge, Verdict

__all__ = ["Judge", "Shown", "Verdict"]
