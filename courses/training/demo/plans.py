"""The demo's chapter of plans: a bureau, two brigades, four squads; nominations and external training.

Some lines are done, some overdue; one plan waits, one was sent back, one is being amended.
"""

import datetime
import io
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from courses.models import ContentCategory
from courses.rules.audience import Audience
from courses.training.evidence import Evidence, read
from courses.training.models import External, PlanLine, TrainingClass, TrainingPlan
from courses.training.rules.attendance import State, Thresholds
from courses.training.services import attendance, closing, external, nominations, plans, rolls
from courses.training.services.classes import announce, save_class
from lianbing.kit.demo import Story, chapter
from lianbing.people.demo import BUREAU
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import actor_for, appointments_in
from lianbing.people.rules import Role

DAY = datetime.timedelta(days=1)
FIRST, SECOND = "直属一大队", "直属二大队"
SQUADS = {FIRST: ("滨河中队", "古城中队"), SECOND: ("车站中队", "夜间巡查中队")}
Told = tuple[str, str, str, str, int, int, str]
"""Title, category, measure, target, days from today, cost in yuan, title of the line above it hangs on."""
LAW, PRACTICE = "全员法制轮训", "执法业务固定学习日"
BUREAU_LINES: list[Told] = [
    (LAW, "legal", "coverage", "90", 30, 36000, ""),
    (PRACTICE, "practice", "classes", "10", 35, 0, ""),
    ("警示教育大会", "cautionary", "classes", "2", -12, 3000, ""),
]
BRIGADE_LINES: list[Told] = [
    ("大队法制培训", "legal", "people", "8", 25, 6000, LAW),
    ("大队业务学习日", "practice", "classes", "4", 20, 800, PRACTICE),
]
SQUAD_LINES: list[Told] = [
    ("中队执法业务学习", "practice", "classes", "2", 15, 0, "大队业务学习日"),
    ("中队法制学习", "legal", "hours", "4", -6, 500, "大队法制培训"),
]


@chapter(35)
def training_plans(story: Story) -> None:
    """Leaves story.data["plan_lines"]: (unit, title) -> line in force."""
    lines: dict[tuple[str, str], PlanLine] = {}
    story.data["plan_lines"] = lines
    _approved(story, BUREAU, BUREAU_LINES, lines, 200)
    for brigade, squads in SQUADS.items():
        _approved(story, brigade, BRIGADE_LINES, lines, 195, above=BUREAU)
        for squad in squads:
            _squad(story, brigade, squad, lines)
    _sessions(story, lines)
    _nominations(story)
    _externals(story)


def _unit(story: Story, name: str) -> Unit:
    unit: Unit = story.data["units"][name]
    return unit


def _draft(
    story: Story, unit: Unit, told: list[Told], at: datetime.datetime, above: dict[str, PlanLine]
) -> TrainingPlan:
    trainer = story.data["actors"][Role.TRAINER]
    plan = plans.start(unit=unit, year=story.today.year, copy=False, by=trainer, at=at)
    people = [row.officer for row in appointments_in([unit.path], at.date())]
    for place, (title, category, measure, target, days, cost, parent) in enumerate(told):
        line = PlanLine(
            plan=plan,
            title=title,
            category=ContentCategory.objects.filter(code=category).first(),
            kind="study_day" if measure == "classes" else "in_service",
            measure=measure,
            target=Decimal(target),
            owner=people[place % len(people)],
            due_on=_within(story, days),
            expected="参训人员掌握本单位常用执法依据和程序",
            cost_planned=Decimal(cost),
            parent_key=above[parent].key if parent in above else None,
        )
        plans.save_line(line=line, by=trainer, at=at)
    return plan


def _within(story: Story, days: int) -> datetime.date:
    """A day so many days from today, kept within the year of the plans."""
    year = story.today.year
    day = story.today + datetime.timedelta(days=days)
    return min(max(day, datetime.date(year, 1, 1)), datetime.date(year, 12, 31))


def _approved(
    story: Story,
    name: str,
    told: list[Told],
    lines: dict[tuple[str, str], PlanLine],
    days_ago: int,
    above: str = "",
) -> TrainingPlan:
    at = story.now - days_ago * DAY
    parents = {title: line for (unit, title), line in lines.items() if unit == above}
    plan = _draft(story, _unit(story, name), told, at, parents)
    plans.submit(plan=plan, by=story.data["actors"][Role.TRAINER], at=at + DAY)
    leader = story.data["actors"][Role.LEADER]
    plans.approve(plan=plan, remark="同意，按计划组织实施。", by=leader, at=at + 2 * DAY)
    lines |= {(name, line.title): line for line in plan.lines.select_related("plan__unit")}
    return plan


