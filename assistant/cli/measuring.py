"""The commands that measure: `evaluate`, `bench`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.door import index_option, json_option, opened, progress_bars, questions_of
from assistant.cli.figures import print_evaluation
from assistant.cli.printing import print_json

if TYPE_CHECKING:
    from assistant import Settings

ARTICLES = 150
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
@click.option("--articles", type=click.IntRange(1), help="How many of them to add [default: 150; --growth: all].")
@click.option("--questions", type=OLD_FILE, required=True, help='A .jsonl file of {"question": "..."}.')
@click.option("--growth", type=NEW_FILE, help="Double the archive step by step, and draw a .png or .svg file of it.")
@click.option("--load", is_flag=True, help="PLACE is an archive: ask a copy of it over HTTP, many at once.")
@click.option("--people", default=32, show_default=True, type=click.IntRange(1), help="So many (--load).")
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(1), help="So long (--load).")
@click.option("--adding", type=OLD_FILE, help="Then again while the articles of this file are added (--load).")
@click.argument("place")
def bench(
    as_json: bool,
    articles: int | None,
    questions: Path,
    growth: Path | None,
    load: bool,
    people: int,
    seconds: int,
    adding: Path | None,
    place: str,
) -> None:
    """Measure adding and asking beside the LangChain tutorial pipeline, on the articles of PLACE.

    \b
    dateline bench --questions questions.jsonl news.jsonl
    dateline bench --growth growth.png --questions questions.jsonl news.jsonl
    dateline bench --load --questions questions.jsonl --adding more.jsonl news.dateline
    """
    from assistant import from_env
    from assistant.bench import compare, flat

    asked = [row["question"] for row in questions_of(questions) if not row.get("history")]
    settings = from_env()[1]
    if load:
        _load(Path(place), asked, people, seconds, adding, as_json=as_json)
        return
    if growth:
        _grow(place, asked, articles, growth, settings, as_json=as_json)
        return
    figures = flat(compare(place, asked, articles=articles or ARTICLES, settings=settings))
    if as_json:
        print_json(figures)
    else:
        for name, value in figures.items():
            click.echo(f"{name:24s} {value:.3f}")


def _load(archive: Path, asked: list[str], people: int, seconds: int, adding: Path | None, *, as_json: bool) -> None:
    from assistant.bench.loading import load

    for found in load(archive, asked, people=people, seconds=seconds, adding=adding):
        figures = asdict(found)
        click.echo(
            json.dumps(figures) if as_json else "  ".join(f"{name} {value:.2f}" for name, value in figures.items())
        )


def _grow(
    place: str, asked: list[str], articles: int | None, picture: Path, settings: Settings, *, as_json: bool
) -> None:
    from assistant.bench import flat, grow
    from assistant.bench.picture import draw
    from assistant.evaluation.picture import check

    check(picture)
    steps = []
    with progress_bars() as progress:
        for step in grow(place, asked, articles=articles, settings=settings, progress=progress):
            steps.append(step)
            draw(steps, picture)  # after each, so that nothing is lost when the rest takes too long
            click.echo("  ".join(f"{name} {value:.3f}" for name, value in flat(step).items()), err=as_json)
    if not steps:
        raise ValueError(f"{place} gives no articles")
    if as_json:
        print_json({"steps": [flat(step) for step in steps]})
