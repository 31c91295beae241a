"""Paths and lists at the desk; the table of completion (R19); an officer's own tasks."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from courses.models import Assignment, LearningTask
from courses.rules.audience import Audience
from courses.services import assignments as service
from courses.services import tasks
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import amendments, documents, people
from tests.factories import assignments as made

pytestmark = pytest.mark.django_db
AT = made.AT


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(AT):
        yield


@pytest.fixture
def squads():
    brigade = people.unit("一大队")
    return [people.unit(name, brigade) for name in ("一中队", "二中队")]


def enter(client, *roles, unit=None):
    client.force_login(people.staff(*roles, unit=unit))
    return client


def act(client, found, do, **data):
    return client.post(reverse("courses:assignment_act", args=[found.uid]), data | {"do": do})


def add(client, found, what, **data):
    return client.post(reverse("courses:assignment_add", args=[found.uid]), data | {"what": what})


def test_a_trainer_makes_fills_and_publishes_a_list(client, squads):
    people.officer(squads[0])
    enter(client, Role.TRAINER)
    assert '<div class="audience"' in client.get(reverse("courses:assignment_new")).content.decode()
    facts = {"title": "十月学习清单", "due_on": "2026-12-01", "audience-units": squads[0].path}
    client.post(reverse("courses:assignment_new") + "?kind=list", facts)
    found = Assignment.objects.get()
    edition = amendments.old()
    add(client, found, "law", law=f"《{amendments.TITLE}》第二条")
    add(client, found, "law", law=edition.law.title)
    add(client, found, "document", document=documents.document().pk)
    add(client, found, "text", title="六条禁令", text="严禁酒后执法。")
    assert [item.kind for item in found.items.all()] == ["article", "law", "document", "text"]
    act(client, found, "publish")
    found.refresh_from_db()
    assert found.in_force
    assert client.get(found.get_absolute_url()).status_code == 200


def test_what_the_library_lacks_is_said(client, squads):
    enter(client, Role.TRAINER)
    found = made.draft(items=0)
    response = add(client, found, "law", law="《不存在的条例》第九条")
    assert response.status_code == 200
    assert response.context["adding"][1][2].errors["law"]
    assert not found.items.exists()


@pytest.mark.parametrize(
    ("facts", "items"), [({}, 0), ({"due_on": None}, 1), ({"due_on": datetime.date(2026, 11, 1)}, 1)]
)
def test_what_is_not_ready_is_not_published(client, squads, facts, items):
    people.officer(squads[0])
    found = made.draft(items=items, **facts)
    act(enter(client, Role.TRAINER), found, "publish")
    found.refresh_from_db()
    assert found.is_draft


def test_a_list_for_nobody_is_not_published(client, squads):
    found = made.draft(audience=Audience(units=(squads[0].path,)))
    act(enter(client, Role.TRAINER), found, "publish")
    found.refresh_from_db()
    assert found.is_draft


def test_a_trainer_of_a_squad_touches_nothing_that_is_for_others(client, squads):
    people.officer(squads[0])
    found = made.published(audience=Audience(units=(squads[0].path,)))
    enter(client, Role.TRAINER, unit=squads[1])
    act(client, found, "withdraw", reason="x")
    found.refresh_from_db()
    assert found.in_force
    assert client.get(reverse("courses:assignment_edit", args=[found.uid])).status_code == 404
    facts = {"title": "全局", "due_on": "2026-12-01"}
    assert client.post(reverse("courses:assignment_new"), facts).context["form"].errors["audience"]


def test_items_are_moved_weighed_and_removed_until_published(client, squads):
    found = made.draft("path", items=2)
    enter(client, Role.TRAINER)
    address = reverse("courses:assignment_item", args=[found.uid])
    first, second = found.items.all()
    client.post(address, {"item": second.pk, "do": "up"})
    client.post(address, {"item": first.pk, "do": "set", "due_days": "7", "elective": "on"})
    assert [item.pk for item in found.items.all()] == [second.pk, first.pk]
    first.refresh_from_db()
    assert (first.due_days, first.elective) == (7, True)
    client.post(address, {"item": second.pk, "do": "remove"})
    made.publish(found)
    client.post(address, {"item": first.pk, "do": "remove"})
    assert [item.pk for item in found.items.all()] == [first.pk]


def test_a_new_version_a_copy_and_a_discarded_draft(client, squads):
    people.officer(squads[0])
    found = made.published()
    enter(client, Role.TRAINER)
    act(client, found, "replace")
    act(client, found, "copy")
    newer, copy = (
        Assignment.objects.exclude(replaces=None).get(),
        Assignment.objects.filter(replaces=None).first(),
    )
    assert newer.items.get().uid == found.items.get().uid
    assert copy.items.get().uid != found.items.get().uid
    act(client, copy, "discard")
    assert Assignment.objects.count() == 2


def eleven(squads):
    """Eleven items, two squads of two and one; the first officer has done all, the second three."""
    some = [people.officer(squads[0]), people.officer(squads[0]), people.officer(squads[1])]
    found = made.published(items=11)
    tasks.settle(officers=None, at=AT)
    for officer, count in zip(some, (11, 3, 0), strict=True):
        for task in LearningTask.objects.filter(officer=officer)[:count]:
            service.confirm(task=task, by=people.actor(officer.user), at=AT)
    return found, some


def test_eleven_items_assigned_and_the_completion_of_each_unit_is_right(client, squads):
    """R19."""
    found, _some = eleven(squads)
    page = enter(client, Role.HR).get(reverse("courses:assignment_matrix", args=[found.uid]))
    first, second = page.context["units"]
    assert (first.people, first.done, first.complete) == (2, (2, 2, 2, *[1] * 8), 1)
    assert (second.people, second.done, second.complete) == (1, (0,) * 11, 0)
    assert page.context["total"].percent == 33


def test_the_table_shows_who_lacks_what_and_is_exported(client, squads):
    found, some = eleven(squads)
    address = reverse("courses:assignment_matrix", args=[found.uid])
    page = enter(client, Role.TRAINER).get(address, {"show": "lacking"})
    assert [(line.officer, line.lacks) for line in page.context["lines"]] == [
        (some[1].pk, 8),
        (some[2].pk, 11),
    ]
    book = openpyxl.load_workbook(io.BytesIO(client.get(address, {"file": "xlsx"}).content))
    people_sheet, unit_sheet = (list(sheet.values) for sheet in book.worksheets)
    assert [row[-1] for row in people_sheet[1:]] == [0, 8, 11]
    assert [row[1] for row in unit_sheet[1:]] == [2, 1]


def test_overdue_is_red_the_day_after(client, squads):
    found, some = eleven(squads)
    address = reverse("courses:assignment_matrix", args=[found.uid])
    enter(client, Role.LEADER)
    with clock.pinned(AT + datetime.timedelta(days=12)):
        page = client.get(address, {"show": "late"})
    assert {line.officer for line in page.context["lines"]} == {some[1].pk, some[2].pk}


def test_a_leader_sees_the_completion_of_their_own_units(client, squads):
    found, some = eleven(squads)
    enter(client, Role.LEADER, unit=squads[1])
    page = client.get(reverse("courses:assignment_matrix", args=[found.uid]))
    assert [line.officer for line in page.context["lines"]] == [some[2].pk]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["courses:lists", "matrix", "courses:tasks", "detail"])
def test_pages_cost_the_same_whatever_they_hold(client, squads, count, name, django_assert_max_num_queries):
    some = [people.officer(squads[0], category="officer") for _ in range(count)]
    found, *_others = [made.published(items=count) for _ in range(count)]
    tasks.settle(officers=None, at=AT)
    client.force_login(people.grant(some[0].user, Role.TRAINER))
    addresses = {
        "matrix": reverse("courses:assignment_matrix", args=[found.uid]),
        "detail": found.get_absolute_url(),
    }
    with django_assert_max_num_queries(13):
        assert client.get(addresses.get(name) or reverse(name)).status_code == 200


def test_an_officer_sees_tasks_and_confirms_with_one_tap(client, squads):
    officer = people.officer(squads[0])
    made.published(items=2)
    tasks.settle(officers=None, at=AT)
    client.force_login(officer.user)
    page = client.get(reverse("courses:tasks"))
    assert len(page.context["open"]) == 2
    client.post(reverse("courses:task_confirm", args=[page.context["open"][0].task.pk]))
    page = client.get(reverse("courses:tasks"))
    assert (len(page.context["open"]), page.context["page_obj"].paginator.count) == (1, 1)
    assert reverse("courses:tasks") in client.get("/").content.decode()


def test_nobody_confirms_for_another(client, squads):
    owner, other = people.officer(squads[0]), people.officer(squads[0])
    made.published()
    tasks.settle(officers=None, at=AT)
    task = LearningTask.objects.get(officer=owner)
    client.force_login(other.user)
    assert client.post(reverse("courses:task_confirm", args=[task.pk])).status_code == 404
    task.refresh_from_db()
    assert task.done_at is None


def test_a_circulated_document_leads_to_its_receipt(client, squads):
    officer = people.officer(squads[0])
    document = documents.document()
    found = made.draft(items=0)
    made.add(found, kind="document", title=document.title, document=document)
    made.publish(found)
    tasks.settle(officers=None, at=AT)
    given = documents.circulation(squads[0], of=document)
    client.force_login(officer.user)
    page = client.get(reverse("courses:tasks")).content.decode()
    assert reverse("library:to_read", args=[given.uid]) in page


def test_two_lists_with_one_circulated_document_both_lead_to_its_receipt(client, squads):
    officer = people.officer(squads[0])
    document = documents.document()
    for _number in range(2):
        found = made.draft(items=0)
        made.add(found, kind="document", title=document.title, document=document)
        made.publish(found)
    tasks.settle(officers=None, at=AT)
    given = documents.circulation(squads[0], of=document)
    client.force_login(officer.user)
    page = client.get(reverse("courses:tasks")).content.decode()
    assert page.count(f'class="btn btn-small" href="{reverse("library:to_read", args=[given.uid])}"') == 2


def test_whoever_watches_finds_the_lists_under_way_on_the_front_page(client, squads):
    people.officer(squads[0])
    found = made.published()
    page = enter(client, Role.LEADER).get("/").content.decode()
    assert reverse("courses:assignment_matrix", args=[found.uid]) in page
