"""Reading a document that should be a normal form: each part of the right type, or BadNormal."""

from typing import Any

from question_bank.rules.contract import BadNormal

MOST = 200


def _field(document: Any, name: str) -> Any:
    if not isinstance(document, dict) or name not in document:
        raise BadNormal(name)
    return document[name]


def text(document: Any, name: str) -> str:
    """The text under `name`."""
    found = _field(document, name)
    if not isinstance(found, str):
        raise BadNormal(name)
    return found


def listed(document: Any, name: str, most: int = MOST) -> list[Any]:
    """The list under `name`, of at most `most` entries."""
    found = _field(document, name)
    if not isinstance(found, list) or len(found) > most:
        raise BadNormal(name)
    return found


def texts(document: Any, name: str, most: int = MOST) -> list[str]:
    """The list of texts under `name`."""
    found = listed(document, name, most)
    if not all(isinstance(one, str) for one in found):
        raise BadNormal(name)
    return found


def places(document: Any, name: str) -> list[int]:
    """The list of places (whole numbers from 0) under `name`, each once, in order."""
    found = listed(document, name)
    if not all(type(one) is int and one >= 0 for one in found):
        raise BadNormal(name)
    return sorted(set(found))


def flag(document: Any, name: str) -> bool | None:
    """True or False under `name`; None where the document says that it is not known."""
    found = _field(document, name)
    if found is not None and not isinstance(found, bool):
        raise BadNormal(name)
    return found


def whole(document: Any, name: str) -> int:
    """The whole number from 0 under `name`."""
    found = _field(document, name)
    if type(found) is not int or found < 0:
        raise BadNormal(name)
    return found


def optional(document: Any, name: str, default: Any) -> Any:
    """What stands under `name`, of whatever type, or `default`."""
    return document.get(name, default) if isinstance(document, dict) else default
