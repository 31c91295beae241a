"""The pages of attendance: phone, projector, list, paper; who may, how many statements, bad input."""

import datetime
import io
import json
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from PIL import Image

from courses.training.models import AttendanceEvent, LeaveRequest, Roll, RollEntry, Session, SessionFile
from courses.training.services import leaves
from lianbing.kit import clock
from tests.factories import people, plans, training
from tests.factories.attendance import code_at, expect, long_code_at, open_session, tap

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def now(monkeypatch, at):
    """The site's clock stands at nine unless a test moves it."""
    cache.clear()
    moment = {"at": at}
    monkeypatch.setattr(clock, "now", lambda: moment["at"])
    return moment


@pytest.fixture
def session():
    return open_session(count=2)


@pytest.fixture
def trainer(client, session):
    user = people.staff("trainer", unit=session.unit)
    client.force_login(user)
    return user


@pytest.fixture
def officer(client, session):
    made = RollEntry.objects.filter(session=session).first().officer
    client.force_login(made.user)
    client.get(reverse("training:sign_in"))
    return made


def page(name, session, *more):
    return reverse(f"training:{name}", args=[session.uid, *more])


def test_a_scan_shows_the_button_and_one_tap_signs_in(client, session, officer, at):
    address = page("sign_in_session", session)
    found = client.get(f"{address}?c={long_code_at(session, at)}")
    proof = re.search(r'name="proof" value="([^"]+)"', found.content.decode())[1]
    client.post(address, {"proof": proof, "act": "in"})
    entry = RollEntry.objects.get(officer=officer)
    assert (entry.state, entry.method, entry.signed_in_at) == ("present", "qr", at)


def test_an_old_scan_says_how_old_it_is_and_offers_the_digits(client, session, officer, at):
    found = client.get(f"{page('sign_in_session', session)}?c={long_code_at(session, at, -4)}")
    text = found.content.decode()
    assert "proof" not in text
    assert "45" in text
    assert 'name="code"' in text


def test_a_script_gets_the_answer_as_json(client, session, officer, at):
    said = {"code": code_at(session, at), "act": "in"}
    answers = [
        client.post(page("sign_in_session", session), said, headers={"accept": "application/json"}).json()
        for _time in range(2)
    ]
    assert [(one["ok"], one["again"]) for one in answers] == [(True, False), (True, True)]
    assert "09:00" in answers[1]["text"]


def test_wrong_digits_are_braked(client, session, officer, at):
    said = {"code": "000000", "act": "in"}
    codes = [
        client.post(page("sign_in_session", session), said, headers={"accept": "application/json"}).json()[
            "code"
        ]
        for _time in range(6)
    ]
    assert codes[-1] == "too_many"
    assert "too_many" not in codes[:5]


def test_digits_in_the_address_are_no_scan_so_that_nobody_guesses_there(client, session, officer, at):
    found = client.get(f"{page('sign_in_session', session)}?c={code_at(session, at)}")
    assert "proof" not in found.content.decode()
    assert found.context["refusal"]


def test_an_account_elsewhere_reads_that_the_trainer_can_admit_it(client, session, at):
    guest = people.officer(people.unit("别的队"))
    client.force_login(guest.user)
    client.get(page("sign_in_session", session))
    found = client.post(page("sign_in_session", session), {"code": code_at(session, at), "act": "in"})
    assert found.status_code == 409
    assert AttendanceEvent.objects.get().officer == guest


def test_a_made_up_device_cookie_is_no_device(client, session, at):
    officer = RollEntry.objects.first().officer
    client.force_login(officer.user)
    client.cookies["lianbing_device"] = "made-up"
    said = {"code": code_at(session, at), "act": "in"}
    answer = client.post(page("sign_in_session", session), said, headers={"accept": "application/json"})
    assert answer.json()["code"] == "no_device"


def test_a_session_that_was_cancelled_says_so(client, session, officer):
    Session.objects.update(state="cancelled")
    found = client.get(page("sign_in_session", session))
    assert found.status_code == 409
    assert "training:sign_in" not in found.content.decode()


def test_a_closed_session_shows_my_record_and_takes_no_code(client, session, officer):
    Session.objects.update(state="closed")
    found = client.get(page("sign_in_session", session))
    assert found.context["entry"].officer == officer
    assert client.post(page("sign_in_session", session), {"act": "in"}).status_code == 409


def test_the_projector_shows_this_slots_code_and_the_counter(client, session, trainer, at, now):
    first = client.get(page("code_now", session)).json()
    assert first["digits"].replace(" ", "") == code_at(session, at)
    assert (first["here"], first["expected"]) == (0, 2)
    now["at"] = at + datetime.timedelta(seconds=15)
    tap(session, RollEntry.objects.first().officer, now["at"])
    second = client.get(page("code_now", session)).json()
    assert second["digits"] != first["digits"]
    assert second["here"] == 1
    assert "<svg" in client.get(page("code", session)).content.decode()


