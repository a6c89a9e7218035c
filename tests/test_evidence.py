"""Which sentences answer: real MiniLM, invented articles."""

from dataclasses import fields, replace
from datetime import date

import pytest

from assistant.candidates import Candidate, is_about
from assistant.evidence import ORDERED, SURE, choose, find_evidence, scored_by, together
from assistant.finding import Evidence, Finding
from assistant.measures import Measure, measure_of
from assistant.question import understand
from index import split_sentences
from index.archive import Archive
from index.records import Article, Passage, Sentence

SAFE = (
    "“The tram tunnel under the river is safe and it is paid for,” Mirela Dostan, the mayor of Quillon, told "
    "reporters on Monday."
)
WASTE = "Opposition leader Pavo Renk said the tram tunnel was a waste of public money."
FINE = "The court fined the Ostrava dairy 40,000 crowns for selling spoiled butter."
COPY = "The court fined the Ostrava dairy 40,000 crowns for selling spoiled butter, officials said."
ARTICLES = [
    Article.create(
        f"{SAFE} {WASTE}\n\nThe market hall stays closed at the weekend because of a leaking roof.",
        "Quillon argues about its tram tunnel",
        url="https://example.org/tunnel",
        source="Harbour Post",
        published=date(2024, 3, 4),
    ),
    Article.create(
        f"Bad butter has a price. {FINE}",
        "Dairy fined",
        url="https://example.org/dairy",
        source="Harbour Post",
        published=date(2024, 4, 9),
    ),
    Article.create(
        f"It was a long hearing. {COPY}",
        "Butter ruling",
        url="https://example.net/butter",
        source="Wire",
        published=date(2024, 4, 8),
    ),
    Article.create(
        "Anglers counted ninety herons at the lake. The birds nest in the reeds until June, the club’s yearbook shows.",
        "Herons return",
        url="https://example.org/herons",
        source="Wire",
        published=date(2024, 5, 1),
    ),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory, embedder):
    with Archive.open(tmp_path_factory.mktemp("evidence") / "a") as opened:
        opened.embedder = embedder
        opened.add_articles(ARTICLES)
        yield opened


@pytest.fixture(scope="module")
def find(archive, reader):
    def ask(text, most=4):
        return find_evidence(understand(text), archive.search(text, 14), reader.read, most=most)

    return ask


def said(finding):
    return [place.text for evidence in finding.evidence for place in evidence.places]


@pytest.mark.parametrize(
    ("asked", "answer", "speaker"),
    [
        ("What did Mirela Dostan say about the tram tunnel?", SAFE, "Mirela Dostan"),
        ("What did the mayor of Quillon say about the tram tunnel?", SAFE, "Mirela Dostan"),
        ("What did Pavo Renk say about the tram tunnel?", WASTE, "Pavo Renk"),
    ],
    ids=["by name", "by office", "the other one"],
)
def test_the_asked_speakers_words_and_nobody_elses(find, asked, answer, speaker):
    finding = find(asked)
    assert answer in said(finding)
    assert {place.sentence.speaker for e in finding.evidence for place in e.places} == {speaker}


def test_a_speaker_who_is_silent_on_the_topic_is_no_evidence(find):
    finding = find("What did Pavo Renk say about spoiled butter?")
    assert finding.evidence == ()
    assert finding.nearest


def test_a_speaker_whom_nobody_quotes_is_named_as_silent(find):
    finding = find("What did Ilse Marwick say about the tram tunnel?")
    assert finding.evidence == ()
    assert finding.silent == "Ilse Marwick"


@pytest.mark.parametrize(
    "asked", ["What did Mirela Dostan say about Brazil?", "How many trams were sold to Brazil?"], ids=["speech", "fact"]
)
def test_a_name_that_no_article_has_is_named_as_missing(find, asked):
    finding = find(asked)
    assert finding.evidence == ()
    assert finding.missing == ("Brazil",)


def test_nothing_found_is_nothing_answered(reader):
    finding = find_evidence(understand("What did NATO say about Iran?"), [], reader.read, most=4)
    assert (finding.evidence, finding.nearest) == ((), ())


