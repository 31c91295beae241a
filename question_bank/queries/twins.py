"""Near-duplicates, for the pages that show them side by side."""

from django.db.models import Q, QuerySet

from lianbing.people.rules import Actor
from question_bank.models import Question, QuestionBank, Twin
from question_bank.permissions import pools_for
from question_bank.state import State


def twins(actor: Actor, bank: QuestionBank | None = None) -> QuerySet[Twin]:
    """Unsettled pairs of questions that are still in use or may be, the most alike first."""
    pools = pools_for(actor)
    found = (
        Twin.objects.filter(settled_at=None, older__pool__in=pools, newer__pool__in=pools)
        .exclude(Q(older__state=State.RETIRED) | Q(newer__state=State.RETIRED))
        .select_related("older__latest", "older__bank", "newer__latest", "newer__bank")
    )
    return found.filter(Q(older__bank=bank) | Q(newer__bank=bank)) if bank else found


def twins_of(question: Question, actor: Actor) -> list[Twin]:
    """The unsettled pairs in which a question stands, the most alike first; at most five."""
    return list(twins(actor).filter(Q(older=question) | Q(newer=question))[:5])
