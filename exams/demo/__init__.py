"""The demo's exams: two finished ones with a believable spread, one whose written answers wait for the
marker, one open now, one coming, one to freeze.

Candidates answer by a simple ability model (one number per person, the difficulty of the question), and
everything goes through the services a browser would use, at past moments.
"""

import datetime
import math
import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils import timezone

from exams.demo.answers import answer, chance_of
from exams.models import Attempt, Blueprint, Candidate, MarkingTask, Sitting
from exams.queries.marking import text_of
from exams.rules.marks import Section
from exams.rules.scoring import answers_sha256
from exams.services import attempts, papers, results, saving, setting, submission, written_marking
from lianbing.kit.demo import Story, chapter
from lianbing.people.models import Officer
from lianbing.people.rules import Actor, Grant, Role
from question_bank.models import QuestionBank, QuestionVersion
from question_bank.queries import stock, versions

Plan = list[tuple[str, str, int, int, str]]
MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
PLAN: Plan = [
    ("single_choice", "单项选择题", 25, 2, "exact"),
    ("multiple_choice", "多项选择题", 10, 3, "half_for_subset"),
    ("true_false", "判断题", 10, 2, "exact"),
]
WITH_WRITTEN: Plan = [
    ("single_choice", "单项选择题", 10, 2, "exact"),
    ("multiple_choice", "多项选择题", 5, 2, "per_correct_option"),
    ("indefinite_choice", "不定项选择题", 3, 2, "half_for_subset"),
    ("true_false", "判断题", 6, 2, "negative"),
    ("fill_blank", "填空题", 3, 4, "per_blank"),
    ("ordering", "排序题", 2, 4, "per_step"),
    ("short_answer", "简答题", 2, 8, "exact"),
    ("case_analysis", "案例分析题", 1, 10, "exact"),
]
SETTINGS = {"per_correct_option": {"each": "0.5"}, "negative": {"penalty": "1"}}
EVERY_KIND = [
    ("indefinite_choice", "不定项选择题", 3, 4, Section(rule="per_correct_option", settings={"each": "1"})),
    ("fill_blank", "填空题", 3, 6, Section(rule="per_blank")),
    ("ordering", "排序题", 2, 6, Section(rule="per_step")),
    ("short_answer", "简答题", 1, 6, Section()),
    ("case_analysis", "案例分析题", 1, 15, Section()),
]


@dataclass
class Stage:
    """What the chapter works with."""

    story: Story
    by: Actor
    bank: QuestionBank
    abilities: dict[int, float]

    @property
    def rng(self) -> random.Random:
        return self.story.rng


@chapter(40)
def exams(story: Story) -> None:
    """Blueprints, five sittings, attempts and results. Leaves `blueprints` and `sittings` in story.data."""
    bank = _bank()
    if bank is None:
        return
    abilities = {one.pk: story.rng.gauss(1.1, 0.75) for one in story.data["officers"]}
    abilities[story.data["officers"][0].pk] = 2.4  # the login most visitors use holds a certificate
    stage = Stage(story, story.data["actors"][Role.EXAM_ADMINISTRATOR], bank, abilities)
    units = story.data["units"]
    bureau = next(unit for unit in units.values() if unit.depth == 1)
    whole = _blueprint(stage, "岗位执法资格考试（45 题）", share=1.0)
    short = _blueprint(stage, "业务培训测验（短卷）", share=0.4)
    some = [units[name] for name in ("市容执法支队",) if name in units] or [bureau]
    morning = timezone.localtime(story.now).replace(hour=9, minute=0, second=0, microsecond=0)
    first = _sitting(
        stage,
        "三季度岗位执法资格考试",
        whole,
        bureau,
        [bureau],
        morning - 52 * DAY,
        hours=8,
        categories=["officer"],
        is_qualification=True,
    )
    _finish(stage, first, absent=0.06, by_deadline=0.08)
    second = _sitting(stage, "市容条例业务培训考试", short, bureau, some, morning - 33 * DAY, hours=8)
    _finish(stage, second, absent=0.08, by_deadline=0.05)
    if any(kind == "short_answer" for _point, kind in stock(bank)):
        legal = _blueprint(stage, "法制业务综合考试（含简答与案例）", share=1.0, plan=WITH_WRITTEN)
        waiting = _sitting(stage, "法制业务综合考试", legal, bureau, some, morning - 2 * DAY, hours=8)
        _sat(stage, waiting, absent=0.05, by_deadline=0.1)
    now = story.now.replace(second=0, microsecond=0)
    running = _sitting(stage, "冬季专项行动业务考试", short, bureau, [bureau], now - 2 * HOUR, hours=74)
    _running(stage, running)
    every = _blueprint_of_every_kind(stage)
    if every is not None:
        _sitting(stage, "新题型体验测验", every, bureau, [bureau], now - 3 * HOUR, hours=74)
    coming = _sitting(
        stage,
        "年度岗位执法资格考试",
        whole,
        bureau,
        [bureau],
        morning + 9 * DAY,
        hours=8,
        categories=["officer"],
        is_qualification=True,
    )
    draft = _sitting(
        stage, "季度抽考（待定卷）", short, bureau, some, morning + 16 * DAY, hours=4, freeze=False
    )
    story.data["blueprints"] = [whole, short]
    story.data["sittings"] = [first, second, running, coming, draft]


