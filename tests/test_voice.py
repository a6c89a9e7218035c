"""How surely the one whose words are asked for speaks in a sentence."""

from assistant.voice import voice_of
from index.records import Sentence


def spoken(speaker, speaks_for=None):
    return Sentence(0, 10, speaker, speaks_for)


def test_a_word_in_common_is_half_a_voice_unless_the_countries_differ():
    dutch = ("the Dutch prime minister",)
    assert voice_of(("Mara Quill",), spoken("Mara Quill", "Utovia")) == 1
    assert voice_of(("Quill's office",), spoken("Mara Quill")) == 0.6
    assert voice_of(dutch, spoken("aide to the minister")) == 0.6
    assert voice_of(dutch, spoken("Danish prime minister")) == 0
    assert voice_of(dutch, spoken("prime minister", "Norway")) == 0
    assert voice_of((*dutch, "Mara Quill"), spoken("Quill", "Netherlands")) == 1


def test_a_given_name_or_a_word_of_many_bodies_in_common_is_no_voice():
    assert voice_of(("Joe Orr",), spoken("Joe Quill")) == 0
    assert voice_of(("Joe Orr",), spoken("Ann Orr")) == 0
    assert voice_of(("Sergey Orlin",), spoken("Sergei Orlin")) == 0.6
    assert voice_of(("Pedro Orr",), spoken("Pedro Orr Quill")) == 0.6
    assert voice_of(("Joe Orr's son",), spoken("Joe Orr Jr.")) == 0.6
    assert voice_of(("Health Ministry",), spoken("Zendan Health Ministry")) == 0.6
    assert voice_of(("Joe Orr",), spoken("Hall of Famer Joe Orr")) == 0.6
    assert voice_of(("World Health Organization",), spoken("Zendan Health Council")) == 0
    assert voice_of(("the mayor of Velby",), spoken("mayor of Velby", "Velby")) == 1
    assert voice_of(("the mayor of Velby",), spoken("Ada Orr", "Velby")) < 1
    assert voice_of(("the mayor of Velby",), spoken("Ada Orr", "Velby Institute")) < 1
    assert voice_of(("Scottish Millers",), spoken("Scottish Green Party")) == 0
    assert voice_of(("Scottish Labour",), spoken("Ada Orr", "Labour Party")) == 0.6
    assert voice_of(("Velby Harbour Council",), spoken("harbour master")) == 0.6


def test_a_title_in_common_makes_no_voice_of_another_prince():
    assert voice_of(("Prince Oscar",), spoken("Prince Haakon")) == 0
    assert voice_of(("the Prince",), spoken("Prince Haakon")) == 1


def test_whose_minister_is_asked_for_is_not_the_minister():
    owner = Sentence(0, 10, speaker="Jon Holt", speaks_for="Norway")
    minister = Sentence(0, 10, speaker="Mara Quill", speaks_for="Norway")
    unnamed = Sentence(0, 10, speaker="the minister")
    assert voice_of(("Holt’s minister", "Mara Quill"), owner) == 0
    assert voice_of(("Holt’s minister", "Mara Quill"), minister) == 1
    assert voice_of(("Holt’s minister", "Mara Quill"), unnamed) > 0.5
    assert voice_of(("Holt’s minister",), owner) == 0.6, "of whom the name alone may be a relative's"
