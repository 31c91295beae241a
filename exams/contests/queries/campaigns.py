"""Reading campaigns: the calendar, what is planned against what was done, and what their quizzes came to."""

import datetime
import uuid
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from exams.contests.models import Campaign, CampaignGoal, CampaignMaterial, Quiz
from exams.contests.permissions.quiz import following_scopes
from exams.contests.queries.quiz import Known, Participation, Totals, accuracy, participation, totals
from exams.contests.rules import campaigns as rules
from lianbing.people.rules import Actor


def stage_of(campaign: Campaign, today: datetime.date) -> rules.Stage:
    """Where a campaign stands on a day."""
    return rules.stage(
        first=campaign.starts_on,
        last=campaign.ends_on,
        published=campaign.published_at is not None,
        today=today,
    )


def public_campaign(uid: uuid.UUID) -> Campaign | None:
    """A published campaign."""
    return Campaign.objects.filter(uid=uid, published_at__isnull=False).first()


def followed(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns whose desk `actor` sees, newest first."""
    inside = Q(pk=None)
    for path in following_scopes(actor):
        inside |= Q(unit__path__startswith=path)
    return Campaign.objects.select_related("unit").filter(inside)


def materials_of(campaign: Campaign) -> list[CampaignMaterial]:
    """What a campaign gives to read, in order."""
    return list(campaign.materials.select_related("article__edition__law"))


def quizzes_of(campaign: Campaign) -> list[Quiz]:
    """The published quizzes of a campaign, first to open first."""
    rows = campaign.quizzes.filter(published_at__isnull=False).select_related("stop", "draw", "eligible")
    return list(rows.order_by("opens_at", "pk"))


class Day(NamedTuple):
    """A yearly day to come, and the campaigns held for it then."""

    span: rules.Span
    days_left: int
    campaigns: list[Campaign]


def calendar(actor: Actor, today: datetime.date) -> list[Day]:
    """The yearly days of the next twelve months with the campaigns prepared for each. One statement."""
    spans = rules.coming(today)
    held = followed(actor).exclude(preset="").filter(ends_on__gte=today)
    by_code: dict[str, list[Campaign]] = {}
    for one in held:
        by_code.setdefault(one.preset, []).append(one)
    return [
        Day(
            span,
            (span.first - today).days,
            [one for one in by_code.get(span.preset.code, []) if one.starts_on <= span.last],
        )
        for span in spans
    ]


def goals_of(campaign: Campaign) -> list[CampaignGoal]:
    """Each activity planned, with `times` it took place and `reached` people. Two statements."""
    rows = campaign.goals.annotate(times=Count("done"), reached=Sum("done__people", default=0))
    return list(rows.prefetch_related("done"))


class QuizReport(NamedTuple):
    """What one quiz of a campaign came to."""

    quiz: Quiz
    totals: Totals
    groups: list[Participation]


class Report(NamedTuple):
    """What a campaign came to: its quizzes, its activities, what people knew."""

    quizzes: list[QuizReport]
    goals: list[CampaignGoal]
    known: list[Known]


def report(campaign: Campaign) -> Report:
    """The whole report of a campaign."""
    quizzes = quizzes_of(campaign)
    return Report(
        [QuizReport(one, totals(one), participation(one)) for one in quizzes],
        goals_of(campaign),
        accuracy(quizzes) if quizzes else [],
    )
