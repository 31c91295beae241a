"""Change-training: one's own tasks, and how the people of one's units stand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from courses.drills.models import ChangeTask, ChangeTraining
from courses.drills.permissions.change import may_withdraw, reading_scopes
from courses.drills.queries import change as queries
from courses.drills.rules import change as rules
from courses.drills.services import change as services
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 30
STATES = {
    "": gettext_lazy("Everybody"),
    rules.FAILED: gettext_lazy("Not passed"),
    rules.OVERDUE: pgettext_lazy("task", "Overdue"),
    rules.OPEN: gettext_lazy("Still to do"),
    rules.PASSED: gettext_lazy("Passed"),
}


def _with_state(task: ChangeTask) -> tuple[ChangeTask, str]:
    return task, rules.state(
        passed=task.passed_at is not None,
        failed=task.failed_at is not None,
        withdrawn=task.withdrawn_at is not None,
        due_on=task.due_on,
        today=clock.today(),
    )


@require_safe
def changes(request: Request) -> HttpResponse:
    """What changed for my post, and where I stand with it."""
    rows = (
        queries.tasks_of(request.actor.officer_id) if request.actor.officer_id else ChangeTask.objects.none()
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [_with_state(task) for task in page],
        "passing": rules.PASS,
        "asked": rules.ASKED,
    }
    return render(request, "drills/change/mine.html", context)


@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    """Begin the short test, or go on with it."""
    mine = ChangeTask.objects.filter(officer=request.actor.officer_id)
    task = get_object_or_404(mine.select_related("training__card_version"), pk=pk)
    try:
        made = services.begin(task=task, by=request.actor, at=clock.now())
    except services.ChangeRefused as error:
        messages.warning(request, str(error))
        return redirect("drills:changes")
    return redirect("drills:set", made.uid)


@require_safe
def desk(request: Request) -> HttpResponse:
    """Every change and how the people of my units stand with it."""
    rows = queries.trainings(reading_scopes(request.actor), clock.today())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "drills/change/desk.html", {"page_obj": page})


@require_safe
def people(request: Request, pk: int) -> HttpResponse:
    """Who of my units has passed a change, who has not; `?state=` narrows it."""
    training = get_object_or_404(ChangeTraining.objects.select_related("edition__law"), pk=pk)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    scopes, today = reading_scopes(request.actor), clock.today()
    page = Paginator(queries.people_of(training, scopes, today, state), PER_PAGE).get_page(
        request.GET.get("page")
    )
    units = queries.units_of([task.officer_id for task in page], today)
    context = {
        "training": training,
        "counts": queries.trainings(scopes, today).get(pk=pk),
        "states": STATES,
        "state": state,
        "page_obj": page,
        "lines": [(*_with_state(task), units.get(task.officer_id, "")) for task in page],
        "ready": bool(queries.questions_on(training, clock.now())),
        "may_withdraw": training.withdrawn_at is None and may_withdraw(request.actor),
    }
    return render(request, "drills/change/people.html", context)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Ask nobody any more about a change."""
    training = get_object_or_404(ChangeTraining, pk=pk)
    try:
        services.withdraw(
            training=training, reason=request.POST.get("reason", ""), by=request.actor, at=clock.now()
        )
    except services.ChangeRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Withdrawn. What was passed stays."))
    return redirect("drills:change_people", pk)
