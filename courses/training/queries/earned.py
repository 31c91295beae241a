"""Where what earned hours can be looked at, by whoever reads: "" where they may not open it.

A session: its roll for those who look after its unit, the officer's own page of it for the officer. A course:
one's own completion, its learners for those who follow them. A record of external training, a class.
"""

import uuid
from urllib.parse import urlencode

from django.urls import reverse

from courses.models import Enrolment
from courses.permissions.learning import may_follow
from courses.training.models import External, HourEntry, RollEntry, TrainingClass
from courses.training.permissions import attendance, classes, external
from courses.training.permissions.hours import READERS
from courses.training.permissions.rules import READERS as FILE_READERS
from courses.training.queries.file_ledger import key_of
from lianbing.people.rules import Actor


def roll_url(entry: RollEntry, actor: Actor) -> str:
    """A closed session: one's own page of it, or its roll. Needs `session__unit`."""
    if actor.officer_id is not None and entry.officer_id == actor.officer_id:
        return reverse("training:sign_in_session", args=[entry.session.uid])
    read = attendance.looks_after(actor, entry.session)
    return reverse("training:roll", args=[entry.session.uid]) if read else ""


def enrolment_url(enrolment: Enrolment, actor: Actor) -> str:
    """The completion of a course for whose it is; its learners for those who follow them; else the course."""
    own = actor.officer_id is not None and enrolment.officer_id == actor.officer_id
    if own and enrolment.completed_at is not None:
        return reverse("courses:completed", args=[enrolment.uid])
    follows = not own and may_follow(actor)
    return reverse("courses:learners" if follows else "courses:course", args=[enrolment.course_id])


def external_url(record: External, actor: Actor) -> str:
    """The record of external training with its evidence. Needs `unit`."""
    return reverse("training:external", args=[record.uid]) if external.can_read(actor, record) else ""


def class_url(taught: TrainingClass, officer_id: int, actor: Actor) -> str:
    """The class for those who look after it; for whoever was in it their own past sessions. Needs `unit`."""
    if classes.can_read_class(actor, taught):
        return reverse("training:class", args=[taught.uid])
    return reverse("training:past") if officer_id == actor.officer_id else ""


def ledger_url(entry: HourEntry, actor: Actor) -> str:
    """The entry in the ledger, for whose it is and for who reads the hours of everybody whose file they read."""
    own = actor.officer_id is not None and entry.officer_id == actor.officer_id
    scopes = actor.scopes(*FILE_READERS)
    read = own or (bool(scopes) and all(actor.covers(path, *READERS) for path in scopes))
    return reverse("training:hours_entry", args=[entry.uid]) if read else ""


def entry_url(entry: HourEntry, actor: Actor) -> str:
    """The page of what earned an entry; of a counter-entry or a correction, what earned the first one."""
    root = entry
    while before := root.counters or root.replaces:
        root = before
    kind, key = key_of(root.source)
    if kind:
        return _earned_url(kind, key, root, actor)
    return _year_url(root, actor) if key.startswith("carry:") else ""


def _earned_url(kind: str, key: str, root: HourEntry, actor: Actor) -> str:
    try:
        uid = uuid.UUID(key)
    except ValueError:  # taken over with a source of its own
        return ""
    if kind == "course":
        enrolment = Enrolment.objects.filter(uid=uid).first()
        return enrolment_url(enrolment, actor) if enrolment else ""
    if kind == "external":
        record = External.objects.select_related("unit").filter(uid=uid).first()
        return external_url(record, actor) if record else ""
    rows = RollEntry.objects.select_related("session__unit", "session__batch__training_class__unit")
    row = rows.filter(session__uid=uid, officer=root.officer_id).first()
    if row is None:
        return ""
    batch = row.session.batch
    return roll_url(row, actor) or (class_url(batch.training_class, row.officer_id, actor) if batch else "")


def _year_url(root: HourEntry, actor: Actor) -> str:
    """The year whose surplus went over."""
    year = urlencode({"year": root.year - 1})
    if root.officer_id == actor.officer_id:
        return f"{reverse('training:hours')}?{year}"
    person = root.officer.merged_into_id or root.officer_id
    return f"{reverse('training:hours_person', args=[person])}?{year}" if actor.has(*READERS) else ""
