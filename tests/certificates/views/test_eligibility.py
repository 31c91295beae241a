"""The pages of eligibility: one's own, HR's list and its export, one person, what HR states."""

import io

import openpyxl
import pytest

from certificates.models import Attestation
from tests.factories import people, qualifying

OWN, PEOPLE = "/certificates/eligibility/", "/certificates/eligibility/people/"
EXPORT = "/certificates/eligibility/people/export.xlsx"


def person(officer):
    return f"{PEOPLE}{officer.pk}/"


def state(officer):
    return f"{PEOPLE}{officer.pk}/state"


def names(response):
    return {row["line"].officer.name for row in response.context["rows"]}


GIVEN = {"part": "public_exam", "on": "2026-11-01", "until": "", "document_no": "司〔2026〕9号", "note": ""}


def test_an_officer_reads_what_they_have_and_what_they_still_need(bureau, as_user):
    qualifying.rules()
    qualifying.stated(bureau.officer)
    response = as_user(bureau.officer.user).get(OWN)
    assert [row.part for row in response.context["has"]] == ["category", "public_exam", "no_block"]
    assert [row.part for row in response.context["needs"]] == ["hours"]
    assert "司法局〔2026〕8号" in response.content.decode()


def test_without_rules_the_page_says_who_sets_them(bureau, as_user):
    assert as_user(bureau.officer.user).get(OWN).status_code == 200
    assert as_user(bureau.hr).get(PEOPLE).status_code == 200


def test_an_auxiliary_reads_the_law(bureau, as_user):
    qualifying.rules()
    auxiliary = people.officer(bureau.east, category="auxiliary")
    text = as_user(auxiliary.user).get(OWN).content.decode()
    assert "第四十二条" in text


def test_staff_without_a_post_go_to_the_list_and_strangers_nowhere(bureau, as_user):
    assert as_user(bureau.hr).get(OWN)["Location"] == PEOPLE
    assert as_user(bureau.invigilator).get(OWN).status_code == 404


@pytest.mark.parametrize(
    ("who", "seen"),
    [("hr", {"王小明"}), ("hr_west", {"李四"}), ("hr_all", {"王小明", "李四"}), ("leader", {"王小明"})],
)
def test_everybody_sees_their_own_subtree(bureau, as_user, who, seen):
    qualifying.rules()
    assert names(as_user(getattr(bureau, who)).get(PEOPLE)) == seen


@pytest.mark.parametrize(
    "path", [PEOPLE, EXPORT, "/certificates/eligibility/rules/", "/certificates/proposals/"]
)
def test_others_are_refused(bureau, as_user, path):
    for user in (bureau.officer.user, bureau.invigilator):
        assert as_user(user).get(path).status_code == 403
    assert as_user(bureau.hr).post(path).status_code == 405


def test_tiles_count_and_filters_narrow(bureau, as_user):
    qualifying.rules(public_exam={})
    ready = people.officer(bureau.east, name="赵合格")
    qualifying.stated(ready)
    qualifying.holder(people.officer(bureau.east, name="钱持证"))
    people.officer(bureau.east, name="孙协管", category="auxiliary")
    client = as_user(bureau.hr)
    counts = {tile["url"]: tile["count"] for tile in client.get(PEOPLE).context["tiles"]}
    assert counts == {
        "?": 3,
        "?standing=ready": 1,
        "?standing=lacks": 1,
        "?standing=holds": 1,
        "?standing=barred": 0,
    }
    assert names(client.get(PEOPLE, {"standing": "ready"})) == {"赵合格"}
    assert names(client.get(PEOPLE, {"lacking": "public_exam"})) == {"王小明"}
    assert names(client.get(PEOPLE, {"category": "auxiliary", "standing": "barred"})) == {"孙协管"}
    assert names(client.get(PEOPLE, {"q": "赵合"})) == {"赵合格"}


@pytest.mark.parametrize(
    "query", [{"unit": "x", "post": "-1", "page": "zzz"}, {"standing": "'", "lacking": "y"}]
)
def test_nonsense_in_the_address_is_no_error(bureau, as_user, query):
    qualifying.rules()
    for path in (PEOPLE, EXPORT):
        assert as_user(bureau.hr).get(path, query).status_code == 200


