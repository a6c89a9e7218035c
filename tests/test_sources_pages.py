"""Markdown and web pages: plain text once, and only the dates that they state."""

from __future__ import annotations

from datetime import date

import pytest

from index.records import Article, Failure
from index.sources import read
from index.sources.markdown import render
from index.sources.markup import text_of_html


def article_of(path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def failure_of(path, **limits) -> Failure:
    (failure,) = read(path, **limits)
    assert isinstance(failure, Failure), failure
    return failure


# Markdown

MARKDOWN = """---
title: Tram: council agrees
date: 2024-07-31T22:00:00-05:00
updated: 1 August 2024
authors: [Ida Quill, Bo Marr]
outlet: The Oldmere Post
url: https://example.com/tram
lang: en
---

The *council* of [Oldmere](https://example.com) voted
on **Wednesday**.

> “It is late,” said the mayor.

- one
- two
"""


def test_front_matter_is_used_and_taken_off(tmp_path):
    (tmp_path / "a.md").write_text(MARKDOWN)
    article = article_of(tmp_path / "a.md")
    assert article.title == "Tram: council agrees"
    assert (article.published, article.updated) == (date(2024, 7, 31), date(2024, 8, 1))
    assert (article.source, article.url, article.language) == ("The Oldmere Post", "https://example.com/tram", "en")
    assert article.origins["published"] == "front matter 'date'"
    assert article.text == ("The council of Oldmere voted on Wednesday.\n\n“It is late,” said the mayor.\n\none\ntwo")


def test_front_matter_that_is_yaml_is_read_as_yaml(tmp_path):
    (tmp_path / "a.md").write_text(
        MARKDOWN.replace("Tram: council agrees", "'Tram: council agrees'").replace("\n", "\r\n")
    )
    article = article_of(tmp_path / "a.md")
    assert article.title == "Tram: council agrees"
    assert article.authors == ("Ida Quill", "Bo Marr")


def test_a_rule_at_the_top_is_no_front_matter(tmp_path):
    (tmp_path / "a.md").write_text("# Tram\n\n---\n\nThe tram: late.\n\n---\n")
    article = article_of(tmp_path / "a.md")
    assert (article.title, article.text) == ("Tram", "Tram\n\nThe tram: late.")
    assert article.origins["title"] == "first heading"


def test_prose_between_two_rules_is_kept(tmp_path):
    (tmp_path / "a.md").write_text("---\n\nNobody came.\n\n---\n\nNobody left.\n")
    assert article_of(tmp_path / "a.md").text == "Nobody came.\n\nNobody left."


def test_front_matter_alone_is_no_article(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: T\n---\n")
    assert failure_of(tmp_path / "a.md").reason == "has no text in it"


def test_markup_is_rendered_to_words():
    _, text = render(
        "A ![picture](x.png)line  \nbroken `code`\n\n|a|b|\n|-|-|\n|1|2|\n\n<p>raw <b>html</b></p>\n\n    block\n"
    )
    assert text == "A line\nbroken code\n\na | b\n\n1 | 2\n\nraw html\n\nblock"


# Web pages

WORDS = [
    f"The board of the harbour met for the {n}th time on Monday and agreed on nothing at all." for n in range(4, 10)
]


def page(head: str = "", body: str = "") -> str:
    paragraphs = "".join(f"<p>{words}</p>" for words in WORDS)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>'
        f"<nav><a href='/'>Home</a><time datetime='2001-01-01'>then</time></nav>"
        f"<article><h1>Board meets in vain</h1>{body}{paragraphs}</article>"
        f"<footer>Copyright 2023. Last built 5 May 2023.</footer></body></html>"
    )


def page_article(tmp_path, head: str = "", body: str = "") -> Article:
    (tmp_path / "a.html").write_text(page(head, body), encoding="utf-8")
    return article_of(tmp_path / "a.html")


def test_a_page_becomes_its_report_in_paragraphs(tmp_path):
    article = page_article(tmp_path)
    assert article.text.endswith("\n\n".join(WORDS))
    assert "Home" not in article.text
    assert article.title == "Board meets in vain"
    assert article.language == "en"


def test_a_page_that_states_no_date_has_none(tmp_path):
    article = page_article(tmp_path, body='<p class="photo">Picture taken on March 3, 2020.</p>')
    assert (article.published, article.updated) == (None, None)


@pytest.mark.parametrize(
    ("head", "body", "published", "updated", "origin"),
    [
        (
            '<meta property="article:published_time" content="2024-07-10T23:59:00-05:00">'
            '<meta property="article:modified_time" content="2024-07-12T00:00:00Z">',
            "",
            date(2024, 7, 10),
            date(2024, 7, 12),
            "html meta article:published_time",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "1999-01-01"},'
            '{"@type": ["NewsArticle"], "datePublished": "2024-07-10", "dateModified": "2024-07-11"}]}</script>',
            "",
            date(2024, 7, 10),
            date(2024, 7, 11),
            "JSON-LD datePublished",
        ),
        (
            "",
            '<time itemprop="datePublished" datetime="2024-07-10T10:00">Wednesday</time>'
            '<time itemprop="dateModified" datetime="2024-07-11T10:00">Thursday</time>',
            date(2024, 7, 10),
            date(2024, 7, 11),
            "html time element (published)",
        ),
        ("", '<time datetime="2024-07-10">Wednesday</time>', date(2024, 7, 10), None, "html time element"),
        ('<meta name="date" content="03/04/2024">', "", None, None, None),
    ],
    ids=["meta", "json-ld", "time elements", "one time element", "ambiguous"],
)
def test_only_stated_dates_of_a_page_are_taken(tmp_path, head, body, published, updated, origin):
    article = page_article(tmp_path, head, body)
    assert (article.published, article.updated) == (published, updated)
    assert article.origins.get("published") == origin


