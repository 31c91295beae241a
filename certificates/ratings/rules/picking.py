"""Which facts an indicator counts in a period. Pure."""

import datetime
from collections.abc import Mapping
from typing import Any

from certificates.ratings.rules.records import touches

IN_FORCE = "in_force"
SPAN = "span"


def picks(
    params: Mapping[str, Any],
    extra: Mapping[str, Any],
    *,
    on: datetime.date,
    until: datetime.date | None,
    first: datetime.date,
    last: datetime.date,
) -> bool:
    """Whether an indicator with these parameters counts a fact in the days `first` to `last`.

    A fact belongs to the period in which it happened; with the parameter `in_force` also to every later one
    it still holds in (`until`). A figure computed for a span of days (`extra["span"]`) is of use to exactly
    these days. Any other parameter names a key of `extra`: a list says that its value is one of these, a
    single value that it is this one. An empty list or None asks for nothing.
    """
    span = extra.get(SPAN)
    if span is not None and list(span) != [first.isoformat(), last.isoformat()]:
        return False
    held = until if params.get(IN_FORCE) else None
    if not touches(on=on, expires_on=held, first=first, last=last):
        return False
    return all(_agrees(wanted, extra.get(key)) for key, wanted in params.items() if key != IN_FORCE)


def _agrees(wanted: Any, value: Any) -> bool:
    if wanted is None or wanted == "" or wanted == []:
        return True
    return value in wanted if isinstance(wanted, list | tuple) else value == wanted
