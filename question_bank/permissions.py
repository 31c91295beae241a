"""Routes of the question bank, and who may do what with a question.

Banks belong to the whole bureau. Trainers write, the legal section approves; learners never come near,
because every page here shows keys.
"""

from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role
from question_bank import state
from question_bank.models import BulkEdit, Pool, Question

_READING = only(Role.TRAINER, Role.LEGAL)
_WRITING = only(Role.TRAINER)
_RULING = only(Role.LEGAL)

ROUTES: dict[str, Rule] = {
    "question_bank:home": _READING,
    "question_bank:bank": _READING,
    "question_bank:question": _READING,
    "question_bank:question_print": _READING,
    "question_bank:move": _READING,
    "question_bank:pool": _READING,
    "question_bank:picture": _READING,
    "question_bank:picture_add": _WRITING,
    "question_bank:twins": _READING,
    "question_bank:twin_settle": _READING,
    "question_bank:reports": _READING,
    "question_bank:report_answer": _READING,
    "question_bank:law_changes": _READING,
    "question_bank:law_change_say": _READING,
    "question_bank:bank_new": _WRITING,
    "question_bank:bank_print": _READING,
    "question_bank:bank_edit": _RULING,
    "question_bank:points": _RULING,
    "question_bank:point": _RULING,
    "question_bank:bulk": _READING,
    "question_bank:bulk_edits": _READING,
    "question_bank:bulk_edit": _READING,
    "question_bank:bulk_undo": _READING,
    "question_bank:coverage": _READING,
    "question_bank:discard": _WRITING,
    "question_bank:question_new": _WRITING,
    "question_bank:preview": _WRITING,
    "question_bank:question_edit": _WRITING,
    "question_bank:import": _WRITING,
    "question_bank:import_report": _WRITING,
    "question_bank:template": _WRITING,
}


def can_write(actor: Actor) -> bool:
    """Write, revise and import questions, make banks."""
    return actor.has(Role.TRAINER)


def pools_for(actor: Actor) -> frozenset[str]:
    """The pools whose questions this person may read, with their keys.

    Only those who write and approve see what is reserved for exams; every list, address and export of
    the bank is narrowed to this.
    """
    if actor.has(Role.TRAINER, Role.LEGAL):
        return frozenset(Pool.values)
    return frozenset()


def acts_for(actor: Actor) -> frozenset[str]:
    """What this person may do with many questions at once: the same as with one."""
    if can_write(actor):
        return frozenset(BulkEdit.Action.values)
    return frozenset({BulkEdit.Action.POOL, BulkEdit.Action.RETIRE}) if can_review(actor) else frozenset()


def can_discard(actor: Actor, question: Question) -> bool:
    """Give up a draft of a question that was published before."""
    draft = question.latest
    fresh = draft is not None and draft.frozen_at is None and draft.number > 1
    return can_write(actor) and fresh and question.state == Question.State.DRAFT


def can_rule(actor: Actor) -> bool:
    """Set the review rule of a bank and which points demand a citation: not those whom the rules bind."""
    return actor.has(Role.LEGAL)


def can_review(actor: Actor) -> bool:
    """Approve and send back what is in review."""
    return actor.has(Role.TRAINER, Role.LEGAL)


def can_approve(actor: Actor, question: Question) -> bool:
    """Publish this question as it is now, under its bank's own review rule."""
    version = question.latest
    if version is None or version.frozen_at or not state.may("publish", question.state):
        return False
    return can_review(actor) and state.can_approve(
        writers=frozenset(version.writers),
        approver=actor.user_id,
        people=question.bank.people_needed,
        state=question.state,
        reviewer=version.reviewer_id,
    )


def can_pass(actor: Actor, question: Question) -> bool:
    """Say after a review that a third person may publish this question."""
    version = question.latest
    if version is None or not can_review(actor) or not state.may("pass_review", question.state):
        return False
    writers, people = frozenset(version.writers), question.bank.people_needed
    return state.can_pass(writers=writers, reviewer=actor.user_id, people=people)


def moves_for(actor: Actor, question: Question) -> list[str]:
    """What this person may do with this question now: names of `state.MOVES` without revise."""
    moves = []
    if can_write(actor) and state.may("submit", question.state):
        moves.append("submit")
    if can_pass(actor, question):
        moves.append("pass_review")
    if can_approve(actor, question):
        moves.append("publish")
    if can_review(actor) and state.may("send_back", question.state):
        moves.append("send_back")
    if can_review(actor) and state.may("retire", question.state):
        moves.append("retire")
    return moves
