"""The library's chapters of the demo: the regulations of Yunxi in every state, its handbook, its documents."""

import datetime
import json
import uuid
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model

from lianbing.kit.demo import Story, chapter, keep_dates
from lianbing.library import queries
from lianbing.library.models import Article, Law, LawEdition, LibraryDocument, Reader
from lianbing.library.ports import check_source
from lianbing.library.services import (
    circulating,
    compilations,
    correct_edition,
    draft_from,
    ensure_review,
    facts_seen,
    import_text,
    join_laws,
    write_document,
    write_entry,
)
from lianbing.library.services.correcting import FACTS
from lianbing.library.services.documents import Content
from lianbing.library.services.synonyms import keep_synonyms
from lianbing.people.queries import actor_for
from lianbing.people.rules import SYSTEM, Role

DATA = Path(__file__).resolve().parent.parent / "demo_data"
IMPORTED_DAYS_AGO = 400
AMENDED_DAYS_AGO = 20
COMPILED_DAYS_AGO = 30
IN_FORCE_IN_DAYS = 60
ADVERTS, FORMER_ADVERTS = "云汐市户外广告和招牌设施管理办法", "云汐市户外广告设置管理规定"
REPEALED = {
    FORMER_ADVERTS: (datetime.date(2023, 5, 1), f"《{ADVERTS}》"),
    "云汐市临时占道摊点管理暂行办法": (datetime.date(2020, 1, 1), "《云汐市市容环境管理条例》"),
}
# A law's dates are part of its address; what is to be read by a day moves on with the demo.
MOVING = {"circulation", "reader", "receipt", "checktry", "handbookedition", "handbookreceipt"}
keep_dates(
    *(
        model._meta.label_lower
        for model in apps.get_app_config("library").get_models()
        if model._meta.model_name not in MOVING
    )
)


@chapter(20)
def library(story: Story) -> None:
    """Import the regulations, write the handbook.

    Leaves story.data["articles"]: {"《title》label": Article}, of the editions in force.
    """
    at = story.now - datetime.timedelta(days=IMPORTED_DAYS_AGO)
    for path in sorted(DATA.glob("*.md")):
        import_text(data=path.read_bytes(), file_name=path.name, by=SYSTEM, at=at)
    _repeal_and_rename(at)
    _amend(story)
    for group in json.loads((DATA / "synonyms.json").read_text(encoding="utf-8")):
        keep_synonyms(**group, reason="按日常用语整理", by=SYSTEM, at=at)
    story.data["articles"] = _in_force(story.today)
    for entry in json.loads((DATA / "handbook.json").read_text(encoding="utf-8")):
        at += datetime.timedelta(days=7)
        body = [(kind, value) for kind, value in entry["body"]]
        write_entry(
            title=entry["title"],
            slug=entry["slug"],
            summary=entry["summary"],
            body=body,
            by=SYSTEM,
            at=at,
        )
    _compile(story)


@chapter(31)
def documents(story: Story) -> None:
    """Documents of every sort, two of them circulated: one overdue with some, one still being read.

    Comes after the questions, one of which its short check asks.
    """
    written: dict[str, LibraryDocument] = {}
    for told in json.loads((DATA / "documents.json").read_text(encoding="utf-8")):
        day = story.today - datetime.timedelta(days=told["days_ago"])
        facts = told["facts"] | {"dated": day, "effective_on": day}
        if follower := told.get("superseded"):
            facts["superseded_by"] = written[follower]
        content = Content(
            told["title"],
            told["slug"],
            [(kind, value) for kind, value in told["body"]],
            facts,
            tuple(told["tags"]),
        )
        at = story.now - datetime.timedelta(days=told["days_ago"])
        written[told["slug"]] = write_document(content=content, by=SYSTEM, at=at)
        if plan := told.get("circulate"):
            _circulate(story, written[told["slug"]], plan)


@chapter(32)
def waiting_for_the_legal_section(story: Story) -> None:
    """What the legal section has to do: an amendment that a trainer wrote, and a text in which an article is missing."""
    at = story.now - datetime.timedelta(days=2)
    for path in sorted((DATA / "doubtful").glob("*.md")):
        import_text(data=path.read_bytes(), file_name=path.name, by=story.data["actors"][Role.LEGAL], at=at)
    author = story.data["actors"][Role.TRAINER]
    edition = LawEdition.objects.get(law__title=ADVERTS)
    draft = draft_from(edition=edition, by=author, at=at)
    draft.published_on = story.today
    draft.effective_on = story.today + datetime.timedelta(days=IN_FORCE_IN_DAYS)
    draft.body = draft.body.replace("消防通道、无障碍设施使用的", "消防通道、盲道和无障碍设施使用的")
    user = get_user_model().objects.get(pk=author.user_id)
    draft.save_revision(user=user, clean=False)
    ensure_review().start(draft, user)


