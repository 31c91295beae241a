"""Circulating from the browser, and who has read, within one's own units."""

import datetime
import io
import uuid

import openpyxl
import pytest
from django.urls import reverse

from lianbing.kit import clock
from lianbing.library.models import Circulation
from lianbing.library.services import circulating
from lianbing.people.rules import Role
from tests.factories import documents, people
from tests.factories import question_bank as bank

pytestmark = pytest.mark.django_db
LATE = datetime.datetime(2026, 11, 23, 2, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(LATE):
        yield


@pytest.fixture
def squads():
    """A brigade with two squads."""
    brigade = people.unit("一大队")
    return [people.unit(name, brigade) for name in ("一中队", "二中队")]


def enter(client, *roles, unit=None):
    client.force_login(people.staff(*roles, unit=unit))
    return client


def fill(unit, **told):
    return {
        "uid": str(uuid.uuid4()),
        "units": [unit.pk],
        "due_on": "2026-12-01",
        "note": "请认真阅读",
        "pass_at": "",
    } | told


def test_the_legal_section_circulates_a_document(client, squads):
    people.officer(squads[0])
    document = documents.document()
    address = reverse("library:circulate", args=[document.slug])
    assert enter(client, Role.LEGAL).get(address).status_code == 200
    response = client.post(address, fill(squads[0]))
    made = Circulation.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.note, made.readers.count()) == ("请认真阅读", 1)


def test_looking_for_questions_sends_nothing_and_keeps_what_was_ticked(client, squads):
    first = bank.published()
    bank.published(kind="true_false", stem="先亮证后执法。")
    people.officer(squads[0])
    address = reverse("library:circulate", args=[documents.document().slug])
    data = fill(squads[0], look="1", words="亮证", question=[str(first.uid)])
    page = enter(client, Role.TRAINER).post(address, data)
    assert [one.key for one in page.context["ticked"]] == [str(first.uid)]
    assert [one.title for one in page.context["offered"]] == ["先亮证后执法。"]
    assert "请认真阅读" in page.content.decode()
    assert not Circulation.objects.exists()


def test_the_check_goes_with_it(client, squads):
    asked = bank.published()
    people.officer(squads[0])
    address = reverse("library:circulate", args=[documents.document().slug])
    enter(client, Role.LEGAL).post(address, fill(squads[0], question=[str(asked.uid)], pass_at="1"))
    made = Circulation.objects.get()
    assert (made.questions, made.pass_at) == ([str(asked.uid)], 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"units": []},
        {"units": ["9" * 30]},
        {"due_on": ""},
        {"due_on": "2026-11-01"},
        {"uid": "x"},
        {"question": ["x"] * 30},
        {"pass_at": "9"},
        {"categories": ["nobody"]},
    ],
)
def test_a_wrong_form_circulates_nothing(client, squads, wrong):
    people.officer(squads[0])
    address = reverse("library:circulate", args=[documents.document().slug])
    page = enter(client, Role.LEGAL).post(address, fill(squads[0]) | wrong)
    expected = 200 if "question" not in wrong else 302
    assert page.status_code in {200, expected}
    assert page.status_code == 302 or page.context["form"].errors


def test_a_leader_is_offered_the_own_units_alone(client, squads):
    people.officer(squads[1])
    address = reverse("library:circulate", args=[documents.document().slug])
    enter(client, Role.LEADER, unit=squads[0])
    offered = client.get(address).context["form"].fields["units"].queryset
    assert list(offered) == [squads[0]]
    assert client.post(address, fill(squads[1])).context["form"].errors["units"]


def test_the_squad_list_shows_who_has_not_read_by_the_day(client, squads):
    """R82."""
    late, read = people.officer(squads[0], name="未阅人"), people.officer(squads[0], name="已阅人")
    people.officer(squads[1], name="别队人")
    made = documents.circulation(*squads)
    reader = made.readers.get(officer=read)
    circulating.confirm(reader=reader, by=people.actor(read.user), at=documents.AT)
    page = enter(client, Role.LEADER, unit=squads[0]).get(made.get_absolute_url(), {"show": "late"})
    assert [row.name for row in page.context["page_obj"]] == [late.name]
    assert "别队人" not in client.get(made.get_absolute_url()).content.decode()
    assert (page.context["sums"].total, page.context["sums"].read, page.context["sums"].late) == (2, 1, 1)


def test_a_circulation_of_other_units_does_not_exist_for_a_leader(client, squads):
    people.officer(squads[1])
    made = documents.circulation(squads[1])
    enter(client, Role.LEADER, unit=squads[0])
    for name in ("circulation", "circulation_stop"):
        assert client.get(reverse(f"library:{name}", args=[made.uid])).status_code == 404
    assert client.get(reverse("library:circulations")).context["rows"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_whatever_their_length(client, squads, count, django_assert_max_num_queries):
    document = documents.document()
    for _number in range(count):
        people.officer(squads[0])
    made = [documents.circulation(*squads, of=document) for _number in range(count)]
    enter(client, Role.LEGAL).get(reverse("library:circulations"))
    with django_assert_max_num_queries(15):
        assert len(client.get(reverse("library:circulations")).context["rows"]) == count
    with django_assert_max_num_queries(15):
        assert len(client.get(made[0].get_absolute_url()).context["page_obj"]) == count


def test_the_workbook_runs_no_formula(client, squads):
    people.officer(squads[0], name="=1+1")
    made = documents.circulation(squads[0])
    response = enter(client, Role.LEGAL).get(made.get_absolute_url(), {"file": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert sheet.cell(2, 3).value == "'=1+1"
    assert sheet.cell(2, 3).data_type == "s"


def test_who_made_it_stops_it_with_a_reason_and_a_leader_of_the_unit_does_not(client, squads):
    people.officer(squads[0])
    trainer = people.staff(Role.TRAINER)
    made = documents.circulation(squads[0], by=people.actor(trainer))
    address = reverse("library:circulation_stop", args=[made.uid])
    assert enter(client, Role.LEADER, unit=squads[0]).post(address, {"reason": "停"}).status_code == 404
    client.force_login(trainer)
    assert client.post(address, {"reason": ""}).status_code == 200
    client.post(address, {"reason": "发文有误"})
    assert "发文有误" in client.get(made.get_absolute_url()).content.decode()
