"""Wordings of one's own: a folder of files that stand for those that come with Dateline."""

import pytest
from fake_embedder import FakeEmbedder
from made_archive import opened

from assistant import Assistant, Settings
from prompts import Prompts, render


def test_a_file_of_the_folder_stands_for_the_one_that_comes_with_dateline(tmp_path):
    (tmp_path / "chat_failed.txt").write_text("Model: $why!\n")
    own = Prompts(tmp_path)
    assert own.render("chat_failed", why="is slow") == "Model: is slow!"
    assert own.render("nearest") == render("nearest")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("chat_failed.txt", "No placeholder", r"needs \$why"),
        ("nearest.txt", "One $more", "no placeholder"),
        ("chat_faild.txt", "$why", "stands for no wording"),
    ],
)
def test_a_file_that_cannot_stand_for_one_is_named(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(ValueError, match=message) as raised:
        Prompts(tmp_path)
    assert name in str(raised.value)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        Prompts(tmp_path / "nowhere")


def test_the_wordings_of_the_folder_are_those_of_answers_too(tmp_path, folder, reader):
    (tmp_path / "declined.txt").write_text("Davon steht hier nichts.")
    with opened(folder, FakeEmbedder()) as archive:
        answer = Assistant(archive, Settings(prompts=str(tmp_path)), reader).ask("What did Brazil say about Peru?")
    assert answer.text.startswith("Davon steht hier nichts.")
