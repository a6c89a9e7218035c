"""`python -m assistant.training`: makes the reader's weights, and what `assistant/evidence.py` adds to its logits."""

from __future__ import annotations

import pickle
import random
from pathlib import Path

import click

from index import Archive, packaged_model

ARCHIVE = click.option(
    "--archive", type=click.Path(path_type=Path), required=True, help="An archive that holds the annotated articles."
)
QUESTIONS = click.option(
    "--questions", type=click.Path(path_type=Path, exists=True), required=True, help="Annotated questions, JSON lines."
)


@click.group()
def main() -> None:
    """Make the reader from annotated questions: lines with id, split, url, type, question, evidence [[start, end]].

    Train on the split "train", weigh and report on the split "held".
    """


@main.command()
@ARCHIVE
@QUESTIONS
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder for the weights.")
@click.option("--start", type=click.Path(path_type=Path), help="A folder of weights to go on from.")
@click.option("--epochs", default=3.0, show_default=True, help="Times that every question is shown.")
@click.option("--minutes", default=float("inf"), help="Stop after so long; the learning rate has fallen to 0 by then.")
@click.option("--seed", default=0, show_default=True, help="Of the order of questions and the draw of negatives.")
@click.option("--cache", type=click.Path(path_type=Path), help="A file that keeps the prepared examples.")
def train(
    archive: Path,
    questions: Path,
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
    from assistant.training.examples import Examples, make_examples
    from assistant.training.fitting import fit

    base = packaged_model()
    if cache and cache.exists():
        examples: Examples = pickle.loads(cache.read_bytes())  # noqa: S301 (our own file)
    else:
        with Archive.open(archive) as opened:
            examples = make_examples(
                opened, Layout(base), questions, lambda n: click.echo(f"{n} questions") if n % 500 == 0 else None
            )
        if cache:
            cache.write_bytes(pickle.dumps(examples))
    network = Network.from_base(base)
    if start:
        network.load(start)
    fit(network, examples, epochs=epochs, minutes=minutes, seed=seed, checkpoint=out, report=click.echo)
    network.save(out)


@main.command()
@ARCHIVE
@QUESTIONS
@click.option("--reader", type=click.Path(path_type=Path, exists=True), help="A folder of weights; else the shipped.")
@click.option("--limit", default=360, show_default=True, help="How many held-out questions are used.")
@click.option("--gold", type=(str, str), multiple=True, help="A further set: a file of gold questions, an archive.")
def weigh(archive: Path, questions: Path, reader: Path | None, limit: int, gold: tuple[tuple[str, str], ...]) -> None:
    """Fit the weights and bars of assistant/evidence.py; print them, and honest figures for them."""
    from assistant import Assistant, Settings
    from assistant.evaluation import Gold, read_questions
    from assistant.training.examples import annotated
    from assistant.training.weighing import Posed, by_kind, crossed, fitted, gold_of, pose

    settings = Settings(reader=str(reader) if reader else None)
    posed: list[Posed] = []
    with Assistant.open(archive, settings) as assistant:
        held = [gold_of(a) for a in annotated(assistant.archive, questions) if a.split == "held"]
        drawn = random.Random(0).sample(held, min(limit, len(held)))  # noqa: S311 (a draw that can be repeated)
        with click.progressbar(sorted(drawn, key=lambda g: g.evidence), label="held") as bar:
            posed += [pose(assistant, "held", one) for one in bar]
    for file, folder in gold:
        with Assistant.open(folder, settings) as assistant:
            known = [one for one in read_questions(Path(file)) if isinstance(one, Gold)]
            with click.progressbar(known, label=file) as bar:
                posed += [pose(assistant, file, one) for one in bar]
    for name, part in zip(("SPEECH", "FACT"), by_kind(posed), strict=True):
        click.echo(f"{name} = {fitted(part)}")
    click.echo("Every second question by measures fitted on the others:")
    for name, figures in crossed(posed).items():
        click.echo(f"{name}: {', '.join(f'{key} {value:.3f}' for key, value in figures.items() if value is not None)}")


if __name__ == "__main__":
    main()
