"""Staff and teams of a contest."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams.contests.formats import team_lists as files
from exams.contests.forms.contests import FromHeatForm, StaffForm, TeamForm, TeamListForm
from exams.contests.models import Contest, Team
from exams.contests.queries import contests as reading
from exams.contests.queries.heats import best_of_units, depths_of
from exams.contests.services import staffing, team_lists
from exams.contests.services import teams as service
from exams.contests.services.refusals import AuthoringRefused
from exams.contests.views.common import own
from lianbing.kit import clock
from lianbing.kit.spreadsheets import Sheet, SpreadsheetError, read_workbook
from lianbing.people.request import Request

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def staff(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Who hosts, judges and decides; appoint somebody."""
    contest = own(request, uid)
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            staffing.appoint(
                contest=contest,
                user=form.user,
                role=form.cleaned_data["role"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("contests:staff", uid)
        except AuthoringRefused as refused:
            form.add_error(None, refused.text)
    context = {
        "contest": contest,
        "form": form,
        "staff": reading.staff_of(contest),
        "competing": reading.judges_of_competing_units(contest, clock.today()),
    }
    return render(request, "contests/staff.html", context)


@require_POST
def staff_remove(request: Request, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Take somebody off."""
    contest = own(request, uid)
    row = get_object_or_404(contest.staff.select_related("user", "contest__unit"), pk=pk)
    try:
        staffing.dismiss(staff=row, by=request.actor, at=clock.now())
        messages.success(request, _("%(name)s is taken off.") % {"name": row.user.name})
    except AuthoringRefused as refused:
        messages.error(request, refused.text)
    return redirect("contests:staff", uid)


@require_safe
def teams(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The teams with their players, and the ways to enter more."""
    contest = own(request, uid)
    context = {
        "contest": contest,
        "teams": reading.teams_of(contest),
        "ended": contest.state == Contest.State.ENDED,
    }
    return render(request, "contests/teams.html", context)


def _team_form(request: Request, contest: Contest, team: Team | None) -> HttpResponse:
    initial = TeamForm.initial_of(team) if team else {}
    form = TeamForm(request.POST or None, today=clock.today(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            service.save_team(
                contest=contest, draft=form.draft(), by=request.actor, at=clock.now(), team=team
            )
            messages.success(request, _("Saved."))
            another = "another" in request.POST
            return redirect("contests:team_new" if another else "contests:teams", contest.uid)
        except AuthoringRefused as refused:
            form.add_error(None, refused.text)
    return render(request, "contests/team.html", {"contest": contest, "form": form, "team": team})


@require_http_methods(["GET", "POST"])
def team_new(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Enter a team."""
    return _team_form(request, own(request, uid), None)


@require_http_methods(["GET", "POST"])
def team(request: Request, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Change a team."""
    contest = own(request, uid)
    return _team_form(request, contest, get_object_or_404(contest.teams, pk=pk))


@require_POST
def team_remove(request: Request, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Take a team out."""
    contest = own(request, uid)
    found = get_object_or_404(contest.teams.select_related("contest__unit"), pk=pk)
    try:
        service.remove_team(team=found, by=request.actor, at=clock.now())
        messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})
    except AuthoringRefused as refused:
        messages.error(request, refused.text)
    return redirect("contests:teams", uid)


@require_http_methods(["GET", "POST"])
def teams_import(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Enter teams from a file or from pasted rows: all of them, or none and every fault named."""
    contest = own(request, uid)
    form = TeamListForm(request.POST or None, request.FILES or None)
    errors: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            saved = team_lists.import_teams(
                contest=contest, sheets=_sheets(form), by=request.actor, at=clock.now()
            )
        except SpreadsheetError as error:
            form.add_error(None, str(error))
        except team_lists.BadList as bad:
            errors = bad.errors
        else:
            text = ngettext("%(count)d team is entered.", "%(count)d teams are entered.", len(saved))
            messages.success(request, text % {"count": len(saved)})
            return redirect("contests:teams", uid)
    context = {"contest": contest, "form": form, "errors": errors, "columns": files.COLUMNS}
    return render(request, "contests/teams_import.html", context)


def _sheets(form: TeamListForm) -> list[Sheet]:
    file = form.cleaned_data.get("file")
    return read_workbook(file.read(), file.name) if file else [files.pasted(form.cleaned_data["text"])]


@require_safe
def teams_template(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The template of a list of teams."""
    own(request, uid)
    response = HttpResponse(files.template(), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="contest-teams.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def teams_from_heat(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Look at the best of every unit in the heat, and make teams of them."""
    contest = own(request, uid)
    if contest.heat is None or contest.heat.released_at is None:
        messages.error(request, _("Link a written heat whose results are released first."))
        return redirect("contests:edit", uid)
    depths = depths_of(contest.heat)
    usual = {"depth": depths[-1][0] if depths else 1, "stage": contest.rulebook.get("on_stage") or 3}
    asked = {**{k: str(v) for k, v in usual.items()}, "substitutes": "1", "most": "16"}
    asked |= {name: str(value) for name, value in (request.POST or request.GET).items() if name in asked}
    form = FromHeatForm(asked, depths=depths)
    found = []
    if form.is_valid():
        said = form.cleaned_data
        found = best_of_units(contest.heat, said["depth"], said["stage"], said["substitutes"])[: said["most"]]
        if request.method == "POST" and "make" in request.POST:
            try:
                made = team_lists.teams_from_heat(
                    contest=contest, found=found, on_stage=said["stage"], by=request.actor, at=clock.now()
                )
                text = ngettext("%(count)d team is entered.", "%(count)d teams are entered.", len(made))
                messages.success(request, text % {"count": len(made)})
                return redirect("contests:teams", uid)
            except AuthoringRefused as refused:
                messages.error(request, refused.text)
    return render(request, "contests/from_heat.html", {"contest": contest, "form": form, "found": found})
