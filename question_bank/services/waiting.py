"""Citations of questions without an article: the library lists them, and stores what it finds meanwhile."""

from collections.abc import Iterator, Mapping

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianbing.library.ports import Waiting, WaitingSource, waiting_citations
from question_bank.models import Citation, Question

CHUNK = 500


def _waiting() -> Iterator[Waiting]:
    """What the newest version or the one in use cites in vain; retired questions and old versions do not count."""
    shown = Q(version=F("version__question__latest")) | Q(version=F("version__question__published_version"))
    rows = (
        Citation.objects.filter(shown, article=None)
        .exclude(version__question__state=Question.State.RETIRED)
        .order_by("pk")
        .values_list("pk", "text", "version__content", "version__question__uid")
    )
    for pk, text, content, uid in rows:
        address = reverse("question_bank:question", args=[uid])
        yield Waiting(str(pk), text, str(content.get("stem", ""))[:80], address)


def _settle(found: Mapping[str, int]) -> int:
    """Store the articles with drafts. A frozen version keeps its words; its page finds the article as it is read."""
    drafts = Citation.objects.filter(article=None, version__frozen_at=None)
    open_pks = [int(key) for key in found]
    stored = 0
    for start in range(0, len(open_pks), CHUNK):
        batch = list(drafts.filter(pk__in=open_pks[start : start + CHUNK]))
        for citation in batch:
            citation.article_id = found[str(citation.pk)]
        stored += Citation.objects.bulk_update(batch, ["article"]) if batch else 0
    return stored


waiting_citations(WaitingSource("question", _("Questions"), _waiting, _settle))
