"""The register's pages: who sees what, every act by its form, refusals in words."""

import datetime

import pytest

from certificates.models import EnforcementCertificate, EnforcementEvent, EnforcementRefusal
from certificates.rules.reasons import reasons_of
from certificates.state.enforcement import State
from lianbing.people.models import Officer
from lianbing.people.rules import Role
from tests.factories import enforcement, people

REGISTER, NEW, ALARMS = (f"/certificates/enforcement/{rest}" for rest in ("", "new/", "alarms/"))


@pytest.fixture
def held(bureau):
    return enforcement.entered(bureau.officer)


def names(response):
    return {row["officer"].name for row in response.context["rows"]}


def sent(row, kind, **fields):
    """A form of one change, as a browser sends it."""
    return {
        "on": "2026-11-20",
        "reason_code": reasons_of(kind)[0],
        "document_no": "云执〔2026〕9号",
        "note": "",
        "expected": row.event_count,
        "confirmed": "on",
        **fields,
    }


def address(row, kind=""):
    return f"/certificates/enforcement/{row.uid}/" + (f"{kind}/" if kind else "")


@pytest.mark.parametrize(
    ("who", "seen"),
    [("hr", {"王小明"}), ("hr_west", {"李四"}), ("hr_all", {"王小明", "李四"}), ("leader", {"王小明"})],
)
def test_everybody_sees_their_own_subtree(bureau, as_user, who, seen):
    assert names(as_user(getattr(bureau, who)).get(REGISTER)) == seen


def test_auxiliaries_stand_in_it_only_when_they_hold_one(bureau, as_user):
    helper = people.officer(bureau.east, name="协管甲", category="auxiliary")
    assert names(as_user(bureau.hr).get(REGISTER)) == {"王小明"}
    enforcement.entered(helper_as_officer(helper))
    Officer.objects.filter(pk=helper.pk).update(category="auxiliary")
    page = as_user(bureau.hr).get(REGISTER)
    assert names(page) == {"王小明", "协管甲"}
    assert [row["on_duty"] for row in page.context["rows"] if row["officer"].pk == helper.pk] == [False]


def helper_as_officer(helper):
    Officer.objects.filter(pk=helper.pk).update(category="officer")
    return Officer.objects.get(pk=helper.pk)


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"state": "on_duty"}, {"王小明"}),
        ({"state": "active"}, {"王小明"}),
        ({"state": "without"}, {"李四"}),
        ({"state": "off_duty"}, {"赵六"}),
        ({"state": "suspended"}, {"赵六"}),
        ({"state": "ending"}, {"孙七"}),
        ({"within": "1"}, set()),
        ({"within": "6"}, {"孙七"}),
        ({"q": "赵"}, {"赵六"}),
        ({"q": "ending-no"}, {"孙七"}),
        ({"left": "on"}, {"周八"}),
    ],
)
def test_filters_find_the_people_they_name(bureau, as_user, held, query, seen):
    stopped = enforcement.entered(people.officer(bureau.east, name="赵六"))
    enforcement.changed(stopped.officer, "suspended")
    soon = {"valid_until": "2027-04-01", "certificate_no": "ENDING-NO"}
    enforcement.entered(people.officer(bureau.east, name="孙七"), **soon)
    gone = enforcement.entered(people.officer(bureau.east, name="周八"))
    Officer.objects.filter(pk=gone.officer_id).update(left_on=enforcement.TODAY)
    found = names(as_user(bureau.hr_all).get(REGISTER, query))
    assert found == (seen | {"孙七"} if query.get("state") in {"on_duty", "active"} else seen)


def test_tiles_count_everybody_and_lead_to_them(bureau, as_user, held):
    response = as_user(bureau.hr_all).get(REGISTER, {"state": "without", "q": ""})
    tiles = {tile["url"]: tile["count"] for tile in response.context["tiles"]}
    assert (tiles["?"], tiles["?state=on_duty"], tiles["?state=without"]) == (2, 1, 1)
    assert names(response) == {"李四"}


