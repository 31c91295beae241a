"""What a learner sees of courses: the catalogue, a course, the statement of completion."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.forms.learning import CatalogueForm
from courses.models import CoursePage, Enrolment
from courses.permissions.learning import may_follow, may_learn
from courses.queries import catalogue as listing
from courses.queries import learning as queries
from courses.rendering.statements import statement_pdf
from courses.services import learning
from courses.services.learning import CannotLearn
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 24


def refusal(error: CannotLearn) -> str:
    """Why a course or a lesson was not begun, in words."""
    if error.code == "missing":
        titles = "、".join(f"《{page.title}》" for page in error.before)
        return _("Complete first: %(titles)s") % {"titles": titles}
    return {
        "stranger": _("There is no officer behind this account, so nothing learned could be kept."),
        "nothing": _("This course has not been published yet."),
        "withdrawn": _("This course has been withdrawn."),
        "closed": _("This course is over for you: completed, or left for a newer edition."),
        "no_newer": _("There is no newer edition."),
    }[error.code]


def own_enrolment(request: Request, uid: uuid.UUID) -> Enrolment:
    """The enrolment of whoever is signed in. Anybody else's does not exist for them."""
    found = queries.enrolment_named(uid, request.actor.officer_id)
    if found is None:
        raise Http404
    return found


@require_GET
def catalogue(request: Request) -> HttpResponse:
    """My courses first, then what is assigned, then everything that can be begun."""
    form = CatalogueForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "category": ""}
    mine, due = listing.mine(request.actor.officer_id), listing.dues(request.actor.officer_id)
    assigned = listing.assigned(due, mine)
    searching = bool(wanted.get("q") or wanted.get("category"))
    above = set() if searching else mine.taken | {one.edition.course_id for one in assigned}
    found = listing.offered(wanted.get("q", ""), wanted.get("category", ""), without=above)
    context = {
        "form": form,
        "searching": searching,
        "mine": mine,
        "learning": listing.with_dues(mine, due),
        "assigned": assigned,
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "may_learn": may_learn(request.actor),
        "may_follow": may_follow(request.actor),
        "today": clock.today(),
    }
    return render(request, "courses/learning/catalogue.html", context)


@require_GET
def course(request: Request, pk: int) -> HttpResponse:
    """One course: its lessons, what must come before, what is needed to finish, how far one is."""
    newest = queries.newest_edition_of(pk)
    if newest is None:
        raise Http404
    officer_id = request.actor.officer_id
    enrolment = queries.open_enrolment(pk, officer_id) if officer_id else None
    completed = listing.last_completed(pk, officer_id)
    edition = enrolment.edition if enrolment else newest
    steps = queries.steps_of(edition, enrolment)
    context: dict[str, Any] = {
        "edition": edition,
        "newest": newest,
        "newer": enrolment is not None and newest.number > edition.number,
        "enrolment": enrolment,
        "completed": completed,
        "steps": steps,
        "next": queries.next_step(steps),
        "done": sum(step.done for step in steps),
        "before": queries.missing_before(newest, officer_id) if enrolment is None else [],
        "withdrawn": newest.course.withdrawn_at is not None,
        "may_learn": may_learn(request.actor),
        "may_follow": may_follow(request.actor),
    }
    return render(request, "courses/learning/course.html", context)


@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    """Begin a course, or go on where one was."""
    page = get_object_or_404(CoursePage.objects.filter(editions__isnull=False).distinct(), pk=pk)
    try:
        enrolment = learning.begin(course=page, by=request.actor, at=clock.now())
    except CannotLearn as error:
        messages.error(request, refusal(error))
        return redirect("courses:course", pk)
    step = queries.next_step(queries.steps_of(enrolment.edition, enrolment))
    if step is None:
        return redirect("courses:course", pk)
    return redirect("courses:lesson", enrolment.uid, step.lesson.position)


@require_POST
def newer(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Go over to the newest edition."""
    enrolment = own_enrolment(request, uid)
    try:
        learning.take_newer(enrolment=enrolment, by=request.actor, at=clock.now())
    except CannotLearn as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("You learn the newest edition now. What did not change stays done."))
    return redirect("courses:course", enrolment.course_id)


@require_GET
def completed(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The course is completed: what it brought, and the statement."""
    enrolment = own_enrolment(request, uid)
    if enrolment.completed_at is None:
        return redirect("courses:course", enrolment.course_id)
    context = {
        "enrolment": enrolment,
        "edition": enrolment.edition,
        "officer": enrolment.officer,
        "opens": listing.opened_by(enrolment.course_id),
        "steps": queries.steps_of(enrolment.edition, enrolment),
    }
    return render(request, "courses/learning/completed.html", context)


@require_GET
def statement(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The statement of completion as a PDF file."""
    enrolment = own_enrolment(request, uid)
    if enrolment.completed_at is None:
        raise Http404
    response = HttpResponse(statement_pdf(enrolment), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{enrolment.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
