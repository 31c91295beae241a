"""Writing cases and approving them: drafts by the legal section and trainers, approval by a second person.

Nothing that says who somebody is is ever stored, not in a draft either.
"""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from lianbing.kit import audit, bigrams
from lianbing.library import permissions, ports
from lianbing.library.models import CaseArticle, CaseCard, CaseQuestion, CaseStory, CaseWithdrawal
from lianbing.library.queries import CitationResolver
from lianbing.library.queries.cases import cards_to_tie
from lianbing.library.rules.cards import Fault, basis_lines
from lianbing.library.rules.cases import TEXTS, CaseText, Place, examine, giveaways
from lianbing.library.services.cases_index import forget_case, index_case
from lianbing.people.rules import Actor

STREAM = "library"


class CaseRefused(Exception):
    """The words of a case cannot stand. `faults` says everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__([fault.code for fault in faults])
        self.faults = list(faults)


class PersonNamed(Exception):
    """The words of a case say who somebody is, at these `places`."""

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__([(place.field, place.kind) for place in places])
        self.places = list(places)


class CaseMoved(Exception):
    """Somebody else changed, approved, discarded, replaced or withdrew the case meanwhile."""


class SecondPersonNeeded(Exception):
    """`code`: role (not of the legal section), author (wrote it)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def faults_of(text: CaseText, today: datetime.date) -> list[Fault]:
    """Everything that keeps a case from standing. A statement for the cards, and what the questions cost."""
    found = examine(text, today)
    if text.kind not in CaseStory.Kind.values:
        found.append(Fault("kind", "case_kind"))
    held = cards_to_tie(text.cards)
    found += [Fault("cards", "card", code[:40]) for code in text.cards if code not in held]
    source = ports.check_source()
    offered = {one.key for one in source.named(text.questions)} if source and text.questions else set()
    if any(key not in offered for key in text.questions):
        found.append(Fault("questions", "question"))
    return found


@transaction.atomic
def save_draft(
    *,
    text: CaseText,
    story: CaseStory | None = None,
    replaces: CaseStory | None = None,
    seen: int = 0,
    by: Actor,
    at: datetime.datetime,
) -> CaseStory:
    """Keep the words of a case as a draft: a new one, or `story` as it was shown at its save number `seen`.

    `replaces`: the approved case a new draft is to take the place of. Raises CaseRefused, PersonNamed; CaseMoved
    when the draft is another by now, or the case to be replaced has a successor already.
    """
    if faults := faults_of(text, timezone.localtime(at).date()):
        raise CaseRefused(faults)
    if places := giveaways(text):
        raise PersonNamed(places)
    words = {name: getattr(text, name) for name in (*TEXTS, "kind", "dated")}
    words["search_text"] = bigrams.fold("\n".join(getattr(text, name) for name in TEXTS))
    kept = _change(story, seen, words, by, at) if story else _begin(replaces, words, by, at)
    _tie(kept, text, at)
    audit.record(stream=STREAM, action="write_case", by=by, at=at, subject=kept)
    return kept


def _begin(
    replaces: CaseStory | None, words: dict[str, object], by: Actor, at: datetime.datetime
) -> CaseStory:
    if replaces is not None and (
        not _is_readable(replaces) or CaseStory.objects.filter(replaces=replaces).exists()
    ):
        raise CaseMoved
    try:
        with transaction.atomic():
            return CaseStory.objects.create(
                **words,
                replaces=replaces,
                author_name=by.name[:50],
                writers=[by.user_id] if by.user_id else [],
                created_at=at,
                changed_at=at,
            )
    except IntegrityError:
        raise CaseMoved from None


def _change(
    story: CaseStory, seen: int, words: dict[str, object], by: Actor, at: datetime.datetime
) -> CaseStory:
    """Exactly the draft that was shown takes the new words."""
    writers = sorted({*story.writers, *([by.user_id] if by.user_id else [])})
    shown = CaseStory.objects.filter(pk=story.pk, state=CaseStory.State.DRAFT, edits=seen)
    done = shown.update(
        **words, author_name=by.name[:50], writers=writers, returned="", edits=seen + 1, changed_at=at
    )
    if done != 1:
        raise CaseMoved
    story.refresh_from_db()
    return story


def _tie(story: CaseStory, text: CaseText, at: datetime.datetime) -> None:
    """Cards, questions and articles of a draft, anew."""
    for rows in (story.tied_cards, story.questions, story.articles):
        rows.all().delete()
    held = cards_to_tie(text.cards)
    CaseCard.objects.bulk_create(CaseCard(story=story, card=card) for card in held.values())
    CaseQuestion.objects.bulk_create(
        CaseQuestion(story=story, position=place, key=key)
        for place, key in enumerate(dict.fromkeys(text.questions))
    )
    _note_articles(story, at)


def _note_articles(story: CaseStory, at: datetime.datetime) -> None:
    """Store the articles the basis means on the day, those not stored yet."""
    lines = basis_lines(story.basis)
    resolver = CitationResolver(timezone.localtime(at).date())
    resolver.prepare(lines)
    meant = {a.pk for line in lines for found in resolver.resolve_all(line) for a in found.articles}
    CaseArticle.objects.bulk_create(
        [CaseArticle(story=story, article_id=article, found_at=at) for article in sorted(meant)],
        ignore_conflicts=True,
    )


