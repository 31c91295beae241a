"""What the pages of ratings share: finding a period, a statement or a result one may read."""

import uuid
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from certificates.ratings.models import Appeal, Period, PeriodEvent, Result, Statement
from certificates.ratings.permissions.pages import confirms, is_about, reading_scopes, reads_result
from certificates.ratings.queries.desk import is_published
from certificates.ratings.state import Act
from lianbing.people.models import Officer
from lianbing.people.queries import identities
from lianbing.people.request import Request

Row = TypeVar("Row", bound=Model)


def dressed(row: Row, **shown: Any) -> Row:
    """A row with what its page shows beside its columns: a name, a tone."""
    for name, value in shown.items():
        setattr(row, name, value)
    return row


def own_ids(request: Request) -> list[int]:
    """The ids under which the person behind a request is known as an officer."""
    if request.actor.officer_id is None:
        return []
    return identities(Officer(pk=request.actor.officer_id))


def readable_period(request: Request, uid: uuid.UUID) -> Period:
    """A period whose unit touches what the actor reads. Any other does not exist for them."""
    rows = Period.objects.select_related("scheme", "scheme_version", "unit")
    period = get_object_or_404(rows, uid=uid)
    _touches(request, period)
    return period


def _touches(request: Request, period: Period) -> None:
    path, scopes = period.unit.path, reading_scopes(request.actor)
    if not any(path.startswith(scope) or scope.startswith(path) for scope in scopes):
        raise Http404


def sees_unpublished(request: Request, period: Period) -> bool:
    """Whether the actor sees results nobody has published yet: who works on the period."""
    return confirms(request.actor, period)


def readable_statement(request: Request, uid: uuid.UUID) -> Statement:
    """A statement of a readable period: published, or in work for those who work on it."""
    rows = Statement.objects.select_related(
        "period__scheme", "period__unit", "period__scheme_version", "gathering", "scheme_version__scheme"
    )
    statement = get_object_or_404(rows, uid=uid)
    _touches(request, statement.period)
    if not sees_unpublished(request, statement.period) and not is_published(statement):
        raise Http404
    return statement


def readable_result(request: Request, uid: uuid.UUID) -> tuple[Result, bool]:
    """(a result the actor may read, whether it is their own). Unpublished ones are for those at work on them."""
    rows = Result.objects.select_related(
        "statement__period__scheme",
        "statement__period__unit",
        "statement__scheme_version__scheme",
        "statement__gathering",
        "roll",
        "officer",
        "unit",
    ).prefetch_related("appeals")
    published = PeriodEvent.objects.filter(kind=Act.PUBLISHED, statement=OuterRef("statement"))
    result = get_object_or_404(rows.annotate(is_published=Exists(published)), uid=uid)
    mine = is_about(request.actor, result, own_ids(request))
    if not mine and not reads_result(request.actor, result.roll.unit_path):
        raise Http404
    works_on_it = sees_unpublished(request, result.statement.period) and not mine
    if not works_on_it and not getattr(result, "is_published", False):
        raise Http404
    return result, mine


def readable_appeal(request: Request, uid: uuid.UUID) -> tuple[Appeal, bool]:
    """(an appeal the actor may read, whether it is about their own result)."""
    appeal = get_object_or_404(Appeal.objects.select_related("result"), uid=uid)
    result, mine = readable_result(request, appeal.result.uid)
    appeal.result = result
    return appeal, mine
