"""HR's one page and its export."""

import io

import openpyxl
import pytest

from lianbing.kit.models import AuditRecord
from lianbing.people.models import Unit
from tests.factories import certificates, people

PAGE, EXPORT = "/certificates/overview/", "/certificates/overview/export.xlsx"


def names(response):
    return {row["line"].officer.name for row in response.context["rows"]}


def sheet(response):
    return openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]


@pytest.mark.parametrize(
    ("who", "seen"),
    [("hr", {"王小明"}), ("hr_west", {"李四"}), ("hr_all", {"王小明", "李四"}), ("leader", {"王小明"})],
)
def test_everybody_sees_their_own_subtree(bureau, as_user, who, seen):
    assert names(as_user(getattr(bureau, who)).get(PAGE)) == seen


@pytest.mark.parametrize("path", [PAGE, EXPORT, "/certificates/register/", "/certificates/rules/"])
def test_others_are_refused(bureau, as_user, path):
    for user in (bureau.officer.user, bureau.invigilator):
        assert as_user(user).get(path).status_code == 403
    assert as_user(None).get(path).status_code == 302


@pytest.mark.parametrize("path", [PAGE, EXPORT, "/certificates/register/", "/certificates/rules/"])
def test_pages_to_read_refuse_a_post(bureau, as_user, path):
    assert as_user(bureau.hr).post(path).status_code == 405


def test_a_unit_of_others_cannot_be_asked_for(bureau, as_user):
    response = as_user(bureau.hr).get(PAGE, {"unit": bureau.west.pk})
    assert names(response) == {"王小明"}


def test_tiles_count_everybody_and_lead_to_them(bureau, as_user):
    certificates.certificate(bureau.officer, days_left=30)
    response = as_user(bureau.hr_all).get(PAGE, {"standing": "expiring"})
    tiles = {str(tile["url"]): tile["count"] for tile in response.context["tiles"]}
    assert tiles == {
        "?": 2,
        "?standing=certified": 1,
        "?standing=expiring": 1,
        "?standing=uncertified": 1,
        "?standing=failed": 0,
        "?standing=absent": 0,
    }
    assert names(response) == {"王小明"}


@pytest.mark.parametrize(
    "query",
    [
        {"unit": "x", "post": "-1", "sitting": "0", "rule": "9999", "within": "a", "page": "zzz"},
        {"standing": "'; DROP TABLE", "q": "%_\\" * 40},
        {"page": "999999"},
    ],
)
def test_nonsense_in_the_address_is_no_error(bureau, as_user, query):
    for path in (PAGE, EXPORT):
        assert as_user(bureau.hr).get(path, query).status_code == 200


@pytest.mark.parametrize("more", [0, 2, 599])
def test_the_page_costs_the_same_for_1_3_and_600_people(bureau, as_user, more, django_assert_num_queries):
    made = [certificates.certificate(bureau.officer, bureau.rule)]
    sitting = certificates.released(bureau.east)
    certificates.result(sitting, bureau.officer, "90")
    for _ in range(more):
        people.officer(bureau.east)
    client = as_user(bureau.hr)
    with django_assert_num_queries(13):
        response = client.get(PAGE, {"unit": bureau.east.pk, "category": "officer", "sitting": "", "q": ""})
    assert response.context["tiles"][0]["count"] == more + len(made)


def test_all_on_one_page_to_print(bureau, as_user):
    for _ in range(60):
        people.officer(bureau.east)
    client = as_user(bureau.hr)
    assert len(client.get(PAGE).context["rows"]) == 50
    assert len(client.get(PAGE, {"page": "all"}).context["rows"]) == 61


def test_export_has_the_same_rows_masked_and_without_formulas(bureau, as_user):
    certificates.certificate(people.officer(bureau.east, name="=1+1", badge_number="@SUM(A1)"))
    page = sheet(as_user(bureau.hr).get(EXPORT))
    rows = list(page.iter_rows())
    assert len(rows) == 3
    assert not [cell.coordinate for row in rows for cell in row if cell.data_type == "f"]
    assert "440101********12" in [cell.value for row in rows for cell in row]


def test_export_keeps_the_filters_and_is_on_record(bureau, as_user):
    certificates.certificate(bureau.officer, days_left=30)
    people.officer(bureau.east)
    page = sheet(as_user(bureau.hr).get(EXPORT, {"standing": "expiring"}))
    assert page.max_row == 2
    assert AuditRecord.objects.get(action="exported").details["rows"] == 1


def test_register_finds_by_number_and_state(bureau, as_user):
    made = certificates.certificate(bureau.officer)
    certificates.certificate(bureau.officer, days_left=-5)
    client = as_user(bureau.hr)
    found = client.get("/certificates/register/", {"q": made.number, "state": "valid"}).context["rows"]
    assert [row["certificate"].pk for row in found] == [made.pk]
    assert not as_user(bureau.hr_west).get("/certificates/register/").context["rows"]


@pytest.mark.parametrize("count", [1, 3])
def test_register_costs_the_same_however_many(bureau, as_user, count, django_assert_num_queries):
    for _ in range(count):
        certificates.certificate(bureau.officer, bureau.rule)
    client = as_user(bureau.hr)
    with django_assert_num_queries(7):
        client.get("/certificates/register/")


def test_a_closed_unit_is_not_offered(bureau, as_user, at):
    Unit.objects.filter(pk=bureau.west.pk).update(closed_on=at.date())
    choices = dict(as_user(bureau.hr_all).get(PAGE).context["form"].fields["unit"].choices)
    assert str(bureau.west.pk) not in choices
