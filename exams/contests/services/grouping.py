"""The draw of groups: fix the list and publish the seed's fingerprint, then draw, then lay out the matches."""

import datetime
import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exams.contests.models import Contest, Match, Team
from exams.contests.rules import grouping as rules
from exams.contests.services.authoring import guard, hold, note
from exams.contests.services.lineups import save_match
from exams.contests.services.refusals import AuthoringRefused
from lianbing.people.rules import Actor


def cannot_draw_text(code: str) -> str:
    """Why teams do not go into groups, in words."""
    return {
        "too_few_teams": _("A draw needs at least two teams."),
        "groups_too_small": _("A group needs at least two teams. Make fewer groups."),
        "groups_too_large": _("A match has at most 16 teams. Make more groups."),
    }[code]


def commit(
    *,
    contest: Contest,
    entries: Sequence[rules.Entry],
    groups: int,
    spread: bool,
    heat: dict[str, Any],
    by: Actor,
    at: datetime.datetime,
    seed: str = "",
) -> Contest:
    """Fix which teams are drawn into how many groups, make the seed, publish its fingerprint.

    `heat` says how the strengths were made (by, best, places), for the record. Raises AuthoringRefused.
    """
    with transaction.atomic():
        found = hold(contest)
        guard(found, by)
        if found.grouping_commitment:
            raise AuthoringRefused(_("The list for the draw is fixed already."))
        _check(found, entries, groups)
        found.grouping_seed = seed or secrets.token_hex(32)
        found.grouping_commitment = rules.fingerprint(found.grouping_seed)
        found.groups = heat | {
            "count": groups,
            "spread": spread,
            "entries": [
                {"team": one.key, "strength": None if one.strength is None else str(one.strength)}
                for one in sorted(entries, key=lambda one: one.key)
            ],
            "list_hash": rules.list_hash(entries, groups, spread),
        }
        found.save(update_fields=["grouping_seed", "grouping_commitment", "groups"])
        note(
            "groups_fixed",
            found,
            by,
            at,
            fingerprint=found.grouping_commitment,
            list_hash=found.groups["list_hash"],
            teams=len(entries),
            groups=groups,
        )
    return found


def _check(contest: Contest, entries: Sequence[rules.Entry], groups: int) -> None:
    own = set(contest.teams.values_list("pk", flat=True))
    if not {one.key for one in entries} <= own:
        raise AuthoringRefused(_("Choose among the teams of this contest."))
    try:
        rules.check_sizes(len(entries), groups)
    except rules.CannotDraw as error:
        raise AuthoringRefused(cannot_draw_text(error.code)) from error


def entries_of(contest: Contest) -> list[rules.Entry]:
    """The teams fixed for the draw, as the rule takes them; [] before they are fixed."""
    said: dict[str, Any] = contest.groups or {}
    return [
        rules.Entry(one["team"], None if one["strength"] is None else Decimal(one["strength"]))
        for one in said.get("entries", ())
    ]


def draw(*, contest: Contest, by: Actor, at: datetime.datetime) -> Contest:
    """Draw the groups from the seed fixed before; the seed is public from now on. Raises AuthoringRefused."""
    with transaction.atomic():
        found = hold(contest)
        guard(found, by)
        if not found.grouping_commitment:
            raise AuthoringRefused(_("Fix the list of teams first."))
        if found.grouped_at is not None:
            raise AuthoringRefused(_("The groups are drawn already."))
        said = dict(found.groups)
        said["drawn"] = rules.draw_groups(
            entries_of(found), said["count"], spread=said["spread"], seed=found.grouping_seed
        )
        found.groups, found.grouped_at = said, at
        found.save(update_fields=["groups", "grouped_at"])
        note("groups_drawn", found, by, at, seed=found.grouping_seed, groups=said["drawn"])
    return found


def drop(*, contest: Contest, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take the fixed list back, with a reason, before it is drawn; its seed is thrown away. Raises AuthoringRefused."""
    if not reason.strip():
        raise AuthoringRefused(_("Say why."))
    with transaction.atomic():
        found = hold(contest)
        guard(found, by)
        if not found.grouping_commitment or found.grouped_at is not None:
            raise AuthoringRefused(_("Only a list that is not drawn yet can be taken back."))
        note("groups_dropped", found, by, at, reason.strip(), fingerprint=found.grouping_commitment)
        found.grouping_seed = found.grouping_commitment = ""
        found.groups = []
        found.save(update_fields=["grouping_seed", "grouping_commitment", "groups"])


def lay_out_stage(*, contest: Contest, by: Actor, at: datetime.datetime) -> list[Match]:
    """Make a match of every group drawn, seats as drawn. Raises AuthoringRefused (not drawn, made already)."""
    with transaction.atomic():
        found = hold(contest)
        guard(found, by)
        drawn: list[list[int]] = (found.groups or {}).get("drawn", []) if found.groups else []
        if not drawn:
            raise AuthoringRefused(_("Draw the groups first."))
        if found.matches.filter(stage=Match.Stage.STAGE).exists():
            raise AuthoringRefused(_("The matches of the groups are there already."))
        teams = {team.pk: team for team in found.teams.all()}
        made = []
        for number, group in enumerate(drawn, start=1):
            seated: list[Team] = [teams[key] for key in group]
            values = {"name": _("Group %(number)d") % {"number": number}, "stage": Match.Stage.STAGE}
            made.append(save_match(contest=found, values=values, teams=seated, by=by, at=at))
    return made
