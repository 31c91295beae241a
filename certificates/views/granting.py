"""Granting training certificates: for finished classes and completed courses, by hand, and again."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from certificates.forms.granting import GrantForm, HandForm, RenewForm, active_rules
from certificates.models import AwardRule
from certificates.permissions.designs import granting_scopes, may_grant_in
from certificates.permissions.training import may_revoke
from certificates.queries import completions as reading
from certificates.queries.completions import Earner
from certificates.rules.designs import plain
from certificates.rules.eligibility import refusal
from certificates.services.granting import Granted, GrantRefused, grant, hand_basis
from certificates.services.issuing import NoReason, NotEligible, refusal_text
from certificates.services.renewing import NotRenewable, begins_on, check, renew
from certificates.services.writing import Pass
from certificates.views.own import load
from lianbing.kit import clock
from lianbing.people.queries import latest_appointments
from lianbing.people.request import Request

PER_PAGE = 30


@dataclass(frozen=True)
class Completed:
    """What was completed, and by whom: a class or a course."""

    key: str
    title: str
    earners: list[Earner]


@require_GET
def completions(request: Request) -> HttpResponse:
    """Finished classes of one's units and courses completed there, to be certified."""
    scopes, words = granting_scopes(request.actor), request.GET.get("q", "").strip()[:50]
    page = Paginator(reading.finished_classes(scopes, words), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "classes": reading.as_bases(list(page)),
        "courses": reading.completed_courses(scopes, clock.today(), words),
        "words": words,
    }
    return render(request, "certificates/grants/completions.html", context)


def _completed(request: Request, kind: str, uid: uuid.UUID) -> Completed:
    """The class or course of an address with who completed it, or 404."""
    if kind == reading.CLASS:
        found = reading.finished_class(uid)
        if found is None or not may_grant_in(request.actor, found.unit.path):
            raise Http404
        return Completed(f"{kind}:{uid}", found.title, reading.earners_of_class(found))
    course = reading.course_of(uid) if kind == reading.COURSE else None
    if course is None:
        raise Http404
    earners = reading.earners_of_course(course, granting_scopes(request.actor), clock.today())
    return Completed(f"{kind}:{uid}", course.title, earners)


@require_http_methods(["GET", "POST"])
def grant_for(request: Request, kind: str, uid: uuid.UUID) -> HttpResponse:
    """Issue certificates to those ticked of who completed a class or course."""
    done = _completed(request, kind, uid)
    rules = list(active_rules())
    asked = request.POST.get("rule") or request.GET.get("rule") or ""
    rule = next((one for one in rules if str(one.pk) == asked), None)
    form = GrantForm(
        request.POST or None,
        initial={"valid_from": clock.today(), "reason": _("Completed “%(title)s”.") % {"title": done.title}},
    )
    if request.method == "POST" and rule is not None and form.is_valid():
        ticked = set(request.POST.getlist("person")[:1000])
        people = [_pass(done, one) for one in done.earners if str(one.officer.pk) in ticked]
        told = _granted(request, form, rule, people)
        if told is not None:
            return redirect(f"{reverse('certificates:prints')}?basis={done.key}")
    rows = reading.under_rule(done.earners, rule, done.key, clock.today()) if rule else []
    context = {
        "done": done,
        "rules": rules,
        "rule": rule,
        "form": form,
        "rows": [(one, refusal_text(one.why) if one.why else "") for one in rows],
        "open": sum(not one.number and one.why is None for one in rows),
        "me": request.actor.officer_id,
    }
    return render(request, "certificates/grants/grant_for.html", context)


def _pass(done: Completed, one: Earner) -> Pass:
    return Pass(
        one.officer, one.unit, basis=done.key, basis_title=done.title, score=one.score, hours=one.hours
    )


def _granted(request: Request, form: GrantForm, rule: AwardRule, people: list[Pass]) -> Granted | None:
    """What the grant did, told to whoever pressed the button; None when it was refused as a whole."""
    try:
        told = grant(
            rule=rule,
            people=people,
            valid_from=form.cleaned_data["valid_from"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=clock.now(),
        )
    except (GrantRefused, NoReason) as refused:
        form.add_error(None, str(refused))
        return None
    issued = len(told.issued)
    messages.success(
        request,
        ngettext("%(count)s certificate was issued.", "%(count)s certificates were issued.", issued)
        % {"count": issued},
    )
    if told.existing:
        messages.info(request, _("%(count)s had theirs already.") % {"count": told.existing})
    for name, why in told.refused[:20]:
        messages.warning(request, f"{name}: {why}")
    return told


@require_http_methods(["GET", "POST"])
def grant_by_hand(request: Request) -> HttpResponse:
    """A grant by hand: typed, looked at with the names of everybody, then issued."""
    form = HandForm(request.POST or None, scopes=granting_scopes(request.actor))
    rows: list[tuple[Earner, str]] = []
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "issue":
            told = _granted(request, form, form.cleaned_data["rule"], _by_hand(form))
            if told is not None:
                basis = hand_basis(form.cleaned_data["token"])
                return redirect(f"{reverse('certificates:prints')}?basis={basis}")
        rows = _looked_at(form)
    context = {"form": form, "rows": rows, "good": sum(not why for _one, why in rows)}
    return render(request, "certificates/grants/by_hand.html", context)


def _by_hand(form: HandForm) -> list[Pass]:
    said = form.cleaned_data
    return [
        Pass(
            one,
            basis=hand_basis(said["token"]),
            basis_title=said["basis"],
            hours=plain(said["hours"]),
        )
        for one in form.officers
    ]


def _looked_at(form: HandForm) -> list[tuple[Earner, str]]:
    """Everybody typed with unit, and why somebody would get none."""
    rule, places = form.cleaned_data["rule"], latest_appointments(form.officers, clock.today())
    found = []
    for one in form.officers:
        why = refusal(category=one.category, allowed=rule.categories)
        unit = places[one.pk].unit.name if one.pk in places else ""
        found.append((Earner(one, unit, "", "", why=why), refusal_text(why) if why else ""))
    return found


@require_http_methods(["GET", "POST"])
def renew_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Ask why, then issue the certificate that takes the place of this one."""
    certificate, path = load(request, uid)
    if not may_revoke(request.actor, certificate, path):
        raise Http404
    form, faults = RenewForm(request.POST or None), ""
    try:
        check(certificate, by=request.actor, at=clock.now())
        if request.method == "POST" and form.is_valid():
            made = renew(
                certificate=certificate,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("Renewed as %(number)s.") % {"number": made.number})
            return redirect(made)
    except (NotRenewable, NotEligible, NoReason) as refused:
        faults = str(refused)
    context = {
        "certificate": certificate,
        "form": form,
        "faults": faults,
        "first": begins_on(certificate, clock.today()),
    }
    return render(request, "certificates/grants/renew.html", context)
