"""Plain text: kept character for character; encoding, title, outlet and dates found and never guessed."""

from __future__ import annotations

import json
import os
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.records import Article, Failure
from index.sources import read
from index.sources.datelines import find_dateline
from index.sources.dates import is_ambiguous, parse_date
from index.sources.firstlines import read_first_lines, split_names, title_of

BODY = "The harbour board met on Monday. It agreed on nothing.\n"


def article_of(path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def failure_of(path, **limits) -> Failure:
    (failure,) = read(path, **limits)
    assert isinstance(failure, Failure), failure
    return failure


storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(
    lambda text: not text.isspace() and not text.startswith("\ufeff")
)


@settings(max_examples=120, deadline=None)
@given(text=storable)
@example(text=".")
def test_any_text_comes_back_character_for_character(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("any")
    (folder / "a.txt").write_bytes(text.encode("utf-8"))
    (folder / "b.jsonl").write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    (folder / "c.jsonl").write_text(json.dumps({"text": text}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert [article.text for article in read(folder)] == [text] * 3
    assert all(article.title for article in read(folder))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_the_encoding_is_found_and_line_ends_are_kept(tmp_path, encoding):
    text = "Quay reopens\r\n\r\n“We’re back,” said the café’s owner — at last.\rNext line\n" * 3
    path = tmp_path / "quay.txt"
    path.write_bytes(text.encode(encoding))
    assert article_of(path).text == text


def test_text_of_another_script_in_an_old_encoding_is_read(tmp_path):
    text = "Городской совет обсудил новый мост и утвердил бюджет на следующий год. " * 8
    (tmp_path / "most.txt").write_bytes(text.encode("cp1251"))
    assert article_of(tmp_path / "most.txt").text == text


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, b"plain words, then \0 a nul"])
def test_a_binary_file_is_reported(tmp_path, content):
    (tmp_path / "x.txt").write_bytes(content)
    assert failure_of(tmp_path / "x.txt").reason == "is not text"


def test_a_nul_in_decoded_text_is_reported_with_its_place(tmp_path):
    (tmp_path / "x.txt").write_bytes("half\0".encode("utf-16"))
    assert "U+0000 (NUL) at character 4" in failure_of(tmp_path / "x.txt").reason


@pytest.mark.parametrize(("content", "reason"), [(b"", "is empty"), (b" \r\n\t", "has no text in it")])
def test_a_file_without_text_is_reported(tmp_path, content, reason):
    (tmp_path / "x.txt").write_bytes(content)
    failure = failure_of(tmp_path / "x.txt")
    assert failure.reason == reason
    assert failure.remedy


def test_a_file_beyond_the_limit_is_reported_not_cut(tmp_path):
    (tmp_path / "x.txt").write_text("word " * 100)
    failure = failure_of(tmp_path / "x.txt", max_document_mb=0.0001)
    assert "larger than 0.0001 MB" in failure.reason
    assert "max_document_mb" in failure.remedy


def test_the_time_of_the_file_is_never_a_date(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(f"Board meets\n\n{BODY}")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    article = article_of(path)
    assert article.published is None
    assert article.updated is None
    assert set(article.origins) == {"title"}


def test_what_the_first_lines_say_is_taken_and_left_in_the_text(tmp_path):
    text = f"Board meets in vain\nBy Ida Quill and Bo Marr\nPublished: 3 March 2024 | Updated: 4 March 2024\n\n{BODY}"
    (tmp_path / "x.txt").write_text(text)
    article = article_of(tmp_path / "x.txt")
    assert article.text == text
    assert (article.title, article.authors) == ("Board meets in vain", ("Ida Quill", "Bo Marr"))
    assert (article.published, article.updated) == (date(2024, 3, 3), date(2024, 3, 4))
    assert article.path == str(tmp_path / "x.txt")
    assert article.origins == {
        "title": "first line of the text",
        "authors": "byline in the text",
        "published": "line 'Published' in the text",
        "updated": "line 'Updated' in the text",
    }


@pytest.mark.parametrize(
    ("line", "agency", "published"),
    [
        ("OLDMERE (Reuters) - The board", "Reuters", None),
        ("OLDMERE( ORLA MONITORING): The board", "ORLA MONITORING", None),
        ("OLDMERE, March 3 (AFP) — The board", "AFP", None),
        ("OLDMERE, March 3, 2024 (AFP) — The board", "AFP", date(2024, 3, 3)),
        ("OLDMERE, Vessmark (AP) — The board", "AP", None),
        ("Oldmere (CNN) The board", "CNN", None),
        ("(CNN)The board", "CNN", None),
        ("Oldmere CNN Business — The board", "CNN Business", None),
        ("CNN — The board", "CNN", None),
        ("OLDMERE, 12 August 2024 - The board", None, date(2024, 8, 12)),
        ("(Reuters, 10 July 2024) - The board", "Reuters", date(2024, 7, 10)),
    ],
)
def test_a_dateline_gives_the_agency_and_only_a_whole_date(line, agency, published):
    dateline = find_dateline(line)
    assert dateline
    assert (dateline.agency, dateline.published) == (agency, published)
    assert line[dateline.length :] == "The board"


@pytest.mark.parametrize(
    "line",
    [
        "The Orla River Authority (ORA) said on Monday that it would",
        "The Orla River Authority (ORA) - founded in 1911 - said",
        "Mayor Tolvik told reporters (CNN was among them) that",
        "(Updated) - The board",
        "The board (of seven): who they are",
        "HALVERSTAD - The board",
        "NATO leaders on Wednesday (July 10) - the second day",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(line):
    assert find_dateline(line) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-07-10", date(2024, 7, 10)),
        ("2024-07-10T23:30:00-05:00", date(2024, 7, 10)),
        ("2024/7/1", date(2024, 7, 1)),
        ("20240710", date(2024, 7, 10)),
        ("Wed, 10 Jul 2024 23:30:00 -0500", date(2024, 7, 10)),
        ("July 10th, 2024", date(2024, 7, 10)),
        ("10:45 a.m. EDT, July 10, 2024", date(2024, 7, 10)),
        ("10 Sept. 2024", date(2024, 9, 10)),
        ("25/04/2024", date(2024, 4, 25)),
        ("04/25/2024 10:00", date(2024, 4, 25)),
        ("03/03/2024", date(2024, 3, 3)),
        (1720569600, date(2024, 7, 10)),
        (1720569600000, date(2024, 7, 10)),
        ("03/04/2024", None),
        ("03.04.2024", None),
        ("July 2024", None),
        ("10 July", None),
        ("yesterday", None),
        ("2024-02-30", None),
        ("0001-01-01", None),
        ("192.168.10.2024", None),
        (0, None),
        (2024, None),
        (True, None),
        (float("nan"), None),
        (None, None),
        ("", None),
    ],
)
def test_a_date_is_what_is_written_or_none(written, meant):
    assert parse_date(written) == meant


def test_only_a_date_with_two_readings_is_ambiguous():
    assert is_ambiguous("03/04/2024")
    assert not is_ambiguous("25/04/2024")
    assert not is_ambiguous("2024-03-04")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Board meets in vain\n{BODY}", "Board meets in vain"),
        (f"Who won?\n{BODY}", "Who won?"),
        ("Only a headline", "Only a headline"),
        (f"OLDMERE (Reuters) - The board of St. Orla met. It agreed.\n{BODY}", "The board of St. Orla met"),
        (f"By Ida Quill\nBoard meets\n{BODY}", "By Ida Quill"),
        (f"Headline: Board meets\n{BODY}", "Board meets"),
        (f"Source: The Oldmere Post\nBoard meets\n{BODY}", "Board meets"),
    ],
)
def test_the_title_is_the_headline_or_the_first_sentence(text, title):
    assert title_of(text).title == title


def test_a_long_first_sentence_is_shortened_at_a_word():
    title = title_of("The board " + "met and parted " * 20).title
    assert title
    assert title.endswith("…")
    assert len(title) <= 111
    assert "part…" not in title


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ida Quill", ["Ida Quill"]),
        ("Ida Quill, Bo Marr and Ann de la Cruz", ["Ida Quill", "Bo Marr", "Ann de la Cruz"]),
        ("Quill, Ida", ["Quill, Ida"]),
        ("Ida Quill, CNN", ["Ida Quill"]),
        ("Ida Quill, Staff Writer", ["Ida Quill"]),
        ("Press Office, City of Oldmere", ["Press Office, City of Oldmere"]),
        ("", []),
    ],
)
def test_a_byline_is_split_into_people(written, names):
    assert split_names(written) == names


def test_prose_that_begins_with_by_is_no_byline():
    assert read_first_lines("A day at sea\nBy The Time The Sun Rose They Had All Gone Home\nMore.").authors == ()
    assert read_first_lines("A day at sea\nBy noon the quay was empty.\nMore.").authors == ()
