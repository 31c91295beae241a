"""Fifty people press the button in the same moment: one certificate, numbers without a gap."""

import datetime

import pytest

from certificates.models import AwardRule, Certificate, NumberSeries
from certificates.services.granting import grant
from certificates.services.renewing import NotRenewable, renew
from certificates.services.writing import Pass
from lianbing.people.models import Officer
from lianbing.people.rules import SYSTEM
from tests.factories import certificates, people, racing

THREADS = 50
BASIS = "class:0f0e0d0c-0000-4000-8000-000000000001"

together = pytest.fixture(racing.together)


def issued():
    numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True))
    return numbers, [series.last for series in NumberSeries.objects.all()]


@pytest.mark.django_db(transaction=True)
def test_fifty_grants_at_once_issue_once(together, at):
    rule, squad = certificates.rule(certificates.NO_EXAM), people.unit()
    officer, other = people.officer(squad), people.officer(squad)

    def press(n):
        one = Officer.objects.get(pk=officer.pk if n % 2 else other.pk)
        told = grant(
            rule=AwardRule.objects.get(pk=rule.pk),
            people=[Pass(one, basis=BASIS, basis_title="岗前培训班")],
            valid_from=datetime.date(2026, 11, 20),
            reason="培训班结业",
            by=SYSTEM,
            at=at,
        )
        return len(told.issued)

    told, (numbers, last) = together(press, issued, many=THREADS)
    assert sum(told) == 2
    assert (numbers, last) == (["TEST-2026-000001", "TEST-2026-000002"], [2])


@pytest.mark.django_db(transaction=True)
def test_fifty_renewals_at_once_renew_once(together, at):
    old = certificates.certificate(people.officer(people.unit()), days_left=20)

    def press(_):
        try:
            renew(certificate=Certificate.objects.get(pk=old.pk), reason="换证考核合格", by=SYSTEM, at=at)
        except NotRenewable:
            return 0
        return 1

    def chain():
        return Certificate.objects.filter(renews=old.pk).count(), [s.last for s in NumberSeries.objects.all()]

    told, seen = together(press, chain, many=THREADS)
    assert (sum(told), seen) == (1, (1, [1]))
