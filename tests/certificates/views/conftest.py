"""Two squads with an officer each, HR of the first, and a client signed in as somebody."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client

from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import certificates, people


@pytest.fixture(autouse=True)
def friday(at):
    """Every page of these tests is asked for at one moment, with an empty cache."""
    cache.clear()
    with clock.pinned(at):
        yield


@pytest.fixture
def bureau(db):
    root = people.unit("云汐市城市管理综合执法局")
    east, west = people.unit("东城中队", root), people.unit("西城中队", root)
    return SimpleNamespace(
        root=root,
        east=east,
        west=west,
        officer=people.officer(east, name="王小明", id_number_masked="440101********12"),
        other=people.officer(west, name="李四"),
        hr=people.staff(Role.HR, unit=east),
        hr_west=people.staff(Role.HR, unit=west),
        hr_all=people.staff(Role.HR),
        leader=people.staff(Role.LEADER, unit=east),
        invigilator=people.staff(Role.INVIGILATOR, unit=east),
        rule=certificates.rule(),
    )


@pytest.fixture
def as_user():
    """A client signed in as an account; None = nobody."""

    def make(user):
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
