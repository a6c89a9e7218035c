"""`python -m assistant.training`: makes the reader's weights from annotated questions and an archive."""

from __future__ import annotations

import pickle
from pathlib import Path

import click

from index import Archive, packaged_model


@click.command()
@click.option("--archive", type=click.Path(path_type=Path), required=True, help="An archive that holds the articles.")
@click.option("--questions", type=click.Path(path_type=Path, exists=True), required=True, help="Annotated questions.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder for the weights.")
@click.option("--start", type=click.Path(path_type=Path), help="A folder of weights to go on from.")
@click.option("--epochs", default=3.0, show_default=True, help="Times that every question is shown.")
@click.option("--minutes", default=float("inf"), help="Stop after so long; the learning rate has fallen to 0 by then.")
@click.option("--seed", default=0, show_default=True, help="Of the order of questions and the draw of negatives.")
@click.option("--cache", type=click.Path(path_type=Path), help="A file that keeps the prepared examples.")
def main(
    archive: Path,
    questions: Path,
    out: Path,
    start: Path | None,
    epochs: float,
    minutes: float,
    seed: int,
    cache: Path | None,
) -> None:
    """Train the reader on a question file (lines with id, split, url, type, question, evidence)."""
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


if __name__ == "__main__":
    main()
