"""The built wheel, away from the checkout, holds everything that Dateline needs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "app.py", "index", "assistant", "prompts")


def run(*command, cwd, **environment):
    """Run a command to its end and give its output; its errors are the test's."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | environment
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder that the wheel of this checkout was installed into."""
    work = tmp_path_factory.mktemp("wheel")
    # A copy is built: setuptools leaves build/ behind, and would pack what a former build left there.
    (work / "source").mkdir()
    for name in SOURCES:
        place = ROOT / name
        copy = shutil.copytree if place.is_dir() else shutil.copy2
        copy(place, work / "source" / name)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", work / "dist", "source", cwd=work)
    (wheel,) = (work / "dist").glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-deps"]
    run(*pip, "--target", work / "site", wheel, cwd=work)
    return work / "site"


def files(folder, pattern):
    return sorted(place.name for place in folder.glob(pattern) if place.is_file())


@pytest.mark.parametrize(
    "pattern",
    [
        "assistant/samples/*",
        "assistant/page/*",
        "assistant/access/*.html",
        "assistant/deploy/*",
        "prompts/*.txt",
        "*/py.typed",
    ],
)
def test_what_is_not_code_is_in_the_wheel(installed, pattern):
    assert files(installed, pattern) == files(ROOT, pattern) != []


def test_every_module_is_in_the_wheel(installed):
    for room in ("index", "assistant", "prompts"):
        assert files(installed, f"{room}/**/*.py") == files(ROOT, f"{room}/**/*.py")


def test_the_wheel_works_away_from_the_checkout(installed, tmp_path):
    code = "import index, assistant, prompts, app; print(*(m.__file__ for m in (index, assistant, prompts, app)))"
    places = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(installed)).split()
    assert len(places) == 4
    assert all(Path(place).is_relative_to(installed) for place in places)


def test_the_installed_command_gives_help(installed, tmp_path):
    assert "Usage" in run(sys.executable, "-m", "assistant.cli", "--help", cwd=tmp_path, PYTHONPATH=str(installed))
