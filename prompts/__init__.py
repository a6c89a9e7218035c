"""The wordings, one file each: `render(name, **values)` fills one in. Knows nothing of the rest."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template


def render(name: str, **values: object) -> str:
    """The wording `name` with its `$placeholders` filled in.

    Raises:
        KeyError: a placeholder has no value, or a value no placeholder: a wording never goes out half filled.
        FileNotFoundError: there is no such wording.
    """
    template = _template(name)
    unused = values.keys() - set(template.get_identifiers())
    if unused:
        raise KeyError(f"prompts/{name}.txt has no placeholder for {', '.join(sorted(unused))}")
    return template.substitute({key: str(value) for key, value in values.items()})


@cache
def _template(name: str) -> Template:
    return Template(files(__package__).joinpath(f"{name}.txt").read_text("utf-8").strip())