def _circulate(story: Story, document: LibraryDocument, plan: dict[str, Any]) -> None:
    """To the whole bureau; some have read, each passing the check first. The officer who signs in has not."""
    at = story.now - datetime.timedelta(days=plan["days_ago"])
    source = check_source() if plan["check"] else None
    offered = [one.key for one in source.offer("")] if source else []
    questions = [key for key in offered if source and not source.ask([key], {})[0].context["many"]][:1]
    wish = circulating.Wish(
        uid=uuid.UUID(int=story.rng.getrandbits(128), version=4),
        units=[next(iter(story.data["units"].values()))],
        due_on=story.today + datetime.timedelta(days=plan["due_in"]),
        note=plan["note"],
        questions=questions,
    )
    made = circulating.circulate(document=document, wish=wish, by=story.data["actors"][Role.LEGAL], at=at)
    shown = {officer.pk for officer in (story.data["officers"][0], story.data["officers"][60])}
    readers = made.readers.exclude(officer__in=shown).select_related("officer__user", "circulation")
    for reader in readers.order_by("pk"):
        if story.rng.random() < plan["read"]:
            minutes = story.rng.randint(60, plan["days_ago"] * 24 * 50)
            _read(reader, questions, at + datetime.timedelta(minutes=minutes))


def _read(reader: Reader, questions: list[str], at: datetime.datetime) -> None:
    by = actor_for(reader.officer.user, at.date())
    source = check_source()
    if questions and source:
        (asked,) = source.ask(questions, {})
        for option in asked.context["options"]:
            sent = {asked.name: [option["id"]]}
            if circulating.try_check(reader=reader, sent=sent, by=by, at=at).passed:
                break
        else:
            return
    circulating.confirm(reader=reader, by=by, at=at)


def _compile(story: Story) -> None:
    """A small compilation that everybody reads."""
    at = story.now - datetime.timedelta(days=COMPILED_DAYS_AGO)
    facts = compilations.Facts("云汐市城市管理执法法规汇编", at.date(), shared=True)
    book = compilations.compose(facts=facts, by=SYSTEM, at=at)
    act: dict[str, Any] = {"compilation": book, "by": SYSTEM, "at": at}
    compilations.put_heading(heading="市容环境", **act)
    for title in ("云汐市市容环境管理条例", ADVERTS):
        compilations.put_law(law=Law.objects.get(title=title), **act)


def _repeal_and_rename(at: datetime.datetime) -> None:
    """Two rules repealed; one of them goes on under another name."""
    for title, (day, by) in REPEALED.items():
        edition = LawEdition.objects.get(law__title=title)
        facts: dict[str, Any] = {name: getattr(edition, name) for name in FACTS}
        correct_edition(
            edition=edition,
            facts=facts | {"effective_to": day, "repealed_by": by},
            seen=facts_seen(edition),
            reason="与政府公报核对",
            by=SYSTEM,
            at=at,
        )
    law, former = (Law.objects.get(title=title) for title in (ADVERTS, FORMER_ADVERTS))
    join_laws(law=law, continues=former, by=SYSTEM, at=at)


def _amend(story: Story) -> None:
    """An amendment that was published lately and holds from the first of a month to come."""
    published = story.today - datetime.timedelta(days=AMENDED_DAYS_AGO)
    month = story.today + datetime.timedelta(days=IN_FORCE_IN_DAYS + 31)
    days = {"published": published, "effective": month.replace(day=1)}
    written = {name: f"{day.year}年{day.month}月{day.day}日" for name, day in days.items()}
    for path in sorted((DATA / "coming").glob("*.md")):
        text = path.read_text(encoding="utf-8").format(**written)
        at = story.now - datetime.timedelta(days=AMENDED_DAYS_AGO - 1)
        import_text(data=text.encode(), file_name=path.name, by=SYSTEM, at=at)


def _in_force(on: datetime.date) -> dict[str, Article]:
    lines = queries.lines_of(Law.objects.all())
    editions = {edition.pk for line in lines.values() if (edition := line.on(on))}
    articles = Article.objects.filter(edition__in=editions).select_related("edition__law")
    return {f"《{a.edition.law.title}》{a.label}": a for a in articles}
