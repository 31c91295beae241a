"""The access matrix: every route has a rule, every rule a route, and nobody else gets in.

The routes are read from the URLconf, so the tests grow by themselves when an app adds one.
"""

import uuid

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from lianbing import urls
from lianbing.people import ports
from lianbing.people.models import Officer
from lianbing.people.rules import LEARNERS, NOBODY, Actor, Grant, Role
from tests.factories.people import officer, staff, unit

SAMPLES = {
    "int": "987654321",
    "uuid": str(uuid.UUID(int=1)),
    "str": "nowhere",
    "slug": "nowhere",
    "path": "nowhere",
}


def _walk(patterns, namespace="", prefix=""):
    """Every (route name, sample address) of the URLconf; all of /cms/ is one route."""
    for entry in patterns:
        route = prefix + _sample(entry.pattern)
        if prefix == "" and route.startswith("cms/"):
            yield "cms", "/cms/"
        elif isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from _walk(entry.url_patterns, inner, route)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}:{entry.name}" if namespace else str(entry.name), f"/{route}"


def _sample(pattern):
    """A route with every argument replaced by something that does not exist."""
    text = str(pattern)
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        kind = {"string": "str"}.get(kind, kind)
        for written in (f"<{kind}:{name}>", f"<{name}>", _written(pattern, name)):
            text = text.replace(written, SAMPLES.get(kind, "nowhere"))
    return text


def _written(pattern, name):
    """The argument as the route writes it when its converter is one of ours."""
    if not isinstance(pattern, RoutePattern):
        return f"<{name}>"
    route = str(pattern)
    end = route.find(f":{name}>")
    return route[route.rfind("<", 0, end) : end + len(name) + 2] if end >= 0 else f"<{name}>"


ROUTES = sorted(set(_walk(get_resolver().url_patterns)))
NAMES = {name for name, _address in ROUTES}


def test_every_route_has_a_rule():
    assert sorted(name for name in NAMES if ports.rule_for(name) is None) == []


def test_every_rule_has_a_route():
    assert sorted({name for name, _rule in ports.matrix()} - NAMES) == []


def test_a_rule_is_open_or_names_a_role():
    idle = [name for name, rule in ports.matrix() if not (rule.public or rule.ticket or rule.roles)]
    assert idle == []


def test_there_are_routes_to_test():
    assert len(ROUTES) > 20
    assert all("<" not in address for _name, address in ROUTES)


@pytest.fixture
def people(db):
    """One account per role; the learners are officers of that category."""
    bureau = unit()
    learners = {role: officer(bureau, category=Officer.Category(str(role))).user for role in sorted(LEARNERS)}
    return learners | {role: staff(role) for role in Role if role not in LEARNERS}


@pytest.fixture
def bare(monkeypatch):
    """Refusals without their page, which takes most of the time: what counts here is the number alone."""
    for code in (403, 404):
        monkeypatch.setattr(
            urls,
            f"handler{code}",
            lambda _request, exception, status=code: HttpResponse(status=status),
            raising=False,
        )


def _refused(response):
    """Whether an answer lets nobody in: refused, not found, wrong method, or sent to sign in."""
    to_sign_in = response.status_code == 302 and response.url.startswith("/sign-in/")
    return to_sign_in or response.status_code in {401, 403, 404, 405}


CLOSED = [
    (name, address)
    for name, address in ROUTES
    if (rule := ports.rule_for(name)) is not None and not (rule.public or rule.ticket)
]


@pytest.mark.parametrize("role", [*Role, "stranger"])
def test_nobody_outside_the_rule_gets_in(client, people, role, bare):
    """GET and POST of every closed route. Those outside the rule are refused before any object is sought."""
    if role != "stranger":
        client.force_login(people[role])
    let_in = []
    for name, address in CLOSED:
        if role != "stranger" and role in ports.rule_for(name).roles:
            continue
        for method in (client.get, client.post):
            response = method(address)
            wanted = {302, 401} if role == "stranger" else {403}
            if not _refused(response) or response.status_code not in wanted:
                let_in.append((name, role, response.status_code))
    assert let_in == []


@pytest.mark.parametrize("role", list(Role))
def test_those_inside_the_rule_are_not_turned_away(client, people, role, bare):
    """Things that do not exist are not found; pages without arguments open or ask for another method."""
    client.force_login(people[role])
    turned_away = [
        (name, response.status_code)
        for name, address in CLOSED
        if name != "cms" and role in ports.rule_for(name).roles
        for response in [client.get(address)]
        if response.status_code >= 500 or response.status_code == 403
    ]
    assert turned_away == []


@pytest.mark.parametrize("name", ["people:sign_in", "home:front"])
def test_public_routes_are_open(client, db, name):
    from django.urls import reverse

    assert client.get(reverse(name)).status_code == 200


def test_a_route_without_a_rule_is_denied(client, people, monkeypatch):
    monkeypatch.setattr(ports, "_matrix", {})
    client.force_login(people[Role.SYSTEM_ADMINISTRATOR])
    assert client.get("/people/").status_code == 403
    assert client.get("/sign-in/").status_code == 403


def test_a_disabled_account_is_a_stranger(client, people):
    user = people[Role.SYSTEM_ADMINISTRATOR]
    client.force_login(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/people/").url.startswith("/sign-in/")


def test_a_one_time_password_opens_nothing_but_the_change(client, people):
    user = people[Role.HR]
    type(user).objects.filter(pk=user.pk).update(must_change_password=True)
    client.force_login(user)
    assert client.get("/people/").url == "/password/"
    assert client.get("/password/").status_code == 200


def test_scopes_are_subtrees():
    actor = Actor(1, "1", "x", grants=(Grant(Role.HR, "0001"), Grant(Role.LEADER, "")))
    assert actor.covers("00010002", Role.HR)
    assert not actor.covers("0002", Role.HR)
    assert actor.scopes(Role.HR, Role.LEADER) == [""]
    assert NOBODY.roles == frozenset()
