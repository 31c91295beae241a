"""The report of a campaign on paper."""

import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exams.contests.models import Campaign
from exams.contests.queries.campaigns import QuizReport, Report
from exams.contests.queries.quiz import Participation
from lianbing.kit import pdf

TEMPLATE = Path(__file__).parent.parent / "typst" / "campaign_report.typ"
NONE = "—"


def report_pdf(campaign: Campaign, report: Report, at: datetime.datetime) -> bytes:
    """The report of a campaign: its activities against the plan, its quizzes, its communities, what people knew."""
    data = {
        "title": _("Report of the campaign “%(campaign)s”") % {"campaign": campaign.title},
        "organiser": campaign.organiser,
        "days": f"{campaign.starts_on} — {campaign.ends_on}",
        "made": _("As of %(moment)s") % {"moment": timezone.localtime(at).strftime("%Y-%m-%d %H:%M")},
        "sections": [section for section in _sections(report) if section["rows"]],
        "empty": _("Nothing was done and nobody took part."),
    }
    return pdf.render(TEMPLATE, data, at=at)


def _sections(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Activities"),
            "head": [_("Activity"), _("Done / planned"), _("People reached")],
            "rows": [
                [goal.activity, f"{goal.times}/{goal.target}", str(goal.reached)]  # type: ignore[attr-defined]
                for goal in report.goals
            ],
        },
        {
            "title": _("What took place"),
            "head": [_("Day"), _("Activity"), _("Where and what"), _("People reached")],
            "rows": [
                [one.on.isoformat(), goal.activity, one.words, str(one.people)]
                for goal in report.goals
                for one in goal.done.all()
            ],
        },
        {
            "title": _("Quizzes"),
            "head": [_("Quiz"), _("Guests"), _("Attempts"), _("Mean"), _("Certificates")],
            "rows": [_quiz(one) for one in report.quizzes],
        },
        *(
            {
                "title": _("Communities and units: %(quiz)s") % {"quiz": one.quiz.title},
                "head": [
                    _("Community or unit"),
                    pgettext("quiz", "People"),
                    _("Took part"),
                    pgettext("quiz", "Share"),
                    _("Mean"),
                ],
                "rows": [_group(group) for group in one.groups],
            }
            for one in report.quizzes
        ),
        {
            "title": _("What people knew"),
            "head": [_("Knowledge point"), _("Asked"), _("Right")],
            "rows": [[one.point or NONE, str(one.asked), _percent(one.share)] for one in report.known],
        },
    ]


def _percent(value: Any) -> str:
    return NONE if value is None else f"{value} %"


def _quiz(one: QuizReport) -> list[str]:
    sums = one.totals
    return [
        one.quiz.title,
        str(sums.taken_part),
        str(sums.attempts),
        _percent(sums.mean),
        str(sums.certificates) if one.quiz.certificate_at is not None else NONE,
    ]


def _group(one: Participation) -> list[str]:
    low = _("%(share)s (low)") % {"share": _percent(one.share)} if one.low else _percent(one.share)
    return [one.name, str(one.people) if one.people else NONE, str(one.taken_part), low, _percent(one.mean)]
