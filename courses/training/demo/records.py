"""Records of the demo bureau: what was taken over from before, and activity records due from units."""

import datetime

from courses.training.formats.record_columns import COLUMNS, SHEET
from courses.training.models import ActivityReport
from courses.training.rules.periods import month
from courses.training.services import activity_reports
from courses.training.services.records import import_training
from lianbing.kit.demo import Story, chapter
from lianbing.kit.spreadsheets import Sheet
from lianbing.people.rules import Role

DAY = datetime.timedelta(days=1)
TAKEN = 24
SQUADS = ("滨河中队", "古城中队", "车站中队")
# Name, kind, category, month and day, days, hours, whether it has a score.
BEFORE = [
    ("春季集中培训", "培训班", "执法业务", (3, 14), 3, "18", True),
    ("城市管理法规专题培训", "专题培训", "法制教育", (6, 12), 1, "6", False),
    ("警示教育观影", "观影", "警示教育", (9, 5), 1, "2", False),
    ("年度学法考试", "考试", "法制教育", (11, 20), 1, "", True),
]


@chapter(33)
def taken_over(story: Story) -> None:
    """A spreadsheet of the year before last, for two dozen officers."""
    year = story.today.year - 2
    rows = [[column.heading for column in COLUMNS]]
    for officer in story.data["officers"][:TAKEN]:
        for title, kind, category, (number, day), days, hours, scored in BEFORE:
            first = datetime.date(year, number, day)
            last = first + (days - 1) * DAY
            score = story.rng.randint(58, 98) if scored else None
            result = "" if score is None else "合格" if score >= 60 else "不合格"
            when = (first.isoformat(), last.isoformat(), "", "教育训练科")
            cells = [officer.staff_number, officer.name, title, kind, category, *when, hours, "", ""]
            rows.append([*cells, str(score or ""), result, f"云汐城执训〔{year}〕{number}号", ""])
    report = import_training(
        sheets=[Sheet(SHEET, rows)],
        by=story.data["actors"][Role.HR],
        at=story.now - 200 * DAY,
        file=f"{year}年培训考试登记表.xlsx",
    )
    assert not report.errors, report.errors


@chapter(39)
def records_due(story: Story) -> None:
    """Three squads owe the record of last month: one received, one handed in, one still open."""
    hr, trainer = story.data["actors"][Role.HR], story.data["actors"][Role.TRAINER]
    before = story.today.replace(day=1) - DAY
    first, last = month(before.year, before.month)
    activity_reports.ask(
        units=[story.data["units"][name] for name in SQUADS],
        first=first,
        last=last,
        due_on=last + 5 * DAY,
        by=hr,
        at=story.now - 40 * DAY,
    )
    after = datetime.datetime.combine(last + DAY, datetime.time(10), tzinfo=story.now.tzinfo)
    one, other, _open = ActivityReport.objects.select_related("unit").order_by("pk")
    for report in (one, other):
        activity_reports.hand_in(report=report, by=trainer, at=min(after, story.now))
        report.refresh_from_db()
    activity_reports.receive(report=one, by=hr, at=min(after + datetime.timedelta(hours=3), story.now))
