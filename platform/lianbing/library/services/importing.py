"""Bring law texts in, one law a transaction, so that a bad file or a crash loses that law alone."""

import datetime
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, transaction

from lianbing.kit import audit
from lianbing.library import queries
from lianbing.library.formats import reading
from lianbing.library.formats.sources import Source
from lianbing.library.models import Article, Law, LawEdition
from lianbing.library.rendering.reasons import say, say_all
from lianbing.library.rules import citations, law_header
from lianbing.library.rules.findings import Finding, NotALaw, Unreadable, finding
from lianbing.library.rules.law_tree import LawText
from lianbing.library.rules.placing import Place, Shelf, place, put
from lianbing.library.services import effective, indexing
from lianbing.people.rules import Actor

# So many articles are put into the search index at once.
INDEXED_AT_ONCE = 4000
Progress = Callable[[str], None]
Watch = Callable[["Outcome"], None]


@dataclass(frozen=True)
class Imported:
    """What became of one text. `edition` is None in a dry run. `text.doubts` are all doubts, those about
    other editions included; `where` is the place among them."""

    text: LawText
    unchanged: bool
    law_created: bool
    edition: LawEdition | None
    where: Place


@dataclass
class Report:
    """What became of all files, under the keys of the outside contract."""

    files: int = 0
    laws_created: int = 0
    editions_created: int = 0
    articles_created: int = 0
    unchanged: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    doubtful: list[dict[str, str]] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0: everything accepted; 1: something refused; 2: nothing usable."""
        if not self.editions_created and not self.unchanged:
            return 2
        return 1 if self.refused else 0


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `kind` is new_law, new_edition, unchanged, skipped or refused."""

    file: str
    kind: str
    reason: Finding | None = None
    done: Imported | None = None


def import_text(
    *,
    data: bytes,
    file_name: str,
    by: Actor,
    at: datetime.datetime,
    shelf: Shelf | None = None,
    dry_run: bool = False,
    index: bool = True,
) -> Imported:
    """Save one law text as an edition of its law, or find that it is there already.

    A text with doubts becomes a draft. Without `index` the caller puts it into the search index. Raises NotALaw or Unreadable (also for other words of an
    edition that is there); then nothing is saved.
    """
    text = reading.read(data, file_name)
    sha256 = hashlib.sha256(text.source.encode()).hexdigest()
    shelf = queries.shelf() if shelf is None else shelf
    where = place(shelf, text, sha256)
    refusal = queries.refusal_of(where, text)
    if refusal:
        raise Unreadable(refusal)
    if where.unchanged:
        return Imported(text, True, False, None, where)
    text = replace(text, doubts=(*text.doubts, *where.doubts))
    edition = None
    if not dry_run:
        try:
            edition = save_edition(text, where, sha256=sha256, file_name=file_name, by=by, at=at, index=index)
        except IntegrityError:
            raise Unreadable(finding("saved_meanwhile")) from None
    put(shelf, text, sha256, where, stored=edition is not None)
    return Imported(text, False, where.law_is_new, edition, where)


@transaction.atomic
def save_edition(
    text: LawText,
    where: Place,
    *,
    sha256: str,
    file_name: str,
    by: Actor,
    at: datetime.datetime,
    action: str = "import_edition",
    checked: bool = False,
    index: bool = True,
    **details: Any,
) -> LawEdition:
    """Store a parsed text as an edition with its articles, once. `checked`: a doubtful one is no draft.
    Without `index` the caller puts it into the search index.

    `action` and `details` go on record. IntegrityError when somebody else took the place meanwhile.
    """
    if where.law_is_new:
        law = Law.objects.create(
            title=text.title,
            subtitle=text.subtitle,
            short_title=citations.title(law_header.short(text.title)),
            slug=where.law.slug,
            level=text.level,
        )
    else:
        law = Law.objects.get(slug=where.law.slug)
    edition = LawEdition.objects.create(
        law=law, slug=where.edition_slug, sha256=sha256, imported_at=at, **_fields(text, file_name, checked)
    )
    articles = Article.objects.bulk_create(_articles(text, edition), batch_size=500)
    if index:
        indexing.index_edition(edition, articles)
    audit.record(
        stream="library",
        action=action,
        by=by,
        at=at,
        subject=edition,
        articles=len(text.articles),
        **details,
    )
    if not where.law_is_new:
        effective.touch([law.pk])
    where.law.pk = law.pk
    return edition


