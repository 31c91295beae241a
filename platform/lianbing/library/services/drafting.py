"""From a text in the editor to a published edition: by two people, each step on record (docs/decisions/0014)."""

import datetime
import logging

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from lianbing.kit import audit
from lianbing.library import permissions, queries
from lianbing.library.models import LawDraft, LawEdition
from lianbing.library.queries.drafts import Examined, digest, examine
from lianbing.library.rendering.reasons import say
from lianbing.library.rules import law_draft
from lianbing.library.rules.findings import Unreadable, finding
from lianbing.library.services import effective
from lianbing.library.services.importing import save_edition
from lianbing.people.models import User
from lianbing.people.rules import SYSTEM, Actor

logger = logging.getLogger("lianbing.library")


class ReviewRefused(Exception):
    """The person may not decide this. `code`: role (not of the legal section) or author (wrote it)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotWaiting(Exception):
    """The draft does not lie with the legal section (any more): somebody else was faster, or took it back."""


class DoubtsOpen(Exception):
    """The text is doubtful and nobody said that the doubtful places were compared with the official text."""


@transaction.atomic
def draft_from(*, edition: LawEdition, by: Actor, at: datetime.datetime) -> LawDraft:
    """A new draft with the words of a published edition, to write the next one. Its dates stay open."""
    draft = LawDraft.objects.create(
        title=edition.law.title,
        subtitle=edition.law.subtitle,
        level=edition.law.level,
        issuing_body=edition.issuing_body,
        history="\n".join(event["text"] for event in edition.history),
        body=law_draft.body_of(edition.source_text),
        based_on=edition,
        live=False,
        has_unpublished_changes=True,
    )
    draft.save_revision(user=_user(by), clean=False)
    audit.record(stream="library", action="begin_draft", by=by, at=at, subject=draft, edition=str(edition))
    return draft


@transaction.atomic
def approve_draft(
    *, draft: LawDraft, comment: str = "", doubts_checked: bool = False, by: Actor, at: datetime.datetime
) -> LawEdition | None:
    """Approve what was submitted. It becomes an edition at once, or on its day to go live (then None).

    Raises ReviewRefused, NotWaiting, DoubtsOpen, or Unreadable for a text that can become no edition.
    """
    state = _decidable(draft, by)
    seen = examine(state.revision.as_object())
    if seen.failure:
        raise Unreadable(seen.failure)
    if seen.doubts and not doubts_checked:
        raise DoubtsOpen
    _decide(state, TaskState.STATUS_APPROVED, comment, by)
    codes = [doubt.code for doubt in seen.doubts]
    audit.record(
        stream="library", action="approve_draft", by=by, at=at, subject=draft, reason=comment, doubts=codes
    )
    state.revision.publish(user=_user(by), skip_permission_checks=True)
    draft.refresh_from_db()
    return publish_edition(draft=draft, by=by, at=at) if draft.live else None


@transaction.atomic
def send_back_draft(*, draft: LawDraft, comment: str, by: Actor, at: datetime.datetime) -> None:
    """Send a draft back to its author with a comment. Raises ReviewRefused or NotWaiting."""
    state = _decidable(draft, by)
    _decide(state, TaskState.STATUS_REJECTED, comment, by)
    audit.record(stream="library", action="send_back_draft", by=by, at=at, subject=draft, reason=comment)


def _decidable(draft: LawDraft, by: Actor) -> TaskState:
    """The open review of a draft, locked against a second decision."""
    if not permissions.can_keep(by):
        raise ReviewRefused("role")
    LawDraft.objects.select_for_update().get(pk=draft.pk)
    state = queries.waiting_state(draft)
    if state is None:
        raise NotWaiting
    if by.user_id in queries.authors_of(draft):
        raise ReviewRefused("author")
    return state


def _decide(state: TaskState, status: str, comment: str, by: Actor) -> None:
    """Write the decision where Wagtail's history shows it. Wagtail's own way on would publish unasked."""
    user = _user(by)
    flow = state.workflow_state
    if status == TaskState.STATUS_APPROVED:
        state.approve(user=user, update=False, comment=comment)
        flow.status = WorkflowState.STATUS_APPROVED
    else:
        state.reject(user=user, update=False, comment=comment)
        flow.status = WorkflowState.STATUS_NEEDS_CHANGES
    flow.save()


def _user(by: Actor) -> User:
    """The account of a person; nobody without one writes or decides."""
    assert by.user_id is not None
    return User.objects.get(pk=by.user_id)


@transaction.atomic
def publish_edition(*, draft: LawDraft, by: Actor, at: datetime.datetime) -> LawEdition:
    """Make the edition of a draft that was approved and is live, with its articles, exactly once.

    Raises NotWaiting when there is nothing to publish, Unreadable when its place was taken meanwhile.
    """
    approval = _approval(draft)
    if draft.edition_id or not draft.live or approval is None:
        raise NotWaiting
    seen = examine(draft)
    if seen.failure or seen.text is None or seen.where is None:
        raise Unreadable(seen.failure or finding("no_articles"))
    edition = _save(seen, draft, approval, by, at)
    if LawDraft.objects.filter(pk=draft.pk, edition=None).update(edition=edition) != 1:
        raise NotWaiting
    draft.edition = edition
    effective.settle(law=edition.law_id, at=at)
    return edition


def _approval(draft: LawDraft) -> TaskState | None:
    """The approval of exactly the revision that is live."""
    approved = TaskState.objects.for_instance(draft).filter(
        revision=draft.live_revision_id, status=TaskState.STATUS_APPROVED
    )
    return approved.select_related("finished_by").first()


def _save(
    seen: Examined, draft: LawDraft, approval: TaskState, by: Actor, at: datetime.datetime
) -> LawEdition:
    assert seen.text is not None
    assert seen.where is not None
    authors = User.objects.filter(pk__in=queries.authors_of(draft)).order_by("pk")
    try:
        return save_edition(
            seen.text,
            seen.where,
            sha256=digest(seen.text),
            file_name="",
            by=by,
            at=at,
            action="publish_edition",
            checked=True,
            draft=draft.pk,
            written_by=[str(user) for user in authors],
            approved_by=str(approval.finished_by),
        )
    except IntegrityError:
        raise Unreadable(finding("saved_meanwhile")) from None


def publish_due(*, at: datetime.datetime) -> int:
    """Publish approved drafts whose day to go live has come. Returns how many editions came of it.

    One whose place was taken meanwhile is taken from the calendar, with the reason on record.
    """
    due = Revision.objects.filter(
        approved_go_live_at__lte=at, base_content_type__model=LawDraft._meta.model_name
    )
    return sum(_publish_scheduled(revision, at) for revision in due.order_by("approved_go_live_at", "pk"))


def _publish_scheduled(revision: Revision, at: datetime.datetime) -> bool:
    draft = revision.content_object
    try:
        with transaction.atomic():
            revision.publish(skip_permission_checks=True)
            draft.refresh_from_db()
            publish_edition(draft=draft, by=SYSTEM, at=at)
    except (Unreadable, NotWaiting) as problem:
        reason = say(problem.finding) if isinstance(problem, Unreadable) else ""
        logger.warning("draft %s was not published on %s: %s", draft.pk, timezone.localtime(at), reason)
        with transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            audit.record(
                stream="library", action="publication_failed", by=SYSTEM, at=at, subject=draft, reason=reason
            )
        return False
    return True
