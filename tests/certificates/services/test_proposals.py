"""From a failed change exam to the decision of a person, and on to reinstatement or the end."""

import datetime

import pytest

from certificates.models import EnforcementCertificate, EnforcementRefusal, Proposal
from certificates.queries.duty import standings
from certificates.rules.proposing import Policy, Second
from certificates.services import proposals
from certificates.services.enforcement.changing import NotEligible, Refused, change
from certificates.services.proposals import ProposalRefused
from certificates.state.enforcement import Kind
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM
from tests.factories import certificates, changes, exams, hours, people, qualifying

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
NOON = changes.AT
TODAY = qualifying.TODAY


@pytest.fixture
def failed():
    """An officer on duty who has failed the short test of a change."""
    [officer] = changes.crew("一线执法岗")
    changes.law_changed([changes.post("一线执法岗")], questions=3)
    qualifying.holder(officer)
    changes.tried(officer, is_right=False)
    return officer


def the_proposal(officer):
    return Proposal.objects.get(officer=officer, state="open")


def confirm(officer, at, **fields):
    given = {"on": TODAY, "document_no": "执停〔2026〕1号", "by": qualifying.hr(), "at": at}
    return proposals.confirm(proposal=the_proposal(officer), **given | fields)


def duty(officer, at):
    return standings([officer.pk], at)[officer.pk]


def suspended(officer):
    """The proposal is made and confirmed an hour after the failure."""
    proposals.review(at=NOON + HOUR)
    return confirm(officer, NOON + HOUR)


def test_a_failure_is_proposed_once_and_changes_nothing(failed):
    assert [proposals.review(at=NOON + HOUR), proposals.review(at=NOON + 2 * HOUR)] == [1, 0]
    assert the_proposal(failed).proposed == "suspend"
    assert duty(failed, NOON + 2 * HOUR).on_duty


def test_who_holds_no_certificate_is_not_proposed():
    [officer] = changes.crew("一线执法岗")
    changes.law_changed([changes.post("一线执法岗")], questions=3)
    changes.tried(officer, is_right=False)
    assert proposals.review(at=NOON + HOUR) == 0


def test_confirmed_by_a_person_the_officer_is_off_duty_at_once(failed):
    made = suspended(failed)
    assert (made.state, made.decided_on, made.document_no) == ("confirmed", TODAY, "执停〔2026〕1号")
    assert duty(failed, NOON + HOUR).why == "suspended"
    event = EnforcementCertificate.objects.get(officer=failed).events.get(number=2)
    assert (event.reason_code, event.data) == ("change_exam_failed", {"proposal": str(made.uid)})


def test_it_lapses_when_the_test_is_passed_first(failed):
    proposals.review(at=NOON + HOUR)
    proposal = the_proposal(failed)
    changes.tried(failed, is_right=True, at=NOON + 2 * HOUR)
    with pytest.raises(ProposalRefused) as refused:
        proposals.confirm(
            proposal=proposal, on=TODAY, document_no="1号", by=qualifying.hr(), at=NOON + 3 * HOUR
        )
    assert refused.value.code == "decided"
    assert Proposal.objects.get().state == "lapsed"
    assert duty(failed, NOON + 3 * HOUR).on_duty


def test_what_the_register_refuses_decides_nothing(failed):
    proposals.review(at=NOON + HOUR)
    with pytest.raises(Refused):
        confirm(failed, NOON + HOUR, document_no=" ")
    assert the_proposal(failed).decided_at is None


def test_no_machine_decides_and_nobody_about_themselves(failed):
    proposals.review(at=NOON + HOUR)
    own = people.actor(people.grant(failed.user, "hr"))
    for by, code in ((SYSTEM, "person"), (own, "own")):
        with pytest.raises(ProposalRefused) as refused:
            confirm(failed, NOON + HOUR, by=by)
        assert refused.value.code == code
        with pytest.raises(ProposalRefused):
            proposals.dismiss(proposal=the_proposal(failed), reason="情况特殊", by=by, at=NOON + HOUR)


def test_dismissed_with_a_reason_the_same_failure_stays_answered(failed):
    proposals.review(at=NOON + HOUR)
    with pytest.raises(ProposalRefused):
        proposals.dismiss(proposal=the_proposal(failed), reason="无", by=qualifying.hr(), at=NOON + HOUR)
    proposals.dismiss(
        proposal=the_proposal(failed), reason="住院期间无法学习", by=qualifying.hr(), at=NOON + HOUR
    )
    assert proposals.review(at=NOON + 2 * HOUR) == 0
    changes.tried(failed, is_right=False, at=NOON + 3 * HOUR)
    assert proposals.review(at=NOON + 4 * HOUR) == 1
    assert AuditRecord.objects.filter(action="proposal_dismissed").get().reason == "住院期间无法学习"


