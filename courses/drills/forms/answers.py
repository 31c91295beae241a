"""What a plain form says of one question, and what the player's JSON says of several.

Both only read; the kinds say whether an answer makes sense.
"""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from courses.drills.services.answering import Given
from question_bank.models import QuestionVersion

INT_MAX = 2**31
MOST_TEXT = 64


class Unreadable(Exception):
    """This is not what the player sends."""


def response_of(version: QuestionVersion, data: QueryDict) -> Any:
    """The raw answer to a question in a form made by `rendering.player`; [] where nothing was said."""
    name = f"q{version.pk}"
    if version.kind != "case_analysis":
        return _piece(version.kind, version.content, data, name)
    parts = version.content["parts"]
    read = {one["id"]: _piece(one["kind"], one["content"], data, f"{name}-{one['id']}") for one in parts}
    return {one: said for one, said in read.items() if said} or []


def _piece(kind: str, content: Mapping[str, Any], data: QueryDict, name: str) -> Any:
    if kind == "fill_blank":
        said = {one["id"]: data.get(f"{name}-{one['id']}", "").strip() for one in content["blanks"]}
        return {one: text for one, text in said.items() if text} or []
    if kind == "ordering":
        places = {one["id"]: data.get(f"{name}-{one['id']}", "") for one in content["options"]}
        if not all(place.isascii() and place.isdigit() for place in places.values()):
            return []
        return (
            sorted(places, key=lambda one: int(places[one]))
            if len(set(places.values())) == len(places)
            else []
        )
    return data.getlist(name)


def given_of(row: Any) -> Given:
    """One row of the player's JSON. Raises Unreadable."""
    if not isinstance(row, dict):
        raise Unreadable
    version, uid = row.get("version"), row.get("uid")
    if isinstance(version, bool) or not isinstance(version, int) or not 0 < version < INT_MAX:
        raise Unreadable
    try:
        known = uuid.UUID(uid)
    except (ValueError, TypeError, AttributeError) as error:
        raise Unreadable from error
    return Given(
        known, version, row.get("response"), row.get("guessed") is True, moment_of(row.get("said_at"))
    )


def moment_of(text: Any) -> datetime.datetime | None:
    """A moment with its zone as a device wrote it; None for anything else."""
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
