"""Several counts in one statement."""

import pytest

from lianbing.kit.counting import counts
from lianbing.people.models import Unit, User
from tests.factories.people import UserFactory, unit

pytestmark = pytest.mark.django_db


def test_every_query_is_counted_under_its_name_in_one_statement(django_assert_num_queries):
    unit("一队", unit("测试局"))
    UserFactory()
    with django_assert_num_queries(1):
        found = counts(
            units=Unit.objects.order_by("name"), users=User.objects.all(), none=Unit.objects.filter(pk=0)
        )
    assert found == {"units": 2, "users": 1, "none": 0}


def test_one_query_alone_is_counted_too():
    unit("测试局")
    assert counts(units=Unit.objects.all()) == {"units": 1}
