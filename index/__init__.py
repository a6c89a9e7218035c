"""The archive: articles in, passages out."""

from index.archive import Archive, Progress
from index.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArticleNotFound,
    ModelMismatch,
    ModelUnavailable,
    SchemaMismatch,
    SourceError,
)
from index.names import names_match
from index.records import (
    AddReport,
    Article,
    Attribution,
    Failure,
    Hit,
    Passage,
    Problem,
    SearchFilter,
    Sentence,
)
from index.settings import IndexSettings
from index.sources import SUPPORTED

__all__ = [
    "SUPPORTED",
    "AddReport",
    "Archive",
    "ArchiveBusy",
    "ArchiveDamaged",
    "ArchiveError",
    "Article",
    "ArticleNotFound",
    "Attribution",
    "Failure",
    "Hit",
    "IndexSettings",
    "ModelMismatch",
    "ModelUnavailable",
    "Passage",
    "Problem",
    "Progress",
    "SchemaMismatch",
    "SearchFilter",
    "Sentence",
    "SourceError",
    "names_match",
]
