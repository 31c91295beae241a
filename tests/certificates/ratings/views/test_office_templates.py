"""Workbooks of other offices, filled: formulas stay and grow, names are known or told, personal data is masked."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certificates.ratings.models import OfficeTemplate
from lianbing.kit import clock
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import enforcement, people

PAGE = "/ratings/templates/"


@pytest.fixture(autouse=True)
def friday(at):
    with clock.pinned(at):
        yield


@pytest.fixture
def bureau(db):
    root = people.unit("云汐市城管局")
    east, west = people.unit("东城中队", root), people.unit("西城中队", root)
    enforcement.entered(people.officer(east, name="王小明", id_number_masked="440101********12"))
    people.officer(west, name="=李四")
    return root


@pytest.fixture
def hr(client, bureau):
    client.force_login(people.staff(Role.HR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


UNITS = workbook(
    ["{{填报单位}}{{年度}}年"], ["{{单位}}", "{{执法人员}}", "{{可上岗率}}"], ["合计", "=SUM(B2:B2)", None]
)
PEOPLE = workbook(["{{姓名}}", "{{身份证号}}", "{{执法证号}}", "{{有效期至}}", "{{能否上岗}}"])


def upload(client, data=UNITS, rows="unit", title="省厅季报"):
    file = SimpleUploadedFile("季报.xlsx", data)
    return client.post(PAGE, {"title": title, "rows": rows, "file": file}, follow=True)


def filled(client, **asked):
    response = client.get(f"{PAGE}{OfficeTemplate.objects.get().uid}/filled.xlsx", asked)
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def test_a_row_for_each_unit_and_the_sum_grows_with_it(hr):
    upload(hr)
    sheet = filled(hr)
    assert sheet["A1"].value == "云汐市城管局2026年"
    assert [[cell.value for cell in row] for row in sheet["A2:C3"]] == [
        ["东城中队", 1, 100],
        ["西城中队", 1, 0],
    ]
    assert sheet["B4"].value == "=SUM(B2:B3)"
    assert AuditRecord.objects.get(action="office_template_filled").details["unit"] == "云汐市城管局"


def test_a_row_for_each_person_masked_and_never_a_formula(hr):
    upload(hr, PEOPLE, "person")
    sheet = filled(hr)
    rows = [[cell.value for cell in row] for row in sheet["A1:E2"]]
    assert rows[0][:2] == ["王小明", "440101********12"]
    assert rows[0][4] == "是"
    assert rows[1][0] == "'=李四"
    assert rows[1][4] == "否"


def test_a_unit_is_filled_alone(hr, bureau):
    upload(hr, PEOPLE, "person")
    sheet = filled(hr, unit=bureau.get_children()[0].pk)
    assert (sheet.max_row, sheet["A1"].value) == (1, "王小明")


def test_an_unknown_placeholder_is_told_and_stays(hr):
    response = upload(hr, workbook(["{{单位}}", "{{罚没收入}}"]))
    assert "罚没收入" in response.content.decode()
    assert filled(hr)["B1"].value == "{{罚没收入}}"


@pytest.mark.parametrize("data", [b"", b"no workbook", UNITS[:200], workbook(["没有占位符"])])
def test_what_is_no_template_is_refused_in_words(hr, data):
    response = upload(hr, data)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not OfficeTemplate.objects.exists()


def test_hr_of_a_unit_fills_for_that_unit_and_keeps_none(client, hr, bureau):
    upload(hr, PEOPLE, "person")
    east, west = bureau.get_children()
    user = people.staff(Role.HR, unit=west)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert filled(client, unit=east.pk)["A1"].value == "'=李四"
    assert upload(client).status_code == 404
    assert client.post(f"{PAGE}{OfficeTemplate.objects.get().uid}/retire").status_code == 404


def test_a_retired_template_is_filled_no_more_and_is_kept(hr):
    upload(hr)
    uid = OfficeTemplate.objects.get().uid
    hr.post(f"{PAGE}{uid}/retire")
    assert hr.get(f"{PAGE}{uid}/filled.xlsx").status_code == 404
    assert OfficeTemplate.objects.get().retired_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_few_statements(hr, count, django_assert_max_num_queries):
    for number in range(count):
        upload(hr, title=f"第{number}份")
    with django_assert_max_num_queries(10):
        assert len(hr.get(PAGE).context["templates"]) == count
