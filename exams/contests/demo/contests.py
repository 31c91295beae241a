"""Contests of the demo bureau: one confirmed with everything that happened in it, one ready to run today, and a
classroom game. Their questions are a bank of their own in the pool for contests."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from exams.contests import rounds
from exams.contests.demo.playing import play
from exams.contests.models import Contest, Match
from exams.contests.queries.heats import best_of_units
from exams.contests.rules.presets import PRESETS
from exams.contests.rules.rulebook import to_json
from exams.contests.services import authoring, items, lineups, staffing, team_lists, teams
from exams.contests.services.teams import PlayerDraft, TeamDraft
from lianbing.kit.demo import Story, chapter
from lianbing.people.demo import BUREAU
from lianbing.people.queries import appointments_in
from lianbing.people.rules import Role
from question_bank import services as bank_services
from question_bank.formats import File
from question_bank.models import Question, QuestionBank

DATA = Path(__file__).resolve().parent.parent / "demo_data"
SLUG, NAME = "yunxi-contest", "云汐城管知识竞赛题库"
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
BUZZER_ITEMS = 12
TODAY_TEAMS = ("直属一大队", "直属二大队", "违建治理大队")
GUESTS = ("宁致远", "沐晓岚", "顾清平")


@chapter(46)
def contests(story: Story) -> None:
    """Leaves story.data["contests"]: past, ready today, classroom."""
    bank = _bank(story)
    past = _past(story, bank)
    ready = _ready(story, bank)
    story.data["contests"] = [past, ready, _classroom(story, bank)]


def _bank(story: Story) -> QuestionBank:
    """64 questions, written by the trainer and approved by the legal section, in the pool for contests."""
    trainer, legal = story.data["actors"][Role.TRAINER], story.data["actors"][Role.LEGAL]
    written = story.now - 60 * DAY
    bank = bank_services.make_bank(
        slug=SLUG, name=NAME, people_needed=2, default_pool="contest", by=trainer, at=written
    )
    bank_services.import_bank(
        file=File(DATA / "questions.csv"), bank=SLUG, publish=True, by=trainer, at=written
    )
    for number, question in enumerate(Question.objects.filter(bank=bank).order_by("pk")):
        moment = written + DAY + datetime.timedelta(minutes=2 * number)
        bank_services.publish(question=question, by=legal, at=moment)
    return bank


def _rules(name: str) -> dict[str, Any]:
    """The bureau's rules with a shorter buzzer round, so that an evening is over in time."""
    said = dict(PRESETS["bureau"]) | {"name": name}
    said["rounds"] = [
        {**one, "items": BUZZER_ITEMS} if one["kind"] == "buzzer" else one for one in said["rounds"]
    ]
    return to_json(rounds.parse(said))


def _make(story: Story, at: datetime.datetime, rulebook: dict[str, Any], **values: Any) -> Contest:
    usual = {
        "unit": story.data["units"][BUREAU],
        "kind": Contest.Kind.KNOWLEDGE,
        "uses_drill_pool": False,
        "place": "市局三楼报告厅",
        "heat": None,
    }
    by = story.data["actors"][Role.TRAINER]
    return authoring.save_contest(values={**usual, **values}, rulebook=rulebook, by=by, at=at)


def _staff(story: Story, contest: Contest, at: datetime.datetime) -> None:
    actors, by = story.data["actors"], story.data["actors"][Role.TRAINER]
    people = {one.user_id: one.user for one in story.data["civilians"]}
    for role, part in (
        (Role.TRAINER, "host"),
        (Role.LEGAL, "chief_referee"),
        (Role.LEGAL, "judge"),
        (Role.EXAM_ADMINISTRATOR, "judge"),
        (Role.LEADER, "judge"),
    ):
        user = people[actors[role].user_id]
        staffing.appoint(contest=contest, user=user, role=part, by=by, at=at)


def _match(story: Story, contest: Contest, name: str, stage: str, at: datetime.datetime) -> Match:
    by = story.data["actors"][Role.TRAINER]
    values = {"name": name, "stage": stage, "planned_at": contest.starts_at}
    seated = list(contest.teams.order_by("position"))
    match = lineups.save_match(contest=contest, values=values, teams=seated, by=by, at=at)
    items.draw_items(match=match, by=by, at=at + HOUR, seed=f"demo-{name}".encode())
    return match


