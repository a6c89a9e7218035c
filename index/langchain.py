"""The archive as a LangChain retriever. The only room of the index that knows LangChain."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.archive import Archive
from index.records import Hit, SearchFilter


class ArchiveRetriever(BaseRetriever):
    """Finds passages in an archive. Made by `Archive.as_retriever`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    archive: Archive
    k: int = 10
    only: SearchFilter = SearchFilter()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [document(hit) for hit in self.archive.search(query, self.k, self.only)]


def document(hit: Hit) -> Document:
    """The hit as LangChain has it: the passage as `page_content`, its article and place as metadata."""
    passage, article = hit.passage, hit.article
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            **article.reference(),
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
        },
    )
