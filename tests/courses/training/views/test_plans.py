"""The pages of training plans."""

import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client

from courses.training.models import PlanLine, TrainingPlan
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import people, plans, training

LIST = "/training/plans/"


@pytest.fixture(autouse=True)
def friday(at):
    cache.clear()
    with clock.pinned(at):
        yield


@pytest.fixture
def bureau(db):
    root = people.unit("云汐市城管局")
    squad = people.unit("滨河中队", root)
    return SimpleNamespace(
        root=root,
        squad=squad,
        other=people.unit("古城中队", root),
        officer=people.officer(squad, name="王小明"),
        trainer=people.staff(Role.TRAINER, unit=squad),
        chief=people.staff(Role.LEADER),
    )


def as_user(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(plan, rest=""):
    return f"{LIST}{plan.uid}/{rest}"


def test_a_trainer_writes_a_plan_and_a_leader_approves_it(bureau):
    client = as_user(bureau.trainer)
    client.post(LIST + "new/", {"unit": bureau.squad.pk, "year": 2026})
    plan = TrainingPlan.objects.get()
    line = {
        "title": "法制培训",
        "measure": "people",
        "target": "5",
        "owner": "王小明",
        "due_on": "2026-12-15",
    }
    assert client.post(address(plan, "lines/new/"), line).status_code == 302
    client.post(address(plan, "submit/"))
    leader = as_user(bureau.chief)
    assert "法制培训" in leader.get(address(plan, "decide/")).content.decode()
    leader.post(address(plan, "decide/"), {"approve": "1", "remark": ""})
    plan.refresh_from_db()
    assert (plan.state, plan.lines.get().owner) == ("approved", bureau.officer)


def test_the_page_names_every_lack_with_its_line(bureau):
    plan = plans.plan(bureau.squad)
    PlanLine.objects.create(plan=plan, title="只有名字")
    client = as_user(bureau.trainer)
    response = client.post(address(plan, "submit/"), follow=True)
    lacking = response.context["lacking"][0]
    assert (lacking["number"], lacking["line"].title, len(lacking["words"])) == (1, "只有名字", 4)
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_an_owner_who_serves_elsewhere_or_is_not_alone_is_refused_by_name(bureau):
    plan = plans.plan(bureau.squad)
    people.officer(bureau.other, name="赵六")
    people.officer(bureau.squad, name="王小明")
    client = as_user(bureau.trainer)
    for name, part in [("赵六", "没有该姓名或工号"), ("王小明", bureau.officer.staff_number)]:
        response = client.post(address(plan, "lines/new/"), {"title": "x", "owner": name})
        assert part in str(response.context["form"].errors["owner"])


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "x" * 101},
        {"title": "x", "target": "-1"},
        {"title": "x", "target": "1e99"},
        {"title": "x", "due_on": "2026-02-30"},
        {"title": "x", "measure": "smiles"},
        {"title": "x", "category": "99999999999999999999"},
        {"title": "x", "cost_planned": "NaN"},
    ],
)
def test_a_line_that_cannot_be_is_shown_again(bureau, fields):
    plan = plans.plan(bureau.squad)
    response = as_user(bureau.trainer).post(address(plan, "lines/new/"), fields)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not plan.lines.exists()


def test_a_draft_is_read_by_its_staff_and_the_plan_in_force_by_the_unit(bureau):
    draft = plans.plan(bureau.squad)
    assert as_user(bureau.officer.user).get(address(draft)).status_code == 404
    assert as_user(bureau.trainer).get(address(draft)).status_code == 200
    force = plans.plan(bureau.squad, year=2025, state="approved")
    plans.line(force, cost_planned=1234)
    page = as_user(bureau.officer.user).get(address(force))
    assert page.status_code == 200
    assert "1234" not in page.content.decode(), "costs are for the staff"
    stranger = people.officer(bureau.other)
    assert as_user(stranger.user).get(address(force)).status_code == 404


@pytest.mark.parametrize("rest", ["submit/", "take-back/", "amend/", "discard/", "decide/", "lines/new/"])
def test_officers_change_nothing(bureau, rest):
    plan = plans.plan(bureau.squad, state="approved")
    assert as_user(bureau.officer.user).post(address(plan, rest)).status_code == 403


@pytest.mark.parametrize("rest", ["submit/", "take-back/"])
def test_acts_are_not_done_by_reading(bureau, rest):
    assert as_user(bureau.trainer).get(address(plans.plan(bureau.squad), rest)).status_code == 405


