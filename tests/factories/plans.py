"""Plans, nominations and external training for tests."""

import datetime
import io
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from courses.training.evidence import read
from courses.training.models import External, NominationQuota, PlanLine, RollEntry, TrainingPlan
from tests.factories import people, training

AT = training.NINE
DUE = datetime.date(2026, 12, 15)


def plan(unit=None, year=2026, state="draft", author=None, **fields):
    """A plan of a unit; approved ones carry their moment."""
    if state in ("approved", "replaced"):
        fields.setdefault("approved_at", AT - 200 * training.DAY)
        fields.setdefault("decided_at", AT - 200 * training.DAY)
        fields.setdefault("decided_by", {"name": "局长", "staff_number": "L"})
    if state == "submitted":
        fields.setdefault("submitted_at", AT)
        fields.setdefault("submitted_by", {"name": "教官", "staff_number": "T"})
    author = author or people.UserFactory()
    unit = unit or people.unit()
    return TrainingPlan.objects.create(
        unit=unit, year=year, state=state, author=author, created_at=AT - 300 * training.DAY, **fields
    )


def line(of=None, owner=None, **fields):
    """A whole line: two classes until the middle of December."""
    of = of or plan()
    facts = {"title": "法制培训", "measure": "classes", "target": Decimal(2), "due_on": DUE} | fields
    return PlanLine.objects.create(plan=of, owner=owner or people.officer(of.unit), **facts)


def closed_session(for_line=None, unit=None, present=(), minutes=90, **fields):
    """A closed session with these people on its roll."""
    unit = unit or (for_line.plan.unit if for_line else None)
    made = training.session(unit=unit, state="closed", plan_line=for_line, **fields)
    for officer in present:
        RollEntry.objects.create(
            session=made, officer=officer, unit=made.unit, state="present", minutes=minutes
        )
    return made


def quota(course=None, unit=None, places=1, nominate_by=DUE):
    """Places for a unit in a class of the superior in two weeks."""
    if course is None:
        unit = unit or people.unit()
        course = superior_class(unit)
    return NominationQuota.objects.create(
        training_class=course, unit=unit or course.unit, places=places, nominate_by=nominate_by, created_at=AT
    )


def superior_class(unit, **fields):
    """A class of the superior, three days two weeks ago."""
    start = training.TODAY - 14 * training.DAY
    facts = {
        "title": "省厅执法骨干培训班",
        "starts_on": start,
        "ends_on": start + 2 * training.DAY,
        "origin": "superior",
    } | fields
    return training.training_class(unit, **facts)


def picture(name="证书.png", kind="PNG", colour="white"):
    """A small image as a browser sends it."""
    data = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(data, kind)
    return SimpleUploadedFile(name, data.getvalue(), content_type="application/octet-stream")


def certificate(**kwargs):
    """A certificate image as evidence."""
    return read(picture(**kwargs))


def external(officer, **fields):
    """Unsaved external training of three days two weeks ago."""
    start = training.TODAY - 14 * training.DAY
    facts = {
        "title": "省厅执法骨干培训班",
        "organiser": "省住建厅",
        "starts_on": start,
        "ends_on": start + 2 * training.DAY,
        "days": Decimal(3),
    } | fields
    return External(officer=officer, **facts)
