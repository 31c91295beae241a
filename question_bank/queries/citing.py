"""What the library asks: which questions cite an article."""

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianbing.library.ports import Citing, cites, citing
from lianbing.people.rules import Role
from question_bank.models import Citation, Question

SEEN_BY = frozenset({Role.TRAINER, Role.LEGAL})
CHUNK = 900
TITLE = 60


@cites
def citations_in(edition_pk: int) -> int:
    """How many citations of questions point into an edition of a law: the library asks."""
    return Citation.objects.filter(article__edition=edition_pk).count()


@citing
def questions_citing(articles: Collection[int]) -> list[Citing]:
    """The questions whose newest version or version in use cites these articles. Retired ones are left out."""
    wanted = sorted(set(articles))
    found: list[Citing] = []
    states = dict(Question.State.choices)
    for start in range(0, len(wanted), CHUNK):
        cited = Citation.objects.filter(article__in=wanted[start : start + CHUNK])
        rows = (
            Question.objects.filter(
                Q(latest__citations__in=cited) | Q(published_version__citations__in=cited)
            )
            .exclude(state=Question.State.RETIRED)
            .distinct()
            .select_related("bank", "latest", "published_version")
            .order_by("pk")
        )
        by_version = _articles_of(cited)
        found += [one for question in rows for one in _citings(question, by_version, states)]
    return found


def _articles_of(cited: QuerySet[Citation]) -> dict[int, set[int]]:
    by_version: dict[int, set[int]] = {}
    for version, article in cited.order_by().values_list("version_id", "article_id"):
        by_version.setdefault(version, set()).add(article)
    return by_version


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