def test_a_trainer_of_another_unit_finds_nothing(bureau):
    plan = plans.plan(bureau.squad)
    other = as_user(people.staff(Role.TRAINER, unit=bureau.other))
    assert other.get(address(plan)).status_code == 404
    assert other.post(address(plan, "lines/new/"), {"title": "x"}).status_code == 404
    assert other.get(LIST).context["rows"] == []


def test_an_overdue_line_stands_red_in_picture_and_table(bureau):
    plan = plans.plan(bureau.squad, state="approved")
    plans.line(plan, due_on=training.TODAY - training.DAY, title="六月法制培训")
    page = as_user(bureau.trainer).get(address(plan))
    assert page.context["chart"]["rows"][0]["tone"] == "bad"
    assert 'class="overdue"' in page.content.decode()
    front = as_user(bureau.trainer).get("/").content.decode()
    assert "六月法制培训" in front


def test_the_line_says_what_counted_and_takes_a_result(bureau):
    line = plans.line(plans.plan(bureau.squad, state="approved"))
    plans.closed_session(line, present=[bureau.officer], topic="行政处罚法")
    where = address(line.plan, f"lines/{line.key}/")
    assert "行政处罚法" in as_user(bureau.trainer).get(where).content.decode()
    as_user(bureau.trainer).post(where, {"text": "完成一期"})
    assert "完成一期" in as_user(bureau.officer.user).get(where).content.decode()
    assert as_user(bureau.officer.user).post(where, {"text": "我也说"}).status_code == 404


def test_an_amendment_begins_with_a_reason(bureau):
    plan = plans.plan(bureau.squad, state="approved")
    plans.line(plan)
    client = as_user(bureau.trainer)
    assert client.post(address(plan, "amend/"), {"reason": " "}).status_code == 200
    client.post(address(plan, "amend/"), {"reason": "增加一期"})
    made = TrainingPlan.objects.get(version=2)
    page = client.get(address(made))
    assert [one.version for one in page.context["versions"]] == [2, 1]


def test_a_draft_is_thrown_away_after_asking(bureau):
    plan = plans.plan(bureau.squad)
    client = as_user(bureau.trainer)
    assert client.get(address(plan, "discard/")).status_code == 200
    client.post(address(plan, "discard/"))
    assert not TrainingPlan.objects.exists()


def test_the_workbook_holds_lines_and_costs(bureau):
    line = plans.line(plans.plan(bureau.squad, state="approved"), cost_planned=800, title="=SUM(A1)")
    training.training_class(bureau.squad, cost=300, plan_line=line)
    book = as_user(bureau.trainer).get(LIST + "export.xlsx?year=2026").content
    first, second = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    row = [cell.value for cell in first[2]]
    assert row[4] == "'=SUM(A1)"
    assert row[-2:] == [800, 300]
    assert [cell.value for cell in second[second.max_row]][1:3] == [800, 300]


@pytest.mark.parametrize("query", ["?year=99999999", "?year=x", "?year=²", ""])
def test_any_year_asked_for_is_answered(bureau, query):
    for page in (LIST, LIST + "costs/", LIST + "export.xlsx"):
        assert as_user(bureau.trainer).get(page + query).status_code == 200


def _grow(bureau, unit):
    plan = plans.plan(unit, state="approved")
    for _ in range(2):
        line = plans.line(plan, measure="hours")
        plans.closed_session(line, present=[line.owner])


@pytest.mark.parametrize("page", [LIST, LIST + "costs/"])
def test_statements_do_not_grow_with_the_plans(bureau, django_assert_max_num_queries, page):
    client = as_user(people.staff(Role.TRAINER))
    _grow(bureau, bureau.squad)
    client.get(page)
    with django_assert_max_num_queries(15) as few:
        client.get(page)
    for name in ("一", "二", "三"):
        _grow(bureau, people.unit(name, bureau.root))
    with django_assert_max_num_queries(15) as many:
        client.get(page)
    assert len(few) == len(many)


def test_statements_do_not_grow_with_the_lines(bureau, django_assert_max_num_queries):
    client, plan = as_user(bureau.trainer), plans.plan(bureau.squad, state="approved")

    def grow():
        line = plans.line(plan, measure="hours")
        plans.closed_session(line, present=[line.owner])

    grow()
    client.get(address(plan))
    with django_assert_max_num_queries(20) as few:
        client.get(address(plan))
    grow()
    grow()
    with django_assert_max_num_queries(20) as many:
        client.get(address(plan))
    assert len(few) == len(many)
