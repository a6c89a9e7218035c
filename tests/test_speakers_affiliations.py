"""Who speaks for whom, learnt over articles about people and organisations that do not exist."""

import pytest

from index.affiliations import holders, meanings_of, settle, split_description
from index.ledger import Ledger
from index.records import Affiliation, Article, Sentence, digest
from index.speakers import read_speech
from index.splitter import make_passages


def affiliations(text):
    return {(a.name, a.organisation): a.roles for a in read_speech(text, [(0, len(text))]).affiliations}


def test_titles_and_appositions_affiliate():
    assert affiliations("ORDA Secretary-General Jon Holt said no.") == {("Jon Holt", "ORDA"): {"secretary-general"}}
    assert ("Mara Quill", "Harbor Works") in affiliations("Mara Quill, chief executive of Harbor Works, left.")


def test_a_secretary_of_state_keeps_the_office_and_the_country():
    found = affiliations("US Secretary of State Tomas Ardel said no.")
    assert found == {("Tomas Ardel", "United States"): {"secretary", "state"}}


def test_a_surname_alone_affiliates_nobody():
    assert affiliations("Harbor Works chief Quill said no.") == {}


def test_the_seat_of_a_firm_is_not_the_firm():
    found = affiliations("“No,” said Tomas Ardel, chief of an Oldmere Bay-based private equity firm.")
    assert not any("Oldmere" in organisation for _, organisation in found)


def test_an_institute_is_named_with_its_university():
    found = affiliations("Mara Quill, director of the Bridge Center at Dover University, said no.")
    assert ("Mara Quill", "Bridge Center at Dover University") in found


def test_a_photographer_is_of_a_paper():
    assert ("Mara Quill", "Dover Times") in affiliations("Dover Times photographer Mara Quill said no.")


def test_an_apostrophe_is_the_same_curled_or_not():
    text = "Chris O’Quill, a director at Harbor Works, left early. O'Quill said no."
    assert {a.speaker for a in read_speech(text, [(0, len(text))]).attributions} == {"Chris O’Quill"}


def test_the_majority_settles_and_a_dispute_does_not():
    orda, acme, works = (Affiliation("Jon Holt", name) for name in ("ORDA", "Acme", "Harbor Works"))
    assert settle([orda, acme, orda]) == {"Jon Holt": "ORDA"}
    assert settle([orda, acme, works]) == {}


def test_forms_of_one_organisation_count_together():
    short, long, other = (Affiliation("Jon Holt", name) for name in ("DRA", "Dover River Authority", "Acme"))
    assert settle([short, long, long, other, other]) == {"Jon Holt": "Dover River Authority"}


def test_the_order_of_articles_does_not_count():
    found = [Affiliation("Jon Holt", name) for name in ("ORDA", "Acme", "Acme", "ORDA")]
    assert settle(found) == settle(reversed(found))


ROLES = [
    Affiliation("Jon Holt", "ORDA", frozenset({"president"})),
    Affiliation("Ann Roe", "ORDA", frozenset({"vice", "president"})),
    Affiliation("Tomas Ardel", "State Department", frozenset({"secretary", "state"})),
    Affiliation("Mara Quill", "Norway", frozenset({"foreign", "minister"})),
    Affiliation("Rick Stone", "State Department", frozenset({"spokesman"})),
    Affiliation("Piet Haag", "United States", frozenset({"secretary", "defense"})),
    Affiliation("Abel Orn", "Norway", frozenset({"supreme", "leader"})),
    Affiliation("Siri Dahl", "Norway", frozenset({"president"})),
    Affiliation("Nils Aas", "Norway", frozenset({"prime", "minister"})),
]


@pytest.mark.parametrize(
    ("description", "names"),
    [
        ("the ORDA chief", ["Jon Holt"]),
        ("ORDA’s president", ["Jon Holt"]),
        ("president of ORDA", ["Jon Holt"]),
        ("the ORDA spokesman", []),
        ("America's top diplomat", ["Tomas Ardel"]),
        ("Norway's top diplomat", ["Mara Quill"]),
        ("the US defense chief", ["Piet Haag"]),
        ("Norway's president", ["Siri Dahl"]),
        ("Norway's prime minister", ["Nils Aas"]),
        ("the head of the Norwegian government", ["Nils Aas"]),
        ("Norway's foreign minister", ["Mara Quill"]),
        ("Norway's economy minister", []),
        ("the US secretary of state", ["Tomas Ardel"]),
        ("US Secretary of State", ["Tomas Ardel"]),
        ("the US secretary of defense", ["Piet Haag"]),
        ("Norway's supreme leader", ["Abel Orn"]),
        ("the head of Norway", ["Abel Orn", "Siri Dahl"]),
        ("ORDA", []),
        ("chief", []),
        ("", []),
    ],
)
def test_a_description_means_who_holds_the_role(description, names):
    assert holders(meanings_of(description), ROLES) == names


