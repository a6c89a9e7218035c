"""Passages found by vector. `ChromaVectors` is a shard of the index; the only room that knows chromadb.

`ExactVectors` reads the ledger's vectors directly. It serves where Chroma, which takes one process a folder, must not
be opened or is not worth it, see `vector_index.py`. It is exact, and takes the longer the more there are to compare:
67 ms for 18,574 passages, 1.2 s for 217,405.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.database import portions
from index.errors import ArchiveDamaged
from index.ledger import Ledger
from index.records import SearchFilter

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Vectors = NDArray[np.float32]
Found = list[tuple[str, float]]
"""Passage ids with their cosines to the question, the nearest first."""

COLLECTION = "passages"
A_CALL = 5000
"""Chroma takes at most 5461 at a time."""
PROBE_SECONDS = 120
PROBE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from index.vectors import look_into
sys.stdout.write("\\n".join(filter(None, map(look_into, map(Path, sys.argv[2:])))))
"""


class VectorSearch(Protocol):
    """Finds passages by vector."""

    def search(self, vector: Vectors, k: int, only: SearchFilter) -> Found:
        """The `k` passages nearest to `vector`, shape (dimension,), that pass the filter."""
        ...


class ExactVectors:
    """Compares the question with every vector in the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def search(self, vector: Vectors, k: int, only: SearchFilter) -> Found:
        """See `VectorSearch`."""
        best: Found = []
        for keys, block in self._ledger.all_vectors(only):
            cosines = block @ vector
            nearest = ((keys[i], float(cosines[i])) for i in np.argsort(-cosines, kind="stable")[:k])
            best = nearest_first([*best, *nearest])[:k]
        near = dict(best)
        return nearest_first((passage, near[key]) for passage, key in self._ledger.sharing(near, only))[:k]


class ChromaVectors:
    """A Chroma collection in a folder: HNSW over cosines (Malkov and Yashunin, TPAMI 2020).

    All that uses it raises ArchiveDamaged where the files cannot be used, or were let go of meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self._client, self._collection = _open(folder)
        self._closed = False

    def apply(self, deleted: Sequence[str], added: Mapping[str, Vectors]) -> None:
        """Delete passages, then add passages with their vectors; all is in its files then. Twice is harmless."""
        # Chroma's add ignores an id that exists, in silence: delete, then add.
        ids = list(added)
        with self._used():
            for portion in portions([*deleted, *ids], A_CALL):
                self._collection.delete(ids=portion)
            for portion in portions(ids, A_CALL):
                self._collection.add(ids=portion, embeddings=np.stack([added[i] for i in portion]))
            self._collection.count()  # waits until all of it is in the graph

    def nearest(self, vector: Vectors, k: int) -> Found:
        """The `k` passages nearest to `vector`, shape (dimension,)."""
        with self._used():
            found = self._collection.query(query_embeddings=vector[None], n_results=k, include=["distances"])
        pairs = zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True)
        return nearest_first((i, 1 - float(distance)) for i, distance in pairs)

    def count(self) -> int:
        """How many passages are in the index."""
        with self._used():
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """The ids of all passages in the index."""
        with self._used():
            return set(self._collection.get(include=[])["ids"])

    def close(self) -> None:
        """Let go of the folder."""
        self._closed = True
        self._client.close()

    @contextmanager
    def _used(self) -> Iterator[None]:
        """What Chroma cannot do is told as damage: it opens a folder without reading all of it."""
        from chromadb.errors import ChromaError

        try:
            yield
        except ChromaError as error:
            raise ArchiveDamaged(f"the vector index cannot be used ({error})") from error
        except AttributeError as error:  # the bindings of a client that was closed
            if not self._closed:
                raise
            raise ArchiveDamaged("the vector index was let go of") from error


def probe(folders: Sequence[Path]) -> str | None:
    """What is wrong with Chroma folders, found out in a process of its own: a damaged one can crash its reader."""
    # -P and our own path first: what lies in the folder where the user stands is never run.
    command = [sys.executable, "-P", "-c", PROBE, str(Path(__file__).parents[1]), *map(str, folders)]
    seconds = PROBE_SECONDS * len(folders)
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return f"the vector index does not answer within {seconds} s"
    if result.returncode:
        return f"the vector index cannot be read ({(result.stderr.strip().splitlines() or ['it crashed'])[-1]})"
    return result.stdout.strip() or None


def look_into(folder: Path) -> str:
    """Open, count, and find a sample of vectors by themselves; what is wrong, or nothing."""
    client, collection = _open(folder)
    try:
        return _lost(collection)
    finally:
        client.close()


def _lost(collection: Collection) -> str:
    total = collection.count()
    ids = collection.get(include=[])["ids"]
    if len(ids) != total:
        return f"the vector index counts {total} passages and holds {len(ids)}"
    sample = ids[:: max(1, len(ids) // 200)]
    if not sample:
        return ""
    stored = collection.get(ids=sample, include=["embeddings"])
    found = collection.query(query_embeddings=np.asarray(stored["embeddings"]), n_results=1, include=["distances"])
    # Copies of one text share a vector, so it is the distance that tells, not the id.
    lost = sum(not row or row[0] > 1e-3 for row in found["distances"] or [])
    return (
        f"{lost} of {len(sample)} sampled vectors cannot be found in the vector index"
        if lost > len(sample) // 50
        else ""
    )


def _open(folder: Path) -> tuple[ClientAPI, Collection]:
    import chromadb
    from chromadb.api.client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    client = None
    try:
        client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False, allow_reset=False))
        collection = client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 200, "max_neighbors": 16}},
        )
    except (ChromaError, ValueError, OSError) as error:
        if client:
            client.close()
        # Chroma keeps what failed to start, and would give it out again after the folder was made anew. What it has for
        # doing so, `clear_system_cache`, takes all other folders along, which could not be closed any more.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise ArchiveDamaged(f"the vector index in {folder} cannot be opened ({error})") from error
    return client, collection


def nearest_first(found: Iterable[tuple[str, float]]) -> Found:
    """In an order that is always the same: equals go by id."""
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
