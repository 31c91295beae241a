"""Learning paths and reading lists at the trainer's desk: made, filled, published, withdrawn, copied."""

import uuid
from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.forms.assignments import ITEM_FORMS, AssignmentForm, TakeOverForm, WithdrawForm
from courses.models import Assignment, AssignmentItem
from courses.permissions.assignments import MAKERS, can_change
from courses.queries import assignments as reading
from courses.queries import audience as audiences
from courses.rules.audience import from_json
from courses.services import assignments
from lianbing.kit import clock
from lianbing.people.queries import unit_names
from lianbing.people.request import Request

PER_PAGE = 30
UNITS_SHOWN = 30


def refusal(error: assignments.AssignmentRefused) -> str:
    """Why nothing was saved."""
    return {
        "not_allowed": _("You may change only what is for your own units."),
        "outside": _("It is for people outside your units. Choose units you look after."),
        "published": _("It is published already. Make a new version to change it."),
        "withdrawn": _("It was withdrawn already."),
        "replaced": _("Somebody else has replaced or withdrawn the earlier version meanwhile."),
        "empty": _("Add at least one item first."),
        "nobody": _("Nobody serves there who fits. A reading list is for people who are there."),
        "past": _("The day is past. Choose another."),
        "no_day": _("Say by which day it is to be done."),
        "known": _("This stands in it already."),
        "full": _("At most %(most)d items.") % {"most": assignments.MOST_ITEMS},
        "retired": _("“%(title)s” is no longer offered. Take it out.")
        % {"title": error.details.get("title", "")},
    }[error.code]


@require_safe
def paths(request: Request) -> HttpResponse:
    """Every learning path, newest first."""
    return _index(request, Assignment.Kind.PATH)


@require_safe
def lists(request: Request) -> HttpResponse:
    """Every reading list, newest first."""
    return _index(request, Assignment.Kind.LIST)


def _index(request: Request, kind: Assignment.Kind) -> HttpResponse:
    page = Paginator(reading.listed(kind), PER_PAGE).get_page(request.GET.get("page"))
    some = list(page.object_list)
    said = audiences.words_of([from_json(one.audience) for one in some])
    context = {
        "kind": kind,
        "page_obj": page,
        "rows": list(zip(some, said, strict=True)),
        "may_make": request.actor.has(*MAKERS),
        "today": clock.today(),
    }
    return render(request, "courses/assignments/index.html", context)


def _assignment(uid: uuid.UUID) -> Assignment:
    found = reading.named(uid)
    if found is None:
        raise Http404
    return found


