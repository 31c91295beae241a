"""Making and changing award rules. A change holds for certificates still to come."""

import datetime
from typing import Any

from django.db import transaction

from certificates.models import AwardRule
from certificates.services.issuing import STREAM
from lianbing.kit import audit
from lianbing.people.rules import Actor


def save_rule(*, rule: AwardRule, by: Actor, at: datetime.datetime) -> AwardRule:
    """Store a new or changed rule and write down what it says now. Certificates issued stay as they are."""
    new = rule.pk is None
    if new:
        rule.created_at = at
    rule.full_clean()
    with transaction.atomic():
        rule.save()
        audit.record(
            stream=STREAM,
            action="rule_created" if new else "rule_changed",
            by=by,
            at=at,
            subject=rule,
            **_said(rule),
        )
    return rule


def _said(rule: AwardRule) -> dict[str, Any]:
    return {
        "blueprint": rule.blueprint_id,
        "title": rule.title,
        "valid_months": rule.valid_months,
        "categories": rule.categories,
        "number_prefix": rule.number_prefix,
        "design": rule.design_id,
        "active": rule.active,
    }
