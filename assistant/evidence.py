"""Hits -> the sentences that answer, best first, no more than needed; or none, when the articles do not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import exp, inf

from assistant.accounts import newest_first, of_the_days, other_values
from assistant.candidates import Candidate, Read, candidates, has_number_of, speaks_of
from assistant.enumerations import with_items
from assistant.expected import lacks
from assistant.finding import Evidence, Finding
from assistant.measures import Measure, measure_of
from assistant.offices import is_office, office_of_owner
from assistant.question import Question, stems
from assistant.relations import is_one_relative, owner_of
from assistant.searching import in_turn
from index import Hit, names_match, split_description
from index.speech.quotes import quotations

HEARD = 0.5
"""The `voice` from which a sentence counts as said by the speaker asked for."""
GUESSED = 0.5
"""What the `voice` of somebody else counts as, where a role is asked for that no article gives anybody."""
TOPIC = 0.31
"""The share of the topic's words that a sentence and what is around it hold, unless the reader is sure by itself."""
ON_TOPIC = 0.5
"""The share of the topic's words in a sentence from which it is on the topic."""
SURE = 2.0
"""The logit from which somebody's words answer that have no word of the topic and stand among his other words."""
ORDERED = 1.5
"""How far below the best a sentence may lie where the latest or the earliest account is asked for: the day decides."""
FOLLOWING = -3.0
"""The score from which the sentence after one that answers may complete it."""
RUN = 2
"""Sentences before, and after, that a quotation of which one answers may run over to be shown whole."""
ANY = re.compile(r"(?:[Aa]n?|[Oo]ne|[Ss]ome|[Ss]everal|[Rr]ecent|[Nn]ew) (?=[a-z])")
"""How somebody is named who may be any of many: "a new survey"."""
SAME = 0.75
"""Two sentences whose words overlap by this share (Jaccard) say the same thing."""


def find_evidence(question: Question, hits: Sequence[Hit], read: Read, *, most: int) -> Finding:
    """Choose the sentences of `hits` that answer `question`, at most `most` different ones.

    A sentence is judged by the reader, who reads it in its passage with the question, and by what the reader does not
    see: the question's words and names in it and around it, who speaks, whether it has the kind of thing that is asked
    for (a number, a day), and the rank of its passage. Nothing is evidence where a name that the question is about is
    missing, or where the person whose words are asked for does not speak.
    """
    found = list(candidates(question, hits, read))
    missing = missing_names(question, hits)
    if missing:
        return Finding((), _spread(_best_first(found, measure_of(question))), missing=missing)
    return choose(question, found, most=most)


def together(findings: Sequence[Finding], *, most: int) -> Finding:
    """What was found for each part of a question, as what was found for it: the best of each part first."""
    if not any(finding.evidence for finding in findings):
        return findings[0]
    chosen: list[Evidence] = []
    for evidence in in_turn([finding.evidence for finding in findings]):
        told = [place for other in chosen for place in other.places]
        if not any(_overlap(place, other) for place in evidence.places for other in told):
            chosen.append(evidence)
    nearest = _spread(list(in_turn([finding.nearest for finding in findings])))
    return Finding(tuple(chosen[:most]), nearest, differing=any(finding.differing for finding in findings))


def choose(question: Question, found: Sequence[Candidate], *, most: int, measure: Measure | None = None) -> Finding:
    """Of candidates, those that answer by `measure`; unless given, by the one for what is asked, see `measures.py`."""
    measure = measure or measure_of(question)
    scored = _best_first(found, measure)
    if not scored:
        return Finding((), ())
    able = [c for c in scored if c.about]
    if question.kind in ("speech", "compare") and question.speakers:
        heard = [c for c in able if c.voice >= HEARD]
        if not heard and any(split_description(role)[1] for role in question.roles):
            heard = _best_first([replace(c, voice=GUESSED) for c in able if _may_hold(question, c)], measure)
        able = _surely(heard) if question.kind == "speech" and len(question.speakers) == 1 else heard
        if not able:
            return Finding((), _spread(scored), silent=question.speaker, others=_others(question, scored))
        if not question.terms and (sure := [c for c in able if c.voice == 1]):  # whatever the speaker said answers
            able, measure = sure, replace(measure, least=-inf, more=-inf)
    elif question.speakers and not ANY.match(question.speakers[0]):  # by somebody's account, nobody else's
        able = [c for c in able if c.voice >= HEARD or not c.sentence.speaker]
    on_topic = able = of_the_days(question, [c for c in able if _on_topic(question, c)], measure.least)
    below = measure.below if not (question.when and question.when.order) else max(measure.below, ORDERED)
    able = _worth_showing(question, able, replace(measure, below=below))
    if not able or able[0].score < measure.least:
        elsewhere = any(c.voice >= HEARD for c in scored) if question.kind == "speech" else False
        silent = question.speaker if elsewhere else None
        return Finding((), _spread(scored), silent=silent, elsewhere=elsewhere, others=_others(question, scored))
    chosen = _distinct(_for_each(question, _ordered(question, able)), on_topic, min(most, measure.most))
    told, differing = newest_first(question, _completed(question, chosen, scored)[:most])
    told = with_items(told, wanted=question.listed)
    if all(lacks(question, place.text) for one in told for place in one.places):
        return Finding((), _spread(scored))
    return Finding(told, _spread(scored), differing=differing)


