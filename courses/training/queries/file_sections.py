"""What training and the apps below tell of one person, for the personal file (R01).

As of a day: what had been recorded by its end. A state that changed later is shown as it was where the row
says when it changed, and left out where it does not.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Enrolment
from courses.models.duties import DutyHolder
from courses.training.models import (
    AttendanceEvent,
    External,
    HourEntry,
    Nomination,
    RollEntry,
    Session,
    Trainee,
    TrainingClass,
)
from courses.training.models.attendance import STATE_LABELS
from courses.training.ports import FileEntry, file_section
from courses.training.queries import earned
from courses.training.queries.file_ledger import Ledger, ledger_of
from courses.training.queries.hours_wording import evidence_words
from courses.training.rules.attendance import State
from courses.training.state import ExternalState
from lianbing.kit.models import AuditRecord
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import day_of

Day = datetime.date


def _end(as_of: Day | None) -> datetime.datetime:
    """The first moment that is too late to have been recorded by the end of the day."""
    if as_of is None:
        return datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return timezone.make_aware(datetime.datetime.combine(as_of + datetime.timedelta(days=1), datetime.time()))


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


@file_section("training", order=10)
def training(officer_pks: list[int], as_of: Day | None) -> list[FileEntry]:
    """Classes, sessions, courses, external training, hours and corrections: each hour of the ledger once."""
    ledger = ledger_of(officer_pks, as_of)
    corrections = _ledger_corrections(ledger)
    rolls = _rolls(officer_pks, as_of)
    found = _classes(officer_pks, as_of, rolls, ledger)
    found += [_session(row, ledger) for row in rolls]
    found += _courses(officer_pks, as_of, ledger) + _external(officer_pks, as_of, ledger)
    found += [_hours(entry, hours) for entry, hours in ledger.rest()]
    return found + corrections + _roll_corrections(officer_pks, as_of)


def _hours(entry: HourEntry, hours: Decimal) -> FileEntry:
    """Hours nothing else tells of; their entry in the ledger is for those who read hours."""
    url = partial(earned.ledger_url, entry)
    return FileEntry(
        entry.earned_on, "hours", entry.title, hours, note=evidence_words(entry.evidence), opens=url
    )


def _rolls(officer_pks: Sequence[int], as_of: Day | None) -> list[RollEntry]:
    """Where the person was expected or came, at sessions closed and held by the day. One statement."""
    rows = RollEntry.objects.filter(
        officer__in=officer_pks, session__state=Session.State.CLOSED, session__starts_at__lt=_end(as_of)
    )
    rows = rows.filter(Q(session__roll=None) | Q(session__roll__closed_at__lt=_end(as_of)))
    return list(
        rows.select_related("session__batch", "session__category", "session__unit").order_by(
            "session__starts_at", "pk"
        )
    )


def _classes(
    officer_pks: Sequence[int], as_of: Day | None, rolls: list[RollEntry], ledger: Ledger
) -> list[FileEntry]:
    """One entry for each class, with the hours of all its sessions; takes these out of `rolls`. Two statements."""
    rows = (
        Trainee.objects.filter(officer__in=officer_pks, enrolled_at__lt=_end(as_of))
        .exclude(training_class__state__in=(TrainingClass.State.DRAFT, TrainingClass.State.CANCELLED))
        .select_related("batch", "training_class__unit", "officer")
        .order_by("batch__starts_on", "pk")
    )
    by_batch: dict[int | None, list[RollEntry]] = defaultdict(list)
    for roll in rolls:
        by_batch[roll.session.batch_id].append(roll)
    found, trainees = [], list(rows)
    for row in trainees:
        mine = by_batch.pop(row.batch_id, [])
        found.append(_class(row, as_of, mine, ledger))
        rolls[:] = [roll for roll in rolls if roll not in mine]
    return found + _score_corrections(trainees, as_of)


def _class(row: Trainee, as_of: Day | None, rolls: list[RollEntry], ledger: Ledger) -> FileEntry:
    taught = row.training_class
    final = taught.finished_at is not None and taught.finished_at < _end(as_of)
    known = final or as_of is None
    granted = [ledger.take(("session", str(roll.session.uid))) for roll in rolls]
    hours = [one for one in granted if one is not None]
    there = sum(roll.state not in (State.ABSENT, State.LEAVE) for roll in rolls)
    withdrawn = row.withdrawn_at is not None and row.withdrawn_at < _end(as_of)
    state = row.get_state_display() if known or withdrawn else Trainee.State.ENROLLED.label
    present = _("attended %(there)d of %(all)d sessions") % {"there": there, "all": len(rolls)}
    return FileEntry(
        on=row.batch.starts_on,
        kind="class",
        title=taught.title,
        hours=sum(hours, Decimal(0)) if hours else None,
        score=_number(row.score) if known else "",
        note=_joined(taught.get_kind_display(), state, present if rolls else "", row.reason),
        opens=partial(earned.class_url, taught, row.officer_id),
    )


def _score_corrections(trainees: Sequence[Trainee], as_of: Day | None) -> list[FileEntry]:
    """Results that were entered and changed afterwards, from the trail. One statement where there are classes."""
    if not trainees:
        return []
    mine = {str(row.training_class_id): row for row in trainees}
    acts = AuditRecord.objects.filter(
        stream="training",
        action="class_scored",
        subject_type=TrainingClass._meta.label_lower,
        subject_id__in=list(mine),
        at__lt=_end(as_of),
    )
    found = []
    for act in acts.order_by("pk"):
        row = mine[act.subject_id]
        for number, before, after in act.details.get("scores", []):
            if number == row.officer.staff_number and before:
                note = _was(before, after or "—", act.reason, act.actor)
                found.append(FileEntry(day_of(act.at), "correction", row.training_class.title, note=note))
    return found


def _was(before: object, after: object, reason: str, by: dict[str, object]) -> str:
    said = _("before: %(before)s, now: %(after)s") % {"before": before, "after": after}
    return _joined(said, reason, by.get("name"))


def _session(row: RollEntry, ledger: Ledger) -> FileEntry:
    held = row.session
    state = STATE_LABELS[State(row.state)]
    late = _("%(minutes)d minutes late") % {"minutes": row.late_by} if row.late_by else ""
    return FileEntry(
        on=row.made_up_on or day_of(held.starts_at),
        kind="session",
        title=held.topic,
        hours=ledger.take(("session", str(held.uid))),
        note=_joined(held.get_kind_display(), held.category.name, state, late, row.note),
        opens=partial(earned.roll_url, row),
    )


def _courses(officer_pks: Sequence[int], as_of: Day | None, ledger: Ledger) -> list[FileEntry]:
    end = _end(as_of)
    rows = Enrolment.objects.filter(officer__in=officer_pks, enrolled_at__lt=end).select_related("edition")
    found = []
    for row in rows.order_by("enrolled_at", "pk"):
        done = row.completed_at is not None and row.completed_at < end
        state = _("Completed") if done else _("Left") if row.left_at and row.left_at < end else _("Learning")
        found.append(
            FileEntry(
                on=day_of(row.completed_at if done and row.completed_at else row.enrolled_at),
                kind="course",
                title=row.edition.title,
                hours=ledger.take(("course", str(row.uid))),
                note=str(state),
                opens=partial(earned.enrolment_url, row),
            )
        )
    return found


def _external(officer_pks: Sequence[int], as_of: Day | None, ledger: Ledger) -> list[FileEntry]:
    end = _end(as_of)
    rows = External.objects.filter(officer__in=officer_pks, entered_at__lt=end).select_related("unit")
    found = []
    for row in rows.order_by("starts_on", "pk"):
        decided = row.decided_at is not None and row.decided_at < end
        waiting = dict(External._meta.get_field("state").choices or [])[ExternalState.ENTERED.value]
        found.append(
            FileEntry(
                on=row.starts_on,
                kind="external",
                title=row.title,
                hours=ledger.take(("external", str(row.uid))),
                score=_number(row.score),
                note=_joined(
                    row.organiser,
                    row.result,
                    row.get_state_display() if decided or as_of is None else waiting,
                ),
                opens=partial(earned.external_url, row),
            )
        )
    return found


def _ledger_corrections(ledger: Ledger) -> list[FileEntry]:
    """Every counter-entry with what stood before and what stands now."""
    found = []
    for row, instead in ledger.corrections:
        after = _number(instead.hours) if instead else "0"
        note = _was(_number(-row.hours), after, row.reason, row.by)
        opens = partial(earned.ledger_url, row)
        found.append(FileEntry(day_of(row.recorded_at), "correction", row.title, note=note, opens=opens))
    return found


def _roll_corrections(officer_pks: Sequence[int], as_of: Day | None) -> list[FileEntry]:
    """What was put down otherwise on a roll after it had stood otherwise. One statement."""
    rows = AttendanceEvent.objects.filter(
        officer__in=officer_pks,
        kind__in=(AttendanceEvent.Kind.SET, AttendanceEvent.Kind.STRUCK, AttendanceEvent.Kind.MADE_UP),
        received_at__lt=_end(as_of),
    ).select_related("session")
    found = []
    for row in rows.order_by("pk"):
        before = row.was.get("state", State.EXPECTED)
        if before != State.EXPECTED:
            said = _("before: %(before)s") % {"before": STATE_LABELS[State(before)]}
            note = _joined(row.get_kind_display(), said, row.reason, row.by.get("name"))
            found.append(FileEntry(day_of(row.received_at), "correction", row.session.topic, note=note))
    return found


@file_section("nominations", order=40)
def nominations(officer_pks: list[int], as_of: Day | None) -> list[FileEntry]:
    """Nominations to the superior's classes. One statement."""
    rows = Nomination.objects.filter(officer__in=officer_pks, nominated_at__lt=_end(as_of))
    return [
        FileEntry(
            day_of(row.nominated_at),
            "nomination",
            row.training_class.title,
            note=_joined(
                row.get_state_display() if as_of is None or _decided(row, as_of) else _("Nominated"),
                row.reason,
            ),
        )
        for row in rows.select_related("training_class").order_by("nominated_at", "pk")
    ]


