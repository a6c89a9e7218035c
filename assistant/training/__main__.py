"""`python -m assistant.training`: makes the reader's weights, the embedder's ranges, and the tables of two rooms."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index import Archive, packaged_model

if TYPE_CHECKING:
    from assistant.training.examples import Examples

FILE = click.Path(path_type=Path, exists=True)
FOLDER = click.Path(path_type=Path)
ARCHIVE = click.option("--archive", type=FOLDER, required=True, help="An archive that holds the annotated articles.")
QUESTIONS = click.option(
    "--questions", type=FILE, required=True, multiple=True, help="A file of annotated questions; may be given again."
)

QUIZ = click.option("--quiz", type=(FILE, FOLDER), help="Quiz questions too: their file, and an archive to ask.")
READER = click.option("--reader", type=FILE, help="A folder of weights; else the shipped.")
WITHOUT = click.option("--without", type=FILE, multiple=True, help="Quiz questions that are not to be seen: a file.")


BEFORE = 160
"""Characters before a passage, in training twice as many as are read: for a twelfth fewer tokens, sentences come in the
same order."""


@click.group()
def main() -> None:
    """Make the reader from annotated questions: lines with id, split, url, type, question, evidence [[start, end]].

    Train on the split "train", weigh and report on the split "held". Quiz questions (id, question, answer) can be used
    as well, three in four to train and the rest to weigh.
    """


@main.command()
@ARCHIVE
@QUESTIONS
@QUIZ
@WITHOUT
@click.option("--often", type=(str, float), multiple=True, help="Times in an epoch that a type is shown, if not once.")
@click.option("--out", type=FOLDER, required=True, help="The folder for the weights.")
@click.option("--start", type=FOLDER, help="A folder of weights to go on from.")
@click.option("--epochs", default=3.0, show_default=True, help="Times that every question is shown.")
@click.option("--minutes", default=float("inf"), help="Stop after so long; the learning rate has fallen to 0 by then.")
@click.option("--seed", default=0, show_default=True, help="Of the order of questions and the draw of negatives.")
@click.option("--cache", type=FOLDER, help="A folder that keeps the prepared examples.")
def train(
    archive: Path,
    questions: tuple[Path, ...],
    quiz: tuple[Path, Path] | None,
    without: tuple[Path, ...],
    often: tuple[tuple[str, float], ...],
    out: Path,
    start: Path | None,
    epochs: float,
    minutes: float,
    seed: int,
    cache: Path | None,
) -> None:
    """Train the reader's upper layers and write them to a folder."""
    from assistant.layout import Layout
    from assistant.network import Network
    from assistant.reader import reader_of
    from assistant.training.examples import make_examples
    from assistant.training.fitting import fit
    from assistant.training.quizzes import make_quiz_examples, quizzes

    base = packaged_model()
    layout = Layout(base, before=BEFORE)

    def progress(done: int) -> None:
        if done % 500 == 0:
            click.echo(f"{done} questions")

    def of_archive() -> Examples:
        with Archive.open(archive) as opened:
            return make_examples(opened, layout, questions, progress)

    def of_quiz(file: Path, folder: Path) -> Examples:
        read = reader_of(str(start) if start else None).read
        with Archive.open(folder) as opened:
            return make_quiz_examples(opened, layout, quizzes(file, without), read, progress)

    examples = _kept(cache, "annotated", of_archive)
    if quiz:
        examples += _kept(cache, "quiz", lambda: of_quiz(*quiz))
    network = Network.from_base(base)
    if start:
        network.load(start)
    fit(
        network,
        examples,
        epochs=epochs,
        minutes=minutes,
        seed=seed,
        often=dict(often),
        checkpoint=out,
        report=click.echo,
    )
    network.save(out)


@main.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The folder for the weights.")
def mean(folders: Sequence[Path], out: Path) -> None:
    """Write the mean of the weights in FOLDERS, of runs that went on from one another."""
    from assistant.network import Network
    from assistant.training.fitting import average

    average([Network.from_base(packaged_model()).load(folder) for folder in folders]).save(out)


def _kept(cache: Path | None, name: str, make: Callable[[], Examples]) -> Examples:
    """What `make` makes; where `cache` has it from before, that."""
    file = cache / f"{name}.pickle" if cache else None
    if file and file.exists():
        kept: Examples = pickle.loads(file.read_bytes())  # noqa: S301 (our own file)
        return kept
    made = make()
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(made))
    return made


