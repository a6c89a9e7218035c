"""What all tests share: no network for models, the real packaged embedder, made-up articles."""

import os
import shutil
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import pytest
from browsing import NEWS, Scripted, chromium, served
from fake_embedder import FakeEmbedder
from hypothesis import settings
from made_archive import ARTICLES, opened

from assistant.reader import reader_of
from index.embedder import Embedder
from index.records import Article

settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")


@pytest.fixture(scope="session")
def embedder():
    """The packaged model, loaded once."""
    return Embedder()


@pytest.fixture(scope="session")
def reader():
    """The reader that comes with Dateline, loaded once."""
    return reader_of(None)


@pytest.fixture
def make_article():
    """Make an article of which only the text matters, unless a test says otherwise."""

    def make(text="The bridge was closed on Tuesday. Engineers found a crack.", title="Bridge closed", **fields):
        return Article.create(text, title, **fields)

    return make


@pytest.fixture(scope="session")
def _filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled") / "news.dateline"
    with opened(folder, FakeEmbedder()) as one:
        one.add_articles(ARTICLES)
    return folder


@pytest.fixture
def folder(tmp_path, _filled):
    """A closed archive with all articles, embedded by the fake embedder."""
    return Path(shutil.copytree(_filled, tmp_path / "news.dateline"))


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the tests of a file; one for all would keep an event loop running beside other tests."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Three articles and a scripted assistant over them."""
    with opened(tmp_path_factory.mktemp("desk") / "news.dateline", FakeEmbedder()) as archive:
        archive.add_articles(NEWS)
        yield Scripted(archive)


@pytest.fixture(scope="module")
def address(desk):
    """Where the page over `desk` is served."""
    with served(desk) as where:
        yield where
