"""Who said what, in all articles: the ledger's statements by speaker, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Select, and_, or_, select, true

from index.database import portions
from index.ledger import Ledger
from index.names import matching
from index.records import Article, Attribution, SearchFilter
from index.schema import articles, attributions, filtered

ARTICLES_AT_ONCE = 100
Said = tuple[Article, Attribution]


def statements(
    ledger: Ledger, *, speaker: str | None, on_behalf_of: str | None, only: SearchFilter, limit: int | None = None
) -> Iterator[Said]:
    """Each statement with its article: the newest article first, those of unknown date last, in the article's order.

    speaker: only what this person or organisation said, or what was said on its behalf. on_behalf_of: only what was
    said on behalf of this organisation or country. Names are met in all their forms, see `names_match`. limit: at the
    most so many. Whom somebody speaks for is taken from other articles where the one itself does not say. Texts are
    read a hundred articles at a time, while the statements are taken.
    """
    query = select(attributions, articles.c.published).join(articles, articles.c.id == attributions.c.article_id)
    query = filtered(query, only)
    if on_behalf_of is not None:
        behalf = _names(ledger, on_behalf_of, attributions.c.speaks_for)
        learnt = _unsaid(ledger.voices.speaking_for(on_behalf_of))
        query = query.where(or_(attributions.c.speaks_for.in_(behalf), learnt))
    if speaker is None:
        found = _rows(ledger, query, [true()])
    else:
        names = _names(ledger, speaker, attributions.c.speaker, attributions.c.speaks_for)
        conditions = [_named(portion) for portion in portions(names)]
        found = _rows(ledger, query, [*conditions, _unsaid(ledger.voices.speaking_for(speaker))])
    rows = sorted(found, key=_place)[:limit]
    elsewhere = ledger.voices.spoken_for(row.speaker for row in rows if not row.speaks_for)
    each_article = [list(group) for _, group in groupby(rows, key=lambda row: row.article_id)]
    for first in range(0, len(each_article), ARTICLES_AT_ONCE):
        portion = each_article[first : first + ARTICLES_AT_ONCE]
        known = ledger.articles([group[0].article_id for group in portion])
        for row in (row for group in portion for row in group):
            # An article may have been removed since its rows were read.
            if row.article_id in known:
                yield known[row.article_id], _attribution(row, elsewhere)


def _names(ledger: Ledger, asked: str, *columns: Column[Any]) -> list[str]:
    """The names in these columns that can mean the one that was asked for."""
    with ledger.reading() as db:
        stored = {name for column in columns for name in db.execute(select(column).distinct()).scalars() if name}
    return sorted(matching(asked, stored))


def _rows(ledger: Ledger, query: Select[Any], conditions: Sequence[ColumnElement[bool]]) -> set[Row[Any]]:
    """The rows of `query` that meet any of the conditions, which are asked for one after the other."""
    with ledger.reading() as db:
        return {row for condition in conditions for row in db.execute(query.where(condition))}


def _unsaid(names: Sequence[str]) -> ColumnElement[bool]:
    """What these people say where the article does not say whom they speak for."""
    return and_(attributions.c.speaks_for.is_(None), attributions.c.speaker.in_(names))


def _named(names: Sequence[str]) -> ColumnElement[bool]:
    return or_(attributions.c.speaker.in_(names), attributions.c.speaks_for.in_(names))


def _place(row: Row[Any]) -> tuple[date, str, int, int, str]:
    newest_first = date.max - row.published + date.min if row.published else date.max
    return newest_first, row.article_id, row.start, row.end, row.speaker


def _attribution(row: Row[Any], elsewhere: Mapping[str, str]) -> Attribution:
    speaks_for = row.speaks_for or elsewhere.get(row.speaker)
    return Attribution(row.start, row.end, row.speaker, row.as_written, speaks_for, row.kind, row.cue)
