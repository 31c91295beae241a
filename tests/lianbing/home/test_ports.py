"""The registry that upper apps fill."""

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from lianbing.home import ports
from lianbing.people.ports import rule_for
from lianbing.people.rules import Role

SYMBOLS = (settings.ROOT / "platform/lianbing/kit/static/kit/icons.svg").read_text()


@pytest.mark.parametrize("item", ports.nav_items(), ids=lambda item: item.url_name)
def test_every_entry_leads_somewhere_its_roles_may_go(item):
    assert reverse(item.url_name)
    rule = rule_for(item.url_name)
    assert rule.public or item.roles <= rule.roles


@pytest.mark.parametrize("item", ports.nav_items(), ids=lambda item: item.url_name)
def test_every_entry_has_a_symbol(item):
    assert f'id="{item.icon}"' in SYMBOLS


def test_every_role_finds_panels_on_its_front_page():
    served = {role for entry in ports.panel_entries() for role in entry.roles}
    assert served == set(Role)


def test_a_panel_is_found_again_by_its_function(monkeypatch):
    monkeypatch.setattr(ports, "_panels", {})
    made = ports.panel(Role.HR, order=1)(lambda actor, at: None)
    assert [entry.make for entry in ports.panel_entries()] == [made]


def test_the_bodies_of_homes_own_panels_exist():
    assert get_template("home/panels/backup.html")
