"""JSON Lines, JSON and CSV: every record an article or a Failure that names its line."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

from index.records import Article, Failure
from index.sources import read

TEXT = "The ferry sailed.\r\n\r\n  “On time,” said nobody.\t"


def write(path, content: str | bytes):
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


RECORD = {
    "url": "https://www.oldmerepost.example/ferry?utm_source=x",
    "title": "Ferry sails",
    "text": TEXT,
    "date": "2024-07-10T23:59:00-07:00",
    "updated": "2024-07-11",
    "authors": ["Ida Quill", "Bo Marr"],
    "language": "en",
}


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson", "a.json", "a.json.gz"])
def test_a_record_becomes_an_article_with_its_origins(tmp_path, name):
    (article,) = read(write(tmp_path / name, lines(RECORD)))
    assert isinstance(article, Article)
    assert (article.text, article.title, article.url) == (TEXT, "Ferry sails", RECORD["url"])
    assert (article.published, article.updated) == (date(2024, 7, 10), date(2024, 7, 11))
    assert (article.authors, article.language) == (("Ida Quill", "Bo Marr"), "en")
    assert article.source == "oldmerepost.example"
    assert article.path == str(tmp_path / name)
    assert article.origins["source"] == "host of the URL"
    assert article.origins["published"] == "field 'date'"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"headline": "H", "body": "B b."}, {"title": "H", "text": "B b."}),
        ({"Title": "H", "maintext": "B.", "date_publish": "2024-01-02 03:04:05"}, {"published": date(2024, 1, 2)}),
        (
            {"text": "B.", "publishedAt": "2024-01-02T00:00:00Z", "source": {"id": None, "name": "Post"}},
            {"source": "Post"},
        ),
        ({"text": "B.", "byline": "By Ida Quill and Bo Marr"}, {"authors": ("Ida Quill", "Bo Marr")}),
        ({"text": "B.", "author": [{"name": "Ida Quill"}]}, {"authors": ("Ida Quill",)}),
        ({"text": "B.", "authors": "['Ida Quill', 'Bo Marr']"}, {"authors": ("Ida Quill", "Bo Marr")}),
        ({"text": "B.", "pubDate": "Wed, 10 Jul 2024 10:00:00 GMT"}, {"published": date(2024, 7, 10)}),
        ({"text": "B.", "date": "03/04/2024"}, {"published": None}),
        ({"text": "B.", "published": None, "date": "2024-07-10"}, {"published": date(2024, 7, 10)}),
        ({"text": "B.", "id": "https://a.example/1"}, {"url": "https://a.example/1"}),
        ({"text": "B.", "source": "https://www.a.example/"}, {"source": "a.example"}),
        ({"text": "OLDMERE (AFP) - It rains."}, {"source": "AFP", "title": "It rains"}),
        ({"text": "B.", "title": "  Two\n lines\0 \ud800"}, {"title": "Two lines"}),
        ({"text": "B.", "url": "javascript:alert(1)"}, {"url": None}),
        ({"text": "B.", "url": "http://[broken"}, {"url": None}),
        (
            {"text": "B.", "Language\ud800": "en"},
            {"origins": {"title": "first sentence of the text", "language": "field 'Language'"}},
        ),
    ],
)
def test_the_usual_field_names_are_understood(tmp_path, fields, expected):
    (article,) = read(write(tmp_path / "a.jsonl", lines(fields)))
    assert {name: getattr(article, name) for name in expected} == expected


def test_an_ambiguous_date_is_left_unknown_and_said_once(tmp_path, caplog):
    articles = list(
        read(write(tmp_path / "a.jsonl", lines(*({"text": f"{n}.", "date": "03/04/2024"} for n in range(3)))))
    )
    assert [article.published for article in articles] == [None] * 3
    assert [record.getMessage().count("03/04/2024") for record in caplog.records] == [1]


def test_the_id_of_the_collection_keeps_the_article_the_same_when_its_text_changes(tmp_path):
    (before,) = read(write(tmp_path / "a.jsonl", lines({"id": 7, "text": "One."})))
    (after,) = read(write(tmp_path / "a.jsonl", lines({"id": 7, "text": "Two."})))
    assert before.id == after.id
    assert before.content_hash != after.content_hash


def test_records_without_id_are_told_apart_by_their_text(tmp_path):
    one, two = read(write(tmp_path / "a.jsonl", lines({"text": "One."}, {"text": "Two."})))
    assert one.id != two.id


def test_a_broken_line_stops_no_other(tmp_path):
    content = (
        lines({"text": "One."})
        + '{"text": \n\n'
        + lines(
            ["a list"],
            {"title": "T", "url": "u"},
            {"text": "\ud800"},
            {"text": "a\0"},
            {"text": " "},
            {"text": "Last."},
        )
    )
    found = list(read(write(tmp_path / "feed.jsonl", content + "[" * 100_000)))
    where = str(tmp_path / "feed.jsonl")
    failures = {f.where.removeprefix(where): f.reason for f in found if isinstance(f, Failure)}
    assert [a.text for a in found if isinstance(a, Article)] == ["One.", "Last."]
    assert list(failures) == [":2", ":4", ":5", ":6", ":7", ":8", ":10"]
    assert failures[":5"] == "has no text; its fields are 'title', 'url'"
    assert "U+D800 (half a surrogate pair)" in failures[":6"]
    assert "U+0000 (NUL) at character 1" in failures[":7"]
    assert failures[":10"] == "is not valid JSON (nested too deeply)"


def test_a_line_beyond_the_limit_is_passed_over(tmp_path):
    path = write(tmp_path / "a.jsonl.gz", lines({"text": "x" * 50_000}, {"text": "Short."}))
    failure, article = read(path, max_record_mb=0.01)
    assert failure.where == f"{path}:1"
    assert article.text == "Short."


def test_a_collection_is_read_line_by_line(tmp_path):
    path = write(tmp_path / "a.jsonl", lines({"text": "First."}) + "x" * 3_000_000)
    assert next(iter(read(path))).text == "First."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_collection_in_another_encoding_is_read(tmp_path, encoding, name):
    text = "“Café’s” — naïve."
    content = f'text,title\n"{text}",T\n' if name == "a.csv" else json.dumps({"text": text}, ensure_ascii=False) + "\n"
    (article,) = read(write(tmp_path / name, content.encode(encoding)))
    assert article.text == text


@pytest.mark.parametrize(
    "content", ['[{"text": "A."}, {"text": "B."}]', '{"articles": [{"text": "A."}, {"text": "B."}]}']
)
def test_a_json_file_is_a_list_or_holds_one(tmp_path, content):
    assert [a.text for a in read(write(tmp_path / "a.json", content))] == ["A.", "B."]


def test_in_a_json_list_a_failure_names_its_number(tmp_path):
    path = write(tmp_path / "a.json", '[{"text": "A."}, {"title": "B"}]')
    _, failure = read(path)
    assert failure.where == f"{path}, article 2"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", "{", "is not valid JSON"),
        ("a.json", "[]", "holds no article"),
        ("a.json", "", "is empty"),
        ("a.jsonl", "\n\n", "is empty"),
        ("a.jsonl", b"PK\x03\x04\0\0\0", "is not text"),
        ("a.csv", "name,price\nplum,42\n", "has no column of texts; its columns: 'name', 'price'"),
        ("a.csv", "title,text\rA,B\r", "begins with a line that is no row of a table"),
        ("a.csv", "", "has no column of texts; its columns: none"),
    ],
)
def test_a_file_that_holds_no_article_is_reported(tmp_path, name, content, reason):
    (failure,) = read(write(tmp_path / name, content))
    assert isinstance(failure, Failure)
    assert failure.reason.startswith(reason)


def test_a_damaged_gzip_file_gives_what_came_before(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    whole = gzip.compress(lines({"text": "First."}, *({"text": f"{n * n * 7919}"} for n in range(20_000))).encode())
    path.write_bytes(whole[: len(whole) // 2])
    *articles, failure = read(path)
    assert articles[0].text == "First."
    assert "is damaged" in failure.reason


def test_what_is_not_gzip_is_reported(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(b'{"text": "plain"}')
    (failure,) = read(tmp_path / "a.jsonl.gz")
    assert "is damaged" in failure.reason


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_separates_its_columns(tmp_path, mark):
    rows = [["title", "text", "date"], ["T", '"Said ""a"", b; c | d\n\nnext"', "2024-07-10"]]
    (article,) = read(write(tmp_path / "a.csv", "\n".join(mark.join(row) for row in rows) + "\n"))
    assert (article.title, article.text) == ("T", 'Said "a", b; c | d\n\nnext')
    assert article.published == date(2024, 7, 10)


def test_a_long_field_and_a_bad_row_of_a_table_are_no_trouble(tmp_path):
    content = f"title,text\nA,{'long ' * 60_000}\nB,too,many\nC,short\n"
    path = write(tmp_path / "a.csv.gz", content)
    long, failure, short = read(path)
    assert len(long.text) == 300_000
    assert failure.where == f"{path}:3"
    assert "3 values for 2 columns" in failure.reason
    assert short.text == "short"
