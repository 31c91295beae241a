"""Storing a batch of an import in a handful of statements."""

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from question_bank.models import Citation, KnowledgePoint, Question, QuestionVersion
from question_bank.services.banks import point_named
from question_bank.services.building import citations_of, version_of
from question_bank.services.cited import Meant, note_cited
from question_bank.services.import_run import Entry, Run
from question_bank.services.likeness import note_likeness
from question_bank.state import State


def store(run: Run, entries: list[Entry], *, dry_run: bool) -> None:
    """Store what the bank does not hold yet, in one transaction; a dry run only counts."""
    with transaction.atomic():
        held = _held(run, entries)
        run.report.unchanged += len(held)
        fresh = [entry for entry in entries if entry.digest not in held]
        run.report.created += len(fresh)
        for entry in fresh:
            _look_for_twin(run, entry)
        if dry_run:
            return
        questions = Question.objects.bulk_create([_question(run, entry) for entry in fresh])
        versions = QuestionVersion.objects.bulk_create(
            [_version(run, entry, question) for entry, question in zip(fresh, questions, strict=True)]
        )
        _store_citations(run, fresh, versions)
        _point_at_versions(questions)
        note_likeness(questions=[question.pk for question in questions], at=run.at)
        wanted = [entry.digest for entry in entries if entry.publish]
        if run.publish:
            _put_in_use(run, wanted)


def _held(run: Run, entries: list[Entry]) -> set[str]:
    """Which of these rows the bank already holds exactly so."""
    if run.bank.pk is None:
        return set()
    digests = [entry.digest for entry in entries]
    rows = Question.objects.filter(bank=run.bank, source_digest__in=digests)
    return set(rows.values_list("source_digest", flat=True))


def _look_for_twin(run: Run, entry: Entry) -> None:
    """A question of the bank that asks the same but differs, or was written by hand, keeps this a draft."""
    uid = run.twins.get(entry.draft.fingerprint())
    if uid is not None:
        run.duplicate(entry.row, _("question %(uid)s of the bank") % {"uid": uid})
        entry.publish = False


def _question(run: Run, entry: Entry) -> Question:
    return Question(
        bank=run.bank,
        pool=run.bank.default_pool,
        search_text=entry.draft.search_text(),
        fingerprint=entry.draft.fingerprint(),
        source={**entry.row.source, "where": str(entry.row.place)},
        source_digest=entry.digest,
        created_at=run.at,
        changed_at=run.at,
    )


def _version(run: Run, entry: Entry, question: Question) -> QuestionVersion:
    point = _point(run, entry.draft.point)
    version = version_of(entry.draft, number=1, point=point, by=run.by, at=run.at)
    version.question = question
    return version


def _point(run: Run, name: str) -> KnowledgePoint | None:
    if not name:
        return None
    if name not in run.points:
        made = point_named(name)
        assert made is not None
        run.points[name] = made
    return run.points[name]


def _store_citations(run: Run, entries: list[Entry], versions: list[QuestionVersion]) -> None:
    made: list[tuple[Citation, Meant]] = []
    for entry, version in zip(entries, versions, strict=True):
        citations = citations_of(entry.draft, run.resolver)
        for citation, _meant in citations:
            citation.version = version
        made += citations
    Citation.objects.bulk_create([citation for citation, _meant in made])
    note_cited(made, at=run.at)


def _point_at_versions(questions: list[Question]) -> None:
    only = QuestionVersion.objects.filter(question=OuterRef("pk"))
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(
        latest_id=Subquery(only.values("pk")[:1])
    )


def _put_in_use(run: Run, digests: list[str]) -> None:
    """Publish the untouched first drafts of these rows, or hand them in where a second person approves."""
    untouched = Question.objects.filter(
        bank=run.bank,
        source_digest__in=digests,
        state=State.DRAFT,
        latest__number=1,
        latest__edits=1,
        latest__frozen_at=None,
    )
    wanted = list(untouched.values_list("pk", flat=True))
    moved = Question.objects.filter(pk__in=wanted, state=State.DRAFT)
    if run.bank.people_needed > 1:
        moved.update(state=State.IN_REVIEW, changed_at=run.at)
        return
    QuestionVersion.objects.filter(question__in=wanted, number=1, frozen_at=None).update(
        frozen_at=run.at, approver_name=run.by.name
    )
    only = QuestionVersion.objects.filter(question=OuterRef("pk"), number=1)
    moved.update(
        state=State.PUBLISHED, published_version_id=Subquery(only.values("pk")[:1]), changed_at=run.at
    )
