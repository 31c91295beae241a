"""One's own results, a result with its formula and records, rankings, appeals."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.ratings.models import Appeal, Result
from certificates.ratings.services import appeals, periods
from tests.factories import people, ratings

pytestmark = pytest.mark.django_db
TEXT = "十月十五日的案卷评查漏登了一卷。"


def result_page(result, page=""):
    return f"/ratings/results/{result.uid}/{page}"


def corrected(rated, score=96):
    """October corrected and published again. Returns the new result of 王小明."""
    ratings.fact(rated.officer, score, origin=rated.fact.origin)
    ratings.gather(rated.period)
    periods.correct(period=rated.period, reason="复核后更正", by=ratings.HR, at=ratings.AT)
    ratings.publish(rated.period)
    return Result.objects.get(statement__number=2, officer=rated.officer)


def test_the_officer_reads_score_star_formula_and_opens_the_record(rated, as_user):
    page = as_user(rated.officer.user).get(result_page(rated.result)).content.decode()
    assert "92.00" in page
    assert "十月案卷评查" in page
    assert 'href="/ratings/records/"' in page


def test_the_sum_of_the_lines_is_the_score(rated, as_user):
    context = as_user(rated.officer.user).get(result_page(rated.result)).context
    assert [line["points"] for line in context["lines"]] == ["92"]
    assert "92" in context["explained"].steps[-1]


@pytest.mark.parametrize(
    ("who", "status"),
    [("hr", 200), ("hr_east", 200), ("leader", 200), ("leader_west", 404), ("trainer", 404)],
)
def test_who_reads_a_result_of_somebody_else(rated, as_user, who, status):
    assert as_user(getattr(rated, who)).get(result_page(rated.result)).status_code == status


def test_a_colleague_reads_it_not(rated, as_user):
    assert as_user(rated.other.user).get(result_page(rated.result)).status_code == 404


def test_nobody_concerned_sees_a_result_before_it_is_published(rated, as_user):
    period = ratings.period(rated.root, rated.scheme, first=rated.november)
    ratings.fact(rated.officer, 88, on=datetime.date(2026, 11, 3))
    result = ratings.computed(period).results.get(officer=rated.officer)
    statuses = [
        as_user(user).get(result_page(result)).status_code
        for user in (rated.officer.user, rated.hr_east, rated.hr)
    ]
    assert statuses == [404, 404, 200]


def test_the_list_of_ones_own_holds_the_newest_statement_of_each_period(rated, as_user):
    newest = corrected(rated)
    rows = as_user(rated.officer.user).get("/ratings/").context["rows"]
    assert [row.pk for row in rows] == [newest.pk]


def test_an_old_statement_stays_readable_and_says_what_replaced_it(rated, as_user):
    newest = corrected(rated)
    context = as_user(rated.officer.user).get(result_page(rated.result)).context
    assert context["newer"].pk == newest.pk
    assert [one.statement.number for one in context["others"]] == [2, 1]
    assert context["lines"][0]["facts"][0]["value"] == "92"


def test_a_correction_for_one_says_nothing_of_it_to_the_others(rated, as_user):
    corrected(rated)
    unchanged = Result.objects.get(statement__number=2, officer=rated.other)
    for client, result, told in (
        (as_user(rated.officer.user), Result.objects.get(statement__number=2, officer=rated.officer), True),
        (as_user(rated.other.user), unchanged, False),
        (as_user(rated.hr), unchanged, True),
    ):
        assert ("复核后更正" in client.get(result_page(result)).content.decode()) is told


def test_a_record_merged_into_another_keeps_its_results(rated, as_user):
    survivor = people.officer(rated.east, name="王小明")
    rated.officer.merged_into = survivor
    rated.officer.save()
    assert as_user(survivor.user).get(result_page(rated.result)).context["mine"]


def test_the_ranking_is_by_place_within_what_one_reads(rated, as_user):
    address = f"/ratings/statements/{rated.statement.uid}/"
    assert [row.roll.name for row in as_user(rated.hr).get(address).context["rows"]] == ["王小明", "李四"]
    assert [row.roll.name for row in as_user(rated.leader_west).get(address).context["rows"]] == ["李四"]
    filtered = as_user(rated.hr).get(address, {"unit": rated.west.path})
    assert [row.roll.name for row in filtered.context["rows"]] == ["李四"]


def test_the_ranking_as_of_a_day_is_what_was_published_by_then(rated, as_user, friday):
    corrected(rated, score=60)
    hr = as_user(rated.hr)
    asked = {"scheme": str(rated.scheme.uid), "day": "2026-11-19"}
    assert "rows" not in hr.get("/ratings/ranking/", asked).context
    today = hr.get("/ratings/ranking/", asked | {"day": "2026-11-20"}).context
    assert today["statement"].number == 2


@pytest.mark.parametrize(
    "asked", [{"day": "x"}, {"scheme": "9"}, {"kind": "?"}, {"unit": "0099"}, {"page": "x"}]
)
def test_filters_that_are_no_choice_are_not_asked(rated, as_user, asked):
    assert as_user(rated.hr).get("/ratings/ranking/", asked).status_code == 200


def test_who_is_out_of_the_base_stands_there_by_name_reason_and_approver(rated, as_user):
    period = ratings.period(rated.root, rated.scheme, first=rated.november)
    statement = ratings.computed(period, excluded=[rated.other])
    page = as_user(rated.hr).get(f"/ratings/statements/{statement.uid}/")
    assert [(one.name, one.excluded, one.approver) for one in page.context["excluded"]] == [
        ("李四", "长期病假", "局长")
    ]


def test_a_unit_of_twelve_with_one_on_long_leave_has_a_base_of_eleven(rated, as_user):
    people_ = [people.officer(rated.east) for _one in range(11)]
    scheme = ratings.scheme(subject="unit", stars=(), star_kinds=())
    period = ratings.period(rated.root, scheme, first=rated.november)
    ratings.fact(rated.east, 80, on=datetime.date(2026, 11, 3))
    statement = ratings.computed(period, excluded=[people_[0]])
    result = statement.results.get(unit=rated.east)
    assert as_user(rated.hr).get(result_page(result)).context["base"] == (12, 11)


def test_the_officer_appeals_and_reads_the_decision(rated, as_user):
    officer, hr = as_user(rated.officer.user), as_user(rated.hr)
    response = officer.post(result_page(rated.result, "appeal/"), {"text": TEXT})
    assert TEXT in hr.get(response.url).content.decode()
    hr.post(response.url, {"upheld": "yes", "decision": "查明漏登一卷，予以更正。"})
    assert "予以更正" in officer.get(response.url).content.decode()
    assert Appeal.objects.get().state == Appeal.State.UPHELD


def test_an_appeal_upheld_leads_to_the_correction_with_its_reason(rated, as_user):
    appeal = appeals.file(result=rated.result, text=TEXT, by=people.actor(rated.officer.user), at=ratings.AT)
    hr = as_user(rated.hr)
    hr.post(f"/ratings/appeals/{appeal.uid}/", {"upheld": "yes", "decision": "漏登一卷。"})
    context = hr.get(f"/ratings/appeals/{appeal.uid}/").context
    assert context["corrects"]
    form = hr.get(f"/ratings/periods/{rated.period.uid}/do/corrected/", {"reason": context["reason"]})
    assert "漏登一卷" in form.context["form"]["reason"].value()


@pytest.mark.parametrize(
    "sent", [{}, {"upheld": "maybe", "decision": "理由充分"}, {"upheld": "yes", "decision": ""}]
)
def test_a_decision_needs_a_verdict_and_reasons(rated, as_user, sent):
    appeal = appeals.file(result=rated.result, text=TEXT, by=people.actor(rated.officer.user), at=ratings.AT)
    page = as_user(rated.hr).post(f"/ratings/appeals/{appeal.uid}/", sent)
    assert page.context["form"].errors
    appeal.refresh_from_db()
    assert appeal.state == Appeal.State.FILED


def test_neither_a_colleague_nor_a_reader_appeals(rated, as_user):
    address = result_page(rated.result, "appeal/")
    assert as_user(rated.other.user).post(address, {"text": TEXT}).status_code == 404
    assert as_user(rated.hr).post(address, {"text": TEXT}).status_code == 302
    assert not Appeal.objects.exists()


def test_one_takes_ones_own_appeal_back_and_nobody_elses(rated, as_user):
    appeal = appeals.file(result=rated.result, text=TEXT, by=people.actor(rated.officer.user), at=ratings.AT)
    as_user(rated.hr).post(f"/ratings/appeals/{appeal.uid}/withdraw")
    appeal.refresh_from_db()
    assert appeal.state == Appeal.State.FILED
    as_user(rated.officer.user).post(f"/ratings/appeals/{appeal.uid}/withdraw")
    appeal.refresh_from_db()
    assert appeal.state == Appeal.State.WITHDRAWN


def many(rated, count):
    """As many further people in the east, rated in November, with an appeal each."""
    period = ratings.period(rated.root, rated.scheme, first=rated.november)
    made = [people.officer(rated.east) for _one in range(count)]
    for officer in made:
        ratings.fact(officer, 80, on=datetime.date(2026, 11, 3))
    statement = ratings.published(period)
    for officer in made:
        result = Result.objects.get(statement=statement, officer=officer)
        appeals.file(result=result, text=TEXT, by=people.actor(officer.user), at=ratings.AT)
    return statement, result


def cost(client, address):
    """How many statements a page takes when it is asked for again."""
    client.get(address)
    with CaptureQueriesContext(connection) as taken:
        client.get(address)
    return len(taken)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_one_as_for_three(rated, as_user, count):
    statement, result = many(rated, count)
    hr, officer = as_user(rated.hr), as_user(result.officer.user)
    costs = {
        "statement": cost(hr, f"/ratings/statements/{statement.uid}/"),
        "ranking": cost(hr, "/ratings/ranking/"),
        "appeals": cost(hr, "/ratings/appeals/"),
        "result": cost(hr, result_page(result)),
        "own result": cost(officer, result_page(result)),
        "own list": cost(officer, "/ratings/"),
        "period": cost(hr, f"/ratings/periods/{statement.period.uid}/"),
    }
    assert costs == {
        "statement": 11,
        "ranking": 13,
        "appeals": 6,
        "result": 12,
        "own result": 14,
        "own list": 7,
        "period": 10,
    }
