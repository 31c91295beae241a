"""Warnings stand on the front page until they have been read."""

import pytest
from django.urls import reverse

from certificates.models import EndingWarning, WarningRead
from certificates.services.warnings import warn_of_ends
from tests.factories import people, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def warned(bureau, at):
    register.held(bureau.officer, until="2026-12-31", number="云A7")
    register.held(bureau.other, until="2026-12-31", number="云A8")
    warn_of_ends(at=at)
    return EndingWarning.objects.get(officer=bureau.officer)


def listed(client):
    return client.get(reverse("certificates:warnings")).content.decode()


def test_the_holder_takes_note_of_their_own(bureau, as_user, warned):
    client = as_user(bureau.officer.user)
    assert "云A7" in client.get("/").content.decode()
    assert "云A8" not in listed(client)
    client.post(reverse("certificates:warnings_read"), {"warning": [warned.pk]})
    assert WarningRead.objects.get().user == bureau.officer.user
    assert reverse("certificates:warnings") not in client.get("/").content.decode()
    assert "云A7" in listed(client)


def test_hr_reads_those_of_their_units_and_nobody_elses(bureau, as_user, warned):
    client = as_user(bureau.hr)
    assert "云A7" in listed(client)
    assert "云A8" not in listed(client)
    other = EndingWarning.objects.get(officer=bureau.other)
    client.post(reverse("certificates:warnings_read"), {"warning": [other.pk, warned.pk, "x", "9" * 40]})
    assert WarningRead.objects.get().warning == warned
    assert (
        "云A7"
        in as_user(bureau.hr_all).get(reverse("certificates:warnings") + "?seen=unread").content.decode()
    )


def test_who_has_no_certificate_sees_an_empty_page(bureau, as_user):
    assert as_user(bureau.invigilator).get(reverse("certificates:warnings")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_for_three(bureau, as_user, at, count, django_assert_num_queries):
    for _ in range(count):
        register.held(people.officer(bureau.east), until="2026-12-31")
    warn_of_ends(at=at)
    client = as_user(bureau.hr)
    client.get(reverse("certificates:warnings"))
    with django_assert_num_queries(6):
        client.get(reverse("certificates:warnings"))
