"""One question: its page, writing it, and moving it through its states."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.library.queries.cases import cases_of_question
from lianbing.library.rendering.links import Linker
from lianbing.people.request import Request
from question_bank import kinds, permissions, queries, services
from question_bank.forms import PoolForm, QuestionForm, ReasonForm, bodies
from question_bank.models import KINDS, KnowledgePoint, Question, QuestionBank, QuestionVersion
from question_bank.queries.law_changes import is_stopped
from question_bank.rendering import changes_between, problems_text
from question_bank.services.building import can_be_shown, draft_of, problems_of, said

MOVES = frozenset({"submit", "pass_review", "publish", "send_back", "retire"})


def _question(request: Request, uid: uuid.UUID) -> Question:
    question = queries.question_named(uid, request.actor)
    if question is None or question.latest is None:
        raise Http404
    return question


@require_safe
def question(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The page of a question; `?version=2` shows an earlier version."""
    found = _question(request, uid)
    versions = queries.versions_of(found)
    wanted = request.GET.get("version", "")
    version = next((one for one in versions if str(one.number) == wanted), versions[0])
    return render(
        request,
        "question_bank/question.html",
        {
            "question": found,
            "version": version,
            "versions": versions,
            "linker": _linker(version),
            "history": queries.history_of(found),
            "law_waiting": found.published_version is not None
            and is_stopped(found.published_version, clock.today()),
            "changes": _changes(found, version, versions),
            "twins": queries.twins_of(found, request.actor),
            "reports": queries.reports_on(found.pk),
            "stories": cases_of_question(str(found.uid)),
            "moves": permissions.moves_for(request.actor, found),
            "pool_form": PoolForm(initial={"pool": found.pool}),
            "may_write": permissions.can_write(request.actor),
            "may_discard": permissions.can_discard(request.actor, found),
            "doubts": problems_text(
                [
                    *kinds.get(version.kind).check(version.content, version.key),
                    *kinds.get(version.kind).doubts(version.content, version.key),
                ]
            ),
        },
    )


def _linker(version: QuestionVersion) -> Linker:
    """The laws that the explanation and unresolved citations name, as they hold today; staff see what leads nowhere."""
    cited = [citation.text for citation in version.citations.all() if not citation.cited_articles.all()]
    return Linker(clock.today(), staff=True).prepare([version.explanation, *cited])


def _changes(
    found: Question, version: QuestionVersion, versions: list[QuestionVersion]
) -> dict[str, Any] | None:
    """What this version changes against the one in use, or against the one before it; None for the first."""
    older = [one for one in versions if one.number < version.number]
    if not older:
        return None
    in_use = [one for one in older if one.pk == found.published_version_id]
    against = (in_use or older)[0]
    return {"against": against, "fields": changes_between(against, version)}


