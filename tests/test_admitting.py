"""`dateline password` and `dateline token`: a line for a file, and nothing secret anywhere else."""

import pytest
from click.testing import CliRunner

from assistant.access.passwords import is_password
from assistant.access.people import People
from assistant.cli import main
from assistant.settings import ServerSettings

PASSWORD = "correct horse battery"


def test_a_line_of_password_lets_its_user_in(tmp_path):
    made = CliRunner().invoke(main, ["password", "maren"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0
    assert PASSWORD not in made.output
    (tmp_path / "users").write_text(made.stdout)
    people = People.of(ServerSettings(users=tmp_path / "users"))
    assert people.has_user("maren", PASSWORD)
    assert not people.has_user("maren", PASSWORD + "x")
    assert is_password(PASSWORD, people.users["maren"])


def test_a_line_of_token_lets_its_program_in(tmp_path):
    made = CliRunner().invoke(main, ["token", "newswire"])
    token = made.stderr.split()[-1]
    assert token not in made.stdout
    (tmp_path / "tokens").write_text(made.stdout)
    assert People.of(ServerSettings(tokens=tmp_path / "tokens")).owner_of(token) == "newswire"


@pytest.mark.parametrize(
    ("words", "given", "told"),
    [
        (["password", "maren"], "short\nshort\n", "10 or more"),
        (["password", "maren"], "{0}\n{0}\n".format("x" * 1025), "1024 or fewer"),
        (["password", "ma:ren"], "", "'ma:ren' cannot be a name"),
        (["token", ""], "", "cannot be a name"),
    ],
)
def test_bad_names_and_passwords_are_told(words, given, told):
    result = CliRunner().invoke(main, words, input=given)
    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stdout == ""
