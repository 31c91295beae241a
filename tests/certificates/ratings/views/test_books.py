"""The page of the data book and its files."""

import io

import openpyxl
import pypdf
import pytest

from lianbing.kit import clock
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import people

PAGE = "/ratings/data-book/"


@pytest.fixture(autouse=True)
def friday(at):
    with clock.pinned(at):
        yield


@pytest.fixture
def east(db):
    root = people.unit("云汐市城管局")
    people.officer(people.unit("西城中队", root))
    east = people.unit("东城中队", root)
    people.officer(east)
    return east


def opened(client, user, address=PAGE, **asked):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address, asked)


def test_a_reader_of_a_squad_sees_that_squad(client, east):
    response = opened(client, people.staff(Role.HR, unit=east))
    assert response.context["book"].whole.unit == east
    assert response.context["book"].whole.figures["officers"] == 1


def test_another_unit_cannot_be_asked_for(client, east):
    other = east.get_siblings().first()
    response = opened(client, people.staff(Role.LEADER, unit=east), unit=other.pk)
    assert response.context["book"].whole.unit == east


@pytest.mark.parametrize("asked", [{"year": "1999"}, {"year": "九"}, {"unit": "x"}, {"unit": "999999"}])
def test_what_is_no_choice_falls_back_to_this_year_and_ones_own_unit(client, east, asked):
    book = opened(client, people.staff(Role.HR), **asked).context["book"]
    assert (book.year, book.whole.unit) == (2026, east.get_root())


def test_the_workbook_holds_the_figures_as_numbers_and_is_on_record(client, east):
    response = opened(client, people.staff(Role.HR), f"{PAGE}file.xlsx")
    sheets = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets
    assert [cell.value for cell in sheets[0]["A"]] == ["单位", "云汐市城管局", "西城中队", "东城中队"]
    assert sheets[0]["B2"].value == 2
    assert AuditRecord.objects.get(action="data_book_taken").details["file"] == "xlsx"


def test_the_book_on_paper_says_its_figures_in_chinese(client, east):
    response = opened(client, people.staff(Role.HR), f"{PAGE}file.pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)
    assert "2026" in text
    assert "东城中队" in text


def test_there_is_no_other_kind_of_file(client, east):
    assert opened(client, people.staff(Role.HR), f"{PAGE}file.exe").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_few_statements(client, east, count, django_assert_max_num_queries):
    for _ in range(count):
        people.officer(east)
    user = people.staff(Role.HR)
    opened(client, user)
    with django_assert_max_num_queries(19):
        client.get(PAGE)
