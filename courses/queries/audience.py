"""Who is meant by an audience on a day."""

import datetime
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.models.duties import DutyHolder, DutyRole
from courses.rules.audience import Audience, Person
from lianbing.people.models import Appointment, Officer, Post, Unit
from lianbing.people.queries import serving_on, unit_names

MANY = 100


def among(field: str, pks: Collection[int]) -> Q:
    """The condition that a field is one of these ids, left out where they are many.

    To name hundreds of ids costs more than to read every row of a bureau: the caller drops the others.
    """
    return Q(**{f"{field}__in": pks}) if len(pks) <= MANY else Q()


def serving(on: datetime.date) -> QuerySet[Appointment]:
    """The appointments in force on a day of people who count: not departed, merged or rehearsing."""
    return (
        Appointment.objects.filter(
            serving_on(on), officer__merged_into=None, officer__user__is_rehearsal=False
        )
        .filter(Q(officer__left_on=None) | Q(officer__left_on__gt=on))
        .select_related("officer", "unit", "post")
        .order_by("unit__path", "officer__staff_number")
    )


def people_of(audience: Audience, on: datetime.date) -> QuerySet[Appointment]:
    """The appointments in force on `on` of everybody in the audience, by unit and staff number.

    One statement whatever the audience; says the same as `courses.rules.audience.matches`.
    """
    found = serving(on)
    if audience.units:
        inside = Q()
        for path in audience.units:
            inside |= Q(unit__path__startswith=path)
        found = found.filter(inside)
    if audience.posts:
        found = found.filter(post__in=audience.posts)
    if audience.ranks:
        found = found.filter(rank__in=audience.ranks)
    if audience.categories:
        found = found.filter(officer__category__in=audience.categories)
    if audience.joined_after:
        found = found.filter(officer__joined_on__gte=audience.joined_after)
    if audience.duties:
        held = DutyHolder.objects.filter(
            serving_on(on), officer=OuterRef("officer"), duty__code__in=audience.duties
        )
        found = found.filter(Exists(held))
    return found


def persons(on: datetime.date, officers: Collection[int] | None = None) -> dict[int, Person]:
    """Everybody who serves on a day (or those of `officers` who do) as the rules see them. Two statements."""
    rows = serving(on).order_by()
    held = DutyHolder.objects.filter(serving_on(on)).order_by()
    if officers is not None:
        rows, held = rows.filter(among("officer", officers)), held.filter(among("officer", officers))
    wanted = None if officers is None else frozenset(officers)
    duties: dict[int, set[str]] = {}
    for officer, code in held.values_list("officer", "duty__code"):
        duties.setdefault(officer, set()).add(code)
    fields = ("officer", "unit__path", "post", "rank", "officer__category", "officer__joined_on")
    return {
        officer: Person(path, post, rank, category, frozenset(duties.get(officer, ())), joined_on)
        for officer, path, post, rank, category, joined_on in rows.values_list(*fields)
        if wanted is None or officer in wanted
    }


def ranks_in_use() -> list[str]:
    """The ranks that stand in appointments, by text."""
    return list(
        Appointment.objects.exclude(rank="").order_by("rank").values_list("rank", flat=True).distinct()
    )


def words(audience: Audience) -> list[tuple[str, list[str]]]:
    """The stated conditions as (kind, names): units, posts, ranks, categories, duties, joined_after."""
    return words_of([audience])[0]


def words_of(audiences: Iterable[Audience]) -> list[list[tuple[str, list[str]]]]:
    """`words` of several audiences. Three statements whatever their number."""
    some = list(audiences)
    paths = {path for audience in some for path in audience.units}
    units = unit_names(_known_paths(paths)) if paths else {}
    posts = dict(Post.objects.filter(pk__in={pk for a in some for pk in a.posts}).values_list("pk", "name"))
    duties = dict(
        DutyRole.objects.filter(code__in={c for a in some for c in a.duties}).values_list("code", "name")
    )
    labels = {str(code): str(label) for code, label in Officer.Category.choices}
    return [_said(audience, units, posts, duties, labels) for audience in some]


def _said(
    audience: Audience,
    units: dict[str, str],
    posts: dict[int, str],
    duties: dict[str, str],
    labels: dict[str, str],
) -> list[tuple[str, list[str]]]:
    day = audience.joined_after
    stated = [
        ("units", [units.get(path, "—") for path in audience.units]),
        ("posts", [posts.get(pk, "—") for pk in audience.posts]),
        ("ranks", list(audience.ranks)),
        ("categories", [str(labels.get(code, code)) for code in audience.categories]),
        ("duties", [duties.get(code, code) for code in audience.duties]),
        ("joined_after", [day.isoformat()] if day else []),
    ]
    return [(kind, names) for kind, names in stated if names]


def _known_paths(paths: set[str]) -> set[str]:
    """The paths whose units there are: an audience may outlive a unit."""
    return set(Unit.objects.filter(path__in=paths).values_list("path", flat=True))
