"""Several people change one entry, or enter one number, in the same moment."""

import pytest

from certificates.models import EnforcementCertificate, EnforcementEvent
from certificates.services.enforcement.changing import Refused
from certificates.state.enforcement import replay
from lianbing.people.models import Officer
from tests.factories import enforcement, people
from tests.factories.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
race = pytest.fixture(together)


def tried(fn):
    """The code of the refusal, or ok."""
    try:
        fn()
    except Refused as error:
        return error.code
    return "ok"


def test_ten_who_suspend_at_once_suspend_once(race):
    pk = enforcement.entered().officer_id

    def suspend(_):
        return tried(lambda: enforcement.changed(Officer.objects.get(pk=pk), "suspended"))

    def seen():
        row = EnforcementCertificate.objects.get()
        folded = replay(event.as_event() for event in row.events.order_by("number"))
        return row.state, row.event_count, folded.events

    told, after = race(suspend, seen)
    assert sorted(told) == ["not_now"] * 9 + ["ok"]
    assert after == ("suspended", 2, 2)


def test_ten_who_make_a_first_entry_make_one(race):
    pk = people.officer(people.unit()).pk

    def enter(n):
        return tried(lambda: enforcement.entered(Officer.objects.get(pk=pk), certificate_no=f"N{n}"))

    told, after = race(enter, lambda: EnforcementEvent.objects.count())
    assert (told.count("ok"), after) == (1, 1)


def test_a_number_goes_to_one_of_ten(race):
    ids = [people.officer().pk for _ in range(10)]

    def enter(n):
        return tried(lambda: enforcement.entered(Officer.objects.get(pk=ids[n]), certificate_no="SAME"))

    told, after = race(enter, lambda: EnforcementCertificate.objects.count())
    assert sorted(told) == ["number_taken"] * 9 + ["ok"]
    assert after == 1
