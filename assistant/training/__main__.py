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
    network = Network.from_base(base, attention="eager")
    if start:
        network.load(start)
    fit(network, examples, epochs=epochs, minutes=minutes, seed=seed, checkpoint=out, report=click.echo)
    network.save(out)


@main.command()
@ARCHIVE
@QUESTIONS
@click.option("--reader", type=click.Path(path_type=Path, exists=True), help="A folder of weights; else the shipped.")
@click.option("--limit", default=600, show_default=True, help="How many questions, half of the articles for each use.")
def weigh(archive: Path, questions: Path, reader: Path | None, limit: int) -> None:
    """Fit the weights and bars on half of the held articles; print them, and their figures on the other half."""
    from assistant.evidence import FACT, SPEECH
    from assistant.question import understand
    from assistant.reader import reader_of
    from assistant.training.examples import annotated
    from assistant.training.weighing import fitted, mean, pose

    read = reader_of(str(reader) if reader else None).read
    with Archive.open(archive) as opened:
        asked = [a for a in annotated(opened, questions) if a.split == "held"]
        asked = random.Random(0).sample(asked, min(limit, len(asked)))  # noqa: S311 (a draw that can be repeated)
        urls = sorted({a.url for a in asked})
        posed = []
        with click.progressbar(asked, label="reading") as bar:
            posed = [pose(opened, a, read, opened.embedder.embed) for a in bar]
    tuned = set(urls[::2])
    for name, speech, now in (("SPEECH", True, SPEECH), ("FACT", False, FACT)):
        part = [p for p in posed if bool(understand(p.asked.question).speakers) == speech]
        one = [p for p in part if p.asked.url in tuned]
        other = [p for p in part if p.asked.url not in tuned]
        measure = fitted(one)
        click.echo(f"{name} = {measure}")
        click.echo(
            f"  tuned on {len(one)}: {mean(one, measure):.3f}; on {len(other)} others: {mean(other, measure):.3f}"
        )
        click.echo(f"  as shipped on the others: {mean(other, now):.3f}")


if __name__ == "__main__":
    main()