@pytest.mark.parametrize(
    "query",
    [
        {"unit": "x", "state": "'; DROP", "within": "-1", "page": "zzz"},
        {"q": "%_\\\x00" * 12, "within": "99999999999999999999", "page": "999999"},
    ],
)
@pytest.mark.parametrize("path", [REGISTER, ALARMS, "/certificates/enforcement/refusals/"])
def test_nonsense_in_the_address_is_no_error(bureau, as_user, path, query):
    assert as_user(bureau.hr).get(path, query).status_code == 200


@pytest.mark.parametrize("path", [REGISTER, ALARMS, NEW, "/certificates/enforcement/rules/"])
def test_others_are_refused(bureau, as_user, path):
    for user in (bureau.officer.user, bureau.invigilator):
        assert as_user(user).get(path).status_code == 403
    assert as_user(None).get(path).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"), [("hr", 200), ("leader", 200), ("hr_all", 200), ("hr_west", 404), ("invigilator", 404)]
)
def test_who_reads_an_entry(bureau, as_user, held, who, status):
    assert as_user(getattr(bureau, who)).get(address(held)).status_code == status


def test_the_holder_reads_what_was_decided_but_not_who_typed_it(bureau, as_user, held):
    enforcement.changed(bureau.officer, "suspended", by=people.actor(bureau.hr))
    response = as_user(bureau.officer.user).get(address(held))
    page = response.content.decode()
    assert "云执〔2026〕12号" in page
    assert bureau.hr.name not in page
    assert response.context["acts"] == []
    assert as_user(bureau.other.user).get(address(held)).status_code == 404


def test_the_holder_sees_it_on_the_own_page(bureau, as_user, held):
    page = as_user(bureau.officer.user).get("/certificates/")
    assert page.context["enforcement"]["standing"].on_duty
    assert held.certificate_no in page.content.decode()
    assert as_user(bureau.other.user).get("/certificates/").context["enforcement"] is None


def test_an_entry_shows_chain_history_and_what_may_be_done(bureau, as_user, held):
    enforcement.changed(bureau.officer, "lost")
    enforcement.changed(bureau.officer, "reissued", certificate_no="YX-NEW")
    context = as_user(bureau.hr).get(address(held)).context
    assert [link.number for link in context["chain"]] == ["YX-NEW", held.certificate_no]
    assert len(context["history"]) == 3
    assert {"suspended", "revoked"} <= {str(one["kind"]) for one in context["acts"]}
    assert as_user(bureau.leader).get(address(held)).context["acts"] == []


ROADS = [
    ([], "suspended", {}, State.SUSPENDED),
    ([], "reviewed", {"year": "2026", "result": "passed", "conduct": "on", "hours": "40.5"}, State.ACTIVE),
    ([], "reviewed", {"year": "2026", "result": "failed"}, State.WITHDRAWN),
    ([], "withdrawn", {}, State.WITHDRAWN),
    ([], "lost", {}, State.LOST),
    ([], "reissued", {"certificate_no": "YX-R"}, State.ACTIVE),
    ([], "transferred", {"specialist_exam": "专业法律知识考试 2026-10-08"}, State.ACTIVE),
    ([], "revoked", {"blocked_until": "2028-11-20"}, State.REVOKED),
    ([], "cancelled", {}, State.CANCELLED),
    ([], "corrected", {"certificate_no": "YX-C"}, State.ACTIVE),
    ([], "passed", {}, State.ACTIVE),
    (["suspended"], "reinstated", {}, State.ACTIVE),
    (["lost"], "reinstated", {"reason_code": "found"}, State.ACTIVE),
    (["revoked"], "reinstated", {"reason_code": "overturned"}, State.ACTIVE),
    (["cancelled"], "applied", {}, State.TRAINING),
    (["cancelled", "applied"], "passed", {}, State.EXAM_PASSED),
    (
        ["cancelled", "applied", "passed"],
        "issued",
        {"certificate_no": "N", "valid_from": "2026-11-20"},
        State.ACTIVE,
    ),
]


@pytest.mark.parametrize(("before", "kind", "fields", "after"), ROADS)
def test_every_act_is_done_by_its_form(bureau, as_user, held, before, kind, fields, after):
    for one in before:
        held = enforcement.changed(bureau.officer, one)
    client = as_user(bureau.hr)
    assert client.get(address(held, kind)).status_code == 200
    response = client.post(address(held, kind), sent(held, kind, **fields))
    assert response.status_code == 302, response.context["form"].errors
    stored = EnforcementCertificate.objects.get(pk=held.pk)
    assert (stored.state, stored.event_count) == (after, held.event_count + 1)
    assert EnforcementEvent.objects.last().actor["name"] == bureau.hr.name