def test_what_two_outlets_say_alike_is_one_statement_with_the_earlier_first(find):
    finding = find("What was the Ostrava dairy fined for?")
    places = next(e.places for e in finding.evidence if FINE in [p.text for p in e.places])
    assert [(p.article.source, p.text) for p in places] == [("Wire", COPY), ("Harbour Post", FINE)]


def test_sentences_about_something_else_stay_out(find):
    texts = " ".join(said(find("What was the Ostrava dairy fined for?")))
    assert "butter" in texts
    assert "tunnel" not in texts
    assert "herons" not in texts


def test_no_more_statements_than_asked_for(find):
    assert len(find("What was the Ostrava dairy fined for?", most=1).evidence) == 1


def test_every_piece_of_evidence_is_a_slice_of_its_article(find):
    finding = find("What did Mirela Dostan say about the tram tunnel?")
    places = [*finding.nearest, *(p for e in finding.evidence for p in e.places)]
    assert places
    assert all(p.text == p.article.text[p.sentence.start : p.sentence.end] for p in places)


# -- what is chosen among candidates of known worth

RIVERS = ("The Orla", "The Tarn")
DAYS = [date(2024, 3, 1), date(2024, 5, 1)]


def candidate(text, *, score=0.0, speaker=None, published=None, **features):
    """A candidate whose score by `FLAT` is `score`; what it is about is `features`."""
    article = Article.create(text, text[:40], url=f"https://example.org/{abs(hash(text))}", published=published)
    sentence = Sentence(0, len(text), speaker)
    passage = Passage(article.id, article.id, 0, 0, len(text), text, (sentence,))
    known = {f.name: 1.0 for f in fields(Candidate)} | {"score": 0.0, "logit": score, "about": True, **features}
    return Candidate(**{**known, "article": article, "passage": passage, "sentence": sentence, "text": text})


FLAT = Measure({"logit": 1.0}, 0.0, least=0.0, more=0.0, below=1.0, gain=1.0, most=3)


def chosen(asked, found, measure=FLAT):
    return choose(understand(asked), found, most=9, measure=measure)


def test_a_further_sentence_far_below_the_best_is_shown_while_none_before_it_is_likely_to_answer():
    unlikely = replace(FLAT, least=-4.0, more=-4.0)

    def shown_at(gain, *scores):
        found = [candidate(f"{name} is the longest of them.", score=s) for name, s in zip(RIVERS, scores, strict=False)]
        return len(chosen("Which river is the longest?", found, replace(unlikely, gain=gain)).evidence)

    assert shown_at(1.0, 0.0, -1.5) == 1, "the best may answer, the next is far below"
    assert shown_at(0.09, 0.0, -1.5) == 2, "one in two times one in five"
    assert shown_at(0.1, 0.0, -1.5) == 1
    assert shown_at(0.09, 2.0, -1.5) == 1, "the best answers nearly surely"
    assert shown_at(0.01, 0.0, -4.1) == 1, "by itself it is too unlikely"
    assert shown_at(1.0, 2.0, 1.5) == 2, "as good as the best"


@pytest.mark.parametrize(("asked", "shown"), [("How long is the river?", 1), ("Which river is the longest?", 2)])
def test_a_second_number_beside_the_best_is_no_further_try(asked, shown):
    measure = measure_of(understand(asked))

    def of_score(text, score):
        rest = scored_by(measure, candidate(text)).score
        return candidate(text, score=(score - rest) / measure.weights["logit"])

    found = [of_score("The Orla is 340 miles long.", 0.6), of_score("The Tarn, which joins it, is 210.", -0.7)]
    assert len(choose(understand(asked), found, most=9).evidence) == shown


@pytest.mark.parametrize(("word", "day"), [("latest", DAYS[1]), ("earliest", DAYS[0])])
def test_the_latest_or_earliest_account_alone_where_that_is_asked(word, day):
    found = [
        candidate("The count of herons was ninety.", score=2, published=DAYS[0]),
        candidate("A hundred and four herons were counted.", score=2, published=DAYS[1]),
    ]
    finding = chosen(f"What is the {word} count of herons?", found)
    assert [p.article.published for e in finding.evidence for p in e.places] == [day]


