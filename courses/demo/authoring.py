"""The demo's chapter of courses: two published on the bureau's own regulations, one still being written.

A third was published before the regulation was amended, so that its flag can be seen.
"""

import datetime
import json
from pathlib import Path
from typing import Any

from courses.models import ContentCategory, CoursePage
from courses.queries.questions import offered, usable
from courses.services import authoring, flags, publishing
from lianbing.kit.demo import Story, chapter
from lianbing.library.models import ArticleChange
from lianbing.people.rules import Role

DATA = Path(__file__).resolve().parent / "data" / "courses.json"
QUESTIONS, MOST = 3, 30
AN_HOUR = datetime.timedelta(hours=1)


@chapter(34)
def courses(story: Story) -> None:
    """Leaves story.data["courses"]: title -> course."""
    made: dict[str, CoursePage] = {}
    for told in json.loads(DATA.read_text(encoding="utf-8")):
        made[told["title"]] = _course(told, made, story)
    story.data["courses"] = made
    _flag_what_changed(story)


def _course(told: dict[str, Any], made: dict[str, CoursePage], story: Story) -> CoursePage:
    trainer, legal = story.data["actors"][Role.TRAINER], story.data["actors"][Role.LEGAL]
    at = _moment(told, story)
    before = [made[told["prerequisite"]]] if "prerequisite" in told else []
    course = authoring.write_course(
        title=told["title"],
        summary=told["summary"],
        category=ContentCategory.objects.filter(code=told["category"]).first(),
        lessons=[_lesson(one, story, at) for one in told["lessons"]],
        prerequisites=before,
        by=trainer,
        at=at,
    )
    if not told.get("draft"):
        publishing.submit(course=course, by=trainer, at=at + AN_HOUR)
        publishing.approve(course=course, note="首次发布", by=legal, at=at + 5 * AN_HOUR)
    return course


def _moment(told: dict[str, Any], story: Story) -> datetime.datetime:
    """So many days ago; or on a date of its own, because the dates of laws do not move with the demo."""
    if "on" in told:
        day = datetime.date.fromisoformat(told["on"])
        return story.now.replace(year=day.year, month=day.month, day=day.day)
    return story.now - datetime.timedelta(days=told["days_ago"])


def _lesson(told: dict[str, Any], story: Story, at: datetime.datetime) -> dict[str, Any]:
    """A lesson as raw stream data; its check asks questions that hold the words."""
    key = told["key"]
    asked = _asked(story, at, told["words"]) if told["needed"] else []
    body = [
        {"type": kind, "value": value, "id": f"{key[:-4]}{number:04d}"}
        for number, (kind, value) in enumerate(told["body"])
    ]
    check = [
        {"type": "item", "value": pk, "id": f"{key[:-4]}{number:04d}"} for number, pk in enumerate(asked, 500)
    ]
    value = {
        "title": told["title"],
        "minimum_minutes": told["minutes"],
        "body": body,
        "check": check,
        "check_needed": min(told["needed"], len(check)) or None,
    }
    return {"type": "lesson", "id": key, "value": value}


def _asked(story: Story, at: datetime.datetime, words: str) -> list[int]:
    """The pks of questions that hold the words and need nobody to mark them."""
    found = offered(story.data["actors"][Role.TRAINER], at, words).order_by("pk").values_list("pk", flat=True)
    wanted = list(found[:MOST])
    known = usable(wanted, at)
    return [pk for pk in wanted if known[pk].marks_itself][:QUESTIONS]


def _flag_what_changed(story: Story) -> None:
    """The amendment of the regulation was told of before these courses were here."""
    changes = ArticleChange.objects.filter(on__lte=story.today).select_related("event__edition__law")
    by_event: dict[int, list[ArticleChange]] = {}
    for change in changes.order_by("event", "article"):
        by_event.setdefault(change.event_id, []).append(change)
    for some in by_event.values():
        event = some[0].event
        articles = [one.article_id for one in some]
        flags.raise_flags(articles=articles, edition=event.edition, event=event.kind, at=story.now)
