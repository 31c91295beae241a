"""What the library asks: which questions cite an article."""

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianbing.library.ports import Citing, cites, citing
from lianbing.people.rules import Role
from question_bank.models import Citation, Question
from question_bank.queries.cited import chunks, versions_citing

SEEN_BY = frozenset({Role.TRAINER, Role.LEGAL})
TITLE = 60


@cites
def citations_in(edition_pk: int) -> int:
    """How many citations of questions mean articles of an edition, or all of it: the library asks."""
    return Citation.objects.filter(cited_articles__article__edition=edition_pk).distinct().count()


@citing
def questions_citing(articles: Collection[int]) -> list[Citing]:
    """The questions whose newest version or version in use means these articles. Retired ones are left out.

    A question that cites a whole law stands once, at the first article of it that is asked for.
    """
    by_version = versions_citing(articles)
    states = dict(Question.State.choices)
    found: dict[int, Question] = {}
    for part in chunks(sorted(by_version)):
        rows = (
            Question.objects.filter(Q(latest__in=part) | Q(published_version__in=part))
            .exclude(state=Question.State.RETIRED)
            .select_related("bank", "latest", "published_version")
        )
        found |= {question.pk: question for question in rows}
    return [one for pk in sorted(found) for one in _citings(found[pk], by_version, states)]


def _citings(
    question: Question, by_version: Mapping[int, set[int]], states: Mapping[str, object]
) -> list[Citing]:
    shown = question.published_version or question.latest
    assert shown is not None
    in_use = by_version.get(question.published_version_id or 0, set())
    touched = in_use | by_version.get(question.latest_id or 0, set())
    stem = str(shown.content.get("stem", ""))
    return [
        Citing(
            article,
            "question",
            gettext_lazy("Question"),
            f"{stem[:TITLE]}…" if len(stem) > TITLE else stem,
            question.get_absolute_url(),
            note=_("%(bank)s, %(state)s")
            % {"bank": question.bank, "state": _("in use") if article in in_use else states[question.state]},
            uid=str(question.uid),
            seen_by=SEEN_BY,
        )
        for article in sorted(touched)
    ]
