"""Tables as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROL = ("\t", "\r", "\n")
MARK = "\ufeff"
"""At the beginning of a file it is how Excel knows UTF-8."""


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The rows as CSV (RFC 4180) with a header, every text in quotation marks and none a formula."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: safe_cell(value) if isinstance(value, str) else value for name, value in row.items()})
    return out.getvalue()


def safe_cell(text: str) -> str:
    """`text` such that no spreadsheet takes it for a formula: with an apostrophe before it where one might.

    After OWASP's "CSV Injection": a cell that begins with = + - @ (full-width ones too), tab, carriage return or line
    feed; here with white space before them as well, which some programs leave out when they read a cell.
    """
    risky = text.startswith(CONTROL) or text.lstrip().startswith(FORMULA)
    return f"'{text}" if risky else text
