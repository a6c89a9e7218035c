"""The wordings: filled in whole, or not at all."""

from importlib.resources import files

import pytest

from prompts import render


def test_a_wording_is_filled_in():
    assert render("missing_names", names="Brazil or Peru") == "None of the passages found mentions Brazil or Peru."


def test_a_missing_value_fails_loudly():
    with pytest.raises(KeyError, match="names"):
        render("missing_names")


def test_a_value_without_a_placeholder_fails_loudly():
    with pytest.raises(KeyError, match="no placeholder for colour"):
        render("declined", colour="red")


def test_an_unknown_wording_fails_loudly():
    with pytest.raises(FileNotFoundError):
        render("never_written")


def test_a_dollar_sign_in_a_value_is_not_a_placeholder():
    assert "$names and $5" in render("missing_names", names="$names and $5")


def test_no_wording_is_empty():
    wordings = [f for f in files("prompts").iterdir() if f.name.endswith(".txt")]
    assert len(wordings) >= 5
    assert all(f.read_text("utf-8").strip() for f in wordings)
