"""What I still lack, who lacks what in my units, and where the desk leads to for rules and files."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.training.permissions.rules import READERS, reading_scopes
from courses.training.ports import DeskLink, Waiting, desk, own, waiting
from courses.training.queries.study import Row, person_rows, pressing_first
from courses.training.queries.study_rules import holding
from courses.training.rendering.study import finding_line
from courses.training.rules.study import PERSON
from lianbing.home.ports import Panel, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.queries import day_of
from lianbing.people.rules import LEARNERS, Actor, Role

SHOWN = 5

name_acts(
    "training",
    _("Training"),
    {
        "study_rule_made": _("Made a study rule"),
        "study_rule_changed": _("Changed a study rule"),
        "study_rule_closed": _("Ended a study rule"),
        "deduction_set": _("Set deductions"),
        "file_printed": _("Printed a personal training file"),
    },
)
desk(
    DeskLink(
        _("Who lacks what"),
        _("By name, before the week, month or year ends"),
        "training:gaps",
        frozenset(READERS),
        group="people",
        order=20,
        icon="list",
    )
)
desk(
    DeskLink(
        _("Units and content"),
        _("What the bureau and its units owe, and how content is covered"),
        "training:gaps_units",
        frozenset(READERS),
        group="people",
        order=22,
        icon="chart",
    )
)
desk(
    DeskLink(
        _("Study rules"),
        _("How often, how long, of what: as figures that may be changed"),
        "training:rules",
        frozenset(READERS),
        group="plans",
        order=60,
        icon="page",
    )
)
own(
    DeskLink(
        _("My training file"),
        _("Every class, course, exam, hour and certificate of mine"),
        "training:file_mine",
        LEARNERS,
        order=60,
        icon="page",
    )
)
desk(
    DeskLink(
        _("Personal training files"),
        _("One file for each person, printable, as of any day"),
        "training:files",
        frozenset(READERS),
        group="people",
        order=24,
        icon="page",
    )
)


def _rows(scopes: list[str], on: datetime.date, officer: int | None = None) -> list[Row]:
    """The people of these subtrees, or one officer, by the rules that hold; [] without a rule."""
    rules = holding(on, scopes=scopes, subjects=[PERSON])
    return person_rows(rules, on, scopes=scopes, officer=officer) if rules else []


@panel(*LEARNERS, order=25)
def my_study(actor: Actor, at: datetime.datetime) -> Panel | None:
    """What I still lack this week, month and year; nothing where no rule concerns me."""
    if actor.officer_id is None or not actor.unit_path:
        return None
    on = day_of(at)
    rows = _rows([actor.unit_path], on, actor.officer_id)
    if not rows:
        return None
    findings = [finding_line(one, on) for one in rows[0].findings if one.standing.needed]
    lacking = [one for one in findings if one["lacking"]]
    return Panel(
        title=_("What I still have to study"),
        template="training/gaps/panel_mine.html",
        context={"lacking": lacking, "count": len(findings)},
        url=reverse("training:file_mine"),
        link=_("My training file"),
        urgent=rows[0].tone == "bad",
    )


@panel(Role.TRAINER, Role.HR, Role.LEADER, order=28)
def unit_study(actor: Actor, at: datetime.datetime) -> Panel | None:
    """How many of my units lack something, and who lacks most."""
    on, scopes = day_of(at), reading_scopes(actor)
    rows = _rows(scopes, on)
    if not rows:
        return None
    lacking = pressing_first(rows)
    red = sum(row.tone == "bad" for row in lacking)
    worst: list[dict[str, Any]] = [
        {"name": row.subject.name, **finding_line(row.lacking[0], on)} for row in lacking[:SHOWN]
    ]
    return Panel(
        title=_("Study: who lacks what"),
        template="training/gaps/panel_unit.html",
        context={"people": len(rows), "lacking": len(lacking), "red": red, "worst": worst},
        url=reverse("training:gaps"),
        link=_("By name"),
        urgent=bool(red),
    )


@waiting(order=40)
def no_rules(actor: Actor, at: datetime.datetime) -> list[Waiting]:
    """The desk says so while no study rule holds."""
    scopes = actor.scopes(Role.TRAINER, Role.HR)
    if not scopes or holding(day_of(at), scopes=scopes, subjects=[PERSON]):
        return []
    return [Waiting(_("No study rule for people holds yet."), reverse("training:rules"))]
