"""The demo's last chapter: award rules, and certificates in every state. Dates stand to today."""

import datetime
from contextlib import suppress

from django.db.models import QuerySet
from django.utils import timezone

from certificates.models import AwardRule, Certificate
from certificates.queries.outcomes import PASSED, released_candidates, released_sittings
from certificates.rules.validity import add_months
from certificates.services.issuing import NotEligible, award, issue_by_hand
from certificates.services.revoking import revoke
from certificates.services.rules import save_rule
from certificates.state.training import Ground
from exams.models import Blueprint
from lianbing.kit import outbox
from lianbing.kit.demo import Story, chapter
from lianbing.people.models import Appointment, Officer, RoleGrant
from lianbing.people.queries import actor_for, appointments_in
from lianbing.people.rules import SYSTEM, Actor, Role

MONTHS = 24
ENDING_IN = (12, 27, 41, 58, 73, 88)
ENDED_AGO = (9, 47, 120, 205)
REVOKED = (
    (Ground.RESULT_CHANGED, "成绩复核后低于合格线，按培训考核办法收回证书。"),
    (Ground.ISSUED_IN_ERROR, "身份信息录入有误，收回后另行核发。"),
)


@chapter(50)
def certificates(story: Story) -> None:
    """Rules for every blueprint examined so far, the passes awarded, older certificates entered by hand."""
    hr = hr_of(story.today)
    sittings = list(reversed(released_sittings()))
    early = story.now - datetime.timedelta(days=900)
    rule = None
    for blueprint in Blueprint.objects.filter(sittings__in=sittings).distinct().order_by("pk"):
        examined = blueprint.sittings.filter(is_qualification=True).exists()
        made = save_rule(
            rule=_for_officers(blueprint) if examined else _for_auxiliaries(blueprint), by=hr, at=early
        )
        rule = made if examined else rule
    if rule is None:
        return
    _upcoming(story, rule, hr)
    _older(story, rule, hr)
    for sitting in sittings:
        assert sitting.released_at is not None
        award(sitting=sitting, by=SYSTEM, at=sitting.released_at + datetime.timedelta(minutes=1))
    outbox.deliver(at=story.now)
    _revoke_some(story, hr)
    _refuse_an_auxiliary(story, rule, hr)


def hr_of(day: datetime.date) -> Actor:
    """Somebody of HR, or the system where there is none."""
    grant = RoleGrant.objects.filter(role=Role.HR.value, user__is_active=True).select_related("user").first()
    return actor_for(grant.user, day) if grant else SYSTEM


def _for_officers(blueprint: Blueprint) -> AwardRule:
    return AwardRule(
        blueprint=blueprint,
        title="城管执法岗位培训合格证书",
        valid_months=MONTHS,
        categories=[Officer.Category.OFFICER.value],
        number_prefix="YXPX",
    )


def _for_auxiliaries(blueprint: Blueprint) -> AwardRule:
    return AwardRule(
        blueprint=blueprint,
        title="辅助人员上岗培训证书",
        valid_months=12,
        categories=[Officer.Category.AUXILIARY.value],
        number_prefix="YXFZ",
    )


def _refuse_an_auxiliary(story: Story, rule: AwardRule, by: Actor) -> None:
    """Somebody once tried: the refusal and the law stand on record."""
    auxiliary = Officer.objects.filter(category=Officer.Category.AUXILIARY.value).order_by("pk").last()
    if auxiliary is None:
        return
    at = story.now - datetime.timedelta(days=20)
    with suppress(NotEligible):
        issue_by_hand(
            rule=rule, officer=auxiliary, valid_from=at.date(), reason="中队申请参照队员发证。", by=by, at=at
        )


def _not_passed(story: Story, rule: AwardRule) -> QuerySet[Appointment]:
    """Where the officers serve who neither passed what this rule certifies nor hold a certificate yet."""
    passed = released_candidates().filter(outcome=PASSED, sitting__blueprint=rule.blueprint_id)
    return (
        appointments_in([""], story.today)
        .filter(officer__category=Officer.Category.OFFICER.value, officer__user__is_rehearsal=False)
        .exclude(officer__in=passed.values("officer"))
        .filter(officer__certificates=None)
    )


def _older(story: Story, rule: AwardRule, by: Actor) -> None:
    """Certificates of two years ago, earned before this system: some end soon, some have ended.

    They go to people who have not passed since, so that they are what the overview shows.
    """
    officers = [row.officer for row in _not_passed(story, rule)]
    # The ended ones first: where few have failed, the last of those that end soon are left out.
    ends = [story.today - datetime.timedelta(days=days) for days in ENDED_AGO]
    ends += [story.today + datetime.timedelta(days=days) for days in ENDING_IN]
    chosen = story.rng.sample(officers, min(len(ends), len(officers)))
    for end, officer in sorted(zip(ends, chosen, strict=False), key=lambda pair: pair[0]):
        first = add_months(end + datetime.timedelta(days=1), -MONTHS)
        issue_by_hand(
            rule=rule,
            officer=officer,
            valid_from=first,
            reason="系统启用前考试合格，按纸质成绩册补录。",
            by=by,
            at=timezone.make_aware(datetime.datetime.combine(first, datetime.time(9, 30))),
        )


def _upcoming(story: Story, rule: AwardRule, by: Actor) -> None:
    """One certificate issued ahead of the day it begins: somebody takes up an enforcement post soon."""
    first = _not_passed(story, rule).order_by("officer_id").first()
    if first is not None:
        issue_by_hand(
            rule=rule,
            officer=first.officer,
            valid_from=story.today + datetime.timedelta(days=12),
            reason="即将转入执法岗位，上岗前培训考核合格，提前核发。",
            by=by,
            at=story.now - datetime.timedelta(days=1),
        )


def _revoke_some(story: Story, by: Actor) -> None:
    known = [login["username"] for login in story.data.get("logins", [])]
    awarded = list(
        Certificate.objects.filter(sitting__isnull=False)
        .exclude(officer__staff_number__in=known)
        .order_by("pk")
    )
    for (ground, reason), certificate in zip(
        REVOKED, story.rng.sample(awarded, min(2, len(awarded))), strict=False
    ):
        at = min(certificate.issued_at + datetime.timedelta(days=6), story.now)
        revoke(certificate=certificate, ground=ground, reason=reason, by=by, at=at)