def _bank() -> QuestionBank | None:
    """The bank with the most questions that may be drawn."""
    banks = QuestionBank.objects.filter(questions__published_version__isnull=False)
    return banks.annotate(size=Count("questions")).order_by("-size").first()


def _blueprint(stage: Stage, title: str, share: float, plan: Plan = PLAN) -> Blueprint:
    """A section per kind on any point, as far as the bank's stock reaches."""
    there: dict[str, int] = {}
    for (_point, kind), count in stock(stage.bank).items():
        there[kind] = there.get(kind, 0) + count
    sections = []
    for kind, name, count, marks, rule in plan:
        if there.get(kind):
            wanted = min(max(1, round(count * share)), there[kind])
            line = setting.LineDraft(None, kind, wanted, Decimal(marks))
            floor = Decimal(0) if rule == "negative" else None
            section = Section(name, rule=rule, settings=SETTINGS.get(rule, {}), floor=floor)
            sections.append(setting.SectionDraft(section, [line]))
    return setting.save_blueprint(
        title=title, bank=stage.bank, sections=sections, by=stage.by, at=stage.story.now - 90 * DAY
    )


def _blueprint_of_every_kind(stage: Stage) -> Blueprint | None:
    """A short paper of the kinds beyond options, or None where the bank has none of them."""
    there = {kind for (_point, kind), count in stock(stage.bank).items() if count}
    sections = []
    for kind, title, count, marks, section in EVERY_KIND:
        if kind in there:
            line = setting.LineDraft(None, kind, count, Decimal(marks))
            sections.append(setting.SectionDraft(replace(section, title=title), [line]))
    if not sections:
        return None
    return setting.save_blueprint(
        title="新题型体验卷", bank=stage.bank, sections=sections, by=stage.by, at=stage.story.now - 20 * DAY
    )


def _sitting(
    stage: Stage,
    title: str,
    blueprint: Blueprint,
    organiser: Any,
    units: list[Any],
    opens_at: datetime.datetime,
    *,
    hours: int,
    freeze: bool = True,
    categories: Iterable[str] = ("officer", "auxiliary"),
    is_qualification: bool = False,
) -> Sitting:
    full = sum((line.total for line in blueprint.lines.all()), Decimal(0))
    frozen_at = min(opens_at - 2 * DAY, stage.story.now - DAY)
    sitting = setting.save_sitting(
        values={
            "title": title,
            "blueprint": blueprint,
            "unit": organiser,
            "opens_at": opens_at,
            "closes_at": opens_at + hours * HOUR,
            "duration_minutes": 60,
            "pass_mark": (full * Decimal("0.6")).quantize(Decimal(1)),
            "instructions": "闭卷。可用手机作答；信号不好时继续作答，恢复后自动补存。",
            "is_qualification": is_qualification,
            "categories": list(categories),
        },
        units=units,
        posts=[],
        by=stage.by,
        at=frozen_at - DAY,
    )
    if freeze:
        papers.freeze_papers(sitting=sitting, by=stage.by, at=frozen_at)
    return sitting


def _actor(officer: Officer) -> Actor:
    return Actor(
        user_id=officer.user_id,
        staff_number=officer.staff_number,
        name=officer.name,
        officer_id=officer.pk,
        grants=(Grant(Role(officer.category)),),
    )


def _events(
    stage: Stage, candidate: Candidate, found: dict[int, QuestionVersion], last: int
) -> list[dict[str, Any]]:
    ability = stage.abilities.get(candidate.officer_id, 0.8)
    events: list[dict[str, Any]] = []
    for position, item in enumerate(candidate.paper.items[:last], start=1):
        if stage.rng.random() < 0.985:
            version = found[item[0]]
            value = answer(stage.rng, version.kind, version.content, version.key, chance_of(version, ability))
            if value:
                events.append({"seq": len(events) + 1, "item": position, "value": value})
    return events


