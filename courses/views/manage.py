"""The trainers' desk: all courses with their state, one course with its history, and what can be done with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.forms.authoring import DeskForm, ReasonForm, RuleForm
from courses.models import CourseEdition, CoursePage
from courses.permissions import authoring as permissions
from courses.permissions.assignments import WATCHERS
from courses.queries import authoring as reading
from courses.queries.assignments import naming
from courses.queries.flags import open_flags
from courses.rendering import lessons as rendering
from courses.rendering import troubles
from courses.services import authoring, publishing
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 30
MOST_NAMED = 50


@require_safe
def manage(request: Request) -> HttpResponse:
    """Every course with its state, under filters, what was written last first."""
    form = DeskForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    category = wanted.get("category")
    found = reading.narrowed(
        words=wanted.get("q") or "",
        state=wanted.get("state") or "",
        category=category.pk if category else None,
        mine=request.actor.user_id if wanted.get("mine") else None,
    )
    context = {
        "form": form,
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "counts": reading.counts(),
        "filtered": any(wanted.values()),
        "may_rule": permissions.can_rule(request.actor),
        "may_assign": request.actor.has(*WATCHERS),
    }
    return render(request, "courses/authoring/manage.html", context)


@require_safe
def write(request: Request) -> HttpResponse:
    """Straight into the editor with an empty course."""
    index = authoring.ensure_courses()
    return redirect("wagtailadmin_pages:add", "courses", "coursepage", index.pk)


@require_safe
def manage_course(request: Request, course: int) -> HttpResponse:
    """One course: its state, its editions, who did what, and what can be done now."""
    found = get_object_or_404(reading.courses().defer(None), pk=course)
    context = {
        "course": found,
        "editions": list(found.editions.all()),
        "flags": list(open_flags(found.pk)[:20]),
        "acts": reading.acts_on(found),
        "state": reading.waiting_state(found),
        "wrote": request.actor.user_id in reading.authors_of(found),
    }
    return render(request, "courses/authoring/course.html", context)


@require_safe
def edition(request: Request, edition: int) -> HttpResponse:
    """A published edition as learners see it."""
    found = get_object_or_404(CourseEdition.objects.select_related("course", "category"), pk=edition)
    lessons = [(one, rendering.pieces(one.body)) for one in found.lessons.all()]
    return render(request, "courses/authoring/edition.html", {"edition": found, "lessons": lessons})


@require_POST
def submit(request: Request, course: int) -> HttpResponse:
    """Hand a course in for review as it was last saved."""
    found = get_object_or_404(CoursePage, pk=course)
    try:
        publishing.submit(course=found, by=request.actor, at=clock.now())
    except publishing.Unfinished as problem:
        for one in problem.troubles:
            messages.error(request, troubles.say(one))
        return redirect("wagtailadmin_pages:edit", found.pk)
    except authoring.Refused as refusal:
        messages.error(request, troubles.refusal(refusal.code))
        return redirect("courses:manage_course", found.pk)
    messages.success(request, _("Handed in for review."))
    return redirect("courses:review", found.pk)


@require_POST
def take_back(request: Request, course: int) -> HttpResponse:
    """Go on writing what was handed in."""
    found = get_object_or_404(CoursePage, pk=course)
    try:
        publishing.take_back(course=found, by=request.actor, at=clock.now())
    except authoring.Refused as refusal:
        messages.error(request, troubles.refusal(refusal.code))
        return redirect("courses:manage_course", found.pk)
    return redirect("wagtailadmin_pages:edit", found.pk)


@require_POST
def copy(request: Request, course: int) -> HttpResponse:
    """A new draft with all lessons, straight into the editor."""
    found = get_object_or_404(CoursePage, pk=course)
    made = authoring.copy_course(course=found, by=request.actor, at=clock.now())
    messages.success(request, _("Copied. The copy is a draft of its own."))
    return redirect("wagtailadmin_pages:edit", made.pk)


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, course: int) -> HttpResponse:
    """Take a course out of the catalogue, with a reason."""
    found = get_object_or_404(CoursePage, pk=course)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            authoring.withdraw(course=found, reason=reason, by=request.actor, at=clock.now())
        except authoring.Refused as refusal:
            form.add_error(None, troubles.refusal(refusal.code))
        else:
            messages.success(request, _("Withdrawn. Nobody can begin it any more."))
            return redirect("courses:manage_course", found.pk)
    context = {"course": found, "form": form, "naming": list(naming(found.pk)[:MOST_NAMED])}
    return render(request, "courses/authoring/withdraw.html", context)


@require_POST
def restore(request: Request, course: int) -> HttpResponse:
    """Put a withdrawn course back into the catalogue."""
    found = get_object_or_404(CoursePage, pk=course)
    try:
        authoring.restore(course=found, by=request.actor, at=clock.now())
        messages.success(request, _("The course is open again."))
    except authoring.Refused as refusal:
        messages.error(request, troubles.refusal(refusal.code))
    return redirect("courses:manage_course", found.pk)


@require_http_methods(["GET", "POST"])
def rule(request: Request) -> HttpResponse:
    """Whether who wrote a course may publish it alone."""
    form = RuleForm(request.POST or None, initial={"alone": reading.alone()})
    if request.method == "POST" and form.is_valid():
        authoring.set_rule(alone=form.cleaned_data["alone"], by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
        return redirect("courses:rule")
    may_manage = permissions.can_author(request.actor)
    return render(request, "courses/authoring/rule.html", {"form": form, "may_manage": may_manage})
