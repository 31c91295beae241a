"""Citations of questions that lead nowhere: the library lists them, and what is found meanwhile is stored."""

import datetime
from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianbing.library.ports import Waiting, WaitingSource, waiting_citations
from question_bank.models import Citation, Question
from question_bank.services.cited import look_again


def _waiting() -> Iterator[Waiting]:
    """What the newest version or the one in use cites in vain; retired questions and old versions do not count."""
    shown = Q(version=F("version__question__latest")) | Q(version=F("version__question__published_version"))
    rows = (
        Citation.objects.filter(shown, gap__isnull=False)
        .exclude(version__question__state=Question.State.RETIRED)
        .order_by("pk")
        .values_list("pk", "text", "version__content", "version__question__uid", "version__frozen_at")
    )
    for pk, text, content, uid, frozen_at in rows:
        address = reverse("question_bank:question", args=[uid])
        on = timezone.localtime(frozen_at).date() if frozen_at else None
        yield Waiting(str(pk), text, str(content.get("stem", ""))[:80], address, on)


def _settle(at: datetime.datetime) -> int:
    return look_again(at=at)


waiting_citations(WaitingSource("question", _("Questions"), _waiting, _settle))
