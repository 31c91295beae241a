"""The personal training file (R01)."""

import datetime
from decimal import Decimal

import pytest

from courses.training.models import Trainee
from courses.training.services.finishing import enter_scores
from courses.training.services.hours import counter
from lianbing.kit.models import AuditRecord
from lianbing.people.models import Officer
from lianbing.people.rules import Role
from tests.factories import certificates, hours, training
from tests.factories import study as make
from tests.factories.people import actor, officer, staff, unit

pytestmark = pytest.mark.django_db
D = datetime.date
AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)


@pytest.fixture
def bureau():
    hours.table()
    return unit()


def attended_class(bureau, one, title, on, score):
    """A class of one session, with its hours in the ledger and a result."""
    batch = training.batch(training.training_class(bureau, title=title, starts_on=on, ends_on=on))
    trainee = training.trainee(batch, one, score=Decimal(score))
    session = make.held(bureau, on, minutes=360, officers=[one], in_batch=batch)
    hours.granted(one, f"session:{session.uid}:{one.pk}", hours.session(on), title=title)
    return trainee


def released_exam(bureau, one, title, score):
    sitting = certificates.released(bureau, title=title)
    certificates.result(sitting, one, score=score)
    return sitting


def told(response):
    return [
        (entry.kind, entry.title, entry.hours, entry.score)
        for entry, _name, _url in response.context["entries"]
    ]


def test_three_classes_and_two_exams_are_listed_with_date_hours_and_score(client, bureau):
    """R01 to the letter: and editing one leaves before and after."""
    one = officer(bureau)
    for number, month in enumerate((3, 5, 9)):
        trainee = attended_class(bureau, one, f"第{number}期", D(2026, month, 2), 80 + number)
    released_exam(bureau, one, "上半年考试", 6)
    released_exam(bureau, one, "下半年考试", 8)
    hr = staff(Role.HR, Role.TRAINER)
    client.force_login(hr)
    found = told(client.get(f"/training/file/{one.pk}/"))
    day = next(e[2] for e in found if e[0] == "class")
    assert day > 0
    assert {e for e in found if e[0] == "class"} == {
        ("class", f"第{number}期", day, str(80 + number)) for number in range(3)
    }
    assert sorted((e[1], e[3].partition("/")[0]) for e in found if e[0] == "exam") == [
        ("上半年考试", "6"),
        ("下半年考试", "8"),
    ]
    enter_scores(training_class=trainee.training_class, scores={trainee.pk: Decimal(91)}, by=actor(hr), at=AT)
    assert AuditRecord.objects.get(action="class_scored").details["scores"] == [
        [one.staff_number, "82.00", "91"]
    ]
    page = client.get(f"/training/file/{one.pk}/")
    notes = [entry.note for entry, _name, _url in page.context["entries"] if entry.kind == "correction"]
    assert "82" in notes[0]
    assert "91" in notes[0]


def test_a_countered_hour_shows_before_and_after_and_the_total_is_the_ledgers(client, bureau):
    one = officer(bureau)
    entry = hours.granted(one, "manual:1", title="讲座")
    kept = hours.granted(one, "manual:2", title="座谈")
    counter(entry=entry, reason="登记有误", hours=Decimal(3), by=actor(staff(Role.HR)), at=AT)
    client.force_login(one.user)
    response = client.get("/training/file/")
    assert response.context["found"].hours == kept.hours + 3
    note = next(e.note for e, _n, _u in response.context["entries"] if e.kind == "correction")
    assert "登记有误" in note
    assert ": 3" in note or "3" in note


def test_as_of_a_day_the_file_knows_what_was_recorded_by_then(client, bureau):
    one = officer(bureau)
    early = datetime.datetime(2026, 7, 1, 1, 0, tzinfo=datetime.UTC)
    entry = hours.granted(one, "manual:1", title="讲座", at=early)
    counter(entry=entry, reason="有误", hours=Decimal(1), by=actor(staff(Role.HR)), at=AT)
    client.force_login(staff(Role.LEADER))
    address = f"/training/file/{one.pk}/"
    assert client.get(address + "?as_of=2026-06-30").context["found"].hours == 0
    then = client.get(address + "?as_of=2026-07-01").context["found"]
    assert (then.hours, then.counts["correction"]) == (entry.hours, 0)
    now = client.get(address).context["found"]
    assert (now.hours, now.counts["correction"]) == (1, 1)


