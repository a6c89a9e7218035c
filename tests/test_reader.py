"""Question and passage read together: the shipped reader on invented articles."""

from datetime import date

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save_file

from assistant.layout import LONGEST, MARK, SAID, SEP, Layout
from assistant.reader import FILE, SHA256, UNREAD, WEIGHTS, PassageReader, reader_of
from index import Article, Hit, ModelUnavailable, Passage, Sentence, packaged_model

RAIN = "Farmers in Belmora hoped for rain before the harvest."
PRICE = "The ferry company will raise the price of a crossing to 14 crowns in May."
FUEL = "Ferries burn four tonnes of it on a stormy day."
WHY = "“Fuel costs us twice what it did,” its director, Olla Brenn, said."


def hit(*sentences, title="Belmora in spring", speakers=()):
    text = " ".join(sentences)
    spans, at = [], 0
    for number, sentence in enumerate(sentences):
        speaker = speakers[number] if number < len(speakers) else None
        spans.append(Sentence(at, at + len(sentence), speaker))
        at += len(sentence) + 1
    article = Article.create(text, title, url="https://example.org/a", published=date(2024, 5, 1))
    return Hit(Passage("p", article.id, 0, 0, len(text), text, tuple(spans)), article, 1.0, 0.5)


@pytest.fixture(scope="module")
def layout():
    return Layout(packaged_model())


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("What will a ferry crossing cost from May?", 1),
        ("What did Olla Brenn say about fuel?", 2),
        ("What did the farmers of Belmora hope for?", 0),
    ],
)
def test_the_sentence_that_answers_has_the_highest_logit(reader, asked, answer):
    (logits,) = reader.read(asked, [hit(RAIN, PRICE, WHY)])
    assert max(range(3), key=logits.__getitem__) == answer


def test_each_passage_has_a_logit_for_each_sentence_in_its_own_order(reader):
    hits = [hit(PRICE), hit(RAIN, WHY, PRICE, FUEL), hit(WHY, RAIN)]
    together = reader.read("What will a crossing cost?", hits)
    assert [len(one) for one in together] == [1, 4, 2]
    for place, logits in zip(hits, together, strict=True):
        assert logits == pytest.approx(reader.read("What will a crossing cost?", [place])[0], abs=0.3)


def test_nothing_to_read_is_nothing_read(reader):
    assert reader.read("What will a crossing cost?", []) == []


def test_sentences_that_find_no_room_count_as_no_answer(reader):
    (logits,) = reader.read("What will a crossing cost?", [hit(*[WHY] * 40)])
    assert len(logits) == 40
    assert logits[-1] == UNREAD


def test_the_speaker_stands_before_the_words_that_do_not_name_him(layout):
    told = hit("“Fuel is dear,” she said.", WHY, speakers=("Olla Brenn", "Olla Brenn"))
    ((ids, question, marks),) = [
        (o.ids, o.question, o.marks) for o in layout.lay("Why?", [(told.article, told.passage)])
    ]
    assert ids[question - 1] == SEP
    assert [ids[mark] for mark in marks] == [MARK, MARK]
    assert ids[marks[0] : marks[1]].count(SAID) == 1
    assert SAID not in ids[marks[1] :]


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=12))
def test_any_text_is_laid_out_within_the_longest_row(layout, asked, sentences):
    place = hit(*sentences, title=asked)
    (laid,) = layout.lay(asked, [(place.article, place.passage)])
    assert len(laid.ids) <= LONGEST + 1
    assert len(laid.marks) <= len(sentences)
    assert all(laid.ids[mark] == MARK for mark in laid.marks)


def test_other_weights_than_were_shipped_are_refused(tmp_path):
    (tmp_path / FILE).write_bytes((WEIGHTS / FILE).read_bytes()[:-1] + b"?")
    with pytest.raises(ModelUnavailable, match="other weights"):
        PassageReader(tmp_path, SHA256).read("Why?", [hit(RAIN)])


def test_a_folder_of_weights_is_read_like_the_shipped_ones(reader):
    asked, hits = "What will a crossing cost?", [hit(RAIN, PRICE)]
    assert reader_of(str(WEIGHTS)).read(asked, hits)[0] == pytest.approx(reader.read(asked, hits)[0], abs=0.01)


@pytest.mark.parametrize("broken", [b"", b"no weights", (WEIGHTS / FILE).read_bytes()[:-1000]])
def test_a_folder_of_broken_weights_is_named_with_what_to_do(tmp_path, broken):
    (tmp_path / FILE).write_bytes(broken)
    with pytest.raises(ModelUnavailable, match=f"{FILE} cannot be loaded .* name another model"):
        reader_of(str(tmp_path)).read("Why?", [hit(RAIN)])


def test_a_folder_of_weights_of_another_shape_is_named(tmp_path):
    save_file({"head.weight": torch.zeros(1, 2)}, tmp_path / FILE)
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        reader_of(str(tmp_path)).read("Why?", [hit(RAIN)])


def test_a_reader_that_is_not_on_this_machine_is_named(tmp_path):
    with pytest.raises(ModelUnavailable, match="nowhere"):
        reader_of(str(tmp_path / "nowhere")).read("Why?", [hit(RAIN)])


def test_a_cross_encoder_of_another_kind_scores_every_sentence(tmp_path):
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    config = BertConfig(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    AutoTokenizer.from_pretrained(str(packaged_model())).save_pretrained(tmp_path)
    logits = reader_of(str(tmp_path)).read("What will a crossing cost?", [hit(RAIN, PRICE), hit(WHY)])
    assert [len(one) for one in logits] == [2, 1]
    assert len({x for one in logits for x in one}) == 3
