"""What official acts are called on pages: each app names its own at start-up."""

from collections.abc import Mapping

from django.utils.functional import Promise

Text = str | Promise
_areas: dict[str, Text] = {}
_acts: dict[tuple[str, str], Text] = {}


def name_acts(stream: str, area: Text, acts: Mapping[str, Text]) -> None:
    """Give a stream of the audit trail and its acts (action -> text) their names for people."""
    _areas[stream] = area
    _acts.update({(stream, action): text for action, text in acts.items()})


def area_name(stream: str) -> Text:
    """The name of a stream; the stream itself when nobody named it."""
    return _areas.get(stream, stream)


def act_name(stream: str, action: str) -> Text:
    """The name of an act; `action` itself when nobody named it."""
    return _acts.get((stream, action), action)


def is_named(action: str) -> bool:
    """Whether some stream has a name for this action."""
    return any(name == action for _stream, name in _acts)
