"""How fast Dateline is on this machine, beside the LangChain tutorial pipeline and as an archive grows."""

from assistant.bench.adding import Figures, compare
from assistant.bench.asking import flat
from assistant.bench.growing import Step, grow

__all__ = ["Figures", "Step", "compare", "flat", "grow"]
