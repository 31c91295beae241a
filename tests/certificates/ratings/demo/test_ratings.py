"""The demo's chapter of ratings: stars that rose, fell and were held by a veto, an appeal upheld, a year."""

import datetime
import random

import pytest

from certificates.ratings.demo import ratings as demo
from certificates.ratings.models import Appeal, Period, Result, Statement
from certificates.ratings.queries.statements import recomputed
from certificates.ratings.rules.words import WhyStar
from lianbing.kit.demo import Story
from lianbing.people.rules import Role
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(at):
    """A bureau of one squad with 22 officers, and the chapter told."""
    root = people.unit("云汐市城管局")
    squad = people.unit("滨河中队", root)
    officers = [people.officer(squad) for _one in range(22)]
    people.staff(Role.HR)
    people.staff(Role.LEADER)
    story = Story(today=at.date(), now=at, rng=random.Random(1))
    story.data |= {
        "officers": officers,
        "logins": [{"role": "officer", "username": officers[0].staff_number}],
    }
    demo.ratings(story)
    return officers


def newest(officer):
    quarter = Period.objects.filter(kind="quarterly_assessment", statements__isnull=False).latest("last")
    return Result.objects.filter(statement__period__last=quarter.last, officer=officer).latest("pk")


def test_the_chapter_shows_what_stars_do(told):
    others = told[1:]
    moves = {name: newest(others[place]).why[0] for name, place in (("up", 3), ("down", 9), ("veto", 12))}
    assert moves == {"up": WhyStar.PROMOTED, "down": WhyStar.DEMOTED, "veto": WhyStar.VETOED}
    assert Period.objects.filter(kind="annual_appraisal", phase="locked").count() == 1
    assert Period.objects.filter(phase="open").count() == 1
    assert not Result.objects.filter(officer=others[20], statement__period__last__gte="2026-09-30").exists()
    appeals = dict(Appeal.objects.values_list("result__officer", "state"))
    assert appeals == {told[0].pk: Appeal.State.UPHELD, others[9].pk: Appeal.State.FILED}
    after = newest(told[0])
    before = Result.objects.get(
        statement__period=after.statement.period, statement__number=1, officer=told[0]
    )
    assert (after.statement.number, after.score > before.score) == (2, True)
    for statement in Statement.objects.select_related(
        "period__scheme", "scheme_version__scheme", "gathering"
    ):
        assert recomputed(statement) == statement.digest


@pytest.mark.parametrize("day", ["2026-01-05", "2026-02-01", "2026-02-02", "2026-12-31"])
def test_no_quarter_is_told_before_it_could_have_been_assessed(day):
    today = datetime.date.fromisoformat(day)
    firsts = demo._quarters(today)
    assert len(firsts) == demo.QUARTERS
    assert all(demo.span("quarterly_assessment", one)[1] + 32 * demo.DAY <= today for one in firsts)


def test_a_bureau_without_people_has_no_ratings(at):
    demo.ratings(Story(today=at.date(), now=at))
    assert not Period.objects.exists()
