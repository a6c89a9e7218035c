"""The wordings, one file each: `render(name, **values)` fills one in. Knows nothing of the rest."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template


class Prompts:
    """The wordings, those of `folder` before those that come with Dateline."""

    def __init__(self, folder: str | Path | None = None) -> None:
        """Take the wordings of a folder first: files of the same names, with the same `$placeholders`.

        Raises:
            FileNotFoundError: there is no such folder.
            ValueError: a file there has other placeholders than the one that it stands for, or stands for none.
        """
        self._folder = Path(folder) if folder else None
        self._templates: dict[str, Template] = {}
        if self._folder and not self._folder.is_dir():
            raise FileNotFoundError(f"{self._folder} is no folder: name one with wordings, such as write.txt")
        for file in sorted(self._folder.glob("*.txt")) if self._folder else []:
            known, own = self._shipped(file.stem), Template(file.read_text("utf-8"))
            if known is None:
                raise ValueError(f"{file} stands for no wording of Dateline: take it out, or give it the name of one")
            if set(own.get_identifiers()) != set(known.get_identifiers()):
                wanted = ", ".join(f"${name}" for name in sorted(known.get_identifiers())) or "no placeholder"
                raise ValueError(f"{file} has other placeholders than Dateline fills in: it needs {wanted}")

    def render(self, name: str, **values: object) -> str:
        """The wording `name` with its `$placeholders` filled in.

        Raises:
            KeyError: a placeholder has no value, or a value no placeholder: a wording never goes out half filled.
            FileNotFoundError: there is no such wording.
        """
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self._read(name)
        unused = values.keys() - set(template.get_identifiers())
        if unused:
            raise KeyError(f"prompts/{name}.txt has no placeholder for {', '.join(sorted(unused))}")
        return template.substitute({key: str(value) for key, value in values.items()})

    def _read(self, name: str) -> Template:
        own = self._folder / f"{name}.txt" if self._folder else None
        if own and own.is_file():
            return Template(own.read_text("utf-8").strip())
        shipped = self._shipped(name)
        if shipped is None:
            raise FileNotFoundError(f"prompts/{name}.txt is missing: install Dateline again")
        return shipped

    @staticmethod
    def _shipped(name: str) -> Template | None:
        file = files(__package__).joinpath(f"{name}.txt")
        return Template(file.read_text("utf-8").strip()) if file.is_file() else None


SHIPPED = Prompts()
"""The wordings that come with Dateline."""
render = SHIPPED.render
