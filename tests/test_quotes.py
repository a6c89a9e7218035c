"""Who said what: `Assistant.quotes` and `dateline quotes`, over a few made-up articles."""

import csv
import io
import json
from datetime import date

import pytest
from click.testing import CliRunner
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st

import index.archive
from assistant import Assistant, BrokenPromise, Quote, SearchFilter
from assistant.cli import main
from assistant.quotes import quotes_csv
from assistant.spreadsheet import FORMULA, MARK, safe_cell
from index.forms import Mention
from index.records import Article

LAKE = Article.create(
    "NATO Secretary-General Jorun Valde said on Monday that the alliance would watch Iran closely. "
    "“Nobody wants a race for missiles,” she said. "
    "North Korean officials said the missiles were their own affair. "
    "The harbour was quiet all week, and fishermen sat on the quay and mended their nets in the sun, as they have done "
    "every spring for as long as anybody in the town of Osk can remember, and talked of nothing but the weather. "
    "Baker Ulla Renk said interest rates were too high.",
    "Alliance meets at the lake",
    url="https://example.org/lake",
    source="Harbour Post",
    published=date(2024, 3, 4),
)
QUAY = Article.create(
    "“=SUM(A1) is what the form says,” harbour master Piet Osk told reporters. "
    "NATO said it had no plans for the quay. “It is a [bold]fine[/bold] quay,” Osk said.",
    "Quay stays",
    url="https://example.org/quay",
    source="Wire",
    published=date(2024, 5, 1),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An archive of both articles, embedded without a model."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(index.archive, "Embedder", lambda name: FakeEmbedder())
        place = tmp_path_factory.mktemp("quotes") / "a"
        with Assistant.open(place) as assistant:
            assistant.archive.add_articles([LAKE, QUAY])
        yield place


@pytest.fixture(scope="module")
def assistant(folder):
    with Assistant.open(folder) as opened:
        yield opened


def test_whom_somebody_speaks_for_is_learnt_from_another_article(tmp_path, monkeypatch):
    monkeypatch.setattr(index.archive, "Embedder", lambda name: FakeEmbedder())
    alone = Article.create("“The lake is not for sale,” Jorun Valde said.", "Lake", url="https://example.org/sale")
    with Assistant.open(tmp_path / "a") as assistant:
        assistant.archive.add_articles([alone])
        assert not assistant.quotes("NATO")
        assistant.archive.add_articles([LAKE])
        assert "https://example.org/sale" in [q.article.url for q in assistant.quotes("NATO")]
        behalf = {q.article.url: q.speaks_for for q in assistant.quotes(on_behalf_of="NATO")}
        assert behalf["https://example.org/sale"] == "NATO"


@pytest.fixture
def run(folder):
    return lambda *words: CliRunner().invoke(main, ["quotes", "--index", str(folder), *words], catch_exceptions=False)


def said(quotes):
    return [q.quote for q in quotes]


def test_every_quote_is_its_article_at_its_place(assistant):
    found = assistant.quotes()
    assert len(found) >= 6
    for quote in found:
        assert quote.quote == quote.article.text[quote.start : quote.end]
        assert quote.article.text in (LAKE.text, QUAY.text)


def test_a_quote_that_is_not_at_its_place_cannot_be_made():
    with pytest.raises(BrokenPromise):
        Quote(LAKE, 0, 4, "OTAN", "NATO", "NATO", None, "indirect", "said")


def test_the_newest_come_first_and_then_the_order_of_the_article(assistant):
    places = [(q.article.published, q.start) for q in assistant.quotes()]
    assert places == sorted(places, key=lambda place: (-place[0].toordinal(), place[1]))


def test_a_speaker_is_whoever_says_it_or_whom_it_is_said_for(assistant):
    found = assistant.quotes("NATO")
    assert {q.speaker for q in found} >= {"Jorun Valde", "NATO"}
    assert "“Nobody wants a race for missiles,” she said." in said(found)
    assert not [q for q in found if q.speaker in ("Piet Osk", "Ulla Renk")]


def test_on_behalf_of_an_organisation_leaves_out_what_others_say(assistant):
    assert {q.speaker for q in assistant.quotes(on_behalf_of="NATO")} >= {"Jorun Valde"}
    assert {q.speaks_for for q in assistant.quotes(on_behalf_of="NATO")} == {"NATO"}
    assert assistant.quotes("Piet Osk", on_behalf_of="NATO") == []


@pytest.mark.parametrize("name", ["DPRK", "North Korea", "Pyongyang"])
def test_a_country_is_met_in_all_its_forms(assistant, name):
    assert said(assistant.quotes(name)) == ["North Korean officials said the missiles were their own affair."]


@pytest.mark.parametrize("topic", ["Iran", "iran", "Tehran"])
def test_a_topic_keeps_what_names_it_and_what_stands_beside_that(assistant, topic):
    found = said(assistant.quotes("NATO", topic))
    assert found[0].endswith("watch Iran closely.")
    assert "NATO said it had no plans for the quay." not in found
    assert "interest rates" not in " ".join(said(assistant.quotes(about=topic)))


@pytest.mark.parametrize("topic", ["interest rates", "the interest rate"])
def test_words_of_a_topic_are_met_by_their_stems(assistant, topic):
    assert said(assistant.quotes(about=topic)) == ["Baker Ulla Renk said interest rates were too high."]


def test_a_topic_with_no_word_in_it_is_refused(assistant):
    with pytest.raises(ValueError, match="name a topic"):
        assistant.quotes(about="what about the")


@pytest.mark.parametrize(
    ("only", "urls"),
    [
        (SearchFilter(published_from=date(2024, 4, 1)), {QUAY.url}),
        (SearchFilter(published_to=date(2024, 4, 1)), {LAKE.url}),
        (SearchFilter(sources=("Wire",)), {QUAY.url}),
    ],
    ids=["from", "to", "outlet"],
)
def test_a_restriction_keeps_other_articles_out(assistant, only, urls):
    assert {q.article.url for q in assistant.quotes(only=only)} == urls
    assert {q.article.url for q in assistant.quotes("NATO", only=only)} == urls


@pytest.mark.parametrize("about", [None, "missiles"])
def test_a_limit_keeps_the_first(assistant, about):
    assert assistant.quotes(about=about, limit=1) == assistant.quotes(about=about)[:1]
    with pytest.raises(ValueError, match="at least one"):
        assistant.quotes(limit=0)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("US", "The U.S. and the US gave us nothing.", ["U.S", "US "]),
        ("WHO", "Those who ask the WHO are told. The World Health Organization knows.", ["WHO", "Wor"]),
        ("Mahsa Orrin", "Orrin was there; Orrins were not.", ["Orr"]),
        ("North Korea", "Pyongyang, the DPRK and North Korean ships; not Northern Koreans.", ["Pyo", "DPR", "Nor"]),
        ("Iran", "Iran’s ships, Iranians, and Iranologists.", ["Ira", "Ira"]),
        ("TV", "The television was on, the TV too, not the tv.", ["tel", "TV "]),
        ("Prime Minister", "The PM, as prime minister, rose at 3 pm.", ["PM,", "pri"]),
    ],
)
def test_a_name_is_found_in_a_text_in_all_its_forms(name, text, named):
    assert [text[at : at + 3] for at in Mention(name).places(text)] == named


