"""What the page shows, without a browser: what articles say stays inert, what is marked is what was cited."""

import html
import re
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest
from markdown_it import MarkdownIt

from assistant.answer import Answer, Citation
from assistant.conversations import Turn
from assistant.kept import KeptAnswer, KeptCitation
from assistant.quotes import Quote
from assistant.showing import evidence, holdings, reader, said, thread, words
from index import AddReport, Article, Failure, SearchFilter

TEXT = "The ferry hit the quay on Sunday.\n\nSeventeen people were hurt, <b>nobody</b> & nothing sank.\n\nIt was late."
HURT = "Seventeen people were hurt, <b>nobody</b> & nothing sank."
HOSTILE = '<img src=x onerror="alert(1)">'


def article(**given):
    given = {"title": "Ferry hits quay", "url": "https://example.com/ferry", "source": "The Post"} | given
    return Article.create(TEXT, given.pop("title"), **given)


def citation(number=1, quote=HURT, made=None, **given):
    made = made or article(published=date(2024, 7, 21))
    start = made.text.index(quote)
    return Citation(number, made, start, start + len(quote), quote, **given)


def answer(*citations, text="Seventeen were hurt. [1]", **given):
    return KeptAnswer.of(Answer("How many?", "How many?", True, text, citations=citations, **given))


def turn(*citations, number=1, only=None, **given):
    return Turn(number, number + 40, "How many?", answer(*citations, **given), only or SearchFilter())


def declined(*near):
    return KeptAnswer.of(Answer("Who won?", "Who won?", False, "The articles do not say.", near_misses=near))


def kept(**given):
    return KeptCitation.of(citation(**given))


def gone():
    return KeptCitation.read(kept().to_dict(), lambda _: None)


def marks(shown):
    return [html.unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", shown, re.DOTALL)]


def test_the_marked_words_are_the_quote():
    assert marks(evidence.surroundings(kept())) == [HURT]
    assert marks(evidence.surroundings(gone())) == [HURT]


def test_the_whole_article_is_there_character_for_character():
    shown = evidence.marked(TEXT, 0, len(TEXT), [(5, 20), (10, 40), (40, 44)])
    assert html.unescape(re.sub(r"</?mark>", "", shown)) == TEXT
    assert marks(shown) == [TEXT[5:44]]


@pytest.mark.parametrize("span", [(0, 3), (len(TEXT) - 5, len(TEXT)), (0, len(TEXT))], ids=["first", "last", "all"])
def test_words_at_the_edges_of_an_article_are_marked(span):
    quoted = kept(quote=TEXT[slice(*span)])
    assert marks(evidence.surroundings(quoted)) == [quoted.quote]


@pytest.mark.parametrize("quote", ["said:  “We\n  wait.”", "He said\r\nno.", "a\u2028b"])
def test_white_space_in_a_quote_is_kept_wherever_it_is_shown(quote):
    made = Article.create(f"Then {quote}\n\nLater.", "Ferry")
    quoted = kept(quote=quote, made=made)
    assert marks(evidence.surroundings(quoted)) == [quote]
    shown = re.sub(r"</?mark>", "", evidence.surroundings(quoted))
    assert html.unescape(shown) == made.text and "\r" not in shown
    assert f'data-text="“{words.escaped(quote)}”' in evidence.copy_button(quoted)
    row = Quote(made, 5, 5 + len(quote), quote, "he", "he", None, "direct", "said")
    assert f">{words.escaped(quote)}</blockquote>" in said.said_html([row], 50, "fit")


def test_the_style_keeps_white_space_where_articles_are_quoted():
    style = (resources.files("assistant") / "page" / "page.css").read_text("utf-8")
    for place in (".dl-evidence .dl-quote", ".dl-table blockquote", ".dl-answer > p", ".dl-text"):
        (rule,) = re.findall(rf"^{re.escape(place)} {{(.*)}}$", style, re.MULTILINE)
        assert "white-space: pre-wrap" in rule


def test_surroundings_are_cut_between_words():
    long = Article.create("alpha " * 200 + "THE WORDS" + " omega" * 200, "Long")
    shown = evidence.surroundings(kept(quote="THE WORDS", made=long))
    assert shown.startswith("… alpha ") and shown.endswith(" omega …")
    assert len(shown) < 2 * evidence.SURROUNDINGS + 60


@pytest.mark.parametrize("field", ["title", "source", "authors"])
def test_html_in_an_article_stays_inert(field):
    made = article(**{field: (HOSTILE,) if field == "authors" else HOSTILE})
    shown = evidence.evidence_html([turn(citation(made=made, speaker=HOSTILE, speaks_for=HOSTILE + "2"))])
    assert "<img" not in shown and "<b>" not in shown
    assert "&lt;img" in shown


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[x", "http:"])
def test_only_web_addresses_become_links(url):
    assert "<a" not in evidence.headline(Article("1", TEXT, "Ferry", url=url))
    assert 'rel="noopener noreferrer"' in evidence.headline(article())


def test_an_unknown_date_is_said_to_be_unknown():
    assert "date unknown" in evidence.byline(article())
    assert "no known date" in words.as_of(answer(citation(made=article())))
    assert words.as_of(answer(citation())) == "As of 21 July 2024."


def test_an_answer_tells_on_how_much_it_stands():
    other = Article.create(TEXT, "Again", source="The Wire")
    assert words.standing(answer(citation())) == "Stands on 1 passage of 1 article from 1 outlet."
    both = answer(citation(), citation(2, "It was late."), citation(3, made=other))
    assert words.standing(both) == "Stands on 3 passages of 2 articles from 2 outlets."
    assert words.standing(declined(citation())) == ""


def test_markers_become_links_to_their_own_turn_and_unknown_ones_do_not():
    shown = thread.thread_html("c", [turn(citation(), number=3, text="Hurt. [1] Sunk. [7]")])
    assert 'href="#turn-3-cite-1"' in shown and "Sunk. [7]" in shown
    assert "cite-7" not in shown
    assert 'id="turn-3-cite-1"' in evidence.evidence_html([turn(citation(), number=3)])


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "[x](javascript:1)", "*x* _y_ `z` ~~w~~", "# x", "- x", "1. x", "1999. x", "123456789) x",
     "x \n\n\t x\n ", "![x](y)", "$$x$$",
     "www.x.org", "http://x.org", "a@x.org", "| x |", "> x", "    x", "&amp;", "\\*"],
)  # fmt: skip
def test_text_in_markdown_is_not_read_as_markdown(text):
    shown = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(words.plain(text))
    assert html.unescape(shown) == f"<p>{text}</p>\n"


