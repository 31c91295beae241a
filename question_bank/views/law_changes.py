"""Questions whose law changed: each beside the words before and after, and what a person says of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lianbing.kit import clock
from lianbing.library.models import ArticleChange
from lianbing.people.request import Request
from question_bank import permissions, services
from question_bank.forms import ChangesForm, SayForm
from question_bank.models import Question
from question_bank.queries import law_changes as reading
from question_bank.rendering import law_change_groups

PER_PAGE = 10


@require_safe
def law_changes(request: Request) -> HttpResponse:
    """The changed articles that questions in use wait for; ?coming=on those of the days ahead."""
    form = ChangesForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    today, bank, coming = clock.today(), wanted.get("bank"), wanted.get("coming", False)
    pools = permissions.pools_for(request.actor)
    found = reading.waiting_changes(today, bank=bank, pools=pools, coming=coming)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    waiting = reading.waiting(list(page.object_list), bank=bank, pools=pools)
    context = {
        "form": form,
        "page_obj": page,
        "groups": law_change_groups(waiting, request.actor),
        "coming": coming,
        "may_write": permissions.can_write(request.actor),
    }
    return render(request, "question_bank/law_changes.html", context)


@require_POST
def law_change_say(request: Request) -> HttpResponse:
    """Say of the ticked questions under one changed article that they are still right, or retire them."""
    form = SayForm(request.POST)
    back = redirect(
        f"{reverse('question_bank:law_changes')}{'?coming=on' if request.POST.get('coming') else ''}"
    )
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return back
    said = form.cleaned_data
    change = get_object_or_404(
        ArticleChange.objects.select_related("event", "article__edition__law", "successor__edition__law"),
        article=said["article"],
        event__edition=said["edition"],
        event__kind=said["event"],
    )
    questions = [
        one
        for one in reading.waiting([change], pools=permissions.pools_for(request.actor))[0].questions
        if str(one.uid) in said["questions"]
    ]
    _say(request, change, questions, said)
    return back


def _say(request: Request, change: ArticleChange, questions: list[Question], said: dict[str, Any]) -> None:
    by, at = request.actor, clock.now()
    try:
        if said["outcome"] == "retire":
            services.retire_all(questions=questions, reason=said["reason"], by=by, at=at)
            text = ngettext(
                "%(count)d question was retired.", "%(count)d questions were retired.", len(questions)
            )
            messages.success(request, text % {"count": len(questions)})
            return
        count = services.confirm_still_right(change=change, questions=questions, by=by, at=at)
    except services.OtherPersonNeeded:
        messages.error(
            request, _("Somebody who did not write the question has to say that it is still right.")
        )
    except services.NotAllowedNow:
        messages.error(request, _("The question is no longer in a state in which this can be done."))
    else:
        text = ngettext(
            "%(count)d question counts as still right and may be drawn again.",
            "%(count)d questions count as still right and may be drawn again.",
            count,
        )
        messages.success(request, text % {"count": count})
