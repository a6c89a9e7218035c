"""The block between two lines of `---` that opens a Markdown file and says what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.sources.fields import read_particulars
from index.sources.particulars import Particulars

_BLOCK = re.compile(r"---[ \t]*\r?\n(?P<yaml>.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_LINE = re.compile(r"(?P<name>[A-Za-z][\w -]*?)\s*:\s+(?P<value>\S.*)")
_LONGEST = 20_000


def split_front_matter(text: str) -> tuple[Particulars, str]:
    """What the front matter states, and the text after it. Without front matter: nothing, and the whole text."""
    match = _BLOCK.match(text[:_LONGEST])
    stated = _parsed(match["yaml"]) if match else {}
    if not match or not (stated or match["yaml"].isspace() or not match["yaml"]):
        return Particulars(), text  # prose between two rules
    return read_particulars(stated, "front matter"), text[match.end() :]


def _parsed(block: str) -> Mapping[object, object]:
    import yaml

    try:
        # BaseLoader builds strings, lists and mappings only: it is safe, and dates stay as they are written.
        content = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError):
        return _by_line(block)
    return content if isinstance(content, Mapping) else _by_line(block)


def _by_line(block: str) -> dict[object, object]:
    """The block read line by line: `title: Tram: council agrees` is what people write, though it is not YAML."""
    found = (_LINE.fullmatch(line.strip()) for line in block.splitlines())
    return {match["name"]: match["value"].strip("\"'") for match in found if match}
