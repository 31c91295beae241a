"""What a person sees of their own exams."""

import pytest
from django.urls import reverse

from exams.services import results
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM
from question_bank.models import Citation, ErrorReport
from question_bank.services import answer_report
from tests.factories import exams, people
from tests.factories.exams import MINUTE, NOON
from tests.factories.library import edition

pytestmark = pytest.mark.django_db
LATER = NOON + 200 * MINUTE


@pytest.fixture
def attempt(client):
    made = exams.attempt()
    client.force_login(made.user)
    return made


def get(client, name, thing=None, at=NOON):
    with clock.pinned(at):
        return client.get(reverse(f"exams:{name}", args=[thing.uid] if thing else []))


def test_the_rules_name_the_end_before_the_start(client):
    candidate = exams.candidate(exams.sitting(), extra_seconds=300)
    client.force_login(candidate.officer.user)
    page = get(client, "rules", candidate.sitting)
    assert page.context["one"].deadline == NOON + 65 * MINUTE
    assert "2026-11-20 13:05:00" in page.content.decode()


def test_the_rules_of_an_exam_of_others_do_not_exist(client, attempt):
    client.force_login(people.officer(attempt.candidate.sitting.unit).user)
    assert get(client, "rules", attempt.candidate.sitting).status_code == 404


def test_an_open_attempt_has_no_result(client, attempt):
    assert get(client, "result", attempt).status_code == 404


def test_before_release_there_is_a_receipt_only(client, attempt):
    page = get(client, "result", attempt, LATER)
    assert page.context["receipt"].how == "deadline"
    assert "record" not in page.context
    assert get(client, "taking", attempt, LATER).context["receipt"].how == "deadline"


@pytest.mark.parametrize("shows", [True, False])
def test_keys_appear_after_release_and_only_if_the_sitting_says_so(client, attempt, shows):
    sitting = attempt.candidate.sitting
    sitting.shows_review = shows
    sitting.save()
    results.release_results(sitting=sitting, by=SYSTEM, at=LATER)
    page = get(client, "result", attempt, LATER)
    assert page.context["record"].score == 0
    assert (b"SECRET-EXPLANATION" in page.content) is shows


def test_whoever_stayed_away_is_absent(client):
    candidate = exams.candidate(exams.sitting())
    client.force_login(candidate.officer.user)
    results.release_results(sitting=candidate.sitting, by=SYSTEM, at=LATER)
    [one] = get(client, "home", at=LATER).context["past"]
    assert one.outcome == "absent"


def test_staff_without_an_officer_have_an_empty_list(client):
    client.force_login(people.staff("hr"))
    assert get(client, "home").context["due"] == []


def test_a_result_costs_the_same_however_many_questions(client, django_assert_max_num_queries):
    attempt = exams.attempt()
    for version_id, *_ in attempt.candidate.paper.items:
        Citation.objects.bulk_create([Citation(version_id=version_id, text="第一条")])
    results.release_results(sitting=attempt.candidate.sitting, by=SYSTEM, at=LATER)
    client.force_login(attempt.user)
    with django_assert_max_num_queries(15):
        page = get(client, "result", attempt, LATER)
    assert page.content.decode().count("第一条") == 10


def test_citations_are_links_once_released_and_not_before(client, attempt):
    law = edition().law
    version_id = attempt.candidate.paper.items[0][0]
    Citation.objects.bulk_create([Citation(version_id=version_id, text="《测试市市容条例》第二条")])
    link = f'href="{law.editions.get().get_absolute_url()}#art-2"'
    assert link not in get(client, "result", attempt, LATER).content.decode()
    results.release_results(sitting=attempt.candidate.sitting, by=SYSTEM, at=LATER)
    assert link in get(client, "result", attempt, LATER).content.decode()


def report(client, attempt, position=1, text="选项乙也对", at=LATER):
    with clock.pinned(at):
        return client.post(f"/exams/attempts/{attempt.uid}/report/{position}/", {"text": text})


def test_an_error_is_reported_after_release_and_comes_back_answered(client, attempt):
    assert report(client, attempt).status_code == 404
    results.release_results(sitting=attempt.candidate.sitting, by=SYSTEM, at=LATER)
    assert report(client, attempt).url.endswith("#question-1")
    made = ErrorReport.objects.get()
    assert made.version_id == attempt.candidate.paper.items[0][0]
    answer_report(report=made, outcome="right", answer="条例第三条已排除", by=SYSTEM, at=LATER)
    assert "条例第三条已排除" in get(client, "result", attempt, LATER).content.decode()
    assert "条例第三条已排除" in client.get("/exams/reports/").content.decode()


@pytest.mark.parametrize(
    ("position", "text", "status"), [(1, "错", 302), (0, "选项乙也对", 404), (99, "选项乙也对", 404)]
)
def test_a_report_that_says_nothing_is_not_kept(client, attempt, position, text, status):
    results.release_results(sitting=attempt.candidate.sitting, by=SYSTEM, at=LATER)
    assert report(client, attempt, position, text).status_code == status
    assert not ErrorReport.objects.exists()


def test_nobody_reports_on_somebody_elses_paper(client, attempt):
    results.release_results(sitting=attempt.candidate.sitting, by=SYSTEM, at=LATER)
    client.force_login(people.staff("hr"))
    assert report(client, attempt).status_code == 404
    assert client.get(f"/exams/attempts/{attempt.uid}/report/1/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_reports_takes_a_fixed_number_of_statements(
    client, attempt, number, django_assert_max_num_queries
):
    results.release_results(sitting=attempt.candidate.sitting, by=SYSTEM, at=LATER)
    for position in range(1, number + 1):
        report(client, attempt, position)
    with django_assert_max_num_queries(10):
        assert len(client.get("/exams/reports/").context["page_obj"]) == number
