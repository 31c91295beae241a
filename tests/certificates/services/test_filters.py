"""Filters of lists: one's own, named once, and no more than a row of them."""

import pytest

from certificates.models import SavedFilter
from certificates.rules.filters import MOST_OF_A_PAGE
from certificates.services.filters import FilterRefused, UnknownPage, remove, save
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people

pytestmark = pytest.mark.django_db
PAGE = "certificates:register"


@pytest.fixture
def hr():
    return people.actor(people.staff(Role.HR))


@pytest.fixture
def keep(hr, at):
    def made(title="东城", query="state=valid", page=PAGE, by=hr):
        return save(page=page, title=title, query=query, by=by, at=at)

    return made


def test_it_keeps_the_filter_under_its_name(keep, hr):
    made = keep("  东城 \u200b 有效\x00 ", "q=&state=valid&page=3")
    assert (made.title, made.query, made.user_id) == ("东城  有效", "state=valid", hr.user_id)
    assert made.get_absolute_url() == "/certificates/register/?state=valid"


def test_a_name_is_taken_once_in_a_list_by_one_person(keep):
    keep()
    with pytest.raises(FilterRefused, match="东城"):
        keep(query="q=x")
    keep(page="certificates:overview")
    keep(by=people.actor(people.staff(Role.HR)))
    assert SavedFilter.objects.count() == 3


def test_nobody_keeps_more_than_a_row_of_them(keep):
    for number in range(MOST_OF_A_PAGE):
        keep(str(number))
    with pytest.raises(FilterRefused, match=str(MOST_OF_A_PAGE)):
        keep("one more")
    keep("elsewhere", page="certificates:overview")


@pytest.mark.parametrize(
    "said",
    [
        {"title": " \x00\n "},
        {"title": "长" * 41},
        {"query": ""},
        {"query": "page=2&q="},
        {"query": "q=" + "长" * 60},
    ],
)
def test_what_is_empty_or_too_long_is_refused_in_words(keep, said):
    with pytest.raises(FilterRefused) as refused:
        keep(**said)
    assert str(refused.value)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("page", ["", "people:people", "//evil.example", "certificates:rule_list"])
def test_only_lists_that_keep_filters_are_known(keep, page):
    with pytest.raises(UnknownPage):
        keep(page=page)


def test_one_removes_ones_own_only(keep, hr):
    made = keep()
    other = people.actor(people.staff(Role.HR))
    assert remove(pk=made.pk, by=other) is None
    assert remove(pk=made.pk, by=SYSTEM) is None
    assert remove(pk=made.pk, by=hr).query == "state=valid"
    assert remove(pk=made.pk, by=hr) is None


def test_only_a_person_keeps_filters(keep):
    with pytest.raises(UnknownPage):
        keep(by=SYSTEM)