def _squad(story: Story, brigade: str, squad: str, lines: dict[tuple[str, str], PlanLine]) -> None:
    """The squads' plans in every state a plan can be in."""
    trainer, leader = story.data["actors"][Role.TRAINER], story.data["actors"][Role.LEADER]
    if squad in ("滨河中队", "夜间巡查中队"):
        plan = _approved(story, squad, SQUAD_LINES, lines, 190, above=brigade)
        if squad == "夜间巡查中队":
            plan.refresh_from_db()
            plans.amend(
                plan=plan, reason="夜间勤务调整，学习日改为每两月一次。", by=trainer, at=story.now - 5 * DAY
            )
        return
    at = story.now - 9 * DAY
    parents = {title: line for (unit, title), line in lines.items() if unit == brigade}
    plan = _draft(story, _unit(story, squad), SQUAD_LINES, at, parents)
    plans.submit(plan=plan, by=trainer, at=at + DAY)
    if squad == "古城中队":
        plan.refresh_from_db()
        plans.send_back(
            plan=plan, remark="业务学习次数偏少，请与大队计划对齐后再报。", by=leader, at=at + 3 * DAY
        )


def _sessions(story: Story, lines: dict[tuple[str, str], PlanLine]) -> None:
    """Study days held for the lines: what the plans are measured against."""
    held = (
        ("滨河中队", "中队执法业务学习", "占道经营现场处置", 64),
        ("滨河中队", "中队执法业务学习", "户外广告设施检查要点", 33),
        ("滨河中队", "中队法制学习", "行政处罚法总则", 47),
        ("夜间巡查中队", "中队执法业务学习", "夜间噪声扰民处置", 40),
        (FIRST, "大队法制培训", "行政处罚简易程序", 26),
        (SECOND, "大队业务学习日", "渣土运输联合检查", 19),
        (BUREAU, "警示教育大会", "身边案例警示教育", 54),
    )
    for unit, title, topic, days_ago in held:
        _session(story, lines[unit, title], topic, days_ago)


def _session(story: Story, line: PlanLine, topic: str, days_ago: int) -> None:
    trainer = story.data["actors"][Role.TRAINER]
    begins = (story.now - days_ago * DAY).replace(hour=1, minute=0, second=0, microsecond=0)
    ends = begins + datetime.timedelta(minutes=90)
    assert line.category is not None, "every line of the demo has a category"
    session = rolls.create_session(
        wanted=rolls.NewSession(
            unit=line.plan.unit,
            kind="study_day",
            category=line.category,
            topic=topic,
            starts_at=begins,
            ends_at=ends,
            audience=Audience(units=(line.plan.unit.path,)),
            place="大会议室",
            plan_line=line,
        ),
        rules=Thresholds(),
        by=trainer,
        at=begins - 3 * DAY,
    )
    rolls.open_session(session=session, by=trainer, at=begins)
    for place, entry in enumerate(session.roll_entries.order_by("pk")):
        if place % 7 != 6:
            attendance.set_state(
                session=session, officer_id=entry.officer_id, state=State.PRESENT, by=trainer, at=begins
            )
    session.refresh_from_db()
    closing.close_session(
        session=session, held_from=begins, held_to=ends, rest_absent=True, by=trainer, at=ends + DAY / 24
    )


def _superior_class(story: Story, title: str, starts: int, at: datetime.datetime) -> TrainingClass:
    trainer = story.data["actors"][Role.TRAINER]
    first = story.today + datetime.timedelta(days=starts)
    values: dict[str, Any] = {
        "title": title,
        "unit": _unit(story, BUREAU),
        "kind": "external",
        "category": ContentCategory.objects.get(code="practice"),
        "description": "按上级通知选派执法骨干参加，食宿统一安排。",
        "starts_on": first,
        "ends_on": first + 2 * DAY,
        "origin": TrainingClass.Origin.SUPERIOR,
        "cost": Decimal(4800),
    }
    made = save_class(values=values, audience=Audience(), batches=1, by=trainer, at=at)
    announce(training_class=made, by=trainer, at=at)
    made.refresh_from_db()
    return made


