"""Three people behind a question, and the pools."""

import pytest

from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM, Role
from question_bank import queries, services
from tests.factories.people import actor, staff
from tests.factories.question_bank import BankFactory, PointFactory, draft, published, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Author, reviewer, publisher."""
    return actor(staff(Role.TRAINER)), actor(staff(Role.TRAINER)), actor(staff(Role.LEGAL))


@pytest.fixture
def handed_in(people, at):
    made = question(BankFactory(people_needed=3), by=people[0])
    services.submit_for_review(question=made, by=people[0], at=at)
    return made


def test_three_different_people_publish_a_question(people, handed_in, at):
    _author, reviewer, publisher = people
    services.pass_review(question=handed_in, by=reviewer, at=at)
    services.publish(question=handed_in, by=publisher, at=at)
    version = handed_in.published_version
    assert (handed_in.state, version.reviewer_name, version.approver_name) == (
        "published",
        reviewer.name,
        publisher.name,
    )


def test_the_author_does_not_review_and_the_reviewer_does_not_publish(people, handed_in, at):
    author, reviewer, publisher = people
    for nobody in (author, SYSTEM):
        with pytest.raises(services.OtherPersonNeeded):
            services.pass_review(question=handed_in, by=nobody, at=at)
    with pytest.raises(services.OtherPersonNeeded):
        services.publish(question=handed_in, by=publisher, at=at)
    services.pass_review(question=handed_in, by=reviewer, at=at)
    for nobody in (author, reviewer, SYSTEM):
        with pytest.raises(services.OtherPersonNeeded):
            services.publish(question=handed_in, by=nobody, at=at)


def test_a_question_sent_back_or_edited_is_reviewed_anew(people, handed_in, at):
    author, reviewer, publisher = people
    services.pass_review(question=handed_in, by=reviewer, at=at)
    services.send_back(question=handed_in, reason="漏了依据", by=publisher, at=at)
    services.revise(question=handed_in, draft=draft(stem="改好了"), by=author, at=at)
    services.submit_for_review(question=handed_in, by=author, at=at)
    with pytest.raises(services.OtherPersonNeeded):
        services.publish(question=handed_in, by=publisher, at=at)


def test_a_bank_of_two_knows_no_third(people, at):
    made = question(BankFactory(people_needed=2), by=people[0])
    services.submit_for_review(question=made, by=people[0], at=at)
    with pytest.raises(services.OtherPersonNeeded):
        services.pass_review(question=made, by=people[1], at=at)


def test_everything_that_is_lacking_is_said_at_once(people, at):
    made = question(point="", citations=(), right=())
    with pytest.raises(services.NotSound) as refused:
        services.submit_for_review(question=made, by=people[0], at=at)
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {"key_missing", "point_missing", "citation_missing"}


def test_a_category_that_cites_no_law_needs_no_citation(people, at):
    PointFactory(name="媒体应对", cites_none=True)
    made = question(point="媒体应对", citations=())
    services.publish(question=made, by=people[0], at=at)
    assert made.state == "published"


def test_a_bank_says_where_its_new_questions_go(at):
    made = published(BankFactory(default_pool="exam"))
    assert made.pool == "exam"
    assert queries.drawable(made.bank, {"drill"}) == []


def test_moving_to_another_pool_is_on_record(people, at):
    made = published()
    services.put_in_pool(question=made, pool="contest", by=people[0], at=at)
    services.put_in_pool(question=made, pool="contest", by=people[0], at=at)
    record = AuditRecord.objects.get(action="question_pooled")
    assert (record.details["before"], record.details["after"]) == ("drill", "contest")
    assert queries.drawable(made.bank) == []
