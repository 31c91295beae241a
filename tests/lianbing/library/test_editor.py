"""Law texts in the editor at /cms/: written, submitted, locked, frozen; never published there."""

import pytest
from django.urls import reverse

from lianbing.kit.models import AuditRecord
from lianbing.library import queries
from lianbing.library.models import LawDraft, LawEdition
from lianbing.library.services import approve_draft, ensure_handbook, ensure_review, send_back_draft
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.law_drafts import BODY, draft, submit

pytestmark = pytest.mark.django_db
ADD = "/cms/snippets/library/lawdraft/add/"
FORM = {
    "title": "市容条例",
    "subtitle": "",
    "level": "local",
    "issuing_body": "市人大常委会",
    "document_number": "第5号",
    "published_on": "2026-10-01",
    "effective_on": "2026-12-01",
    "history": "2026年10月1日 通过",
    "body": BODY,
    "go_live_at": "",
}


@pytest.fixture
def author(client):
    user = people.staff(Role.TRAINER)
    client.force_login(user)
    client.get("/cms/")
    return user


def edit(written, name="edit"):
    return reverse(f"wagtailsnippets_library_lawdraft:{name}", args=[written.pk])


def test_an_author_writes_a_text_and_its_revision_is_kept(client, author):
    assert client.get(ADD).status_code == 200
    assert client.post(ADD, FORM).status_code == 302
    written = LawDraft.objects.get()
    assert (written.live, written.revisions.get().user) == (False, author)
    assert written.body == BODY
    assert not LawEdition.objects.exists()
    assert "市容条例" in client.get("/cms/snippets/library/lawdraft/").content.decode()


def test_an_unfinished_text_may_be_kept_but_not_submitted(client, author):
    unfinished = {**FORM, "body": "还没有条文"}
    assert client.post(ADD, unfinished).status_code == 302
    written = LawDraft.objects.get()
    response = client.post(edit(written), {**unfinished, "action-submit": "1"})
    assert response.status_code == 200
    assert queries.waiting_state(written) is None


def test_what_is_doubtful_stands_on_the_form_with_its_lines(client, author):
    client.post(ADD, {**FORM, "body": "第一条 甲。\n第二条 乙。\n第五条 戊。"})
    text = client.get(edit(LawDraft.objects.get())).content.decode()
    assert "law-findings" in text
    assert "第五条" in text.partition("law-findings")[2][:2000]


def test_an_author_submits_and_the_text_is_locked_for_everybody(client, author):
    client.post(ADD, {**FORM, "action-submit": "1"})
    written = LawDraft.objects.get()
    assert queries.waiting_state(written) is not None
    assert queries.authors_of(written) == {author.pk}
    client.post(edit(written), {**FORM, "title": "另一个名字"})
    written.refresh_from_db()
    assert (written.title, written.revisions.count()) == ("市容条例", 1)
    assert reverse("library:review", args=[written.pk]) in client.get(edit(written)).content.decode()


def test_an_author_takes_a_text_back(client, author):
    client.post(ADD, {**FORM, "action-submit": "1"})
    written = LawDraft.objects.get()
    client.post(edit(written), {**FORM, "action-cancel-workflow": "1"})
    assert queries.waiting_state(written) is None
    assert client.post(edit(written), {**FORM, "title": "新名"}).status_code == 302
    assert written.revisions.count() == 2


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_publishes_in_the_editor(client, superuser):
    user = people.staff(Role.LEGAL, is_superuser=superuser)
    client.force_login(user)
    client.get("/cms/")
    client.post(ADD, {**FORM, "action-publish": "1"})
    written = LawDraft.objects.first() or draft(user)
    client.post(edit(written), {**FORM, "action-publish": "1"})
    assert 'name="action-publish"' not in client.get(edit(written)).content.decode()
    written.refresh_from_db()
    assert not written.live
    assert client.post(edit(written, "unpublish")).status_code in {302, 403, 404}
    assert not LawEdition.objects.exists()


