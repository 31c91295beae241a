"""The database itself keeps what is published."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from question_bank.models import Citation, Question, QuestionVersion
from tests.factories.question_bank import draft, published, question

pytestmark = pytest.mark.django_db


def refused(change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_a_published_version_cannot_be_changed():
    version = published().published_version
    refused(lambda: QuestionVersion.objects.filter(pk=version.pk).update(key={"options": []}))
    refused(lambda: QuestionVersion.objects.filter(pk=version.pk).update(frozen_at=None))
    refused(version.delete)


def test_the_citations_of_a_published_version_are_frozen_with_it():
    citation = published(citations=("《某条例》第三条",)).published_version.citations.get()
    refused(lambda: Citation.objects.filter(pk=citation.pk).update(text="别的"))
    refused(citation.delete)


def test_a_draft_may_be_changed():
    version = question().latest
    assert QuestionVersion.objects.filter(pk=version.pk).update(difficulty=5) == 1


@pytest.mark.parametrize("change", [{"state": "published"}, {"state": "retired"}])
def test_state_and_published_version_agree(change):
    made = question() if change["state"] == "published" else published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=made.pk).update(**change)


def test_one_draft_a_question():
    made = question()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionVersion.objects.create(
            question=made, number=2, kind="single_choice", content={}, key={}, created_at=made.created_at
        )


def test_names():
    made = question(stem="题干")
    assert str(made) == "题干"
    assert str(made.latest) == "题干 v1"
    assert draft().search_text().startswith("执法")
