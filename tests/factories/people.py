"""People for tests: units, officers with appointments, accounts with roles."""

import datetime

import factory
from factory.django import DjangoModelFactory

from lianbing.people.models import Appointment, Officer, Post, RoleGrant, Unit, User
from lianbing.people.queries import actor_for

PASSWORD = "correct-horse-7"
LONG_AGO = datetime.date(2020, 1, 1)


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post
        django_get_or_create = ("name",)

    name = "一线执法岗"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    staff_number = factory.Sequence(lambda n: f"T{n:05}")
    name = factory.Sequence(lambda n: f"测试员{n}")


class OfficerFactory(DjangoModelFactory):
    class Meta:
        model = Officer

    user = factory.SubFactory(UserFactory)
    staff_number = factory.SelfAttribute("user.staff_number")
    name = factory.SelfAttribute("user.name")
    category = Officer.Category.OFFICER


def unit(name="测试局", parent=None):
    """A unit at the root, or below `parent`."""
    if parent is None:
        return Unit.add_root(name=name)
    parent.refresh_from_db()
    return parent.add_child(name=name)


def officer(unit=None, post=None, since=LONG_AGO, **fields):
    """An officer, appointed to `unit` when one is given."""
    made = OfficerFactory(**fields)
    if unit is not None:
        Appointment.objects.create(
            officer=made,
            unit=unit,
            post=post or PostFactory(),
            starts_on=since,
            recorded_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
        )
    return made


def grant(user, *roles, unit=None):
    """Give `roles` over `unit` (None = the whole bureau)."""
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, unit=unit, starts_on=LONG_AGO)
    return user


def staff(*roles, unit=None, **fields):
    """An account that holds `roles`, with no officer behind it."""
    return grant(UserFactory(**fields), *roles, unit=unit)


def actor(user, on=datetime.date(2026, 11, 20)):
    """The actor of an account, as services take it."""
    return actor_for(user, on)