@transaction.atomic
def submit(*, story: CaseStory, by: Actor, at: datetime.datetime) -> None:
    """Give a draft to the legal section. Raises CaseMoved when it is no draft any more."""
    _move(story, CaseStory.State.DRAFT, CaseStory.State.IN_REVIEW, at)
    audit.record(stream=STREAM, action="submit_case", by=by, at=at, subject=story)


@transaction.atomic
def take_back(*, story: CaseStory, by: Actor, at: datetime.datetime) -> None:
    """Take a case back from the legal section to write on. Raises CaseMoved when it does not lie there."""
    _move(story, CaseStory.State.IN_REVIEW, CaseStory.State.DRAFT, at)
    audit.record(stream=STREAM, action="take_back_case", by=by, at=at, subject=story)


@transaction.atomic
def send_back(*, story: CaseStory, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Send a case back to who wrote it. Raises SecondPersonNeeded, CaseMoved."""
    if not permissions.can_keep(by):
        raise SecondPersonNeeded("role")
    _move(story, CaseStory.State.IN_REVIEW, CaseStory.State.DRAFT, at)
    CaseStory.objects.filter(pk=story.pk, approved_at=None).update(returned=reason[:300])
    audit.record(stream=STREAM, action="send_back_case", by=by, at=at, subject=story, reason=reason)


def _move(story: CaseStory, old: str, new: str, at: datetime.datetime) -> None:
    """Exactly one person takes a case from one state to another."""
    if CaseStory.objects.filter(pk=story.pk, state=old).update(state=new, changed_at=at) != 1:
        raise CaseMoved


@transaction.atomic
def approve(*, story: CaseStory, seen: int, by: Actor, at: datetime.datetime) -> CaseStory:
    """Freeze a case and let everybody read it; the case it replaces is withdrawn.

    Raises SecondPersonNeeded, PersonNamed, CaseMoved.
    """
    if not permissions.can_keep(by) or by.user_id is None:
        raise SecondPersonNeeded("role")
    story = CaseStory.objects.select_related("replaces").get(pk=story.pk)
    if by.user_id in story.writers:
        raise SecondPersonNeeded("author")
    if places := giveaways(text_of(story)):
        raise PersonNamed(places)
    _note_articles(story, at)
    waits = CaseStory.objects.filter(pk=story.pk, state=CaseStory.State.IN_REVIEW, edits=seen)
    done = waits.update(
        state=CaseStory.State.APPROVED,
        approved_at=at,
        approver=by.user_id,
        approver_name=by.name[:50],
        changed_at=at,
    )
    if done != 1:
        raise CaseMoved
    story.refresh_from_db()
    if story.replaces is not None and _is_readable(story.replaces):
        _withdraw(story.replaces, story.title, by, at, replaced=True)
    index_case(story=story)
    audit.record(stream=STREAM, action="approve_case", by=by, at=at, subject=story)
    return story


def text_of(story: CaseStory) -> CaseText:
    """A case as the rules see it. Reads its cards and questions."""
    words = {name: getattr(story, name) for name in (*TEXTS, "kind", "dated")}
    return CaseText(
        **words,
        cards=tuple(tied.card.code for tied in story.tied_cards.select_related("card")),
        questions=tuple(story.questions.values_list("key", flat=True)),
    )


def _is_readable(story: CaseStory) -> bool:
    """Whether everybody reads this case."""
    approved = story.state == CaseStory.State.APPROVED
    return approved and not CaseWithdrawal.objects.filter(story=story).exists()


@transaction.atomic
def discard_draft(*, story: CaseStory, by: Actor, at: datetime.datetime) -> None:
    """Throw a draft away. Raises CaseMoved when it lies with the legal section or is approved."""
    story = CaseStory.objects.select_for_update().get(pk=story.pk)
    if story.state != CaseStory.State.DRAFT:
        raise CaseMoved
    audit.record(stream=STREAM, action="discard_case", by=by, at=at, subject=story)
    story.delete()


@transaction.atomic
def withdraw(*, story: CaseStory, reason: str, by: Actor, at: datetime.datetime) -> CaseWithdrawal:
    """Let nobody read a case any more. Raises SecondPersonNeeded; CaseMoved when it is not being read."""
    if not permissions.can_keep(by):
        raise SecondPersonNeeded("role")
    if not _is_readable(story):
        raise CaseMoved
    return _withdraw(story, reason, by, at)


def _withdraw(
    story: CaseStory, reason: str, by: Actor, at: datetime.datetime, *, replaced: bool = False
) -> CaseWithdrawal:
    """Two people withdraw it once: the table holds one row for a case."""
    try:
        with transaction.atomic():
            row = CaseWithdrawal.objects.create(
                story=story, at=at, by_name=by.name[:50], reason=reason[:200], replaced=replaced
            )
    except IntegrityError:
        raise CaseMoved from None
    forget_case(story=story)
    audit.record(stream=STREAM, action="withdraw_case", by=by, at=at, subject=story, reason=reason)
    return row
