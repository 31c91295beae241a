"""The activity record in the browser: seen, taken out, asked for, handed in, received."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.training.models import ActivityReport, RecordTemplate
from courses.training.reports.activity_record import built_in_template
from courses.training.services import activity_reports as services
from lianbing.people.rules import Role
from tests.factories import people, training

pytestmark = pytest.mark.django_db

JUNE = {"first": datetime.date(2026, 6, 1), "last": datetime.date(2026, 6, 30)}
TENTH = datetime.datetime(2026, 6, 10, 1, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch, at):
    from lianbing.kit import clock

    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def squad():
    return people.unit("滨河中队", parent=people.unit("云汐局"))


@pytest.fixture
def session(squad):
    return training.session(unit=squad, starts_at=TENTH, state="closed", topic="占道经营查处")


@pytest.fixture
def trainer(squad):
    return people.staff(Role.TRAINER, unit=squad)


@pytest.fixture
def report(squad, at):
    hr = people.actor(people.staff(Role.HR))
    services.ask(units=[squad], **JUNE, due_on=datetime.date(2026, 7, 3), by=hr, at=at)
    return ActivityReport.objects.get()


def asked(squad, name="training:activity", period="2026-06"):
    return f"{reverse(name)}?unit={squad.pk}&period={period}"


def test_the_record_and_its_files(client, session, squad, trainer):
    client.force_login(trainer)
    assert "占道经营查处" in client.get(asked(squad)).content.decode()
    for name in ("training:activity_xlsx", "training:activity_docx"):
        answer = client.get(asked(squad, name))
        assert answer.content[:2] == b"PK"
        assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "query", ["unit=0&period=2026-06", "unit=x&period=2026-06", "period=1066-01", "page=x"]
)
def test_hostile_queries_are_answered(client, session, trainer, query):
    client.force_login(trainer)
    for name in ("training:activity", "training:activity_xlsx", "training:activity_docx"):
        assert client.get(f"{reverse(name)}?{query}", follow=True).status_code == 200


def test_another_unit_s_record_is_not_offered(client, session, squad):
    other = people.unit("古城中队", parent=squad.get_parent())
    client.force_login(people.staff(Role.TRAINER, unit=other))
    assert "占道经营查处" not in client.get(asked(squad)).content.decode()
    assert client.get(asked(squad, "training:activity_xlsx")).status_code == 302


def test_asked_for_handed_in_and_received(client, session, squad, trainer):
    client.force_login(people.staff(Role.HR))
    sent = {"units": [squad.pk], "period": "2026-06", "due_on": "2026-07-03"}
    client.post(reverse("training:activity_ask"), sent)
    page = reverse("training:activity_report", args=[ActivityReport.objects.get().uid])
    client.force_login(trainer)
    client.post(page, {"act": "hand_in"})
    assert ActivityReport.objects.get().lines[0]["主题"] == "占道经营查处"
    client.force_login(people.staff(Role.HR))
    client.post(page, {"act": "receive"})
    assert ActivityReport.objects.get().received_at
    assert (
        client.get(reverse("training:activity_report_xlsx", args=[ActivityReport.objects.get().uid])).content[
            :2
        ]
        == b"PK"
    )


def test_a_record_is_due_after_its_period(client, squad):
    client.force_login(people.staff(Role.HR))
    sent = {"units": [squad.pk], "period": "2026-06", "due_on": "2026-06-03"}
    assert client.post(reverse("training:activity_ask"), sent).context["form"].errors["due_on"]


def test_sent_back_with_its_reason(client, session, report, squad, trainer, at):
    services.hand_in(report=report, by=people.actor(trainer), at=at)
    client.force_login(people.staff(Role.HR))
    page = reverse("training:activity_report", args=[report.uid])
    client.post(page, {"act": "send_back", "reason": "少一次观影"})
    assert "少一次观影" in client.get(page).content.decode()


def test_nobody_reads_another_unit_s_report(client, report, squad):
    other = people.unit("古城中队", parent=squad.get_parent())
    client.force_login(people.staff(Role.TRAINER, unit=other))
    for name in ("training:activity_report", "training:activity_report_xlsx"):
        assert client.get(reverse(name, args=[report.uid])).status_code == 403


def test_the_template_is_put_in_and_taken_out(client, squad):
    client.force_login(people.staff(Role.TRAINER))
    page = reverse("training:activity_templates")
    client.post(page, {"file": SimpleUploadedFile("局模板.xlsx", built_in_template())})
    assert "局模板.xlsx" in client.get(page).content.decode()
    assert client.get(reverse("training:activity_template")).content[:2] == b"PK"
    client.post(page, {"act": "retire"})
    assert not RecordTemplate.objects.filter(retired_at=None).exists()


def test_a_workbook_that_is_none_is_refused_in_words(client, squad):
    client.force_login(people.staff(Role.TRAINER))
    sent = {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 x")}
    assert client.post(reverse("training:activity_templates"), sent).context["form"].errors["file"]


def test_a_trainer_of_a_part_sets_no_template(client, trainer):
    client.force_login(trainer)
    assert client.get(reverse("training:activity_templates")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_with_more(client, squad, report, at, count, django_assert_max_num_queries):
    for number in range(count):
        training.session(unit=squad, starts_at=TENTH + datetime.timedelta(hours=number), state="closed")
    client.force_login(people.staff(Role.HR))
    for address in (asked(squad), reverse("training:activity_due")):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200