def test_a_name_rarely_met_in_a_role_is_no_holder_of_it():
    once = Affiliation("Ann Roe", "ORDA", frozenset({"chief"}))
    assert holders(meanings_of("ORDA chief"), [*ROLES[:1] * 5, once]) == ["Jon Holt"]


def test_a_description_parts_into_organisation_and_role():
    assert split_description("the Dover University president") == ("Dover University", {"president"})


def written(ledger, text, title):
    article = Article.create(text, title, url=f"https://example.com/{title}")
    parts = make_passages(article, [Sentence(0, len(text))], size=800)
    with ledger.transaction() as tx:
        ledger.put(tx, [(article, parts, [digest(part.id) for part in parts])])
        ledger.voices.put(tx, article.id, read_speech(text, [(0, len(text))]))
    return article


def voices(ledger, article):
    return [s.speaks_for for p in ledger.passages_of(article) for s in p.sentences if s.speaker]


SAYS = "ORDA Secretary-General Jon Holt said that it was over."
SILENT = "Jon Holt said that the bridge was safe."


@pytest.mark.parametrize("first", [SAYS, SILENT], ids=["said before", "said afterwards"])
def test_what_one_article_says_helps_another_whichever_comes_first(tmp_path, first):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    added = {text: written(ledger, text, str(len(text))) for text in (first, SILENT if first == SAYS else SAYS)}
    assert voices(ledger, added[SILENT]) == ["ORDA"]
    ledger.close()


def test_an_article_that_says_it_itself_is_not_overruled(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for title in ("a", "b"):
        written(ledger, SAYS, title)
    own = written(ledger, "Jon Holt, head of Acme, said that it was late.", "own")
    assert voices(ledger, own) == ["Acme"]
    ledger.close()


def test_what_a_removed_article_said_is_forgotten(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    says, silent = written(ledger, SAYS, "says"), written(ledger, SILENT, "silent")
    assert [one.name for one in ledger.voices.affiliations("the ORDA")] == ["Jon Holt"]
    with ledger.transaction() as tx:
        ledger.remove(tx, says.id)
    assert voices(ledger, silent) == [None]
    assert ledger.voices.affiliations("ORDA") == []
    ledger.close()


def test_a_description_with_an_owner_parts_there():
    assert split_description("Qatar's energy minister") == ("Qatar", {"energy", "minister"})
    assert split_description("Iran’s supreme leader") == ("Iran", {"supreme", "leader"})
    assert split_description("the union's lawsuit") == ("", frozenset())
    assert split_description("the Norway House chief of staff") == ("Norway House", {"chief", "staff"})
    assert split_description("foreign secretary of Norway") == ("Norway", {"foreign", "secretary"})
    assert split_description("Norway's new economy minister") == ("Norway", {"economy", "minister"})
    assert split_description("White House press secretary") == ("White House", {"press", "secretary"})
    assert split_description("vice president of eBay") == ("eBay", {"vice", "president"})


def test_the_minister_of_somebody_is_the_minister_of_the_country_that_he_leads(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    text = "Norwegian President Siri Dahl said that the talks had failed."
    written(ledger, text, "Talks")
    written(ledger, "Norwegian Foreign Minister Mara Quill said that the talks would go on.", "More talks")
    written(ledger, "Swedish Foreign Minister Jon Holt said that nothing was lost.", "Sweden on the talks")
    assert ledger.voices.holders("Dahl’s foreign minister") == ["Mara Quill"]
    assert ledger.voices.holders("Quill’s foreign minister") == []
    ledger.close()


def test_the_council_is_the_one_named_council_of_something():
    text = "The guard of the Tarn camp went to jail. The Central Council of Bakers in Zenda acknowledged the ruling. "
    text += "“It is welcome,” Jo Renk, the council's president, told the Herald."
    spans = [(0, 40), (41, 110), (112, len(text))]
    assert [a.speaks_for for a in read_speech(text, spans).attributions] == ["Central Council of Bakers"] * 2


def test_the_court_is_not_any_court_of_something():
    text = "The Court of Appeal is in London. The court said Jo Renk was guilty of the theft of 12 horses."
    assert [a.speaker for a in read_speech(text, [(0, 33), (34, len(text))]).attributions] == ["court"]


def test_whom_somebody_speaks_for_is_read_again_when_this_or_another_process_has_written(tmp_path):
    ledger, other = Ledger(tmp_path / "ledger.sqlite"), Ledger(tmp_path / "ledger.sqlite")
    assert ledger.voices.affiliations("ORDA") == []
    written(other, SAYS, "by another")
    assert [one.name for one in ledger.voices.affiliations("ORDA")] == ["Jon Holt"]
    before = ledger.voices._organisations()
    assert ledger.voices._organisations() is before, "not read again where nothing was written"
    written(ledger, "Mara Quill, head of Acme, said that it was late.", "its own")
    assert [one.name for one in ledger.voices.affiliations("Acme")] == ["Mara Quill"]
    other.close()
    ledger.close()
