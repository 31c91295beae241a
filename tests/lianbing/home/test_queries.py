"""Navigation and panels as one person gets them."""

import pytest

from lianbing.home import ports, queries
from lianbing.home.ports import NavItem, Panel
from lianbing.people.rules import Actor, Grant, Role

HR = Actor(1, "H1", "人事", grants=(Grant(Role.HR),))


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(ports, "_nav", {})
    monkeypatch.setattr(ports, "_panels", {})


def item(url_name, order, role=Role.HR):
    ports.nav(NavItem(url_name, url_name, frozenset({role}), order=order))


def test_one_sees_the_entries_of_ones_roles_in_order(registry):
    item("home:style", 20)
    item("home:front", 10)
    item("people:sign_in", 5, Role.TRAINER)
    assert [link.url for link in queries.navigation(HR, "/nowhere").links] == ["/", "/style/"]


def test_an_entry_without_an_address_is_left_out(registry):
    item("nobody:nothing", 1)
    assert queries.navigation(HR, "/").links == ()


@pytest.mark.parametrize(
    ("path", "current"), [("/", "/"), ("/style/", "/style/"), ("/style/x/", "/style/"), ("/y/", "")]
)
def test_the_longest_match_is_current(registry, path, current):
    item("home:front", 1)
    item("home:style", 2)
    marked = [link.url for link in queries.navigation(HR, path).links if link.current]
    assert marked == ([current] if current else [])


def test_an_entry_also_stands_for_the_pages_its_desk_leads_to(registry):
    ports.nav(NavItem("own", "home:front", frozenset({Role.HR})))
    ports.nav(NavItem("desk", "home:style", frozenset({Role.HR}), also=("/desk/", "/")))
    marked = [link.item.label for link in queries.navigation(HR, "/desk/7/").links if link.current]
    assert marked == ["desk"]


def links(*roles):
    return tuple(
        queries.NavLink(NavItem(f"a{i}", "home:front", frozenset({role})), "/")
        for i, role in enumerate(roles)
    )


@pytest.mark.parametrize(("count", "tabs", "more"), [(3, 3, 0), (5, 5, 0), (6, 4, 2)])
def test_the_phone_has_at_most_five_tabs(count, tabs, more):
    navigation = queries.Navigation(links(*[Role.HR] * count))
    assert (len(navigation.tabs), len(navigation.more)) == (tabs, more)


def test_the_work_of_a_granted_role_comes_before_ones_own_exams_on_the_phone():
    navigation = queries.Navigation(links(*[Role.OFFICER] * 4, Role.HR, Role.HR))
    assert [link.item.label for link in navigation.tabs] == ["a0", "a4", "a5", "a1"]
    assert [link.item.label for link in navigation.more] == ["a2", "a3"]


def test_the_desk_parts_ones_own_learning_from_ones_duties():
    navigation = queries.Navigation(links(Role.OFFICER, Role.HR))
    assert [link.item.label for link in navigation.own] == ["a0"]
    assert [link.item.label for link in navigation.work] == ["a1"]


def panel(title, order, role=Role.HR, **more):
    def make(actor, at):
        return Panel(title, "x.html", **more) if title else None

    make.__qualname__ = title
    ports.panel(role, order=order)(make)


def test_what_is_urgent_comes_first(registry, at):
    panel("calm", 1)
    panel("", 2)
    panel("urgent", 3, urgent=True)
    panel("others'", 4, Role.LEGAL)
    assert [panel.title for panel in queries.panels(HR, at)] == ["urgent", "calm"]
