"""Which lessons rest on an article, and which of them somebody must look at because it changed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from courses.models import CourseEdition, CourseFlag, LessonArticle
from lianbing.library.models import ArticleChange
from lianbing.library.ports import Citing, cites, citing
from lianbing.people.rules import Role

SEEN_BY = frozenset({Role.TRAINER, Role.LEGAL})
CHUNK = 900


def taught() -> QuerySet[LessonArticle]:
    """The articles in lessons of the newest edition of every course that is not withdrawn."""
    newest = CourseEdition.objects.filter(course=OuterRef("lesson__edition__course")).order_by("-number")
    return LessonArticle.objects.filter(
        lesson__edition=Subquery(newest.values("pk")[:1]), lesson__edition__course__withdrawn_at=None
    )


def taught_among(articles: Collection[int]) -> list[LessonArticle]:
    """Those of `taught` that are among these articles, with their lessons."""
    wanted = sorted(set(articles))
    return [
        one
        for part in _chunks(wanted)
        for one in taught().filter(article__in=part).select_related("lesson__edition")
    ]


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


@cites
def citations_in(edition_pk: int) -> int:
    """How many lessons, of whatever edition, teach articles of a law edition."""
    return LessonArticle.objects.filter(article__edition=edition_pk).count()


@citing
def lessons_citing(articles: Collection[int]) -> list[Citing]:
    """The lessons now taught that rest on these articles: the library asks."""
    return [
        Citing(
            one.article_id,
            "lesson",
            _("Lesson"),
            one.lesson.title,
            one.lesson.edition.get_absolute_url(),
            note=one.lesson.edition.title,
            seen_by=SEEN_BY,
        )
        for one in taught_among(articles)
    ]


@dataclass(frozen=True)
class Flagged:
    """One open flag with what became of the article's words (None where the library took the change back)."""

    flag: CourseFlag
    change: ArticleChange | None


def open_flags(course: int | None = None) -> QuerySet[CourseFlag]:
    """The flags nobody settled, oldest first."""
    found = CourseFlag.objects.filter(settled_at=None).order_by("raised_at", "pk")
    if course is not None:
        found = found.filter(lesson__edition__course=course)
    return found.select_related("lesson__edition__course", "article__edition__law", "law_edition__law").defer(
        "article__edition__source_text", "law_edition__source_text", "lesson__body"
    )


def with_changes(flags: Collection[CourseFlag]) -> list[Flagged]:
    """Flags with the old and the new words of their articles. One statement for all."""
    changes = ArticleChange.objects.filter(article__in=[one.article_id for one in flags]).select_related(
        "event", "article__edition__law", "successor__edition__law"
    )
    known = {(one.article_id, one.event.edition_id, one.event.kind): one for one in changes}
    return [Flagged(one, known.get((one.article_id, one.law_edition_id, one.event))) for one in flags]
