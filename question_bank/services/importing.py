"""Bringing a file of questions into a bank: each question by itself, and nothing twice."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from lianbing.kit import audit
from lianbing.library.queries import CitationResolver
from lianbing.people.rules import Actor
from question_bank import formats
from question_bank.formats import File, Refusal, Row
from question_bank.models import KnowledgePoint, Question, QuestionBank
from question_bank.rendering import problems_text
from question_bank.rules.draft import Draft
from question_bank.services.banks import STREAM, make_bank
from question_bank.services.building import MAY_WAIT, doubts_of, has_key, problems_of
from question_bank.services.import_likeness import warn_of_likes
from question_bank.services.import_run import Entry, Report, Run
from question_bank.services.import_storing import store

BATCH = 500
Progress = Callable[[int, int], None]


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
    waits in review; it also reaches untouched drafts an earlier run left. `dry_run` reports the same
    and saves nothing. Raises formats.BadFile.
    """
    module = formats.choose(format, file)
    items: list[Row | Refusal] = list(module.read(file))
    if not items:
        raise formats.BadFile(_("%(file)s holds no question.") % {"file": file.name})
    run = _begin(bank, publish, by, at)
    entries = list(_sound(run, items))
    warn_of_likes(run, entries)
    if entries and not dry_run and run.bank.pk is None:
        run.bank = make_bank(slug=bank, by=by, at=at)
    for start in range(0, len(entries), BATCH):
        try:
            store(run, entries[start : start + BATCH], dry_run=dry_run)
        except IntegrityError as error:
            message = _("Somebody is importing the same questions at this moment. Try again.")
            raise formats.BadFile(message) from error
        progress(min(start + BATCH, len(entries)), len(entries))
    if run.bank.pk and not dry_run:
        _write_down(run, file)
    return run.report


def _begin(slug: str, publish: bool, by: Actor, at: datetime.datetime) -> Run:
    bank = QuestionBank.objects.filter(slug=slug).first() or QuestionBank(slug=slug, name=slug)
    existing = Question.objects.filter(bank=bank) if bank.pk else Question.objects.none()
    return Run(
        bank=bank,
        publish=publish,
        by=by,
        at=at,
        resolver=CitationResolver(timezone.localtime(at).date()),
        points={point.name: point for point in KnowledgePoint.objects.all()},
        twins={print_: str(uid) for print_, uid in existing.values_list("fingerprint", "uid")},
    )


def _sound(run: Run, items: list[Row | Refusal]) -> Iterator[Entry]:
    """The rows that can be kept, in order; what cannot is refused in the report."""
    without_keys = not any(isinstance(item, Row) and has_key(item.draft) for item in items)
    kinds: Counter[str] = Counter()
    equals: Counter[str] = Counter()
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
        digest = draft.digest()
        equals[digest] += 1
        publish = _look_at(run, item, draft)
        yield Entry(item, draft, hashlib.sha256(f"{digest}{equals[digest]}".encode()).hexdigest(), publish)
    run.report.by_kind = dict(sorted(kinds.items()))


def _look_at(run: Run, row: Row, draft: Draft) -> bool:
    """Say in the report what somebody should look at; whether --publish reaches this row."""
    twin = run.seen.setdefault(draft.fingerprint(), str(row.place))
    for reason in row.notes:
        run.note(row, reason)
    keyed = has_key(draft)
    doubts = doubts_of(draft) if keyed else problems_of(draft)
    if doubts:
        run.note(row, problems_text(doubts), "key")
    if not draft.explanation:
        run.note(row, _("There is no explanation."), "explanation")
    if not draft.point:
        run.note(row, _("There is no knowledge point."), "point")
    for text in _unresolved(run, draft):
        run.note(row, text, "citations")
    point = run.points.get(draft.point)
    if not draft.citations and not (point and point.cites_none):
        run.note(row, _("It cites no article. It stands in the list of what lacks a citation."), "citations")
    if twin != str(row.place):
        run.duplicate(row, twin)
        return False
    return keyed


def _unresolved(run: Run, draft: Draft) -> Iterator[str]:
    """Why a citation did not resolve, or what is doubtful where it did, quoting it."""
    for text in draft.citations:
        found = run.resolver.resolve(text)
        reason = found.reason
        if found.doubtful:
            reason = _("That edition is a draft nobody has checked yet.")
        if found.article is None or found.doubtful:
            yield _("%(citation)s: %(reason)s") % {"citation": text[:100], "reason": reason}


def _write_down(run: Run, file: File) -> None:
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