def _nominations(story: Story) -> None:
    """A class to come with places half taken, and one somebody came back from."""
    actors = story.data["actors"]
    trainer, hr = actors[Role.TRAINER], actors[Role.HR]
    at = story.now - 6 * DAY
    coming = _superior_class(story, "省级执法骨干能力提升班", 18, at)
    for name, places in ((FIRST, 2), (SECOND, 1)):
        unit = _unit(story, name)
        by_day = story.today + 8 * DAY
        quota = nominations.set_quota(
            course=coming, unit=unit, places=places, nominate_by=by_day, by=trainer, at=at
        )
        officer = _serving(story, unit)
        one = nominations.nominate(quota=quota, officer=officer, by=trainer, at=at + DAY)
        if name == FIRST:
            nominations.decide(nomination=one, approve=True, reason="", by=hr, at=at + 2 * DAY)
    early = story.now - 60 * DAY
    past = _superior_class(story, "市级案件办理专题班", -30, early)
    unit, by_day = _unit(story, FIRST), story.today - 40 * DAY
    quota = nominations.set_quota(course=past, unit=unit, places=1, nominate_by=by_day, by=trainer, at=early)
    one = nominations.nominate(quota=quota, officer=_serving(story, unit), by=trainer, at=early + DAY)
    nominations.decide(nomination=one, approve=True, reason="", by=hr, at=early + 2 * DAY)
    record = _record(one.officer, past.title, past.starts_on, 3, score=Decimal("91.5"), result="优秀")
    one.refresh_from_db()
    external.enter(
        record=record, files=[_certificate(1)], nomination=one, by=trainer, at=story.now - 25 * DAY
    )
    external.accept(record=record, by=hr, at=story.now - 24 * DAY)


def _serving(story: Story, unit: Unit) -> Officer:
    """An enforcement officer who served in a unit through the last months; the demo's own login where it can be."""
    then = {row.officer_id for row in appointments_in([unit.path], story.today - 70 * DAY)}
    rows = appointments_in([unit.path], story.today).filter(officer__category=Officer.Category.OFFICER)
    login = story.data["officers"][0].pk
    people = [row.officer for row in rows if row.officer_id in then]
    return next((officer for officer in people if officer.pk == login), people[0])


def _externals(story: Story) -> None:
    """One record that waits to be checked, and one that was refused."""
    officers = story.data["officers"]
    for place, days_ago, title, organiser in (
        (0, 16, "城市治理专题研修班", "云汐行政学院"),
        (4, 35, "执法文书写作培训", "市法学会"),
    ):
        officer = officers[place]
        record = _record(officer, title, story.today - days_ago * DAY, 2, organiser=organiser)
        by = actor_for(officer.user, story.today)
        at = story.now - (days_ago - 6) * DAY
        external.enter(record=record, files=[_certificate(place + 2)], by=by, at=at)
        if place:
            hr = story.data["actors"][Role.HR]
            external.refuse(record=record, reason="照片看不清证书编号，请重新拍照上传。", by=hr, at=at + DAY)


def _record(officer: Officer, title: str, first: datetime.date, days: int, **facts: Any) -> External:
    told: dict[str, Any] = {
        "organiser": "市司法局",
        "place": "云汐市",
        "category": ContentCategory.objects.get(code="practice"),
        "result": "合格",
    }
    return External(
        officer=officer,
        title=title,
        starts_on=first,
        ends_on=first + (days - 1) * DAY,
        days=Decimal(days),
        **(told | facts),
    )


def _certificate(shade: int) -> Evidence:
    """A picture that stands for the photograph of a certificate."""
    image = Image.new("RGB", (640, 440), (250, 246, 232 - shade * 3))
    draw = ImageDraw.Draw(image)
    draw.rectangle((14, 14, 625, 425), outline=(158, 112, 34), width=6)
    draw.rectangle((30, 30, 609, 409), outline=(158, 112, 34), width=2)
    for row in range(5):
        draw.rectangle((130, 130 + row * 42, 510 - row * 30, 138 + row * 42), fill=(120, 116, 104))
    draw.ellipse((460, 300, 560, 400), outline=(190, 40, 40), width=6)
    data = io.BytesIO()
    image.save(data, "PNG")
    return read(SimpleUploadedFile("结业证书.png", data.getvalue()))
