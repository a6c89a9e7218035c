"""What people are called for short: "Pete" for Peter, "Pete" within "Pedro “Pete” Vane"."""

from __future__ import annotations

import re

NICKNAMES = (
    "joe joseph;bill will billy william;bob rob bobby robert;jim jimmy james;mike michael;tom tommy thomas;"
    "dick rick rich richard;dan danny daniel;tony anthony;liz beth betty elizabeth;kate katie katherine catherine;"
    "ben benjamin;chris christopher christine;dave david;ed eddie edward;greg gregory;jeff jeffrey;ken kenny kenneth;"
    "larry lawrence;matt matthew;nick nicholas;pat patrick patricia;pete peter;ron ronald;sam samuel samantha;"
    "steve steven stephen;ted theodore edward;tim timothy;alex alexander alexandra;andy andrew;chuck charles charlie;"
    "don donald;fred frederick;gene eugene;jerry gerald;josh joshua;mitch mitchell;ray raymond;sue susan;vlad vladimir;"
    "zach zachary;bernie bernard;kim kimberly;deb debbie deborah;jen jennifer jenny;meg megan margaret;maggie margaret"
)
PET_NAMES = {name: row for row in NICKNAMES.split(";") for name in row.split()}
SHORT = re.compile(r"(?<=\w) [“\"‘'(]([A-Z][\w-]+)[”\"’')] (?=[A-Z])")
"""By what somebody is called, within his name: "Pedro “Pete” Vane"."""


def forms_of(name: str) -> tuple[str, ...]:
    """Give a name without what he is called by, and that with the last name: "Pedro Vane", "Pete Vane"."""
    found = SHORT.search(name)
    return (SHORT.sub(" ", name), f"{found[1]} {name[found.end() :]}") if found else (name,)
