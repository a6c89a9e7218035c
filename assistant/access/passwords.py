"""What is kept of passwords and tokens: hashes, one `name:hash` a line, never the words themselves."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from pathlib import Path

COST, BLOCK, LANES = 15, 8, 3
"""scrypt with N = 2^15, r = 8, p = 3, of those that OWASP's cheat sheet on storing passwords gives: 32 MB."""
MEMORY = 256 * 1024 * 1024
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1024
"""Characters: more is never read."""
SHORTEST_TOKEN = 24
NAME = re.compile(r"[\w.@+-]{1,64}")


def hash_password(password: str, *, cost: int = COST, salt: bytes | None = None) -> str:
    """What to keep of a password: `scrypt$cost$block$lanes$salt$hash`."""
    salt = salt or secrets.token_bytes(16)
    made = _scrypt(password, salt, cost, BLOCK, LANES)
    return "$".join(("scrypt", str(cost), str(BLOCK), str(LANES), _text(salt), _text(made)))


def is_password(password: str, kept: str) -> bool:
    """Whether this is the password of which `kept` is the hash; it takes as long when it is not."""
    _, cost, block, lanes, salt, made = kept.split("$")
    given = _scrypt(password, _bytes(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(given, _bytes(made))


def new_token() -> str:
    """A token that nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What to keep of a token. It is random and long, so that a plain SHA-256 of it tells nothing."""
    return "sha256$" + hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def checked_name(name: str) -> str:
    """The name of a user or token.

    Raises:
        ValueError: it holds what a name in such a file may not.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"'{name}' cannot be a name here: use up to 64 letters, digits and . _ - + @")
    return name


def checked_password(password: str) -> str:
    """The password, if it is long enough and all of it will be read.

    Raises:
        ValueError: it is not.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise ValueError(f"the password has {len(password)} characters: choose {SHORTEST_PASSWORD} or more")
    if len(password) > LONGEST_PASSWORD:
        raise ValueError(f"the password has {len(password)} characters: choose {LONGEST_PASSWORD} or fewer")
    return password


def read_hashes(place: Path, kind: str) -> dict[str, str]:
    """The hashes of a file by name; empty lines and lines that begin with # are left out. `kind`: scrypt or sha256.

    Raises:
        ValueError: the file cannot be read, or a line is no `name:hash`; the message never shows the line.
    """
    command = {"scrypt": "dateline password NAME", "sha256": "dateline token NAME"}[kind]
    try:
        lines = place.read_text("utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise ValueError(f"{place} cannot be read ({error}): name a file made with '{command}'") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, kept = line.strip().partition(":")
        if not NAME.fullmatch(name) or not _is_hash(kept, kind):
            raise ValueError(f"{place}:{number} is no line of name:{kind}$...: make it with '{command}'")
        if name in found:
            raise ValueError(f"{place}:{number} has {name} a second time: leave one of the lines out")
        found[name] = kept
    return found


def _is_hash(kept: str, kind: str) -> bool:
    if kind == "sha256":
        return re.fullmatch(r"sha256\$[0-9a-f]{64}", kept) is not None
    shape = re.fullmatch(r"scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$[\w-]{22}={0,2}\$[\w-]{43}=?", kept)
    return shape is not None and 1 <= int(shape[1]) <= 17 and 1 <= int(shape[2]) <= 8 and 1 <= int(shape[3]) <= 16


def _scrypt(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    given = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=2**cost, r=block, p=lanes, maxmem=MEMORY, dklen=32)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
