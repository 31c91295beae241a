"""The statement finds whom the rule means, and no statement more for a longer audience."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import DutyHolder, DutyRole
from courses.queries.audience import people_of, persons, words
from courses.rules.audience import Audience, matches
from lianbing.people.models import Appointment, Post
from tests.factories import people

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 20)
AT = datetime.datetime(2026, 11, 20, 1, tzinfo=datetime.UTC)


@pytest.fixture
def bureau():
    """Two brigades with a squad each, two posts, twelve people of every kind; some hold duties, some left."""
    root = people.unit("局")
    brigades = [people.unit(f"大队{n}", root) for n in (1, 2)]
    units = [people.unit(f"中队{n}", brigade) for n, brigade in enumerate(brigades)]
    posts = [people.PostFactory(name=name) for name in ("一线执法岗", "协管巡查岗")]
    made = []
    for n in range(12):
        one = people.officer(
            [*brigades, *units][n % 4],
            posts[n % 2],
            category=("officer", "auxiliary")[n % 3 == 0],
            joined_on=datetime.date(2015 + n, 3, 1) if n < 11 else None,
        )
        Appointment.objects.filter(officer=one).update(rank=("", "中队长", "科员")[n % 3])
        made.append(one)
    duty = DutyRole.objects.get_or_create(code="legal_liaison", defaults={"name": "法制员"})[0]
    for n, ends in ((1, None), (4, datetime.date(2026, 1, 1)), (7, None)):
        DutyHolder.objects.create(
            officer=made[n], duty=duty, unit=root, starts_on=people.LONG_AGO, ends_on=ends, recorded_at=AT
        )
    type(made[5]).objects.filter(pk=made[5].pk).update(left_on=DAY)
    type(made[6]).objects.filter(pk=made[6].pk).update(merged_into=made[7])
    return [root, *brigades, *units], posts


def some(values):
    """At most two of these."""
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_statement_finds_whom_the_rule_means(bureau, data):
    units, posts = bureau
    audience = Audience(
        units=data.draw(some([unit.path for unit in units])),
        posts=data.draw(some([post.pk for post in posts])),
        ranks=data.draw(some(["中队长", "科员", ""])),
        categories=data.draw(some(["officer", "auxiliary"])),
        duties=data.draw(some(["legal_liaison", "safety_officer"])),
        joined_after=data.draw(st.none() | st.dates(datetime.date(2014, 1, 1), DAY)),
    )
    meant = {pk for pk, person in persons(DAY).items() if matches(audience, person)}
    assert set(people_of(audience, DAY).values_list("officer", flat=True)) == meant


def test_one_statement_whatever_the_audience(bureau, django_assert_num_queries):
    units, _posts = bureau
    audience = Audience(
        units=tuple(unit.path for unit in units),
        posts=tuple(Post.objects.values_list("pk", flat=True)),
        ranks=("中队长",),
        categories=("officer",),
        duties=("legal_liaison",),
        joined_after=people.LONG_AGO,
    )
    with django_assert_num_queries(1):
        for appointment in people_of(audience, DAY):
            assert all((appointment.officer.name, appointment.unit.name, appointment.post.name))


def test_those_who_left_or_are_rehearsing_are_not_meant(bureau):
    everybody = people_of(Audience(), DAY)
    assert everybody.count() == 10
    first = everybody.first()
    type(first.officer.user).objects.filter(pk=first.officer.user_id).update(is_rehearsal=True)
    assert people_of(Audience(), DAY).count() == 9


def test_an_audience_says_itself_in_names(bureau):
    units, posts = bureau
    said = words(Audience(units=(units[1].path,), posts=(posts[0].pk,), duties=("legal_liaison",)))
    assert said == [("units", ["局/大队1"]), ("posts", ["一线执法岗"]), ("duties", ["法制员"])]
    assert words(Audience(units=("0999",))) == [("units", ["—"])]