def test_a_session_that_is_not_open_shows_no_code(client, session, trainer):
    Session.objects.update(state="planned")
    shown = client.get(page("code_now", session)).json()
    assert (shown["open"], shown["digits"], shown["svg"]) == (False, "", "")


STAFF_PAGES = [
    "code",
    "code_now",
    "roll",
    "roll_sheet",
    "roll_export",
    "roll_import",
    "roll_close",
    "roll_settings",
]


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_only_who_runs_it_sees_a_session(client, session, name):
    stranger = people.staff("trainer", unit=people.unit("别的局"))
    client.force_login(stranger)
    assert client.get(page(name, session)).status_code == 404
    client.force_login(RollEntry.objects.first().officer.user)
    assert client.get(page(name, session)).status_code == 404


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_the_instructor_runs_their_own_session_without_a_role(client, session, name):
    teacher = people.officer(people.unit("教官队"))
    session.instructors.set([training.instructor(unit=session.unit, officer=teacher)])
    client.force_login(teacher.user)
    assert client.get(page(name, session)).status_code == 200


def test_a_leader_reads_the_list_and_changes_nothing(client, session):
    client.force_login(people.staff("leader", unit=session.unit))
    assert client.get(page("roll", session)).status_code == 200
    officer = RollEntry.objects.first().officer_id
    assert client.post(page("roll_set", session, officer), {"state": "present"}).status_code == 404


def test_a_tap_marks_and_offers_to_undo(client, session, trainer):
    entry = RollEntry.objects.first()
    found = client.post(page("roll_set", session, entry.officer_id), {"state": "late"}, follow=True)
    entry.refresh_from_db()
    assert entry.state == "late"
    undo = re.search(r'action="([^"]+/undo/\d+/)"', found.content.decode())[1]
    client.post(undo)
    entry.refresh_from_db()
    assert entry.state == "expected"


@pytest.mark.parametrize("state", ["", "expected", "made_up", "nonsense"])
def test_a_state_nobody_may_set_is_refused(client, session, trainer, state):
    entry = RollEntry.objects.first()
    client.post(page("roll_set", session, entry.officer_id), {"state": state})
    assert AttendanceEvent.objects.count() == 0


@pytest.mark.parametrize(("show", "count"), [("", 2), ("missing", 1), ("here", 1), ("away", 0), ("odd", 2)])
def test_the_list_is_filtered(client, session, trainer, at, show, count):
    tap(session, RollEntry.objects.first().officer, at)
    found = client.get(page("roll", session), {"show": show})
    assert len(found.context["board"].rows) == count


@pytest.mark.parametrize("name", ["roll", "roll_sheet", "roll_close"])
def test_the_list_does_not_cost_more_with_more_people(
    client, session, trainer, name, django_assert_max_num_queries
):
    for _number in range(4):
        expect(session, people.officer(session.unit))
    with django_assert_max_num_queries(15):
        client.get(page(name, session))