def in_one_passage(*parts):
    """Candidates (text, score, kind) that stand in this order in one passage."""
    text, places = " ".join(text for text, *_ in parts), []
    for one, *_ in parts:
        start = text.index(one)
        places.append(Sentence(start, start + len(one), None))
    article = Article.create(text, "One", url="https://example.org/one")
    passage = Passage("p", article.id, 0, 0, len(text), text, tuple(places))
    return [
        replace(candidate(one, score=score, kind=kind), article=article, passage=passage, sentence=place)
        for (one, score, kind), place in zip(parts, places, strict=True)
    ]


def shown(asked, *parts):
    return [e.places[0].text for e in chosen(asked, in_one_passage(*parts)).evidence]


def test_where_the_answer_lacks_the_day_asked_for_the_next_sentence_with_one_completes_it():
    asked = "When does the Oldmere bridge open?"
    news, day = "A date was set today for the Oldmere bridge.", "It opens to cars on Monday, November 14."
    assert shown(asked, (news, 2, 0.6), (day, -2, 1.0)) == [news, day]
    assert shown(asked, (news, 2, 1.0), (day, -2, 1.0)) == [news], "it has a day itself"
    assert shown(asked, (news, 2, 0.6), (day, -4, 1.0)) == [news], "too far from the question"
    assert shown(asked, (day, -2, 1.0), (news, 2, 0.6)) == [news], "it stands before"
    assert shown("What is the Oldmere bridge?", (news, 2, 0.6), (day, -2, 1.0)) == [news], "no day is asked for"
    both = in_one_passage((news, 2, 0.6), (day, -2, 1.0))
    assert len(choose(understand(asked), both, most=1, measure=FLAT).evidence) == 1, "no more than are wanted"


def test_what_was_found_for_each_part_is_told_in_turn_and_once():
    one, two, three = (candidate(text, score=1) for text in ("He was hurt.", "He was taken away.", "He is well."))
    found = [Finding((Evidence((one,)), Evidence((three,))), (one, two)), Finding((Evidence((two,)),), (two,))]
    assert said(together(found, most=3)) == [one.text, two.text, three.text]
    assert said(together(found, most=2)) == [one.text, two.text]
    assert said(together([found[0], found[0]], most=9)) == [one.text, three.text]
    twice = [Finding((Evidence((one, two)),), ()), Finding((Evidence((two,)),), ())]
    assert said(together(twice, most=9)) == [one.text, two.text]
    assert together(found, most=3).nearest == (one, two)
    worse = replace(one, score=-9.0)
    beside = [Finding((Evidence((one,)),), (one,)), Finding((Evidence((two,)),), (worse, two))]
    assert together(beside, most=3).nearest == (one, two), "of each passage the best"
    nothing = [Finding((), (one,), missing=("Brazil",)), Finding((), (two,))]
    assert together(nothing, most=3) == nothing[0]


def test_where_the_latest_account_is_asked_for_one_that_fits_a_little_less_is_taken_but_no_other():
    found = [
        candidate("The count of herons was ninety.", score=3, published=DAYS[0]),
        candidate("A hundred and four herons were counted.", score=3 - ORDERED, published=DAYS[1]),
    ]
    asked = "What is the latest count of herons?"
    assert said(chosen(asked, found)) == [found[1].text]
    assert said(chosen(asked, [replace(found[0], logit=3.1), found[1]])) == [found[0].text]


def test_of_several_speakers_each_is_heard_before_one_is_heard_twice():
    found = [
        candidate("“The tram is safe,” said Dostan.", score=3, speaker="Mirela Dostan", voices=(1.0, 0.0)),
        candidate("“The tram is paid for,” Dostan added.", score=2.9, speaker="Mirela Dostan", voices=(1.0, 0.0)),
        candidate("“The tram is a waste,” said Renk.", score=2.5, speaker="Pavo Renk", voices=(0.0, 1.0)),
    ]
    finding = chosen("What did Mirela Dostan and Pavo Renk say about the tram?", found, replace(FLAT, most=2))
    assert {e.places[0].sentence.speaker for e in finding.evidence} == {"Mirela Dostan", "Pavo Renk"}


