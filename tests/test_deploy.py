"""The files for running Dateline as a service: they fit the checkout, and their linters have nothing to say."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

from assistant.settings import from_env

ROOT = Path(__file__).resolve().parent.parent
HADOLINT = str(Path(sys.executable).with_name("hadolint"))
DOCKERFILE = ROOT / "assistant" / "deploy" / "Dockerfile"
SERVICE = ROOT / "assistant" / "deploy" / "dateline.service"


def test_what_the_image_is_built_of_is_in_the_checkout():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE.read_text("utf-8"), re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert {"pyproject.toml", "requirements.lock", "index", "assistant", "prompts", "app.py"} <= set(names)
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_the_image_does_not_run_as_root():
    instructions = [line.split()[0] for line in DOCKERFILE.read_text("utf-8").splitlines() if line[:1].isupper()]
    assert instructions.index("USER") < instructions.index("CMD")
    (user,) = re.findall(r"^USER (\S+)$", DOCKERFILE.read_text("utf-8"), re.MULTILINE)
    assert user.partition(":")[0] not in ("root", "0")


def test_hadolint_has_nothing_to_say():
    done = subprocess.run([HADOLINT, str(DOCKERFILE)], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == ("", 0)


def test_the_settings_of_the_service_are_known():
    service = configparser.RawConfigParser(strict=False, comment_prefixes=("#",))
    service.optionxform = str
    service.read_string(SERVICE.read_text("utf-8"))
    settings = dict(re.findall(r"^Environment=(DATELINE_\w+)=(.+)$", SERVICE.read_text("utf-8"), re.MULTILINE))
    folder, known = from_env(settings)
    assert folder == settings["DATELINE_INDEX"]
    assert known.server.users == Path(settings["DATELINE_USERS"])
    assert service["Service"]["ExecStart"].split()[1:] == ["serve"]


def test_the_settings_of_the_image_are_known():
    settings = dict(re.findall(r"(DATELINE_\w+)=(/\S+) \\", DOCKERFILE.read_text("utf-8")))
    assert from_env(settings)[0] == "/data/news.dateline"