def test_a_renewal_is_offered_with_the_days_that_follow(bureau, as_user):
    held = enforcement.entered(bureau.officer, valid_until="2027-03-31")
    client = as_user(bureau.hr)
    initial = client.get(address(held, "renewed")).context["form"].initial
    assert (initial["valid_from"], initial["valid_until"]) == (
        datetime.date(2027, 4, 1),
        datetime.date(2032, 3, 31),
    )
    form = sent(held, "renewed", certificate_no="YX-2", valid_from="2027-04-01", valid_until="2032-03-31")
    assert client.post(address(held, "renewed"), form).status_code == 302
    assert client.get(address(held)).context["chain"][0].number == "YX-2"


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("suspended", {"document_no": ""}, "document_no"),
        ("suspended", {"confirmed": ""}, "confirmed"),
        ("suspended", {"reason_code": "retirement"}, "reason_code"),
        ("suspended", {"reason_code": "other", "note": "不好"}, "note"),
        ("suspended", {"on": "2026-11-21"}, None),
        ("suspended", {"on": "2026-02-30"}, "on"),
        ("suspended", {"on": "0001-01-01"}, None),
        ("suspended", {"document_no": "甲\n乙"}, "document_no"),
        ("suspended", {"expected": "x"}, "expected"),
        ("suspended", {"expected": "7"}, None),
        ("reviewed", {"year": "2030", "result": "passed", "conduct": "on"}, None),
        ("reviewed", {"year": "2026", "result": "passed"}, None),
        ("reviewed", {"year": "2026", "result": "passed", "hours": "NaN"}, "hours"),
        ("corrected", {}, None),
        ("renewed", {"certificate_no": "N", "valid_from": "2028-11-21"}, None),
        ("renewed", {"certificate_no": "", "valid_from": "9999-12-31"}, "certificate_no"),
        ("reinstated", {}, None),
    ],
)
def test_a_bad_form_changes_nothing_and_says_why(bureau, as_user, held, kind, fields, field):
    response = as_user(bureau.hr).post(address(held, kind), sent(held, kind, **fields))
    assert response.status_code == 200
    assert response.context["form"].errors[field or "__all__"]
    assert EnforcementEvent.objects.count() == 1


def test_an_act_that_is_not_possible_leads_back_with_a_word(bureau, as_user, held):
    response = as_user(bureau.hr).get(address(held, "reinstated"), follow=True)
    assert response.redirect_chain[-1][0] == address(held)
    assert list(response.context["messages"])


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("hr_west", 404), ("invigilator", 403)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_act(bureau, as_user, held, who, status, method):
    client = as_user(getattr(bureau, who))
    assert getattr(client, method)(address(held, "suspended")).status_code == status


def test_an_unknown_act_is_not_found(bureau, as_user, held):
    assert as_user(bureau.hr).get(address(held, "forged")).status_code == 404


def test_hr_does_nothing_to_their_own_entry(bureau, as_user, held):
    people.grant(bureau.officer.user, Role.HR)
    client = as_user(bureau.officer.user)
    assert client.get(address(held)).context["acts"] == []
    assert client.post(address(held, "reviewed"), sent(held, "reviewed")).status_code == 404


def test_an_entry_a_merged_record_left_behind_is_only_read(bureau, as_user, held):
    other = enforcement.entered(people.officer(bureau.east))
    client = as_user(bureau.hr)
    assert client.get(address(other)).context["acts"]
    Officer.objects.filter(pk=other.officer_id).update(merged_into=bureau.officer)
    assert client.get(address(other)).context["acts"] == []
    assert client.post(address(other, "suspended"), sent(other, "suspended")).status_code == 404
    assert client.get(address(held)).context["acts"]


