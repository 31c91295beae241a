"""A course as it is being written, with everything resolved: what preview and publication both start from.

`prepare` turns the blocks of the editor into the bodies of lessons, and says what stands in the way. A part of
a body is a dict with `kind` and `id`:

heading, warning: text · text: html · article: citation, note, articles [{pk, law, label, text, url}] ·
video, pdf: title, file · slides: title, pages [file], file or None · picture: caption, file ·
table: title, rows [[cell]], the first being its heading · case: title, facts, question, comment (html, text, html) · questions: versions [pk of QuestionVersion].

A file of a draft is `{"document": pk}` or `{"image": pk}` with name, type and the address the editor shows it
at; of an edition `{"pk": pk of CourseFile}` with name and type (`services.keeping` puts it there).
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.rich_text import expand_db_html

from courses.models import CoursePage
from courses.queries.questions import usable
from courses.rules import mp4
from courses.rules.lessons import table_rows
from lianbing.library.queries.citations import CitationResolver
from question_bank.models import Question

FILM, PDF, RENDITION = "video/mp4", "application/pdf", "max-1280x1280"
PDF_MARK = b"%PDF-"


@dataclass(frozen=True)
class Trouble:
    """What keeps a course from being published: in which lesson, its code (see `rendering.troubles`), and what."""

    code: str
    lesson: str = ""
    what: str = ""


@dataclass
class Prepared:
    """One lesson resolved. `check` and the versions in `body` are pks of frozen QuestionVersions."""

    key: str
    title: str
    minimum_seconds: int
    body: list[dict[str, Any]] = field(default_factory=list)
    check: list[int] = field(default_factory=list)
    check_needed: int = 0
    media_seconds: int = 0
    articles: list[int] = field(default_factory=list)


@dataclass
class Outcome:
    """The lessons of a course and what stands in the way of publishing it."""

    lessons: list[Prepared] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """What the lessons take at least, in whole minutes, rounded up."""
        return -(-sum(one.minimum_seconds for one in self.lessons) // 60)


def prepare(page: CoursePage, at: datetime.datetime) -> Outcome:
    """Resolve a course as it is written: citations on the day of `at`, questions as published at `at`."""
    work = _Work(page, at)
    for child in page.lessons:
        work.lesson(child.id or "", child.value)
    work.whole(page)
    return work.outcome


class _Work:
    """One course being resolved; questions and citations are read once for all of it."""

    def __init__(self, page: CoursePage, at: datetime.datetime) -> None:
        self.outcome = Outcome()
        lessons = [child.value for child in page.lessons]
        self.versions = usable([one.pk for value in lessons for one in _questions(value)], at)
        self.resolver = CitationResolver(timezone.localtime(at).date())
        self.resolver.prepare(_citations(lessons))
        self.now: Prepared = Prepared("", "", 0)

    def trouble(self, code: str, what: str = "") -> None:
        self.outcome.troubles.append(Trouble(code, self.now.title, what))

    def whole(self, page: CoursePage) -> None:
        """What the course itself lacks."""
        self.now = Prepared("", "", 0)
        if not self.outcome.lessons:
            self.trouble("no_lessons")
        if page.category_id is None:
            self.trouble("no_category")
        for one in page.prerequisites.all():
            if one.pk == page.pk:
                self.trouble("own_prerequisite")
            elif page.pk in demanded_by(one.pk):
                self.trouble("prerequisite_circle", one.title)

    def lesson(self, key: str, value: Any) -> None:
        """One lesson with its parts and its check."""
        title = (value.get("title") or "").strip()
        self.now = Prepared(key, title, 60 * (value.get("minimum_minutes") or 0))
        self.outcome.lessons.append(self.now)
        if not title:
            self.trouble("no_title")
        for child in value["body"]:
            part = PARTS[child.block_type](self, child.value)
            if part is not None:
                self.now.body.append({"kind": child.block_type, "id": child.id or "", **part})
        if not self.now.body:
            self.trouble("empty")
        self.check(value)

    def check(self, value: Any) -> None:
        self.now.check = self.asked(value["check"], marked=True)
        wanted = value.get("check_needed")
        self.now.check_needed = len(self.now.check) if wanted is None else wanted
        if self.now.check_needed > len(self.now.check):
            self.trouble("check_too_many", f"{self.now.check_needed} > {len(self.now.check)}")

    def asked(self, chosen: Iterable[Question | None], *, marked: bool = False) -> list[int]:
        """The published versions of chosen questions, none twice. `marked`: the machine must be able to mark it."""
        found: list[int] = []
        for question in chosen:
            known = self.versions.get(question.pk) if question else None
            if question is None or known is None:
                self.trouble("question_gone", str(question or ""))
            elif marked and not known.marks_itself:
                self.trouble("question_by_hand", known.words)
            elif known.version not in found:
                found.append(known.version)
        return found

    def article(self, value: Any) -> dict[str, Any]:
        """The articles a citation means on the day."""
        citation = value["citation"].strip()
        found: list[dict[str, Any]] = []
        for resolution in self.resolver.resolve_all(citation):
            if not resolution.articles:
                self.trouble("citation", f"{citation}: {resolution.reason}")
            for article in resolution.articles:
                facts = {"pk": article.pk, "law": str(article.edition.law), "label": article.label}
                found.append(facts | {"text": article.text, "url": article.get_absolute_url()})
                if article.pk not in self.now.articles:
                    self.now.articles.append(article.pk)
        return {"citation": citation, "note": value.get("note") or "", "articles": found}

    def video(self, value: Any) -> dict[str, Any] | None:
        film: Document | None = value["film"]
        if film is None:
            self.trouble("file_gone")
            return None
        try:
            with film.file.open("rb") as file:
                length = mp4.seconds(reader(file), film.file.size)
        except (mp4.NotAFilm, OSError):
            self.trouble("not_mp4", film.title)
            return None
        self.now.media_seconds += length
        return {"title": value.get("title") or film.title, "file": _document(film, FILM)}

    def pdf(self, value: Any) -> dict[str, Any] | None:
        file = self._pdf(value["file"])
        return {"title": value.get("title") or value["file"].title, "file": file} if file else None

    def _pdf(self, document: Document | None) -> dict[str, Any] | None:
        if document is None:
            self.trouble("file_gone")
            return None
        try:
            with document.file.open("rb") as file:
                good = file.read(len(PDF_MARK)) == PDF_MARK
        except OSError:
            good = False
        if not good:
            self.trouble("not_pdf", document.title)
        return _document(document, PDF) if good else None

    def picture(self, value: Any) -> dict[str, Any] | None:
        file = self._image(value["picture"])
        return {"caption": value.get("caption") or "", "file": file} if file else None

    def _image(self, image: Image | None) -> dict[str, Any] | None:
        try:
            rendition = image.get_rendition(RENDITION) if image else None
        except (OSError, ValueError):
            rendition = None
        if image is None or rendition is None:
            self.trouble("file_gone", image.title if image else "")
            return None
        return {
            "image": image.pk,
            "name": image.title,
            "url": rendition.url,
            "alt": image.description or image.title,
        }

    def slides(self, value: Any) -> dict[str, Any] | None:
        pages = [page for image in value["pages"] if (page := self._image(image))]
        file = self._pdf(value["file"]) if value["file"] else None
        if not pages and file is None:
            self.trouble("no_slides")
            return None
        return {"title": value.get("title") or "", "pages": pages, "file": file}


def demanded_by(course: int) -> set[int]:
    """The courses that must be completed before one, and those before them, as they are published. One statement."""
    links: dict[int, set[int]] = {}
    for before, after in CoursePage.prerequisites.through.objects.values_list(
        "to_coursepage", "from_coursepage"
    ):
        links.setdefault(after, set()).add(before)
    found: set[int] = set()
    waiting = [course]
    while waiting:
        fresh = links.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found


def _text(_work: _Work, value: Any) -> dict[str, Any] | None:
    html = expand_db_html(value.source)
    return {"html": html} if html.strip() else None


def _words(_work: _Work, value: Any) -> dict[str, Any] | None:
    return {"text": str(value)} if str(value).strip() else None


def _table(_work: _Work, value: Any) -> dict[str, Any] | None:
    rows = table_rows(value["rows"])
    return {"title": value.get("title") or "", "rows": rows} if rows else None


def _case(_work: _Work, value: Any) -> dict[str, Any]:
    facts, comment = value["facts"], value["comment"]
    return {
        "title": value["title"],
        "facts": expand_db_html(facts.source) if facts else "",
        "question": value.get("question") or "",
        "comment": expand_db_html(comment.source) if comment else "",
    }


def _practice(work: _Work, value: Any) -> dict[str, Any] | None:
    found = work.asked(value)
    return {"versions": found} if found else None


PARTS: dict[str, Callable[[_Work, Any], dict[str, Any] | None]] = {
    "heading": _words,
    "warning": _words,
    "text": _text,
    "article": _Work.article,
    "video": _Work.video,
    "pdf": _Work.pdf,
    "picture": _Work.picture,
    "slides": _Work.slides,
    "table": _table,
    "case": _case,
    "questions": _practice,
}


def _document(document: Document, kind: str) -> dict[str, Any]:
    return {"document": document.pk, "name": document.filename, "type": kind, "url": document.url}


def _questions(value: Any) -> list[Question]:
    shown = [one for child in value["body"] if child.block_type == "questions" for one in child.value]
    return [one for one in (*shown, *value["check"]) if one is not None]


def _citations(lessons: Iterable[Any]) -> list[str]:
    return [
        child.value["citation"]
        for value in lessons
        for child in value["body"]
        if child.block_type == "article"
    ]


def reader(file: Any) -> mp4.ReadAt:
    """Reads an open file as `rules.mp4` asks for it."""

    def read_at(offset: int, length: int) -> bytes:
        file.seek(offset)
        data: bytes = file.read(length)
        return data

    return read_at
