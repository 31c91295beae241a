"""Making a class in the browser, who may, and what lists cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.training.models import Batch, Session, Trainee, TrainingClass
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


def class_form(unit, /, **changes):
    return {
        "title": "春季集中培训",
        "unit": unit.pk,
        "kind": "in_service",
        "category": training.category().pk,
        "starts_on": "2026-11-23",
        "ends_on": "2026-11-27",
        "batches": 3,
        "origin": "own",
        "audience-units": [unit.path],
        **changes,
    }


def lesson_form(**changes):
    return {
        "day": "2026-11-23",
        "begins": "09:00",
        "ends": "10:30",
        "kind": "lecture",
        "category": training.category().pk,
        "topic": "行政处罚程序",
        **changes,
    }


def numbers(client, address):
    with CaptureQueriesContext(connection) as caught:
        response = client.get(address)
    assert response.status_code == 200
    return len(caught)


def test_from_a_class_to_its_name_list(trainer, unit):
    officer = people.officer(unit, name="张三")
    trainer.post(reverse("training:class_new"), class_form(unit))
    made = TrainingClass.objects.get()
    assert [batch.number for batch in made.batches.all()] == [1, 2, 3]
    trainer.post(reverse("training:class_announce", args=[made.uid]))
    trainer.post(reverse("training:batch_draw", args=[made.uid, 2]), {"officer": [officer.pk]})
    assert Trainee.objects.get().batch.number == 2
    shown = trainer.get(reverse("training:batch_names", args=[made.uid, 2]))
    assert "张三" in shown.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "2026-11-22"}, "ends_on"),
        ({"starts_on": "1900-01-01"}, "starts_on"),
        ({"kind": "topical"}, "topic"),
        ({"title": ""}, "title"),
        ({"batches": 99}, "batches"),
        ({"audience-units": []}, "audience"),
    ],
)
def test_a_class_that_makes_no_sense_is_refused_beside_its_field(trainer, unit, changes, field):
    response = trainer.post(reverse("training:class_new"), class_form(unit, **changes))
    assert response.status_code == 409
    assert field in response.context["form"].errors
    assert not TrainingClass.objects.exists()


def test_the_timetable_names_a_clash_before_saving(trainer, unit):
    batch = training.batch(training.training_class(unit, TODAY + 3 * DAY, TODAY + 7 * DAY))
    room = training.room(unit)
    address = reverse("training:lesson_new", args=[batch.training_class.uid, 1])
    trainer.post(address, lesson_form(room=room.pk))
    again = trainer.post(address, lesson_form(room=room.pk, begins="10:00", ends="11:00", topic="另一课"))
    text = again.content.decode()
    assert again.status_code == 409
    assert "一号教室" in text
    assert "行政处罚程序" in text
    assert Session.objects.count() == 1


def test_a_night_session_ends_the_next_morning(trainer, unit):
    batch = training.batch(training.training_class(unit, TODAY + 3 * DAY, TODAY + 7 * DAY))
    address = reverse("training:lesson_new", args=[batch.training_class.uid, 1])
    trainer.post(address, lesson_form(begins="22:00", ends="01:00"))
    session = Session.objects.get()
    assert session.ends_at - session.starts_at == 3 * HOUR


@pytest.mark.parametrize("name", ["timetable", "timetable_print", "batch_people", "batch_draw", "batch_add"])
def test_the_pages_of_a_batch_open(trainer, unit, name):
    batch = training.batch(training.training_class(unit))
    training.trainee(batch)
    training.session(batch, instructors=[training.instructor(unit)], room=training.room(unit))
    response = trainer.get(reverse(f"training:{name}", args=[batch.training_class.uid, 1]))
    assert response.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "class",
        "class_edit",
        "class_cancel",
        "class_postpone",
        "class_scores",
        "class_finish",
        "class_completions",
        "class_scores_import",
        "class_reopen",
        "class_scores_template",
        "batch_new",
    ],
)
def test_the_pages_of_a_class_open(trainer, unit, name):
    batch = training.batch(training.training_class(unit, pass_mark=60))
    training.trainee(batch)
    assert trainer.get(reverse(f"training:{name}", args=[batch.training_class.uid])).status_code == 200


def test_a_trainer_of_another_unit_sees_none_of_it(client, unit):
    batch = training.batch(training.training_class(unit))
    client.force_login(people.staff(Role.TRAINER, unit=people.unit("另一局")))
    uid = batch.training_class.uid
    for address in (
        reverse("training:class", args=[uid]),
        reverse("training:class_edit", args=[uid]),
        reverse("training:batch_people", args=[uid, 1]),
        reverse("training:lesson_new", args=[uid, 1]),
    ):
        assert client.get(address).status_code == 404


def test_a_unit_below_sees_only_its_own_people_of_a_class(client, unit):
    below = people.unit("中队", unit)
    batch = training.batch(training.training_class(unit))
    training.trainee(batch, people.officer(below, name="本队人"), unit=below)
    training.trainee(batch, people.officer(unit, name="外队人"))
    client.force_login(people.staff(Role.TRAINER, unit=below))
    text = client.get(reverse("training:batch_people", args=[batch.training_class.uid, 1])).content.decode()
    assert "本队人" in text
    assert "外队人" not in text
    assert client.get(reverse("training:class_edit", args=[batch.training_class.uid])).status_code == 404


def test_an_officer_does_not_reach_the_desk(client, unit):
    client.force_login(people.officer(unit).user)
    assert client.get(reverse("training:class_list")).status_code == 403
    assert client.get(reverse("training:manage")).status_code == 403


def test_the_list_costs_the_same_with_one_and_three_classes(trainer, unit):
    training.batch(training.training_class(unit))
    one = numbers(trainer, reverse("training:class_list"))
    for _ in range(2):
        training.trainee(training.batch(training.training_class(unit)))
    assert numbers(trainer, reverse("training:class_list")) == one <= 15


@pytest.mark.parametrize(
    "name", ["batch_people", "batch_names", "timetable", "timetable_print", "batch_draw"]
)
def test_the_lists_of_a_batch_cost_the_same_with_one_and_three_rows(trainer, unit, name):
    batch = training.batch(training.training_class(unit))

    def add(number):
        training.trainee(batch)
        people.officer(unit)
        teacher = training.instructor(unit, name=f"教官{number}")
        training.session(batch, starts_at=NINE + number * DAY, instructors=[teacher])

    address = reverse(f"training:{name}", args=[batch.training_class.uid, 1])
    add(0)
    one = numbers(trainer, address)
    add(1)
    add(2)
    assert numbers(trainer, address) == one <= 15


def test_a_copied_batch_has_the_same_times_on_its_own_days(trainer, unit):
    made = training.training_class(unit, TODAY + 3 * DAY, TODAY + 17 * DAY)
    first = training.batch(made, starts_on=TODAY + 3 * DAY, ends_on=TODAY + 7 * DAY)
    second = training.batch(made, starts_on=TODAY + 10 * DAY, ends_on=TODAY + 14 * DAY)
    training.session(first, starts_at=NINE + 4 * DAY)
    trainer.post(reverse("training:timetable_copy", args=[made.uid, 2]), {"source": first.pk})
    assert second.sessions.get().starts_at == NINE + 11 * DAY


def test_wrong_methods_and_numbers_do_no_harm(trainer, unit):
    batch = training.batch(training.training_class(unit))
    uid = batch.training_class.uid
    assert trainer.post(reverse("training:class_list")).status_code == 405
    assert trainer.get(reverse("training:batch_people", args=[uid, 99])).status_code == 404
    bad = trainer.post(
        reverse("training:batch_draw", args=[uid, 1]), {"officer": ["x", "99999999999999999999"]}
    )
    assert bad.status_code == 302
    assert Batch.objects.get().taken == 0


def test_somebody_is_moved_to_another_batch_from_the_list(client, unit):
    client.force_login(people.staff(Role.TRAINER, unit=unit))
    made = training.training_class(unit, TODAY + 3 * DAY, TODAY + 8 * DAY)
    row, second = training.trainee(training.batch(made)), training.batch(made)
    address = reverse("training:trainee_move", args=[row.pk])
    page = client.get(reverse("training:batch_people", args=[made.uid, 1]))
    assert address in page.content.decode()
    assert client.post(address, {"batch": second.pk}).status_code == 302
    assert second.trainees.get().officer == row.officer


def test_a_superiors_class_that_is_over_is_not_nagged_about(client, unit):
    client.force_login(people.staff(Role.TRAINER, unit=unit))

    def nagging():
        return [one.url for one in client.get(reverse("training:manage")).context["waiting"]]

    days, address = (unit, TODAY - 9 * DAY, TODAY - 5 * DAY), reverse("training:class_list")
    training.training_class(*days, origin="superior")
    assert address not in nagging()
    training.training_class(*days)
    assert address in nagging()