def entry(officer, **fields):
    card = {"certificate_no": "YX-9", "valid_from": "2024-01-01", "valid_until": "2028-12-31"}
    return {"staff_number": officer.staff_number, "how": "entered", "on": "2024-01-01", **card, **fields}


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.ACTIVE),
        ({"how": "applied"}, State.TRAINING),
        ({"how": "passed"}, State.EXAM_PASSED),
        ({"how": "exempt"}, State.EXAM_PASSED),
    ],
)
def test_a_first_entry_is_made(bureau, as_user, fields, state):
    response = as_user(bureau.hr).post(NEW, entry(bureau.officer, **fields))
    row = EnforcementCertificate.objects.get()
    assert (response.status_code, row.state) == (302, state)
    assert bool(row.certificate_no) is (state is State.ACTIVE)


@pytest.mark.parametrize("category", ["auxiliary", "civilian"])
def test_auxiliaries_and_civilians_are_refused_with_the_law(bureau, as_user, category):
    person = people.officer(bureau.east, name="协管甲", category=category)
    page = as_user(bureau.hr).post(NEW, entry(person)).content.decode()
    assert "第四十二条" in page
    assert EnforcementRefusal.objects.get().officer == person
    listed = as_user(bureau.leader).get("/certificates/enforcement/refusals/").content.decode()
    assert "协管甲" in listed
    assert "协管甲" not in as_user(bureau.hr_west).get("/certificates/enforcement/refusals/").content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"staff_number": "NOBODY"}, "staff_number"),
        ({"staff_number": "甲\x00"}, "staff_number"),
        ({"how": "bought"}, "how"),
        ({"certificate_no": ""}, "certificate_no"),
        ({"valid_until": ""}, "valid_until"),
        ({"valid_until": "2023-12-31"}, "__all__"),
        ({"on": "2026-11-21"}, "__all__"),
        ({"first_issued_on": "2025-01-01"}, "__all__"),
    ],
)
def test_a_bad_entry_is_not_made(bureau, as_user, fields, field):
    response = as_user(bureau.hr).post(NEW, entry(bureau.officer, **fields))
    assert response.context["form"].errors[field]
    assert not EnforcementEvent.objects.exists()


def test_people_of_other_units_cannot_be_entered(bureau, as_user):
    response = as_user(bureau.hr).post(NEW, entry(bureau.other))
    assert response.context["form"].errors["staff_number"]


def test_who_stands_in_it_already_is_shown(bureau, as_user, held):
    response = as_user(bureau.hr).post(NEW, entry(bureau.officer))
    assert response.url == address(held)


def test_the_alarm_lists_who_is_posted_and_may_not_enforce(bureau, as_user, held):
    enforcement.duty_post()
    people.officer(bureau.east, name="赵六")
    enforcement.changed(bureau.officer, "suspended")
    response = as_user(bureau.hr).get(ALARMS)
    assert {row["row"].officer.name for row in response.context["rows"]} == {"王小明", "赵六"}
    assert {row["row"].officer.name for row in as_user(bureau.hr_west).get(ALARMS).context["rows"]} == {
        "李四"
    }
    assert as_user(bureau.hr).get(ALARMS, {"unit": bureau.west.pk}).context["rows"]


def test_an_empty_alarm_says_whether_anything_is_watched(bureau, as_user):
    assert as_user(bureau.hr).get(ALARMS).context["marked"] is False
    enforcement.duty_post("别的岗")
    assert as_user(bureau.hr).get(ALARMS).context["marked"] is True


@pytest.mark.parametrize("count", [1, 3, 60])
@pytest.mark.parametrize(("path", "statements"), [(REGISTER, 11), (ALARMS, 8)])
def test_the_lists_cost_the_same_however_many(
    bureau, as_user, path, statements, count, django_assert_num_queries
):
    enforcement.duty_post()
    for _ in range(count):
        row = enforcement.entered(people.officer(bureau.east))
        enforcement.changed(row.officer, "suspended")
    client = as_user(bureau.hr)
    with django_assert_num_queries(statements):
        client.get(path)


@pytest.mark.parametrize("count", [1, 3])
def test_an_entry_costs_the_same_however_long_its_history(
    bureau, as_user, held, count, django_assert_num_queries
):
    for _ in range(count):
        enforcement.changed(bureau.officer, "suspended")
        enforcement.changed(bureau.officer, "reinstated")
    client = as_user(bureau.hr)
    with django_assert_num_queries(12):
        client.get(address(held))
