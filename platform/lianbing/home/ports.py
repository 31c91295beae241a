"""What upper apps tell the home app at start-up: entries of the navigation, panels of the front page.

Each app's `panels.py` calls `nav(...)` and decorates functions with `@panel(...)`; its AppConfig
imports that module in `ready`. Home shows what was registered and knows none of the apps.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from lianbing.people.rules import Actor, Role

Text = str | Promise


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation, shown to whoever holds one of `roles`.

    `order` sorts; the first four a person sees are the tabs of the phone. `icon` is the id of a symbol
    in kit/static/kit/icons.svg. `group` is "" for daily work or "manage" for looking after the system.
    `also` are further beginnings of addresses whose pages belong to this entry ("/training/classes/").
    """

    label: Text
    url_name: str
    roles: frozenset[Role]
    order: int = 50
    icon: str = "page"
    group: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """One piece of a front page: a heading, the template of its body and what that template needs.

    `url` and `link` make the heading's link to more. `urgent` marks what should be done first.
    `wide` takes the whole row at 1440 px.
    """

    title: Text
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    link: Text = ""
    urgent: bool = False
    wide: bool = False


@dataclass(frozen=True)
class SearchBox:
    """A box on the front page: a GET to the route `url_name` with the words as `q`."""

    label: Text
    hint: Text
    url_name: str
    roles: frozenset[Role]


PanelMaker = Callable[[Actor, datetime.datetime], Panel | None]


@dataclass(frozen=True)
class PanelEntry:
    """A registered panel: for whom, in which order, and the function that makes it."""

    make: PanelMaker
    roles: frozenset[Role]
    order: int


_nav: dict[str, NavItem] = {}
_panels: dict[str, PanelEntry] = {}
_search_boxes: dict[str, SearchBox] = {}


def nav(item: NavItem) -> None:
    """Register an entry of the navigation. Registering the same address again replaces it."""
    _nav[item.url_name] = item


def panel(*roles: Role, order: int = 50) -> Callable[[PanelMaker], PanelMaker]:
    """Decorator: show `make(actor, at)` on the front page of these roles; None shows nothing this time."""

    def register(make: PanelMaker) -> PanelMaker:
        _panels[f"{make.__module__}.{make.__qualname__}"] = PanelEntry(make, frozenset(roles), order)
        return make

    return register


def search_box(box: SearchBox) -> None:
    """Register the box of an app. Registering the same address again replaces it."""
    _search_boxes[box.url_name] = box


def search_boxes() -> list[SearchBox]:
    """Every registered box, by address."""
    return [_search_boxes[name] for name in sorted(_search_boxes)]


def nav_items() -> list[NavItem]:
    """Every registered entry, by order."""
    return sorted(_nav.values(), key=lambda item: (item.order, item.url_name))


def panel_entries() -> list[PanelEntry]:
    """Every registered panel, by order."""
    return sorted(_panels.values(), key=lambda entry: (entry.order, entry.make.__module__))
