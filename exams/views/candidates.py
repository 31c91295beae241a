"""What a person sees of their own exams: the list, the rules before the start, the result."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from exams.models import Candidate
from exams.queries import results
from exams.queries.papers import stems_of
from exams.queries.review import ReviewedSection, review, section_results
from exams.rendering import refusal_text, shown_sections
from exams.rules.marks import sections_of
from exams.services import submission
from exams.state import OPEN
from exams.views.taking import own_attempt
from lianbing.kit import clock
from lianbing.library.rendering.links import Linker
from lianbing.people.request import Request
from question_bank.queries import carried, reported_versions, reports_by
from question_bank.services import NotAllowedNow, NotSaid, report_error

REPORTS_PER_PAGE = 20


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
    paper = candidate.paper
    context = {
        "one": one,
        "sitting": candidate.sitting,
        "questions": len(paper.items),
        "full_marks": paper.full_marks,
        "sections": shown_sections(paper.items, sections_of(paper.sections, candidate.sitting.marking_rule)),
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
        if record is not None:
            context["sums"] = section_results(attempt, record)
            context["sections"] = review(attempt, record) if sitting.shows_review else []
            shown = [item.shown.context for section in context["sections"] for item in section.items]
            context["pictures"] = carried(stems_of(shown))
            context["reported"] = reported_versions(
                request.actor, [item[0] for item in attempt.candidate.paper.items]
            )
            context["linker"] = _linker(context["sections"], sitting.opens_at)
    return render(request, "exams/result.html", context)


def _linker(sections: list[ReviewedSection], opened_at: datetime.datetime) -> Linker:
    """The laws that explanations and citations name, as they held on the day of the exam."""
    items = [item for section in sections for item in section.items]
    cited = [citation.text for item in items for citation in item.citations if citation.article is None]
    linker = Linker(timezone.localtime(opened_at).date())
    return linker.prepare([*(item.explanation for item in items), *cited])


@require_POST
def report(request: Request, uid: uuid.UUID, position: int) -> HttpResponse:
    """Say what is wrong with a question of one's own paper, once its review has been released."""
    attempt = own_attempt(request, uid)
    sitting, items = attempt.candidate.sitting, attempt.candidate.paper.items
    now = clock.now()
    released = sitting.released_at is not None and sitting.released_at <= now
    if not released or not sitting.shows_review or not 1 <= position <= len(items):
        raise Http404
    version, text = items[position - 1][0], request.POST.get("text", "")
    try:
        report_error(version_id=version, text=text, by=request.actor, at=now)
        messages.success(request, _("Thank you. A reviewer looks at the question and answers you."))
    except NotSaid:
        messages.error(request, _("Say in four to 500 characters what is wrong."))
    except NotAllowedNow:
        messages.error(request, _("You have reported this question already."))
    return redirect(f"{reverse('exams:result', args=[uid])}#question-{position}")


@require_GET
def reports(request: Request) -> HttpResponse:
    """What this person reported, with the answers."""
    page = Paginator(reports_by(request.actor), REPORTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "exams/reports.html", {"page_obj": page})
