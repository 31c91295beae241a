"""An officer's own learning tasks."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.models import LearningTask
from courses.queries import assignments as reading
from courses.services import assignments
from lianbing.kit import clock
from lianbing.people.request import Request

DONE_SHOWN = 30


@require_safe
def my_tasks(request: Request) -> HttpResponse:
    """What one has to do, what is due first standing first; what may be done; what is done."""
    today = clock.today()
    found = list(reading.tasks_of(request.actor.officer_id).filter(done_at=None))
    links = reading.circulations_for_tasks(found, request.actor.officer_id, today)
    rows = [reading.TaskRow(t, t.compulsory and t.due_on < today, links.get(t.pk)) for t in found]
    done = reading.tasks_of(request.actor.officer_id).exclude(done_at=None).order_by("-done_at", "-pk")
    context = {
        "late": [row for row in rows if row.overdue],
        "open": [row for row in rows if row.task.compulsory and not row.overdue],
        "elective": [row for row in rows if not row.task.compulsory],
        "page_obj": Paginator(done, DONE_SHOWN).get_page(request.GET.get("page")),
        "today": today,
    }
    return render(request, "courses/tasks/tasks.html", context)


@require_POST
def task_confirm(request: Request, pk: int) -> HttpResponse:
    """Say that one has read what a task asks."""
    task = LearningTask.objects.filter(pk=pk, officer=request.actor.officer_id, officer__isnull=False).first()
    if task is None:
        raise Http404
    try:
        assignments.confirm(task=task, by=request.actor, at=clock.now())
    except assignments.AssignmentRefused as error:
        text = (
            _("This need not be done any more.")
            if error.code == "withdrawn"
            else _("A course is done by learning it.")
        )
        messages.error(request, text)
    else:
        messages.success(request, _("Confirmed."))
    return redirect("courses:tasks")
