"""Past records as the classes, sessions and rolls they would have been."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Max, Min
from django.utils import timezone

from courses.models import ContentCategory
from courses.training.models import Batch, HourEntry, RollEntry, Session, TakenOver, Trainee, TrainingClass
from courses.training.rules import records
from courses.training.rules.attendance import State
from courses.training.rules.conversion import Activity, Form
from courses.training.rules.records import Record
from courses.training.services.hours import Grant
from lianbing.people.models import Unit
from lianbing.people.rules import Actor

AT_ONCE = 500
LESSON = 45
MOST_MINUTES = 32_000
MORNING, EVENING = datetime.time(9), datetime.time(17)
FORMS = {"self_study": Form.SELF_STUDY, "online_live": Form.ONLINE, "external": Form.EXTERNAL}
STATES = {records.ABSENT: State.ABSENT, records.LEAVE: State.LEAVE}
Key = tuple[str, datetime.date, datetime.date, int]


def _key(record: Record) -> Key:
    """What tells the batches of a class, and the meetings, apart."""
    return record.group, record.starts_on, record.ends_on, record.batch


def minutes_of(record: Record) -> int:
    """The minutes that stand on the roll: those of the row, else 45 for each hour it states."""
    if not records.was_there(record.result):
        return 0
    return min(record.minutes or int((record.hours or 0) * LESSON), MOST_MINUTES)


def grant_of(record: Record, rolls: "Rolls") -> Grant | None:
    """The hours a row gives: as stated, else converted from its minutes. None for exams and who was absent."""
    session = rolls.session_of(record)
    if session is None or not records.was_there(record.result):
        return None
    activity = Activity(
        form=FORMS.get(record.kind, Form.IN_PERSON),
        first=record.starts_on,
        last=record.ends_on,
        minutes=minutes_of(record),
        days=min(record.days, Decimal((record.ends_on - record.starts_on).days + 1)),
    )
    return Grant(
        officer_id=record.officer_id,
        source=f"session:{session.uid}:{record.officer_id}",
        activity=activity,
        title=record.title,
        evidence=record.evidence,
        category_id=rolls.categories[record.category].pk,
        unit=rolls.unit_of(record),
        kind=HourEntry.Kind.IMPORTED,
        hours=record.hours,
        reason=record.note,
    )


@dataclass
class Rolls:
    """Makes the classes, batches, sessions and rolls of a file, and finds those an earlier file made."""

    by: Actor
    at: datetime.datetime
    categories: dict[str, ContentCategory] = field(default_factory=dict)
    _units: dict[str, Unit] = field(default_factory=dict)
    _named: dict[str, Unit] = field(default_factory=dict)
    _root: Unit | None = None
    _classes: dict[str, TrainingClass] = field(default_factory=dict)
    _sessions: dict[Key, Session] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.categories = {row.code: row for row in ContentCategory.objects.all()}
        for unit in Unit.objects.order_by("-path"):
            self._units[unit.path] = self._named[unit.name] = unit
            self._root = unit

    def unit_of(self, record: Record) -> Unit:
        """Where the person served; the bureau itself for whoever served nowhere yet."""
        unit = self._units.get(record.unit_path) or self._root
        assert unit is not None
        return unit

    def session_of(self, record: Record) -> Session | None:
        """The session a record stands on, None for an exam."""
        return self._sessions.get(_key(record))

    def draw_up(self, found: Sequence[Record]) -> None:
        """Make what is missing and put everybody on their roll."""
        self._find(found)
        for record in found:
            if _key(record) not in self._sessions:
                self._sessions[_key(record)] = self._session(record)
        trained = [record for record in found if records.is_class(record.kind)]
        Trainee.objects.bulk_create([self._trainee(record) for record in trained], batch_size=AT_ONCE)
        self._count(trained)
        RollEntry.objects.bulk_create([self._entry(record) for record in found], batch_size=AT_ONCE)

    def _find(self, found: Sequence[Record]) -> None:
        rows = TakenOver.objects.filter(group__in={record.group for record in found}).exclude(session=None)
        for row in rows.select_related("session__batch__training_class"):
            session = row.session
            assert session is not None
            if session.batch is not None:
                self._classes[row.group] = session.batch.training_class
            key = (row.group, row.starts_on, row.ends_on, row.said["batch"])
            self._sessions.setdefault(key, session)

    def _session(self, record: Record) -> Session:
        batch = self._batch(record) if records.is_class(record.kind) else None
        begins = timezone.make_aware(datetime.datetime.combine(record.starts_on, MORNING))
        ends = timezone.make_aware(datetime.datetime.combine(record.ends_on, EVENING))
        return Session.objects.create(
            batch=batch,
            unit=self._organiser(record),
            kind=Session.Kind.LECTURE if batch else record.kind,
            category=self.categories[record.category],
            topic=record.title,
            starts_at=begins,
            ends_at=ends,
            held_from=begins,
            held_to=ends,
            state=Session.State.CLOSED,
            recorder=self.by.snapshot(),
            note="",
            created_at=self.at,
        )

    def _organiser(self, record: Record) -> Unit:
        unit = self._named.get(record.organiser) or self._root
        assert unit is not None
        return unit

    def _batch(self, record: Record) -> Batch:
        of = self._classes.get(record.group) or self._class(record)
        self._classes[record.group] = of
        taken = of.batches.aggregate(last=Max("number"))["last"] or 0
        number = record.batch or taken + 1
        if of.batches.filter(number=number).exists():
            number = taken + 1
        return Batch.objects.create(
            training_class=of, number=number, starts_on=record.starts_on, ends_on=record.ends_on
        )

    def _class(self, record: Record) -> TrainingClass:
        return TrainingClass.objects.create(
            title=record.title,
            unit=self._organiser(record),
            kind=record.kind,
            category=self.categories[record.category],
            topic="",
            description=record.organiser,
            starts_on=record.starts_on,
            ends_on=record.ends_on,
            state=TrainingClass.State.FINISHED,
            created_at=self.at,
            finished_at=self.at,
        )

    def _trainee(self, record: Record) -> Trainee:
        session = self._sessions[_key(record)]
        assert session.batch is not None
        failed = record.result == records.FAILED or not records.was_there(record.result)
        return Trainee(
            batch=session.batch,
            training_class=session.batch.training_class,
            officer_id=record.officer_id,
            unit=self.unit_of(record),
            source=Trainee.Source.IMPORTED,
            state=Trainee.State.FAILED if failed else Trainee.State.FINISHED,
            score=record.score,
            reason=record.note,
            enrolled_at=self.at,
        )

    def _count(self, trained: Sequence[Record]) -> None:
        """Places taken, and the days of a class from its first batch to its last."""
        batches = {self._sessions[_key(record)].batch_id or 0 for record in trained}
        for batch in Batch.objects.filter(pk__in=batches):
            batch.taken = batch.trainees.exclude(state=Trainee.State.WITHDRAWN).count()
            batch.save(update_fields=["taken"])
        for of in TrainingClass.objects.filter(batches__in=batches).distinct():
            days = of.batches.aggregate(first=Min("starts_on"), last=Max("ends_on"))
            of.starts_on, of.ends_on = days["first"], days["last"]
            of.save(update_fields=["starts_on", "ends_on"])

    def _entry(self, record: Record) -> RollEntry:
        return RollEntry(
            session=self._sessions[_key(record)],
            officer_id=record.officer_id,
            unit=self.unit_of(record),
            state=STATES.get(record.result, State.PRESENT),
            by_hand=True,
            minutes=minutes_of(record),
            method="paper",
            note=record.note,
        )
