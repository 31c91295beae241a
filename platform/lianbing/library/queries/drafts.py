"""Law texts that are being written: what they would become, who wrote them, what waits for the legal section."""

import datetime
import hashlib
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from wagtail.models import TaskState, WorkflowState

from lianbing.kit.models import AuditRecord
from lianbing.library.models import Law, LawDraft, LawEdition
from lianbing.library.queries.comparing import articles_of, kept
from lianbing.library.queries.laws import refusal_of
from lianbing.library.queries.timelines import line_of
from lianbing.library.rules import diff, law_draft
from lianbing.library.rules.diff import Comparison
from lianbing.library.rules.findings import Finding, NotALaw, Unreadable, finding
from lianbing.library.rules.law_draft import Words
from lianbing.library.rules.law_tree import LawText
from lianbing.library.rules.placing import Place, Shelf, ShelfEdition, ShelfLaw, law_slug, place


@dataclass(frozen=True)
class Examined:
    """What a draft would become. With `failure` it can become nothing; `doubts` somebody must have looked at."""

    text: LawText | None = None
    where: Place | None = None
    failure: Finding | None = None

    @property
    def doubts(self) -> tuple[Finding, ...]:
        return self.text.doubts if self.text else ()


def words_of(draft: LawDraft) -> Words:
    """The fields of a draft as the rules read them."""
    return Words(
        title=draft.title,
        subtitle=draft.subtitle,
        level=draft.level,
        issuing_body=draft.issuing_body,
        document_number=draft.document_number,
        published_on=draft.published_on,
        effective_on=draft.effective_on,
        history=draft.history,
        body=draft.body,
    )


def examine(draft: LawDraft) -> Examined:
    """Parse a draft and find its place among the laws. At most four statements."""
    try:
        text = law_draft.read(words_of(draft))
    except (NotALaw, Unreadable) as problem:
        return Examined(failure=problem.finding)
    if text.published_on is None:
        return Examined(text, failure=finding("no_date"))
    if text.effective_on and text.effective_on < text.published_on:
        return Examined(text, failure=finding("effective_before_published"))
    where = place(_shelf_for(text), text, digest(text))
    failure = (
        finding("already_there", edition=where.edition_slug) if where.unchanged else refusal_of(where, text)
    )
    return Examined(text, where, failure)


def digest(text: LawText) -> str:
    """What tells one source text from another."""
    return hashlib.sha256(text.source.encode()).hexdigest()


def _shelf_for(text: LawText) -> Shelf:
    """The part of the shelf on which this text's place is decided."""
    shelf = Shelf(slugs=set(_slugs_like(law_slug(text.title, text.subtitle))))
    law = Law.objects.filter(title=text.title, subtitle=text.subtitle).first()
    if law is not None:
        known = ShelfLaw(law.slug, law.pk)
        for slug, published_on, sha256, status in law.editions.values_list(
            "slug", "published_on", "sha256", "status"
        ):
            withdrawn = status == LawEdition.Status.WITHDRAWN
            known.editions.append(ShelfEdition(slug, published_on, sha256, withdrawn))
        shelf.laws[text.title, text.subtitle] = known
    return shelf


def _slugs_like(slug: str) -> QuerySet[Law, str]:
    return Law.objects.filter(slug__startswith=slug).values_list("slug", flat=True)


def predecessor(draft: LawDraft, on: datetime.date) -> LawEdition | None:
    """The edition a draft is compared with: the one that holds on `on`, else the last before, else its origin."""
    law = Law.objects.filter(title=draft.title.strip(), subtitle=draft.subtitle.strip()).first()
    if law is None:
        return draft.based_on
    line = line_of(law)
    return line.on(on) or line.before(on) or line.after(on) or draft.based_on


def compare_with(edition: LawEdition | None, text: LawText) -> Comparison:
    """What a text changes against an edition; against none everything is new."""
    if edition is None:
        return diff.compare([], text.articles)
    return kept(edition.sha256, digest(text), lambda: diff.compare(list(articles_of(edition)), text.articles))


def authors_of(draft: LawDraft) -> set[int]:
    """The accounts that wrote or submitted a draft: every revision counts."""
    wrote = set(draft.revisions.values_list("user_id", flat=True))
    asked = set(draft.workflow_states.values_list("requested_by_id", flat=True))
    return {pk for pk in wrote | asked if pk is not None}


def waiting_state(draft: LawDraft) -> TaskState | None:
    """The review of a draft that is open, with the revision it is about."""
    return (
        TaskState.objects.for_instance(draft)
        .filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
        .select_related("revision", "workflow_state__requested_by", "task")
        .first()
    )


def decisions_on(draft: LawDraft) -> list[TaskState]:
    """What the legal section said about a draft so far, newest first."""
    done = TaskState.objects.for_instance(draft).exclude(status=TaskState.STATUS_IN_PROGRESS)
    return list(done.select_related("finished_by").order_by("-finished_at", "-pk"))


def open_drafts() -> QuerySet[LawDraft]:
    """Drafts that have not become an edition, newest first, without their texts."""
    return (
        LawDraft.objects.filter(edition=None).select_related("latest_revision__user").defer("body", "history")
    )


def waiting_drafts() -> QuerySet[LawDraft]:
    """Drafts that lie with the legal section."""
    states = WorkflowState.objects.filter(
        Q(status=WorkflowState.STATUS_IN_PROGRESS),
        base_content_type__app_label=LawDraft._meta.app_label,
        base_content_type__model=LawDraft._meta.model_name,
    )
    return open_drafts().filter(pk__in=[int(pk) for pk in states.values_list("object_id", flat=True)])


def acts_on(edition: LawEdition) -> list[AuditRecord]:
    """What the audit trail holds of an edition and of the draft it was made of, newest first. Two statements."""
    draft = LawDraft.objects.filter(edition=edition).values_list("pk", flat=True).first()
    about = Q(subject_type=LawEdition._meta.label_lower, subject_id=str(edition.pk))
    if draft is not None:
        about |= Q(subject_type=LawDraft._meta.label_lower, subject_id=str(draft))
    return list(AuditRecord.objects.filter(about, stream="library").order_by("-pk"))
