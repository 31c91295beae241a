"""What the library asks: which questions cite an article."""

from lianbing.library.ports import cites
from question_bank.models import Citation


@cites
def citations_in(edition_pk: int) -> int:
    """How many citations of questions point into an edition of a law: the library asks."""
    return Citation.objects.filter(article__edition=edition_pk).count()