def _worth_showing(question: Question, able: Sequence[Candidate], measure: Measure) -> list[Candidate]:
    """Of those that may answer, the best first: what is nearly as good as the best, and what is worth a try beside it.

    A try is worth it while the chance that this one answers, and none before it does, is no less than `Measure.gain`.
    """
    shown: list[Candidate] = []
    none = 1.0
    worth = [c for c in able if c.score >= measure.more or _says_it_all(question, c)]
    for c in worth:
        chance = 1 / (1 + exp(-c.score))
        near = c.score >= able[0].score - measure.below or _to_the_point(question, c)
        if near or none * chance >= measure.gain:
            shown.append(c)
            none *= 1 - chance
    return shown


def _surely(heard: list[Candidate]) -> list[Candidate]:
    """Where the best is surely the speaker's, only what surely is: who shares a word of a name is somebody else."""
    return [c for c in heard if c.voice == 1] if heard and heard[0].voice == 1 else heard


def _completed(question: Question, chosen: tuple[Evidence, ...], scored: Sequence[Candidate]) -> tuple[Evidence, ...]:
    """Where a day or a number is asked for and nothing chosen has it: with the next sentence that has, if there is one.

    "A new date was set. The launch is on Monday, 14 November.": the first is nearer to the question.
    """
    places = [place for one in chosen for place in one.places]
    if question.kind not in ("when", "number") or any(place.kind == 1 for place in places):
        return chosen
    ends = {(place.passage.id, place.sentence.end) for place in places}
    for c in scored:
        before = c.passage.sentences[: c.passage.sentences.index(c.sentence)]
        follows = before and (c.passage.id, before[-1].end) in ends
        if follows and c.kind == 1 and c.about and c.score >= FOLLOWING:
            return (*chosen, Evidence((c,)))
    return chosen


def _on_topic(question: Question, c: Candidate) -> bool:
    """Whether it is about the topic, by its words or because the reader holds that it answers: surely, without a word.

    Somebody's words that have none of the topic's stand among more than half of them, or half and all its names: he
    speaks of many things.
    """
    beside = bool(question.speakers) and not c.cover and not (question.occasion and c.logit >= 0)
    unrelated = not c.cover and not c.context_cover and not question.occasion
    if not question.terms or c.logit >= (SURE if beside or unrelated else 0):
        return True
    if not beside:
        return c.context_cover >= TOPIC
    return c.context_cover > ON_TOPIC or (c.context_cover == ON_TOPIC and bool(question.names) and c.names == 1)


def _may_hold(question: Question, c: Candidate) -> bool:
    """Whether the speaker may be the one whom a role means: somebody, and not who is asked about.

    Who is somebody's wife or brother is told where she speaks, and who the minister or his deputy is.
    """
    speaker = c.sentence.speaker
    if not speaker or any(names_match(name, speaker) for name in question.names):
        return False
    roles = [role for role in question.roles if not (is_one_relative(role) and owner_of(role))]
    roles = [role for role in roles if not is_office(role) and not office_of_owner(role)]
    return bool(roles) and c.voice > 0  # none where it is surely another, or whose it is is not of there


def _best_first(found: Sequence[Candidate], measure: Measure) -> list[Candidate]:
    return sorted((scored_by(measure, c) for c in found), key=lambda c: (-c.score, c.article.id, c.sentence.start))


def scored_by(measure: Measure, c: Candidate) -> Candidate:
    """The candidate with its score: the log-odds that it answers."""
    return replace(c, score=measure.bias + sum(w * getattr(c, name) for name, w in measure.weights.items()))


def _to_the_point(question: Question, c: Candidate) -> bool:
    """Whether the speaker asked for names here what is asked about: then it answers, however good the best is."""
    return bool(question.speakers and question.names) and c.named == 1


def _says_it_all(question: Question, c: Candidate) -> bool:
    """Whether who is asked for says every word that he is asked about: then it answers, whatever the reader thinks.

    It takes the plain "What did X say about Y?" too readily for a question without an answer.
    """
    return question.kind == "speech" and bool(question.terms) and c.voice == 1 and c.cover == 1