@main.command()
@ARCHIVE
@QUESTIONS
@READER
@click.option("--limit", default=800, show_default=True, help="How many held-out questions are used.")
@click.option("--gold", type=(str, str), multiple=True, help="A further set: a file of gold questions, an archive.")
@QUIZ
@WITHOUT
def weigh(
    archive: Path,
    questions: tuple[Path, ...],
    reader: Path | None,
    limit: int,
    gold: tuple[tuple[str, str], ...],
    quiz: tuple[Path, Path] | None,
    without: tuple[Path, ...],
) -> None:
    """Fit the weights and bars of assistant/measures.py; print them, and honest figures for them."""
    from assistant import Assistant, Settings
    from assistant.evaluation import Gold, read_questions
    from assistant.training.examples import annotated
    from assistant.training.quizzes import quizzes
    from assistant.training.weighing import (
        Posed,
        by_kind,
        crossed,
        fitted,
        gold_of,
        pose,
        pose_quiz,
        reader_first,
        tables,
    )

    settings = Settings(reader=str(reader) if reader else None)
    posed: list[Posed] = []
    with Assistant.open(archive, settings) as assistant:
        held = [gold_of(one) for one in annotated(assistant.archive, questions) if one.split == "held"]
        drawn = random.Random(0).sample(held, min(limit, len(held)))  # noqa: S311 (a draw that can be repeated)
        with click.progressbar(sorted(drawn, key=lambda g: g.evidence), label="held") as bar:
            posed += [pose(assistant, "held", one) for one in bar]
    for file, folder in gold:
        with Assistant.open(folder, settings) as assistant:
            known = [one for one in read_questions(Path(file)) if isinstance(one, Gold)]
            with click.progressbar(known, label=file) as bar:
                posed += [pose(assistant, file, one) for one in bar]
    if quiz:
        with Assistant.open(quiz[1], settings) as assistant:
            asked = [one for one in quizzes(quiz[0], without) if one.split == "held"]
            with click.progressbar(asked, label="quiz") as bar:
                posed += [found for one in bar if (found := pose_quiz(assistant, one))]
    click.echo("The reader alone puts a sentence that answers first:")
    for name, (share, of) in reader_first(posed).items():
        click.echo(f"{name}: {share:.3f} of {of}")
    click.echo(tables([fitted(part) for part in by_kind(posed).values()]))
    click.echo("Every second question by measures fitted on the others:")
    for name, figures in crossed(posed).items():
        click.echo(f"{name}: {', '.join(f'{key} {value:.3f}' for key, value in figures.items() if value is not None)}")


@main.command()
@ARCHIVE
@QUESTIONS
@click.option("--limit", default=1800, show_default=True, help="How many questions are used, as many of each type.")
def rank(archive: Path, questions: tuple[Path, ...], limit: int) -> None:
    """Fit the weights of assistant/relevance.py; print them, and honest figures for them."""
    from assistant.training.examples import annotated
    from assistant.training.ranking import crossed, drawn, fitted, pose

    with Archive.open(archive) as opened:
        asked = drawn(list(annotated(opened, questions)), limit)
        with click.progressbar(length=len(asked), label="questions") as bar:
            found = pose(opened, asked, lambda _: bar.update(1))
    click.echo(f"WEIGHTS = {fitted(found)}")
    for name, figures in crossed(found):
        click.echo(f"{name}: {', '.join(f'{key} {value:.3f}' for key, value in figures.items())}")


@main.command()
@ARCHIVE
@QUESTIONS
@READER
def introductions(archive: Path, questions: tuple[Path, ...], reader: Path | None) -> None:
    """Fit the weights of assistant/introductions.py; print them, and honest figures for them."""
    from assistant import Assistant, Settings
    from assistant.training.examples import annotated
    from assistant.training.introducing import first_is_meant, fitted, introduced

    with Assistant.open(archive, Settings(reader=str(reader) if reader else None)) as assistant:
        asked = list(annotated(assistant.archive, questions))
        with click.progressbar(asked, label="questions") as bar:
            found = list(introduced(assistant, bar))
    weights, bias = fitted(found)
    click.echo(f"WEIGHTS = {weights}\nBIAS = {bias}")
    held = [one for one in found if one.split == "held"]
    learnt, _ = fitted([one for one in found if one.split != "held"])
    click.echo("The speaker who is meant comes first, held-out questions by weights fitted on the others:")
    click.echo(f"{first_is_meant(held, learnt):.3f} of {len(held)}; by name alone {first_is_meant(held):.3f}")


@main.command()
@ARCHIVE
@click.option("--questions", type=FILE, required=True, help="Questions to it, as `dateline evaluate` takes them.")
def ranges(archive: Path, questions: Path) -> None:
    """Measure what goes into the layers that embed in 8 bits; writes index/ranges.safetensors."""
    from safetensors.torch import save_file

    from assistant.evaluation import read_questions
    from assistant.training.ranges import ranges_of_packaged
    from index.embedder import RANGES

    with Archive.open(archive) as opened:
        articles = [opened.article(one.id) for one in opened.listing()]
        texts = [passage.text for article in articles for passage in opened.passages_of(article)]
    texts += [article.title for article in articles] + [one.question for one in read_questions(questions)]
    save_file(ranges_of_packaged(texts), RANGES)
    click.echo(f"{len(texts)} texts: {RANGES}")


if __name__ == "__main__":
    main()
