"""News from the exams: released results become certificates."""

import datetime
import logging
from typing import Any

from certificates.services.issuing import NotReleased, award
from exams.models import Sitting
from lianbing.kit.outbox import receive
from lianbing.people.rules import SYSTEM

logger = logging.getLogger("lianbing.certificates")


@receive("results_published")
def award_passes(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Award the certificates of a released sitting. Delivered twice, it awards once."""
    sitting = Sitting.objects.filter(uid=payload["sitting"]).first()
    if sitting is None or sitting.is_rehearsal:
        return  # a rehearsal that has been purged, or is tagged to count nowhere
    try:
        report = award(sitting=sitting, by=SYSTEM, at=at)
    except NotReleased:
        logger.warning("sitting %s was announced but is not released", sitting.uid)
        return
    if report.issued:
        logger.info("sitting %s: %s certificates", sitting.uid, len(report.issued))
