"""What LangChain's own tutorial on retrieval does: the pipeline that Dateline is measured beside."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from index import Article, packaged_model, share_processors


class Tutorial:
    """RecursiveCharacterTextSplitter(1000, 200), HuggingFaceEmbeddings with the same MiniLM as it comes, Chroma."""

    def __init__(self) -> None:
        from langchain_huggingface import HuggingFaceEmbeddings

        self._embeddings = HuggingFaceEmbeddings(model_name=str(packaged_model()))
        self._embeddings.embed_query("warm up")

    def seconds_to_add(self, folder: Path, articles: Sequence[Article]) -> float:
        """How long it takes until all are in Chroma."""
        from langchain_chroma import Chroma
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        share_processors(os.cpu_count() or 1)  # as torch has it by itself
        start = time.perf_counter()
        documents = [Document(a.text, metadata={"title": a.title, "url": a.url or ""}) for a in articles]
        parts = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
        Chroma.from_documents(parts, self._embeddings, persist_directory=str(folder))
        return time.perf_counter() - start
