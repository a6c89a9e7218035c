"""Articles -> the ledger: those that are new or changed, cut into passages, with who speaks in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.database import portions
from index.indexing import vector_key
from index.ledger import Ledger
from index.records import AddReport, Affiliation, Article, Attribution, Failure, Passage, SearchFilter, Sentence
from index.speakers import Speech, read_speech
from index.splitter import make_passages, split_sentences

ARTICLES_A_TRANSACTION = 25


def take_in(ledger: Ledger, batch: Sequence[Article | Failure], *, size: int) -> AddReport:
    """Write a batch in one transaction, in passages of up to `size` characters; what became of each."""
    checked = [one if isinstance(one, Failure) or _storable(one) else _unstorable(one) for one in batch]
    failures = [one for one in checked if isinstance(one, Failure)]
    articles = {one.id: one for one in checked if isinstance(one, Article)}
    known = ledger.hashes(list(articles))
    fresh = [a for a in articles.values() if known.get(a.id) != a.content_hash]
    cut = [(a, *_cut(a, size)) for a in fresh]
    with ledger.transaction() as tx:
        for article, passages, said, affiliated in cut:
            keys = [vector_key(article, p) for p in passages]
            ledger.put(tx, article, passages, keys, said, affiliated)
    updated = sum(a.id in known for a in fresh)
    return AddReport(
        added=len(fresh) - updated,
        updated=updated,
        unchanged=len(batch) - len(failures) - len(fresh),
        failures=tuple(failures),
        article_ids=tuple(articles),
    )


def hear_again(ledger: Ledger) -> Iterator[int]:
    """Read anew who speaks in every article, by the rules of today; after each portion, how many are done."""
    done = 0
    for ids in portions([article.id for article in ledger.listing(SearchFilter())], ARTICLES_A_TRANSACTION):
        heard = [(i, _speech(article)) for i, article in ledger.articles(ids).items()]
        with ledger.transaction() as tx:
            for article_id, (said, affiliated) in heard:
                ledger.put_speech(tx, article_id, said, affiliated)
        done += len(heard)
        yield done


def _speech(article: Article) -> Speech:
    return read_speech(article.text, split_sentences(article.text), title=article.title)


def _cut(article: Article, size: int) -> tuple[list[Passage], list[Attribution], list[Affiliation]]:
    spans = split_sentences(article.text)
    said, affiliated = read_speech(article.text, spans, title=article.title)
    sentences = [Sentence(start, end) for start, end in spans]
    return make_passages(article, sentences, size=size), said, affiliated


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