def test_a_superuser_with_the_action_at_hand_approves_nothing_there(client):
    author = people.staff(Role.TRAINER)
    written = submit(draft(author), author)
    client.force_login(people.staff(Role.TRAINER, is_superuser=True))
    state = queries.waiting_state(written)
    address = reverse(
        "wagtailsnippets_library_lawdraft:workflow_action", args=[written.pk, "approve", state.pk]
    )
    client.post(address, {"comment": "好"})
    client.post(edit(written), {**FORM, "action-workflow-action": "1", "workflow-action-name": "approve"})
    written.refresh_from_db()
    assert queries.waiting_state(written) is not None
    assert not written.live


def test_a_published_text_is_frozen_and_offers_the_next_edition(client, author, at):
    written = submit(draft(author), author)
    made = approve_draft(draft=written, by=people.actor(people.staff(Role.LEGAL)), at=at)
    text = client.get(edit(written)).content.decode()
    assert reverse("library:amend", args=[made.law.slug, made.slug]) in text
    client.post(edit(written), {**FORM, "body": "第一条 改。", "action-submit": "1"})
    written.refresh_from_db()
    assert (written.body, written.revisions.count()) == (BODY, 1)
    assert client.post(edit(written, "delete")).status_code in {302, 403}
    assert LawDraft.objects.filter(pk=written.pk).exists()


@pytest.mark.parametrize(("role", "left"), [(Role.TRAINER, 1), (Role.LEGAL, 0)])
def test_only_authors_and_the_legal_section_discard_a_text(client, role, left):
    written = draft(people.staff(Role.TRAINER))
    client.force_login(people.staff(role))
    client.get("/cms/")
    client.post(edit(written, "delete"))
    assert LawDraft.objects.count() == left
    assert AuditRecord.objects.filter(action="discard_draft").count() == 1 - left


def test_many_texts_at_once_are_discarded_by_the_same_rule(client, author):
    lying, own = submit(draft(author), author), draft(author)
    address = "/cms/bulk/library/lawdraft/delete/"
    client.post(f"{address}?id={lying.pk}&id={own.pk}")
    assert LawDraft.objects.count() == 2
    client.post(f"{address}?id={own.pk}")
    assert list(LawDraft.objects.all()) == [lying]


def test_the_history_in_the_editor_names_who_decided(client, author, at):
    written = submit(draft(author), author)
    approve_draft(draft=written, comment="已核对", by=people.actor(people.staff(Role.LEGAL)), at=at)
    assert client.get(edit(written, "history")).status_code == 200
    assert client.get(edit(written, "workflow_history")).status_code == 200


def test_an_author_sees_on_the_form_why_a_text_came_back(client, author, at):
    written = submit(draft(author), author)
    keeper = people.actor(people.staff(Role.LEGAL))
    send_back_draft(draft=written, comment="第二条缺少罚则", by=keeper, at=at)
    assert "第二条缺少罚则" in client.get(edit(written)).content.decode()
    client.post(edit(written), {**FORM, "action-submit": "1"})
    assert queries.waiting_state(written) is not None


@pytest.mark.parametrize("roles", [(), (Role.HR,), (Role.LEADER,)])
def test_nobody_else_writes_law_texts(client, roles):
    client.force_login(people.staff(*roles) if roles else people.officer().user)
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, FORM).status_code == 403


def test_the_review_is_made_once():
    assert ensure_review() == ensure_review()


@pytest.mark.parametrize(
    "rest",
    [
        "failwhale/",
        "users/",
        "groups/1/",
        "workflows/list/",
        "choose-external-link/",
        "pages/1/privacy/",
        "pages/1/set_position/",
    ],
)
def test_what_wagtail_brings_along_stays_closed(client, rest):
    client.force_login(people.staff(Role.LEGAL))
    assert client.get("/cms/").status_code == 200
    assert client.get(f"/cms/{rest}").status_code == 404
    assert client.post(f"/cms/{rest}").status_code == 404


def test_half_a_form_of_the_editor_is_a_bad_request(client):
    client.force_login(people.staff(Role.TRAINER))
    client.get("/cms/")
    index = ensure_handbook()
    assert client.post(f"/cms/pages/add/library/handbookentry/{index.pk}/", {"title": "x"}).status_code == 400
