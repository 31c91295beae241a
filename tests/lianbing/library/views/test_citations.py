"""The legal section's list of citations that lead nowhere."""

import pytest
from django.urls import reverse

from lianbing.library.models import AbsentLaw, LawName, OpenCitation
from lianbing.library.services.open_citations import check_some
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
LIST = reverse("library:citations")
LAW = reverse("library:citations_of")


@pytest.fixture
def legal(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


def waiting(*names):
    """An edition that cites laws nobody has imported."""
    body = [f"第{n}条 依照《{name}》第三条处罚。" for n, name in zip("一二三四", names, strict=False)]
    made = edition("引用条例", body=body)
    check_some(at=AT)
    return made


def test_the_list_groups_by_the_law_named(legal):
    waiting("没有法", "没有办法")
    page = legal.get(LIST).content.decode()
    assert "没有法" in page
    assert "没有办法" in page
    assert "没有法" not in legal.get(LIST, {"source": "handbook"}).content.decode()
    assert legal.get(LIST, {"source": "nonsense", "absent": "on", "page": "x"}).status_code == 200


def test_the_page_of_a_name_shows_where_why_and_what_it_may_mean(legal):
    made, law = waiting("市容条例"), edition().law
    page = legal.get(LAW, {"name": "市容条例"}).content.decode()
    assert f"{made.get_absolute_url()}#art-1" in page
    assert str(law) in page


def test_a_name_is_given(legal):
    waiting("市容条例")
    law = edition().law
    response = legal.post(reverse("library:name_law"), {"name": "市容条例", "law": law.pk})
    assert response.url == LIST
    assert (LawName.objects.get().law, OpenCitation.objects.count()) == (law, 0)
    legal.post(reverse("library:forget_name", args=[LawName.objects.get().pk]))
    assert not LawName.objects.exists()


@pytest.mark.parametrize(
    "answer", [{}, {"name": "市容条例"}, {"name": "a", "law": "x"}, {"name": "\x00", "law": 1}]
)
def test_a_name_without_a_law_is_refused_kindly(legal, answer):
    assert legal.post(reverse("library:name_law"), answer, follow=True).status_code == 200
    assert not LawName.objects.exists()


def test_a_law_is_marked_as_missing_and_comes_back(legal):
    waiting("没有法")
    address = reverse("library:absent_law")
    legal.post(address, {"name": "没有法", "absent": "yes"})
    assert "没有法" not in legal.get(LIST).content.decode()
    assert "没有法" in legal.get(LIST, {"absent": "on"}).content.decode()
    legal.post(address, {"name": "没有法", "absent": "no"})
    assert not AbsentLaw.objects.exists()


def test_looking_again_resolves_what_was_imported(legal):
    waiting("测试市市容条例")
    edition()
    assert legal.post(reverse("library:look_again"), follow=True).status_code == 200
    assert not OpenCitation.objects.exists()


@pytest.mark.parametrize("role", [Role.TRAINER, Role.OFFICER])
def test_others_do_not_see_it(client, role):
    client.force_login(people.staff(role))
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("names", [["没有法"], ["没有法", "没有办法", "没有条例"]])
def test_the_list_costs_the_same_for_many(legal, names, django_assert_max_num_queries):
    waiting(*names)
    legal.get(LIST)
    with django_assert_max_num_queries(15):
        legal.get(LIST)
    with django_assert_max_num_queries(15):
        legal.get(LAW, {"name": "没有法"})
