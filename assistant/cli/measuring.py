"""The commands that measure: `evaluate`, `bench`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli.door import index_option, json_option, opened, progress_bars, questions_of
from assistant.cli.figures import print_evaluation
from assistant.cli.printing import print_json

OLD_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@index_option
@json_option
@click.option("--worst", default=5, show_default=True, type=click.IntRange(0), help="Show this many of the worst.")
@click.option("--answers", type=NEW_FILE, help="Write the answers to this .jsonl file.")
@click.option("--picture", type=NEW_FILE, help="Draw the figures by type: a .png or .svg file.")
@click.argument("gold", type=OLD_FILE)
def evaluate(
    folder: str | None, as_json: bool, worst: int, answers: Path | None, picture: Path | None, gold: Path
) -> None:
    """Measure answers and retrieval on questions with known answers, one JSON object a line.

    A gold question: {"id", "type", "question", "history", "answerable", "evidence": [{"url", "quotes": ["..."]}],
    "must": [["one of", "these"]], "must_not": ["..."]}. A quiz question: {"id", "question", "answer"}. A field
    "split" gives figures by part of the set.

    \b
    dateline evaluate gold.jsonl --picture figures.svg --answers answers.jsonl
    """
    from assistant import evaluation
    from assistant.evaluation.picture import check, draw

    questions = evaluation.read_questions(gold)
    if picture:
        check(picture)
    with opened(folder) as assistant, progress_bars() as progress:
        found = evaluation.evaluate(assistant, questions, progress=progress)
    if answers:
        rows = ({"id": r.question.id, **r.answer.to_dict()} for r in found.results)
        answers.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    if picture:
        draw(found.by_type(), picture)
    print_json(found.to_dict(worst=worst)) if as_json else print_evaluation(found, worst=worst)


@click.command()
@json_option
@click.option("--articles", default=150, show_default=True, type=click.IntRange(1), help="How many of them to add.")
@click.option("--questions", type=OLD_FILE, required=True, help='A .jsonl file of {"question": "..."}.')
@click.argument("place")
def bench(as_json: bool, articles: int, questions: Path, place: str) -> None:
    """Measure adding and asking beside the LangChain tutorial pipeline, on the articles of PLACE."""
    from assistant import from_env
    from assistant.bench import compare

    asked = [row["question"] for row in questions_of(questions) if not row.get("history")]
    figures = compare(place, asked, articles=articles, settings=from_env()[1]).to_dict()
    if as_json:
        print_json(figures)
    else:
        for name, value in figures.items():
            click.echo(f"{name:20s} {value:.3f}")
