"""The rulebook editor."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exams.contests.forms.rulebook import RulebookEditor
from exams.contests.models import Contest
from exams.contests.rendering.rules_told import Told, told
from exams.contests.rules.rulebook import to_json
from exams.contests.services import authoring
from exams.contests.services.refusals import AuthoringRefused
from exams.contests.views.common import own
from lianbing.kit import clock
from lianbing.people.request import Request


@require_http_methods(["GET", "POST"])
def rules(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change the rules. A button adds, removes or moves a round without saving; the preview follows."""
    contest = own(request, uid)
    if request.method == "GET":
        return _page(request, contest, RulebookEditor(contest.rulebook))
    editor = RulebookEditor(contest.rulebook, request.POST)
    if request.htmx:
        return _preview(request, editor)
    book = editor.book()
    if book is None or request.POST.get("act"):
        return _page(request, contest, editor)
    try:
        authoring.save_rulebook(
            contest=contest,
            rulebook=to_json(book),
            by=request.actor,
            at=clock.now(),
            reason=request.POST.get("reason", "")[:200],
        )
    except AuthoringRefused as refused:
        editor.error = refused.text
        return _page(request, contest, editor)
    messages.success(request, _("The rules are saved."))
    return redirect("contests:contest", uid)


def _page(request: Request, contest: Contest, editor: RulebookEditor) -> HttpResponse:
    context = {
        "contest": contest,
        "editor": editor,
        "locked": authoring.begun(contest) or contest.state == Contest.State.ENDED,
        "asks_reason": contest.state == Contest.State.ANNOUNCED,
        "reason": request.POST.get("reason", ""),
        "rules": _told(editor) if editor.data is not None else told(contest.rulebook),
    }
    return render(request, "contests/rules_edit.html", context)


def _preview(request: Request, editor: RulebookEditor) -> HttpResponse:
    return render(request, "contests/_rules_preview.html", {"rules": _told(editor)})


def _told(editor: RulebookEditor) -> Told | None:
    book = editor.book()
    return told(to_json(book)) if book is not None else None