def test_an_exam_is_told_only_once_released_and_never_a_rehearsal(client, bureau):
    one = officer(bureau)
    sitting = released_exam(bureau, one, "资格考试", 6)
    client.force_login(one.user)
    assert "资格考试" in client.get("/training/file/").content.decode()
    type(sitting).objects.filter(pk=sitting.pk).update(is_rehearsal=True)
    assert "资格考试" not in client.get("/training/file/").content.decode()
    type(sitting).objects.filter(pk=sitting.pk).update(is_rehearsal=False, released_at=None)
    assert "资格考试" not in client.get("/training/file/").content.decode()


def test_certificates_and_posts_are_on_file(client, bureau):
    one = officer(bureau)
    made = certificates.certificate(one)
    client.force_login(one.user)
    found = told(client.get("/training/file/"))
    assert ("post", f"{bureau.name} · 一线执法岗", None, "") in found
    assert {"certificate"} <= {entry[0] for entry in found} or made.events.count() == 0


def test_a_merged_record_is_on_the_file_of_the_one_in_use(client, bureau):
    one = officer(bureau)
    old = officer()
    hours.granted(old, "manual:1", title="并入前的讲座")
    Officer.objects.filter(pk=old.pk).update(merged_into=one)
    client.force_login(one.user)
    assert "并入前的讲座" in client.get("/training/file/").content.decode()


def test_filters_by_kind_and_year(client, bureau):
    one = officer(bureau)
    hours.granted(one, "manual:1", title="讲座")
    client.force_login(one.user)
    assert {e[0] for e in told(client.get("/training/file/?kind=hours"))} == {"hours"}
    assert told(client.get("/training/file/?year=2019")) == []
    assert client.get("/training/file/?as_of=31-31&kind=zz&year=abc").status_code == 200


def test_the_file_prints_as_pdf_and_that_is_on_record(client, bureau):
    one = officer(bureau, name='张#eval("1")')
    hours.granted(one, "manual:1", title="讲座 $x$ *")
    hr = staff(Role.HR)
    client.force_login(hr)
    response = client.get(f"/training/file/{one.pk}/file.pdf")
    assert response.content.startswith(b"%PDF")
    assert AuditRecord.objects.get(action="file_printed").actor["staff_number"] == hr.staff_number


def test_others_files_are_closed_to_officers_and_to_leaders_elsewhere(client, bureau):
    squad = unit("一中队", bureau)
    one, other = officer(squad), officer(bureau)
    client.force_login(other.user)
    assert client.get(f"/training/file/{one.pk}/").status_code == 403
    client.force_login(staff(Role.LEADER, unit=squad))
    assert client.get(f"/training/file/{one.pk}/").status_code == 200
    assert client.get(f"/training/file/{other.pk}/").status_code == 404
    assert client.get(f"/training/file/{other.pk}/file.pdf").status_code == 404
    names = [row.name for row, _place in client.get("/training/files/").context["rows"]]
    assert names == [one.name]


def test_an_account_without_an_officer_has_no_file(client):
    client.force_login(staff(Role.HR))
    assert client.get("/training/file/").status_code == 200
    assert client.get("/training/file/file.pdf").status_code == 404


def test_the_file_takes_the_same_statements_for_one_and_three(client, bureau, django_assert_max_num_queries):
    one, taken = officer(bureau), []
    client.force_login(staff(Role.HR))
    for number in range(3):
        attended_class(bureau, one, f"第{number}期", D(2026, 3 + number, 2), 80)
        released_exam(bureau, one, f"考试{number}", 6)
        hours.granted(one, f"manual:{number}", title="讲座")
        if number in {0, 2}:
            with django_assert_max_num_queries(26) as caught:
                client.get(f"/training/file/{one.pk}/")
            taken.append(len(caught))
    assert taken[0] == taken[1]
    assert Trainee.objects.count() == 3
