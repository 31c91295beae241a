"""From a text in the editor to a published edition, by two people."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import TaskState

from lianbing.kit.models import AuditRecord
from lianbing.library import queries
from lianbing.library.models import LawDraft, LawEdition
from lianbing.library.rules.findings import Unreadable
from lianbing.library.services import (
    DoubtsOpen,
    NotWaiting,
    ReviewRefused,
    approve_draft,
    draft_from,
    publish_due,
    publish_edition,
    send_back_draft,
)
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.law_drafts import draft, submit
from tests.factories.library import edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return people.staff(Role.TRAINER)


@pytest.fixture
def keeper():
    return people.actor(people.staff(Role.LEGAL))


def test_what_is_approved_becomes_one_edition_with_its_articles(author, keeper, at):
    written = submit(draft(author), author)
    made = approve_draft(draft=written, comment="无误", by=keeper, at=at)
    assert (made.slug, made.status, made.article_count) == ("2026-10-01", "published", 2)
    assert [a.text for a in made.articles.all()] == [
        "为了市容整洁，制定本条例。",
        "本条例自2026年12月1日起施行。",
    ]
    written.refresh_from_db()
    assert written.edition == made
    with pytest.raises(NotWaiting):
        approve_draft(draft=written, by=keeper, at=at)
    with pytest.raises(NotWaiting):
        publish_edition(draft=written, by=keeper, at=at)
    assert LawEdition.objects.count() == 1


def test_who_wrote_and_who_approved_stand_on_record(author, keeper, at):
    made = approve_draft(draft=submit(draft(author), author), comment="无误", by=keeper, at=at)
    published = AuditRecord.objects.get(action="publish_edition", subject_id=str(made.pk))
    assert published.details["written_by"] == [str(author)]
    assert keeper.staff_number in published.details["approved_by"]
    assert AuditRecord.objects.get(action="approve_draft").reason == "无误"
    assert AuditRecord.objects.get(action="submit_draft").actor["staff_number"] == author.staff_number


def test_nobody_approves_what_they_wrote(at):
    author = people.staff(Role.LEGAL)
    written = submit(draft(author), author)
    for decide in (approve_draft, send_back_draft):
        with pytest.raises(ReviewRefused) as refusal:
            decide(draft=written, comment="好", by=people.actor(author), at=at)
        assert refusal.value.code == "author"
    assert not LawEdition.objects.exists()


def test_who_changed_a_word_in_an_earlier_revision_is_an_author_too(author, at):
    second = people.staff(Role.LEGAL)
    written = draft(second)
    written.body += "\n第三条 增加。"
    written.save_revision(user=author)
    with pytest.raises(ReviewRefused):
        approve_draft(draft=submit(written, author), by=people.actor(second), at=at)


@pytest.mark.parametrize("roles", [(), (Role.TRAINER,), (Role.SYSTEM_ADMINISTRATOR,)])
def test_the_superuser_and_other_roles_are_refused(author, roles, at):
    other = people.staff(*roles, is_superuser=True)
    with pytest.raises(ReviewRefused) as refusal:
        approve_draft(draft=submit(draft(author), author), by=people.actor(other), at=at)
    assert refusal.value.code == "role"


def test_wagtails_own_ways_do_not_publish(author, keeper):
    boss = people.staff(is_superuser=True)
    written = submit(draft(author), author)
    with pytest.raises(PermissionDenied):
        written.get_latest_revision().publish(user=boss, skip_permission_checks=True)
    state = queries.waiting_state(written)
    assert state.task.specific.get_actions(written, boss) == []
    assert written.get_lock().for_user(boss)
    assert not LawEdition.objects.exists()


def test_doubts_have_to_be_confirmed(author, keeper, at):
    written = submit(draft(author, body="第一条 甲。\n第三条 丙。"), author)
    with pytest.raises(DoubtsOpen):
        approve_draft(draft=written, by=keeper, at=at)
    made = approve_draft(draft=written, doubts_checked=True, by=keeper, at=at)
    assert made.status == "published"
    assert [doubt["code"] for doubt in made.doubts] == ["not_consecutive"]


def test_a_text_that_can_be_no_edition_is_not_approved(author, keeper, at):
    edition("市容条例", history=("2026年10月1日 通过",))
    written = submit(draft(author), author)
    with pytest.raises(Unreadable) as problem:
        approve_draft(draft=written, by=keeper, at=at)
    assert problem.value.finding.code == "other_text_of_edition"
    assert queries.waiting_state(written) is not None


def test_a_text_goes_back_with_a_comment_and_comes_again(author, keeper, at):
    written = submit(draft(author), author)
    send_back_draft(draft=written, comment="第二条有误", by=keeper, at=at)
    assert queries.waiting_state(written) is None
    assert [d.comment for d in queries.decisions_on(written)] == ["第二条有误"]
    written.current_workflow_state.resume(author)
    assert approve_draft(draft=written, by=keeper, at=at) is not None


def test_an_approved_text_waits_for_its_day(author, keeper, at):
    day = at + datetime.timedelta(days=9000)
    written = submit(draft(author, go_live_at=day), author)
    assert approve_draft(draft=written, by=keeper, at=at) is None
    assert publish_due(at=at) == 0
    assert not LawEdition.objects.exists()
    LawDraft.objects.get(pk=written.pk).revisions.update(approved_go_live_at=at)
    _bring_forward(written, at)
    assert publish_due(at=at) == 1
    assert LawEdition.objects.get().law.title == "市容条例"
    assert publish_due(at=at) == 0


def _bring_forward(written, at):
    """Let the day to go live have come, also for Wagtail, which looks at the real clock."""
    revision = written.get_latest_revision()
    revision.content["go_live_at"] = "2020-01-01T00:00:00Z"
    revision.save()


def test_a_scheduled_text_whose_place_was_taken_is_named_and_taken_off(author, keeper, at):
    written = submit(draft(author, go_live_at=at + datetime.timedelta(days=9000)), author)
    approve_draft(draft=written, by=keeper, at=at)
    edition("市容条例", history=("2026年10月1日 通过",))
    written.revisions.update(approved_go_live_at=at)
    _bring_forward(written, at)
    assert publish_due(at=at) == 0
    assert AuditRecord.objects.get(action="publication_failed").reason
    assert publish_due(at=at) == 0
    assert LawEdition.objects.count() == 1


def test_a_new_edition_starts_from_the_words_of_the_last(author, at):
    last = edition("市容条例")
    begun = draft_from(edition=last, by=people.actor(author), at=at)
    assert (begun.title, begun.based_on, begun.live) == ("市容条例", last, False)
    assert begun.body.splitlines()[1] == "第一条 这是第1号条文。"
    assert queries.authors_of(begun) == {author.pk}
    comparison = queries.compare_with(last, queries.examine(begun).text)
    assert not comparison.differs


def test_only_the_approved_revision_is_published(author, keeper, at):
    written = submit(draft(author), author)
    state = queries.waiting_state(written)
    written.body = "第一条 后来的字。"
    written.save_revision(user=author)
    made = approve_draft(draft=written, by=keeper, at=at)
    assert made.article_count == 2
    assert TaskState.objects.get(pk=state.pk).status == "approved"


def test_what_comes_into_force_later_is_pending_until_then(author, keeper, at):
    present = edition("市容条例")
    day = datetime.date(2026, 12, 1)
    made = approve_draft(draft=submit(draft(author, effective_on=day), author), by=keeper, at=at)
    assert queries.edition_on(made.law, at.date()) == present
    assert queries.edition_on(made.law, day) == made


def test_a_draft_that_is_being_written_is_no_edition_to_anybody(author):
    draft(author)
    assert not LawEdition.objects.exists()
    assert not queries.shelf().laws
