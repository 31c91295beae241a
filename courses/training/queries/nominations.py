"""Reading nominations for classes of the superior."""

from collections.abc import Collection

from django.db.models import Prefetch, Q, QuerySet

from courses.training.models import Nomination, NominationQuota, TrainingClass
from courses.training.queries.plans import inside
from courses.training.state import NominationState

LIVE = (NominationState.NOMINATED.value, NominationState.APPROVED.value)


def superior_classes(paths: Collection[str]) -> QuerySet[TrainingClass]:
    """Classes of the superior that these units organise or have places in, the latest first."""
    concerned = Q(pk__in=NominationQuota.objects.filter(inside(paths)).values("training_class"))
    found = TrainingClass.objects.filter(inside(paths) | concerned, origin=TrainingClass.Origin.SUPERIOR)
    return found.exclude(state=TrainingClass.State.DRAFT).select_related("unit").order_by("-starts_on", "-pk")


def with_quotas(classes: QuerySet[TrainingClass], paths: Collection[str]) -> QuerySet[TrainingClass]:
    """The same with the quotas of these units as `quotas_here`."""
    quotas = NominationQuota.objects.filter(inside(paths)).select_related("unit").order_by("unit__path")
    return classes.prefetch_related(Prefetch("quotas", quotas, to_attr="quotas_here"))


def quotas_of(course: TrainingClass, paths: Collection[str]) -> list[NominationQuota]:
    """The quotas of a class for these units, each with its nominations as `people`. Two statements."""
    people = Nomination.objects.select_related("officer", "unit", "external").order_by(
        "unit__path", "officer__staff_number", "pk"
    )
    quotas = NominationQuota.objects.filter(inside(paths), training_class=course).select_related("unit")
    return list(quotas.prefetch_related(Prefetch("nominations", people, to_attr="people")))


def of_officer(officers: Collection[int]) -> QuerySet[Nomination]:
    """The nominations of a person (all their records), the latest class first."""
    found = Nomination.objects.filter(officer__in=officers).select_related(
        "training_class", "external", "unit"
    )
    return found.order_by("-training_class__starts_on", "-pk")


def coming(officers: Collection[int]) -> list[Nomination]:
    """What somebody is nominated for and has not brought a result from yet, the next first."""
    found = of_officer(officers).filter(state__in=LIVE)
    return list(found.order_by("training_class__starts_on")[:5])


def to_decide(paths: Collection[str]) -> QuerySet[Nomination]:
    """The nominations of these units that nobody has decided on, the oldest first."""
    found = Nomination.objects.filter(inside(paths), state=NominationState.NOMINATED.value)
    return found.select_related("officer", "unit", "training_class").order_by("nominated_at", "pk")
