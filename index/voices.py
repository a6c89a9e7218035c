"""What the ledger knows of who speaks: statements with their speakers, and who speaks for whom.

Who speaks is read by rules, after an article can be found by its words; what waits for that is in the table `unheard`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from index.affiliations import Meaning, country_led, holders, meanings_of, settle
from index.database import Database
from index.names import matching, names_match
from index.records import Affiliation, Article, Attribution
from index.schema import (
    affiliation_record,
    affiliation_rows,
    affiliations,
    article_record,
    articles,
    attribution_rows,
    attributions,
    passages,
    unheard,
)
from index.speakers import Speech

Spans = list[tuple[int, int]]


class Voices:
    """Reads and writes who says what in which article."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[tuple[int, int], list[str]] = ((0, 0), [])

    def put(self, tx: Connection, article_id: str, speech: Speech) -> None:
        """Write what was heard in an article, in place of what was known of it."""
        self.drop(tx, article_id)
        if speech.attributions:
            tx.execute(insert(attributions), attribution_rows(article_id, speech.attributions))
        if speech.affiliations:
            tx.execute(insert(affiliations), affiliation_rows(article_id, speech.affiliations))

    def drop(self, tx: Connection, article_id: str) -> None:
        """Forget what was heard in an article, and that it waits to be."""
        for table in (attributions, affiliations, unheard):
            tx.execute(delete(table).where(table.c.article_id == article_id))

    def wait(self, tx: Connection, article_ids: Sequence[str]) -> None:
        """Have articles read that were not."""
        if article_ids:
            tx.execute(insert(unheard), [{"article_id": i} for i in article_ids])

    def start_over(self) -> None:
        """Have every article read anew; until then what is known of it stays."""
        with self._database.transaction() as tx:
            tx.execute(delete(unheard))
            tx.execute(insert(unheard).from_select(["article_id"], select(articles.c.id)))

    def waiting(self, *, limit: int) -> list[tuple[Article, Spans]]:
        """Articles in which who speaks was not read yet, each with its sentences' offsets."""
        query = select(articles).join(unheard, unheard.c.article_id == articles.c.id)
        with self._database.reading() as db:
            found = [article_record(dict(row)) for row in db.execute(query.limit(limit)).mappings()]
        sentences: dict[str, Spans] = defaultdict(list)
        rows = self._database.rows(select(passages), passages.c.article_id, [article.id for article in found])
        for row in sorted(rows, key=lambda row: (row.article_id, row.number)):
            sentences[row.article_id] += [(start, end) for start, end in row.sentences]
        return [(article, sentences[article.id]) for article in found]

    def count_waiting(self) -> int:
        """In how many articles who speaks was not read yet."""
        return self._database.count(unheard)

    def spoken_for(self, names: Iterable[str]) -> dict[str, str]:
        """Whom these people speak for, as most of the articles have it that say so; see `settle`."""
        full = sorted({name for name in names if " " in name})
        return settle(map(affiliation_record, self._database.rows(select(affiliations), affiliations.c.name, full)))

    def speaking_for(self, asked: str) -> list[str]:
        """The people who, as most of the articles have it, speak for the organisation or country `asked`."""
        settled = self.spoken_for(one.name for one in self.affiliations(asked))
        return sorted(name for name, organisation in settled.items() if names_match(asked, organisation))

    def holders(self, description: str) -> list[str]:
        """The names that a description such as "the Teamsters chief" can mean, the likeliest first."""
        meanings = meanings_of(description)
        # "Biden's secretary of state" is that of the country which Biden leads.
        return self._holding(meanings) or self._holding(
            [(country, role) for owner, role in meanings if (country := country_led(self._called(owner)))]
        )

    def _holding(self, meanings: Sequence[Meaning]) -> list[str]:
        return holders(meanings, self.affiliations(*(organisation for organisation, _ in meanings)))

    def _called(self, name: str) -> list[Affiliation]:
        """What is said of people with this whole name or last name."""
        called = (affiliations.c.name == name) | affiliations.c.name.endswith(f" {name}", autoescape=True)
        with self._database.reading() as db:
            return [affiliation_record(row) for row in db.execute(select(affiliations).where(called))]

    def affiliations(self, *asked: str) -> list[Affiliation]:
        """Who speaks for any of the organisations or countries `asked`, one for each article that says so."""
        stored = self._organisations()
        meant = {organisation for one in asked for organisation in matching(one, stored)}
        rows = self._database.rows(select(affiliations), affiliations.c.organisation, sorted(meant))
        return [affiliation_record(row) for row in rows]

    def _organisations(self) -> list[str]:
        """All that anybody speaks for, read again when the ledger has changed: a look through a whole index."""
        version, stored = self._database.version(), self._known
        if stored[0] != version:
            with self._database.reading() as db:
                found = db.execute(select(affiliations.c.organisation).distinct()).scalars()
                self._known = stored = (version, list(found))
        return stored[1]

    def said(self, sentences: Iterable[tuple[str, int, int]]) -> dict[str, dict[tuple[int, int], Attribution]]:
        """Who speaks in these sentences, each of an article, from start to end; the first named where two people do."""
        asked = set(sentences)
        found = self._database.rows(select(attributions), attributions.c.article_id, {article for article, *_ in asked})
        rows = [row for row in found if (row.article_id, row.start, row.end) in asked]
        elsewhere = self.spoken_for(row.speaker for row in rows if not row.speaks_for)
        said: dict[str, dict[tuple[int, int], Attribution]] = defaultdict(dict)
        for row in rows:
            values = dict(row._mapping)
            values["speaks_for"] = row.speaks_for or elsewhere.get(row.speaker)
            said[values.pop("article_id")].setdefault((row.start, row.end), Attribution(**values))
        return said
