"""Courses whose law changed: the old and the new words beside each other, and what a person says of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.forms.authoring import ReasonForm
from courses.models import CourseFlag
from courses.queries import flags as reading
from courses.rendering import troubles
from courses.services import flags as settling
from courses.services.authoring import Refused
from lianbing.kit import clock
from lianbing.library.rendering import impact
from lianbing.people.request import Request

PER_PAGE = 20


@require_safe
def flags(request: Request) -> HttpResponse:
    """Every lesson that rests on an article whose words hold no more."""
    page = Paginator(reading.open_flags(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (one.flag, one.change, impact.words(one.flag.article, one.change.successor if one.change else None))
        for one in reading.with_changes(list(page.object_list))
    ]
    return render(
        request, "courses/authoring/flags.html", {"page_obj": page, "rows": rows, "form": ReasonForm()}
    )


@require_POST
def flags_settle(request: Request, flag: int) -> HttpResponse:
    """Say with a reason that a lesson is right as it stands."""
    found = get_object_or_404(
        CourseFlag.objects.select_related("lesson__edition__course", "article"), pk=flag
    )
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        settling.settle(flag=found, reason=reason, by=request.actor, at=clock.now())
        messages.success(request, _("Noted: the lesson stays as it is."))
    except Refused as refusal:
        messages.error(request, troubles.refusal(refusal.code))
    return redirect("courses:flags")
