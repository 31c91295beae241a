"""Classes of the demo bureau: spring training with a batch that is over, one running today and one to come;
a finished full-time class with results, a rotation cycle, rooms, and a pool of instructors."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from courses.models import ContentCategory
from courses.rules.audience import Audience
from courses.training.models import Batch, Instructor, RollEntry, Room, Session, Trainee, TrainingClass
from courses.training.rules.attendance import State
from courses.training.services import attendance, closing, finishing, rolls, rotation, teaching, trainees
from courses.training.services.classes import announce, save_batch, save_class
from courses.training.services.timetable import copy_timetable, save_lesson
from lianbing.kit.demo import Story, chapter
from lianbing.people.demo import BUREAU
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import actor_for
from lianbing.people.rules import Actor, Role

DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)
LESSONS = [
    (0, 14, 0, 90, "lecture", "legal", "新修订行政处罚法要点"),
    (0, 16, 0, 90, "lecture", "practice", "占道经营与流动摊贩执法"),
    (1, 14, 0, 90, "drill", "practice", "现场检查与笔录制作演练"),
    (1, 16, 0, 60, "lecture", "cautionary", "以案示教：一起败诉案件"),
]
FULL_TIME = [
    (0, 9, 0, 180, "lecture", "legal", "行政强制法与证据规则"),
    (0, 14, 0, 180, "lecture", "practice", "违法建设查处流程"),
    (1, 9, 0, 180, "drill", "practice", "模拟执法与执法记录"),
    (1, 14, 0, 60, "exam", "practice", "结业测试"),
]
WORDS = ["讲解清楚，案例贴近一线", "节奏稍快", "演练很实用"]


@dataclass
class Stage:
    """What the chapter works with."""

    story: Story
    by: Actor
    bureau: Unit
    rooms: list[Room]
    teachers: list[Instructor]

    def at(self, days: int, hour: int = 9) -> datetime.datetime:
        """A full hour so many days from today."""
        day = self.story.today + days * DAY
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@chapter(38)
def classes(story: Story) -> None:
    """Rooms, instructors, three classes and a cycle. Leaves story.data["training_classes"]."""
    by, bureau = story.data["actors"][Role.TRAINER], story.data["units"][BUREAU]
    at = story.now - 120 * DAY
    rooms = [
        teaching.save_room(values={"name": name, "unit": bureau, "places": places}, by=by, at=at)
        for name, places in (("培训中心一号教室", 60), ("模拟执法训练场", 30))
    ]
    stage = Stage(story, by, bureau, rooms, _teachers(story, by, bureau, at))
    spring, full = _spring(stage), _full_time(stage)
    _rotation(stage)
    story.data["training_classes"] = [spring, full]


def _teachers(story: Story, by: Actor, bureau: Unit, at: datetime.datetime) -> list[Instructor]:
    officers = story.data["officers"]
    pool: list[tuple[Officer | None, str, str, str, str]] = [
        (officers[7], "", "", "行政处罚程序\n现场检查与笔录", "coach"),
        (officers[16], "", "", "占道经营执法\n全过程记录", "key_staff"),
        (None, "方致远", "云汐大学法学院", "行政法\n行政诉讼", "expert"),
        (None, "谷兰", "市委党校", "廉政教育\n群众工作", "expert"),
    ]
    return [
        teaching.save_instructor(
            values={
                "officer": officer,
                "name": name,
                "organisation": organisation,
                "unit": bureau,
                "subjects": subjects,
                "level": level,
            },
            by=by,
            at=at,
        )
        for officer, name, organisation, subjects, level in pool
    ]


def _class(stage: Stage, title: str, kind: str, first: int, last: int, **fields: object) -> TrainingClass:
    values = {
        "title": title,
        "unit": stage.bureau,
        "kind": kind,
        "category": ContentCategory.objects.get(code="practice"),
        "starts_on": stage.story.today + first * DAY,
        "ends_on": stage.story.today + last * DAY,
        "description": "着制式服装，携带执法记录仪；遇重大任务可由本中队调换期次。",
        **fields,
    }
    made_at = min(stage.at(first), stage.story.now) - 20 * DAY
    audience = Audience(categories=("officer",))
    return save_class(values=values, audience=audience, by=stage.by, at=made_at)


def _batch(stage: Stage, of: TrainingClass, number: int, first: int, last: int, places: int) -> Batch:
    today = stage.story.today
    values = {
        "number": number,
        "starts_on": today + first * DAY,
        "ends_on": today + last * DAY,
        "capacity": places,
    }
    return save_batch(training_class=of, values=values, by=stage.by, at=stage.story.now - 90 * DAY)


def _lessons(
    stage: Stage, batch: Batch, first: int, plan: Sequence[tuple[int, int, int, int, str, str, str]]
) -> None:
    for place, (day, hour, minute, minutes, kind, code, topic) in enumerate(plan):
        begins = stage.at(first + day, hour) + minute * MINUTE
        save_lesson(
            batch=batch,
            values={
                "kind": kind,
                "category": ContentCategory.objects.get(code=code),
                "topic": topic,
                "material": "",
                "room": stage.rooms[1] if kind == "drill" else stage.rooms[0],
                "place": "",
                "starts_at": begins,
                "ends_at": begins + minutes * MINUTE,
            },
            instructors=[stage.teachers[place % len(stage.teachers)]],
            by=stage.by,
            at=min(begins, stage.story.now) - 15 * DAY,
        )


def _spring(stage: Stage) -> TrainingClass:
    """Three batches of two days: over, today and tomorrow, to come."""
    made = _class(stage, "春季业务集中培训", "in_service", -14, 13, impartial=True)
    days = [(-14, -13), (0, 1), (12, 13)]
    batches = [_batch(stage, made, n, *days[n - 1], places=16) for n in (1, 2, 3)]
    _lessons(stage, batches[0], -14, LESSONS)
    announced = stage.at(-30)
    announce(training_class=made, by=stage.by, at=announced)
    for batch in batches[1:]:
        copy_timetable(source=batches[0], target=batch, by=stage.by, at=announced)
    away = {one.officer_id for one in stage.teachers}
    people = [one for one in stage.story.data["officers"][1:60] if one.pk not in away]
    own = stage.story.data["officers"][0]
    for place, batch in enumerate(batches):
        some = people[place * 14 : place * 14 + 14]
        _enrol(stage, batch, [own, *some] if place == 1 else some, announced)
    for session in batches[0].sessions.order_by("starts_at"):
        _held(stage, session)
    return made


def _enrol(stage: Stage, batch: Batch, officers: Sequence[Officer], at: datetime.datetime) -> None:
    source = Trainee.Source.AUDIENCE
    trainees.enrol(batch=batch, officers=officers, source=source, by=stage.by, at=at, skip=True)


def _held(stage: Stage, session: Session) -> None:
    """A session that took place: one late, one absent, the others there; some rate who taught."""
    by, begins = stage.by, session.starts_at
    rolls.open_session(session=session, by=by, at=begins - 10 * MINUTE)
    entries = list(RollEntry.objects.filter(session=session).select_related("officer__user"))
    stage.story.rng.shuffle(entries)
    for place, entry in enumerate(entries[1:]):
        state = State.LATE if place == 0 else State.PRESENT
        at = begins + (9 * MINUTE if place == 0 else 0 * MINUTE)
        attendance.set_state(session=session, officer_id=entry.officer_id, state=state, by=by, at=at)
    over = session.ends_at + 10 * MINUTE
    closing.close_session(
        session=session, held_from=begins, held_to=session.ends_at, rest_absent=True, by=by, at=over
    )
    session.refresh_from_db()
    for entry in entries[2:8]:
        _rate(stage, session, entry, over)


def _rate(stage: Stage, session: Session, entry: RollEntry, at: datetime.datetime) -> None:
    who, rng = actor_for(entry.officer.user, stage.story.today), stage.story.rng
    for instructor in session.instructors.all():
        if not teaching.rating_refusal(session=session, instructor=instructor, by=who, at=at):
            words = rng.choice(WORDS) if rng.random() < 0.4 else ""
            stars = rng.choice([3, 4, 4, 5, 5])
            teaching.rate(session=session, instructor=instructor, stars=stars, comment=words, by=who, at=at)


def _full_time(stage: Stage) -> TrainingClass:
    """Full-time training that is over, with a completion test: most completed it."""
    made = _class(stage, "秋季全员脱岗培训（第一批）", "full_time", -48, -47, pass_mark=Decimal(60))
    batch = _batch(stage, made, 1, -48, -47, places=0)
    _lessons(stage, batch, -48, FULL_TIME)
    announce(training_class=made, by=stage.by, at=stage.at(-60))
    _enrol(stage, batch, stage.story.data["officers"][20:44], stage.at(-60))
    for session in batch.sessions.order_by("starts_at"):
        _held(stage, session)
    over = stage.at(-46)
    rng = stage.story.rng
    scores = {one.pk: Decimal(rng.choice([56, 68, 74, 79, 83, 88, 92, 96])) for one in batch.trainees.all()}
    finishing.enter_scores(training_class=made, scores=scores, by=stage.by, at=over)
    finishing.finish(training_class=made, refused={}, by=stage.by, at=over)
    return made


def _rotation(stage: Stage) -> None:
    """A cycle of three years for officers, and a class of it that nobody has announced yet."""
    year = stage.story.today.year
    cycle = rotation.save_cycle(
        values={"title": "执法队员三年轮训", "unit": stage.bureau, "first_year": year - 1, "years": 3},
        audience=Audience(categories=("officer",)),
        by=stage.by,
        at=stage.story.now - 100 * DAY,
    )
    made = _class(stage, "执法队员轮训班", "rotation", 25, 29, cycle=cycle)
    _batch(stage, made, 1, 25, 29, places=20)
