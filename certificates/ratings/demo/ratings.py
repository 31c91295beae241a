"""The demo's chapter of ratings: two years of quarters with their stars, an appeal upheld, squads against targets.

Scores by hand are invented; exams, hours and drills are those of the chapters before. Quarters are those of the
calendar, so that a refresh of the demo leaves these dates alone.
"""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from certificates.demo.training import hr_of
from certificates.ratings.demo.schemes import SQUADS, STARS
from certificates.ratings.formats.columns import SCORE_COLUMNS, SCORES
from certificates.ratings.models import Period, Result, Scheme, SchemeVersion, ScoreSource
from certificates.ratings.rules import presets
from certificates.ratings.rules.periods import span
from certificates.ratings.rules.records import Kind
from certificates.ratings.rules.words import PeriodKind
from certificates.ratings.services import appeals, gathering, periods, schemes
from certificates.ratings.services.exclusions import exclude
from certificates.ratings.services.records import Draft, record
from certificates.ratings.services.scores import import_scores
from lianbing.kit import outbox
from lianbing.kit.demo import Story, chapter, keep_dates
from lianbing.kit.spreadsheets import Sheet
from lianbing.people.models import Officer, RoleGrant, Unit
from lianbing.people.queries import actor_for, appointments_in
from lianbing.people.rules import Actor, Role

DAY = datetime.timedelta(days=1)
# A quarter is assessed in the weeks after it; one that ended only just now is still being worked on.
SETTLED_AFTER = 32
QUARTERS = 5
KEYS = ("staff_number", "code", "label", "on", "value")
RISING, FALLING = (3, 7, 14), 9
VETOED, CARDED, ON_LEAVE = 12, 17, 20

keep_dates("ratings")


@dataclasses.dataclass
class Cast:
    """Who plays in it: HR computes, a leader confirms; the officers are rated; `star` signs in as the demo's officer."""

    hr: Actor
    leader: Actor
    officers: list[Officer]
    star: Officer
    root: Unit


@chapter(55)
def ratings(story: Story) -> None:
    """A scheme for officers and one for squads; the quarters of a year and more, published, appealed and corrected."""
    cast = _cast(story)
    firsts = _quarters(story.today)
    if cast is None or not firsts:
        return
    begins = datetime.date(firsts[0].year, 1, 1)
    stars = _adopted(STARS, "星级队员考核办法", begins, cast)
    squads = _adopted(SQUADS, "派驻中队目标考核办法", begins, cast)
    for place, first in enumerate(firsts):
        left = len(firsts) - 1 - place
        _found_by_hand(cast, first, left)
        period = _open(stars, PeriodKind.QUARTERLY, first, cast)
        _publish(period, cast, closed=left > 0)
        if left == 0:
            _appeal(period, cast)
    _year(stars, firsts, cast)
    _targets(squads, firsts[-1], cast)
    _running(stars, story, cast)
    outbox.deliver(at=story.now, limit=1000)


def _cast(story: Story) -> Cast | None:
    people: list[Officer] = story.data.get("officers", [])
    grant = RoleGrant.objects.filter(role=Role.LEADER.value, unit=None, user__is_active=True).first()
    hr, root = hr_of(story.today), Unit.objects.order_by("path").first()
    login = next((one for one in story.data.get("logins", []) if one["role"] == "officer"), None)
    officers = [one for one in people if one.category == Officer.Category.OFFICER and one.pk != hr.officer_id]
    star = next((one for one in officers if login and one.staff_number == login["username"]), None)
    if grant is None or root is None or star is None or hr.user_id is None:
        return None
    others = [one for one in officers if one != star]
    return Cast(hr, actor_for(grant.user, story.today), others, star, root)


def _quarters(today: datetime.date) -> list[datetime.date]:
    """The first days of the last quarters that have been assessed by now, oldest first."""
    firsts: list[datetime.date] = []
    day = today
    while len(firsts) < QUARTERS:
        first, last = span(PeriodKind.QUARTERLY, day)
        if last + SETTLED_AFTER * DAY <= today:
            firsts.append(first)
        day = first - DAY
    return firsts[::-1]


def _at(day: datetime.date, hour: int = 10) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, 20)))


def _adopted(preset: presets.Preset, title: str, starts_on: datetime.date, cast: Cast) -> Scheme:
    at = _at(starts_on - 20 * DAY)
    draft: SchemeVersion = schemes.from_preset(preset=preset, title=title, by=cast.hr, at=at)
    schemes.adopt(version=draft, starts_on=starts_on, by=cast.hr, at=at + DAY)
    return draft.scheme


