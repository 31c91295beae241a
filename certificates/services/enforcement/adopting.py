"""Adopting the province's rules, and saying what posts ask for."""

import datetime
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.models import DutyPost, EnforcementRules
from certificates.queries.enforcement_rules import in_force, versions
from certificates.rules.enforcement import PRESETS, Fault, ProvinceRules, faults
from certificates.services.enforcement.changing import STREAM
from lianbing.kit import audit
from lianbing.people.models import Post
from lianbing.people.rules import Actor

SHORTEST_REASON = 5


class BadRules(Exception):
    """Rules that do not hold together. `faults` says where."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__("; ".join(fault_text(fault) for fault in found))
        self.faults = found


class NotAdopted(Exception):
    """Nothing was adopted; the text says why."""


def fault_text(fault: Fault) -> str:
    """What is wrong with one field of the rules, as a sentence."""
    return {
        "range": _("Enter a number from %(low)s to %(high)s."),
        "window": _("Renewal cannot open before the certificate begins: at most %(months)s months."),
        "steps": _("Enter at most %(most)s different numbers."),
    }[fault.code] % fault.params


def adopt(
    *, rules: ProvinceRules, preset: str, reason: str, by: Actor, at: datetime.datetime
) -> EnforcementRules:
    """Put a further version of the rules into force; earlier ones stay readable, what was recorded stays as it is.

    Two people adopting at once: the number lets one through. Raises BadRules, NotAdopted.
    """
    found = faults(rules)
    if found:
        raise BadRules(found)
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAdopted(_("Give a reason of at least five characters."))
    newest = versions().first()
    if newest is not None and in_force() == rules:
        raise NotAdopted(_("These are the rules already in force."))
    try:
        with transaction.atomic():
            made = EnforcementRules.objects.create(
                number=newest.number + 1 if newest else 1,
                preset=preset if preset in PRESETS else "standard",
                spec=rules.as_json(),
                stop_months=rules.stop_months,
                adopted_at=at,
                actor=by.snapshot(),
                reason=reason.strip()[:300],
            )
            audit.record(
                stream=STREAM,
                action="rules_adopted",
                by=by,
                at=at,
                subject=made,
                reason=made.reason,
                spec=made.spec,
            )
    except IntegrityError as error:
        raise NotAdopted(_("Somebody else has just adopted rules. Look at them first.")) from error
    return made


def set_duties(*, duties: Mapping[int, str], by: Actor, at: datetime.datetime) -> int:
    """Say of posts (by id) what they ask for; "" = nothing. Returns how many were changed; others are left alone."""
    with transaction.atomic():
        before = dict(DutyPost.objects.select_for_update().values_list("post_id", "duty"))
        changed = {post: duty for post, duty in duties.items() if before.get(post, "") != duty}
        for post in Post.objects.filter(pk__in=changed):
            duty = changed[post.pk]
            if duty:
                DutyPost.objects.update_or_create(post=post, defaults={"duty": duty})
            else:
                DutyPost.objects.filter(post=post).delete()
            audit.record(
                stream=STREAM,
                action="duty_set",
                by=by,
                at=at,
                subject=post,
                before=before.get(post.pk, ""),
                after=duty,
            )
    return len(changed)
