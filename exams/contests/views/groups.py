"""The heat, the draw of groups, the matches of the stage, and the final."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams.contests.forms.contests import FinalForm, GroupsForm, HeatForm, ReasonForm
from exams.contests.models import Contest, Match
from exams.contests.queries import heats
from exams.contests.queries.finals import proposed
from exams.contests.rules.grouping import Entry
from exams.contests.services import grouping
from exams.contests.services.lineups import save_match
from exams.contests.services.refusals import AuthoringRefused
from exams.contests.views.common import own
from lianbing.kit import clock
from lianbing.people.request import Request


@require_safe
def groups(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The order of the heat with its ties, the list to be drawn, and what came of the draw."""
    return _page(request, own(request, uid))


def _page(request: Request, contest: Contest, form: GroupsForm | None = None) -> HttpResponse:
    heat_form = HeatForm(request.GET or request.POST or None, initial=heats.DEFAULTS)
    asked = heat_form.asked() if heat_form.is_bound else dict(heats.DEFAULTS)
    rows = heats.ranking(contest, **asked)
    said: dict[str, Any] = contest.groups or {}
    names = {row.team.pk: row.team.name for row in rows}
    if form is None:
        through = [row.team.pk for row in rows if row.standing.through == "yes" or contest.heat is None]
        count = max(1, -(-len(through) // 4))
        spread = contest.heat is not None
        form = GroupsForm(
            teams=[(pk, names[pk]) for pk in names],
            initial={"teams": through, "count": count, "spread": spread},
        )
    context = {
        "contest": contest,
        "asked": asked,
        "heat_form": HeatForm(initial=asked),
        "rows": rows,
        "form": form,
        "said": said,
        "entries": [(names.get(one["team"], "—"), one["strength"]) for one in said.get("entries", ())],
        "drawn": [[names.get(pk, "—") for pk in group] for group in said.get("drawn", ())],
        "reason_form": ReasonForm(),
        "stage_ready": contest.matches.filter(stage=Match.Stage.STAGE).exists(),
    }
    return render(request, "contests/groups.html", context)


@require_POST
def groups_commit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Fix the list and publish the fingerprint of the seed."""
    contest = own(request, uid)
    heat_form = HeatForm(request.POST)
    asked = heat_form.asked()
    rows = heats.ranking(contest, **asked)
    form = GroupsForm(request.POST, teams=[(row.team.pk, row.team.name) for row in rows])
    if not form.is_valid():
        return _page(request, contest, form)
    chosen = set(form.cleaned_data["teams"])
    entries = [
        Entry(row.team.pk, row.standing.score if contest.heat and row.standing.counted else None)
        for row in rows
        if row.team.pk in chosen
    ]
    try:
        grouping.commit(
            contest=contest,
            entries=entries,
            groups=form.cleaned_data["count"],
            spread=form.cleaned_data["spread"],
            heat=asked,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("The list is fixed and the fingerprint of the seed is public. Now draw."))
    except AuthoringRefused as refused:
        form.add_error(None, refused.text)
        return _page(request, contest, form)
    return redirect("contests:groups", uid)


@require_POST
def groups_draw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Draw the groups."""
    contest = own(request, uid)
    try:
        grouping.draw(contest=contest, by=request.actor, at=clock.now())
        messages.success(request, _("The groups are drawn, and the seed is public."))
    except AuthoringRefused as refused:
        messages.error(request, refused.text)
    return redirect("contests:groups", uid)


@require_POST
def groups_drop(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take the fixed list back before it is drawn, with a reason."""
    contest = own(request, uid)
    form = ReasonForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        grouping.drop(contest=contest, reason=reason, by=request.actor, at=clock.now())
        messages.success(request, _("The list is open again."))
    except AuthoringRefused as refused:
        messages.error(request, refused.text)
    return redirect("contests:groups", uid)


@require_POST
def stage(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Make a match of every group."""
    contest = own(request, uid)
    try:
        grouping.lay_out_stage(contest=contest, by=request.actor, at=clock.now())
        messages.success(request, _("Every group has its match. Lay out their questions next."))
    except AuthoringRefused as refused:
        messages.error(request, refused.text)
        return redirect("contests:groups", uid)
    return redirect("contests:contest", uid)


@require_http_methods(["GET", "POST"])
def final(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Who goes to the final by the confirmed matches; a person confirms, and the match is made."""
    contest = own(request, uid)
    rows = proposed(contest)
    choices = [(row.result.team_id, row.label) for row in rows]
    initial = {"name": _("Final"), "teams": [row.result.team_id for row in rows if row.result.through]}
    form = FinalForm(request.POST or None, teams=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        order = {row.result.team_id: row.result.team for row in rows}
        seated = [order[pk] for pk, _label in choices if pk in set(form.cleaned_data["teams"])]
        values = {
            "name": form.cleaned_data["name"],
            "planned_at": form.cleaned_data["planned_at"],
            "stage": Match.Stage.FINAL,
        }
        try:
            made = save_match(contest=contest, values=values, teams=seated, by=request.actor, at=clock.now())
            messages.success(request, _("The final is laid out. Its questions come next."))
            return redirect("contests:items", made.uid)
        except AuthoringRefused as refused:
            form.add_error(None, refused.text)
    context = {
        "contest": contest,
        "rows": rows,
        "form": form,
        "open": contest.matches.exclude(phase=Match.Phase.CONFIRMED).exclude(stage=Match.Stage.FINAL).count(),
    }
    return render(request, "contests/final.html", context)
