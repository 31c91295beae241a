"""Enforcement certificates for tests: entries of the register made by the service, posts and rules."""

import datetime
import itertools
from dataclasses import replace

from certificates.models import DutyPost, EnforcementRules
from certificates.rules.enforcement import PRESETS
from certificates.rules.reasons import reasons_of
from certificates.services.enforcement.changing import change
from certificates.state.enforcement import Kind
from lianbing.people.rules import SYSTEM
from tests.factories import people

TODAY = datetime.date(2026, 11, 20)
AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
_serials = itertools.count(1)


def card(**said):
    """What an entry says of a certificate: in force for another two years, reviewed lately."""
    return {
        "certificate_no": f"YX-T{next(_serials):05}",
        "valid_from": "2023-11-21",
        "valid_until": "2028-11-20",
        "last_review_on": "2026-06-01",
        **said,
    }


def entered(officer=None, on=None, by=SYSTEM, at=AT, **said):
    """The holding of an officer, taken over from an older register and in force unless `said` says otherwise."""
    officer = officer or people.officer(people.unit())
    data = card(**said)
    event = change(
        officer=officer,
        kind=Kind.ENTERED,
        on=on or datetime.date.fromisoformat(data["valid_from"]),
        reason_code="older_register",
        data=data,
        taken_over=True,
        by=by,
        at=at,
    )
    return event.certificate


def changed(officer, kind, on=TODAY, reason="", by=SYSTEM, at=AT, **said):
    """One more change of somebody's entry, as a new act with a document."""
    return change(
        officer=officer,
        kind=Kind(kind),
        on=on,
        reason_code=reason or reasons_of(kind)[0],
        document_no=said.pop("document_no", "云执〔2026〕12号"),
        data=said,
        by=by,
        at=at,
    ).certificate


def duty_post(name="一线执法岗", duty="enforcement"):
    """What a post asks for."""
    post = people.PostFactory(name=name)
    DutyPost.objects.update_or_create(post=post, defaults={"duty": duty})
    return post


def rules(preset="standard", at=AT, **fields):
    """One more version of the province's rules, in force from now on."""
    newest = EnforcementRules.objects.first()
    adopted = replace(PRESETS[preset], **fields)
    return EnforcementRules.objects.create(
        number=newest.number + 1 if newest else 1,
        preset=preset,
        spec=adopted.as_json(),
        stop_months=adopted.stop_months,
        adopted_at=at,
        actor={"name": "人事"},
        reason="试验",
    )
