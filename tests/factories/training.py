"""Training for tests: rooms, instructors, a class with batches and trainees, sessions."""

import datetime

from courses.models import ContentCategory
from courses.training.models import Batch, Instructor, Room, RotationCycle, Session, Trainee, TrainingClass
from tests.factories import people

NINE = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
"""Friday 20 November 2026, 09:00 in Shanghai, as the fixture `at`."""
TODAY = datetime.date(2026, 11, 20)
MINUTE, HOUR, DAY = (datetime.timedelta(minutes=1), datetime.timedelta(hours=1), datetime.timedelta(days=1))


def category(code="practice", name="执法业务", main="professional", **fields):
    """A content category, made once."""
    return ContentCategory.objects.get_or_create(code=code, defaults={"name": name, "main": main, **fields})[
        0
    ]


def room(unit=None, name="一号教室", **fields):
    """A room."""
    return Room.objects.create(unit=unit or people.unit(), name=name, **fields)


def instructor(unit=None, name="周教官", officer=None, **fields):
    """An instructor of the pool: an outsider unless an officer is given."""
    named = officer.name if officer else name
    return Instructor.objects.create(unit=unit or people.unit(), name=named, officer=officer, **fields)


def training_class(unit=None, starts_on=TODAY, ends_on=TODAY + 4 * DAY, state="open", **fields):
    """An announced in-service class of five days from today. `kind`, `audience` ... as wanted."""
    fields.setdefault("title", "春季集中培训")
    fields.setdefault("kind", "in_service")
    fields.setdefault("category", None)
    fields["category"] = fields["category"] or category()
    return TrainingClass.objects.create(
        unit=unit or people.unit(),
        starts_on=starts_on,
        ends_on=ends_on,
        state=state,
        created_at=NINE - 30 * DAY,
        **fields,
    )


def batch(of=None, number=None, **fields):
    """A batch over the days of its class."""
    of = of or training_class()
    fields.setdefault("starts_on", of.starts_on)
    fields.setdefault("ends_on", of.ends_on)
    return Batch.objects.create(training_class=of, number=number or of.batches.count() + 1, **fields)


def trainee(in_batch=None, officer=None, state="enrolled", **fields):
    """Somebody enrolled in a batch; a new officer of the class's unit unless one is given."""
    in_batch = in_batch or batch()
    unit = fields.pop("unit", None) or in_batch.training_class.unit
    officer = officer or people.officer(unit)
    made = Trainee.objects.create(
        batch=in_batch,
        training_class=in_batch.training_class,
        officer=officer,
        unit=unit,
        state=state,
        enrolled_at=NINE - 20 * DAY,
        **fields,
    )
    if state != "withdrawn":
        in_batch.taken += 1
        in_batch.save(update_fields=["taken"])
    return made


def session(in_batch=None, unit=None, starts_at=NINE, minutes=90, instructors=(), **fields):
    """A planned session of ninety minutes from nine; without a batch a meeting of the unit."""
    unit = unit or (in_batch.training_class.unit if in_batch else people.unit())
    fields.setdefault("category", None)
    fields["category"] = fields["category"] or category()
    fields.setdefault("topic", "行政处罚程序")
    fields.setdefault("kind", "lecture" if in_batch else "study_day")
    made = Session.objects.create(
        batch=in_batch,
        unit=unit,
        starts_at=starts_at,
        ends_at=starts_at + minutes * MINUTE,
        created_at=NINE - 20 * DAY,
        **fields,
    )
    made.instructors.set(instructors)
    return made


def cycle(unit=None, first_year=2025, years=3, **fields):
    """A cycle of rotation of three years from 2025 for everybody."""
    fields.setdefault("title", "中队长三年轮训")
    return RotationCycle.objects.create(
        unit=unit or people.unit(), first_year=first_year, years=years, created_at=NINE, **fields
    )
