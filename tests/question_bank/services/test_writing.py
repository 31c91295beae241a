"""Writing, revising, approving and retiring questions."""

import datetime

import pytest

from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM, Role
from question_bank import queries, services
from question_bank.models import Question
from tests.factories.people import actor, staff
from tests.factories.question_bank import BankFactory, draft, published, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return actor(staff(Role.TRAINER))


@pytest.fixture
def lawyer():
    return actor(staff(Role.LEGAL))


def test_a_new_question_is_a_draft_nobody_draws(author, at):
    made = services.create_question(bank=BankFactory(), draft=draft(), by=author, at=at)
    assert (made.state, made.published_version, made.latest.number) == ("draft", None, 1)
    assert queries.drawable(made.bank) == []
    assert AuditRecord.objects.filter(action="question_created", subject_id=str(made.pk)).exists()


def test_option_ids_are_random_and_the_key_follows_them(author, at):
    one, other = (
        services.create_question(bank=BankFactory(), draft=draft(), by=author, at=at).latest for _ in "12"
    )
    assert one.content["options"] != other.content["options"]
    right = {o["id"]: o["text"] for o in one.content["options"]}[one.key["options"][0]]
    assert right == "二人"


@pytest.mark.parametrize(
    "fields",
    [
        {"stem": " "},
        {"options": ("甲",), "right": (0,)},
        {"options": ("甲", "甲")},
        {"right": (0, 1)},
        {"right": (9,)},
    ],
)
def test_an_unsound_question_is_not_saved(author, at, fields):
    with pytest.raises(services.NotSound):
        services.create_question(bank=BankFactory(), draft=draft(**fields), by=author, at=at)
    assert not Question.objects.exists()


def test_a_draft_may_wait_for_its_key_but_is_not_published(author, at):
    made = question(right=())
    with pytest.raises(services.NotSound):
        services.publish(question=made, by=author, at=at)
    with pytest.raises(services.NotSound):
        services.submit_for_review(question=made, by=author, at=at)


def test_publishing_freezes_the_version_and_puts_it_in_use(author, at):
    made = question()
    services.publish(question=made, by=author, at=at)
    assert made.state == "published"
    assert made.published_version.frozen_at == at
    assert made.published_version.approver_name == author.name
    assert [item.question_id for item in queries.drawable(made.bank)] == [made.pk]


def test_nothing_is_published_twice(author, at):
    made = published()
    with pytest.raises(services.NotAllowedNow):
        services.publish(question=made, by=author, at=at)


def test_revising_a_draft_keeps_its_number(author, at):
    made = question()
    version = services.revise(question=made, draft=draft(stem="新题干"), by=author, at=at, seen=1)
    assert (version.number, version.edits) == (1, 2)
    assert made.versions.get().content["stem"] == "新题干"


def test_revising_what_is_published_starts_a_version_and_leaves_the_old_in_use(author, at):
    made = published()
    first = made.published_version
    services.revise(question=made, draft=draft(stem="新题干"), by=author, at=at)
    made.refresh_from_db()
    assert (made.state, made.latest.number, made.published_version) == ("draft", 2, first)
    services.publish(question=made, by=author, at=at)
    assert made.published_version.number == 2
    assert queries.versions([first.pk])[first.pk].content["stem"] == "执法时不得少于（　）。"


def test_two_editors_do_not_overwrite_each_other(author, at):
    made = question()
    services.revise(question=made, draft=draft(stem="先到"), by=author, at=at, seen=1)
    with pytest.raises(services.Changed):
        services.revise(question=made, draft=draft(stem="后到"), by=author, at=at, seen=1)


def test_nobody_approves_what_they_did_not_see(author, lawyer, at):
    made = question(bank=BankFactory(people_needed=2), by=author)
    services.revise(question=made, draft=draft(stem="改过"), by=author, at=at, seen=1)
    services.submit_for_review(question=made, by=author, at=at)
    with pytest.raises(services.Changed):
        services.publish(question=made, by=lawyer, at=at, seen=1)


def test_the_author_never_approves_where_a_second_person_is_demanded(author, lawyer, at):
    made = question(bank=BankFactory(people_needed=2), by=author)
    with pytest.raises(services.OtherPersonNeeded):
        services.publish(question=made, by=lawyer, at=at)
    services.submit_for_review(question=made, by=author, at=at)
    with pytest.raises(services.OtherPersonNeeded):
        services.publish(question=made, by=author, at=at)
    services.publish(question=made, by=lawyer, at=at)
    assert made.state == "published"


def test_whoever_edited_a_draft_is_one_of_its_authors(author, lawyer, at):
    made = question(bank=BankFactory(people_needed=2), by=author)
    services.revise(question=made, draft=draft(stem="法制改过"), by=lawyer, at=at)
    services.submit_for_review(question=made, by=author, at=at)
    for writer in (author, lawyer):
        with pytest.raises(services.OtherPersonNeeded):
            services.publish(question=made, by=writer, at=at)


def test_the_system_does_not_stand_in_for_a_second_person(author, at):
    made = question(bank=BankFactory(people_needed=2), by=author)
    services.submit_for_review(question=made, by=author, at=at)
    with pytest.raises(services.OtherPersonNeeded):
        services.publish(question=made, by=SYSTEM, at=at)


def test_sending_back_needs_a_review_and_keeps_the_reason(author, lawyer, at):
    made = question(by=author)
    with pytest.raises(services.NotAllowedNow):
        services.send_back(question=made, reason="选项有歧义", by=lawyer, at=at)
    services.submit_for_review(question=made, by=author, at=at)
    services.send_back(question=made, reason="选项有歧义", by=lawyer, at=at)
    assert made.state == "draft"
    assert queries.history_of(made)[0].reason == "选项有歧义"


def test_a_retired_question_leaves_every_draw_and_may_come_back(author, at):
    made = published()
    services.retire(question=made, reason="条例已修订", by=author, at=at)
    assert (made.state, queries.drawable(made.bank)) == ("retired", [])
    services.revise(question=made, draft=draft(stem="按新条例改写"), by=author, at=at)
    made.refresh_from_db()
    assert (made.state, queries.drawable(made.bank)) == ("draft", [])


def test_a_question_without_a_citation_is_not_published(author, at):
    made = question(citations=())
    with pytest.raises(services.NotSound) as refused:
        services.publish(question=made, by=author, at=at)
    assert [problem.code for problem in refused.value.problems] == ["citation_missing"]
    services.revise(question=made, draft=draft(citations=("《某条例》第三条",)), by=author, at=at)
    services.publish(question=made, by=author, at=at)
    assert made.published_version.citations.get().article is None


def test_use_is_counted_by_question(at):
    one, other = published(), published()
    services.record_use([one.published_version_id] * 3 + [other.published_version_id], at)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.times_used, other.times_used, one.last_used_at) == (3, 1, at)


def test_a_bank_is_made_once(author, at):
    later = at + datetime.timedelta(days=1)
    one = services.make_bank(slug="b", name="甲", by=author, at=at)
    assert services.make_bank(slug="b", name="乙", by=author, at=later) == one
    assert one.name == "甲"
