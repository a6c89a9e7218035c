"""A folder and other places: what is read, in which order, and what is reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import index.sources.reading
from index.records import Article, Failure
from index.sources import SUPPORTED, count, read


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"text": "Words."}' if path.suffix == ".jsonl" else f"Words of {name}.")


def test_a_folder_is_read_below_and_in_order(tmp_path):
    fill(tmp_path, "b.txt", "a/z.md", "a/b/c.txt", "c.jsonl", "B.TXT")
    articles = list(read(tmp_path))
    paths = [str(Path(article.path).relative_to(tmp_path)) for article in articles]
    assert paths == ["B.TXT", "a/b/c.txt", "a/z.md", "b.txt", "c.jsonl"]


def test_hidden_files_and_junk_are_passed_over_in_silence(tmp_path):
    fill(tmp_path, "a.txt", ".hidden.txt", ".git/x.txt", "Thumbs.db", "desktop.ini", "~$a.docx", "__MACOSX/a.txt")
    assert [Path(article.path).name for article in read(tmp_path)] == ["a.txt"]


def test_files_of_other_kinds_are_reported_by_the_name_that_was_given(tmp_path, monkeypatch):
    fill(tmp_path, "news/a.txt", "news/b.xlsx", "news/README")
    monkeypatch.chdir(tmp_path)
    first, second, article = sorted(read("news"), key=lambda found: isinstance(found, Article))
    assert (first.where, second.where) == ("news/README", "news/b.xlsx")
    assert second.reason == "is a .xlsx file, which Dateline does not read"
    assert article.path == str(tmp_path / "news/a.txt")


def test_one_broken_file_stops_no_other(tmp_path):
    fill(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_bytes(b"\0")
    assert [type(found) for found in read(tmp_path)] == [Article, Failure, Article]


def test_no_link_leads_out_of_the_folder(tmp_path):
    fill(tmp_path, "inside/a.txt", "outside/secret.txt")
    inside = tmp_path / "inside"
    (inside / "folder").symlink_to(tmp_path / "outside")
    (inside / "file.txt").symlink_to(tmp_path / "outside/secret.txt")
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "nowhere.txt").symlink_to(inside / "gone.txt")
    found = list(read(inside))
    assert [a.text for a in found if isinstance(a, Article)] == ["Words of inside/a.txt."]
    reasons = {Path(f.where).name: f.reason for f in found if isinstance(f, Failure)}
    assert reasons == {
        "file.txt": "is a link that leads out of the folder",
        "folder": "is a link that leads out of the folder",
        "nowhere.txt": "is a link that leads nowhere",
    }


def test_what_is_no_regular_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (in_folder,) = read(tmp_path)
    (alone,) = read(tmp_path / "a.txt")
    assert in_folder.reason == alone.reason == "is not a regular file"


@pytest.mark.parametrize("place", ["no/such/file.txt", "bad\0name.txt", "", "www.example.com/page"])
def test_a_place_that_is_not_there_is_reported(tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    (failure,) = read(place)
    assert isinstance(failure, Failure)
    assert failure.remedy


def test_an_empty_folder_is_reported(tmp_path):
    (failure,) = read(tmp_path)
    assert failure.reason == "is an empty folder"


def test_reading_is_lazy(tmp_path, monkeypatch):
    fill(tmp_path, "a.txt", "b.txt")
    opened = []
    monkeypatch.setitem(index.sources.reading._TEXTS, ".txt", lambda data, path, where: opened.append(path.name))
    next(iter(read(tmp_path)))
    assert opened == ["a.txt"]


def test_the_files_of_a_place_are_counted(tmp_path):
    fill(tmp_path, "a.txt", "b/c.md", ".hidden", "d.jsonl")
    assert count(tmp_path) == 3
    assert count(tmp_path / "a.txt") == 1
    assert count(tmp_path / "d.jsonl") is None
    assert count("https://example.com/") is None


def test_the_endings_that_can_be_read_are_listed():
    assert {".txt", ".md", ".html", ".pdf", ".docx", ".jsonl", ".json", ".csv", ".jsonl.gz"} <= set(SUPPORTED)


def test_the_heavy_libraries_are_not_imported_before_they_are_needed():
    import subprocess
    import sys

    heavy = "{'trafilatura', 'pypdf', 'docx', 'lxml', 'yaml', 'markdown_it', 'charset_normalizer', 'httpx'}"
    code = f"import sys, index.sources; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_file_whose_name_is_no_text_is_reported(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Words.")
    fill(tmp_path, "a.txt")
    article, failure = read(tmp_path)
    assert isinstance(article, Article)
    assert failure.reason == "has a name that is not UTF-8"
    assert failure.where.encode() == os.fsencode(tmp_path / "caf?.txt")
