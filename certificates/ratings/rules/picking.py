"""Which facts an indicator counts in a period. Pure."""

import datetime
from collections.abc import Mapping
from typing import Any

from certificates.ratings.rules.records import touches

SPAN = "span"


def picks(
    params: Mapping[str, Any],
    kind: str,
    extra: Mapping[str, Any],
    *,
    on: datetime.date,
    until: datetime.date | None,
    first: datetime.date,
    last: datetime.date,
) -> bool:
    """Whether an indicator with these parameters counts a fact in the days `first` to `last`.

    A fact belongs to the span in which it happened and to every later one in which it still holds (`until`).
    A figure computed for a span of days (`extra["span"]`) is of use to exactly these days. The parameter
    `kind` looks at the kind of the fact, any other at the key of that name in `extra`: a list says that the
    value is one of these, a single value that it is this one. An empty list or None asks for nothing; a
    parameter of which a fact knows nothing (a target, a minimum) is no condition on it.
    """
    span = extra.get(SPAN)
    if span is not None and list(span) != [first.isoformat(), last.isoformat()]:
        return False
    if not touches(on=on, expires_on=until, first=first, last=last):
        return False
    known = {**extra, "kind": kind}
    return all(_agrees(wanted, known[key]) for key, wanted in params.items() if key in known)


def _agrees(wanted: Any, value: Any) -> bool:
    if wanted is None or wanted == "" or wanted == []:
        return True
    return value in wanted if isinstance(wanted, list | tuple) else value == wanted
