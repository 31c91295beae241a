"""A rank (职务) is dated with the appointment: enlisted with it, moved with it, brought by a roster."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from lianbing.kit import spreadsheets
from lianbing.kit.models import OutboxMessage
from lianbing.kit.spreadsheets import OutSheet
from lianbing.people.models import Officer
from lianbing.people.queries import appointment_of
from lianbing.people.rules import SYSTEM, Role
from lianbing.people.rules.timeline import Span, placed
from lianbing.people.services import officers
from lianbing.people.services.officers import OfficerRefused
from tests.factories import people

AT = datetime.datetime(2026, 11, 20, 1, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 20)
JAN, JUL = datetime.date(2026, 1, 1), datetime.date(2026, 7, 1)


def move(officer, unit, on=DAY, **fields):
    here = appointment_of(officer, DAY)
    officers.move(
        officer=officer, unit=unit, post=here.post, starts_on=on, reason="任命", by=SYSTEM, at=AT, **fields
    )


def test_a_move_without_a_rank_keeps_the_one_held():
    spans = [Span(JAN, None, (1, 1), "", "中队长")]
    after = placed(spans, starts_on=JUL, place=(2, 1), reason="轮岗")
    assert [span.rank for span in after] == ["中队长", "中队长"]


def test_a_new_rank_at_the_same_place_is_a_span_of_its_own():
    after = placed([Span(JAN, None, (1, 1))], starts_on=JUL, place=(1, 1), reason="任命", rank="中队长")
    assert [(span.starts_on, span.ends_on, span.rank) for span in after] == [
        (JAN, JUL, ""),
        (JUL, None, "中队长"),
    ]


@pytest.mark.django_db
def test_a_rank_is_given_kept_and_refused_when_nothing_changes():
    squads = [people.unit(name) for name in ("一中队", "二中队")]
    officer = people.officer(squads[0])
    move(officer, squads[0], rank="中队长")
    assert appointment_of(officer, DAY).rank == "中队长"
    with pytest.raises(OfficerRefused, match="no_change"):
        move(officer, squads[0], rank="中队长")
    move(officer, squads[1], on=DAY + datetime.timedelta(days=1))
    assert appointment_of(officer, DAY + datetime.timedelta(days=1)).rank == "中队长"


@pytest.mark.django_db
def test_whoever_is_enlisted_has_a_rank_and_is_told_of():
    post = people.PostFactory()
    officer = officers.enlist(
        staff_number="N1",
        name="新人",
        category="officer",
        unit=people.unit(),
        post=post,
        starts_on=DAY,
        rank="一级科员",
        by=SYSTEM,
        at=AT,
    )
    assert appointment_of(officer, DAY).rank == "一级科员"
    assert OutboxMessage.objects.get(topic="officer_moved").payload["officers"] == [officer.pk]


def write(path, heading, rank):
    headings = ["工号", "姓名", "单位", "岗位", "人员类别", "任职日期", heading]
    rows = [["007", "林知远", "一中队", "一线执法岗", "执法人员", "2026-01-01", rank]]
    path.write_bytes(spreadsheets.write_workbook([OutSheet("人员", headings, rows)]))
    return str(path)


@pytest.mark.django_db
@pytest.mark.parametrize("heading", ["职务", "职级", "职务/职级", "职务职级"])
def test_a_roster_brings_ranks_and_a_blank_changes_nothing(tmp_path, capsys, heading):
    people.unit("一中队")
    call_command("import_roster", write(tmp_path / "a.xlsx", heading, "副中队长"), "--json")
    officer = Officer.objects.get(staff_number="007")
    assert appointment_of(officer, DAY).rank == "副中队长"
    call_command("import_roster", write(tmp_path / "b.xlsx", heading, ""), "--json")
    call_command("import_roster", write(tmp_path / "c.xlsx", heading, "中队长"), "--json")
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert [(r["created"], r["updated"], r["unchanged"]) for r in reports] == [
        (1, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
    ]
    assert appointment_of(officer, DAY).rank == "中队长"


@pytest.mark.django_db
def test_the_form_offers_the_rank_held_and_the_page_shows_it(client):
    unit = people.unit()
    officer = people.officer(unit)
    move(officer, unit, on=JAN, rank="中队长")
    client.force_login(people.staff(Role.HR))
    assert "中队长" in client.get(reverse("people:officer", args=[officer.pk])).content.decode()
    address = reverse("people:officer_move", args=[officer.pk])
    assert 'value="中队长"' in client.get(address).content.decode()
    post = appointment_of(officer, DAY).post_id
    data = {"unit": unit.pk, "post": post, "rank": "大队长", "starts_on": "2026-11-01", "reason": "提任"}
    client.post(address, data)
    assert appointment_of(officer, DAY).rank == "大队长"
