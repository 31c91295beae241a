"""News that bear on certificates: released results, tries at change-training, changes of the register."""

import datetime
import logging
from typing import Any

from certificates.services import proposals
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


@receive("results_published")
def review_change_exams(payload: dict[str, Any], at: datetime.datetime) -> None:
    """An exam of a change may lead to a proposal, or take one its ground. Delivered twice, it proposes once."""
    del payload
    proposals.review(at=at)


@receive("change_tried")
def review_change_training(payload: dict[str, Any], at: datetime.datetime) -> None:
    """A try at change-training may lead to a proposal, or take one its ground."""
    proposals.review(at=at, officers=[payload["officer"]])


@receive("enforcement_changed")
def review_after_change(payload: dict[str, Any], at: datetime.datetime) -> None:
    """What is no longer held cannot be suspended: an open proposal lapses."""
    proposals.review(at=at, officers=[payload["officer"]])
