"""The content categories: presets once, and what trainers and HR change."""

import datetime

import pytest

from courses.models import ContentCategory
from courses.queries.categories import known, tree
from courses.rules.categories import PRESETS, descendants
from courses.services import categories
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories.people import actor, staff, unit

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)


def test_a_new_bureau_has_the_categories_of_its_founding_documents():
    assert set(ContentCategory.objects.values_list("code", flat=True)) == {p.code for p in PRESETS}
    assert ContentCategory.objects.get(code="integrity").parent.name == "政治学习"
    assert {"purpose", "legal", "practice", "psychological"} <= known().names.keys()


def test_what_the_bureau_renamed_or_closed_is_never_made_anew():
    ContentCategory.objects.filter(code="drill").update(name="队列训练", closed=True)
    ContentCategory.objects.filter(code="equipment").delete()
    categories.install_after_migrate("default")
    drill = ContentCategory.objects.get(code="drill")
    assert (drill.name, drill.closed) == ("队列训练", True)
    assert not ContentCategory.objects.filter(code="equipment").exists()


def test_what_lies_below_counts_as_the_category():
    parents = {"a": "", "b": "a", "c": "b", "d": ""}
    assert descendants(parents, frozenset({"a"})) == {"a", "b", "c"}
    assert known().below(["political"]) == {"political", "theory", "ideology", "integrity"}


def test_a_trainer_adds_a_sub_category_and_its_main_kind_follows(client):
    unit()
    client.force_login(staff(Role.TRAINER))
    sent = {"name": "信访接待", "parent": "professional", "main": "political"}
    assert client.post("/courses/categories/new/", sent).status_code == 302
    made = ContentCategory.objects.get(name="信访接待")
    assert (made.parent.code, made.main, made.closed) == ("professional", "professional", False)
    assert AuditRecord.objects.get(action="category_added").subject_name == "信访接待"


def test_two_siblings_may_not_share_a_name(client):
    client.force_login(staff(Role.HR))
    sent = {"name": "重大理论", "parent": "political", "main": "political"}
    response = client.post("/courses/categories/new/", sent)
    assert response.status_code == 200
    assert "name" in response.context["form"].errors


def test_closing_is_undone_by_the_same_button(client):
    client.force_login(staff(Role.HR))
    one = ContentCategory.objects.get(code="drill")
    client.post(f"/courses/categories/{one.pk}/close/", {"closed": "1"})
    assert "drill" not in {b.category.code for b in tree(closed=False)}
    client.post(f"/courses/categories/{one.pk}/close/", {"closed": "0"})
    assert "drill" in {b.category.code for b in tree(closed=False)}


def test_a_category_changes_places_with_its_sibling():
    by = actor(staff(Role.TRAINER))
    theory = ContentCategory.objects.get(code="theory")
    categories.move(category=theory, up=False, by=by, at=AT)
    order = [b.category.code for b in tree() if b.category.parent_id == theory.parent_id]
    assert order == ["ideology", "theory", "integrity"]


def test_a_trainer_of_one_squad_reads_but_does_not_change(client):
    bureau = unit()
    squad = unit("一中队", bureau)
    client.force_login(staff(Role.TRAINER, unit=squad))
    assert client.get("/courses/categories/").status_code == 200
    assert client.get("/courses/categories/new/").status_code == 403
    with pytest.raises(categories.CategoryRefused, match="not_allowed"):
        categories.add(name="x", parent=None, main="other", by=actor(staff(Role.TRAINER, unit=squad)), at=AT)


def test_the_list_takes_the_same_statements_however_long(client, django_assert_max_num_queries):
    client.force_login(staff(Role.HR))
    client.get("/courses/categories/")
    with django_assert_max_num_queries(10):
        client.get("/courses/categories/")
