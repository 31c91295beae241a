"""Composing, reading and printing compilations."""

import datetime

import pytest
from django.urls import reverse

from lianbing.library.models import Compilation, LawEdition
from lianbing.library.services import compilations as services
from lianbing.library.services.compilations import Facts
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
LIST = reverse("library:compilations")


@pytest.fixture
def trainer(client):
    client.force_login(people.staff(Role.TRAINER))
    return client


def book(**facts):
    facts = {"title": "汇编", "as_of": datetime.date(2023, 5, 1), "shared": True} | facts
    return services.compose(facts=Facts(**facts), by=SYSTEM, at=AT)


def address(found, name="compilation", *args):
    return reverse(f"library:{name}", args=[found.uid, *args])


def test_a_trainer_composes_orders_reads_and_prints(trainer):
    law = edition().law
    trainer.post(reverse("library:compilation_new"), {"title": "我的汇编", "as_of": "2023-05-01"})
    made = Compilation.objects.get()
    put = address(made, "compilation_put")
    trainer.post(put, {"what": "heading", "heading": "市级"})
    trainer.post(put, {"law": law.pk})
    trainer.post(put, {"law": law.pk, "articles": "第二条"})
    item = made.items.first()
    trainer.post(address(made, "compilation_item", item.pk), {"act": "down"})
    page = trainer.get(address(made)).content.decode()
    assert "这是第3号条文。" in page
    response = trainer.get(address(made, "compilation_pdf"))
    assert response.content.startswith(b"%PDF")
    trainer.post(address(made, "compilation_item", item.pk), {"act": "out"})
    assert made.items.count() == 2


def test_the_editor_finds_laws_and_their_chapters(trainer):
    law = edition().law
    trainer.post(reverse("library:compilation_new"), {"title": "我的汇编", "as_of": "2023-05-01"})
    edit = address(Compilation.objects.get(), "compilation_edit")
    page = trainer.get(edit, {"q": "市容", "law": law.pk}).content.decode()
    assert "第一章 总则" in page
    assert trainer.get(edit, {"q": "\x00", "law": "9" * 30}).status_code == 200


@pytest.mark.parametrize(
    "answer",
    [{}, {"law": "x"}, {"what": "heading"}, {"law": 1, "articles": "全部"}, {"law": 1, "chapter": "x"}],
)
def test_what_cannot_go_in_is_refused_kindly(client, answer):
    client.force_login(people.staff(Role.LEGAL))
    law, made = edition().law, book()
    answer = answer | ({"law": law.pk} if answer.get("law") == 1 else {})
    assert client.post(address(made, "compilation_put"), answer, follow=True).status_code == 200
    assert made.items.count() == 0


def test_an_empty_one_cannot_be_printed(trainer):
    made = book()
    assert trainer.get(address(made, "compilation_pdf")).url == address(made)


def test_a_newer_text_is_told_of_and_put_in_with_one_click(client):
    client.force_login(people.staff(Role.LEGAL))
    law, made = edition().law, book()
    services.put_law(compilation=made, law=law, by=SYSTEM, at=AT)
    new = edition(history=("2024年1月2日 修订",))
    assert new.get_absolute_url() in client.get(address(made)).content.decode()
    client.post(address(made, "compilation_update"))
    assert made.items.get().edition == LawEdition.objects.get(pk=new.pk)


def test_everybody_reads_what_is_shared_and_nothing_else(client):
    client.force_login(people.staff(Role.OFFICER))
    shared, own = book(), book(title="没有共享", shared=False)
    page = client.get(LIST).content.decode()
    assert shared.title in page
    assert own.title not in page
    assert client.get(address(shared)).status_code == 200
    assert client.get(address(own)).status_code == 404
    assert client.get(address(shared, "compilation_edit")).status_code == 403


def test_a_trainer_does_not_change_what_another_composed(trainer):
    made = book()
    for name in ("compilation_edit", "compilation_discard"):
        assert trainer.get(address(made, name)).status_code == 403
    assert trainer.post(address(made, "compilation_update")).status_code == 403


def test_it_is_deleted_after_asking(client):
    client.force_login(people.staff(Role.LEGAL))
    made = book()
    assert made.title in client.get(address(made, "compilation_discard")).content.decode()
    assert client.post(address(made, "compilation_discard")).url == LIST
    assert not Compilation.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_many(client, count, django_assert_max_num_queries):
    client.force_login(people.staff(Role.LEGAL))
    for number in range(count):
        made = book(title=f"汇编{number}")
    for number in range(count):
        services.put_law(compilation=made, law=edition(f"条例{number}").law, by=SYSTEM, at=AT)
    for page in (LIST, address(made), address(made, "compilation_edit")):
        client.get(page)
        with django_assert_max_num_queries(15):
            client.get(page)
