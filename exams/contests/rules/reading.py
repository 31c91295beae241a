"""Reading what an event says. Whatever stands there, the worst that comes of it is Illegal("malformed")."""

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from exams.contests.rules.buzzer import Press
from exams.contests.rules.match import Illegal, Result

MOST_MS = 24 * 3600 * 1000
_SIGNED = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,2})?", re.ASCII)
_SHARE = re.compile(r"0(\.[0-9]{1,4})?|1(\.0{1,4})?", re.ASCII)
_PARTY = re.compile(r"[tpa][0-9]{1,12}", re.ASCII)
REASON_LENGTH = 200


def malformed(field: str) -> Illegal:
    """The refusal of a field that is missing or of the wrong type."""
    return Illegal("malformed", field=field)


def whole(data: Mapping[str, Any], name: str) -> int:
    """A whole number of 0 or more."""
    value = data.get(name)
    if type(value) is not int or value < 0:
        raise malformed(name)
    return value


def maybe_whole(data: Mapping[str, Any], name: str) -> int | None:
    """A whole number of 0 or more, or None where it is null or left out."""
    return None if data.get(name) is None else whole(data, name)


def word(data: Mapping[str, Any], name: str, options: Iterable[str]) -> str:
    """One of a few words."""
    value = data.get(name)
    if not isinstance(value, str) or value not in options:
        raise malformed(name)
    return value


def flag(data: Mapping[str, Any], name: str) -> bool:
    """True or false; false where it is left out."""
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise malformed(name)
    return value


def signed(data: Mapping[str, Any], name: str) -> Decimal:
    """Points with a sign, as decimal text."""
    value = data.get(name)
    if not isinstance(value, str) or not _SIGNED.fullmatch(value):
        raise malformed(name)
    return Decimal(value)


def reason(data: Mapping[str, Any]) -> str:
    """Why something is done. Raises Illegal("reason_needed") for a blank."""
    value = data.get("reason")
    if not isinstance(value, str) or not value.strip():
        raise Illegal("reason_needed")
    if len(value) > REASON_LENGTH:
        raise Illegal("reason_too_long", most=REASON_LENGTH)
    return value.strip()


def remark(data: Mapping[str, Any]) -> str:
    """A reason that may be left out."""
    return reason(data) if data.get("reason") not in (None, "") else ""


def moment(value: object, name: str, at: datetime.datetime) -> datetime.datetime:
    """An aware moment of its ISO text, within a day after `at`."""
    try:
        found = datetime.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not at <= found <= at + datetime.timedelta(days=1):
        raise malformed(name)
    return found


def presses(data: Mapping[str, Any]) -> list[Press]:
    """The presses of a turn."""
    found = data.get("presses")
    if not isinstance(found, list):
        raise malformed("presses")
    return [_press(one) for one in found]


def _press(one: object) -> Press:
    if not isinstance(one, Mapping):
        raise malformed("presses")
    received, correction = one.get("received_ms"), one.get("correction_ms", 0)
    for number in (received, correction):
        if type(number) not in (int, float) or not 0 <= number <= MOST_MS:  # type: ignore[operator]  # both are numbers here
            raise malformed("presses")
    return Press(whole(one, "team"), received, correction, maybe_whole(one, "player"))  # type: ignore[arg-type]  # checked above


def results(data: Mapping[str, Any]) -> dict[str, Result]:
    """What the pads' answers earned, by party."""
    found = data.get("results") or {}
    if not isinstance(found, Mapping):
        raise malformed("results")
    return {_party(party): _result(one) for party, one in found.items()}


def _party(value: object) -> str:
    if not isinstance(value, str) or not _PARTY.fullmatch(value):
        raise malformed("results")
    return value


def _result(one: object) -> Result:
    if not isinstance(one, Mapping):
        raise malformed("results")
    share, ms = one.get("share"), one.get("ms", 0)
    if not isinstance(share, str) or not _SHARE.fullmatch(share):
        raise malformed("results")
    if type(ms) is not int or not 0 <= ms <= MOST_MS:
        raise malformed("results")
    return Result(Decimal(share), ms)
