"""Whether the name that somebody typed can mean the one that is stored."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.names import keys_of, matching, names_match
from index.speech.countries import country_of, country_of_adjective

SAME = [
    ("the Pope", "Pope Innocent"),
    ("the Queen", "Queen Maud"),
    ("Prince Oscar", "Prince Oscar"),
    ("Innocent", "Pope Innocent"),
    ("King", "Stephen King"),
    ("Stoltenberg", "Jens Stoltenberg"),
    ("Jens Stoltenberg", "Stoltenberg"),
    ("President Biden", "Joe Biden"),
    ("Joseph Biden", "Joe Biden"),
    ("J. Biden", "Joe Biden"),
    ("NATO", "NATO"),
    ("the WHO", "World Health Organization"),
    ("World Health Organization", "WHO"),
    ("CDC", "US Centers for Disease Control and Prevention"),
    ("DRA", "Dover River Authority"),
    ("N. Korea", "North Korea"),
    ("DPRK", "North Korea"),
    ("Pyongyang", "North Korean officials"),
    ("Britain", "U.K."),
    ("US", "United States"),
    ("UK government", "United Kingdom"),
    ("Ukraine", "Ukrainian President"),
    ("UN secretary-general", "U.N. Secretary-General"),
    ("United Nations", "UN"),
    ("Justice Department", "U.S. Department of Justice"),
    ("Harvard", "Harvard University"),
    ("Pfizer", "Pfizer Inc."),
    ("Dover University", "Bridge Center at Dover University"),
    ("Bridge Center", "Bridge Center at Dover University"),
    ("stoltenberg", "Jens Stoltenberg"),
    ("WHO", "World Health Organization"),
    ("who", "WHO"),
    ("the US State Department", "State Department"),
    ("Zendan Foreign Minister Sergei Orlin", "Sergei Orlin"),
    ("Zenda's foreign minister Sergei Orlin", "Sergei Orlin"),
    ("House Speaker Ann Roe", "Ann Roe"),
    ("Secretary of State Anna Roe", "Anna Roe"),
    ("Acme CEO Tom Lee", "Tom Lee"),
    ("Acme's Tom Lee", "Tom Lee"),
    ("the UN refugee agency", "UNHCR"),
    ("the U.N. nuclear watchdog", "International Atomic Energy Agency"),
    ("Erdogan", "Recep Tayyip Erdoğan"),
    ("Øystein Łuk", "Oystein Luk"),
    ("Roe", "House Speaker Ann Roe"),
    ("Michael Jordan", "Jordan"),
    ("Rep. Jim Jordan", "Jordan"),
    ("DeAndre Jordan", "Jordan"),
    ("Government of Canada", "Canada"),
    ("Pete Vane", "Pedro “Pete” Vane"),
    ("Pedro Vane", 'Pedro "Pete" Vane'),
    ("Vane", "Pedro (Pete) Vane"),
    ("Pedro “Pete” Vane", "Pete Vane"),
]
OTHERS = [
    ("Joe Biden", "Hunter Biden"),
    ("Biden", "Biden administration"),
    ("Donald Trump", "Donald Trump Jr."),
    ("China", "Chinese restaurant"),
    ("North Korea", "South Korea"),
    ("Guinea", "Papua New Guinea"),
    ("Niger", "Nigeria"),
    ("University of Exeter", "University of Delaware"),
    ("Columbia University", "Harvard University"),
    ("NATO", "Jens Stoltenberg"),
    ("WWF Australia", "Australia"),
    ("Australia", "WWF Australia"),
    ("Harbour Friends Australia", "Australia"),
    ("Bank of England", "England"),
    ("University of Exeter", "Exeter"),
    ("the King", "Stephen King"),
    ("Former President Bill Orr", "Hillary Orr"),
    ("Joe Vane", "Pedro “Pete” Vane"),
    ("World Bank President", "David Orr"),
    ("David Orr", "aide to President David Orr"),
    ("David Orr", "wife of Mayor David Orr"),
    ("the Dutch prime minister", "aide to the minister"),
    ("the Dutch prime minister", "Danish minister"),
    ("Karrow Mayor Roe", "Dutch Prime Minister Roe"),
    ("Karrow Mayor Roe", "Tom Roe"),
    ("Supreme Court", "UK Supreme Court"),
    ("UK Home Office", "US Home Office"),
    ("the UK government", "government"),
    ("the King", "King County"),
    ("Prince Oscar", "Oscar Lind"),
    ("", "NATO"),
    ("NATO", ""),
    ("the", "The Times"),
    ("WHO", "others who were there"),
    ("WHO", "people who met him"),
]


@pytest.mark.parametrize(("asked", "name"), SAME)
def test_a_name_means_its_other_forms(asked, name):
    assert names_match(asked, name)
    assert keys_of(asked) & keys_of(name), "names that match have something in common to be looked up by"
    assert matching(asked, ["Nobody Atall", name]) == [name]


@pytest.mark.parametrize(("asked", "name"), OTHERS)
def test_a_name_does_not_mean_another(asked, name):
    assert not names_match(asked, name)


def test_capitals_and_seats_of_government_mean_their_countries():
    assert country_of("the Kremlin") == "Russia"
    assert country_of("Pyongyang") == "North Korea"
    assert country_of("Acme") is None


def test_adjectives_belong_to_countries():
    assert country_of_adjective("Dutch") == "Netherlands"
    assert country_of_adjective("Russia") is None


PARTS = """
WHO NATO UN UPS FBI US U.S. UK DPRK the The and of for at Iran Iranian North Korea Korean Pyongyang Kremlin Russia China
Chinese United Nations World Health Organization States Department Defense Foreign Ministry government officials prime
minister President Pope King Queen Mayor Dr. Jr. III Joe Joseph Bill Ann Jens Biden Stoltenberg Zelensky Zelenskyy Roe
University Oxford School Medicine Teamsters Police County City Bank England Federal Reserve Inc. Group Campaign
""".split()
NAMES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=2000, deadline=None)
@given(NAMES, NAMES)
def test_names_that_match_always_have_something_in_common_to_be_looked_up_by(one, other):
    for asked, name in ((one, other), (one, f"{other} {one}"), (f"{one} {other}", one)):
        if names_match(asked, name):
            assert keys_of(asked) & keys_of(name)
