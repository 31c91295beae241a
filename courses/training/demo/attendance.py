"""Study days of the demo bureau: weeks past and closed, a film, a visit, and one session open at this moment."""

import datetime

from django.utils import timezone

from courses.models import ContentCategory
from courses.rules.audience import Audience
from courses.training.models import RollEntry, Session
from courses.training.rules.attendance import State, Thresholds
from courses.training.services import attendance, closing, leaves, rolls
from courses.training.services.rolls import NewSession
from lianbing.kit.demo import Story, chapter
from lianbing.people.models import Unit
from lianbing.people.queries import actor_for
from lianbing.people.rules import Actor, Role

MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
PLACE = "机关三楼会议室"
# Days before today, unit, kind, category, topic, minutes.
PAST = [
    (44, "直属一大队", "study_day", "political", "重大理论专题学习", 90),
    (37, "直属一大队", "study_day", "practice", "占道经营案件的证据固定", 90),
    (30, "直属一大队", "study_day", "legal", "行政处罚程序要点", 90),
    (23, "直属一大队", "film", "cautionary", "警示教育片观看与讨论", 120),
    (16, "规划建设执法支队", "visit", "cautionary", "廉政教育基地参观", 150),
    (9, "直属一大队", "study_day", "practice", "执法全过程记录操作", 90),
    (2, "直属一大队", "self_study", "legal", "自学：行政强制的条件与程序", 60),
]


@chapter(37)
def study_days(story: Story) -> None:
    """Seven closed sessions with people late, absent and on leave; one open now; one to come."""
    by = story.data["actors"][Role.TRAINER]
    for back, unit, kind, code, topic, minutes in PAST:
        begins = _morning(story, back)
        session = _session(story, unit, kind, code, topic, begins, minutes, by)
        rolls.open_session(session=session, by=by, at=begins - 15 * MINUTE)
        _attend(story, session, begins, by)
        closing.close_session(
            session=session,
            held_from=begins,
            held_to=begins + minutes * MINUTE,
            rest_absent=True,
            notes_count=session.roll_entries.count() - 3,
            by=by,
            at=begins + (minutes + 20) * MINUTE,
        )
    _now(story, by)
    _ahead(story, by)


def _morning(story: Story, back: int) -> datetime.datetime:
    day = story.today - back * DAY
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))


def _session(
    story: Story,
    unit: str,
    kind: str,
    code: str,
    topic: str,
    begins: datetime.datetime,
    minutes: int,
    by: Actor,
) -> Session:
    place: Unit = story.data["units"][unit]
    wanted = NewSession(
        unit=place,
        kind=kind,
        category=ContentCategory.objects.get(code=code),
        topic=topic,
        starts_at=begins,
        ends_at=begins + minutes * MINUTE,
        audience=Audience(units=(place.path,)),
        place=PLACE,
    )
    return rolls.create_session(wanted=wanted, rules=Thresholds(), by=by, at=begins - DAY)


def _attend(story: Story, session: Session, begins: datetime.datetime, by: Actor) -> None:
    """Most are there, a few late; somebody is on leave, somebody stays away without a word."""
    people = list(RollEntry.objects.filter(session=session).values_list("officer", flat=True))
    story.rng.shuffle(people)
    for place, officer in enumerate(people[:-1]):
        state = State.LEAVE if place == 0 else State.LATE if place in (1, 2) else State.PRESENT
        at = begins + (7 + place) * MINUTE if state is State.LATE else begins
        reason = "出庭应诉" if state is State.LEAVE else ""
        attendance.set_state(session=session, officer_id=officer, state=state, reason=reason, by=by, at=at)


def _now(story: Story, by: Actor) -> None:
    """A session that began ten minutes ago; the demo's officer is expected and can still sign in."""
    begins = story.now.replace(second=0, microsecond=0) - 10 * MINUTE
    own = story.data["actors"][Role.OFFICER]
    unit = Unit.objects.get(path=own.unit_path)
    session = _session(
        story, unit.name, "study_day", "practice", "今日学习：现场检查笔录制作", begins, 240, by
    )
    rolls.open_session(session=session, by=by, at=begins - 5 * MINUTE)
    others = RollEntry.objects.filter(session=session).exclude(officer=own.officer_id)
    for entry in others[: max(1, others.count() // 2)]:
        attendance.set_state(
            session=session, officer_id=entry.officer_id, state=State.PRESENT, by=by, at=begins + MINUTE
        )


def _ahead(story: Story, by: Actor) -> None:
    """Next week's study day, with a request for leave that waits for the trainer."""
    own = story.data["actors"][Role.OFFICER]
    unit = Unit.objects.get(path=own.unit_path)
    session = _session(
        story, unit.name, "study_day", "political", "思想政治学习", _morning(story, -6), 90, by
    )
    person = (
        RollEntry.objects.filter(session=session)
        .exclude(officer=own.officer_id)
        .select_related("officer__user")
    )
    entry = person.first()
    if entry is not None:
        asker = actor_for(entry.officer.user, story.today)
        leaves.ask(session=session, reason="参加行政复议听证", by=asker, at=story.now)
