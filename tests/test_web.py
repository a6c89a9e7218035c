"""The page's HTML and Markdown, without a browser: what articles say stays inert, what is marked is what was cited."""

import asyncio
import html
import re
from datetime import date

import pytest

from assistant import evidence_html, guard, web
from assistant.answer import Answer, Citation
from index import AddReport, Article, Failure, SearchFilter, SourceError

TEXT = "The ferry hit the quay on Sunday.\n\nSeventeen people were hurt, <b>nobody</b> & nothing sank.\n\nIt was late."
HURT = "Seventeen people were hurt, <b>nobody</b> & nothing sank."


def article(**given):
    given = {"title": "Ferry hits quay", "url": "https://example.com/ferry", "source": "The Post"} | given
    return Article.create(TEXT, given.pop("title"), **given)


def citation(number=1, quote=HURT, made=None, **given):
    made = made or article(published=date(2024, 7, 21))
    start = made.text.index(quote)
    return Citation(number, made, start, start + len(quote), quote, **given)


def answer(*citations, text="Seventeen were hurt. [1]", **given):
    return Answer("How many?", "How many?", True, text, citations=citations, **given)


def turn(*citations, number=1, **given):
    return evidence_html.Turn(number, "How many?", answer(*citations, **given))


def marks(shown):
    return [html.unescape(words) for words in re.findall(r"<mark>(.*?)</mark>", shown, re.DOTALL)]


class FakeArchive:
    def __init__(self, *articles):
        self.articles = list(articles)

    def sources(self):
        return [(name, 1) for name in sorted({a.source for a in self.articles})]

    def counts(self):
        return {"articles": len(self.articles), "passages": len(self.articles)}

    def listing(self, only=None, *, limit=None):
        return self.articles[:limit]


class FakeAssistant:
    def __init__(self, *articles):
        self.archive = FakeArchive(*articles)
        self.heard = []

    def stream(self, question, history=(), *, only=SearchFilter()):  # noqa: B008
        self.heard.append((question, list(history), only))
        yield answer(citation())
        yield answer(citation(), text="Seventeen were hurt. [1] It was late. [2]")

    def add(self, place, *, progress=None):
        if str(place).endswith(".pdf"):
            raise SourceError(str(place), "is no PDF", "save it again as a PDF")
        return AddReport(added=1, failures=(Failure(f"{place}:3", "has no text", "fill in its text"),))


def test_the_marked_words_are_the_quote():
    assert marks(evidence_html.surroundings(citation())) == [HURT]


def test_the_whole_article_is_there_character_for_character():
    shown = evidence_html.marked(TEXT, 0, len(TEXT), [(5, 20), (10, 40), (40, 44)])
    assert html.unescape(re.sub(r"</?mark>", "", shown)) == TEXT
    assert marks(shown) == [TEXT[5:44]]


@pytest.mark.parametrize("span", [(0, 3), (len(TEXT) - 5, len(TEXT)), (0, len(TEXT))], ids=["first", "last", "all"])
def test_words_at_the_edges_of_an_article_are_marked(span):
    quoted = citation(quote=TEXT[slice(*span)])
    assert marks(evidence_html.surroundings(quoted)) == [quoted.quote]


def test_surroundings_are_cut_between_words():
    long = Article.create("alpha " * 200 + "THE WORDS" + " omega" * 200, "Long")
    shown = evidence_html.surroundings(citation(quote="THE WORDS", made=long))
    assert shown.startswith("… alpha ") and shown.endswith(" omega …")
    assert len(shown) < 2 * evidence_html.SURROUNDINGS + 60


@pytest.mark.parametrize("field", ["title", "source", "authors"])
def test_html_in_an_article_stays_inert(field):
    hostile = '<img src=x onerror="alert(1)">'
    made = article(**{field: (hostile,) if field == "authors" else hostile})
    shown = evidence_html.evidence_html([turn(citation(made=made, speaker=hostile, speaks_for=hostile + "2"))])
    assert "<img" not in shown and "<b>" not in shown
    assert "&lt;img" in shown


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_become_links(url):
    assert "<a" not in evidence_html.headline(Article("1", TEXT, "Ferry", url=url))
    assert 'rel="noopener noreferrer"' in evidence_html.headline(article())


def test_an_unknown_date_is_said_to_be_unknown():
    assert "date unknown" in evidence_html.byline(article())
    assert "no known date" in evidence_html.as_of(answer(citation(made=article())))
    assert evidence_html.as_of(answer(citation())) == "As of 21 July 2024."


def test_markers_become_links_to_their_own_turn_and_unknown_ones_do_not():
    shown = evidence_html.answer_markdown(turn(citation(), number=3, text="Hurt. [1] Sunk. [7]"))
    assert "(#turn-3-cite-1)" in shown
    assert "cite-7" not in shown
    assert 'id="turn-3-cite-1"' in evidence_html.evidence_html([turn(citation(), number=3)])


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "[x](javascript:1)", "*x* _y_ `z` ~~w~~", "# x", "- x", "1. x", "1999. x", "![x](y)", "$$x$$",
     "www.x.org", "http://x.org", "a@x.org", "| x |", "> x", "    x", "&amp;", "\\*"],
)  # fmt: skip
def test_text_shown_in_the_chat_is_not_read_as_markdown(text):
    from markdown_it import MarkdownIt

    shown = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(evidence_html.plain(text))
    assert html.unescape(shown) == f"<p>{text.strip()}</p>\n"


