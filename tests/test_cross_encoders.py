"""Rerankers and models of inference by folder: small models made here, with real sentence-transformers."""

import pytest
import torch
from fake_embedder import FakeEmbedder
from made_archive import opened
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

from assistant import Assistant, SearchFilter, Settings
from assistant.cross_encoders import Entailment, Reranker
from index import ModelUnavailable
from index.records import Article, Hit, Passage

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ferry", "bridge", "strike", "closed", ".", "the", "was"]


def made(folder, labels):
    """A BERT of one layer that knows a dozen words, with random weights that are the same each time."""
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=1.0,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).eval().save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


def hit(text):
    article = Article.create(text, "The bridge")
    return Hit(Passage(text, article.id, 0, 0, len(text), text, ()), article, 1.0, None)


def test_passages_are_put_in_the_order_of_the_models_scores(tmp_path):
    reranker = Reranker(made(tmp_path / "m", ["score"]))
    hits = [hit("the ferry was closed ."), hit("the strike ."), hit("the bridge was closed .")]
    found = reranker.rerank("the ferry strike", hits)
    pairs = [("the ferry strike", f"{h.article.title}. {h.passage.text}") for h in found]
    scores = reranker._model.predict(pairs, show_progress_bar=False).tolist()
    assert sorted(h.passage.id for h in found) == sorted(h.passage.id for h in hits)
    assert scores == sorted(scores, reverse=True)
    assert len({round(score, 4) for score in scores}) > 1


def test_the_assistant_reads_the_passages_that_the_reranker_puts_first(tmp_path, folder, reader):
    name = made(tmp_path / "m", ["score"])
    with opened(folder, FakeEmbedder()) as archive:
        plain = Assistant(archive, Settings(passages=9), reader)
        asked = plain.understand("What was said about the ferry and the bridge?")
        found = plain.hits(asked, SearchFilter())
        first = Reranker(name).rerank(asked.text, found)[:3]
        read = Assistant(archive, Settings(passages=3, reranker=name), reader).hits(asked, SearchFilter())
    assert len(found) > 3
    assert [h.passage.id for h in read] == [h.passage.id for h in first]


def test_entailment_is_read_from_the_models_own_labels(tmp_path):
    labels = ["contradiction", "entailment", "neutral"]
    first = Entailment(made(tmp_path / "a", labels))
    pairs = [
        (one, two) for one in ("the ferry was closed .", "the strike .") for two in ("the bridge .", "the ferry .")
    ]
    scores = first._model.predict(pairs, show_progress_bar=False).argmax(axis=1)
    assert [first(*pair) for pair in pairs] == [labels[n] == "entailment" for n in scores]
    turned = [labels[n] for n in (1, 0, 2)]
    second = Entailment(made(tmp_path / "b", turned))
    assert [second(*pair) for pair in pairs] == [turned[n] == "entailment" for n in scores]


def test_a_model_without_such_a_label_is_refused(tmp_path):
    with pytest.raises(ModelUnavailable, match="no label for entailment"):
        Entailment(made(tmp_path / "m", ["good", "bad"]))("the ferry .", "the strike .")


@pytest.mark.parametrize("kind", [Reranker, Entailment])
def test_a_model_that_is_not_there_is_named(tmp_path, kind):
    missing = str(tmp_path / "missing")
    with pytest.raises(ModelUnavailable, match="missing"):
        if kind is Reranker:
            Reranker(missing).rerank("q", [hit("the ferry ."), hit("the strike .")])
        else:
            Entailment(missing)("a", "b")