@pytest.mark.parametrize("name", ["training:rolls", "training:sign_in"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_sessions_keep_within_their_statements(client, name, count, django_assert_max_num_queries):
    unit = people.unit("大队")
    officer = people.officer(unit)
    people.grant(officer.user, "trainer", unit=unit)
    for _number in range(count):
        expect(open_session(unit=unit, count=1), officer)
    client.force_login(officer.user)
    with django_assert_max_num_queries(15):
        assert client.get(reverse(name)).status_code == 200


def test_striking_takes_a_reason(client, session, trainer, at):
    entry = RollEntry.objects.first()
    tap(session, entry.officer, at)
    address = page("roll_strike", session, entry.officer_id)
    assert client.post(address, {"reason": " "}).status_code == 200
    client.post(address, {"reason": "代签"})
    entry.refresh_from_db()
    assert (entry.state, entry.note) == ("absent", "代签")


def test_a_guest_is_admitted_by_staff_number(client, session, trainer):
    guest = people.officer(people.unit("别的队"))
    client.post(page("roll_admit", session), {"staff_number": guest.staff_number})
    assert RollEntry.objects.get(officer=guest).expected is False
    client.post(page("roll_admit", session), {"staff_number": "NOBODY"})
    assert RollEntry.objects.count() == 3


def test_leave_goes_from_phone_to_list(client, session, officer, at):
    client.post(page("leave_ask", session), {"reason": "出庭应诉"})
    leave = LeaveRequest.objects.get()
    stranger = people.staff("trainer", unit=people.unit("别的局"))
    client.force_login(stranger)
    assert client.post(reverse("training:leave_decide", args=[leave.uid])).status_code == 404
    client.force_login(people.staff("trainer", unit=session.unit))
    client.post(reverse("training:leave_decide", args=[leave.uid]), {"grant": ""})
    assert RollEntry.objects.get(officer=officer).state == "leave"


def test_leave_of_others_cannot_be_withdrawn(client, session, officer, at):
    other = RollEntry.objects.exclude(officer=officer).get().officer
    leave = leaves.ask(session=session, reason="病假", by=people.actor(other.user), at=at)
    assert client.post(reverse("training:leave_withdraw", args=[leave.uid])).status_code == 404


def closing_form(session, **more):
    local = session.starts_at + datetime.timedelta(hours=8)
    said = {"held_from": f"{local:%Y-%m-%dT%H:%M}", "held_to": f"{local + 90 * MINUTE:%Y-%m-%dT%H:%M}"}
    return said | {"notes_count": "12", "rest_absent": "on"} | more


def test_closing_names_who_is_unresolved_and_then_closes(client, session, trainer, at, now):
    now["at"] = at + 100 * MINUTE
    found = client.get(page("roll_close", session))
    assert RollEntry.objects.first().officer.name in found.content.decode()
    client.post(page("roll_close", session), closing_form(session))
    assert Session.objects.get(pk=session.pk).state == "closed"
    assert Roll.objects.get(session=session).notes_count == 12
    client.post(page("roll_reopen", session), {"reason": "补登"})
    assert Session.objects.get(pk=session.pk).state == "open"


def test_the_instructor_hands_over_and_cannot_close(client, session, at, now):
    now["at"] = at + 100 * MINUTE
    teacher = people.officer(people.unit("教官队"))
    session.instructors.set([training.instructor(unit=session.unit, officer=teacher)])
    client.force_login(teacher.user)
    assert client.post(page("roll_close", session), closing_form(session)).status_code == 404
    client.post(page("roll_close", session), {"hand_over": "1"})
    assert Roll.objects.get(session=session).handed_over_at == now["at"]


def sheet_file(rows, name="签到表.xlsx"):
    book = Workbook()
    for row in [["工号", "姓名", "签到时间", "签退时间", "备注"], *rows]:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def test_a_filled_sheet_is_taken_over(client, session, trainer, at):
    one, two = RollEntry.objects.order_by("pk")
    rows = [
        [one.officer.staff_number, one.officer.name, "08:55", "10:30", ""],
        [two.officer.staff_number, "", "请假", "", "出差"],
    ]
    client.post(page("roll_import", session), {"file": sheet_file(rows)})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, one.method, one.signed_in_at) == ("present", "paper", at - 5 * MINUTE)
    assert (two.state, two.note) == ("leave", "出差")


@pytest.mark.parametrize(
    "row",
    [
        ["NOBODY", "", "08:55"],
        ["{number}", "不是他", "08:55"],
        ["{number}", "", "25:00"],
        ["{number}", "", "早上"],
        ["{number}", "", "10:00", "09:00"],
        ["{number}", "", "", "09:00"],
        ["", "张三", "08:55"],
    ],
)
def test_one_bad_row_and_nothing_is_taken_over(client, session, trainer, row):
    one, two = RollEntry.objects.order_by("pk")
    bad = [cell.replace("{number}", two.officer.staff_number) for cell in row]
    rows = [[one.officer.staff_number, "", "08:55"], bad]
    found = client.post(page("roll_import", session), {"file": sheet_file(rows)})
    assert [error.row for error in found.context["errors"]] == [3]
    assert set(RollEntry.objects.values_list("state", flat=True)) == {"expected"}


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"PK\x03\x04broken", "甲,乙\n1,2\n".encode()])
def test_what_is_no_sheet_is_refused_in_words(client, session, trainer, data):
    file = SimpleUploadedFile("表.csv", data)
    found = client.post(page("roll_import", session), {"file": file})
    assert found.status_code == 200
    assert found.context["form"].errors


def test_the_exported_sheet_can_be_brought_back(client, session, trainer):
    data = client.get(page("roll_export", session)).content
    client.post(page("roll_import", session), {"file": SimpleUploadedFile("s.xlsx", data)})
    assert set(RollEntry.objects.values_list("state", flat=True)) == {"expected"}


def photo():
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(target, "JPEG")
    return SimpleUploadedFile("现场.jpg", target.getvalue())


def test_a_photo_is_kept_and_shown_to_who_may_read(client, session, trainer):
    client.post(page("session_file_add", session), {"file": photo()})
    file = SessionFile.objects.get()
    address = reverse("training:session_file", args=[file.uid])
    assert client.get(address)["Content-Type"] in {"image/png", "image/jpeg"}
    client.force_login(RollEntry.objects.first().officer.user)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("data", [b"<html>", b"MZ\x90", b"GIF89a"])
