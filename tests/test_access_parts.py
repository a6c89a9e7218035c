"""The parts of the gate, each by itself: hashes, lock-out, sessions, rates, sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access.limits import Rates
from assistant.access.lockout import A_USER, AN_ADDRESS, Lockout
from assistant.access.passwords import hash_password, hash_token, is_password, new_token, read_hashes
from assistant.access.people import People
from assistant.access.sessions import Sessions
from assistant.settings import ServerSettings


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_hash_fits_its_password_alone(one, other):
    assert is_password(other, hash_password(one, cost=1)) == (one == other)


def test_a_password_is_hashed_differently_each_time_and_cannot_be_read_back():
    first, second = hash_password("a long password"), hash_password("a long password")
    assert first != second
    assert "long" not in first
    assert is_password("a long password", first)


def test_tokens_are_never_the_same():
    assert len({new_token() for _ in range(100)}) == 100


LONG = "scrypt$31$8$3$" + "a" * 22 + "$" + "b" * 43


@pytest.mark.parametrize("line", ["maren:secret", "maren", ":x", "ma ren:scrypt$4$8$3$a$b", f"maren:{LONG}"])
def test_a_line_that_is_no_hash_is_named_by_its_number_and_not_shown(tmp_path, line):
    place = tmp_path / "users"
    place.write_text(f"# users\n{line}\n")
    with pytest.raises(ValueError, match=r"users:2 is no line of name:scrypt.*dateline password") as told:
        read_hashes(place, "scrypt")
    assert "secret" not in str(told.value)


def test_a_name_twice_is_told(tmp_path):
    place = tmp_path / "tokens"
    place.write_text(f"wire:{hash_token('a')}\nwire:{hash_token('b')}\n")
    with pytest.raises(ValueError, match="tokens:2 has wire a second time"):
        read_hashes(place, "sha256")


@pytest.mark.parametrize("content", [None, "", "# nobody yet\n"])
def test_a_file_that_names_nobody_does_not_leave_the_server_open(tmp_path, content):
    place = tmp_path / "users"
    if content is not None:
        place.write_text(content)
    with pytest.raises(ValueError, match="dateline password NAME"):
        People.of(ServerSettings(users=place))


def test_a_token_from_the_environment_has_to_be_long_and_is_not_shown():
    with pytest.raises(ValueError, match="24 characters"):
        People.of(ServerSettings(token="short"))
    settings = ServerSettings(token="0123456789" * 3)
    people = People.of(settings)
    assert people.owner_of("0123456789" * 3) == "environment"
    assert people.owner_of("0123456789" * 2) is None
    assert "0123456789" not in repr(settings) + repr(people)


def test_a_lockout_ends_by_itself():
    clock = Clock()
    lockout = Lockout(seconds=60, clock=clock)
    assert [lockout.attempt("maren", "1.2.3.4") for _ in range(A_USER)] == [0] * A_USER
    assert lockout.attempt("maren", "1.2.3.4") == 60
    clock.now += 59
    assert lockout.wait("maren", "1.2.3.4") == 1
    clock.now += 1
    assert lockout.attempt("maren", "1.2.3.4") == 0


def test_a_lockout_of_one_address_leaves_the_user_free_at_another():
    lockout = Lockout(clock=Clock())
    for _ in range(A_USER):
        lockout.attempt("maren", "1.2.3.4")
    assert lockout.wait("maren", "1.2.3.4") > 0
    assert lockout.wait("maren", "5.6.7.8") == 0


def test_one_right_password_does_not_let_an_address_go_on_guessing_others():
    lockout = Lockout(clock=Clock())
    for i in range(AN_ADDRESS):
        lockout.attempt(f"user{i}", "1.2.3.4")
    assert lockout.wait("own", "1.2.3.4") > 0
    lockout = Lockout(clock=Clock())
    for i in range(AN_ADDRESS - 1):
        lockout.attempt(f"user{i}", "1.2.3.4")
    assert lockout.attempt("own", "1.2.3.4") == 0
    lockout.succeeded("own", "1.2.3.4")
    assert lockout.attempt("next", "1.2.3.4") == 0
    assert lockout.attempt("last", "1.2.3.4") > 0


def test_a_right_token_does_not_let_an_address_go_on_guessing_passwords():
    lockout = Lockout(clock=Clock())
    for i in range(AN_ADDRESS - 1):
        lockout.attempt(f"user{i}", "1.2.3.4")
    assert lockout.attempt("", "1.2.3.4") == 0
    lockout.succeeded("", "1.2.3.4")
    assert [lockout.attempt(name, "1.2.3.4") > 0 for name in ("next", "last")] == [False, True]


def test_attempts_at_the_same_moment_count_before_they_have_failed():
    lockout = Lockout(clock=Clock())
    assert [lockout.attempt("maren", "1.2.3.4") == 0 for _ in range(7)] == [True] * A_USER + [False] * 2


def test_a_session_ends_after_its_time():
    clock = Clock()
    sessions = Sessions(seconds=60, clock=clock)
    ticket = sessions.start("maren")
    assert sessions.user_of(ticket) == "maren"
    clock.now += 60
    assert sessions.user_of(ticket) is None


def test_a_flood_is_slowed_to_the_rate_and_others_are_not():
    clock = Clock()
    rates = Rates(60, clock=clock)
    assert [rates.wait("one") for _ in range(60)] == [0] * 60
    assert rates.wait("one") == pytest.approx(1)
    assert rates.wait("two") == 0
    clock.now += 1
    assert rates.wait("one") == 0
    assert rates.wait("one") > 0


@pytest.mark.parametrize("origin", ["*", "desk.example.com", "https://desk.example.com/", "https://*.example.com"])
def test_an_origin_is_written_out(origin):
    with pytest.raises(ValueError, match="write it as https"):
        ServerSettings(origins=(origin,))