def _fields(text: LawText, file_name: str, checked: bool) -> dict[str, Any]:
    doubtful = bool(text.doubts) and not checked
    status = LawEdition.Status.DRAFT if doubtful else LawEdition.Status.PUBLISHED
    return {
        "status": status,
        "published_on": text.published_on,
        "effective_on": text.effective_on,
        "issuing_body": text.issuing_body,
        "document_number": text.document_number,
        "history": [
            {"on": event.on.isoformat() if event.on else None, "text": event.text} for event in text.history
        ],
        "preamble": "\n".join(text.preamble),
        "headings": [
            {"kind": h.kind, "text": h.text, "anchor": h.anchor, "before": h.before, "notes": list(h.notes)}
            for h in text.headings
        ],
        "doubts": [doubt.as_json() for doubt in text.doubts],
        "source_text": text.source,
        "file_name": file_name[-300:],
        "article_count": len(text.articles),
    }


def _articles(text: LawText, edition: LawEdition) -> list[Article]:
    return [
        Article(
            edition=edition,
            position=a.position,
            number=a.number,
            suffix=a.suffix,
            label=a.label,
            anchor=a.anchor,
            text=a.text,
            part=a.part,
            chapter=a.chapter,
            section=a.section,
        )
        for a in text.articles
    ]


def import_sources(
    *,
    sources: Iterable[Source],
    by: Actor,
    at: datetime.datetime,
    dry_run: bool = False,
    shelf: Shelf | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> Report:
    """Import every file; whatever happens to one, the next is tried. Texts of the report are translated.

    `progress` hears the name of each file that is done, `watch` what became of it. `shelf` is what is
    there, when the caller knows more than the database.
    """
    report, shelf = Report(), queries.shelf() if shelf is None else shelf
    waiting = _Waiting()
    for source in sources:
        report.files += 1
        outcome = _one(source, shelf=shelf, by=by, at=at, dry_run=dry_run, index=False)
        _count(report, outcome)
        waiting.add(outcome)
        if watch:
            watch(outcome)
        if progress:
            progress(source.name)
    waiting.put()
    if not dry_run:
        while effective.settle_waiting(at=at):
            pass
    return report


class _Waiting:
    """The editions stored by this run that the search does not find yet. What a crash leaves the ticker adds."""

    def __init__(self) -> None:
        self.editions: list[int] = []
        self.articles = 0

    def add(self, outcome: Outcome) -> None:
        """Note what became of a file; put what waits into the index when it is much."""
        if outcome.done is None or outcome.done.edition is None:
            return
        self.editions.append(outcome.done.edition.pk)
        self.articles += outcome.done.edition.article_count
        if self.articles >= INDEXED_AT_ONCE:
            self.put()

    def put(self) -> None:
        """Put what waits into the index."""
        if self.editions:
            indexing.index_editions(self.editions)
        self.editions, self.articles = [], 0


def _one(source: Source, **context: Any) -> Outcome:
    """Import one file, or say why not."""
    try:
        if source.problem:
            raise Unreadable(source.problem)
        if source.skip:
            raise NotALaw(source.skip)
        done = import_text(data=source.data, file_name=source.name, **context)
    except NotALaw as reason:
        return Outcome(source.name, "skipped", reason.finding)
    except Unreadable as reason:
        return Outcome(source.name, "refused", reason.finding)
    if done.unchanged:
        return Outcome(source.name, "unchanged", done=done)
    return Outcome(source.name, "new_law" if done.law_created else "new_edition", done=done)


def _count(report: Report, outcome: Outcome) -> None:
    """Enter one file in the report."""
    if outcome.reason:
        rows = report.skipped if outcome.kind == "skipped" else report.refused
        rows.append({"file": outcome.file, "reason": say(outcome.reason)})
    elif outcome.kind == "unchanged":
        report.unchanged += 1
    elif outcome.done:
        report.editions_created += 1
        report.laws_created += outcome.done.law_created
        report.articles_created += len(outcome.done.text.articles)
        if outcome.done.text.doubts:
            report.doubtful.append({"file": outcome.file, "reason": say_all(outcome.done.text.doubts)})
