"""What a person finds on every page and on the front page."""

import datetime
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from lianbing.home.ports import NavItem, Panel, nav_items, panel_entries
from lianbing.people.rules import Actor

TABS = 4


@dataclass(frozen=True)
class NavLink:
    """An entry as one person sees it on one page."""

    item: NavItem
    url: str
    current: bool = False


@dataclass(frozen=True)
class Navigation:
    """The navigation of one page. `tabs` and `more` are for the phone, `work` and `manage` for the desk."""

    links: tuple[NavLink, ...] = ()

    @property
    def work(self) -> list[NavLink]:
        return [link for link in self.links if link.item.group != "manage"]

    @property
    def manage(self) -> list[NavLink]:
        return [link for link in self.links if link.item.group == "manage"]

    @property
    def tabs(self) -> list[NavLink]:
        """What stands in the phone's bottom bar: everything if it fits, else the first four."""
        return list(self.links) if len(self.links) <= TABS + 1 else list(self.links[:TABS])

    @property
    def more(self) -> list[NavLink]:
        return list(self.links[len(self.tabs) :])


def address(url_name: str) -> str:
    """The address of a route without arguments, "" when this installation has no such route."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def navigation(actor: Actor, path: str) -> Navigation:
    """The entries open to `actor`, with the one that best matches the address `path` marked as current."""
    found = [(item, address(item.url_name)) for item in nav_items() if not actor.roles.isdisjoint(item.roles)]
    found = [(item, url) for item, url in found if url]
    matching = [url for _item, url in found if path == url or (url != "/" and path.startswith(url))]
    current = max(matching, key=len, default="")
    return Navigation(tuple(NavLink(item, url, url == current) for item, url in found))


def panels(actor: Actor, at: datetime.datetime) -> list[Panel]:
    """The panels of a person's front page: what is urgent first, then in the registered order."""
    made = [entry.make(actor, at) for entry in panel_entries() if not actor.roles.isdisjoint(entry.roles)]
    return sorted((panel for panel in made if panel), key=lambda panel: not panel.urgent)