@pytest.mark.parametrize("more", [0, 2, 599])
def test_the_list_costs_the_same_for_1_3_and_600_people(bureau, as_user, more, django_assert_max_num_queries):
    qualifying.rules(
        public_exam={"papers": (str(bureau.rule.blueprint.uid),), "exempt": ("legal_profession",)},
        hours={},
        conduct={},
        no_block={},
    )
    for _ in range(more):
        people.officer(bureau.east)
    client = as_user(bureau.hr)
    with django_assert_max_num_queries(16):
        response = client.get(PEOPLE, {"category": "all"})
    assert response.context["page_obj"].paginator.count == more + 1


def test_the_export_holds_what_is_missing_in_words(bureau, as_user):
    qualifying.rules()
    book = openpyxl.load_workbook(io.BytesIO(as_user(bureau.hr).get(EXPORT).content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert len(rows) == 2
    assert "60" in rows[1][8]


def test_one_person_with_what_hr_stated(bureau, as_user):
    qualifying.rules()
    made = qualifying.stated(bureau.officer)
    response = as_user(bureau.hr).get(person(bureau.officer))
    assert response.context["statements"] == [made]
    assert not as_user(bureau.leader).get(person(bureau.officer)).context["states"]
    assert as_user(bureau.hr_west).get(person(bureau.officer)).status_code == 404


def test_hr_states_with_a_document_and_takes_it_back(bureau, as_user):
    qualifying.rules()
    client = as_user(bureau.hr)
    assert client.post(state(bureau.officer), GIVEN).status_code == 302
    made = Attestation.objects.get()
    back = f"/certificates/eligibility/statements/{made.uid}/take-back"
    assert client.post(back, {"reason": "短"}).status_code == 200
    assert client.post(back, {"reason": "文号录入有误"}).status_code == 302
    shown = client.get(person(bureau.officer))
    assert [row.part for row in shown.context["needs"]] == ["public_exam", "hours"]
    assert "文号录入有误" in shown.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"document_no": " "},
        {"on": "0001-01-01"},
        {"on": "2026-11-21"},
        {"on": "2026年11月1日"},
        {"until": "9999-12-31"},
        {"until": "2020-01-01"},
        {"part": "hours"},
    ],
)
def test_a_wrong_statement_is_told_beside_its_field(bureau, as_user, wrong):
    response = as_user(bureau.hr).post(state(bureau.officer), GIVEN | wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Attestation.objects.exists()


def test_nobody_states_anything_of_people_elsewhere_or_of_themselves(bureau, as_user):
    assert as_user(bureau.hr_west).post(state(bureau.officer), GIVEN).status_code == 404
    own = people.grant(bureau.officer.user, "hr", unit=bureau.east)
    assert as_user(own).post(state(bureau.officer), GIVEN).status_code == 404
    assert as_user(bureau.leader).post(state(bureau.officer), GIVEN).status_code == 403


def test_conduct_is_stated_against_somebody(bureau, as_user):
    qualifying.rules(public_exam={}, conduct={})
    as_user(bureau.hr).post(state(bureau.officer), GIVEN | {"part": "against"})
    response = as_user(bureau.officer.user).get(OWN)
    assert "conduct" in [row.part for row in response.context["needs"]]


def test_the_page_of_one_person_stays_within_its_budget(bureau, as_user, django_assert_max_num_queries):
    qualifying.rules(
        public_exam={"papers": (str(bureau.rule.blueprint.uid),), "exempt": ("legal_profession",)},
        hours={},
        conduct={},
        no_block={},
    )
    for _ in range(3):
        qualifying.stated(bureau.officer)
    for user, path in ((bureau.officer.user, OWN), (bureau.hr, person(bureau.officer))):
        client = as_user(user)
        with django_assert_max_num_queries(15):
            client.get(path)


def test_ones_own_certificates_lead_there_until_one_is_held(bureau, as_user):
    client = as_user(bureau.officer.user)
    assert client.get("/certificates/").context["road"]
    qualifying.holder(bureau.officer)
    assert not client.get("/certificates/").context["road"]
    qualifying.rules()
    assert client.get(OWN).context["standing"] == "holds"


def test_who_may_apply_is_entered_in_the_register_from_their_page(bureau, as_user):
    qualifying.rules(public_exam={})
    qualifying.stated(bureau.officer)
    text = as_user(bureau.hr).get(person(bureau.officer)).content.decode()
    assert f"/certificates/enforcement/new/?officer={bureau.officer.staff_number}" in text
