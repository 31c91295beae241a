"""Error reports, for reviewers and for those who reported."""

from collections.abc import Collection

from django.db.models import QuerySet

from lianbing.people.rules import Actor
from question_bank.models import ErrorReport
from question_bank.permissions import pools_for


def reports_to_answer(actor: Actor) -> QuerySet[ErrorReport]:
    """What waits for an answer this person may give, oldest first; nobody answers themselves."""
    return (
        ErrorReport.objects.filter(answered_at=None, version__question__pool__in=pools_for(actor))
        .exclude(reporter=actor.user_id)
        .select_related("version__question__bank")
        .order_by("reported_at", "pk")
    )


def reports_on(question_id: int) -> list[ErrorReport]:
    """All reports on a question, newest first."""
    return list(ErrorReport.objects.filter(version__question=question_id).select_related("version"))


def reports_by(actor: Actor) -> QuerySet[ErrorReport]:
    """What this person reported, newest first, with the versions they were asked."""
    return ErrorReport.objects.filter(reporter=actor.user_id).select_related("version")


def reported_versions(actor: Actor, version_ids: Collection[int]) -> dict[int, ErrorReport]:
    """This person's reports on these versions, by version."""
    found = ErrorReport.objects.filter(reporter=actor.user_id, version__in=version_ids)
    return {report.version_id: report for report in found}
