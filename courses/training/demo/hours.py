"""Hours of the demo bureau: targets, a past year carried over and closed, this spring's training, corrections."""

import datetime
from decimal import Decimal

from django.db.models import F
from django.db.models.functions import ExtractYear
from django.utils import timezone

from courses.models import ContentCategory
from courses.queries.audience import serving
from courses.training.models import HourEntry, YearTarget
from courses.training.rules.conversion import PRESETS, Activity, Form
from courses.training.rules.periods import whole_year
from courses.training.services import carry, claims, locks, tables
from courses.training.services.hours import Grant, counter, grant_all
from courses.training.services.targets import save_target
from lianbing.kit.demo import Story, after_move, chapter
from lianbing.people.models import Officer
from lianbing.people.rules import Actor, Role

DAY = datetime.timedelta(days=1)
# Month and day of last year's training days, category, topic.
LAST_YEAR = [
    (3, 12, "legal", "行政处罚法专题培训"),
    (3, 13, "practice", "执法程序与文书制作"),
    (5, 21, "practice", "占道经营案件办理实务"),
    (6, 18, "legal", "行政强制法专题培训"),
    (9, 10, "integrity", "行风廉政教育集中学习"),
    (9, 11, "drill", "队列与现场处置训练"),
    (10, 22, "practice", "违法建设查处实务"),
    (11, 19, "cautionary", "典型案例警示教育"),
    (12, 10, "legal", "新法新规集中学习"),
]
SPRING_DAYS = 5


@chapter(34)
def hours(story: Story) -> None:
    """The year before with its surplus carried over, and the spring training of this year."""
    by = story.data["actors"][Role.HR]
    year = story.today.year
    people = [row.officer for row in serving(datetime.date(year, 1, 1))]
    for one in (year - 1, year):
        _targets(one, by, _noon(datetime.date(one, 1, 1)))
    _last_year(people, year - 1, by)
    new_year = min(story.now, _noon(datetime.date(year, 1, 6)))
    carry.run(year=year - 1, by=by, at=new_year)
    first, last = whole_year(year - 1)
    locks.close(unit=None, first=first, last=last, by=by, at=new_year + datetime.timedelta(minutes=5))
    _spring(story, people, by)
    _draft(story, by)
    _by_hand(story, people, by)


@after_move
def years_follow_days(step: datetime.timedelta) -> None:
    """The year of an entry is that of its day, also after the demo's days have moved."""
    del step
    HourEntry.objects.exclude(year=ExtractYear(F("earned_on"))).update(year=ExtractYear("earned_on"))


def _noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def _category(code: str) -> int | None:
    return ContentCategory.objects.filter(code=code).values_list("pk", flat=True).first()


def _targets(year: int, by: Actor, at: datetime.datetime) -> None:
    for position, (title, category, asked, law) in enumerate(
        [
            ("机关人员年度学时", Officer.Category.CIVILIAN, 40, 8),
            ("执法和辅助人员年度学时", "", 60, 16),
        ]
    ):
        target = YearTarget(
            year=year,
            position=position,
            title=title,
            audience={"categories": [category]} if category else {},
            hours=Decimal(asked),
            law_hours=Decimal(law),
            law_codes=["legal"],
            online_percent=50,
            carry_most=Decimal(8),
            source="云汐市局教育训练管理办法（演示）",
        )
        save_target(target=target, by=by, at=at)


def _last_year(people: list[Officer], year: int, by: Actor) -> None:
    for number, (month, day, code, topic) in enumerate(LAST_YEAR):
        on, category = datetime.date(year, month, day), _category(code)
        came = [one for place, one in enumerate(people) if (place + number) % 9]
        grants = [
            Grant(
                officer_id=one.pk,
                source=f"import:demo-{on}:{one.pk}",
                activity=Activity(Form.IN_PERSON, on, on, minutes=360),
                title=topic,
                evidence=f"{year}年培训台账第{number + 1}页",
                category_id=category,
            )
            for one in came
        ]
        grant_all(grants=grants, by=by, at=_noon(on + DAY))


def _spring(story: Story, people: list[Officer], by: Actor) -> None:
    """Five days of spring training, as far as they are over; one sheet turned out wrong."""
    entries: list[HourEntry] = []
    for number in range(SPRING_DAYS):
        on = datetime.date(story.today.year, 3, 9) + number * DAY
        if on >= story.today:
            return
        code = ("legal", "practice")[number % 2]
        grants = [
            Grant(
                officer_id=one.pk,
                source=f"import:demo-{on}:{one.pk}",
                activity=Activity(Form.IN_PERSON, on, on, minutes=360 if place % 4 else 180),
                title=f"春季集中培训第{number + 1}天",
                evidence=f"春训签到表{on}",
                category_id=_category(code),
            )
            for place, one in enumerate(people)
            if (place + number) % 7
        ]
        entries = grant_all(grants=grants, by=by, at=_noon(on + DAY))
    wrong = next(entry for entry in entries if entry.officer_id != by.officer_id)
    at = min(story.now, _noon(datetime.date(story.today.year, 3, 20)))
    counter(entry=wrong, reason="签到表核对后为半天", hours=Decimal(4), by=by, at=at)


def _draft(story: Story, by: Actor) -> None:
    preset = PRESETS[1]
    tables.draft(
        title=preset.title,
        holds_from=datetime.date(story.today.year + 1, 1, 1),
        table=preset.table,
        note=preset.source,
        by=by,
        at=story.now - 2 * DAY,
    )


def _by_hand(story: Story, people: list[Officer], by: Actor) -> None:
    someone = next(one for one in people if one.pk != by.officer_id)
    claims.enter(
        officer=someone,
        kind=HourEntry.Kind.EXTERNAL.value,
        category_id=_category("practice"),
        hours=Decimal(6),
        earned_on=story.today - 12 * DAY,
        title="市级执法技能比武观摩",
        evidence="观摩通知及签到表，存档号2026-18",
        by=by,
        at=story.now - 3 * DAY,
    )
