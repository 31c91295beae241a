"""What a person sees of their own exams: the list, the rules before the start, the result."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from exams.models import Candidate
from exams.queries import results
from exams.rendering import marking_text, refusal_text
from exams.services import submission
from exams.state import OPEN
from exams.views.taking import own_attempt
from lianbing.kit import clock
from lianbing.people.request import Request


@require_GET
def home(request: Request) -> HttpResponse:
    """One's own exams: due now or coming, and past results."""
    now = clock.now()
    found = results.exams_of(request.actor.officer_id, now)
    due = [one for one in found if one.verdict.may_start or one.verdict.may_resume]
    coming = [one for one in found if one.verdict.refusal == "not_yet"]
    past = [one for one in found if one not in due and one not in coming]
    return render(request, "exams/home.html", {"due": due, "coming": coming, "past": past, "at": now})


@require_GET
def rules(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The rules in words before the start: until when, how it is marked, what is saved."""
    now = clock.now()
    candidate = get_object_or_404(
        Candidate.objects.select_related("sitting", "attempt", "paper"),
        sitting__uid=uid,
        sitting__papers_frozen_at__isnull=False,
        officer_id=request.actor.officer_id or 0,
    )
    one = results.due_of(candidate, now)
    context = {
        "one": one,
        "sitting": candidate.sitting,
        "questions": len(candidate.paper.items),
        "full_marks": candidate.paper.full_marks,
        "marking_text": marking_text(candidate.sitting.marking_rule),
        "why": refusal_text(one.verdict.refusal, candidate.sitting) if one.verdict.refusal else "",
    }
    return render(request, "exams/rules.html", context)


@require_GET
def result(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One's own result. Score, key and explanation appear only once results are released."""
    now = clock.now()
    attempt = submission.refresh(own_attempt(request, uid), at=now)
    sitting = attempt.candidate.sitting
    if attempt.state == OPEN:
        raise Http404
    context: dict[str, Any] = {
        "attempt": attempt,
        "sitting": sitting,
        "receipt": submission.receipt_for(attempt),
    }
    if sitting.released_at is not None and sitting.released_at <= now:
        record = attempt.mark_records.order_by("-number").first()
        context |= {"record": record, "outcome": results.outcome_word(record, sitting)}
        if sitting.shows_review and record is not None:
            context["items"] = results.review(attempt, record)
    return render(request, "exams/result.html", context)
