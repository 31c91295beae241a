"""The organisers' desk of public quizzes."""

import csv
import io
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exams.contests.forms.quiz import LINES, CodesForm, Lines, QuizForm, StopForm, draft_of
from exams.contests.models import Quiz, QuizOffer
from exams.contests.permissions.quiz import may_organise, may_read_contacts, organising_scopes
from exams.contests.queries import quiz as queries
from exams.contests.rules.quiz import Stage, masked
from exams.contests.rules.sealing import MASK
from exams.contests.services import lottery, quiz_setting
from exams.contests.services.quiz_setting import QuizRefused
from lianbing.kit import clock, qr
from lianbing.people.request import Request

PER_PAGE = 40


def _followed(request: Request, uid: uuid.UUID) -> Quiz:
    """A quiz whose desk the actor sees. Any other does not exist for them."""
    return get_object_or_404(queries.followed(request.actor), uid=uid)


def _own(request: Request, uid: uuid.UUID) -> Quiz:
    """A quiz the actor organises."""
    quiz = _followed(request, uid)
    if not may_organise(request.actor, quiz.unit.path):
        raise Http404
    return quiz


@require_GET
def quizzes(request: Request) -> HttpResponse:
    """The quizzes of one's units, newest first."""
    now = clock.now()
    page = Paginator(queries.with_counts(queries.followed(request.actor)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(one, queries.stage_of(one, now)) for one in page.object_list]
    context = {"page_obj": page, "rows": rows, "organises": bool(organising_scopes(request.actor))}
    return render(request, "contests/quiz/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A new quiz."""
    return _form(request, None, _("New prize quiz"))


@require_http_methods(["GET", "POST"])
def edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change a quiz that is not published."""
    quiz = _own(request, uid)
    if quiz.published_at is not None:
        return redirect("contests:quiz_desk", uid)
    return _form(request, quiz, quiz.title)


def _form(request: Request, quiz: Quiz | None, title: str) -> HttpResponse:
    form = QuizForm(request.POST or None, instance=quiz, actor=request.actor)
    # What is sent stands for itself: beside its old values a row that did not change would count as empty.
    kept = [] if request.POST else _lines(quiz)
    lines: Any = Lines(request.POST or None, initial=kept, prefix="lines")
    lines.extra = LINES - len(kept)
    if request.method == "POST" and form.is_valid() & lines.is_valid():
        try:
            saved = quiz_setting.save_quiz(
                draft=draft_of(form, lines.rows()), by=request.actor, at=clock.now(), quiz=quiz
            )
            return redirect("contests:quiz_desk", saved.uid)
        except QuizRefused as error:
            form.add_error(None, str(error))
    return render(request, "contests/quiz/edit.html", {"form": form, "lines": lines, "title": title})


def _lines(quiz: Quiz | None) -> list[dict[str, object]]:
    return [{"point": one.point_id, "count": one.count} for one in quiz.lines.all()] if quiz else []


def public_address(name: str, uid: uuid.UUID) -> str:
    """The address the public opens."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=[uid])}"


def code_for(address: str) -> SafeString:
    """The QR of an address of ours, which is safe as it is."""
    return mark_safe(qr.svg(address))


@require_GET
def desk(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One quiz: where it stands, who takes part, which communities are low, its draw and its winners."""
    return _desk(request, _followed(request, uid), {})


def _desk(request: Request, quiz: Quiz, shown: dict[int, str]) -> HttpResponse:
    now = clock.now()
    groups = queries.participation(quiz)
    address = public_address("contests:quiz", quiz.uid)
    context = {
        "quiz": quiz,
        "stage": queries.stage_of(quiz, now),
        "organises": may_organise(request.actor, quiz.unit.path),
        "reads_contacts": may_read_contacts(request.actor, quiz),
        "lines": quiz.lines.select_related("point"),
        "prizes": quiz.prizes.all(),
        "totals": queries.totals(quiz),
        "groups": groups,
        "low": [one for one in groups if one.low],
        "codes": queries.code_counts(quiz) if quiz.codes_only else None,
        "codes_form": CodesForm(),
        "offers": [_offer_row(one, shown) for one in queries.offers_of(quiz)],
        "address": address,
        "code": code_for(address),
        "known": queries.accuracy([quiz]),
    }
    return render(request, "contests/quiz/desk.html", context)


def _offer_row(offer: QuizOffer, shown: dict[int, str]) -> tuple[QuizOffer, str, str]:
    """An offer, its masked nickname, and its contact: masked, or as somebody has just asked to see it."""
    contact = shown.get(offer.place) or (MASK if offer.sealed else "")
    return offer, masked(offer.guest.nickname), contact


@require_http_methods(["GET", "POST"])
def publish(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Publish a quiz, which cannot be undone."""
    quiz = _own(request, uid)
    if quiz.published_at is not None:
        return redirect("contests:quiz_desk", uid)
    if request.method == "POST":
        try:
            quiz_setting.publish(quiz=quiz, by=request.actor, at=clock.now())
            messages.success(request, _("Published. It opens and closes by itself."))
        except QuizRefused as error:
            messages.error(request, str(error))
        return redirect("contests:quiz_desk", uid)
    return render(request, "contests/quiz/publish.html", {"quiz": quiz})


@require_http_methods(["GET", "POST"])
def stop(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Call a quiz off, which cannot be undone."""
    quiz = _own(request, uid)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            quiz_setting.stop(quiz=quiz, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now())
        except QuizRefused as error:
            messages.error(request, str(error))
        return redirect("contests:quiz_desk", uid)
    return render(request, "contests/quiz/stop.html", {"quiz": quiz, "form": form})


@require_POST
def codes(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Make codes; they come as a file, once."""
    quiz = _own(request, uid)
    form = CodesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a number of codes."))
        return redirect("contests:quiz_desk", uid)
    try:
        made = quiz_setting.make_codes(
            quiz=quiz, count=form.cleaned_data["count"], by=request.actor, at=clock.now()
        )
    except QuizRefused as error:
        messages.error(request, str(error))
        return redirect("contests:quiz_desk", uid)
    out = io.StringIO()
    csv.writer(out).writerows([[_("Code")], *([code] for code in made)])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="quiz-codes.csv"'
    return response


@require_http_methods(["GET", "POST"])
def draw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Draw the prizes, which cannot be done twice."""
    quiz = _own(request, uid)
    if request.method == "POST":
        try:
            lottery.draw(quiz=quiz, by=request.actor, at=clock.now())
            messages.success(request, _("The prizes are drawn and published."))
        except QuizRefused as error:
            messages.error(request, str(error))
        return redirect("contests:quiz_desk", uid)
    if queries.stage_of(quiz, clock.now()) is not Stage.CLOSED or hasattr(quiz, "draw"):
        return redirect("contests:quiz_desk", uid)
    return render(request, "contests/quiz/draw.html", {"quiz": quiz})


@never_cache
@require_POST
def contact(request: Request, uid: uuid.UUID, place: int) -> HttpResponse:
    """Show how a winner is reached, to the one role that may, on record."""
    quiz = _followed(request, uid)
    offer = get_object_or_404(
        QuizOffer.objects.select_related("draw__quiz__unit"), draw__quiz=quiz, place=place
    )
    try:
        told = lottery.show_contact(offer=offer, by=request.actor, at=clock.now())
    except QuizRefused as error:
        messages.error(request, str(error))
        return redirect("contests:quiz_desk", uid)
    return _desk(request, quiz, {place: told})