def test_where_the_best_is_surely_the_speakers_nobody_else_is_heard():
    found = [
        candidate("“The tram is safe,” said Dostan.", score=2, speaker="Mirela Dostan"),
        candidate("“The tram is slow,” said Dostan of the union.", score=1.5, speaker="Pavel Dostan", voice=0.6),
    ]
    asked = "What did Mirela Dostan say about the tram?"
    assert said(chosen(asked, found)) == [found[0].text]
    assert len(chosen(asked, [replace(found[0], voice=0.6), found[1]]).evidence) == 2, "both may be the speaker"


def test_a_sentence_in_which_the_speaker_names_the_topic_is_kept_beside_a_far_better_one():
    found = [
        candidate("Dostan said Quillon would build the tram.", score=5, speaker="Mirela Dostan"),
        candidate("Any delay would cost Quillon dearly, she said.", score=1, speaker="Mirela Dostan"),
        candidate("She spoke for an hour and took no questions.", score=1, speaker="Mirela Dostan", own_names=0.0),
    ]
    assert len(chosen("What did Mirela Dostan say about Quillon?", found).evidence) == 2


def test_a_sentence_off_the_topic_answers_only_where_the_reader_is_sure():
    found = [candidate("The bread tax will fall in autumn, Dostan said.", score=-0.1, context_cover=0.0)]
    lenient = replace(FLAT, least=-1.0, more=-1.0)
    assert not chosen("What did Mirela Dostan say about the tram tunnel?", found, lenient).evidence
    assert chosen("What did Mirela Dostan say about the tram tunnel?", [replace(found[0], logit=0.1)], lenient).evidence


def test_what_somebody_said_without_a_word_of_the_topic_answers_only_amid_more_than_half_of_them():
    asked, lenient = "What did Mirela Dostan say about the tram tunnel?", replace(FLAT, least=-1.0, more=-1.0)
    beside = candidate("“I said that I would say so,” Dostan said.", score=-0.5, cover=0.0, context_cover=0.5)
    assert not chosen(asked, [beside], lenient).evidence
    assert not chosen(asked, [replace(beside, logit=SURE - 0.1)], lenient).evidence
    assert chosen(asked, [replace(beside, logit=SURE)], lenient).evidence, "the reader is sure"
    assert chosen(asked, [replace(beside, context_cover=1.0)], lenient).evidence
    assert chosen(asked, [replace(beside, cover=0.5)], lenient).evidence
    assert chosen("What does the tram tunnel cost?", [beside], lenient).evidence
    assert chosen("What did Mirela Dostan say about the Orla tunnel?", [beside], lenient).evidence, "all its names"
    assert not chosen("What did Dostan say about the Orla tunnel?", [replace(beside, names=0.5)], lenient).evidence


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Rain fell. “It came late. It flooded the pier,” Dostan said.",
            "“It came late. It flooded the pier,” Dostan said.",
        ),
        (
            'Rain fell. "It came late. It flooded the pier," Dostan said.',
            '"It came late. It flooded the pier," Dostan said.',
        ),
        (
            '"Rain," she said. "It flooded the pier. It left." He nods.',
            '"It flooded the pier. It left."',
        ),
        ("The 6'4\" man left. It flooded the pier. Rain fell.", "It flooded the pier."),
        ("“One. Two is it. Three is it. It flooded the pier,” she said.", "It flooded the pier,” she said."),
        ("“It came late.\n\nIt flooded the pier,” she said.", "It flooded the pier,” she said."),
    ],
)
def test_a_quotation_of_which_a_sentence_answers_is_shown_whole_within_its_paragraph(text, whole):
    spans = [Sentence(a, b, "Mirela Dostan") for a, b in split_sentences(text)]
    sentence = next(s for s in spans if "pier" in text[s.start : s.end])
    found = candidate(text[sentence.start : sentence.end], score=1.0, speaker="Mirela Dostan")
    article = Article.create(text, "Rain")
    passage = Passage("p", article.id, 0, 0, len(text), text, tuple(spans))
    (one,) = chosen("What flooded?", [replace(found, article=article, passage=passage, sentence=sentence)]).evidence
    place = one.places[0]
    assert place.text == whole == text[place.sentence.start : place.sentence.end]


