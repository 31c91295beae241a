"""The pages of proposals: HR decides, the person concerned is heard, others see nothing."""

import datetime

import pytest

from certificates.models import Proposal
from certificates.queries.duty import standings
from certificates.rules.proposing import Policy
from certificates.services import proposals
from tests.factories import certificates, exams, people, qualifying

LIST = "/certificates/proposals/"


@pytest.fixture
def proposal(bureau, at):
    """王小明 of the east squad failed the exam of a change."""
    blueprint = exams.blueprint(title="修订专项测试")
    qualifying.holder(bureau.officer)
    qualifying.rules(policy=Policy(papers=(str(blueprint.uid),)), public_exam={})
    certificates.result(certificates.released(bureau.east, blueprint), bureau.officer, "40")
    proposals.review(at=at)
    return Proposal.objects.get()


def url(proposal, act=""):
    return f"{LIST}{proposal.uid}/{act}"


GIVEN = {"on": "2026-11-20", "document_no": "执停〔2026〕1号", "note": "", "confirmed": "on"}


def test_hr_reads_the_evidence_and_confirms(bureau, as_user, proposal, at):
    client = as_user(bureau.hr)
    assert [row["proposal"] for row in client.get(LIST).context["rows"]] == [proposal]
    assert client.get(url(proposal)).context["decides"]
    assert client.post(url(proposal, "confirm"), GIVEN).status_code == 302
    assert standings([bureau.officer.pk], at)[bureau.officer.pk].why == "suspended"
    assert client.get(url(proposal, "confirm")).status_code == 302
    assert not client.get(LIST).context["rows"]
    assert [row["proposal"] for row in client.get(LIST, {"state": "all"}).context["rows"]] == [proposal]


@pytest.mark.parametrize(
    "wrong",
    [
        {"document_no": ""},
        {"document_no": "   "},
        {"on": "2026-11-21"},
        {"on": "2024-01-01"},
        {"confirmed": ""},
    ],
)
def test_a_decision_that_cannot_stand_is_told_and_changes_nothing(bureau, as_user, proposal, wrong):
    response = as_user(bureau.hr).post(url(proposal, "confirm"), GIVEN | wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_hr_dismisses_with_a_reason(bureau, as_user, proposal):
    client = as_user(bureau.hr)
    assert client.post(url(proposal, "dismiss"), {"reason": "短"}).status_code == 200
    assert client.post(url(proposal, "dismiss"), {"reason": "考试当日因公出警"}).status_code == 302
    assert "考试当日因公出警" in client.get(url(proposal)).content.decode()


def test_the_person_concerned_reads_it_and_is_heard(bureau, as_user, proposal):
    client = as_user(bureau.officer.user)
    assert client.get(url(proposal)).context["concerned"]
    assert client.post(url(proposal, "answer"), {"text": "  "}).status_code == 200
    assert client.post(url(proposal, "answer"), {"text": "请求补考"}).status_code == 302
    assert "请求补考" in as_user(bureau.hr).get(url(proposal)).content.decode()
    assert url(proposal) in as_user(bureau.officer.user).get("/certificates/eligibility/").content.decode()


def test_others_neither_read_nor_decide(bureau, as_user, proposal):
    assert as_user(bureau.other.user).get(url(proposal)).status_code == 404
    assert as_user(bureau.hr_west).get(url(proposal)).status_code == 404
    assert as_user(bureau.hr_west).post(url(proposal, "confirm"), GIVEN).status_code == 404
    assert as_user(bureau.leader).post(url(proposal, "confirm"), GIVEN).status_code == 403
    assert not as_user(bureau.leader).get(url(proposal)).context["decides"]
    assert as_user(bureau.hr).post(url(proposal, "answer"), {"text": "代写"}).status_code == 404
    own = people.grant(bureau.officer.user, "hr", unit=bureau.east)
    for act in ("confirm", "dismiss"):
        assert as_user(own).post(url(proposal, act), GIVEN | {"reason": "自己决定"}).status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_for_1_and_3(
    bureau, as_user, proposal, at, more, django_assert_max_num_queries
):
    blueprint = exams.blueprint()
    qualifying.rules(
        policy=Policy(papers=(str(blueprint.uid), proposal.cause.partition(":")[2])), public_exam={}
    )
    for number in range(more):
        officer = qualifying.holder(people.officer(bureau.east), number=f"S2{number}")
        certificates.result(certificates.released(bureau.east, blueprint), officer, "10")
    proposals.review(at=at)
    client = as_user(bureau.hr)
    with django_assert_max_num_queries(8):
        assert len(client.get(LIST).context["rows"]) == more + 1


def test_front_pages_tell_hr_and_the_person(bureau, as_user, proposal):
    for user in (bureau.hr, bureau.officer.user):
        assert LIST in as_user(user).get("/").content.decode()
    assert LIST + str(proposal.uid) not in as_user(bureau.hr_west).get("/").content.decode()


def test_lapsed_it_says_so(bureau, as_user, proposal, at):
    certificates.result(
        certificates.released(
            bureau.east,
            exams.Blueprint.objects.get(title="修订专项测试"),
            released_at=at + datetime.timedelta(minutes=1),
        ),
        bureau.officer,
        "90",
    )
    proposals.review(at=at + datetime.timedelta(minutes=2))
    response = as_user(bureau.hr).get(url(proposal))
    assert response.context["proposal"].state == "lapsed"
    assert not response.context["decides"]
