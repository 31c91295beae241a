"""What upper apps tell the people app at start-up: which route is open to whom, and who is certified.

Each app's `permissions.py` holds a dictionary ROUTES and its AppConfig passes it to `declare`. The
result is the access matrix: the middleware enforces it, a page shows it, tests generate requests
from it, and a route that stands in no ROUTES is denied and fails the build.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from lianbing.people.rules import EVERYONE, Actor, Role


@dataclass(frozen=True)
class Rule:
    """Who may use a route.

    `roles`: any of these roles. `everybody`: any account, even one without a role. `public`: nobody need sign in. `ticket`: the request carries its own
    signed ticket and the view's statement checks it (the save path of an attempt). `scope` says in a
    word which objects: "own", "unit" (the subtree of the grant), "all". `during_password_change`:
    reachable before a one-time password has been replaced.
    """

    roles: frozenset[Role] = frozenset()
    everybody: bool = False
    public: bool = False
    ticket: bool = False
    scope: str = "all"
    during_password_change: bool = False


def only(*roles: Role, scope: str = "all") -> Rule:
    """A rule for these roles."""
    return Rule(roles=frozenset(roles), scope=scope)


def signed_in(scope: str = "all", during_password_change: bool = False) -> Rule:
    """A rule for everybody with an account, whatever the role, and for those who have none yet."""
    return Rule(roles=EVERYONE, everybody=True, scope=scope, during_password_change=during_password_change)


def public() -> Rule:
    """A rule for everybody, signed in or not."""
    return Rule(public=True, during_password_change=True)


def ticketed() -> Rule:
    """A rule for requests that carry a signed ticket of their own."""
    return Rule(ticket=True, scope="own")


_matrix: dict[str, Rule] = {}


def declare(routes: Mapping[str, Rule]) -> None:
    """Add an app's routes (view name with namespace -> rule) to the access matrix."""
    for name, rule in routes.items():
        if _matrix.get(name, rule) != rule:
            raise ValueError(f"route {name} is declared twice with different rules")
        _matrix[name] = rule


def rule_for(view_name: str) -> Rule | None:
    """The rule of a route, or None when nobody declared it (then it is denied)."""
    return _matrix.get(view_name)


def matrix() -> Iterable[tuple[str, Rule]]:
    """Every declared route with its rule, by name."""
    return sorted(_matrix.items())


SignOutGuard = Callable[[Actor, datetime.datetime], str]
_sign_out_guards: dict[str, SignOutGuard] = {}


def sign_out_guard(fn: SignOutGuard) -> SignOutGuard:
    """Decorator: `fn(actor, at)` says why this person should not sign out just now, "" when they may.

    The exams app says that an attempt is open. The person may insist; then nothing stored in the
    browser is cleared, because answers may still wait there.
    """
    _sign_out_guards[f"{fn.__module__}.{fn.__qualname__}"] = fn
    return fn


def reason_to_stay(actor: Actor, at: datetime.datetime) -> str:
    """The first reason any app gives against signing out now, or ""."""
    return next((reason for fn in _sign_out_guards.values() if (reason := fn(actor, at))), "")


@dataclass(frozen=True)
class Standing:
    """Whether a person is certified for enforcement duty, in words: "on duty, may enforce" or "not on duty".

    `why` says why not, `number` is the certificate's, `url` the page that tells more ("" = none).
    """

    on_duty: bool
    text: str
    why: str = ""
    number: str = ""
    url: str = ""


Certified = Callable[[Collection[int], datetime.datetime], dict[int, Standing]]
_certified: dict[str, Certified] = {}


def certified(fn: Certified) -> Certified:
    """Decorator: `fn(officer_ids, at)` says of people whether they are certified for duty. Who is missing needs no certificate."""
    _certified[f"{fn.__module__}.{fn.__qualname__}"] = fn
    return fn


def duty_of(officer_ids: Collection[int], at: datetime.datetime) -> dict[int, Standing]:
    """How these people stand at a moment, asked live: a suspension shows at once. A constant number of statements."""
    found: dict[int, Standing] = {}
    for fn in _certified.values():
        found |= fn(officer_ids, at)
    return found