def test_text_shown_in_the_chat_stays_readable_for_screen_readers():
    assert evidence_html.plain("Yes, he said: “no” (twice).") == "Yes, he said: “no” (twice)."


def test_a_declined_answer_shows_the_closest_passages_without_numbers():
    said = Answer(
        "Who won?", "Who won?", False, "The articles do not say.", near_misses=(citation(),), notes=("Note.",)
    )
    shown = evidence_html.evidence_html([evidence_html.Turn(1, "Who won?", said)])
    assert "Closest passages" in shown and "do not say" in shown and "Note." in shown
    assert 'id="turn-1-cite' not in shown and "dl-number" not in shown


def test_a_declined_answer_without_passages_promises_none():
    shown = evidence_html.evidence_html(
        [evidence_html.Turn(1, "Who won?", Answer("Who won?", "Who won?", False, "The articles do not say."))]
    )
    assert "No passages" in shown and "come closest" not in shown


def test_a_restriction_is_shown_with_the_answer_it_was_made_for():
    only = web.chosen("2024-07-10", "", ["The <Post>"])
    shown = evidence_html.evidence_html([evidence_html.Turn(1, "How many?", answer(citation()), only)])
    assert "Restricted to articles from 10 July 2024; The &lt;Post&gt;." in shown
    assert "Restricted" not in evidence_html.evidence_html([turn(citation())])


def test_the_last_answer_is_shown_and_older_ones_wait_hidden():
    shown = evidence_html.evidence_html([turn(citation()), turn(citation(), number=2)])
    assert re.findall(r'id="turn-(\d)"( hidden)?', shown) == [("1", " hidden"), ("2", "")]


def test_links_to_evidence_that_is_no_longer_sent_are_not_made():
    turns = [turn(citation(), number=n) for n in range(1, evidence_html.TURNS_WITH_EVIDENCE + 2)]
    contents = [m["content"] for m in evidence_html.messages(turns) if m["role"] == "assistant"]
    assert "#turn-1-" not in contents[0] and "#turn-2-" in contents[1]
    shown = evidence_html.evidence_html(turns)
    assert 'id="turn-1"' not in shown and 'id="turn-2"' in shown


def test_a_conversation_passes_earlier_questions_and_grows():
    assistant, only = FakeAssistant(), SearchFilter(sources=("The Post",))
    grown = list(web.conversation(assistant, "And when?", [turn(citation())], only))
    assert assistant.heard == [("And when?", ["How many?"], only)]
    assert [turns[-1].answer and turns[-1].answer.text.count("[") for turns in grown] == [None, 1, 2]
    assert {turns[-1].number for turns in grown} == {2}


def test_example_questions_are_shown_only_where_the_samples_are():
    assert web.empty_state(FakeArchive())[1] == []
    assert web.empty_state(FakeArchive(article()))[1] == []
    sample = article(url="https://example.com/northern-wire/2024/07/10/nato-summit-declaration")
    assert [e["text"] for e in web.empty_state(FakeArchive(sample))[1]] == list(web.EXAMPLES)


def test_the_filter_is_what_the_fields_say():
    assert not web.chosen("", None, [])
    made = web.chosen("2024-07-10", "2024-07-12", ["The Post"])
    assert made == SearchFilter(date(2024, 7, 10), date(2024, 7, 12), ("The Post",))


@pytest.mark.parametrize(
    ("since", "until"),
    [("soon", None), ("2024-07-10x", None), ("2024-07-12", "2024-07-10")],
    ids=["no date", "not quite", "backwards"],
)
def test_a_filter_that_makes_no_sense_is_refused_with_a_remedy(since, until):
    with pytest.raises(ValueError, match=r"write it as|swap"):
        web.chosen(since, until, [])


def test_failures_of_an_upload_name_the_file_and_not_our_folder(tmp_path):
    whole = web.add_files(FakeAssistant(), [str(tmp_path / "a.txt"), str(tmp_path / "b.pdf")], lambda *_: None)
    assert (whole.added, [f.where for f in whole.failures]) == (1, ["a.txt:3", "b.pdf"])
    shown = evidence_html.report_html(whole)
    assert "1 added" in shown and "2 failed" in shown and "save it again" in shown


def test_the_page_can_be_built():
    assert web.build(FakeAssistant(article())).title == "Dateline"


def through_the_guard(path):
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    asyncio.run(guard.Guard(app)({"type": "http", "path": path, "method": "GET"}, None, send))
    return sent[0]["status"], dict(sent[0]["headers"])


def test_gradios_fetch_proxy_is_shut():
    assert through_the_guard("/gradio_api/file=http://10.0.0.1/")[0] == 404
    assert through_the_guard("/gradio_api/proxy=https://x.hf.space/")[0] == 404


def test_every_response_forbids_other_origins():
    status, headers = through_the_guard("/")
    assert status == 200
    assert headers[b"content-security-policy"].startswith(b"default-src 'self'")
