"""The demo's chapter of what is to be learned by whom: duties, paths by post, an induction, a list of eleven."""

import datetime
from typing import Any

from courses.models import Assignment, CoursePage, DutyRole, LearningTask
from courses.rules.audience import Audience
from courses.services import assignments, duties, tasks
from courses.services.assignments import Facts
from lianbing.kit.demo import Story, chapter
from lianbing.library.models import Law, LawEdition, LibraryDocument
from lianbing.people.models import Officer
from lianbing.people.queries import actor_for, appointment_of
from lianbing.people.rules import SYSTEM, Actor, Role
from lianbing.people.services import officers

PUBLISHED_DAYS_AGO, LIST_DUE_IN, RECENT = 45, 12, 730
BANS = (
    "不准迟到早退、擅自离岗；不准在执法中吸烟、玩手机；不准推诿群众诉求；不准泄露巡查安排。本人已阅读并遵守。"
)
DUTIES = ("information_officer", "legal_liaison", "part_time_instructor", "safety_officer")
ARTICLES, DOCUMENTS = 3, 4


@chapter(35)
def learning_assignments(story: Story) -> None:
    """Paths for the front line and the auxiliaries, an induction, a list of eleven items partly done."""
    at = story.now - datetime.timedelta(days=PUBLISHED_DAYS_AGO)
    trainer = story.data["actors"][Role.TRAINER]
    _ranks(story, at)
    _duties(story, at)
    posts = story.data["posts"]
    made = [
        _path("一线执法岗学习路径", Audience(posts=(posts["一线执法岗"].pk,)), story, trainer, at),
        _path("协管巡查岗学习路径", Audience(posts=(posts["协管巡查岗"].pk,)), story, trainer, at),
        _induction(story, trainer, at),
        _list(story, trainer, at),
    ]
    for one in made:
        assignments.publish(assignment=one, by=trainer, at=at)
    tasks.settle(officers=None, at=at)
    _confirm(story, made[-1], at)
    tasks.settle_due(at=story.now)


def _ranks(story: Story, at: datetime.datetime) -> None:
    """Squad leaders have their rank."""
    for one in story.data["officers"]:
        here = appointment_of(one, at.date())
        if here is not None and here.post.name == "中队长":
            officers.move(
                officer=one,
                unit=here.unit,
                post=here.post,
                starts_on=at.date(),
                reason="核定职务",
                rank="中队长",
                by=SYSTEM,
                at=at,
            )


def _duties(story: Story, at: datetime.datetime) -> None:
    """One holder of each usual duty in the first squads."""
    known = {role.code: role for role in DutyRole.objects.filter(code__in=DUTIES)}
    for number, one in enumerate(story.data["officers"][1:13]):
        here = appointment_of(one, at.date())
        role = known.get(DUTIES[number % len(DUTIES)])
        if here is not None and role is not None:
            duties.give(officer=one, duty=role, unit=here.unit, starts_on=at.date(), by=SYSTEM, at=at)


def _make(kind: str, facts: Facts, by: Actor, at: datetime.datetime) -> Assignment:
    return assignments.make(kind=kind, facts=facts, by=by, at=at)


def _add(to: Assignment, by: Actor, at: datetime.datetime, **item: Any) -> None:
    assignments.add(assignment=to, by=by, at=at, **item)


def _courses(story: Story) -> list[CoursePage]:
    """The published courses of the chapter before, in the order they were told."""
    return [one for one in story.data.get("courses", {}).values() if one.editions.exists()]


def _path(title: str, audience: Audience, story: Story, by: Actor, at: datetime.datetime) -> Assignment:
    path = _make("path", Facts(title, audience, "按顺序完成，必修在前。"), by, at)
    days = [30, 90, 150]
    for course, due in zip(_courses(story), days, strict=False):
        _add(path, by, at, kind="course", course=course, title=course.title, due_days=due)
    law = Law.objects.filter(title="云汐市市容环境管理条例").first()
    if law is not None:
        _add(path, by, at, kind="law", law=law, title=f"《{law.title}》", due_days=60)
    _add(path, by, at, kind="text", title="岗位纪律“四不准”", text=BANS, due_days=15)
    return path


def _induction(story: Story, by: Actor, at: datetime.datetime) -> Assignment:
    since = story.today - datetime.timedelta(days=RECENT)
    facts = Facts("新入职人员岗前培训", Audience(joined_after=since), "全部完成后方可上岗。", None, True)
    path = _make("path", facts, by, at)
    for course in _courses(story)[:1]:
        _add(path, by, at, kind="course", course=course, title=course.title, due_days=60)
    document = LibraryDocument.objects.live().filter(slug="ten-bans").first()
    if document is not None:
        _add(path, by, at, kind="document", document=document, title=document.title, due_days=10)
    _add(
        path, by, at, kind="text", title="入职承诺", text="本人承诺依法履职、廉洁自律、文明执法。", due_days=7
    )
    return path


def _list(story: Story, by: Actor, at: datetime.datetime) -> Assignment:
    """Eleven items: laws, articles, documents and films, texts."""
    bureau = next(iter(story.data["units"].values()))
    due = story.today + datetime.timedelta(days=LIST_DUE_IN)
    facts = Facts("纪律作风整顿学习材料清单", Audience(units=(bureau.path,)), "逐项学习，逐项确认。", due)
    found = _make("list", facts, by, at)
    titles = ("云汐市市容环境管理条例", "云汐市户外广告和招牌设施管理办法")
    for law in Law.objects.filter(title__in=titles).order_by("pk"):
        _add(found, by, at, kind="law", law=law, title=f"《{law.title}》")
    edition = LawEdition.objects.filter(law__title=titles[0], status="published").order_by("-pk").first()
    for article in edition.articles.order_by("position")[1 : 1 + ARTICLES] if edition else ():
        title = f"《{titles[0]}》{article.label}"
        _add(found, by, at, kind="article", article=article, title=title)
    for document in LibraryDocument.objects.live().order_by("pk")[:DOCUMENTS]:
        film = document.category == LibraryDocument.Category.FILM
        kind = "film" if film else "document"
        _add(found, by, at, kind=kind, document=document, title=document.title)
    _add(found, by, at, kind="text", title="岗位纪律“四不准”", text=BANS)
    _add(
        found, by, at, kind="text", title="个人对照检查", text="已对照十严禁逐条自查，并向所在中队说明情况。"
    )
    return found


def _confirm(story: Story, found: Assignment, at: datetime.datetime) -> None:
    """Most have read part of the list, every fifth all of it; the officer who signs in three things."""
    people: list[Officer] = story.data["officers"]
    mine = LearningTask.objects.filter(item__assignment=found, done_at=None).order_by("item__position")
    for number, one in enumerate(people):
        share = 3 if number == 0 else (11 if number % 5 == 1 else story.rng.randint(0, 9))
        by = actor_for(one.user, story.today)
        for place, task in enumerate(mine.filter(officer=one)[:share]):
            assignments.confirm(task=task, by=by, at=at + datetime.timedelta(days=1 + place, hours=1))
