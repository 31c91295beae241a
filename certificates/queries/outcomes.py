"""What became of candidates, as SQL. Only released sittings count, and rehearsals never.

`exams.queries.released_outcomes` says the same for one sitting; a test holds the two together.
"""

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from exams.models import Candidate, MarkRecord, Sitting

PASSED, FAILED, ABSENT = "passed", "failed", "absent"


def released_sittings() -> QuerySet[Sitting]:
    """Sittings whose results are out, newest first."""
    return Sitting.objects.filter(released_at__isnull=False, is_rehearsal=False).order_by(
        "-released_at", "-pk"
    )


def sittings_of(unit_paths: list[str]) -> QuerySet[Sitting]:
    """Released sittings with at least one candidate of these subtrees, newest first."""
    inside = Q(pk=None)
    for path in unit_paths:
        inside |= Q(unit__path__startswith=path)
    candidates = Candidate.objects.filter(inside, sitting=OuterRef("pk"))
    return released_sittings().filter(Exists(candidates))


def released_candidates() -> QuerySet[Any]:
    """Candidates of released sittings with `score` (the latest mark) and `outcome`, newest sitting first.

    `absent` = nothing was marked; whoever was marked below the pass mark has failed.
    """
    latest = MarkRecord.objects.filter(attempt__candidate=OuterRef("pk")).order_by("-number")
    return (
        Candidate.objects.filter(
            sitting__released_at__isnull=False,
            sitting__is_rehearsal=False,
            officer__user__is_rehearsal=False,
        )
        .annotate(
            score=Subquery(latest.values("score")[:1]), full_marks=Subquery(latest.values("full_marks")[:1])
        )
        .annotate(
            outcome=Case(
                When(score__isnull=True, then=Value(ABSENT)),
                When(score__gte=F("sitting__pass_mark"), then=Value(PASSED)),
                default=Value(FAILED),
                output_field=CharField(),
            )
        )
        .order_by("-sitting__released_at", "-pk")
    )


def passes(sitting: Sitting) -> QuerySet[Any]:
    """Who passed a released sitting, with officer and attempt, by staff number."""
    return (
        released_candidates()
        .filter(sitting=sitting, outcome=PASSED)
        .select_related("officer", "attempt")
        .order_by("staff_number")
    )