def _past(story: Story, bank: QuestionBank) -> Contest:
    """Twelve days ago: four teams made of the best of their units in a written exam, played to the end."""
    by = story.data["actors"][Role.TRAINER]
    day = timezone.localtime(story.now - 12 * DAY)
    starts = day.replace(hour=14, minute=30, second=0, microsecond=0)
    heat = story.data["sittings"][0] if story.data.get("sittings") else None
    contest = _make(
        story,
        starts - 20 * DAY,
        _rules("云汐城管业务知识竞赛规则"),
        title="秋季城管业务知识竞赛",
        bank=bank,
        starts_at=starts,
        heat=heat,
    )
    _staff(story, contest, starts - 18 * DAY)
    office = story.data["units"]["局机关"].path
    found = (
        [
            one
            for one in best_of_units(heat, 3, 3, 1)
            if len(one.people) >= 3 and not one.unit.path.startswith(office)
        ]
        if heat
        else []
    )
    team_lists.teams_from_heat(contest=contest, found=found[:4], on_stage=3, by=by, at=starts - 15 * DAY)
    if contest.teams.count() < 2:
        _enter(story, contest, TODAY_TEAMS, starts - 15 * DAY)
    match = _match(story, contest, "决赛", Match.Stage.FINAL, starts - 10 * DAY)
    authoring.announce(contest=contest, by=by, at=starts - 9 * DAY)
    play(match, host=by, chief=story.data["actors"][Role.LEGAL], rng=story.rng, at=starts)
    authoring.end(contest=contest, by=by, at=starts + DAY)
    return contest


def _enter(story: Story, contest: Contest, units: Sequence[str], at: datetime.datetime) -> None:
    """A team of each unit: three on the stage and a substitute; the officer's login leads the first."""
    by, first = story.data["actors"][Role.TRAINER], story.data["officers"][0]
    taken = {first.pk}
    for number, name in enumerate(units):
        unit = story.data["units"][name]
        serving = [one.officer for one in appointments_in([unit.path], story.today)]
        people = [one for one in serving if one.category == "officer" and one.pk not in taken][:4]
        people = [first, *people[:3]] if number == 0 else people
        taken |= {one.pk for one in people}
        players = [
            PlayerDraft(one, one.name, leader=place == 0, substitute=place > 2)
            for place, one in enumerate(people)
        ]
        draft = TeamDraft(f"{name}代表队", unit, players)
        teams.save_team(contest=contest, draft=draft, by=by, at=at)


def _ready(story: Story, bank: QuestionBank) -> Contest:
    """Today: three teams of the bureau and one of guests, questions laid out, waiting for the host."""
    by = story.data["actors"][Role.TRAINER]
    starts = story.now.replace(minute=0, second=0, microsecond=0) + HOUR
    contest = _make(
        story,
        story.now - 14 * DAY,
        _rules("“练兵杯”竞赛规则"),
        title="“练兵杯”城管知识竞赛",
        bank=bank,
        starts_at=starts,
    )
    _staff(story, contest, story.now - 13 * DAY)
    _enter(story, contest, TODAY_TEAMS, story.now - 12 * DAY)
    guests = TeamDraft("兄弟城市来宾队", None, [PlayerDraft(None, name) for name in GUESTS])
    teams.save_team(contest=contest, draft=guests, by=by, at=story.now - 11 * DAY)
    _match(story, contest, "现场赛", Match.Stage.STAGE, story.now - 2 * DAY)
    authoring.announce(contest=contest, by=by, at=story.now - 10 * DAY)
    return contest


def _classroom(story: Story, bank: QuestionBank) -> Contest:
    """A game for whoever sits in the room."""
    by = story.data["actors"][Role.TRAINER]
    starts = story.now.replace(minute=0, second=0, microsecond=0) + 3 * HOUR
    contest = _make(
        story,
        story.now - 3 * DAY,
        to_json(rounds.parse(PRESETS["classroom"])),
        title="执法程序课堂抢分",
        bank=bank,
        starts_at=starts,
        kind=Contest.Kind.CLASSROOM,
        place="培训中心一号教室",
    )
    people = {one.user_id: one.user for one in story.data["civilians"]}
    staffing.appoint(contest=contest, user=people[by.user_id], role="host", by=by, at=story.now - 3 * DAY)
    staffing.appoint(
        contest=contest, user=people[by.user_id], role="chief_referee", by=by, at=story.now - 3 * DAY
    )
    _match(story, contest, "课堂抢分", Match.Stage.STAGE, story.now - 2 * DAY)
    authoring.announce(contest=contest, by=by, at=story.now - 2 * DAY)
    return contest