def _changeable(request: Request, uid: uuid.UUID) -> Assignment:
    found = _assignment(uid)
    if not can_change(request.actor, found):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def assignment_new(request: Request) -> HttpResponse:
    """Begin a path (?kind=path) or a list."""
    kind = Assignment.Kind.PATH if request.GET.get("kind") == "path" else Assignment.Kind.LIST
    form = AssignmentForm(request.POST or None, kind=kind, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = assignments.make(kind=kind, facts=form.facts(), by=request.actor, at=clock.now())
        except assignments.AssignmentRefused as error:
            form.add_error(None, refusal(error))
        else:
            return redirect(made)
    title = _("New learning path") if kind == Assignment.Kind.PATH else _("New reading list")
    context = {"form": form, "title": title, "kind": kind}
    return render(request, "courses/assignments/edit.html", context)


@require_http_methods(["GET", "POST"])
def assignment_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change what a draft says of itself."""
    found = _changeable(request, uid)
    if not found.is_draft:
        raise Http404
    first = {name: getattr(found, name) for name in ("title", "note", "due_on", "induction", "audience")}
    form = AssignmentForm(request.POST or None, kind=found.kind, actor=request.actor, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            assignments.change(assignment=found, facts=form.facts(), by=request.actor, at=clock.now())
        except assignments.AssignmentRefused as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {"form": form, "title": found.title, "kind": found.kind, "assignment": found}
    return render(request, "courses/assignments/edit.html", context)


@require_safe
def assignment(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One path or list: what it holds, whom it is for, and what may be done with it."""
    return _page(request, _assignment(uid))


def _page(
    request: Request,
    found: Assignment,
    bound: forms.Form | None = None,
    what: str = "",
    withdraw: WithdrawForm | None = None,
) -> HttpResponse:
    audience, today = from_json(found.audience), clock.today()
    mine = can_change(request.actor, found)
    people = Counter(audiences.people_of(audience, today).order_by().values_list("unit__path", flat=True))
    names = unit_names(set(people))
    units = sorted((path, names[path], count) for path, count in people.items())
    context: dict[str, Any] = {
        "assignment": found,
        "items": list(reading.items_of(found)),
        "said": audiences.words(audience),
        "people": people.total(),
        "units": units[:UNITS_SHOWN],
        "more_units": max(len(units) - UNITS_SHOWN, 0),
        "mine": mine,
        "may_make": request.actor.has(*MAKERS),
        "withdraw": withdraw or WithdrawForm(),
        "path": found.kind == Assignment.Kind.PATH,
        "today": today,
    }
    if mine and found.is_draft:
        context["adding"] = _adding(found, bound, what)
    return render(request, "courses/assignments/assignment.html", context)


LEGENDS = {
    "course": lambda: _("Add a course"),
    "law": lambda: _("Add a law or an article"),
    "document": lambda: _("Add a document or film"),
    "text": lambda: _("Add a text to confirm"),
    "take_over": lambda: _("Take the items of another path or list over"),
}


def _adding(
    found: Assignment, bound: forms.Form | None, what: str
) -> list[tuple[str, str, forms.Form, bool]]:
    """The forms that add something: (name, heading, form, whether it stands open)."""
    path = found.kind == Assignment.Kind.PATH
    made: list[tuple[str, str, forms.Form, bool]] = []
    for name, legend in LEGENDS.items():
        form: forms.Form
        if bound is not None and name == what:
            form = bound
        elif name == "take_over":
            form = TakeOverForm(assignment=found, auto_id=f"id_{name}_%s")
        else:
            form = ITEM_FORMS[name](path=path, auto_id=f"id_{name}_%s")
        made.append((name, legend(), form, name == what))
    return made


@require_POST
def assignment_add(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Add an item to a draft, or all those of another."""
    found = _changeable(request, uid)
    what, at = request.POST.get("what", ""), clock.now()
    form: Any
    if what == "take_over":
        form = TakeOverForm(request.POST, assignment=found, auto_id=f"id_{what}_%s")
    elif what in ITEM_FORMS:
        form = ITEM_FORMS[what](
            request.POST, path=found.kind == Assignment.Kind.PATH, auto_id=f"id_{what}_%s"
        )
    else:
        raise Http404
    if form.is_valid():
        try:
            if what == "take_over":
                source = form.cleaned_data["source"]
                assignments.take_over(assignment=found, source=source, by=request.actor, at=at)
            else:
                item = form.item() | form.weight()
                assignments.add(assignment=found, by=request.actor, at=at, **item)
        except assignments.AssignmentRefused as error:
            form.add_error(None, refusal(error))
        else:
            return redirect(f"{found.get_absolute_url()}#items")
    return _page(request, found, form, what)


@require_POST
def assignment_item(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Move, weigh or remove one item of a draft: `item` and `do` of up, down, remove, set."""
    found = _changeable(request, uid)
    pk = request.POST.get("item", "")
    known = pk.isdecimal() and len(pk) < 16
    item = AssignmentItem.objects.filter(assignment=found, pk=int(pk)).first() if known else None
    if item is None:
        raise Http404
    do, by, at = request.POST.get("do", ""), request.actor, clock.now()
    try:
        if do in ("up", "down"):
            assignments.shift(item=item, up=do == "up", by=by, at=at)
        elif do == "remove":
            assignments.remove(item=item, by=by, at=at)
        elif do == "set":
            days = request.POST.get("due_days", "")
            if not (days.isdecimal() and len(days) < 5 and int(days) <= 1000):
                messages.error(request, _("Days: a whole number from 0 to 1000."))
            else:
                elective = request.POST.get("elective") == "on"
                assignments.set_item(item=item, due_days=int(days), elective=elective, by=by, at=at)
    except assignments.AssignmentRefused as error:
        messages.error(request, refusal(error))
    return redirect(f"{found.get_absolute_url()}#items")


@require_POST
def assignment_act(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Publish, withdraw, copy, begin a new version, or discard: `do`."""
    found, by, at = _assignment(uid), request.actor, clock.now()
    do = request.POST.get("do", "")
    try:
        if do == "publish":
            assignments.publish(assignment=found, by=by, at=at)
            messages.success(request, _("Published. Everybody concerned has their tasks within a minute."))
        elif do == "withdraw":
            form = WithdrawForm(request.POST)
            if not form.is_valid():
                return _page(request, found, withdraw=form)
            assignments.withdraw(assignment=found, reason=form.cleaned_data["reason"], by=by, at=at)
            messages.success(request, pgettext("assignment", "Withdrawn. What was done stays on record."))
        elif do in ("copy", "replace"):
            made = assignments.copy(assignment=found, replacing=do == "replace", by=by, at=at)
            messages.success(
                request, _("A draft was made. Nothing changes for anybody until it is published.")
            )
            return redirect(made)
        elif do == "discard":
            assignments.discard(assignment=found, by=by, at=at)
            messages.success(request, _("The draft was deleted."))
            return redirect("courses:paths" if found.kind == Assignment.Kind.PATH else "courses:lists")
    except assignments.AssignmentRefused as error:
        messages.error(request, refusal(error))
    return redirect(found)