def _sit(
    stage: Stage,
    candidate: Candidate,
    found: dict[int, QuestionVersion],
    *,
    started_at: datetime.datetime,
    minutes: int,
    share: float = 1.0,
    hands_in: bool = True,
) -> Attempt:
    """One person sits: starts, saves in three goes over `minutes`, hands in or leaves it to the clock."""
    attempt = attempts.start(sitting=candidate.sitting, by=_actor(candidate.officer), at=started_at)
    attempt.candidate = candidate
    client, device = (uuid.UUID(int=stage.rng.getrandbits(128), version=4) for _ in range(2))
    pen = attempts.take_lease(
        attempt=attempt,
        user=candidate.officer.user,
        client=client,
        device=device,
        password=None,
        at=started_at,
    )
    events = _events(stage, candidate, found, round(len(candidate.paper.items) * share))
    step = math.ceil(len(events) / 3) or 1
    for go, first in enumerate(range(0, len(events), step), start=1):
        saving.save(
            uid=attempt.uid,
            ticket=pen.ticket,
            client=str(client),
            lease=pen.lease,
            events=events[first : first + step],
            at=started_at + MINUTE * minutes * go / 3,
        )
    if hands_in:
        saving.submit(
            uid=attempt.uid,
            ticket=pen.ticket,
            client=str(client),
            lease=pen.lease,
            final_seq=len(events),
            answers_sha256=answers_sha256({str(e["item"]): e["value"] for e in events}),
            at=started_at + MINUTE * (minutes + 1),
        )
    return attempt


def _cast(sitting: Sitting) -> tuple[list[Candidate], dict[int, QuestionVersion]]:
    candidates = list(sitting.candidates.select_related("paper", "officer__user", "sitting").order_by("pk"))
    used = {item[0] for candidate in candidates for item in candidate.paper.items}
    return candidates, versions(used)


def _finish(stage: Stage, sitting: Sitting, *, absent: float, by_deadline: float) -> None:
    """Everybody sits, written answers (reasons, where one was drawn) are marked, results come the next day."""
    _sat(stage, sitting, absent=absent, by_deadline=by_deadline)
    at = sitting.closes_at + 18 * HOUR
    marker = stage.story.data["actors"].get(Role.MARKER)
    while marker and (task := written_marking.claim(sitting=sitting, by=marker, at=at)):
        task = MarkingTask.objects.select_related("attempt", "version", "sitting__unit").get(pk=task.pk)
        points = {one["id"]: "full" for one in text_of(task).points}
        marks = None if points else task.full_marks
        written_marking.give(task=task, points=points, marks=marks, by=marker, at=at)
    results.release_results(sitting=sitting, by=stage.by, at=sitting.closes_at + 20 * HOUR)


def _sat(stage: Stage, sitting: Sitting, *, absent: float, by_deadline: float) -> None:
    """Everybody sits or stays away, and the clock hands in the rest."""
    candidates, found = _cast(sitting)
    first = stage.story.data["officers"][0].pk
    others = [one.pk for one in candidates if one.officer_id != first]
    away = set(stage.rng.sample(others, math.ceil(len(others) * absent)))
    slow = set(stage.rng.sample(others, math.ceil(len(others) * by_deadline)))
    for candidate in candidates:
        if candidate.pk in away:
            continue
        started_at = sitting.opens_at + MINUTE * stage.rng.randint(1, 300)
        late = candidate.pk in slow
        _sit(
            stage,
            candidate,
            found,
            started_at=started_at,
            minutes=58 if late else stage.rng.randint(16, 52),
            share=stage.rng.uniform(0.7, 1.0) if late else 1.0,
            hands_in=not late,
        )
    submission.close_overdue(at=sitting.closes_at + HOUR)


def _running(stage: Stage, sitting: Sitting) -> None:
    """A sitting in full swing: some have handed in, two are writing; the demo's own logins have not begun."""
    candidates, found = _cast(sitting)
    logins = {login["username"] for login in stage.story.data["logins"]}
    others = [one for one in candidates if one.staff_number not in logins]
    for candidate in stage.rng.sample(others, min(14, len(others))):
        started_at = sitting.opens_at + MINUTE * stage.rng.randint(1, 60)
        _sit(stage, candidate, found, started_at=started_at, minutes=stage.rng.randint(15, 40))
    rest = [one for one in others if not Attempt.objects.filter(candidate=one).exists()]
    for candidate in rest[:2]:
        started_at = stage.story.now - 12 * MINUTE
        _sit(stage, candidate, found, started_at=started_at, minutes=10, share=0.4, hands_in=False)
