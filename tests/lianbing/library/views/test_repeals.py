"""Choosing laws, one page of what the repeal touches, confirming, taking back."""

import pytest
from django.urls import reverse

from lianbing.kit import clock
from lianbing.library.models import LawEdition, LibraryDocument, Repeal
from lianbing.library.queries import receipts
from lianbing.people.rules import Role
from tests.factories import amendments as laws
from tests.factories import documents, people
from tests.factories import question_bank as bank

pytestmark = pytest.mark.django_db
ACT = {"title": "关于废止部分规范性文件的决定", "number": "5号", "on": "2026-12-01", "reason": "清理"}


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(laws.EARLY):
        yield


@pytest.fixture
def legal(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


@pytest.fixture
def five():
    return [laws.old(f"测试市第{number}号规定") for number in "一二三四五"]


def check(client, editions, **told):
    data = {"law": [edition.law_id for edition in editions], **told}
    return client.post(reverse("library:repeal_check"), data, follow=True)


def test_what_is_ticked_stays_ticked_through_every_search(legal, five):
    page = legal.get(
        reverse("library:repeal_new"), {"q": "二号", "law": [five[0].law_id, "x", "²", "9" * 5000]}
    )
    assert [law.pk for law in page.context["picked"]] == [five[0].law_id]
    assert [law.pk for law in page.context["found"]] == [five[1].law_id]


def test_one_page_shows_what_five_repeals_touch(legal, five, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):  # every source of what cites is asked, a statement or two each
        page = legal.get(reverse("library:repeal_check"), {"law": [one.law_id for one in five]})
    assert len(page.context["impact"].groups) == 15
    assert not Repeal.objects.exists()


def test_confirming_makes_one_act(legal, five):
    page = check(legal, five, **ACT)
    repeal = Repeal.objects.get()
    assert page.redirect_chain == [(repeal.get_absolute_url(), 302)]
    assert LawEdition.objects.filter(effective_to=laws.DAY).count() == 5


@pytest.mark.parametrize("lacking", ["title", "on", "reason"])
def test_a_repeal_without_its_facts_is_not_made(legal, five, lacking):
    page = check(legal, five, **(ACT | {lacking: ""}))
    assert page.context["act_form"].errors[lacking]
    assert not Repeal.objects.exists()


def test_a_law_that_does_not_hold_that_day_stops_the_act(legal, five):
    page = check(legal, five, **(ACT | {"on": "2019-01-01"}))
    assert len(page.context["none_holds"]) == 5
    assert not Repeal.objects.exists()


def test_nothing_ticked_leads_back(legal):
    assert legal.get(reverse("library:repeal_check")).url == reverse("library:repeal_new")


def test_a_repeal_is_taken_back_with_a_reason(legal, five):
    check(legal, five, **ACT)
    made = Repeal.objects.get()
    assert legal.get(made.get_absolute_url()).context["may_undo"]
    legal.post(reverse("library:repeal_undo", args=[made.uid]), {"reason": "发文有误"})
    page = legal.get(made.get_absolute_url())
    assert not page.context["may_undo"]
    assert "发文有误" in page.content.decode()
    assert "发文有误" not in legal.get(reverse("library:repeals")).content.decode()


def test_on_its_day_it_can_no_longer_be_taken_back(legal, five):
    check(legal, five, **ACT)
    made = Repeal.objects.get()
    with clock.pinned(laws.MIDNIGHT):
        assert not legal.get(made.get_absolute_url()).context["may_undo"]
        legal.post(reverse("library:repeal_undo", args=[made.uid]), {"reason": "晚了"})
    assert not Repeal.objects.filter(undoes=made).exists()


def test_the_workbook_names_every_article(legal, five):
    check(legal, five, **ACT)
    response = legal.get(Repeal.objects.get().get_absolute_url(), {"file": "xlsx"})
    assert response["Content-Disposition"] == 'attachment; filename="repeal-2026-12-01.xlsx"'


def test_a_trainer_sees_repeals_and_makes_none(client, five):
    client.force_login(people.staff(Role.TRAINER))
    assert client.get(reverse("library:repeals")).status_code == 200
    assert client.get(reverse("library:repeal_new")).status_code == 403


def test_five_documents_are_repealed_in_one_act_with_one_impact_page(legal, django_assert_max_num_queries):
    """R96."""
    unit = people.unit()
    officer = people.officer(unit)
    some = [documents.document(f"第{number}号通知") for number in "一二三四五"]
    documents.circulation(unit, of=some[0], due_on=laws.DAY)
    bank.published(citations=("《第二号通知》第一项",))
    told = {"document": [one.pk for one in some]}
    with django_assert_max_num_queries(25):
        page = legal.get(reverse("library:repeal_check"), told)
    by_title = {one.document.title: one for one in page.context["documents"]}
    assert by_title["第一号通知"].open_receipts == 1
    assert [str(use.kind) for use in by_title["第二号通知"].uses] == ["试题"]
    page = legal.post(reverse("library:repeal_check"), told | ACT, follow=True)
    made = Repeal.objects.get()
    assert (len(page.context["documents"]), made.items.count()) == (5, 5)
    assert LibraryDocument.objects.filter(effective_to=laws.DAY).count() == 5
    with clock.pinned(laws.MIDNIGHT):
        assert not receipts.to_read(officer.pk, clock.today()).exists()


def test_laws_and_documents_are_found_and_ticked_together(legal, five):
    made = documents.document("测试市第六号通知")
    page = legal.get(
        reverse("library:repeal_new"), {"q": "六号", "law": [five[0].law_id], "document": ["x", "²"]}
    )
    assert [one.pk for one in page.context["found_documents"]] == [made.pk]
    check_page = legal.post(
        reverse("library:repeal_check"),
        {"law": [five[0].law_id], "document": [made.pk], **ACT},
        follow=True,
    )
    assert [one.document for one in check_page.context["documents"]] == [made]
    workbook = legal.get(Repeal.objects.get().get_absolute_url(), {"file": "xlsx"})
    assert workbook["Content-Disposition"].startswith("attachment")


def test_a_repeal_of_documents_is_taken_back(legal):
    made = documents.document()
    legal.post(reverse("library:repeal_check"), {"document": [made.pk], **ACT})
    legal.post(reverse("library:repeal_undo", args=[Repeal.objects.get().uid]), {"reason": "发文有误"})
    kept = LibraryDocument.objects.get()
    assert (kept.effective_to, kept.repealed_by) == (None, "")
