"""How the reader is made: examples from an archive, the loss, what one step shows."""

import gzip
import json
import random
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from assistant.layout import Layout
from assistant.network import Network
from assistant.training.examples import annotated, make_examples
from assistant.training.fitting import SHOWN, _learn, _loss_of_all, average, fit, loss_of, show
from index import Archive, Article, packaged_model

MILL = "The flour mill at Dorsk closed on Friday."
OWNER = "Its owner, Hanne Vik, said that the price of wheat had doubled."
FILLER = "The harbour office will repaint its benches in the spring, as it does every year before the season."
QUESTIONS = [
    {"id": "1", "split": "train", "url": "https://example.org/mill", "type": "factoid", "quote": MILL},
    {"id": "2", "split": "held", "url": "https://example.org/mill", "type": "unanswerable", "quote": None},
    {"id": "3", "split": "train", "url": "https://example.org/not-there", "type": "factoid", "quote": MILL},
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory, embedder):
    text = "\n\n".join([f"{MILL} {OWNER}", *[FILLER] * 12])
    with Archive.open(tmp_path_factory.mktemp("training") / "a") as opened:
        opened.embedder = embedder
        opened.add_articles(
            [
                Article.create(text, "Mill closed", url="https://example.org/mill"),
                Article.create(f"{FILLER} {MILL}", "In brief", url="https://example.org/brief"),
                Article.create("\n\n".join([FILLER] * 9), "Benches", url="https://example.org/benches"),
            ]
        )
        yield opened


@pytest.fixture(scope="module")
def questions(archive, tmp_path_factory):
    path = tmp_path_factory.mktemp("training") / "questions.jsonl"
    text = archive.article("https://example.org/mill").text
    rows = []
    for q in QUESTIONS:
        start = text.find(q["quote"]) if q["quote"] else 0
        evidence = [[start, start + len(q["quote"])]] if q["quote"] else []
        rows.append({**q, "question": "When did the flour mill at Dorsk close?", "evidence": evidence})
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def examples(archive, questions):
    return make_examples(archive, Layout(packaged_model()), [questions])


def test_questions_on_articles_that_the_archive_holds_are_posed(examples):
    assert [e.id for e in examples.examples] == ["1", "2"]


def test_evidence_is_read_as_the_articles_own_words(archive, questions):
    assert [a.quotes for a in annotated(archive, [questions])] == [(MILL,), ()]


def packed(folder, rows):
    file = folder / "questions.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return file


def test_questions_on_a_text_that_has_changed_since_are_left_out_and_counted(archive, questions, tmp_path, caplog):
    row = json.loads(questions.read_text("utf-8").splitlines()[0])
    known = zlib.crc32(archive.article(row["url"]).text.encode())
    file = packed(tmp_path, [{**row, "checksum": known + 1}, {**row, "checksum": known}])
    assert [a.quotes for a in annotated(archive, [file])] == [(MILL,)]
    assert "text: 1\n" in caplog.text


def test_questions_may_stand_in_several_files(archive, questions, tmp_path):
    row = json.loads(questions.read_text("utf-8").splitlines()[0])
    file = packed(tmp_path, [{**row, "id": "4"}])
    assert [a.id for a in annotated(archive, [questions, file])] == ["1", "2", "4"]


def test_a_file_that_is_not_whole_is_named(archive, tmp_path):
    file = packed(tmp_path, [{"id": "1"}] * 99)
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(ValueError, match=r"questions\.jsonl\.gz cannot be unpacked"):
        list(annotated(archive, [file]))


def test_marked_sentences_answer_and_so_do_the_same_words_in_another_article(examples):
    answering = [p for p in examples.examples[0].places if any(p.answers)]
    assert [(p.own, sum(p.answers)) for p in answering] == [(True, 1), (False, 1)]


def test_a_question_without_evidence_has_no_answering_place(examples):
    assert not any(any(p.answers) for p in examples.examples[1].places)


def test_a_step_shows_what_answers_and_negatives_of_both_kinds(examples):
    shown = show(examples.examples[0], examples.parts, random.Random(0))
    assert sum(shown.answers) == 2
    assert len(shown.laid) == SHOWN
    assert len(shown.answers) == sum(len(one.marks) for one in shown.laid)


def test_the_loss_falls_as_the_answer_rises_above_the_rest():
    answers = torch.tensor([1.0, 0.0, 0.0])
    low, high = (loss_of(torch.tensor([x, 0.0, -1.0]), answers) for x in (0.0, 3.0))
    assert high < low


def test_the_loss_of_a_question_without_answer_falls_as_all_fall_below_nothing():
    answers = torch.zeros(3)
    assert loss_of(torch.full((3,), -4.0), answers) < loss_of(torch.zeros(3), answers)


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return Network.from_base(packaged_model())


def shown_of(examples):
    chance = random.Random(1)
    return [show(one, examples.parts, chance) for one in examples.examples[:2]]


def test_threads_that_share_a_step_find_the_gradients_of_one(network, examples):
    weights = list(network.head.parameters())
    shown, found = shown_of(examples), []
    for threads in (1, 2):
        with ThreadPoolExecutor(threads) as pool:
            loss = _learn(network, weights, shown, pool, threads)
        found.append([torch.tensor(loss), *(weight.grad for weight in weights)])
    for alone, shared in zip(*found, strict=True):
        assert torch.allclose(alone, shared, rtol=0.02, atol=1e-3)
        assert alone.abs().sum() > 0


def test_the_mean_of_two_readers_has_weights_halfway_between_theirs():
    one, other = (Network.from_base(packaged_model()) for _ in range(2))
    with torch.no_grad():
        for value, reader in ((1.0, one), (4.0, other)):
            for weight in reader.trained().values():
                weight.fill_(value)
        other.encoder.layers[0].up.weight.zero_()
    lower = one.encoder.layers[0].up.weight.clone()
    mean = average([one, other])
    assert all(bool((weight == 2.5).all()) for weight in mean.trained().values())
    assert torch.equal(mean.encoder.layers[0].up.weight, lower), "what is packaged stays as it is"


def test_training_lowers_the_loss_and_changes_the_upper_layers_alone(network, examples):
    before = {name: weight.detach().clone() for name, weight in network.named_parameters()}
    with torch.no_grad():
        loss = float(_loss_of_all(network, shown_of(examples)))
    fit(network, examples, epochs=40, report=lambda line: None)
    with torch.no_grad():
        assert float(_loss_of_all(network, shown_of(examples))) < 0.8 * loss
    changed = {name for name, weight in network.named_parameters() if not torch.equal(weight, before[name])}
    assert changed == set(network.trained())
