"""The rooms: who may import whom, which library lives where, and that importing does nothing."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {
    "prompts": {"prompts"},
    "index": {"index"},
    "assistant": {"assistant", "index", "prompts"},
    "app": {"assistant"},
}
"""What each room may import of ours."""

LIBRARIES = {
    "chromadb": ["index/vectors.py"],
    "tantivy": ["index/keywords.py"],
    "sentence_transformers": [
        "index/embedder.py",
        "assistant/cross_encoders.py",
        "assistant/training",
    ],
    "torch": [
        "index/embedder.py",
        "index/encoder.py",
        "index/kernels.py",
        "index/minilm.py",
        "assistant/bench/machine.py",
        "assistant/network.py",
        "assistant/reader.py",
        "assistant/training",
    ],
    "transformers": ["index/embedder.py"],
    "safetensors": ["index/encoder.py", "index/errors.py", "assistant/network.py", "assistant/training"],
    "tokenizers": ["index/minilm.py", "assistant/layout.py"],
    "sqlalchemy": [
        "index/database.py",
        "index/ledger.py",
        "index/outbox.py",
        "index/schema.py",
        "index/shards.py",
        "index/statements.py",
        "index/voices.py",
    ],
    "nupunkt": ["index/splitter.py"],
    "filelock": ["index/lock.py"],
    "fastapi": ["assistant/api", "assistant/serving.py"],
    "starlette": [
        "assistant/access",
        "assistant/api",
        "assistant/guard.py",
        "assistant/serving.py",
        "assistant/tools.py",
    ],
    "uvicorn": ["assistant/serving.py"],
    "mcp": ["assistant/tools.py"],
    "mcp_types": ["assistant/tools.py"],
    "pydantic": ["assistant/api", "assistant/tools.py", "index/langchain.py"],
    "gradio": ["assistant/pages/parts.py"],
    "click": ["assistant/cli", "assistant/training/__main__.py"],
    "rich": ["assistant/cli"],
    "matplotlib": ["assistant/evaluation/picture.py", "assistant/bench/picture.py"],
    "langchain": ["assistant/chat_model.py"],
    "langchain_core": [
        "index/langchain.py",
        "assistant/bench/tutorial.py",
        "assistant/chat_model.py",
        "assistant/rewriting.py",
        "assistant/runnable.py",
        "assistant/writing.py",
    ],
    "simplemma": ["assistant/support/words.py"],
    "text_to_num": ["assistant/support/quantities.py"],
    "langchain_chroma": ["assistant/bench/tutorial.py"],
    "langchain_huggingface": ["assistant/bench/tutorial.py"],
    "langchain_text_splitters": ["assistant/bench/tutorial.py"],
    "charset_normalizer": ["index/sources"],
    "defusedxml": ["index/sources"],
    "docx": ["index/sources"],
    "httpx": ["index/sources"],
    "lxml": ["index/sources"],
    "markdown_it": ["index/sources"],
    "pypdf": ["index/sources"],
    "trafilatura": ["index/sources"],
    "yaml": ["index/sources"],
}
"""Where each library may be imported: a file, or a folder and all that is in it."""

ENVIRONMENT_READERS = {"assistant/settings.py"}
PRINTERS: set[str] = set()
HEAVY = ("torch", "transformers", "sentence_transformers", "chromadb", "gradio", "fastapi", "mcp", "matplotlib")
MACHINE_PATHS = tuple("/" + name for name in ("work/", "root/", "tmp/venv"))


@dataclass(frozen=True)
class Import:
    """One imported name, after its module's: whether it is imported at once, and whether for types alone."""

    name: str
    at_once: bool
    only_types: bool


def sources() -> dict[str, ast.Module]:
    """Every file of ours, by its path, as a syntax tree."""
    files = [place for room in ROOMS for place in (ROOT / room).rglob("*.py")] + list(ROOT.glob("app.py"))
    return {place.relative_to(ROOT).as_posix(): ast.parse(place.read_text("utf-8")) for place in files}


