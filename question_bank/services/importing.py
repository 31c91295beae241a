"""Bringing a file of questions into a bank: each question by itself, and nothing twice."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from lianbing.kit import audit
from lianbing.library.queries import CitationResolver
from lianbing.people.rules import Actor
from question_bank import formats, state
from question_bank.formats import File, Refusal, Row
from question_bank.models import Citation, KnowledgePoint, Question, QuestionBank, QuestionVersion
from question_bank.rendering import problems_text
from question_bank.rules.draft import Draft
from question_bank.services.building import (
    citations_of,
    doubts_of,
    problems_of,
    version_of,
)
from question_bank.services.writing import MAY_WAIT, STREAM, make_bank

BATCH = 500
Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What an import did, under the keys of the outside contract."""

    read: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    created: int = 0
    unchanged: int = 0
    duplicates: list[dict[str, str]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))

    @property
    def exit_code(self) -> int:
        """0: everything accepted; 1: something refused; 2: nothing usable."""
        if not self.created and not self.unchanged:
            return 2
        return 1 if self.refused else 0


@dataclass
class _Entry:
    """A sound row with what is to become of it."""

    row: Row
    draft: Draft
    digest: str
    publish: bool


@dataclass
class _Import:
    """One run: what is known about the file and the bank while its rows are worked through."""

    bank: QuestionBank
    publish: bool
    by: Actor
    at: datetime.datetime
    report: Report
    resolver: CitationResolver
    points: dict[str, KnowledgePoint]
    stored: Counter[str]
    twins: dict[str, str]
    seen: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)

    def note(self, row: Row, reason: str, about: str = "") -> None:
        self.report.warnings.append({"where": row.place.at(about), "reason": reason})

    def duplicate(self, row: Row, twin: str) -> None:
        if str(row.place) not in self.listed:
            self.listed.add(str(row.place))
            self.report.duplicates.append({"where": str(row.place), "twin": twin})


