"""Teams and staff: one place for everybody, and a team that has played stands as it played."""

import pytest

from exams.contests.formats.team_lists import COLUMNS, pasted, template
from exams.contests.models import ContestStaff, Match
from exams.contests.queries import live
from exams.contests.queries.contests import judges_of_competing_units
from exams.contests.services import desk_seats, staffing, team_lists
from exams.contests.services import teams as service
from exams.contests.services.refusals import AuthoringRefused
from exams.contests.services.teams import PlayerDraft, TeamDraft
from lianbing.kit.spreadsheets import Sheet, SpreadsheetError, read_workbook
from lianbing.people.rules import Role
from tests.factories import contests, people

pytestmark = pytest.mark.django_db
AT = contests.NOON


@pytest.fixture
def bureau():
    return people.unit("市局")


@pytest.fixture
def by(bureau):
    return people.actor(people.staff(Role.TRAINER, unit=bureau))


@pytest.fixture
def contest(bureau):
    return contests.contest(unit=bureau)


def _guests(*names, **more):
    return TeamDraft("来宾队", None, [PlayerDraft(None, name, **more) for name in names])


def _save(contest, draft, by, team=None):
    return service.save_team(contest=contest, draft=draft, by=by, at=AT, team=team)


def test_guests_need_only_a_name_and_the_first_leads(contest, by):
    team = _save(contest, _guests("周明远", "许静"), by)
    assert [(one.name, one.leader) for one in team.players.all()] == [("周明远", True), ("许静", False)]


def test_who_stays_keeps_their_row_when_a_team_changes(contest, by):
    team = _save(contest, _guests("周明远", "许静"), by)
    kept = team.players.get(name="许静").pk
    _save(contest, _guests("许静", "何平"), by, team)
    assert [(one.pk == kept, one.name) for one in team.players.all()] == [(True, "许静"), (False, "何平")]


@pytest.mark.parametrize(
    "draft",
    [
        TeamDraft("空队", None, []),
        _guests(*"一二三四五六七八九十甲乙丙"),
        _guests("甲", "乙", substitute=True),
        _guests("甲", "乙", leader=True),
    ],
)
def test_a_team_that_cannot_stand_is_refused(contest, by, draft):
    with pytest.raises(AuthoringRefused):
        _save(contest, draft, by)
    assert contest.teams.count() == 0


def test_nobody_plays_for_two_teams_of_a_contest(contest, by, bureau):
    officer = people.officer(bureau)
    _save(contest, TeamDraft("一队", bureau, [PlayerDraft(officer, officer.name)]), by)
    with pytest.raises(AuthoringRefused, match="一队"):
        _save(contest, TeamDraft("二队", bureau, [PlayerDraft(officer, officer.name)]), by)


def test_a_team_that_has_played_stands(contest, by):
    match = contests.match(contest, teams=2)
    Match.objects.filter(pk=match.pk).update(started_at=AT, phase="running")
    team = match.entries.first().team
    with pytest.raises(AuthoringRefused):
        _save(contest, _guests("新人"), by, team)
    with pytest.raises(AuthoringRefused):
        service.remove_team(team=team, by=by, at=AT)


def test_a_team_leaves_the_matches_still_to_come(contest, by):
    match = contests.match(contest, teams=3)
    service.remove_team(team=match.entries.first().team, by=by, at=AT)
    assert match.entries.count() == contest.teams.count() == 2


def test_a_trainer_of_another_unit_enters_no_team(contest):
    other = people.actor(people.staff(Role.TRAINER, unit=people.unit("外局")))
    with pytest.raises(AuthoringRefused):
        _save(contest, _guests("甲"), other)


def test_who_plays_is_no_judge_and_who_judges_does_not_play(contest, by, bureau):
    officer, judge = people.officer(bureau), people.officer(bureau)
    _save(contest, TeamDraft("一队", bureau, [PlayerDraft(officer, officer.name)]), by)
    with pytest.raises(AuthoringRefused):
        staffing.appoint(contest=contest, user=officer.user, role="judge", by=by, at=AT)
    staffing.appoint(contest=contest, user=judge.user, role="judge", by=by, at=AT)
    with pytest.raises(AuthoringRefused):
        _save(contest, TeamDraft("二队", bureau, [PlayerDraft(judge, judge.name)]), by)


def test_there_is_one_chief_referee(contest, by):
    role = ContestStaff.Role.CHIEF_REFEREE
    staffing.appoint(contest=contest, user=people.UserFactory(), role=role, by=by, at=AT)
    with pytest.raises(AuthoringRefused):
        staffing.appoint(contest=contest, user=people.UserFactory(), role=role, by=by, at=AT)


