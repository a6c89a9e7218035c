"""A few made-up articles and the archives that tests make of them."""

from datetime import date

from index.archive import Archive
from index.records import Article
from index.settings import IndexSettings

SUMMIT = "https://example.org/summit"
ARTICLES = [
    Article.create(
        "NATO leaders urged Iran on Wednesday to stop sending missiles to Russia. The alliance met in Washington.",
        "NATO summit in Washington",
        url=SUMMIT,
        source="Northern Wire",
        published=date(2024, 7, 10),
    ),
    Article.create(
        "Bakers in the old town raised the price of bread. A loaf now costs three crowns.",
        "Bread becomes dearer",
        path="/news/bread.txt",
        source="Harbour Post",
        published=date(2024, 7, 12),
    ),
    Article.create(
        "Engineers found cracks in the bridge over the river. It stays closed until further notice.",
        "Bridge closed",
        path="/news/bridge.txt",
        source="Harbour Post",
    ),
    Article.create(
        "The home team won the cup final after extra time. Thousands sang in the streets.",
        "Cup final",
        url="https://example.org/cup",
        source="Northern Wire",
        published=date(2024, 8, 1),
    ),
]
CHANGED = Article.create(
    "NATO leaders urged North Korea on Thursday to stop sending grenades. The alliance met in Washington.",
    "NATO summit in Washington",
    url=SUMMIT,
    source="Northern Wire",
    published=date(2024, 7, 11),
)


def opened(folder, embedder, **settings):
    archive = Archive.open(folder, IndexSettings(**settings))
    archive.embedder = embedder
    return archive


def texts(hits):
    return [hit.passage.text for hit in hits]


def everywhere(archive):
    """The passage ids in the ledger, among the words, among the vectors."""
    return archive._ledger.passage_ids(), archive._words.ids(), archive._vectors.ids()
