"""Every official act has a name for people."""

import re

import pytest
from django.conf import settings

from lianbing.kit import audit_words
from lianbing.kit.messages_sources import FOLDERS

SOURCES = [
    path.read_text()
    for folder in FOLDERS
    for path in (settings.ROOT / folder).glob("**/*.py")
    if "audit.record(" in path.read_text()
]
ACTIONS = {action for source in SOURCES for action in re.findall(r'\baction ?= ?"([a-z_]+)"', source)}


@pytest.mark.parametrize("action", sorted(ACTIONS - {"store_true"}))
def test_every_act_of_the_product_is_named(action):
    assert audit_words.is_named(action)


def test_an_act_nobody_named_is_shown_as_it_is():
    assert audit_words.act_name("people", "flown_to_the_moon") == "flown_to_the_moon"
    assert audit_words.area_name("moon") == "moon"


def test_a_name_belongs_to_its_stream():
    assert str(audit_words.act_name("people", "role_granted")) == "授予角色"
    assert audit_words.act_name("exams", "role_granted") == "role_granted"
