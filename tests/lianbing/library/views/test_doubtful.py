"""Many doubtful editions confirmed at once."""

import pytest
from django.urls import reverse

from lianbing.kit.models import AuditRecord
from lianbing.library.models import LawEdition
from lianbing.library.services import confirming
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.library import edition

pytestmark = pytest.mark.django_db
ADDRESS = "/library/doubtful/"


@pytest.fixture
def keeper(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


def undated(number):
    """An edition whose only doubt is the missing date."""
    return edition(f"条例{number}", history=())


def gap(number):
    """An edition with a gap in its numbers, and no date."""
    return edition(f"办法{number}", history=(), body=["第一条 甲。", "第三条 丙。"])


def drafts():
    return LawEdition.objects.filter(status="draft").count()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(keeper, rows, django_assert_max_num_queries):
    for number in range(rows):
        undated(number)
    with django_assert_max_num_queries(15):
        assert keeper.get(ADDRESS).content.decode().count('name="edition"') == rows


def test_the_empty_list_has_a_page(keeper):
    assert keeper.get(ADDRESS).status_code == 200


def test_the_list_is_filtered_by_the_kind_of_doubt(keeper):
    undated(1)
    gap(1)
    text = keeper.get(f"{ADDRESS}?kind=not_consecutive").content.decode()
    assert "办法1" in text
    assert "条例1" not in text
    assert keeper.get(f"{ADDRESS}?kind=nonsense&page=x").status_code == 200


def test_the_ticked_ones_are_confirmed_with_one_reason(keeper):
    first, second, third = undated(1), undated(2), gap(1)
    data = {"edition": [first.pk, third.pk, "x", "9" * 30, "9" * 5000], "reason": "已与公报核对"}
    assert keeper.post(ADDRESS, data).status_code == 302
    assert list(LawEdition.objects.filter(status="draft")) == [second]
    acts = AuditRecord.objects.filter(action="confirm_edition")
    assert {act.reason for act in acts} == {"已与公报核对"}
    assert {act.subject_id for act in acts} == {str(first.pk), str(third.pk)}


@pytest.mark.parametrize("data", [{"reason": "核对"}, {"edition": ["1"]}, {"edition": ["1"], "reason": " "}])
def test_nothing_is_confirmed_without_a_tick_and_a_reason(keeper, data):
    undated(1)
    assert keeper.post(ADDRESS, data).status_code == 200
    assert drafts() == 1


def test_all_of_one_kind_leaves_out_what_has_other_doubts_too(keeper):
    undated(1)
    undated(2)
    both = gap(1)
    newest = LawEdition.objects.order_by("-pk").first().pk
    data = {"whole": "on", "newest": newest, "reason": "核对"}
    assert keeper.post(f"{ADDRESS}?kind=no_date", data).status_code == 302
    assert list(LawEdition.objects.filter(status="draft")) == [both]


def test_a_large_kind_is_confirmed_in_batches_that_go_on(keeper, monkeypatch):
    monkeypatch.setattr(confirming, "BATCH", 2)
    monkeypatch.setattr("lianbing.library.services.BATCH", 2)
    for number in range(5):
        undated(number)
    newest = LawEdition.objects.order_by("-pk").first().pk
    data = {"whole": "on", "newest": newest, "reason": "核对"}
    address = f"{ADDRESS}?kind=no_date"
    first = keeper.post(address, data)
    assert first.context["done"] == 2
    assert first.context["total"] == 5
    undated(9)
    assert keeper.post(address, first.context["hidden"]).context["done"] == 4
    assert keeper.post(address, {**data, "done": 4}).status_code == 302
    assert drafts() == 1
    assert AuditRecord.objects.filter(action="confirm_edition").count() == 5


def test_a_repeated_batch_does_no_harm(keeper):
    first = undated(1)
    data = {"edition": [first.pk], "reason": "核对"}
    keeper.post(ADDRESS, data)
    keeper.post(ADDRESS, data)
    assert AuditRecord.objects.filter(action="confirm_edition").count() == 1


def test_only_the_legal_section_confirms(client):
    client.force_login(people.staff(Role.TRAINER))
    found = undated(1)
    assert client.get(reverse("library:doubtful")).status_code == 403
    assert client.post(ADDRESS, {"edition": [found.pk], "reason": "x"}).status_code == 403
    assert drafts() == 1
