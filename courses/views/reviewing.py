"""The look of a second person: what a course changes against its last edition, and the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.forms.authoring import ReviewForm
from courses.models import CoursePage
from courses.permissions import authoring as permissions
from courses.queries import authoring as reading
from courses.queries.comparing import asked_in, changes
from courses.queries.lessons import prepare
from courses.rendering import changes as rendering
from courses.rendering import lessons as lesson_rendering
from courses.rendering import troubles
from courses.services import authoring, keeping, publishing
from lianbing.kit import clock
from lianbing.people.request import Request


@require_http_methods(["GET", "POST"])
def review(request: Request, course: int) -> HttpResponse:
    """Publish what is in review as the next edition, or send it back with a reason."""
    found = get_object_or_404(CoursePage.objects.select_related("category"), pk=course)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, found, form)
    return _page(request, found, form)


def _page(request: Request, course: CoursePage, form: ReviewForm) -> HttpResponse:
    state = reading.waiting_state(course)
    draft = reading.written(course, state)
    outcome = prepare(draft, clock.now())
    old = reading.last_edition(course)
    authors, alone = reading.authors_of(course), reading.alone()
    context = {
        "course": course,
        "draft": draft,
        "form": form,
        "state": state,
        "old": old,
        "troubles": [troubles.say(one) for one in outcome.troubles],
        "minutes": outcome.minutes,
        "lessons": [
            (one, lesson_rendering.pieces(one.body), asked)
            for one, asked in zip(outcome.lessons, asked_in(outcome.lessons), strict=True)
        ],
        "changes": rendering.shown(changes(old, outcome.lessons, rendering.labels())),
        "wrote": request.actor.user_id in authors,
        "may_decide": state is not None
        and permissions.can_approve(request.actor, authors=authors, alone=alone),
        "decisions": reading.decisions_on(course),
    }
    return render(request, "courses/authoring/review.html", context)


def _decide(request: Request, course: CoursePage, form: ReviewForm) -> HttpResponse:
    said, by, at = form.cleaned_data, request.actor, clock.now()
    try:
        if said["decision"] == "send_back":
            publishing.send_back(course=course, reason=said["comment"], by=by, at=at)
            messages.success(request, _("The course went back to its author."))
            return redirect("courses:manage")
        edition = publishing.approve(course=course, note=said["comment"], by=by, at=at)
    except authoring.Refused as refusal:
        form.add_error("comment" if refusal.code == "reason" else None, troubles.refusal(refusal.code))
    except publishing.Unfinished as problem:
        for one in problem.troubles:
            form.add_error(None, troubles.say(one))
    except keeping.FileGone as problem:
        form.add_error(None, _("The file “%(name)s” cannot be read any more.") % {"name": str(problem)})
    else:
        messages.success(request, _("Published as edition %(number)s.") % {"number": edition.number})
        return redirect("courses:manage_course", course.pk)
    return _page(request, course, form)
