"""Whether somebody is on duty, on the pages of people."""

import pytest
from django.urls import reverse

from lianbing.people.rules import Role
from tests.factories import enforcement, people


def person(officer):
    return reverse("people:officer", args=[officer.pk])


def test_a_suspension_shows_at_once_in_the_list_and_on_the_persons_page(bureau, as_user):
    held = enforcement.entered(bureau.officer)
    client = as_user(bureau.hr)
    assert "在岗可执法" in client.get("/people/").content.decode()
    enforcement.changed(bureau.officer, "suspended")
    for path in ("/people/", person(bureau.officer)):
        page = client.get(path).content.decode()
        assert "在岗可执法" not in page
        assert "暂扣" in page
    assert held.get_absolute_url() in client.get(person(bureau.officer)).content.decode()


def test_who_may_not_read_the_register_gets_no_way_into_it(bureau, as_user):
    held = enforcement.entered(bureau.officer)
    page = as_user(people.staff(Role.SYSTEM_ADMINISTRATOR)).get(person(bureau.officer)).content.decode()
    assert "在岗可执法" in page
    assert held.get_absolute_url() not in page


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_list_of_people_costs_the_same_however_many(
    bureau, as_user, count, django_assert_max_num_queries
):
    for _ in range(count):
        enforcement.entered(people.officer(bureau.east))
    client = as_user(bureau.hr)
    with django_assert_max_num_queries(13):
        client.get("/people/")
