"""The marker's pages: no name anywhere, one answer after the other, a slip corrected, nothing of others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exams.models import Candidate, MarkingTask, WrittenMark
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import exams, marking, people
from tests.factories.marking import END

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_end():
    with clock.pinned(END):
        yield


@pytest.fixture
def sitting():
    return marking.waiting(3)


@pytest.fixture
def client(client, sitting):
    client.force_login(marking.marker(sitting.unit)[0])
    return client


def take_next(client, sitting):
    return client.post(reverse("exams:marking_next", args=[sitting.uid]), follow=True)


def test_the_queue_shows_the_answer_and_never_who_wrote_it(client, sitting):
    page = take_next(client, sitting)
    text = page.content.decode()
    assert "应当告知权利。" in text
    assert "KEY-POINT" in text
    for one in Candidate.objects.filter(sitting=sitting):
        for hidden in (one.name, one.staff_number, one.unit_name, str(one.uid), str(one.attempt.uid)):
            assert hidden not in text


def test_saving_goes_to_the_next_answer_and_the_last_says_so(client, sitting):
    page = take_next(client, sitting)
    for left in (2, 1):
        page = client.post(page.request["PATH_INFO"], {"point-0": "full", "point-1": "half"}, follow=True)
        assert MarkingTask.objects.filter(marked_at=None).count() == left
    page = client.post(page.request["PATH_INFO"], {}, follow=True)
    assert page.request["PATH_INFO"] == reverse("exams:marking", args=[sitting.uid])
    assert sorted(WrittenMark.objects.values_list("marks", flat=True)) == [0, 3.5, 3.5]


def test_back_to_the_last_mark_and_correct_it(client, sitting):
    address = take_next(client, sitting).request["PATH_INFO"]
    client.post(address, {"point-0": "full"})
    page = client.get(reverse("exams:marking_last", args=[sitting.uid]), follow=True)
    assert page.request["PATH_INFO"] == address
    assert b'name="reason"' in page.content
    assert client.post(address, {"point-1": "full", "reason": "短"}).status_code == 400
    client.post(address, {"point-1": "full", "reason": "看错了采分点"})
    assert list(WrittenMark.objects.order_by("number").values_list("marks", flat=True)) == [2, 3]


@pytest.mark.parametrize("sent", [{"point-0": "double"}, {"point-0": ["full", "nul\x00"]}])
def test_hostile_marks_come_back_to_the_form(client, sitting, sent):
    address = take_next(client, sitting).request["PATH_INFO"]
    assert client.post(address, sent).status_code == 400
    assert not WrittenMark.objects.exists()


def test_an_answer_somebody_else_holds_is_theirs(client, sitting):
    other = people.staff(Role.MARKER, unit=sitting.unit)
    task = MarkingTask.objects.first()
    assert client.get(reverse("exams:marking_answer", args=[task.uid])).status_code == 404
    MarkingTask.objects.filter(pk=task.pk).update(claimed_by=other, claimed_until=END)
    page = client.get(reverse("exams:marking_answer", args=[task.uid]))
    assert page.status_code == 302


def test_what_one_may_not_mark_does_not_exist(client, sitting):
    elsewhere = marking.waiting(1, unit=people.unit("别的局"))
    for name in ("marking", "marking_last"):
        assert client.get(reverse(f"exams:{name}", args=[elsewhere.uid])).status_code == 404
    assert client.get(reverse("exams:marking_next", args=[sitting.uid])).status_code == 405


def test_a_marker_who_sat_the_exam_does_not_see_it(client, sitting):
    user = people.staff(Role.MARKER, unit=sitting.unit)
    exams.candidate(sitting, officer=people.officer(sitting.unit, user=user))
    client.force_login(user)
    assert client.get(reverse("exams:marking_list")).context["rows"] == []
    assert client.get(reverse("exams:marking", args=[sitting.uid])).status_code == 404


def test_the_release_page_says_how_many_wait_and_who_can_mark(client, sitting):
    client.force_login(people.staff(Role.EXAM_ADMINISTRATOR, unit=sitting.unit))
    page = client.get(reverse("exams:release", args=[sitting.uid]))
    assert page.context["waiting"] == 3
    assert len(page.context["markers"]) == 1
    assert client.post(reverse("exams:release", args=[sitting.uid])).status_code == 409


def _statements(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["marking_list", "marking"])
def test_the_pages_cost_the_same_however_much_waits(client, name):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            sitting = marking.waiting(more, unit=people.unit())
        client.force_login(marking.marker(None)[0])
        address = reverse(f"exams:{name}", args=[] if name == "marking_list" else [sitting.uid])
        counts.append(_statements(client, address))
    assert counts[0] == counts[1] <= 15


def test_one_answer_costs_a_few_statements(client, sitting):
    address = take_next(client, sitting).request["PATH_INFO"]
    assert _statements(client, address) <= 15


def test_an_answer_put_back_is_free_for_others_and_comes_last_for_oneself(client, sitting):
    first = take_next(client, sitting).context["sheet"].task
    address = reverse("exams:marking_put_back", args=[first.uid])
    second = client.post(address, follow=True).context["sheet"].task
    assert second != first
    first.refresh_from_db()
    assert (first.claimed_by, first.claimed_until, first.marked_at) == (None, None, None)
    shown = [second]
    for _ in range(2):
        page = client.post(reverse("exams:marking_answer", args=[shown[-1].uid]), {}, follow=True)
        shown.append(page.context["sheet"].task)
    assert shown[-1] == first


def test_what_is_marked_or_held_by_somebody_else_cannot_be_put_back(client, sitting):
    task = take_next(client, sitting).context["sheet"].task
    address = reverse("exams:marking_put_back", args=[task.uid])
    other, _actor = marking.marker(sitting.unit)
    MarkingTask.objects.filter(pk=task.pk).update(claimed_by=other)
    client.post(address)
    task.refresh_from_db()
    assert task.claimed_by == other
    client.post(
        reverse("exams:marking_answer", args=[take_next(client, sitting).context["sheet"].task.uid]), {}
    )
    done = MarkingTask.objects.exclude(marked_at=None).get()
    client.post(reverse("exams:marking_put_back", args=[done.uid]))
    done.refresh_from_db()
    assert done.marked_at
    assert done.claimed_by
