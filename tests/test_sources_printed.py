"""PDF and Word files: plain text once; what is locked, damaged or hostile is reported."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pypdf
import pytest

from index.records import Article, Failure
from index.sources import read
from index.sources.paragraphs import join_paragraphs


def article_of(path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def failure_of(path, **limits) -> Failure:
    (failure,) = read(path, **limits)
    assert isinstance(failure, Failure), failure
    return failure


# PDF


def pdf(*pages: list[str], info: str = "") -> bytes:
    """A PDF file with one line of Helvetica after the other on each page; no brackets in the lines."""
    streams = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T* " for line in lines)
        streams.append(f"BT /F 12 Tf 72 720 Td 14 TL {shown}ET".encode("cp1252"))
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in enumerate(streams):
        content = 5 + 2 * number
        font = "/Resources << /Font << /F 3 0 R >> >> /MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {font} /Contents {content} 0 R >>".encode())
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    objects.append(f"<< {info} >>".encode())
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer\n".encode())
    out.write(
        f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out.getvalue()


REPORT = [
    "Board meets in vain",
    "The board of the harbour met on Monday for the third time and agreed to post-",
    "pone its decision on the well-known crane until the autumn, when the engin-",
    "eers will have finished.",
    "“It is late,” said Ida Quill, who has run the crane since it was put up on the",
    "quay in 1988.",
]
REPORT_TEXT = (
    "Board meets in vain\n\n"
    "The board of the harbour met on Monday for the third time and agreed to postpone its decision on the well-known "
    "crane until the autumn, when the engineers will have finished.\n\n"
    "“It is late,” said Ida Quill, who has run the crane since it was put up on the quay in 1988."
)


def test_a_pdf_becomes_paragraphs_and_its_creation_date_is_no_date(tmp_path):
    info = "/Title (Microsoft Word - board.docx) /Author (Ida Quill) /CreationDate (D:20240710120000Z)"
    (tmp_path / "a.pdf").write_bytes(pdf(REPORT, info=info))
    article = article_of(tmp_path / "a.pdf")
    assert article.text == REPORT_TEXT
    assert (article.title, article.authors) == ("Board meets in vain", ("Ida Quill",))
    assert (article.published, article.updated) == (None, None)


def test_a_pdf_with_a_password_is_reported(tmp_path):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(REPORT)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert failure_of(tmp_path / "a.pdf").reason == "is protected by a password"


def test_a_pdf_that_may_only_not_be_printed_is_read(tmp_path):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(REPORT)))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert article_of(tmp_path / "a.pdf").text == REPORT_TEXT


def test_a_pdf_without_text_may_need_ocr(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf([]))
    failure = failure_of(tmp_path / "a.pdf")
    assert failure.reason == "has no text in it"
    assert "OCR" in failure.remedy


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
@pytest.mark.parametrize("content", [b"Just words", b"<html></html>"])
def test_a_file_that_is_not_what_its_name_says_is_reported(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert "whatever its name says" in failure_of(tmp_path / name).reason


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"%PDF-1.4\n rubbish"), ("a.docx", b"PK\x03\x04rubbish")])
def test_a_damaged_document_is_reported(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert failure_of(tmp_path / name).reason.startswith("is damaged")


def test_a_document_that_takes_too_long_is_given_up(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf(REPORT))
    assert "took longer than 0.01 seconds" in failure_of(tmp_path / "a.pdf", max_seconds=0.01).reason


def test_running_heads_and_page_numbers_are_dropped_and_sentences_run_on():
    pages = [
        "The Oldmere Post - 1\nThe board of the harbour met on Monday and after\n3",
        "The Oldmere Post - 2\na long night agreed on nothing that anybody would\n4",
        "The Oldmere Post - 3\nremember.\n5",
    ]
    whole = (
        "The board of the harbour met on Monday and after a long night agreed on nothing that anybody would remember."
    )
    assert join_paragraphs(pages) == whole


def test_a_hyphen_that_the_document_writes_elsewhere_is_kept():
    lines = (
        "The so-called crane is well-known in town, and the well-\nknown crane is late. "
        "The eﬃcient Franco-\nGerman one came."
    )
    assert join_paragraphs([lines]) == (
        "The so-called crane is well-known in town, and the well-known crane is late. "
        "The efficient Franco-German one came."
    )


# Word


def word(path, *paragraphs: str, heading: str | None = None, author: str = "python-docx", title: str = "") -> None:
    document = docx.Document()
    if heading:
        document.add_heading(heading, 0)
    for words in paragraphs:
        document.add_paragraph(words)
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "crane", "1988"
    document.core_properties.author, document.core_properties.title = author, title
    document.core_properties.created = datetime(2024, 7, 10, tzinfo=UTC)
    document.save(str(path))


def test_a_word_file_becomes_paragraphs_and_its_creation_date_is_no_date(tmp_path):
    word(tmp_path / "a.docx", "First.", "", "Second.", heading="Board meets in vain")
    article = article_of(tmp_path / "a.docx")
    assert article.text == "Board meets in vain\n\nFirst.\n\nSecond.\n\ncrane | 1988"
    assert (article.title, article.authors, article.published) == ("Board meets in vain", (), None)
    assert article.origins["title"] == "heading of the document"


@pytest.mark.parametrize(
    ("author", "authors"),
    [("Ida Quill", ("Ida Quill",)), ("python-docx", ()), ("Microsoft Office User", ()), ("idaq", ()), ("", ())],
)
def test_only_an_author_with_a_persons_name_is_believed(tmp_path, author, authors):
    word(tmp_path / "a.docx", "First.", author=author)
    assert article_of(tmp_path / "a.docx").authors == authors


def test_a_word_file_with_a_password_is_reported(tmp_path):
    (tmp_path / "a.docx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    assert failure_of(tmp_path / "a.docx").reason == "is protected by a password"


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as entry,
    ):
        for _ in range(21):
            entry.write(bytes(10_000_000))
    assert failure_of(tmp_path / "a.docx").reason == "grows too large when unpacked"