def _ordered(question: Question, able: Sequence[Candidate]) -> list[Candidate]:
    """Where the latest or the earliest account is asked for, those of that article alone."""
    order = question.when.order if question.when else None
    dated = [c for c in able if c.article.published]
    if not order or not dated:
        return list(able)
    days = [c.article.published for c in dated if c.article.published]
    day = max(days) if order == "newest" else min(days)
    return [c for c in dated if c.article.published == day]


def _for_each(question: Question, able: Sequence[Candidate]) -> list[Candidate]:
    """Where several speakers are asked for, the best sentence of each first, then the second of each, and so on."""
    if len(question.speakers) < 2:
        return list(able)
    ranked: list[tuple[int, int, Candidate]] = []
    counts: dict[int, int] = {}
    for place, c in enumerate(able):
        who = max(range(len(c.voices)), key=c.voices.__getitem__)
        counts[who] = counts.get(who, 0) + 1
        ranked.append((counts[who], place, c))
    return [c for *_, c in sorted(ranked, key=lambda row: row[:2])]


def missing_names(question: Question, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The names in the question that nothing that was found speaks of."""

    def told(name: str, hit: Hit) -> bool:
        return speaks_of(f"{hit.article.title} {hit.passage.text}", name) and has_number_of(hit.article, name)

    return tuple(name for name in question.names if hits and not any(told(name, hit) for hit in hits))


def _others(question: Question, scored: Sequence[Candidate]) -> tuple[str, ...]:
    """Who else, by name, is quoted on the topic, at most two, where one speaker's words are asked for."""
    if question.kind != "speech" or not question.speakers or not question.terms:
        return ()
    said = [c for c in scored if c.sentence.speaker and c.voice < HEARD and c.cover >= ON_TOPIC and c.own_names == 1]
    names = (c.sentence.speaker for c in said if c.sentence.speaker and c.sentence.speaker[0].isupper())
    return tuple(dict.fromkeys(names))[:2]


def _distinct(able: Sequence[Candidate], on_topic: Sequence[Candidate], most: int) -> tuple[Evidence, ...]:
    """The best candidates that differ; with each, those of `on_topic` that say the same in another article."""
    groups: list[list[Candidate]] = []
    for candidate in able:
        if len(groups) < most and not any(_alike(g[0], candidate) for g in groups):
            groups.append([candidate])
    for candidate in on_topic:
        same = next((g for g in groups if _alike(g[0], candidate)), None)
        if same is not None and candidate.article.id not in {c.article.id for c in same}:
            same.append(candidate)
    whole = [[_whole_quotation(c) for c in group] for group in groups]
    chosen: list[list[Candidate]] = []
    for group in whole:
        if not any(_overlap(group[0], other[0]) for other in chosen):
            chosen.append(group)
    return tuple(Evidence(tuple(sorted(group, key=_earliest))) for group in chosen)


def _whole_quotation(c: Candidate) -> Candidate:
    """The candidate with the sentences before and after it that its quotations run over, two at the most each way."""
    s, text, offset = c.sentence, c.article.text, c.passage.start
    quotes = [(offset + q.start, offset + q.end) for q in quotations(text[offset : c.passage.end]) if q.closed]
    cut = [(a, b) for a, b in quotes if a < s.start < b or a < s.end < b]
    start, end = min([s.start, *(a for a, _ in cut)]), max([s.end, *(b for _, b in cut)])
    run = [one for one in c.passage.sentences if one.start < end and one.end > start]
    at = run.index(s)
    whole = text[run[0].start : run[-1].end]
    if not cut or at > RUN or len(run) - 1 - at > RUN or "\n" in whole:
        return c
    return replace(c, sentence=replace(s, start=run[0].start, end=run[-1].end), text=whole)


def _overlap(one: Candidate, other: Candidate) -> bool:
    same = one.article.id == other.article.id
    return same and one.sentence.start < other.sentence.end and other.sentence.start < one.sentence.end


def _earliest(c: Candidate) -> tuple[str, str]:
    return (c.article.published.isoformat() if c.article.published else "9999", c.article.id)


def _alike(one: Candidate, other: Candidate) -> bool:
    """Whether both say the same: in nearly the same words, with no other number and no other day."""
    a, b = set(stems(one.text)), set(stems(other.text))
    return bool(a | b) and len(a & b) / len(a | b) >= SAME and not other_values(one, other)


def _spread(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best candidate of each passage."""
    best: dict[str, Candidate] = {}
    for candidate in found:
        best.setdefault(candidate.passage.id, candidate)
    return tuple(best.values())
