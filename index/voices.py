"""What the ledger knows of who speaks: statements with their speakers, and who speaks for whom.

Who speaks is read by rules, after an article can be found by its words; `heard` says by which state of the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, or_, select

from index.affiliations import settle
from index.database import Database
from index.names import names_match
from index.records import Affiliation, Article, Attribution
from index.schema import (
    affiliation_record,
    affiliation_rows,
    affiliations,
    article_record,
    articles,
    attribution_rows,
    attributions,
    heard,
    passages,
)
from index.speakers import RULES, Speech

Spans = list[tuple[int, int]]


class Voices:
    """Reads and writes who says what in which article."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, tx: Connection, article_id: str, speech: Speech) -> None:
        """Write what was heard in an article, in place of what was known of it."""
        self.drop(tx, article_id)
        if speech.attributions:
            tx.execute(insert(attributions), attribution_rows(article_id, speech.attributions))
        if speech.affiliations:
            tx.execute(insert(affiliations), affiliation_rows(article_id, speech.affiliations))
        tx.execute(insert(heard).values(article_id=article_id, rules=RULES))

    def drop(self, tx: Connection, article_id: str) -> None:
        """Forget what was heard in an article."""
        for table in (attributions, affiliations, heard):
            tx.execute(delete(table).where(table.c.article_id == article_id))

    def forget(self) -> None:
        """Have every article read anew; until then what is known of it stays."""
        with self._database.transaction() as tx:
            tx.execute(delete(heard))

    def unread(self, *, limit: int) -> Iterator[tuple[Article, Spans]]:
        """Articles in which who speaks was not read yet by the rules of today, each with its sentences' offsets."""
        with self._database.reading() as db:
            found = db.execute(_left(select(articles)).order_by(articles.c.id).limit(limit)).mappings().all()
        sentences: dict[str, Spans] = defaultdict(list)
        rows = self._database.rows(select(passages), passages.c.article_id, [row["id"] for row in found])
        for row in sorted(rows, key=lambda row: (row.article_id, row.number)):
            sentences[row.article_id] += [(start, end) for start, end in row.sentences]
        yield from ((article_record(dict(row)), sentences[row["id"]]) for row in found)

    def count_unread(self) -> int:
        """In how many articles who speaks was not read yet by the rules of today."""
        with self._database.reading() as db:
            return int(db.execute(_left(select(func.count()))).scalar_one())

    def spoken_for(self, names: Iterable[str]) -> dict[str, str]:
        """Whom these people speak for, as most of the articles have it that say so; see `settle`."""
        full = sorted({name for name in names if " " in name})
        return settle(map(affiliation_record, self._database.rows(select(affiliations), affiliations.c.name, full)))

    def speaking_for(self, asked: str) -> list[str]:
        """The people who, as most of the articles have it, speak for the organisation or country `asked`."""
        settled = self.spoken_for(one.name for one in self.affiliations(asked))
        return sorted(name for name, organisation in settled.items() if names_match(asked, organisation))

    def affiliations(self, asked: str) -> list[Affiliation]:
        """Who speaks for the organisation or country `asked`, one for each article that says so."""
        with self._database.reading() as db:
            stored = db.execute(select(affiliations.c.organisation).distinct()).scalars().all()
        meant = [organisation for organisation in stored if names_match(asked, organisation)]
        rows = self._database.rows(select(affiliations), affiliations.c.organisation, meant)
        return [affiliation_record(row) for row in rows]

    def said(self, article_ids: Sequence[str]) -> dict[str, dict[tuple[int, int], Attribution]]:
        """By article and sentence, who speaks; the first named where two people do."""
        said: dict[str, dict[tuple[int, int], Attribution]] = defaultdict(dict)
        rows = self._database.rows(select(attributions), attributions.c.article_id, article_ids)
        elsewhere = self.spoken_for(row.speaker for row in rows if not row.speaks_for)
        for row in rows:
            values = dict(row._mapping)
            values["speaks_for"] = row.speaks_for or elsewhere.get(row.speaker)
            said[values.pop("article_id")].setdefault((row.start, row.end), Attribution(**values))
        return said


def _left(query: Select[Any]) -> Select[Any]:
    """`query` over the articles that wait to be read."""
    joined = query.select_from(articles).outerjoin(heard, heard.c.article_id == articles.c.id)
    return joined.where(or_(heard.c.rules.is_(None), heard.c.rules != RULES))
