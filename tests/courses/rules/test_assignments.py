"""Which tasks follow: due days, several sources, electives; and that working it out again changes nothing."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.assignments import Source, Thing, due, unfinished, wanted
from courses.rules.audience import Audience, Person

MON = datetime.date(2026, 11, 16)
DAY = datetime.timedelta(days=1)
PERSON = Person("00010001", 1, category="officer")


def source(pk=1, *things, audience=None, due_on=None, induction=False):
    return Source(pk, audience or Audience(), things or (Thing("item:a", 1),), MON, due_on, induction)


@pytest.mark.parametrize(
    ("due_on", "assigned_on", "wanted_day"),
    [
        (None, MON, MON + 30 * DAY),
        (None, MON + 5 * DAY, MON + 35 * DAY),
        (MON + 3 * DAY, MON, MON + 3 * DAY),
        (MON + 3 * DAY, MON + DAY, MON + 8 * DAY),
        (MON + 30 * DAY, MON + DAY, MON + 30 * DAY),
    ],
)
def test_the_last_day_of_a_thing(due_on, assigned_on, wanted_day):
    assert due(source(due_on=due_on), Thing("item:a", 1), assigned_on) == wanted_day


def test_only_those_meant_and_serving_have_tasks():
    other = source(audience=Audience(posts=(2,)))
    assert wanted([other], PERSON, {}, MON) == {}
    assert wanted([source()], None, {}, MON) == {}


def test_a_thing_of_two_sources_is_one_task_due_on_the_earlier_day():
    late, early = source(1, Thing("course:5", 1, 60)), source(2, Thing("course:5", 9, 10))
    task = wanted([late, early], PERSON, {}, MON)["course:5"]
    assert (task.item, task.due_on, task.sources) == (9, MON + 10 * DAY, (1, 2))


def test_an_elective_day_never_presses_a_compulsory_task():
    need, offer = source(1, Thing("course:5", 1, 60)), source(2, Thing("course:5", 2, 10, elective=True))
    task = wanted([offer, need], PERSON, {}, MON)["course:5"]
    assert (task.compulsory, task.due_on) == (True, MON + 60 * DAY)


def test_induction_is_unfinished_until_every_compulsory_thing_is_done():
    path = source(
        1, Thing("item:a", 1), Thing("item:b", 2), Thing("item:c", 3, elective=True), induction=True
    )
    assert unfinished([path, source(2, Thing("item:z", 9))], PERSON, ["item:a"]) == {"item:b"}
    assert unfinished([path], PERSON, ["item:a", "item:b"]) == set()
    assert unfinished([path], None, []) == set()


things = st.lists(
    st.builds(Thing, st.sampled_from(["a", "b", "c"]), st.integers(1, 9), st.integers(0, 90), st.booleans()),
    max_size=4,
    unique_by=lambda thing: thing.key,
).map(tuple)
sources = st.lists(
    st.builds(
        Source,
        st.integers(1, 5),
        st.sampled_from([Audience(), Audience(posts=(1,)), Audience(posts=(2,))]),
        things,
        st.just(MON),
        st.none() | st.dates(MON, MON + 90 * DAY),
    ),
    max_size=4,
    unique_by=lambda one: one.pk,
)


@given(sources, st.integers(0, 30))
def test_once_assigned_a_task_keeps_its_day(given_sources, later):
    first = wanted(given_sources, PERSON, {}, MON)
    again = wanted(given_sources, PERSON, dict.fromkeys(first, MON), MON + later * DAY)
    assert again == first


@given(sources)
def test_the_order_of_the_sources_does_not_matter(given_sources):
    forth, back = (wanted(some, PERSON, {}, MON) for some in (given_sources, given_sources[::-1]))
    assert {k: (t.due_on, t.compulsory, t.sources) for k, t in forth.items()} == {
        k: (t.due_on, t.compulsory, t.sources) for k, t in back.items()
    }