def _open(scheme: Scheme, kind: PeriodKind, first: datetime.date, cast: Cast) -> Period:
    return periods.open_period(
        scheme=scheme, kind=kind, first=first, unit=cast.root, by=cast.hr, at=_at(first + DAY, 9)
    )


def _publish(period: Period, cast: Cast, *, closed: bool) -> None:
    """The road of one period, in the weeks after its last day."""
    day = period.last
    gathering.gather(period=period, by=cast.hr, at=_at(day + 6 * DAY))
    periods.compute(period=period, by=cast.hr, at=_at(day + 6 * DAY, 11))
    _announce(period, cast, day + 7 * DAY, until=day + 21 * DAY if closed else day + 75 * DAY)
    if closed:
        periods.lock(period=period, by=cast.hr, at=_at(day + 22 * DAY))


def _announce(period: Period, cast: Cast, day: datetime.date, *, until: datetime.date) -> None:
    periods.review(period=period, by=cast.hr, at=_at(day), reason="已抽查十分之一的依据，与原始记录一致。")
    periods.confirm(period=period, by=cast.leader, at=_at(day + DAY))
    periods.publish(period=period, by=cast.hr, at=_at(day + DAY, 15), appeals_until=until)


def _marks(cast: Cast, place: int, left: int, first: datetime.date) -> tuple[int, int]:
    """(case files, conduct) of somebody in a quarter; `left` quarters before the newest."""
    if place in RISING:
        return (100, 100) if left == 0 else (61, 62)
    if place == FALLING:
        return (52, 55) if left <= 1 else (93, 95)
    wave = (place * 7 + first.month * 3 + left * 5) % 23
    return 74 + wave, 78 + (wave * 3 + place) % 20


def _found_by_hand(cast: Cast, first: datetime.date, left: int) -> None:
    """What the squads hand in for a quarter, and in the newest one what stands on personal files."""
    last = span(PeriodKind.QUARTERLY, first)[1]
    rows: dict[str, list[tuple[Any, ...]]] = {"case_quality": [], "conduct": []}
    for place, officer in enumerate(cast.officers):
        cases, conduct = _marks(cast, place, left, first)
        rows["case_quality"].append(_score(officer, "case_quality", "案卷评查得分", last, cases))
        rows["conduct"].append(_score(officer, "conduct", "日常表现评定", last, conduct))
    rows["case_quality"].append(_score(cast.star, "case_quality", "案卷评查得分", last, 84 if left else 79))
    rows["conduct"].append(_score(cast.star, "conduct", "日常表现评定", last, 94))
    for code, source in (("case_quality", ScoreSource.CASE_QUALITY), ("conduct", ScoreSource.IMPORTED)):
        _take_over(rows[code], source, cast, _at(last + 3 * DAY), f"{last:%Y-%m}-{code}.xlsx")
    if left == 0:
        _records(cast, last)


def _score(officer: Officer, code: str, label: str, on: datetime.date, value: int) -> tuple[Any, ...]:
    return (officer.staff_number, code, label, on, value)


def _take_over(
    rows: Sequence[tuple[Any, ...]], source: ScoreSource, cast: Cast, at: datetime.datetime, file: str
) -> None:
    headings = [column.heading for column in SCORE_COLUMNS]
    keys = [column.key for column in SCORE_COLUMNS]
    cells = [[dict(zip(KEYS, row, strict=True)).get(key) for key in keys] for row in rows]
    import_scores(
        sheets=[Sheet(SCORES, [headings, *cells])],
        source=source,
        by=cast.hr,
        at=at,
        file=file,
        skip_bad_rows=True,
    )


def _records(cast: Cast, last: datetime.date) -> None:
    """An honour, a sanction, a yellow card, two findings, and somebody on long leave."""
    at, who = _at(last - 10 * DAY), cast.officers
    drafts = (
        Draft(Kind.HONOUR, "expert", "全市执法能手", last - 30 * DAY, who[RISING[0]], level="municipal"),
        Draft(
            Kind.SANCTION,
            "demerit",
            "违反执法纪律记过",
            last - 40 * DAY,
            who[VETOED],
            document_no="云城纪〔处〕4号",
        ),
        Draft(
            Kind.MEASURE,
            "yellow_card",
            "三次未按规定开启执法记录仪",
            last - 25 * DAY,
            who[CARDED],
            expires_on=last + 60 * DAY,
        ),
        Draft(Kind.FINDING, "unannounced", "夜市巡查脱岗", last - 33 * DAY, who[FALLING], points=Decimal(2)),
        Draft(Kind.FINDING, "complaint", "投诉查实一件", last - 15 * DAY, who[CARDED], points=Decimal(3)),
    )
    for draft in drafts:
        record(draft=draft, by=cast.hr, at=at)
    exclude(
        officer=who[ON_LEAVE],
        reason="长期病假",
        approver="局长办公会",
        from_on=last - 80 * DAY,
        until_on=last + 90 * DAY,
        document_no="云城人〔2026〕19号",
        by=cast.hr,
        at=at,
    )