def test_a_reference_says_whose_words_these_are_and_where_they_stand():
    cited = kept(speaker="Ida Brink", speaks_for="The Line")
    start = TEXT.index(HURT)
    assert words.reference(cited) == (
        "Ida Brink, for The Line, Ferry hits quay, The Post, 21 July 2024, https://example.com/ferry, "
        f"characters {start}–{start + len(HURT)}"
    )
    assert words.quotation(cited).startswith(f"“{HURT}”\n— Ida Brink")


def test_a_declined_answer_shows_the_closest_passages_without_numbers():
    shown = evidence.evidence_html([Turn(1, 1, "Who won?", declined(citation()))])
    assert "Closest passages" in shown and "do not say" in shown and "Near, no answer" in shown
    assert 'id="turn-1-cite' not in shown and "dl-number" not in shown


def test_what_a_declined_answer_says_stands_alone_in_the_conversation():
    shown = thread.thread_html("c", [Turn(1, 1, "Who won?", declined(citation()))])
    assert '<div class="dl-answer"><p>The articles do not say.</p></div>' in shown


def test_a_declined_answer_without_passages_promises_none():
    shown = evidence.evidence_html([Turn(1, 1, "Who won?", declined())])
    assert "No passages" in shown and "come closest" not in shown


def test_a_removed_article_is_said_to_be_removed_and_cannot_be_opened():
    shown = evidence.evidence_html([Turn(1, 1, "?", KeptAnswer("?", "?", True, "Hurt. [1]", citations=(gone(),)))])
    assert "has been removed since" in shown and 'data-act="article"' not in shown
    assert marks(shown) == [HURT]


def test_a_restriction_is_shown_with_the_answer_it_was_made_for():
    only = SearchFilter(published_from=date(2024, 7, 10), sources=("The <Post>",))
    for shown in (evidence.evidence_html([turn(citation(), only=only)]), thread.thread_html("c", [turn(only=only)])):
        assert "Restricted to articles from 10 July 2024; The &lt;Post&gt;." in shown
    assert "Restricted" not in evidence.evidence_html([turn(citation())])