def test_the_outlet_authors_and_address_of_a_page_are_read(tmp_path):
    head = (
        '<meta property="og:site_name" content="The Oldmere Post"><link rel="canonical" href="https://op.example/board">'
        '<meta property="article:author" content="https://social.example/ida"><script type="application/ld+json">'
        '{"@type": "NewsArticle", "headline": "H", "author": [{"name": "Ida Quill"}, {"name": "Bo Marr"}]}</script>'
        "<title>Board meets | The Oldmere Post</title><meta property='og:title' content='Board meets'>"
    )
    article = page_article(tmp_path, head)
    assert (article.source, article.title) == ("The Oldmere Post", "Board meets")
    assert article.authors == ("Ida Quill", "Bo Marr")
    assert article.url == "https://op.example/board"


def test_a_canonical_address_of_a_front_page_names_no_article(tmp_path):
    assert page_article(tmp_path, '<link rel="canonical" href="https://op.example/">').url is None


def test_broken_json_ld_is_passed_over(tmp_path):
    assert page_article(tmp_path, '<script type="application/ld+json">{"@type": </script>').title


def test_the_encoding_that_a_page_declares_is_used(tmp_path):
    html = page("", "<p>“Naïve”, said Żółć</p>").replace("utf-8", "iso-8859-2").replace("“", '"').replace("”", '"')
    (tmp_path / "a.html").write_bytes(html.replace("ï", "i").encode("iso-8859-2"))
    assert "Żółć" in article_of(tmp_path / "a.html").text


@pytest.mark.parametrize("html", ["<html></html>", "<!-- nothing -->", "<script>build()</script>", "<nav>Home</nav>"])
def test_a_page_without_a_report_is_reported(tmp_path, html):
    (tmp_path / "a.html").write_text(html)
    assert failure_of(tmp_path / "a.html").remedy


def test_a_piece_of_html_becomes_paragraphs():
    html = (
        "<p>One &amp; <b>two</b>\n words</p><ul><li>three<li>four</ul>five<br>six<script>bad()</script><style>x</style>"
    )
    assert text_of_html(html) == "One & two words\n\nthree\n\nfour\n\nfive\nsix"
    assert text_of_html("") == ""
    assert text_of_html("plain") == "plain"
