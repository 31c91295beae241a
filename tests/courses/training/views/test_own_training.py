"""One's own calendar, the desk, the pool, lists and exports in the browser."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from courses.training.models import Instructor, InstructorRating, RollEntry, RotationCycle, Trainee
from courses.training.rendering.calendar import ics
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import people, training
from tests.factories.training import DAY, HOUR, NINE, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nine():
    with clock.pinned(NINE):
        yield


@pytest.fixture
def unit():
    return people.unit()


@pytest.fixture
def trainer(client, unit):
    client.force_login(people.staff(Role.TRAINER, unit=unit))
    return client


def numbers(client, address):
    with CaptureQueriesContext(connection) as caught:
        response = client.get(address)
    assert response.status_code == 200
    return len(caught)


def test_one_sees_today_coming_and_past_and_nothing_of_others(client, unit):
    officer = people.officer(unit)
    batch = training.batch(training.training_class(unit))
    training.trainee(batch, officer)
    for days, topic in ((0, "今天的课"), (2, "后天的课"), (-3, "过去的课")):
        training.session(batch, starts_at=NINE + days * DAY, topic=topic)
    training.session(unit=unit, topic="别人的会")
    client.force_login(officer.user)
    shown = client.get(reverse("training:home")).context
    names = {key: [one.session.topic for one in shown[key]] for key in ("today", "coming", "past")}
    assert names == {"today": ["今天的课"], "coming": ["后天的课"], "past": ["过去的课"]}


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_what_is_not_announced_or_cancelled_stands_in_no_calendar(client, unit, state):
    officer = people.officer(unit)
    batch = training.batch(training.training_class(unit, state="draft" if state == "draft" else "open"))
    training.trainee(batch, officer)
    training.session(batch, state="planned" if state == "draft" else "cancelled")
    client.force_login(officer.user)
    assert client.get(reverse("training:home")).context["today"] == []


def test_one_who_withdrew_is_free(client, unit):
    batch = training.batch(training.training_class(unit))
    trainee = training.trainee(batch, state="withdrawn")
    training.session(batch)
    client.force_login(trainee.officer.user)
    assert client.get(reverse("training:home")).context["today"] == []


def test_one_who_teaches_sees_it_too(client, unit):
    officer = people.officer(unit)
    training.session(unit=unit, instructors=[training.instructor(unit, officer=officer)])
    client.force_login(officer.user)
    assert [one.teaching for one in client.get(reverse("training:home")).context["today"]] == [True]


def test_an_account_without_an_officer_has_an_empty_calendar(client):
    client.force_login(people.staff(Role.AUDIT_ADMINISTRATOR))
    assert client.get(reverse("training:home")).status_code == 200
    assert client.get(reverse("training:past")).status_code == 200


@pytest.mark.parametrize("name", ["home", "past"])
def test_the_calendar_costs_the_same_with_one_and_three_sessions(client, unit, name):
    officer = people.officer(unit)
    client.force_login(officer.user)
    batch = training.batch(training.training_class(unit))
    training.trainee(batch, officer)

    def add(number):
        for moment in (NINE + number * HOUR, NINE - (number + 1) * DAY, NINE + (number + 1) * DAY):
            teacher = training.instructor(unit, name=f"教官{number}")
            training.session(batch, starts_at=moment, minutes=30, instructors=[teacher])

    add(0)
    one = numbers(client, reverse(f"training:{name}"))
    add(1)
    add(2)
    assert numbers(client, reverse(f"training:{name}")) == one <= 15


def test_the_calendar_file_is_one_phones_read(unit):
    session = training.session(unit=unit, topic="渣土, 车辆; 治理\n第二行" + "长" * 60, place="一楼")
    text = ics([session], NINE)
    assert "DTSTART:20261120T010000Z\r\nDTEND:20261120T023000Z\r\n" in text
    assert "渣土\\, 车辆\\; 治理\\n第二行" in text.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_calendar_file_holds_ones_own_sessions(client, unit):
    officer = people.officer(unit)
    batch = training.batch(training.training_class(unit))
    training.trainee(batch, officer)
    training.session(batch)
    client.force_login(officer.user)
    response = client.get(reverse("training:calendar"))
    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.count(b"BEGIN:VEVENT") == 1


def test_rating_from_the_calendar(client, unit):
    officer = people.officer(unit)
    teacher = training.instructor(unit)
    session = training.session(unit=unit, starts_at=NINE - DAY, state="closed", instructors=[teacher])
    RollEntry.objects.create(session=session, officer=officer, unit=unit, state="present")
    client.force_login(officer.user)
    assert client.get(reverse("training:home")).context["past"][0].to_rate == (teacher.pk,)
    address = reverse("training:rate", args=[session.uid, teacher.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"stars": "4", "comment": "清楚"})
    assert InstructorRating.objects.get().stars == 4
    assert client.get(reverse("training:home")).context["past"][0].to_rate == ()
    assert client.post(address, {"stars": "1"}).status_code == 409
    assert InstructorRating.objects.count() == 1


def test_a_stranger_rates_nothing(client, unit):
    teacher = training.instructor(unit)
    session = training.session(unit=unit, state="closed", instructors=[teacher])
    client.force_login(people.officer(unit).user)
    assert (
        client.post(reverse("training:rate", args=[session.uid, teacher.pk]), {"stars": 5}).status_code == 404
    )


def test_an_instructor_sees_no_words_and_no_average_of_few(client, unit):
    officer = people.officer(unit)
    people.grant(officer.user, Role.TRAINER, unit=unit)
    teacher = training.instructor(unit, officer=officer)
    session = training.session(unit=unit, state="closed", instructors=[teacher])
    InstructorRating.objects.create(
        instructor=teacher,
        session=session,
        officer=people.officer(unit, name="评价人"),
        stars=2,
        comment="太快",
        at=NINE,
    )
    address = reverse("training:instructor", args=[teacher.pk])
    client.force_login(officer.user)
    own = client.get(address)
    assert (own.context["comments"], own.context["rating"].count) == ([], 0)
    client.force_login(people.staff(Role.TRAINER, unit=unit))
    text = client.get(address).content.decode()
    assert "太快" in text
    assert "评价人" not in text


def test_the_pool_costs_the_same_with_one_and_three(trainer, unit):
    address = reverse("training:instructor_list")
    training.session(unit=unit, instructors=[training.instructor(unit, name="甲")])
    one = numbers(trainer, address)
    for name in "乙丙":
        training.session(unit=unit, instructors=[training.instructor(unit, name=name)])
    assert numbers(trainer, address) == one <= 15


def test_taking_an_officer_and_an_outsider_into_the_pool(trainer, unit):
    officer = people.officer(unit, name="李教官")
    base = {"unit": unit.pk, "level": "coach", "subjects": "行政处罚法"}
    trainer.post(reverse("training:instructor_new"), {**base, "staff_number": officer.staff_number})
    trainer.post(reverse("training:instructor_new"), {**base, "name": "王教授", "organisation": "党校"})
    assert {one.name for one in Instructor.objects.all()} == {"李教官", "王教授"}
    again = trainer.post(reverse("training:instructor_new"), {**base, "staff_number": officer.staff_number})
    assert again.status_code == 409
    nobody = trainer.post(reverse("training:instructor_new"), base)
    assert "name" in nobody.context["form"].errors


def test_rooms_are_made_and_closed(trainer, unit):
    trainer.post(reverse("training:room_new"), {"name": "一号教室", "unit": unit.pk, "places": 40})
    assert "一号教室" in trainer.get(reverse("training:room_list")).content.decode()
    again = trainer.post(reverse("training:room_new"), {"name": "一号教室", "unit": unit.pk, "places": 1})
    assert again.status_code == 409


def test_a_cycle_is_made_and_shown(trainer, unit):
    form = {
        "title": "中队长轮训",
        "unit": unit.pk,
        "first_year": 2025,
        "years": 3,
        "audience-units": [unit.path],
    }
    people.officer(unit, name="未轮训")
    trainer.post(reverse("training:rotation_new"), form)
    cycle = RotationCycle.objects.get()
    assert "未轮训" in trainer.get(reverse("training:rotation", args=[cycle.pk])).content.decode()
    assert trainer.get(reverse("training:rotation_list")).status_code == 200
    assert trainer.get(reverse("training:rotation_edit", args=[cycle.pk])).status_code == 200


@pytest.mark.parametrize("name", ["coverage", "posting"])
def test_the_lists_cost_the_same_with_one_and_three_people(trainer, unit, name):
    people.officer(unit)
    one = numbers(trainer, reverse(f"training:{name}"))
    for _ in range(2):
        people.officer(unit)
    assert numbers(trainer, reverse(f"training:{name}")) == one <= 15


def test_the_export_of_coverage_lists_everybody(trainer, unit):
    people.officer(unit, name="张三")
    response = trainer.get(reverse("training:coverage_export"))
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert [row[1] for row in rows][-1] == "张三"


def test_the_export_of_posting_has_two_sheets(trainer, unit):
    batch = training.batch(training.training_class(unit, kind="induction"))
    training.trainee(batch, people.officer(unit, name="新人"))
    people.officer(unit, name="老人")
    book = load_workbook(io.BytesIO(trainer.get(reverse("training:posting_export")).content))
    names = [[row[1] for row in sheet.values] for sheet in book.worksheets]
    assert names[0][-1] == "老人"
    assert names[1][-1] == "新人"


def test_nobody_reads_the_lists_of_units_they_do_not_look_after(trainer, unit):
    other = people.unit("另一局")
    people.officer(other, name="外局人")
    for name in ("coverage", "posting"):
        text = trainer.get(reverse(f"training:{name}"), {"unit": other.path}).content.decode()
        assert "外局人" not in text


def test_the_desk_shows_today_and_what_waits(trainer, unit):
    training.session(unit=unit, topic="今天的学习日")
    training.batch(training.training_class(unit, TODAY - 9 * DAY, TODAY - 5 * DAY))
    training.training_class(unit, TODAY + 3 * DAY, TODAY + 5 * DAY, state="draft")
    text = trainer.get(reverse("training:manage")).content.decode()
    assert "今天的学习日" in text
    assert f"{reverse('training:class_list')}?state=draft" in text
    assert reverse("training:coverage") in text


def test_the_desk_costs_the_same_with_one_and_three_sessions(trainer, unit):
    training.session(training.batch(training.training_class(unit)), room=training.room(unit))
    one = numbers(trainer, reverse("training:manage"))
    for name in "乙丙":
        training.session(training.batch(training.training_class(unit)), room=training.room(unit, name=name))
    assert numbers(trainer, reverse("training:manage")) == one <= 15


def test_results_come_from_a_list_whole_or_not_at_all(trainer, unit):
    made = training.training_class(unit, pass_mark=60)
    batch = training.batch(made)
    one, other = training.trainee(batch), training.trainee(batch)
    address = reverse("training:class_scores_import", args=[made.uid])

    def send(*lines):
        text = "\n".join(["工号,姓名,成绩", *lines])
        return trainer.post(address, {"file": SimpleUploadedFile("成绩.csv", text.encode())})

    numbers_of = [row.officer.staff_number for row in (one, other)]
    bad = send(f"{numbers_of[0]},,90", f"{numbers_of[1]},,很好", "X1,,80", f"{numbers_of[0]},,70")
    assert [(error.row, error.column) for error in bad.context["row_errors"]] == [
        (3, "成绩"),
        (4, "工号"),
        (5, "工号"),
    ]
    assert not Trainee.objects.exclude(score=None).exists()
    assert send(f"{numbers_of[0]},,90", f"{numbers_of[1]},,59.5").status_code == 302
    assert [str(row.score) for row in Trainee.objects.order_by("pk")] == ["90.00", "59.50"]


def test_results_typed_wrong_stay_on_the_page(trainer, unit):
    made = training.training_class(unit, pass_mark=60)
    one = training.trainee(training.batch(made))
    address = reverse("training:class_scores", args=[made.uid])
    for text in ("很好", "-1", "1e999", "NaN", "59.555"):
        assert trainer.post(address, {f"score-{one.pk}": text}).status_code == 409
    assert Trainee.objects.get().score is None
    assert trainer.post(address, {f"score-{one.pk}": "86.5"}).status_code == 302
    assert str(Trainee.objects.get().score) == "86.50"


def test_finishing_on_the_page(trainer, unit):
    made = training.training_class(unit, TODAY - 9 * DAY, TODAY - 5 * DAY, state="running")
    one = training.trainee(training.batch(made))
    other = training.trainee(made.batches.get())
    response = trainer.post(reverse("training:class_finish", args=[made.uid]), {f"refuse-{other.pk}": "缺勤"})
    assert response.url == reverse("training:class_completions", args=[made.uid])
    states = dict(Trainee.objects.values_list("pk", "state"))
    assert states == {one.pk: "finished", other.pk: "failed"}


def test_the_button_to_rate_is_not_shown_to_who_may_not(client, unit):
    """Of an impartial class nobody rates an instructor of their own unit; after thirty days nobody rates."""
    officer = people.officer(unit)
    own = training.instructor(unit, officer=people.officer(unit))
    other = training.instructor(unit, name="外请教官")
    batch = training.batch(training.training_class(unit, TODAY - 40 * DAY, TODAY, impartial=True))
    for back in (2, 35):
        session = training.session(
            batch, starts_at=NINE - back * DAY, state="closed", instructors=[own, other]
        )
        RollEntry.objects.create(session=session, officer=officer, unit=unit, state="present")
    client.force_login(officer.user)
    past = client.get(reverse("training:home")).context["past"]
    assert [one.to_rate for one in past] == [(other.pk,), ()]