def test_json_is_exact_and_has_what_tools_read(run):
    rows = [json.loads(line) for line in run("--json").stdout.splitlines()]
    assert {"url", "start", "end", "speaker", "speaks_for", "kind", "cue", "quote"} <= set(rows[0])
    texts = {LAKE.url: LAKE.text, QUAY.url: QUAY.text}
    assert all(texts[row["url"]][row["start"] : row["end"]] == row["quote"] for row in rows)


def test_csv_has_the_rows_of_json(run):
    found = list(csv.DictReader(io.StringIO(run("--csv").stdout_bytes.decode("utf-8-sig"), newline="")))
    rows = [json.loads(line) for line in run("--json").stdout.splitlines()]
    assert [(r["url"], int(r["start"])) for r in found] == [(r["url"], r["start"]) for r in rows]


def test_the_table_shows_who_said_what_where_and_no_markup(run):
    result = run("--speaker", "Osk")
    assert result.exit_code == 0
    assert "Piet Osk" in result.stdout
    assert "[bold]fine[/bold]" in " ".join(result.stdout.split())
    assert QUAY.id in result.stdout


def test_what_nobody_said_is_told_and_is_no_failure(run):
    result = run("--speaker", "Nobody Known")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no statements" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "remedy"),
    [
        (("--from", "10 July 2024"), 2, "write it as 2024-07-10"),
        (("--to", "20240710"), 2, "write it as 2024-07-10"),
        (("--from", "2024-07-10", "--to", "2024-07-01"), 2, "is after"),
        (("--csv", "--json"), 2, "not both"),
        (("--limit", "0"), 2, "x>=1"),
        (("--about", "the"), 1, "name a topic"),
    ],
    ids=["date words", "date digits", "no days between", "two formats", "none", "no word"],
)
def test_wrong_usage_is_told_with_its_remedy(run, words, code, remedy):
    result = run(*words)
    assert result.exit_code == code
    assert remedy in result.stderr


@given(st.text() | st.builds("{}{}".format, st.sampled_from([*FORMULA, " =", "\t", "\r", "\n="]), st.text()))
def test_no_cell_begins_as_a_formula_and_nothing_else_changes(text):
    cell = safe_cell(text)
    assert not cell.startswith(("\t", "\r", "\n"))
    assert not cell.lstrip().startswith(FORMULA)
    assert cell in (text, f"'{text}")


@given(st.text(min_size=1).filter(lambda text: "\x00" not in text), st.text(min_size=1))
def test_csv_gives_back_every_text_in_its_own_cell(text, speaker):
    article = Article.create(text, "T", url="https://example.org/a")
    written = quotes_csv([Quote(article, 0, len(text), text, speaker, "he", None, "direct", "said")] * 2)
    for row in csv.DictReader(io.StringIO(written.removeprefix(MARK), newline="")):
        assert (row["quote"], row["speaker"]) == (safe_cell(text), safe_cell(speaker))
        assert (row["start"], row["end"]) == ("0", str(len(text)))
