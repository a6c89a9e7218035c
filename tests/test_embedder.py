"""The packaged model's vectors: the same as in float32, whatever is embedded beside them."""

import os
import subprocess
import sys
from threading import Event

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from transformers import BertModel

from index.embedder import FEW, TOKENS_A_PASS, Embedder, _by_length, fastest_dtype, packaged_model
from index.encoder import Encoder, Rows, ready

TEXTS = [
    "Bread",
    "NATO leaders urged Iran on Wednesday to stop sending missiles to Russia.",
    "Bread becomes dearer\nBakers in the old town raised the price of bread. A loaf now costs three crowns. " * 4,
    "",
    "“We will not yield,” the minister said. " * 60,
] * 5


@pytest.fixture(scope="module")
def vectors(embedder):
    return embedder.embed(TEXTS)


def test_a_vector_is_that_of_float32_but_for_four_thousandths_and_that_of_no_text_for_a_hundredth(vectors):
    model = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)
    exact = model.encode(TEXTS, normalize_embeddings=True)
    near = (vectors * exact).sum(axis=1)
    assert min(near[place] for place, text in enumerate(TEXTS) if text) > 0.996
    assert near.min() > 0.99
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_vector_does_not_depend_on_what_is_embedded_beside_it(vectors, embedder):
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS[:5]])
    assert (vectors[:5] * alone).sum(axis=1).min() > 0.9995


def test_many_texts_come_back_in_their_order(embedder, monkeypatch, vectors):
    monkeypatch.setattr("index.embedder.TEXTS_A_PORTION", 4)
    assert (embedder.embed(TEXTS) * vectors).sum(axis=1).min() > 0.9995


def test_a_pass_holds_at_most_so_many_tokens_or_one_text():
    lengths = [5, 300, 40, 2000, 300, 41, 256, 3]
    batches = list(_by_length(lengths, TOKENS_A_PASS))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    assert batches[0] == [3]
    for batch in batches[1:]:
        assert len(batch) * max(lengths[row] for row in batch) <= TOKENS_A_PASS


def test_the_packaged_model_gives_the_vectors_of_bert_as_transformers_computes_it():
    encoder = Encoder.load(packaged_model()).eval()
    published = BertModel.from_pretrained(str(packaged_model()), add_pooling_layer=False).eval()
    ids = torch.tensor([[101, 7954, 2012, 102, 0, 0], [101, 2054, 2106, 7954, 2360, 102]])
    types = torch.tensor([[0, 0, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1]])
    mask = (ids > 0).long()
    with torch.inference_mode():
        ours = encoder(ids[mask.bool()], mask.sum(1).tolist(), types[mask.bool()])
        theirs = published(ids, token_type_ids=types, attention_mask=mask).last_hidden_state[mask.bool()]
    assert torch.allclose(ours, theirs, atol=1e-5)


def test_tokens_that_alone_are_wanted_are_computed_as_among_all():
    encoder = Encoder.load(packaged_model()).eval()
    ids, lengths = torch.tensor([101, 7954, 2012, 102, 101, 2054, 102, 101, 102]), [4, 3, 2]
    wanted = Rows(torch.tensor([0, 2, 8]), [2, 0, 1])
    with torch.inference_mode():
        assert torch.allclose(encoder(ids, lengths, rows=wanted), encoder(ids, lengths)[wanted.at], atol=1e-5)


def test_packed_weights_give_the_numbers_of_the_unpacked_ones():
    plain = Encoder.load(packaged_model()).eval().to(fastest_dtype())
    packed = ready(Encoder.load(packaged_model()), fastest_dtype())
    ids, lengths = torch.tensor([101, 7954, 2012, 102, 101, 2054, 102]), [4, 3]
    with torch.inference_mode():
        ours, theirs = packed(ids, lengths).float(), plain(ids, lengths).float()
    assert torch.cosine_similarity(ours, theirs, dim=1).min() > 0.9995


def test_another_model_is_loaded_by_its_folder(vectors):
    named = Embedder(str(packaged_model()))
    assert (named.embed(TEXTS[:3]) * vectors[:3]).sum(axis=1).min() > 0.998
    assert named.dimension == vectors.shape[1]


def test_a_question_does_not_wait_behind_many_texts(embedder):
    held = Event()
    waiting = [embedder._patient.submit(held.wait, 60) for _ in range(8)]
    try:
        assert len(embedder.embed(["What did NATO say about Iran?"])) == 1
        assert not any(one.done() for one in waiting)
    finally:
        held.set()


def test_many_texts_get_the_vectors_that_few_get(embedder):
    texts = [f"The ferry was {i} minutes late." for i in range(FEW + 1)]
    np.testing.assert_allclose(embedder.embed(texts)[:2], embedder.embed(texts[:2]), atol=0.02)


EARLY = """
import os
from index import embedder, encoder

def ready(*given, was=encoder.ready):
    assert "ONEDNN_PRIMITIVE_CACHE_CAPACITY" in os.environ, "the first kernel is met before they are limited"
    return was(*given)

encoder.ready = ready
embedder.Embedder().embed(["Ferry late"])
"""


def test_kernels_are_limited_before_the_first_is_met():
    env = {name: value for name, value in os.environ.items() if not name.endswith("CACHE_CAPACITY")}
    done = subprocess.run([sys.executable, "-c", EARLY], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