def _decided(row: Nomination, as_of: Day) -> bool:
    return row.decided_at is not None and row.decided_at < _end(as_of)


@file_section("duties", order=60)
def duties(officer_pks: list[int], as_of: Day | None) -> list[FileEntry]:
    """Part-time duties with their spans. One statement."""
    rows = DutyHolder.objects.filter(officer__in=officer_pks, recorded_at__lt=_end(as_of))
    return [
        FileEntry(
            row.starts_on, "duty", row.duty.name, note=_joined(row.unit.name, _until(row.ends_on, as_of))
        )
        for row in rows.select_related("duty", "unit").order_by("starts_on", "pk")
    ]


@file_section("posts", order=70)
def posts(officer_pks: list[int], as_of: Day | None) -> list[FileEntry]:
    """Where the person served, as what, since when; and leaving. Two statements."""
    rows = Appointment.objects.filter(officer__in=officer_pks, recorded_at__lt=_end(as_of))
    found = [
        FileEntry(
            row.starts_on,
            "post",
            _joined(row.unit.name, row.post.name, row.rank),
            note=_joined(_until(row.ends_on, as_of), row.reason),
        )
        for row in rows.select_related("unit", "post").order_by("starts_on", "pk")
    ]
    left = Officer.objects.filter(pk__in=officer_pks, left_on__isnull=False, merged_into=None)
    days = left.values_list("left_on", flat=True)
    return found + [
        FileEntry(day, "post", _("Left the bureau")) for day in days if day and _known(day, as_of)
    ]


def _known(day: Day, as_of: Day | None) -> bool:
    return as_of is None or day <= as_of


def _until(ends_on: Day | None, as_of: Day | None) -> str:
    """An end that had come by the day; one that came later was not known then."""
    if ends_on is None or (as_of is not None and ends_on > as_of):
        return ""
    return _("until %(day)s") % {"day": ends_on - datetime.timedelta(days=1)}