def test_a_price_is_not_told_by_sentences_without_a_number_but_by_two_of_which_one_has_it():
    sold = candidate("Mirela Dostan sold her songs in 2012.", score=3.0)
    paid = candidate("Some 40,000 crowns were paid.", score=2.5)
    assert not chosen("For what price did Mirela Dostan sell her songs?", [sold]).evidence
    assert len(chosen("For what price did Mirela Dostan sell her songs?", [sold, paid]).evidence) == 2


def test_what_somebody_said_on_an_occasion_need_not_name_it():
    found = [candidate("“The tolls will fall,” she said.", score=0.5, speaker="Dostan", cover=0.0, context_cover=0.0)]
    assert chosen("What did Mirela Dostan say after the parade?", found).evidence
    assert not chosen("What did Mirela Dostan say about the parade?", found).evidence


def test_who_else_is_quoted_on_the_topic_is_told_when_the_one_asked_for_is_not():
    found = [candidate("“The tram is a waste,” said Renk.", score=3, speaker="Pavo Renk", voice=0.0)]
    finding = chosen("What did Mirela Dostan say about the tram?", found)
    assert (finding.silent, finding.elsewhere, finding.others) == ("Mirela Dostan", False, ("Pavo Renk",))


def test_one_who_speaks_of_other_things_is_told_from_one_who_does_not_speak():
    found = [candidate("The bread tax will fall, Dostan said.", score=-3, speaker="Mirela Dostan", cover=0.0)]
    finding = chosen("What did Mirela Dostan say about the tram?", found)
    assert (finding.silent, finding.elsewhere, finding.others) == ("Mirela Dostan", True, ())


def test_a_role_that_nobody_is_known_to_hold_does_not_silence_the_articles():
    found = [candidate("“The tram is a waste,” said Renk.", score=3, speaker="Pavo Renk", voice=0.2)]
    assert chosen("What did the head of the opposition say about the tram?", found).evidence


def test_whatever_a_speaker_said_answers_where_no_topic_is_given_and_he_is_surely_heard():
    found = [candidate("The bread tax will fall, Dostan said.", score=-9, speaker="Mirela Dostan", cover=0.0)]
    assert chosen("What did Mirela Dostan say?", found).evidence
    assert not chosen("What did Mirela Dostan say?", [replace(found[0], voice=0.6)]).evidence


def test_the_husband_does_not_speak_for_the_wife_whom_nobody_quotes():
    found = [candidate("The book stunned him, he said.", score=5.0, speaker="Bo Tarn", voice=0.0)]
    assert not chosen("What did Bo Tarn's wife say about the book?", found).evidence


def test_who_surely_does_not_hold_a_role_is_not_taken_for_who_does():
    found = [candidate("The brook rose in Velby, Dostan said.", score=5.0, speaker="Mirela Dostan", voice=0.2)]
    assert chosen("What did the director of Velby say about the brook?", found).evidence
    surely_not = [replace(found[0], voice=0.0)]
    assert not chosen("What did the director of Velby say about the brook?", surely_not).evidence


def test_nobody_is_guessed_to_hold_an_office_whose_holder_articles_introduce_by_it():
    found = [candidate("The brook rose in Velby, Dostan said.", score=5.0, speaker="Mirela Dostan", voice=0.4)]
    assert not chosen("What did the mayor of Velby say about the brook?", found).evidence


def test_who_is_asked_about_does_not_hold_the_role_that_is_asked_for():
    found = [
        candidate(
            f"{who or 'It'} spoke of cheating and of Bo Tarn.", score=score, speaker=who, voice=0.2 if who else 0.0
        )
        for who, score in (("Bo Tarn", 5.0), ("Ivo Ardel", 2.0), (None, 4.0))
    ]
    heard = chosen("What did the head of the chess federation say about Bo Tarn?", found)
    assert [e.places[0].sentence.speaker for e in heard.evidence] == ["Ivo Ardel"]


