"""A bureau with two squads, HR, leaders, an officer with a published result; clients signed in as somebody."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client

from certificates.ratings.models import Result
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import people, ratings


@pytest.fixture
def friday(at):
    """Every page is asked for at one moment, with an empty cache."""
    cache.clear()
    with clock.pinned(at):
        yield at


@pytest.fixture
def rated(db, friday):
    """A bureau whose October has been published: 王小明 has 92, 李四 of the other squad 75."""
    root = people.unit("云汐市城管局")
    east, west = people.unit("东城中队", root), people.unit("西城中队", root)
    officer, other = people.officer(east, name="王小明"), people.officer(west, name="李四")
    scheme = ratings.scheme()
    period = ratings.period(root, scheme)
    fact = ratings.fact(officer, 92, label="十月案卷评查", url="/ratings/records/")
    ratings.fact(other, 75, label="十月案卷评查")
    statement = ratings.published(period)
    period.refresh_from_db()
    return SimpleNamespace(
        root=root,
        east=east,
        west=west,
        officer=officer,
        other=other,
        scheme=scheme,
        period=period,
        statement=statement,
        fact=fact,
        result=Result.objects.get(statement=statement, officer=officer),
        hr=people.staff(Role.HR, name="人事甲"),
        hr_two=people.staff(Role.HR, name="人事乙"),
        hr_east=people.staff(Role.HR, unit=east),
        leader=people.staff(Role.LEADER, name="局领导"),
        leader_west=people.staff(Role.LEADER, unit=west),
        trainer=people.staff(Role.TRAINER),
        november=datetime.date(2026, 11, 1),
    )


@pytest.fixture
def as_user():
    """A client signed in as an account."""

    def make(user):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
