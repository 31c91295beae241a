"""What a person finds on every page and on the front page."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse

from lianbing.home.ports import NavItem, Panel, SearchBox, nav_items, panel_entries, search_boxes
from lianbing.people.models import Officer, RoleGrant, User
from lianbing.people.queries import appointments_in, serving_on
from lianbing.people.rules import LEARNERS, Actor

TABS = 4


@dataclass(frozen=True)
class NavLink:
    """An entry as one person sees it on one page."""

    item: NavItem
    url: str
    current: bool = False


@dataclass(frozen=True)
class Navigation:
    """The navigation of one page. `tabs` and `more` are for the phone; `own`, `work` and `manage` for the desk."""

    links: tuple[NavLink, ...] = ()

    @property
    def own(self) -> list[NavLink]:
        """What everybody has who learns: one's own exams, training, certificates, and what there is to read."""
        return [link for link in self.links if link.item.group != "manage" and link not in self.work]

    @property
    def work(self) -> list[NavLink]:
        """What only granted roles have, because it is their duty."""
        return [
            link
            for link in self.links
            if link.item.group != "manage" and link.item.roles.isdisjoint(LEARNERS)
        ]

    @property
    def manage(self) -> list[NavLink]:
        return [link for link in self.links if link.item.group == "manage"]

    @property
    def tabs(self) -> list[NavLink]:
        """What stands in the phone's bottom bar: everything if it fits, else the first page and three more.

        Those are what only granted roles see, because that is the work one is here for; laws and
        one's own exams then wait under "more".
        """
        if len(self.links) <= TABS + 1:
            return list(self.links)
        first, rest = self.links[0], self.links[1:]
        return [first, *sorted(rest, key=lambda link: not link.item.roles.isdisjoint(LEARNERS))[: TABS - 1]]

    @property
    def more(self) -> list[NavLink]:
        """What did not fit into the bottom bar, in the registered order."""
        tabs = self.tabs
        return [link for link in self.links if link not in tabs]

    @property
    def current_in_more(self) -> bool:
        return any(link.current for link in self.more)


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
    fits = [
        max((len(own) for own in (url, *item.also) if _fits(own, path)), default=0) for item, url in found
    ]
    best = max(fits, default=0)
    return Navigation(tuple(NavLink(*one, 0 < fit == best) for one, fit in zip(found, fits, strict=True)))


def _fits(own: str, path: str) -> bool:
    """True where the address `path` is `own` or lies below it. Below "/" lies everything: that counts not."""
    return path == own or (own != "/" and path.startswith(own))


def search_box(actor: Actor) -> tuple[SearchBox, str] | None:
    """The box on a person's front page with its address; None where no app gave one to their roles."""
    for box in search_boxes():
        if not actor.roles.isdisjoint(box.roles) and (url := address(box.url_name)):
            return box, url
    return None


def panels(actor: Actor, at: datetime.datetime) -> list[Panel]:
    """The panels of a person's front page: what is urgent first, then in the registered order."""
    made = [entry.make(actor, at) for entry in panel_entries() if not actor.roles.isdisjoint(entry.roles)]
    return sorted((panel for panel in made if panel), key=lambda panel: not panel.urgent)


def people_counts(unit_paths: list[str], on: datetime.date) -> dict[str, int]:
    """People serving on `on` in these subtrees, by category, and how many still have a one-time password.

    Keys: officers, auxiliaries, civilians, total, waiting. One statement.
    """
    category = Officer.Category
    return (
        appointments_in(unit_paths, on)
        .order_by()
        .aggregate(
            total=Count("pk"),
            waiting=Count("pk", filter=Q(officer__user__must_change_password=True)),
            officers=Count("pk", filter=Q(officer__category=category.OFFICER)),
            auxiliaries=Count("pk", filter=Q(officer__category=category.AUXILIARY)),
            civilians=Count("pk", filter=Q(officer__category=category.CIVILIAN)),
        )
    )


def accounts_without_role(on: datetime.date) -> list[User]:
    """Active accounts with neither a role in force on `on` nor an officer behind them, by staff number."""
    held = RoleGrant.objects.filter(serving_on(on), user=OuterRef("pk"))
    return list(
        User.objects.filter(is_active=True, is_rehearsal=False, officer=None)
        .exclude(Exists(held))
        .order_by("staff_number")[:100]
    )
