"""Whom something concerns: conditions on units, posts, ranks, categories, duty roles and joining.

Stored as JSON on whatever has an audience. All stated conditions must hold, any value within one
suffices, and an audience that states nothing is everybody.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Person:
    """What is asked about a person on a day: where they serve, as what, with which part-time duties."""

    unit_path: str
    post: int
    rank: str = ""
    category: str = ""
    duties: frozenset[str] = frozenset()
    joined_on: datetime.date | None = None


@dataclass(frozen=True)
class Audience:
    """Conditions. `units` are unit paths and mean everything below them too; `posts` are ids; `duties` are
    codes of duty roles (兼职); `joined_after` admits those who joined the bureau on that day or later.
    """

    units: tuple[str, ...] = ()
    posts: tuple[int, ...] = ()
    ranks: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    joined_after: datetime.date | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether nothing is stated."""
        return self == EVERYBODY


EVERYBODY = Audience()


def matches(audience: Audience, person: Person) -> bool:
    """Whether this person is meant. Somebody whose day of joining is unknown did not join after any day."""
    joined = person.joined_on
    return (
        (not audience.units or person.unit_path.startswith(audience.units))
        and (not audience.posts or person.post in audience.posts)
        and (not audience.ranks or person.rank in audience.ranks)
        and (not audience.categories or person.category in audience.categories)
        and (not audience.duties or not person.duties.isdisjoint(audience.duties))
        and (audience.joined_after is None or (joined is not None and joined >= audience.joined_after))
    )


def within(audience: Audience, scopes: Iterable[str]) -> bool:
    """Whether everybody who could be meant serves in one of these subtrees ("" = the whole bureau)."""
    roots = tuple(scopes)
    if "" in roots:
        return True
    return bool(audience.units) and all(bool(roots) and path.startswith(roots) for path in audience.units)


def to_json(audience: Audience) -> dict[str, Any]:
    """The audience as stored: only what is stated, values sorted, each once."""
    said: dict[str, Any] = {
        "units": sorted(set(audience.units)),
        "posts": sorted(set(audience.posts)),
        "ranks": sorted(set(audience.ranks)),
        "categories": sorted(set(audience.categories)),
        "duties": sorted(set(audience.duties)),
        "joined_after": audience.joined_after.isoformat() if audience.joined_after else None,
    }
    return {key: value for key, value in said.items() if value}


def from_json(stored: Mapping[str, Any] | None) -> Audience:
    """The audience back from its stored form; None and {} are everybody.

    Raises ValueError when it is no stored audience: to take nonsense for everybody would be worse.
    """
    said = dict(stored or {})
    day = said.pop("joined_after", None)
    posts = _list(said.pop("posts", ()))
    texts = {
        name: tuple(str(v) for v in _list(said.pop(name, ())))
        for name in ("units", "ranks", "categories", "duties")
    }
    if said:
        raise ValueError(f"unknown conditions: {sorted(said)}")
    return Audience(
        posts=tuple(int(v) for v in posts),
        joined_after=datetime.date.fromisoformat(day) if day else None,
        **texts,
    )


def _list(value: Any) -> Iterable[Any]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError("a condition must be a list")
    return value
