"""Articles -> the ledger: those that are new or changed, cut into passages; then who speaks in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.indexing import vector_key
from index.ledger import Ledger
from index.records import AddReport, Article, Failure, Passage, Sentence
from index.speakers import RULES, read_speech
from index.splitter import make_passages, split_sentences

ARTICLES_A_TRANSACTION = 25


def take_in(ledger: Ledger, batch: Sequence[Article | Failure], *, size: int) -> AddReport:
    """Write a batch in one transaction, in passages of up to `size` characters; what became of each."""
    checked = [one if isinstance(one, Failure) or _storable(one) else _unstorable(one) for one in batch]
    failures = [one for one in checked if isinstance(one, Failure)]
    articles = {one.id: one for one in checked if isinstance(one, Article)}
    known = ledger.hashes(list(articles))
    fresh = [a for a in articles.values() if known.get(a.id) != a.content_hash]
    cut = [(a, _cut(a, size)) for a in fresh]
    with ledger.transaction() as tx:
        ledger.put(tx, [(a, passages, [vector_key(a, p) for p in passages]) for a, passages in cut])
    updated = sum(a.id in known for a in fresh)
    return AddReport(
        added=len(fresh) - updated,
        updated=updated,
        unchanged=len(batch) - len(failures) - len(fresh),
        failures=tuple(failures),
        article_ids=tuple(articles),
    )


def hear(ledger: Ledger) -> Iterator[tuple[int, int]]:
    """Read who speaks in the articles where that was not done; after each portion, how many are done, and of how many.

    It comes after the words, which can be searched five times as soon. Where the rules have changed, every article is
    read anew.
    """
    if ledger.meta("speech_rules") != RULES:
        ledger.voices.start_over()
        ledger.remember("speech_rules", RULES)
    done, total = 0, ledger.voices.count_waiting()
    while portion := ledger.voices.waiting(limit=ARTICLES_A_TRANSACTION):
        heard = [(article.id, read_speech(article.text, spans, title=article.title)) for article, spans in portion]
        with ledger.transaction() as tx:
            for article_id, speech in heard:
                ledger.voices.put(tx, article_id, speech)
        done += len(portion)
        yield done, total


def _cut(article: Article, size: int) -> list[Passage]:
    sentences = [Sentence(start, end) for start, end in split_sentences(article.text)]
    return make_passages(article, sentences, size=size)


def _storable(article: Article) -> bool:
    try:
        article.text.encode()
        article.title.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in article.text


def _unstorable(article: Article) -> Failure:
    reason = "its text or title holds half a surrogate pair or a NUL, which cannot be stored"
    return Failure(article.url or article.path or article.id, reason, "take the character out")
