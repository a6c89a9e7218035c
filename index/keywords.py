"""Passages found by words (BM25). The only room that knows tantivy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from index.errors import ArchiveDamaged
from index.ledger import Located
from index.records import SearchFilter
from index.spellings import other_spellings

ANALYZER = "english"
TITLE_WEIGHT = 0.5
"""The title stands with each of its article's passages; at full weight it drowns what a passage itself says."""
WRITER_MEMORY = 64_000_000


class Keywords:
    """A tantivy index in a folder, ranked by BM25 (Robertson and Zaragoza, 2009) over text and title.

    Words are folded to lower-case ASCII and stemmed, English stop words left out. Commits are atomic: a crash leaves
    the last committed state. Several processes may read while one writes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        self._analyzer = _analyzer()

    @cached_property
    def _index(self) -> tantivy.Index:
        # Opened at the first use, so that an archive with a damaged one can be opened, and repaired.
        self._folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(self._schema, path=str(self._folder))
        index.register_tokenizer(ANALYZER, self._analyzer)
        return index

    @contextmanager
    def _usable(self) -> Iterator[tantivy.Index]:
        try:
            yield self._index
        except ValueError as error:
            raise ArchiveDamaged(f"the word index in {self._folder} cannot be read ({error})") from error

    def apply(self, deleted: Sequence[str], added: Sequence[Located]) -> None:
        """Delete passages, then add passages, in one commit. Doing it twice is harmless."""
        with self._usable() as index:
            writer = index.writer(heap_size=WRITER_MEMORY, num_threads=1)
            for passage_id in [*deleted, *(passage.id for passage, _ in added)]:
                writer.delete_documents_by_term("id", passage_id)
            for located in added:
                writer.add_document(_document(located))
            writer.commit()
            writer.wait_merging_threads()
            index.reload()

    def search(self, question: str, k: int, only: SearchFilter) -> list[tuple[str, float]]:
        """The ids of the `k` best passages with their BM25 scores, best first; [] when no word counts."""
        spelt = " ".join([question, *other_spellings(question)])
        words = list(dict.fromkeys(self._analyzer.analyze(spelt)))
        if not words:
            return []
        terms = [(Occur.Should, self._term("text", word)) for word in words]
        terms += [(Occur.Should, Query.boost_query(self._term("title", word), TITLE_WEIGHT)) for word in words]
        query = Query.boolean_query([(Occur.Must, Query.boolean_query(terms)), *self._filters(only)])
        with self._usable() as index:
            index.reload()
            searcher = index.searcher()
            hits = searcher.search(query, limit=k, count=False).hits
            found = [(searcher.doc(address).get_first("id"), float(score)) for score, address in hits]
        return sorted(found, key=lambda f: (-f[1], f[0]))

    def ids(self) -> set[str]:
        """The ids of all passages in the index."""
        with self._usable() as index:
            index.reload()
            searcher = index.searcher()
            if not searcher.num_docs:
                return set()
            hits = searcher.search(Query.all_query(), limit=searcher.num_docs, count=False).hits
            return {searcher.doc(address).get_first("id") for _, address in hits}

    def clear(self) -> None:
        """Empty the index; a damaged one is made anew."""
        try:
            with self._usable() as index:
                writer = index.writer(heap_size=WRITER_MEMORY, num_threads=1)
                writer.delete_all_documents()
                writer.commit()
                index.reload()
        except ArchiveDamaged:
            self.__dict__.pop("_index", None)
            shutil.rmtree(self._folder)

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, index_option="freq")

    def _filters(self, only: SearchFilter) -> list[tuple[Occur, Query]]:
        # Scores of 0, so that a filter chooses passages and does not rank them.
        chosen: list[Query] = []
        if only.published_from or only.published_to:
            first = only.published_from.toordinal() if only.published_from else None
            last = only.published_to.toordinal() if only.published_to else None
            kind = tantivy.FieldType.Integer
            chosen.append(Query.range_query(self._schema, "published", kind, lower_bound=first, upper_bound=last))
        if only.sources:
            chosen.append(Query.term_set_query(self._schema, "source", list(only.sources)))
        if only.article_ids:
            chosen.append(Query.term_set_query(self._schema, "article", list(only.article_ids)))
        return [(Occur.Must, Query.const_score_query(query, 0.0)) for query in chosen]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=ANALYZER, index_option="freq")
    builder.add_text_field("title", tokenizer_name=ANALYZER, index_option="freq")
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    filters = (
        tantivy.Filter.remove_long(60),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stopword("english"),
        tantivy.Filter.stemmer("english"),
    )
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in filters:
        builder = builder.filter(step)
    return builder.build()


def _document(located: Located) -> tantivy.Document:
    passage, article = located
    document = tantivy.Document()
    document.add_text("id", passage.id)
    document.add_text("article", passage.article_id)
    document.add_text("text", passage.text)
    document.add_text("title", article.title)
    if article.source:
        document.add_text("source", article.source)
    if article.published:
        document.add_integer("published", article.published.toordinal())
    return document