def test_the_last_answer_is_shown_and_older_ones_wait_hidden():
    shown = evidence.evidence_html([turn(citation()), turn(citation(), number=2)])
    assert re.findall(r'<section class="dl-turn" id="turn-(\d)"[^>]*?( hidden)?>', shown) == [
        ("1", " hidden"),
        ("2", ""),
    ]


def test_links_to_evidence_that_is_no_longer_sent_are_not_made():
    turns = [turn(citation(), number=n) for n in range(1, evidence.TURNS_WITH_EVIDENCE + 2)]
    shown = thread.thread_html("c", turns)
    assert "#turn-1-" not in shown and "#turn-2-" in shown
    shown = evidence.evidence_html(turns)
    assert 'id="turn-1"' not in shown and 'id="turn-2"' in shown


def test_a_turn_that_is_being_answered_can_be_stopped_and_nothing_else():
    asked = Turn(1, 9, "How many?")
    waiting = thread.thread_html("c", [asked], {9})
    assert 'data-act="stop"' in waiting and 'data-act="again"' not in waiting and 'data-busy="yes"' in waiting
    cut_short = thread.thread_html("c", [asked])
    assert 'data-act="again"' in cut_short and "Not answered" in cut_short and "data-busy" not in cut_short


def test_where_asking_again_failed_the_former_answer_stands_below_the_problem():
    shown = thread.thread_html("c", [replace(turn(citation()), problem="ask in <fewer> words")])
    assert "ask in &lt;fewer&gt; words" in shown and "The answer from before:" in shown and "Seventeen were" in shown
    assert "Not answered" not in thread.thread_html("c", [Turn(1, 9, "How many?", problem="no")])


def test_only_an_edit_that_takes_questions_away_warns_of_it():
    shown = thread.thread_html("c", [turn(citation()), turn(citation(), number=2)])
    assert shown.count("will be taken away") == 1


def test_example_questions_are_offered_only_where_they_are_given():
    shown = thread.empty_html("3 articles · 1 outlet", ["The <Post>"], ["Who & when?"])
    assert "The &lt;Post&gt;" in shown and 'data-question="Who &amp; when?"' in shown


def test_spans_outside_of_an_article_are_left_out():
    assert reader.spans_of("0-4 3-2 5-999 x-y 10-20", 100) == [(0, 4), (10, 20)]


def test_an_opened_article_is_whole_and_begins_at_its_first_span():
    start = TEXT.index(HURT)
    shown = reader.article_html(article(), [(start, start + len(HURT)), (0, 3)])
    assert marks(shown) == ["The", HURT]
    assert shown.index('id="dl-reader-at"') < shown.index("Seventeen")
    opened = re.search(r'<div class="dl-text".*?>(.*)</div></div>', shown, re.DOTALL)[1]
    assert html.unescape(re.sub(r"</?(mark|span)[^>]*>", "", opened)) == TEXT


def statement(speaker, source=None, published=None):
    return Quote(article(source=source, published=published), 0, 9, TEXT[:9], speaker, "he", None, "direct", "said")


@pytest.mark.parametrize(
    ("order", "speakers"),
    [("fit", "bCa"), ("speaker", "abC"), ("outlet", "aCb"), ("newest", "bCa"), ("oldest", "Cba")],
)
def test_statements_are_sorted_with_what_is_unknown_last(order, speakers):
    given = [
        statement("b", "Z", date(2024, 2, 1)),
        statement("C", "b", date(2024, 1, 1)),
        statement("a", "A"),
    ]
    assert "".join(quote.speaker for quote in said.in_order(given, order)) == speakers


def test_a_table_of_statements_says_when_there_are_more():
    shown = said.said_html([statement("a")] * 3, 2, "fit", cut=True)
    assert "The first 3 statements" in shown and shown.count("<tr>") == 3 and 'data-act="more"' in shown
    assert "No statements" in said.said_html([], 50, "fit")


def test_failures_of_an_addition_have_their_remedy():
    shown = holdings.report_html(AddReport(added=1, failures=(Failure("<a>", "has no text", "fill it in"),)))
    assert "1 added" in shown and "1 failed" in shown and "&lt;a&gt;" in shown and "fill it in" in shown


def test_attributes_are_escaped():
    assert (
        words.attributes(data_text='"<x>', title=None, aria_label="a") == ' data-text="&quot;&lt;x&gt;" aria-label="a"'
    )
