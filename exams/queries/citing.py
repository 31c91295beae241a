"""Which sittings a change of law touches: their frozen papers hold questions that cite what changes."""

from collections import defaultdict
from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exams.models import Sitting, VersionUse
from lianbing.kit import clock
from lianbing.library.ports import Citing, citing
from lianbing.people.rules import Role
from question_bank.queries.cited import versions_citing
from question_bank.queries.law_changes import stopped

SEEN_BY = frozenset({Role.LEGAL, Role.EXAM_ADMINISTRATOR})
OPENED_BY = frozenset({Role.EXAM_ADMINISTRATOR})
CHUNK = 900


@citing
def sittings_citing(articles: Collection[int]) -> list[Citing]:
    """Sittings with papers that hold versions citing these articles; those not over yet lie ahead."""
    cited = versions_citing(articles)
    if not cited:
        return []
    touched: dict[tuple[Sitting, int], list[int]] = defaultdict(list)
    wanted = sorted(cited)
    for start in range(0, len(wanted), CHUNK):
        rows = VersionUse.objects.filter(
            version__in=wanted[start : start + CHUNK], sitting__is_rehearsal=False
        )
        for use in rows.select_related("sitting__blueprint").order_by("sitting__opens_at", "pk"):
            for article in cited[use.version_id]:
                touched[use.sitting, article].append(use.papers)
    now = clock.now()
    return [
        _citing(sitting, article, counts, ahead=sitting.closes_at > now)
        for (sitting, article), counts in touched.items()
    ]


def _citing(sitting: Sitting, article: int, counts: list[int], *, ahead: bool) -> Citing:
    day = timezone.localtime(sitting.opens_at).date().isoformat()
    when = _("not over yet, opens on %(day)s") if ahead else _("held on %(day)s")
    papers = ngettext("on up to %(count)d paper", "on up to %(count)d papers", sum(counts)) % {
        "count": sum(counts)
    }
    return Citing(
        article,
        "sitting",
        gettext_lazy("Sitting with frozen papers"),
        f"{sitting.title} ({sitting.blueprint.title})",
        reverse("exams:sitting", args=[sitting.uid]),
        note=_("%(when)s, %(papers)s") % {"when": when % {"day": day}, "papers": papers},
        uid=str(sitting.uid),
        seen_by=SEEN_BY,
        opened_by=OPENED_BY,
        coming=ahead,
    )


def lapsing(sitting: Sitting) -> int:
    """How many questions on the frozen papers will rest on changed law by the day the sitting closes."""
    day = timezone.localtime(sitting.closes_at).date()
    return VersionUse.objects.filter(sitting=sitting, version__in=stopped(day)).count()
