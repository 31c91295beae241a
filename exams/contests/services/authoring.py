"""Setting up a contest: what it is, its rules, announcing and ending it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exams.contests.models import Contest, Match
from exams.contests.permissions.authoring import organises
from exams.contests.services.refusals import AuthoringRefused
from lianbing.kit import audit
from lianbing.people.rules import Actor

STREAM = "contests"
FIELDS = ("title", "unit", "kind", "bank", "uses_drill_pool", "starts_at", "place", "heat")
State = Contest.State


def guard(contest: Contest, by: Actor) -> None:
    """Raises AuthoringRefused unless `by` organises the contest and it is not over."""
    if not organises(by, contest):
        raise AuthoringRefused(_("Only the organisers of this unit set up its contests."))
    if contest.state == State.ENDED:
        raise AuthoringRefused(_("This contest is over."))


def hold(contest: Contest) -> Contest:
    """The contest as it stands now, its row held until the commit. Call inside a transaction."""
    rows = Contest.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("unit").get(pk=contest.pk)


def note(
    action: str, contest: Contest, by: Actor, at: datetime.datetime, reason: str = "", **more: Any
) -> None:
    """Write an act on a contest down in the audit trail."""
    audit.record(stream=STREAM, action=action, by=by, at=at, subject=contest, reason=reason, **more)


def save_contest(
    *,
    values: Mapping[str, Any],
    by: Actor,
    at: datetime.datetime,
    contest: Contest | None = None,
    rulebook: Mapping[str, Any] | None = None,
    is_rehearsal: bool = False,
) -> Contest:
    """Create a contest with a rulebook (JSON), or change one. `values` holds fields of FIELDS.

    Raises AuthoringRefused: not the organisers', over, or another bank or heat once something depends on it.
    """
    assert set(values) <= set(FIELDS), set(values) - set(FIELDS)
    with transaction.atomic():
        made = contest is None
        found = (
            hold(contest)
            if contest is not None
            else Contest(created_at=at, created_by_id=by.user_id, is_rehearsal=is_rehearsal)
        )
        if not made:
            guard(found, by)
            _check_change(found, values)
        for name, value in values.items():
            setattr(found, name, value)
        if rulebook is not None:
            found.rulebook = dict(rulebook)
        guard(found, by)
        found.save()
        note("contest_created" if made else "contest_changed", found, by, at)
    return found


def _check_change(contest: Contest, values: Mapping[str, Any]) -> None:
    heat = values.get("heat", contest.heat)
    if contest.grouping_commitment and (heat.pk if heat else None) != contest.heat_id:
        raise AuthoringRefused(
            _("The list for the draw of groups is fixed: the written heat stays as it is.")
        )


def begun(contest: Contest) -> bool:
    """Whether a match of the contest has started."""
    return contest.matches.exclude(started_at=None).exists()


def save_rulebook(
    *, contest: Contest, rulebook: Mapping[str, Any], by: Actor, at: datetime.datetime, reason: str = ""
) -> Contest:
    """Replace the rules (JSON that `rules.rulebook` has read). Raises AuthoringRefused.

    They stand once a match has started; when they were announced, a change gives its reason.
    """
    with transaction.atomic():
        found = hold(contest)
        guard(found, by)
        if begun(found):
            raise AuthoringRefused(_("A match has started: the rules of this contest stand."))
        if found.state == State.ANNOUNCED and not reason.strip():
            raise AuthoringRefused(_("The rules are announced. Say why they change."))
        before = {one["kind"]: one.get("items") for one in found.rulebook.get("rounds", [])}
        found.rulebook = dict(rulebook)
        found.save(update_fields=["rulebook"])
        note("rulebook_saved", found, by, at, reason.strip(), before=before)
    return found


def announce(*, contest: Contest, by: Actor, at: datetime.datetime) -> None:
    """Show a contest to everybody. Raises AuthoringRefused (no rules yet, announced already)."""
    if not contest.rulebook.get("rounds"):
        raise AuthoringRefused(_("The rules have no round yet."))
    _move(contest, State.DRAFT, State.ANNOUNCED, "contest_announced", by, at)


def take_back(*, contest: Contest, by: Actor, at: datetime.datetime) -> None:
    """Make an announced contest a draft again, while no match has started. Raises AuthoringRefused."""
    if begun(contest):
        raise AuthoringRefused(_("A match has started: the contest stays announced."))
    _move(contest, State.ANNOUNCED, State.DRAFT, "contest_taken_back", by, at)


def end(*, contest: Contest, by: Actor, at: datetime.datetime) -> None:
    """Close a contest for good. Raises AuthoringRefused while a match is running or waits to be confirmed."""
    open_phases = (Match.Phase.RUNNING, Match.Phase.FINISHED)
    if contest.matches.filter(phase__in=open_phases).exists():
        raise AuthoringRefused(_("A match is running or waits to be confirmed."))
    _move(contest, State.ANNOUNCED, State.ENDED, "contest_ended", by, at)


def _move(contest: Contest, old: str, new: str, action: str, by: Actor, at: datetime.datetime) -> None:
    with transaction.atomic():
        guard(contest, by)
        if Contest.objects.filter(pk=contest.pk, state=old).update(state=new) != 1:
            raise AuthoringRefused(_("The contest has changed meanwhile. Look at it again."))
        contest.state = new
        note(action, contest, by, at)


def discard(*, contest: Contest, by: Actor, at: datetime.datetime) -> None:
    """Throw a draft away, with teams and matches. Raises AuthoringRefused once it was played or is announced."""
    with transaction.atomic():
        found = hold(contest)
        guard(found, by)
        if found.state != State.DRAFT or begun(found):
            raise AuthoringRefused(_("Only a draft of which no match has started can be thrown away."))
        note("contest_discarded", found, by, at)
        for match in found.matches.all():
            match.seats.all().delete()
            match.items.all().delete()
            match.entries.all().delete()
            match.delete()
        found.teams.all().delete()
        found.delete()