def test_nobody_holds_the_role_of_a_thing():
    found = [candidate("Ivo Ardel spoke of cheating and of Bo Tarn.", score=5, speaker="Ivo Ardel", voice=0.2)]
    assert not chosen("What did the Chess Federation's inquiry conclude about Bo Tarn?", found).evidence


def test_a_candidate_of_an_article_that_is_about_something_else_answers_nothing():
    elsewhere = candidate("Mirela Dostan said that the tram tunnel was safe.", score=5, about=False)
    there = candidate("Mirela Dostan said that the Ostrava tunnel was late.", score=1)
    asked = "What did Mirela Dostan say about the tram tunnel of Ostrava?"
    assert said(chosen(asked, [elsewhere, there])) == [there.text]
    assert chosen(asked, [elsewhere]).evidence == ()


def test_an_article_is_about_what_is_asked_when_it_speaks_of_most_that_is_named():
    tunnel, dairy, *_ = ARTICLES
    assert is_about(understand("What did Dostan say about the tunnel of Quillon?"), tunnel)
    assert not is_about(understand("What did Dostan say about the tunnel of Ostrava?"), tunnel)
    assert is_about(understand("Why was the Ostrava Dairy Company fined?"), dairy), "by half of its words"
    assert not is_about(understand("When is the Ostrava Spring Tram Tunnel Race?"), tunnel), "another than that"
    assert not is_about(understand("What does Dostan's Zephyr cost?"), tunnel), "of her it speaks, of the Zephyr not"
    assert is_about(understand("What does Zephyr's Quillon cost?"), tunnel), "whosever Quillon is"
    assert is_about(understand("what did she say about butter?"), tunnel), "nothing is named"


def test_a_number_in_a_name_stands_in_the_article_or_is_about_its_year(find):
    cup = Article.create("Quillon won the World Cup of rowing. 7 Mile came last.", "Rowing", published=date(2024, 5, 1))
    for year, about in ((2023, True), (2024, True), (2025, True), (2026, False), (2030, False)):
        assert is_about(understand(f"Who won the {year} World Cup?"), cup) == about
    assert is_about(understand("Who rowed for 7 Mile in Quillon?"), cup)
    assert not is_about(understand("Who rowed for 17 Mile in Quillon?"), cup)
    assert find("What was the 2030 Ostrava Dairy fined for?").missing == ("2030 Ostrava Dairy",)
    assert find("What was the 2024 Ostrava Dairy fined for?").evidence


def test_a_fact_by_somebodys_account_is_told_by_him_or_by_the_article_but_by_nobody_else():
    asked = "How many herons are there, according to Ada Orr?"
    by_her = candidate("There are ninety herons, she said.", score=1, speaker="Ada Orr", voice=1.0)
    told = candidate("The lake has eighty-five herons.", score=1.5, voice=0.0)
    by_another = candidate("I saw seven hundred herons, said Bo Tarn.", score=3, speaker="Bo Tarn", voice=0.0)
    texts = [one.places[0].text for one in chosen(asked, [by_another, by_her, told]).evidence]
    assert texts == [told.text, by_her.text]
    assert not chosen(asked, [by_another]).evidence
    assert chosen("How many herons are there, according to a new survey?", [by_another]).evidence
    assert not chosen("How many herons are there, according to New Velby police?", [by_another]).evidence


def test_somebody_is_taken_for_a_role_that_no_article_gives_but_not_for_the_wife_of_somebody_named():
    said = candidate("Velby will miss Bo Tarn, said Ada Orr.", score=3, speaker="Ada Orr", voice=0.2)
    assert chosen("What did the Velby harbour pilot say about the pier?", [said]).evidence
    assert not chosen("What did Bo Tarn's wife say about the pier?", [said]).evidence


def test_what_has_no_word_of_the_question_answers_only_where_the_reader_is_sure():
    asked = "What are the conditions of the sale?"
    for score, answers in ((1.5, False), (2.5, True)):
        found = [candidate("The seabed there is like concrete.", score=score, cover=0.0, context_cover=0.0)]
        assert bool(chosen(asked, found).evidence) is answers