@require_safe
def question_print(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The newest version for paper."""
    found = _question(request, uid)
    return render(request, "question_bank/bank_print.html", {"bank": found.bank, "questions": [found]})


@require_http_methods(["GET", "POST"])
def question_new(request: Request, slug: str, kind: str) -> HttpResponse:
    """A form for a new question of a kind."""
    bank = get_object_or_404(QuestionBank, slug=slug)
    if kind not in bodies.names():
        raise Http404
    form = QuestionForm(request.POST or None, kind=kind)
    if request.method == "POST" and not form.acting and form.is_valid():
        try:
            made = services.create_question(bank=bank, draft=form.wanted(), by=request.actor, at=clock.now())
        except services.NotSound as error:
            form.add_error(None, problems_text(error.problems))
        else:
            messages.success(request, _("The question was saved as a draft."))
            return redirect(made)
    return _form_page(request, form, bank, None)


@require_http_methods(["GET", "POST"])
def question_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The form of a question; saving a published one starts a new version."""
    found = _question(request, uid)
    assert found.latest is not None
    latest = found.latest
    form = QuestionForm(
        request.POST or None,
        kind=latest.kind,
        draft=draft_of(latest),
        initial={"seen": latest.edits},
    )
    if request.method == "POST" and not form.acting and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            services.revise(question=found, draft=form.wanted(), by=request.actor, at=clock.now(), seen=seen)
        except services.Changed:
            form.add_error(None, _("Somebody else saved this question in the meantime. Open it again."))
        except services.NotSound as error:
            form.add_error(None, problems_text(error.problems))
        else:
            messages.success(request, _("The draft was saved."))
            return redirect(found)
    return _form_page(request, form, found.bank, found)


def _form_page(
    request: Request, form: QuestionForm, bank: QuestionBank, found: Question | None
) -> HttpResponse:
    context = {
        "form": form,
        "bank": bank,
        "question": found,
        "kind_label": dict(KINDS)[form.kind],
        "points": KnowledgePoint.objects.values_list("name", flat=True),
    }
    return render(request, "question_bank/question_form.html", context)


@require_POST
def preview(request: Request, slug: str, kind: str) -> HttpResponse:
    """The form's question as a candidate sees it; what is wrong with it stands below. Saves nothing."""
    get_object_or_404(QuestionBank, slug=slug)
    if kind not in bodies.names():
        raise Http404
    draft = QuestionForm(request.POST, kind=kind).sent_draft()
    problems = problems_of(draft)
    shown = None if problems and not can_be_shown(problems) else kinds.get(kind).show(said(draft)[0])
    context = {"shown": shown, "problems": problems_text(problems)}
    return render(request, "question_bank/_preview.html", context)


@require_POST
def move(request: Request, uid: uuid.UUID, move: str) -> HttpResponse:
    """Submit, publish, send back or retire a question."""
    found = _question(request, uid)
    if move not in MOVES:
        raise Http404
    if move == "submit" and not permissions.can_write(request.actor):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The reason is longer than 200 characters."))
        return redirect(found)
    try:
        _do(request, found, move, form.cleaned_data)
    except services.NotSound as error:
        messages.error(request, problems_text(error.problems))
    except services.OtherPersonNeeded:
        messages.error(request, _("This bank demands that somebody else does this."))
    except services.Changed:
        messages.error(request, _("The question was changed since you opened it. Look at it again."))
    except services.NotAllowedNow:
        messages.error(request, _("The question is no longer in a state in which this can be done."))
    return redirect(found)


@require_POST
def discard(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Give up the draft of a question that was published before."""
    found = _question(request, uid)
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        seen = form.cleaned_data.get("seen")
        services.discard_draft(question=found, by=request.actor, at=clock.now(), seen=seen)
        messages.success(request, _("The draft is gone. The version before it is the newest again."))
    except services.Changed:
        messages.error(request, _("The question was changed since you opened it. Look at it again."))
    except services.NotAllowedNow:
        messages.error(request, _("The question is no longer in a state in which this can be done."))
    return redirect(found)


@require_POST
def pool(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Say what the question may be used for."""
    found = _question(request, uid)
    form = PoolForm(request.POST)
    if form.is_valid():
        pool = form.cleaned_data["pool"]
        services.put_in_pool(question=found, pool=pool, by=request.actor, at=clock.now())
        messages.success(request, _("The question is in another pool now. Papers that hold it keep it."))
    else:
        messages.error(request, _("There is no such pool."))
    return redirect(found)


def _do(request: Request, found: Question, move: str, told: dict) -> None:
    by, at, reason = request.actor, clock.now(), told["reason"]
    if move == "submit":
        services.submit_for_review(question=found, by=by, at=at, seen=told["seen"])
        messages.success(request, _("The question was handed in for review."))
    elif move == "pass_review":
        services.pass_review(question=found, by=by, at=at, seen=told["seen"])
        messages.success(request, _("The question has passed the review. A third person publishes it."))
    elif move == "publish":
        services.publish(question=found, by=by, at=at, seen=told["seen"])
        messages.success(request, _("The question was published. This version can no longer be changed."))
    elif not reason.strip():
        messages.error(request, _("Give a reason."))
    elif move == "send_back":
        services.send_back(question=found, reason=reason, by=by, at=at)
        messages.success(request, _("The question was sent back."))
    else:
        services.retire(question=found, reason=reason, by=by, at=at)
        messages.success(request, _("The question was retired. No draw will reach it."))
