"""Signing certificates, once each, and the list of what was revoked."""

import datetime
import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificates.models import Certificate, Credential, SigningKey
from certificates.queries.credentials import last_list, newest, revoked_places, unsigned
from certificates.rules import badges, offline, signing, status_list
from certificates.services import keys
from lianbing.people.rules import masked_name

logger = logging.getLogger("lianbing.certificates")
AT_ONCE = 200
TRIES = 3


def sign(certificates: Sequence[Certificate], *, at: datetime.datetime) -> int:
    """Sign certificates that have just been made; `rule` must be loaded. Returns how many.

    A key that cannot be read or written keeps nobody from being certified: that is logged, and the ticker
    signs later (`sign_missing`).
    """
    try:
        return sum(
            _sign(list(certificates[n : n + AT_ONCE]), at) for n in range(0, len(certificates), AT_ONCE)
        )
    except OSError:
        logger.exception("certificates were issued but not signed")
        return 0


def sign_missing(*, at: datetime.datetime) -> int:
    """Sign what nothing good was signed for, a batch at a time. Returns how many."""
    waiting = list(unsigned()[:AT_ONCE])
    return sign(waiting, at=at) if waiting else 0


def token_of(certificate: Certificate, *, at: datetime.datetime) -> str:
    """The credential of a certificate, signed now if it was waiting for that; "" when it cannot be."""
    found = newest(certificate)
    if found is None and certificate.revocation is None:
        sign([certificate], at=at)
        found = newest(certificate)
    return found.token if found else ""


def status_token(number: int, *, at: datetime.datetime) -> str | None:
    """A status list as it stands at `at`, signed; None for a list that does not exist."""
    revoked = revoked_places(number)
    if revoked is None:
        return None
    key, private = keys.current(at=at)
    issuer = str(settings.SITE_NAME)
    payload = status_list.credential(
        site=settings.PUBLIC_URL, issuer=issuer, number=number, revoked=revoked, at=at
    )
    return signing.sign(payload, private, kid=badges.key_address(settings.PUBLIC_URL, key.kid))


def _sign(certificates: list[Certificate], at: datetime.datetime) -> int:
    """Up to AT_ONCE of them. Two that draw the same place, or sign the same certificate, at once: the constraint
    decides, and the other tries again with what is still unsigned.
    """
    key, private = keys.current(at=at)
    for left in range(TRIES - 1, -1, -1):
        numbers, places = _numbers(certificates), _free_places(len(certificates))
        rows = [
            _signed(one, numbers.get(one.pk, 0) + 1, place, key, private, at)
            for one, place in zip(certificates, places, strict=True)
        ]
        try:
            with transaction.atomic():
                Credential.objects.bulk_create(rows)
            return len(rows)
        except IntegrityError:
            if not left:
                raise
            still = set(
                unsigned().filter(pk__in=[one.pk for one in certificates]).values_list("pk", flat=True)
            )
            certificates = [one for one in certificates if one.pk in still]
    return 0


def _numbers(certificates: list[Certificate]) -> dict[int, int]:
    """The number of the newest credential of those that have one."""
    rows = Credential.objects.filter(certificate__in=[one.pk for one in certificates])
    return dict(rows.order_by("number").values_list("certificate_id", "number"))


def _free_places(count: int) -> list[tuple[int, int]]:
    """So many places (list, index) that nothing stands on, drawn."""
    number = last_list() or 1
    if Credential.objects.filter(status_list=number).count() + count > status_list.MOST_ON_ONE:
        number += 1
    free: list[int] = []
    chance = secrets.SystemRandom()
    while len(free) < count:
        drawn = chance.sample(range(status_list.LENGTH), 2 * count)
        rows = Credential.objects.filter(status_list=number, status_index__in=drawn)
        taken = {*rows.values_list("status_index", flat=True), *free}
        free += [place for place in drawn if place not in taken]
    return [(number, place) for place in free[:count]]


def _signed(
    certificate: Certificate,
    number: int,
    place: tuple[int, int],
    key: SigningKey,
    private: Mapping[str, Any],
    at: datetime.datetime,
) -> Credential:
    facts = _facts(certificate, place)
    paper = offline.Paper(
        number=facts.number,
        masked_name=facts.masked_name,
        title=facts.title,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        issuer=facts.issuer,
        status_list=place[0],
        status_index=place[1],
    )
    return Credential(
        certificate=certificate,
        number=number,
        key=key,
        status_list=place[0],
        status_index=place[1],
        token=signing.sign(badges.badge(facts), private, kid=badges.key_address(facts.site, key.kid)),
        offline=offline.signed(paper, private),
        signed_at=at,
    )


def _facts(certificate: Certificate, place: tuple[int, int]) -> badges.Facts:
    printed = certificate.snapshot
    with translation.override(settings.LANGUAGE_CODE):  # whoever issues it, it says the same
        exam = printed.get("exam")
        criteria = (
            _("Has passed the exam “%(exam)s”.") % {"exam": exam}
            if exam
            else _("Has met the requirements for “%(title)s”.") % {"title": printed["title"]}
        )
        kind, site_name = _("Training certificate"), str(settings.SITE_NAME)
    return badges.Facts(
        site=settings.PUBLIC_URL,
        uid=str(certificate.uid),
        number=certificate.number,
        title=printed["title"],
        kind=kind,
        criteria=criteria,
        name=printed["name"],
        masked_name=masked_name(printed["name"]),
        salt=secrets.token_urlsafe(12),
        issuer=printed.get("issuer") or site_name,
        rule_uid=str(certificate.rule.uid),
        issued_at=certificate.issued_at,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        status_list=place[0],
        status_index=place[1],
        zone=timezone.get_default_timezone(),
    )