def _appeal(period: Period, cast: Cast) -> None:
    """The demo's officer finds a file missing, is right, and gets a second statement; somebody else is not."""
    last = period.last
    mine = Result.objects.select_related("roll", "officer", "statement__period").get(
        statement__period=period, officer=cast.star
    )
    filed = appeals.file(
        result=mine,
        text="九月评查的第三卷（占道经营案）已补正归档，评查得分未计入，请核对案卷评查得分。",
        by=actor_for(cast.star.user, last),
        at=_at(last + 10 * DAY),
    )
    appeals.decide(
        appeal=filed,
        upheld=True,
        decision="经核对评查底稿，第三卷九十五分漏登，案卷评查得分应为八十九分，予以更正。",
        by=cast.hr,
        at=_at(last + 13 * DAY),
    )
    row = _score(cast.star, "case_quality", "案卷评查得分", last, 89)
    _take_over([row], ScoreSource.CASE_QUALITY, cast, _at(last + 14 * DAY), "评查得分更正.xlsx")
    gathering.gather(period=period, by=cast.hr, at=_at(last + 15 * DAY))
    periods.correct(
        period=period,
        reason="申诉成立：案卷评查漏登一卷，得分由79分更正为89分。",
        by=cast.hr,
        at=_at(last + 15 * DAY, 11),
    )
    _announce(period, cast, last + 16 * DAY, until=last + 75 * DAY)
    _second(period, cast)


def _second(period: Period, cast: Cast) -> None:
    """Another appeal, which still waits for its decision."""
    rows = Result.objects.select_related("roll", "officer__user", "statement__period")
    result = rows.filter(statement__period=period, officer=cast.officers[FALLING]).last()
    if result is not None:
        appeals.file(
            result=result,
            text="八月二十八日夜市巡查我在协助处置纠纷，并非脱岗，请调取执法记录仪核对。",
            by=actor_for(cast.officers[FALLING].user, period.last),
            at=_at(period.last + 19 * DAY),
        )


def _year(scheme: Scheme, firsts: Sequence[datetime.date], cast: Cast) -> None:
    """The appraisal of the last whole year: the mean of those of its quarters that were assessed."""
    year = firsts[-1].year - (firsts[-1].month < 10)
    first = datetime.date(year, 1, 1)
    if any(one.year == year for one in firsts):
        _publish(_open(scheme, PeriodKind.ANNUAL, first, cast), cast, closed=True)


def _targets(scheme: Scheme, first: datetime.date, cast: Cast) -> None:
    """Squads against their targets in the newest quarter, with what citizens said of them."""
    last = span(PeriodKind.QUARTERLY, first)[1]
    paths = {one.unit_id: one.unit for one in appointments_in([cast.root.path], last)}
    keys = [column.key for column in SCORE_COLUMNS]
    headings = [column.heading for column in SCORE_COLUMNS]
    cells = []
    for place, unit in enumerate(sorted(paths.values(), key=lambda one: one.path)):
        names = "/".join(one.name for one in [*unit.get_ancestors(), unit])
        said = {
            "unit": names,
            "code": "outside",
            "label": "第三方社会评议",
            "on": last,
            "value": 80 + place % 15,
        }
        cells.append([said.get(key) for key in keys])
    import_scores(
        sheets=[Sheet(SCORES, [headings, *cells])],
        source=ScoreSource.EXTERNAL,
        by=cast.hr,
        at=_at(last + 3 * DAY),
        file="社会评议.xlsx",
        skip_bad_rows=True,
    )
    period = periods.open_period(
        scheme=scheme,
        kind=PeriodKind.QUARTERLY,
        first=first,
        unit=cast.root,
        by=cast.hr,
        at=_at(first + DAY),
    )
    # After the officers' own corrected results, which are part of it.
    day = last + 18 * DAY
    gathering.gather(period=period, by=cast.hr, at=_at(day))
    periods.compute(period=period, by=cast.hr, at=_at(day, 11))
    _announce(period, cast, day + DAY, until=day + 60 * DAY)


def _running(scheme: Scheme, story: Story, cast: Cast) -> None:
    """The quarter that runs now: open, its evidence not gathered yet."""
    first = span(PeriodKind.QUARTERLY, story.today)[0]
    if first < story.today:
        _open(scheme, PeriodKind.QUARTERLY, first, cast)
