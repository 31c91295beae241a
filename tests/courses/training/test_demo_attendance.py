"""The demo's study days: closed ones with hours, one open now."""

import datetime

import pytest
from django.utils import timezone

from courses.training.demo.attendance import PAST, study_days
from courses.training.models import HourEntry, LeaveRequest, Session
from lianbing.kit.demo import Story
from lianbing.people.demo import people

pytestmark = pytest.mark.django_db


def test_the_demo_has_closed_days_with_hours_and_one_open_now(at):
    story = Story(today=timezone.localtime(at).date(), now=at + datetime.timedelta(hours=3))
    people(story)
    study_days(story)
    states = list(Session.objects.order_by("starts_at").values_list("state", flat=True))
    assert states == ["closed"] * len(PAST) + ["open", "planned"]
    assert HourEntry.objects.exists()
    assert LeaveRequest.objects.filter(decision="open").count() == 1
    assert Session.objects.get(state="open").roll_entries.filter(state="expected").exists()
