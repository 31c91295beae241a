"""Making, changing and adopting assessment schemes. What is adopted is frozen, with the indicators it names."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.ratings.models import Indicator, IndicatorVersion, Scheme, SchemeVersion
from certificates.ratings.queries.schemes import indicators_of, newest_version, scheme_of
from certificates.ratings.rules import reading
from certificates.ratings.rules import schemes as rules
from certificates.ratings.rules.presets import Preset
from certificates.ratings.rules.problems import Problem
from certificates.ratings.services import catalogue
from lianbing.kit import audit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "ratings"
EARLIEST = datetime.timedelta(days=366)


class SchemeRefused(Exception):
    """A scheme cannot be saved or adopted: `problems` or the text say why."""

    def __init__(self, text: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(text or ", ".join(problem.code for problem in problems))
        self.text, self.problems = text, problems


def create(*, title: str, scheme: rules.Scheme, by: Actor, at: datetime.datetime) -> SchemeVersion:
    """A new scheme, as a draft."""
    with transaction.atomic():
        made = Scheme.objects.create(title=title, subject=scheme.subject, created_at=at)
        return _store(made, 1, scheme, by, at)


def from_preset(*, preset: Preset, title: str, by: Actor, at: datetime.datetime) -> SchemeVersion:
    """A draft with the figures of a preset. Its indicators are added; those known by their code are kept as they are."""
    with transaction.atomic():
        versions = {}
        for one in preset.indicators:
            known = Indicator.objects.filter(code=one.code).first()
            version = newest_version(known) if known else catalogue.save(indicator=one, by=by, at=at)
            versions[one.code] = version.number
        for line in preset.scheme.lines:
            if line.code not in versions:
                raise SchemeRefused(problems=[Problem("lines", "unknown", {"code": line.code})])
        lines = tuple(rules.Line(one.code, versions[one.code], one.weight) for one in preset.scheme.lines)
        scheme = rules.Scheme(**{**preset.scheme.__dict__, "lines": lines})
        return create(title=title, scheme=scheme, by=by, at=at)


def save_draft(
    *, scheme: Scheme, title: str, rules_: rules.Scheme, by: Actor, at: datetime.datetime
) -> SchemeVersion:
    """Store what a scheme shall say next: its draft, or a new draft beside the adopted version.

    A draft may have gaps; adoption asks for a sound one. Raises SchemeRefused when another was faster.
    """
    try:
        with transaction.atomic():
            if title != scheme.title:
                Scheme.objects.filter(pk=scheme.pk).update(title=title)
            newest = scheme.versions.order_by("-number").first()
            if newest is not None and newest.adopted_at is None:
                newest.spec = reading.scheme_spec(rules_)
                newest.created_at, newest.created_by = at, by.snapshot()
                newest.save(update_fields=["spec", "created_at", "created_by"])
                _record("scheme_saved", newest, by, at)
                return newest
            return _store(scheme, newest.number + 1 if newest else 1, rules_, by, at)
    except IntegrityError as error:
        raise SchemeRefused(_("Somebody changed this scheme at the same moment. Look again.")) from error


def problems_of(version: SchemeVersion) -> list[Problem]:
    """Everything that stands against adopting a version. One statement."""
    scheme = scheme_of(version)
    return rules.check(scheme, indicators_of(scheme))


def adopt(
    *, version: SchemeVersion, starts_on: datetime.date, by: Actor, at: datetime.datetime
) -> SchemeVersion:
    """Put a draft in force for periods that begin on `starts_on` or later; it and its indicators are frozen.

    Raises SchemeRefused when it is not sound, when an older version starts later, or when another was faster.
    """
    if starts_on < day_of(at) - EARLIEST * 2:
        raise SchemeRefused(_("No scheme is put in force more than two years back."))
    later = version.scheme.versions.filter(adopted_at__isnull=False, starts_on__gt=starts_on).first()
    if later is not None:
        raise SchemeRefused(
            _("Version %(number)s starts on %(day)s already; a newer one starts then or later.")
            % {"number": later.number, "day": later.starts_on}
        )
    with transaction.atomic():
        _freeze(version, at)
        if problems := problems_of(version):  # after the freezing: nobody changes an indicator in between
            raise SchemeRefused(problems=problems)
        changed = SchemeVersion.objects.filter(pk=version.pk, adopted_at=None).update(
            adopted_at=at, adopted_by=by.snapshot(), starts_on=starts_on
        )
        if changed != 1:
            raise SchemeRefused(_("This version has been adopted already."))
        version.refresh_from_db()
        _record("scheme_adopted", version, by, at)
    return version


def _freeze(version: SchemeVersion, at: datetime.datetime) -> None:
    """Every version of an indicator the lines name says for ever what it says now."""
    for line in scheme_of(version).lines:
        IndicatorVersion.objects.filter(
            indicator__code=line.code, number=line.version, frozen_at=None
        ).update(frozen_at=at)


def discard(*, version: SchemeVersion, by: Actor, at: datetime.datetime) -> None:
    """Throw a draft away; a scheme that never had another version goes with it."""
    with transaction.atomic():
        scheme = version.scheme
        _record("scheme_discarded", version, by, at)
        deleted, _rows = SchemeVersion.objects.filter(pk=version.pk, adopted_at=None).delete()
        if not deleted:
            raise SchemeRefused(_("This version has been adopted already."))
        if not scheme.versions.exists():
            scheme.delete()


def _store(
    scheme: Scheme, number: int, rules_: rules.Scheme, by: Actor, at: datetime.datetime
) -> SchemeVersion:
    made = SchemeVersion.objects.create(
        scheme=scheme,
        number=number,
        spec=reading.scheme_spec(rules_),
        created_at=at,
        created_by=by.snapshot(),
    )
    _record("scheme_saved", made, by, at)
    return made


def _record(action: str, version: SchemeVersion, by: Actor, at: datetime.datetime) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=version,
        subject_name=version.scheme.title,
        version=version.number,
        starts_on=version.starts_on.isoformat() if version.starts_on else "",
        spec=version.spec,
    )
