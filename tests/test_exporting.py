"""A conversation as Markdown, HTML, CSV and JSON: the quotes as they are, everything else inert."""

import csv
import html
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_conversations import QUOTE, SUMMIT, answer

from assistant.conversations import Turn
from assistant.exporting import FORMATS, as_json, evidence_csv, file_name, markdown, page
from assistant.kept import KeptAnswer, KeptCitation
from assistant.showing.thread import thread_html
from assistant.showing.words import asides, plain
from assistant.spreadsheet import safe_cell
from index import Article, SearchFilter

NASTY = '=1+1 <b>*x*</b> [y](javascript:z) | "q"'
TURNS = [
    Turn(1, 7, "What did NATO say?", answer(), SearchFilter(sources=("Northern Wire",))),
    Turn(2, 8, NASTY, answer(text="The articles do not say.", statements=(), citations=()), problem=None),
    Turn(3, 9, "Broken?", problem="ask in fewer words"),
    Turn(4, 10, "Nothing?"),
]


NEAR = KeptCitation(1, SUMMIT, 0, len(QUOTE), QUOTE)


def declined(near=NEAR):
    return Turn(
        1, 1, "Who won?", KeptAnswer("Who won?", "Who won?", False, "The articles do not say.", near_misses=(near,))
    )


def test_markdown_shows_every_character_as_it_is():
    shown = MarkdownIt("commonmark").render(markdown(NASTY, TURNS))
    assert f"<h1>{html.escape(NASTY)}</h1>" in shown and f"<h2>{html.escape(NASTY)}</h2>" in shown
    assert f"<blockquote>\n<p>{html.escape(QUOTE)}</p>\n</blockquote>" in shown
    assert "Restricted to articles Northern Wire." in shown and "As of 10 July 2024." in shown
    assert "ask in fewer words" in shown and "Not answered." in shown
    assert "<b>" not in shown and "<a " not in shown


def in_html(shown):
    return html.unescape(re.search(r"<blockquote>(.*?)</blockquote>", shown, re.DOTALL)[1])


def in_markdown(shown):
    quoted = re.search(r"\n\n((?:> [^\n]*\n)+)\Z", shown)[1]
    return html.unescape("\n".join(line.removeprefix("> ") for line in quoted[:-1].split("\n")))


def in_rendered_markdown(shown):
    return in_html(MarkdownIt("commonmark").render(shown)).removeprefix("\n<p>").removesuffix("</p>\n")


def in_csv(shown):
    (row,) = csv.DictReader(io.StringIO(shown.removeprefix("\ufeff"), newline=""))
    return row["quote"]


def in_json(shown):
    return json.loads(shown)["turns"][0]["near_misses"][0]["quote"]


PRINTED = st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from(" \n\t\r")
"""Control characters have no place in Markdown: it has no character references for them."""


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(" \n\t\r&<"), min_size=1), st.text(), st.text())
def test_a_quote_leaves_in_every_format_as_it_stands_in_its_article(quote, before, after):
    made = Article.create(before + quote + after, "T")
    turn = declined(KeptCitation(1, made, len(before), len(before + quote), quote))
    assert in_html(page("x", [turn])) == quote and "\r" not in page("x", [turn])
    assert in_markdown(markdown("x", [turn])) == quote
    assert in_csv(evidence_csv("x", [turn])) == safe_cell(quote)
    assert in_json(as_json("x", [turn])) == quote


@given(st.text(PRINTED, min_size=1))
def test_a_quote_in_markdown_is_shown_as_it_stands_in_its_article(quote):
    shown = markdown("x", [declined(KeptCitation(1, Article.create(quote, "T"), 0, len(quote), quote))])
    assert in_rendered_markdown(shown) == quote


def test_a_question_of_several_lines_is_one_heading_in_markdown():
    shown = MarkdownIt("commonmark").render(markdown("x", [Turn(1, 1, "What?\n\n- And why?")]))
    assert "<h2>What? - And why?</h2>" in shown


