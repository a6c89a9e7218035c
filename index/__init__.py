"""The archive: articles in, passages out."""

from index.affiliations import split_description
from index.archive import Archive, Progress
from index.embedder import Embedder, fastest_dtype, packaged_model, share_processors
from index.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArticleNotFound,
    ModelMismatch,
    ModelUnavailable,
    SchemaMismatch,
    SourceError,
    loading,
)
from index.forms import Mention, has_forms
from index.names import alike, names_match, surname, two_people
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
from index.sources import SUPPORTED, web_address
from index.speakers import attribute
from index.speech.countries import leading_country
from index.speech.givennames import given_gender
from index.speech.lexicon import is_role
from index.speech.quotes import quotations
from index.splitter import split_sentences

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
    "Embedder",
    "Failure",
    "Hit",
    "IndexSettings",
    "Mention",
    "ModelMismatch",
    "ModelUnavailable",
    "Passage",
    "Problem",
    "Progress",
    "SchemaMismatch",
    "SearchFilter",
    "Sentence",
    "SourceError",
    "alike",
    "attribute",
    "fastest_dtype",
    "given_gender",
    "has_forms",
    "is_role",
    "leading_country",
    "loading",
    "names_match",
    "packaged_model",
    "quotations",
    "share_processors",
    "split_description",
    "split_sentences",
    "surname",
    "two_people",
    "web_address",
]