def test_who_is_concerned_is_heard_until_it_is_decided(failed):
    proposals.review(at=NOON + HOUR)
    own, proposal = people.actor(failed.user), the_proposal(failed)
    proposals.state_case(proposal=proposal, text="当日出警，请予重考。", by=own, at=NOON + HOUR)
    with pytest.raises(ProposalRefused) as refused:
        proposals.state_case(proposal=proposal, text="代写", by=qualifying.hr(), at=NOON + HOUR)
    assert refused.value.code == "own"
    confirm(failed, NOON + HOUR)
    with pytest.raises(ProposalRefused) as refused:
        proposals.state_case(proposal=proposal, text="补充", by=own, at=NOON + 2 * HOUR)
    assert refused.value.code == "decided"
    assert proposal.statements.count() == 1


def test_trained_and_passed_reinstatement_is_proposed(failed):
    qualifying.rules(policy=Policy(remedial_hours=6))
    suspended(failed)
    changes.tried(failed, is_right=True, at=NOON + 3 * HOUR)
    assert proposals.review(at=NOON + 4 * HOUR) == 0
    hours.table()
    hours.granted(failed, "remedial", hours.session(on=TODAY))
    assert proposals.review(at=NOON + 4 * HOUR) == 1
    confirm(failed, NOON + 5 * HOUR)
    assert duty(failed, NOON + 5 * HOUR).on_duty
    assert proposals.review(at=NOON + 6 * HOUR) == 0


@pytest.mark.parametrize(("second", "state"), [(Second.REVOKE, "revoked"), (Second.WITHDRAW, "withdrawn")])
def test_failed_again_while_suspended(failed, second, state):
    qualifying.rules(policy=Policy(second=second))
    suspended(failed)
    changes.tried(failed, is_right=False, at=NOON + 3 * HOUR)
    proposals.review(at=NOON + 4 * HOUR)
    confirm(failed, NOON + 4 * HOUR)
    assert duty(failed, NOON + 4 * HOUR).state == state


def test_a_suspension_by_hand_is_nobodys_proposal(failed):
    proposals.review(at=NOON + HOUR)
    change(
        officer=failed,
        kind=Kind.SUSPENDED,
        on=TODAY,
        reason_code="investigation",
        document_no="督〔2026〕2号",
        by=qualifying.hr(),
        at=NOON + HOUR,
    )
    proposals.review(at=NOON + 2 * HOUR)
    assert Proposal.objects.get().state == "lapsed"
    changes.tried(failed, is_right=True, at=NOON + 3 * HOUR)
    assert proposals.review(at=NOON + 4 * HOUR) == 0


def test_an_exam_that_the_rules_name_is_an_exam_of_a_change():
    unit = people.unit()
    officer, blueprint = qualifying.holder(people.officer(unit)), exams.blueprint()
    certificates.result(certificates.released(unit, blueprint), officer, "59")
    assert proposals.review(at=NOON) == 0
    qualifying.rules(policy=Policy(papers=(str(blueprint.uid),)))
    assert proposals.review(at=NOON) == 1
    certificates.result(certificates.released(unit, blueprint, released_at=NOON), officer, "60")
    proposals.review(at=NOON + HOUR)
    assert Proposal.objects.get().state == "lapsed"


def test_what_was_failed_before_the_certificate_came_into_force_is_answered():
    unit = people.unit()
    officer, blueprint = people.officer(unit), exams.blueprint()
    certificates.result(
        certificates.released(unit, blueprint, released_at=NOON - datetime.timedelta(days=900)), officer, "30"
    )
    qualifying.holder(officer)
    qualifying.rules(policy=Policy(papers=(str(blueprint.uid),)))
    assert proposals.review(at=NOON) == 0


def test_not_passed_by_its_day_counts_where_the_rules_say_so():
    [officer] = changes.crew("一线执法岗")
    changes.law_changed([changes.post("一线执法岗")])
    qualifying.holder(officer)
    after = NOON + datetime.timedelta(days=20)
    assert proposals.review(at=after) == 0
    qualifying.rules(policy=Policy(late_counts=True))
    assert proposals.review(at=after) == 1


def test_who_became_an_auxiliary_is_not_reinstated_and_that_is_on_record(failed):
    suspended(failed)
    changes.tried(failed, is_right=True, at=NOON + 3 * HOUR)
    proposals.review(at=NOON + 4 * HOUR)
    failed.category = "auxiliary"
    failed.save()
    with pytest.raises(NotEligible):
        confirm(failed, NOON + 5 * HOUR)
    assert EnforcementRefusal.objects.get().code == "auxiliary"
    assert the_proposal(failed).proposed == "reinstate"


@pytest.mark.parametrize("more", [0, 4])
def test_a_review_costs_the_same_for_1_and_5(failed, more, django_assert_max_num_queries):
    for number in range(more):
        officer = people.officer(people.unit(), post=changes.post("一线执法岗"))
        qualifying.holder(officer, number=f"S4401001{number}")
    proposals.review(at=NOON + HOUR)
    with django_assert_max_num_queries(8):
        proposals.review(at=NOON + HOUR)