def test_a_judge_whose_unit_competes_is_named(contest, by, bureau):
    squad = people.unit("一中队", bureau)
    own, other = people.officer(squad), people.officer(people.unit("二中队", bureau))
    for one in (own, other):
        staffing.appoint(contest=contest, user=one.user, role="judge", by=by, at=AT)
    contests.team(contest, unit=squad)
    assert judges_of_competing_units(contest, AT.date()) == {own.user_id}


HEAD = [column.heading for column in COLUMNS]


def _sheet(*rows):
    return [Sheet("名单", [HEAD, *[list(row) for row in rows]])]


def test_a_list_enters_officers_and_guests(contest, by, bureau):
    officer = people.officer(bureau)
    rows = [("甲队", officer.staff_number, "", "市局", "", ""), ("甲队", "", "来宾一", "", "是", "")]
    saved = team_lists.import_teams(contest=contest, sheets=_sheet(*rows), by=by, at=AT)
    assert [(one.name, one.officer_id, one.leader) for one in saved[0].players.all()] == [
        (officer.name, officer.pk, False),
        ("来宾一", None, True),
    ]
    assert saved[0].unit == bureau


def test_every_fault_of_a_list_is_named_and_nothing_is_saved(contest, by):
    rows = [
        ("甲队", "没有这个号", "", "没有这个单位", "", ""),
        ("", "", "张三", "", "", ""),
        ("乙队", "", "李四", "", "也许", ""),
        ("丙队", "", "", "", "", ""),
        ("丁队", "", "王五", "", "是", "是"),
    ]
    with pytest.raises(team_lists.BadList) as bad:
        team_lists.import_teams(contest=contest, sheets=_sheet(*rows), by=by, at=AT)
    assert [(one.row, one.column) for one in bad.value.errors] == [
        (3, "队伍"),
        (4, "领队"),
        (5, "姓名"),
        (2, "单位"),
        (2, "工号"),
    ]
    assert contest.teams.count() == 0


def test_what_the_contest_refuses_is_named_by_row(contest, by):
    rows = [("甲队", "", "张三", "", "", ""), ("丁队", "", "王五", "", "是", "是")]
    with pytest.raises(team_lists.BadList) as bad:
        team_lists.import_teams(contest=contest, sheets=_sheet(*rows), by=by, at=AT)
    assert [(one.row, one.column) for one in bad.value.errors] == [(3, "队伍")]
    assert contest.teams.count() == 0


def test_pasted_rows_are_read_with_tabs_or_commas(contest, by):
    for text in ("队伍\t姓名\n甲队\t张三\n甲队\t李四\n", "队伍，姓名\n甲队，张三\n甲队，李四"):
        saved = team_lists.import_teams(contest=contest, sheets=[pasted(text)], by=by, at=AT)
        assert [one.name for one in saved[0].players.all()] == ["张三", "李四"]


def test_a_text_without_headings_is_refused(contest, by):
    with pytest.raises(SpreadsheetError):
        team_lists.import_teams(contest=contest, sheets=[pasted("甲队\t张三")], by=by, at=AT)


def test_the_template_is_read_by_the_import():
    teams, errors, _table = team_lists.read_teams(read_workbook(template(), "t.xlsx"))
    assert [(team.name, len(team.players)) for team in teams] == [
        ("车站中队代表队", 4),
        ("兄弟城市来宾队", 2),
    ]
    assert errors == []


def test_who_is_taken_off_sees_no_key_any_more(contest, by):
    match, user = contests.match(contest), people.UserFactory()
    for role in ("host", "judge"):
        staffing.appoint(contest=contest, user=user, role=role, by=by, at=AT)
    actor = people.actor(user)
    host, judge = (desk_seats.take(match=match, role=role, by=actor, at=AT) for role in ("host", "judge"))
    staffing.dismiss(staff=contest.staff.get(role="host"), by=by, at=AT)
    assert list(live.places(match.uid, [host.pk, judge.pk])) == [judge.pk]
    staffing.dismiss(staff=contest.staff.get(), by=by, at=AT)
    assert live.places(match.uid, [host.pk, judge.pk]) == {}
    staffing.appoint(contest=contest, user=user, role="judge", by=by, at=AT)
    assert desk_seats.take(match=match, role="judge", by=actor, at=AT).pk != judge.pk
