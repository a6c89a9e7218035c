"""British and American spellings of one word."""

import pytest

from assistant.question import stems
from index.keywords import Keywords
from index.records import Article, Passage, SearchFilter
from index.spellings import american, other_spellings

PAIRS = [
    ("mobilise", "mobilize"),
    ("organisations", "organizations"),
    ("labour", "labor"),
    ("neighbouring", "neighboring"),
    ("centre", "center"),
    ("centred", "centered"),
    ("defence", "defense"),
    ("programmes", "programs"),
    ("analysed", "analyzed"),
    ("travelling", "traveling"),
]


@pytest.mark.parametrize(("british", "us"), PAIRS)
def test_both_spellings_compare_alike_and_each_is_known_from_the_other(british, us):
    assert american(british) == american(us) == us
    assert stems(british) == stems(us)
    assert other_spellings(f"The {british}?") == [us]
    assert other_spellings(us.upper()) == [british]


def test_what_is_spelt_in_one_way_stays():
    for word in "rise size seize prize hour four your Paris crisis programmer programmed programming".split():
        assert american(word) == word
        assert other_spellings(word) == []


def test_a_search_finds_a_word_in_either_spelling(tmp_path):
    words = Keywords(tmp_path)
    for number, text in enumerate(("The army was mobilized.", "A new labour law.", "Nothing else.")):
        article = Article.create(text, "T", url=f"https://example.org/{number}")
        words.apply([], [(Passage(text, article.id, 0, 0, len(text), text, ()), article)])
    for asked, found in (("mobilised", "The army was mobilized."), ("labor", "A new labour law.")):
        assert [i for i, _ in words.search(f"Was it {asked}?", 3, SearchFilter())] == [found]
