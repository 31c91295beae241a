"""The leader's page and HR's desk."""

import io

import docx
import pytest

from certificates.state.enforcement import Kind
from lianbing.kit import clock
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import certificates, enforcement, people

LEADER, DESK = "/ratings/leader/", "/ratings/desk/"


@pytest.fixture(autouse=True)
def friday(at):
    with clock.pinned(at):
        yield


@pytest.fixture
def bureau(db):
    """East: one on duty, one posted on enforcement without a certificate; west: one whose card ends in ten days."""
    root = people.unit("云汐市城管局")
    east, west = people.unit("东城中队", root), people.unit("西城中队", root)
    front = enforcement.duty_post()
    enforcement.entered(people.officer(east, post=front))
    people.officer(east, post=front, name="无证者")
    enforcement.entered(people.officer(west, post=front), valid_until="2026-11-30")
    return root


def opened(client, user, address=LEADER, **asked):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address, asked)


def texts(response):
    return [one["text"] for one in response.context["numbers"]]


def test_five_numbers_of_the_whole(client, bureau):
    response = opened(client, people.staff(Role.LEADER))
    assert texts(response) == ["66.7%", "1", "1", "0%", "—"]
    assert [one["tone"] for one in response.context["numbers"]] == ["bad", "bad", "warn", "bad", "info"]


def test_the_worst_risks_say_where_and_lead_to_who(client, bureau):
    first, second, *_rest = opened(client, people.staff(Role.LEADER)).context["risks"]
    assert (first["unit"], first["tone"]) == ("东城中队", "bad")
    assert "1" in first["words"]
    assert second["unit"] == "西城中队"
    for risk in (first, second):
        assert client.get(risk["url"]).status_code == 200


def test_a_suspension_shows_at_once(client, bureau, at):
    holder = bureau.get_children()[0].appointments.first().officer
    enforcement.changed(holder, Kind.SUSPENDED)
    assert texts(opened(client, people.staff(Role.LEADER)))[:2] == ["33.3%", "2"]


def test_a_leader_sees_their_own_units_alone(client, bureau):
    east, west = bureau.get_children()
    response = opened(client, people.staff(Role.LEADER, unit=west), unit=east.pk)
    assert response.context["unit"] == west
    assert "无证者" not in response.content.decode()


@pytest.mark.parametrize("address", [LEADER, DESK])
def test_every_number_leads_to_a_page(client, bureau, address):
    for one in opened(client, people.staff(Role.HR), address).context["numbers"]:
        assert client.get(one["url"]).status_code == 200


def test_the_desk_has_a_row_for_the_whole_and_for_each_branch(client, bureau):
    certificates.result(certificates.released(bureau.get_children()[0]), people.officer(bureau), 81)
    rows = opened(client, people.staff(Role.HR), DESK).context["rows"]
    assert [unit.name for unit, _cells in rows] == ["云汐市城管局", "东城中队", "西城中队"]
    assert rows[1][1][:6] == ["2", "1", "50", "1", "0", "0"]


def test_an_empty_bureau_says_so(client, db):
    people.unit("新局")
    response = opened(client, people.staff(Role.HR), DESK)
    assert response.status_code == 200
    assert response.context["risks"] == []


@pytest.mark.parametrize("address", [LEADER, DESK])
def test_others_are_refused(client, bureau, address):
    assert opened(client, people.staff(Role.TRAINER), address).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", [LEADER, DESK])
def test_statements_do_not_grow(client, bureau, address, count, django_assert_max_num_queries):
    for number in range(count):
        people.officer(people.unit(f"第{number}中队", bureau))
    user = people.staff(Role.HR)
    opened(client, user, address)
    with django_assert_max_num_queries(23):
        client.get(address)


def test_the_circular_says_the_figures_of_the_desk_and_names_nobody(client, bureau):
    response = opened(client, people.staff(Role.LEADER), "/ratings/desk/circular.docx")
    paper = docx.Document(io.BytesIO(response.content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "关于2026年11月持证上岗和培训考试情况的通报" in text
    assert "执法人员3人，可上岗执法2人，可上岗率66.7%" in text
    assert "东城中队：1人在执法岗位但不具备上岗资格" in text
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert rows[1] == ["东城中队", "2", "1", "50", "1", "0", "0"]
    assert "无证者" not in text
    assert AuditRecord.objects.filter(action="circular_taken").count() == 1