def imports(tree: ast.AST, *, at_once: bool = True, only_types: bool = False) -> Iterator[Import]:
    """Everything that `tree` imports, functions included."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, at_once, only_types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: a relative import; write it out"
            yield from (Import(f"{node.module}.{alias.name}", at_once, only_types) for alias in node.names)
        else:
            in_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            types = isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
            yield from imports(node, at_once=at_once and not in_function, only_types=only_types or types)


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def module_read(wanted: Import) -> str | None:
    """The module of ours that an import reads: the longest beginning of its name that is one."""
    name = wanted.name
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or None


def is_in(path: str, places) -> bool:
    return any(path == place or path.startswith(place + "/") for place in places)


SOURCES = sources()
MODULES = {module_of(path) for path in SOURCES}
IMPORTS = {path: list(imports(tree)) for path, tree in SOURCES.items()}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_below_it(room):
    strays = {
        f"{path} imports {wanted.name}"
        for path, all_wanted in IMPORTS.items()
        if module_of(path).split(".")[0] == room
        for wanted in all_wanted
        if (top := wanted.name.split(".")[0]) in ROOMS and top not in ROOMS[room]
    }
    assert not strays


def test_the_reading_of_speech_knows_only_records():
    allowed = ("index.speech", "index.records")
    wanted = {w.name for path, all_w in IMPORTS.items() if path.startswith("index/speech/") for w in all_w}
    assert not {name for name in wanted if name.startswith("index") and not name.startswith(allowed)}


def test_prompts_need_no_library():
    wanted = {w.name.split(".")[0] for path, all_w in IMPORTS.items() if path.startswith("prompts/") for w in all_w}
    assert wanted <= sys.stdlib_module_names


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_lives_in_one_room(library):
    users = {
        path
        for path, all_wanted in IMPORTS.items()
        for wanted in all_wanted
        if wanted.name.split(".")[0] == library and not wanted.only_types
    }
    assert not {path for path in users if not is_in(path, LIBRARIES[library])}


def test_every_library_that_is_imported_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for some in project["optional-dependencies"].values() for one in some)]
    declared = {re.match(r"[\w-]+", one)[0].lower() for one in wanted}
    distributions = packages_distributions()
    imported = {w.name.split(".")[0] for all_wanted in IMPORTS.values() for w in all_wanted}
    foreign = imported - set(ROOMS) - sys.stdlib_module_names
    assert not {one for one in foreign if not declared & {name.lower() for name in distributions.get(one, ())}}


def test_no_modules_import_each_other_in_a_circle():
    graph = {
        module_of(path): {module_read(w) for w in wanted if w.at_once and not w.only_types} - {None}
        for path, wanted in IMPORTS.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_the_environment_is_read_in_one_place():
    # Setting a variable for a library, before it is imported, is no reading.
    setting = re.compile(r"os\.environ(\.setdefault\(|\['\w+'\] = )")
    readers = {
        path for path, tree in SOURCES.items() if re.search(r"environ\b|getenv", setting.sub("", ast.unparse(tree)))
    }
    assert readers == ENVIRONMENT_READERS


def test_nothing_prints_past_the_terminal_of_the_command():
    printers = {
        path
        for path, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printers <= PRINTERS


def test_importing_a_module_does_nothing():
    names = "import sys, index, prompts; from assistant import Assistant"
    code = f"{names}; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_no_file_knows_the_machine_it_was_written_on():
    folders = [place for name in (*ROOMS, "tests", ".ci") for place in (ROOT / name).rglob("*")]
    files = [place for place in (*ROOT.iterdir(), *folders) if place.is_file() and place.suffix not in (".pyc", ".log")]
    found = [
        f"{place.relative_to(ROOT)} has {path}"
        for place in files
        for path in MACHINE_PATHS
        if path.encode() in place.read_bytes()
    ]
    assert not found
