"""Who is approved for a class of the superior stands in a batch of it, so that nothing else takes their time."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.training.models import Batch, Nomination, Trainee, TrainingClass
from courses.training.services.classes import ClassRefused, save_batch
from courses.training.services.locks import PeriodLocked
from courses.training.services.trainees import EnrolRefused, enrol, withdraw
from lianbing.people.rules import Actor

REFUSALS = (EnrolRefused, ClassRefused, PeriodLocked)


def stand_in_batch(*, nomination: Nomination, by: Actor, at: datetime.datetime) -> None:
    """Put the nominated person into the first batch that takes them; a class without one gets one over its days.

    Who stands in the class already stays there. Raises EnrolRefused (the first batch's reason),
    ClassRefused, PeriodLocked.
    """
    with transaction.atomic():
        held = TrainingClass.objects.select_for_update(no_key=True, of=("self",))
        course = held.select_related("unit").get(pk=nomination.training_class_id)
        there = Trainee.objects.filter(training_class=course, officer=nomination.officer_id)
        if there.exclude(state=Trainee.State.WITHDRAWN).exists():
            return
        refusal: EnrolRefused | PeriodLocked | None = None
        for batch in _batches(course, by, at):
            try:
                enrol(
                    batch=batch,
                    officers=[nomination.officer],
                    source=Trainee.Source.NOMINATED,
                    by=by,
                    at=at,
                )
            except (EnrolRefused, PeriodLocked) as error:
                refusal = refusal or error
            else:
                return
        assert refusal is not None
        raise refusal


def _batches(course: TrainingClass, by: Actor, at: datetime.datetime) -> list[Batch]:
    """The batches of the class by their days."""
    found = list(course.batches.order_by("starts_on", "number"))
    if found:
        return found
    days = {"number": 1, "starts_on": course.starts_on, "ends_on": course.ends_on, "capacity": 0}
    return [save_batch(training_class=course, values=days, by=by, at=at)]


def leave_batch(*, nomination: Nomination, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take them out of the batch again, if the nomination brought them there. Raises EnrolRefused, PeriodLocked."""
    trainee = (
        Trainee.objects.filter(
            training_class=nomination.training_class_id,
            officer=nomination.officer_id,
            state=Trainee.State.ENROLLED,
            source=Trainee.Source.NOMINATED,
        )
        .select_related("officer", "batch__training_class")
        .first()
    )
    if trainee is not None:
        withdraw(trainee=trainee, reason=reason or _("Withdrawn"), by=by, at=at)