def test_other_files_are_not_kept(client, session, trainer, data):
    client.post(page("session_file_add", session), {"file": SimpleUploadedFile("x.jpg", data)})
    assert SessionFile.objects.count() == 0


def test_a_study_day_is_made_with_its_list(client, session, trainer):
    category = training.category()
    form = {
        "unit": session.unit.pk,
        "kind": "film",
        "category": category.pk,
        "topic": "警示教育片",
        "starts_at": "2026-11-18T14:00",
        "ends_at": "2026-11-18T16:00",
        "audience-units": [session.unit.path],
    }
    found = client.post(reverse("training:session_new"), form)
    made = Session.objects.get(topic="警示教育片")
    assert found.url == page("roll", made)
    assert made.roll_entries.count() == 2


def test_a_study_day_is_held_for_a_line_of_the_plan_of_its_unit_or_the_one_above(client, session, trainer):
    bureau_line = plans.line(plans.plan(session.unit, state="approved"))
    other = plans.line(plans.plan(people.unit("别的局"), state="approved"))
    form = {
        "unit": session.unit.pk,
        "kind": "film",
        "category": training.category().pk,
        "topic": "警示教育片",
        "starts_at": "2026-11-18T14:00",
        "ends_at": "2026-11-18T16:00",
        "audience-units": [session.unit.path],
    }
    client.post(reverse("training:session_new"), form | {"plan_line": other.pk})
    assert not Session.objects.filter(topic="警示教育片").exists()
    client.post(reverse("training:session_new"), form | {"plan_line": bureau_line.pk})
    assert Session.objects.get(topic="警示教育片").plan_line == bureau_line


def test_a_sheet_can_be_printed_before_the_roll_is_drawn_up(client, session, trainer):
    enrolled = training.trainee(training.batch(training.training_class(session.unit)))
    planned = training.session(enrolled.batch, session.unit, starts_at=training.NINE + training.DAY)
    shown = client.get(page("roll_sheet", planned)).content.decode()
    assert enrolled.officer.staff_number in shown
    assert not planned.roll_entries.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"ends_at": "2026-11-18T13:00"},
        {"ends_at": "2026-11-19T16:00"},
        {"topic": ""},
        {"kind": "exam"},
        {"audience-units": ["0099"]},
    ],
)
def test_a_wrong_study_day_is_not_made(client, session, trainer, more):
    form = {
        "unit": session.unit.pk,
        "kind": "film",
        "category": training.category().pk,
        "topic": "警示教育片",
        "starts_at": "2026-11-18T14:00",
        "ends_at": "2026-11-18T16:00",
        "audience-units": [session.unit.path],
    }
    assert client.post(reverse("training:session_new"), form | more).status_code == 200
    assert not Session.objects.filter(topic="警示教育片").exists()


def test_a_scan_counts_even_after_wrong_digits(client, session, officer, at):
    for _time in range(6):
        client.post(page("sign_in_session", session), {"code": "000000", "act": "in"})
    client.post(page("sign_in_session", session), {"code": long_code_at(session, at), "act": "in"})
    assert RollEntry.objects.get(officer=officer).state == "present"


def test_json_is_what_the_projector_reads(client, session, trainer):
    assert set(json.loads(client.get(page("code_now", session)).content)) == {
        "open",
        "svg",
        "digits",
        "here",
        "expected",
        "next_ms",
    }


def test_a_single_session_is_changed_and_cancelled_on_the_page(client):
    unit = people.unit()
    people.officer(unit)
    client.force_login(people.staff("trainer", unit=unit))
    session = training.session(unit=unit, starts_at=training.NINE + training.DAY)
    address, roll = f"/training/sessions/{session.uid}/", f"/training/sessions/{session.uid}/roll/"
    assert f"{address}edit/" in client.get(roll).content.decode()
    said = {"topic": "新主题", "category": session.category_id, "place": "三楼"}
    times = {"starts_at": "2026-11-21T14:00", "ends_at": "2026-11-21T15:30"}
    assert client.post(f"{address}edit/", said | times).status_code == 302
    session.refresh_from_db()
    assert (session.topic, session.place, session.starts_at.hour) == ("新主题", "三楼", 6)
    assert client.post(f"{address}cancel/", {"reason": "停电"}).status_code == 302
    assert client.get(roll).status_code == 404


def test_a_trainer_of_another_unit_and_a_lesson_of_a_class_have_no_such_page(client):
    unit = people.unit()
    single = training.session(unit=unit)
    lesson = training.session(training.batch(training.training_class(unit)))
    client.force_login(people.staff("trainer", unit=unit))
    assert client.get(f"/training/sessions/{lesson.uid}/edit/").status_code == 404
    client.force_login(people.staff("trainer", unit=people.unit("西城中队")))
    assert client.get(f"/training/sessions/{single.uid}/cancel/").status_code == 404