def test_html_has_links_to_the_web_alone_and_nothing_that_runs():
    shown = page(NASTY, TURNS)
    assert html.escape(NASTY) in shown and "<b>" not in shown and "<script" not in shown
    assert re.findall(r'(?:href|src)="([^"]*)"', shown) == [SUMMIT.url]
    assert f"<blockquote>{html.escape(QUOTE)}</blockquote>" in shown


def test_csv_has_a_row_for_each_passage_and_no_formula():
    hostile = Turn(1, 1, NASTY, answer())
    rows = list(csv.DictReader(io.StringIO(evidence_csv("x", [hostile, declined()]).removeprefix("\ufeff"))))
    assert [(row["answered"], row["quote"], row["fate"]) for row in rows] == [
        ("True", QUOTE, "as quoted"),
        ("False", QUOTE, "as quoted"),
    ]
    assert rows[0]["question"] == f"'{NASTY}"
    assert SUMMIT.text[int(rows[0]["start"]) : int(rows[0]["end"])] == rows[0]["quote"]


def test_json_gives_back_what_was_kept():
    read = json.loads(as_json(NASTY, TURNS))
    assert read["name"] == NASTY
    assert KeptAnswer.read(read["turns"][0], {SUMMIT.id: SUMMIT}.get) == TURNS[0].answer
    assert read["turns"][2]["problem"] == "ask in fewer words"


def test_json_has_a_question_as_it_was_put_also_where_an_earlier_version_kept_the_answer_without_it():
    then = answer(standalone_question="What did NATO say about China?").to_dict()
    del then["question"]
    turn = Turn(1, 1, "And China?", KeptAnswer.read(then, {SUMMIT.id: SUMMIT}.get))
    (read,) = json.loads(as_json("x", [turn]))["turns"]
    assert (read["question"], read["standalone_question"]) == ("And China?", "What did NATO say about China?")


WRITTEN = Turn(
    1,
    1,
    "And China?",
    answer(standalone_question="What did NATO say about China?", written_by="a-model", notes=("2 are not read yet.",)),
    SearchFilter(sources=("Northern Wire",)),
    stopped=True,
)


@pytest.mark.parametrize("make", [markdown, page, as_json, lambda _, turns: thread_html("x", turns)])
def test_every_export_tells_beside_an_answer_what_the_page_tells(make):
    assert len(asides(WRITTEN)) == 7
    for aside in asides(WRITTEN):
        assert plain(aside) in make("x", [WRITTEN])
    assert any("Written by a-model" in aside for aside in asides(WRITTEN))


@pytest.mark.parametrize("make", [markdown, page])
def test_an_export_tells_that_an_answer_is_from_before(make):
    turn = replace(WRITTEN, problem="ask in fewer words")
    shown = make("x", [turn])
    assert shown.index("ask in fewer words") < shown.index("The answer from before:") < shown.index(plain(QUOTE))


def test_json_tells_how_old_the_articles_are():
    (turn,) = json.loads(as_json("x", [WRITTEN]))["turns"]
    assert turn["as_of"] == {"oldest": "2024-07-10", "newest": "2024-07-10"} and turn["written_by"] == "a-model"


@pytest.mark.parametrize("make", [markdown, page])
def test_closest_passages_are_not_called_sources(make):
    assert "none of which answers" in make("x", [declined()]) and "Sources" not in make("x", [declined()])


def test_a_removed_article_is_said_to_be_removed():
    (kept,) = answer().citations
    gone = KeptCitation.read(kept.to_dict(), lambda _: None)
    turn = Turn(1, 1, "?", KeptAnswer("?", "?", True, "Said. [1]", citations=(gone,)))
    assert "has been removed since" in page("x", [turn])
    assert "has been removed since" in markdown("x", [turn])
    assert "removed" in evidence_csv("x", [turn])


@pytest.mark.parametrize(
    ("name", "file"), [("What, now?", "what-now.md"), ("../..", "conversation.md"), ("Å", "conversation.md")]
)
def test_a_file_has_a_name_that_is_safe_everywhere(name, file):
    assert file_name(name, "md") == file


def test_every_format_makes_an_empty_conversation():
    assert all(make("x", []) for _, _, make in FORMATS.values())
