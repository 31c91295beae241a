"""The result sheet and the record of a match as PDF."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from exams.contests.models import Match
from exams.contests.permissions.authoring import organises, reads
from exams.contests.queries.matches import roles_at
from exams.contests.rendering import papers
from lianbing.kit import clock
from lianbing.people.request import Request


def _started(request: Request, uid: uuid.UUID) -> Match:
    match = get_object_or_404(Match.objects.select_related("contest__unit"), uid=uid)
    if match.started_at is None or not reads(request.actor, match.contest):
        raise Http404
    return match


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def result_pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The result sheet, for everybody who may read about the contest."""
    match = _started(request, uid)
    return _file(papers.result_pdf(match=match, at=clock.now()), f"result-{match.uid.hex[:8]}")


@require_safe
def record_pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The full record, for the contest's organisers, hosts, judges and chief referee."""
    match = _started(request, uid)
    if not (organises(request.actor, match.contest) or roles_at(match.contest, request.actor)):
        raise Http404
    return _file(papers.record_pdf(match=match, at=clock.now()), f"record-{match.uid.hex[:8]}")
