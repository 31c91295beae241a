"""Study rules and who lacks what, on pages."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from courses.training.models import StudyDeduction, StudyRule
from courses.training.rules.study_presets import PRESETS
from lianbing.kit import clock
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import study as make
from tests.factories import training
from tests.factories.people import officer, staff, unit

pytestmark = pytest.mark.django_db
D = datetime.date
NOW = datetime.datetime(2026, 11, 25, 2, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _late_in_november():
    with clock.pinned(NOW):
        yield


def table(response):
    return list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))


def sent(bureau, **changes):
    return {
        "title": "业务学习",
        "source": "固定学习日",
        "unit": bureau.pk,
        "subject": "person",
        "period": "month",
        "count": 2,
        "minimum_minutes": 0,
        "categories": ["professional"],
        "demand": "together",
        "topical": "any",
        "self_study": "no",
        "late_counts": "on",
        "early_counts": "on",
        "red_days": 10,
        "holds_from": "2026-11-01",
    } | changes


def test_one_political_and_one_professional_is_lacking_one_professional_in_the_months_report(client):
    """R08 to the letter."""
    bureau = unit()
    one = officer(bureau, name="赵一")
    make.rule(bureau)
    make.rule(bureau, title="政治学习", count=1, categories=["political"])
    make.held(bureau, D(2026, 11, 4), "theory", officers=[one])
    make.held(bureau, D(2026, 11, 11), "legal", officers=[one])
    client.force_login(staff(Role.TRAINER))
    page = client.get("/training/gaps/?period=2026-11").content.decode()
    assert "赵一" in page
    assert "缺1次业务学习" in page
    assert "缺1次政治" not in page
    lines = table(client.get("/training/gaps/?period=2026-11&file=xlsx"))
    assert [line[7] for line in lines[1:]].count("缺1次业务学习") == 1


def test_a_short_session_does_not_count_and_the_week_without_one_is_flagged(client):
    """R09."""
    bureau = unit()
    one = officer(bureau)
    make.rule(bureau, period="week", count=1, categories=[], minimum_minutes=60)
    make.held(bureau, D(2026, 11, 24), minutes=45, officers=[one])
    client.force_login(staff(Role.HR))
    assert client.get("/training/gaps/").context["lacking"] == 1
    make.held(bureau, D(2026, 11, 25), minutes=60, officers=[one])
    assert client.get("/training/gaps/").context["lacking"] == 0
    assert client.get("/training/gaps/?period=2026-W47").context["lacking"] == 1


def test_the_bureau_with_one_class_on_1_december_shows_red_one_of_two(client):
    """R04 to the letter."""
    bureau = unit("城管局")
    training.training_class(bureau, starts_on=D(2026, 3, 2), ends_on=D(2026, 3, 4), state="finished")
    client.force_login(staff(Role.LEADER))
    make.rule(bureau, subject="whole", period="year", kinds=["class"], categories=[], red_days=92)
    with clock.pinned(datetime.datetime(2026, 12, 1, 2, 0, tzinfo=datetime.UTC)):
        response = client.get("/training/gaps/units/")
    (line,) = response.context["lines"]
    assert (line["unit"], line["done"], line["needed"], line["tone"]) == ("城管局", 1, 2, "bad")
    assert "1/2" in response.content.decode()


def test_a_year_with_none_of_one_content_names_it_and_the_picture_shows_it(client):
    """R05, R86."""
    bureau = unit()
    make.rule(
        bureau,
        subject="whole",
        period="year",
        count=1,
        demand="category",
        categories=["purpose", "legal", "practice"],
    )
    make.held(bureau, D(2026, 3, 2), "legal")
    make.held(bureau, D(2026, 4, 2), "documents")
    client.force_login(staff(Role.TRAINER))
    response = client.get("/training/gaps/units/")
    assert response.context["lines"][0]["lacking"] == "缺1次宗旨教育"
    chart = {row["label"].strip(): (row["text"], row["tone"]) for row in response.context["chart"]["rows"]}
    assert (chart["宗旨教育"], chart["执法业务"]) == (("尚无", "bad"), ("1", ""))


def test_a_leader_of_one_squad_sees_that_squad_alone(client):
    bureau = unit()
    mine, other = unit("一中队", bureau), unit("二中队", bureau)
    officer(mine, name="我的人")
    officer(other, name="别的人")
    make.rule(bureau)
    client.force_login(staff(Role.LEADER, unit=mine))
    page = client.get(f"/training/gaps/?unit={other.path}").content.decode()
    assert "别的人" not in page
    assert "我的人" in client.get("/training/gaps/").content.decode()


def test_the_founding_documents_rules_are_taken_once(client):
    bureau = unit()
    client.force_login(staff(Role.TRAINER))
    codes = [preset.code for preset in PRESETS]
    data = {"unit": bureau.pk, "holds_from": "2026-01-01", "codes": codes}
    assert client.post("/training/rules/documents/", data).status_code == 302
    assert client.post("/training/rules/documents/", data).status_code == 200
    assert sorted(StudyRule.objects.values_list("preset", flat=True)) == sorted(codes)
    page = client.get("/training/rules/").content.decode()
    assert "每次不少于60分钟" in page
    assert client.get("/training/gaps/").status_code == 200


def test_the_preview_shows_who_would_be_red_and_saves_nothing(client):
    bureau = unit()
    officer(bureau, name="钱二")
    client.force_login(staff(Role.TRAINER))
    response = client.post("/training/rules/new/", sent(bureau, preview="1"))
    assert (response.context["preview"]["red"], "钱二" in response.content.decode()) == (1, True)
    assert not StudyRule.objects.exists()
    assert client.post("/training/rules/new/", sent(bureau)).status_code == 302
    assert AuditRecord.objects.get(action="study_rule_made").details["count"] == 2


def test_a_change_makes_the_next_version_and_the_old_one_ends_the_day_before(client):
    bureau = unit()
    old = make.rule(bureau)
    client.force_login(staff(Role.HR))
    early = client.post(f"/training/rules/{old.uid}/", sent(bureau, holds_from="2026-01-01"))
    assert early.context["form"].errors["holds_from"]
    assert client.post(f"/training/rules/{old.uid}/", sent(bureau, holds_from="2026-12-01", count=3)).url
    old.refresh_from_db()
    new = StudyRule.objects.get(number=2)
    assert (old.count, old.holds_to, new.family) == (2, D(2026, 11, 30), old.family)
    assert client.get(f"/training/rules/{old.uid}/").status_code == 404


def test_a_rule_is_ended_after_asking(client):
    old = make.rule(unit())
    client.force_login(staff(Role.HR))
    assert client.get(f"/training/rules/{old.uid}/end/").status_code == 200
    client.post(f"/training/rules/{old.uid}/end/", {"last": "2026-11-30"})
    old.refresh_from_db()
    assert old.holds_to == D(2026, 11, 30)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"count": "0"}, "count"),
        ({"minimum_minutes": "99999"}, "minimum_minutes"),
        ({"kinds": ["class"]}, "kinds"),
        ({"demand": "topic"}, "demand"),
        ({"demand": "category", "categories": []}, "categories"),
        ({"categories": ["nowhere"]}, "categories"),
        ({"holds_from": "9999-99-99"}, "holds_from"),
        ({"unit": "99999999999999999999"}, "unit"),
        ({"title": ""}, "title"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(client, changes, field):
    client.force_login(staff(Role.HR))
    response = client.post("/training/rules/new/", sent(unit(), **changes))
    assert field in response.context["form"].errors
    assert not StudyRule.objects.exists()


def test_a_trainer_of_a_squad_makes_rules_for_it_and_leaves_those_of_the_bureau(client):
    bureau = unit()
    squad = unit("一中队", bureau)
    above = make.rule(bureau)
    client.force_login(staff(Role.TRAINER, unit=squad))
    assert above.title in client.get("/training/rules/").content.decode()
    assert client.get(f"/training/rules/{above.uid}/").status_code == 404
    assert "unit" in client.post("/training/rules/new/", sent(bureau)).context["form"].errors
    assert client.post("/training/rules/new/", sent(squad)).status_code == 302


@pytest.mark.parametrize("query", ["?period=2026-99", "?unit=%00&rule=x&show=zzz", "?page=-1&period=9999"])
def test_nonsense_in_the_address_is_left_out(client, query):
    unit()
    client.force_login(staff(Role.HR))
    for page in ("/training/gaps/", "/training/gaps/units/", "/training/deductions/"):
        assert client.get(page + query).status_code == 200


def test_late_early_and_absent_cost_what_the_unit_says(client):
    """R10: the setting is stored, shown and exported."""
    bureau = unit()
    squad = unit("一中队", bureau)
    one, on_leave = officer(squad, name="孙三"), officer(squad, name="李四")
    for day, state in ((4, "late"), (5, "late"), (6, "absent"), (7, "present")):
        make.held(squad, D(2026, 11, day), officers=[one], state=state)
    make.held(squad, D(2026, 11, 9), officers=[on_leave], state="leave")
    client.force_login(staff(Role.HR))
    data = {"unit": bureau.pk, "late": "0.5", "left_early": "0.5", "absent": "2", "holds_from": "2026-01-01"}
    assert client.post("/training/deductions/set/", data).status_code == 302
    assert StudyDeduction.objects.count() == 1
    response = client.get("/training/deductions/?period=2026-11")
    assert [(row.name, row.late, row.absent, row.points) for row, _unit in response.context["rows"]] == [
        ("孙三", 2, 1, 3)
    ]
    assert table(client.get("/training/deductions/?period=2026-11&file=xlsx"))[1][6] == 3


def test_the_officer_sees_what_is_still_lacking(client):
    bureau = unit()
    one = officer(bureau)
    make.rule(bureau)
    client.force_login(one.user)
    assert "缺2次业务学习" in client.get("/").content.decode()
    for day in (4, 11):
        make.held(bureau, D(2026, 11, day), officers=[one])
    assert "缺2次业务学习" not in client.get("/").content.decode()


def test_the_front_page_of_a_leader_names_the_worst(client):
    bureau = unit()
    officer(bureau, name="周五")
    make.rule(bureau)
    client.force_login(staff(Role.LEADER))
    assert "周五" in client.get("/").content.decode()


PAGES = ["/training/gaps/", "/training/gaps/units/", "/training/rules/", "/training/deductions/"]


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_take_the_same_statements_for_one_and_three(client, address, django_assert_max_num_queries):
    bureau, taken = unit(), []
    client.force_login(staff(Role.TRAINER, unit=bureau))
    for number in range(3):
        make.rule(bureau, title=f"规则{number}")
        make.rule(bureau, subject="each", period="week", title=f"单位{number}")
        one = officer(unit(f"中队{number}", bureau))
        make.held(bureau, D(2026, 11, 23), officers=[one], state="late")
        if number in {0, 2}:
            with django_assert_max_num_queries(15) as caught:
                client.get(address)
            taken.append(len(caught))
    assert taken[0] == taken[1]