def import_bank(
    *,
    file: File,
    bank: str,
    by: Actor,
    at: datetime.datetime,
    format: str = "auto",
    publish: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Bring the questions of `file` into the bank with this slug (made when it is not there).

    Saved in batches, each in its own transaction; a second run of the same file creates nothing.
    `publish` freezes what is sound and no duplicate, unless the bank demands a second person: then it
    waits in review. `dry_run` reports the same and saves nothing. Raises formats.BadFile.
    """
    module = formats.choose(format, file)
    items: list[Row | Refusal] = list(module.read(file))
    if not items:
        raise formats.BadFile(_("%(file)s holds no question.") % {"file": file.name})
    found = QuestionBank.objects.filter(slug=bank).first()
    if found is None:
        found = QuestionBank(slug=bank, name=bank) if dry_run else make_bank(slug=bank, by=by, at=at)
    run = _begin(found, publish, by, at)
    entries = list(_sound(run, items))
    for start in range(0, len(entries), BATCH):
        batch = [entry for entry in entries[start : start + BATCH] if not _is_stored(run, entry)]
        _save(run, batch, dry_run=dry_run)
        progress(min(start + BATCH, len(entries)), len(entries))
    if not dry_run:
        _write_down(run, file)
    return run.report


def _begin(bank: QuestionBank, publish: bool, by: Actor, at: datetime.datetime) -> _Import:
    existing = Question.objects.filter(bank=bank) if bank.pk else Question.objects.none()
    return _Import(
        bank=bank,
        publish=publish,
        by=by,
        at=at,
        report=Report(),
        resolver=CitationResolver(timezone.localtime(at).date()),
        points={point.name: point for point in KnowledgePoint.objects.all()},
        stored=Counter(existing.exclude(source_digest="").values_list("source_digest", flat=True)),
        twins={print_: str(uid) for print_, uid in existing.values_list("fingerprint", "uid")},
    )


def _sound(run: _Import, items: list[Row | Refusal]) -> Iterator[_Entry]:
    """The rows that can be kept, in order; what cannot is refused in the report."""
    without_keys = not any(isinstance(item, Row) and item.draft.right for item in items)
    kinds: Counter[str] = Counter()
    run.report.read = len(items)
    for item in items:
        kinds[(item.draft.kind if isinstance(item, Row) else item.kind) or "unknown"] += 1
        if isinstance(item, Refusal):
            run.report.refused.append({"where": item.where, "reason": item.reason})
            continue
        draft = item.draft.tidied()
        problems = [p for p in problems_of(draft) if not (without_keys and p.code in MAY_WAIT)]
        if problems:
            where = item.place.at(problems[0].field)
            run.report.refused.append({"where": where, "reason": problems_text(problems)})
            continue
        yield _Entry(item, draft, draft.digest(), _may_be_published(run, item, draft))
    run.report.by_kind = dict(sorted(kinds.items()))


def _may_be_published(run: _Import, row: Row, draft: Draft) -> bool:
    """Whether --publish reaches this row; says in the report what somebody should look at."""
    print_ = draft.fingerprint()
    twin = run.seen.setdefault(print_, str(row.place))
    for reason in row.notes:
        run.note(row, reason)
    doubts = doubts_of(draft) if draft.right else problems_of(draft)
    if doubts:
        run.note(row, problems_text(doubts), "key")
    if not draft.explanation:
        run.note(row, _("There is no explanation."), "explanation")
    if not draft.point:
        run.note(row, _("There is no knowledge point."), "point")
    for text in _unresolved(run, draft):
        run.note(row, text, "citations")
    point = run.points.get(draft.point)
    uncited = bool(point and point.needs_citation and not draft.citations)
    if uncited:
        run.note(row, _("Its knowledge point demands a citation; it stays a draft."), "citations")
    if twin != str(row.place):
        run.duplicate(row, twin)
        return False
    return bool(draft.right) and not uncited


def _unresolved(run: _Import, draft: Draft) -> Iterator[str]:
    """Why each citation that did not resolve did not, quoting it."""
    for text in draft.citations:
        found = run.resolver.resolve(text)
        if found.article is None:
            yield _("%(citation)s: %(reason)s") % {"citation": text[:100], "reason": found.reason}


def _is_stored(run: _Import, entry: _Entry) -> bool:
    """Whether the bank already holds exactly this row; each stored one answers for one row."""
    if run.stored[entry.digest] < 1:
        return False
    run.stored[entry.digest] -= 1
    run.report.unchanged += 1
    return True


def _twin_in_bank(run: _Import, entry: _Entry) -> bool:
    """Whether the bank holds a question that asks the same but differs (or was written by hand)."""
    uid = run.twins.get(entry.draft.fingerprint())
    if uid is None:
        return False
    run.duplicate(entry.row, _("question %(uid)s of the bank") % {"uid": uid})
    return True


def _save(run: _Import, batch: list[_Entry], *, dry_run: bool) -> None:
    for entry in batch:
        if _twin_in_bank(run, entry):
            entry.publish = False
    run.report.created += len(batch)
    if dry_run or not batch:
        return
    with transaction.atomic():
        questions = Question.objects.bulk_create([_question(run, entry) for entry in batch])
        versions = []
        for entry, question in zip(batch, questions, strict=True):
            version = version_of(
                entry.draft, number=1, point=_point(run, entry.draft.point), by=run.by, at=run.at
            )
            version.question = question
            if entry.publish and run.publish and not run.bank.needs_second_person:
                version.frozen_at = run.at
                version.approver_name = run.by.name
            versions.append(version)
        versions = QuestionVersion.objects.bulk_create(versions)
        _point_at_versions(questions)
        _save_citations(run, batch, versions)


def _question(run: _Import, entry: _Entry) -> Question:
    told = state.State.DRAFT
    if entry.publish and run.publish and run.bank.needs_second_person:
        told = state.State.IN_REVIEW
    return Question(
        bank=run.bank,
        state=told,
        search_text=entry.draft.search_text(),
        fingerprint=entry.draft.fingerprint(),
        source={**entry.row.source, "where": str(entry.row.place)},
        source_digest=entry.digest,
        created_at=run.at,
        changed_at=run.at,
    )


def _point(run: _Import, name: str) -> KnowledgePoint | None:
    if not name:
        return None
    name = name[:100]
    if name not in run.points:
        run.points[name] = KnowledgePoint.objects.get_or_create(name=name)[0]
    return run.points[name]


def _point_at_versions(questions: list[Question]) -> None:
    """Set the newest and, where it was frozen, the published version of new questions: two statements."""
    only = QuestionVersion.objects.filter(question=OuterRef("pk"))
    new = Question.objects.filter(pk__in=[question.pk for question in questions])
    new.update(latest_id=Subquery(only.values("pk")[:1]))
    new.filter(latest__frozen_at__isnull=False).update(
        published_version_id=Subquery(only.values("pk")[:1]), state=state.State.PUBLISHED
    )


def _save_citations(run: _Import, batch: list[_Entry], versions: list[QuestionVersion]) -> None:
    made: list[Citation] = []
    for entry, version in zip(batch, versions, strict=True):
        citations, _unresolved_texts = citations_of(entry.draft, run.resolver)
        for citation in citations:
            citation.version = version
        made += citations
    Citation.objects.bulk_create(made)


def _write_down(run: _Import, file: File) -> None:
    report = run.report
    audit.record(
        stream=STREAM,
        action="questions_imported",
        by=run.by,
        at=run.at,
        subject=run.bank,
        file=file.name,
        sha256=hashlib.sha256(file.data).hexdigest(),
        read=report.read,
        created=report.created,
        unchanged=report.unchanged,
        refused=len(report.refused),
    )
