"""Who is certified, whose certificate ends, who failed, who did not sit."""

import datetime

import pytest

from certificates.queries.overview import CERTIFIED, NONE, Filter, counts, lines, people, standing_only
from tests.factories import certificates
from tests.factories import people as folk

pytestmark = pytest.mark.django_db
TODAY = certificates.TODAY


@pytest.fixture
def squad():
    return folk.unit("执法一中队")


def ask(squad, **more):
    return people(Filter(unit_paths=(squad.path,), **more), TODAY)


def standings(found):
    return {row.officer.name: row.standing for row in found}


def test_the_best_certificate_counts(squad):
    officer = folk.officer(squad, name="甲")
    certificates.certificate(officer, days_left=-30)
    certificates.certificate(officer, days_left=500, revoked=True)
    certificates.certificate(officer, days_left=60)
    assert standings(ask(squad)) == {"甲": "expiring"}


def test_a_revoked_one_outlasts_an_older_expired_one(squad):
    officer = folk.officer(squad, name="甲")
    certificates.certificate(officer, days_old=700, days_left=-300)
    certificates.certificate(officer, days_left=100, revoked=True)
    assert standings(ask(squad)) == {"甲": "revoked"}


def test_everybody_is_counted_once(squad):
    sitting = certificates.released(squad)
    for score in ("90", "20", None):
        officer = folk.officer(squad)
        certificates.result(sitting, officer, score)
    certificates.certificate(officer, days_left=30)
    assert counts(ask(squad)) == {
        "people": 3,
        NONE: 2,
        "uncertified": 2,
        "expiring": 1,
        CERTIFIED: 1,
        "passed": 1,
        "failed": 1,
        "absent": 1,
    }


def test_only_released_results_of_real_people_count(squad):
    officer = folk.officer(squad, name="甲")
    certificates.result(certificates.released(squad, released_at=None), officer, "20")
    certificates.result(certificates.released(squad, is_rehearsal=True), officer, "20")
    simulated = folk.officer(squad, user=folk.UserFactory(is_rehearsal=True))
    certificates.certificate(simulated)
    assert counts(ask(squad)) == {"people": 1, NONE: 1, "uncertified": 1}


def test_the_newest_result_counts_unless_a_sitting_is_chosen(squad):
    officer = folk.officer(squad)
    old = certificates.released(squad, released_at=certificates.AT - datetime.timedelta(days=400))
    certificates.result(old, officer, "20")
    certificates.result(certificates.released(squad), officer, "90")
    assert counts(ask(squad))["passed"] == 1
    assert counts(ask(squad, sitting_id=old.pk))["failed"] == 1


def test_a_chosen_sitting_shows_its_candidates_only(squad):
    sitting = certificates.released(squad)
    certificates.result(sitting, folk.officer(squad), None)
    folk.officer(squad)
    assert counts(ask(squad, sitting_id=sitting.pk))["people"] == 1


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        ("certified", {"甲", "乙"}),
        ("expiring", {"乙"}),
        ("uncertified", {"丙", "丁"}),
        ("expired", {"丙"}),
        ("none", {"丁"}),
        ("failed", {"丁"}),
        ("", {"甲", "乙", "丙", "丁"}),
        ("nonsense", {"甲", "乙", "丙", "丁"}),
    ],
)
def test_standings(squad, standing, expected):
    for name, left in (("甲", 300), ("乙", 20), ("丙", -5)):
        certificates.certificate(folk.officer(squad, name=name), days_left=left)
    certificates.result(certificates.released(squad), folk.officer(squad, name="丁"), "1")
    assert set(standings(standing_only(ask(squad), standing))) == expected


def test_filters_by_person(squad):
    other = folk.PostFactory(name="案件审核岗")
    folk.officer(squad, post=other, name="张三", badge_number="4401")
    folk.officer(squad, category="auxiliary", name="李四")
    assert set(standings(ask(squad, post_id=other.pk))) == {"张三"}
    assert set(standings(ask(squad, category="auxiliary"))) == {"李四"}
    assert set(standings(ask(squad, search="4401"))) == {"张三"}


def test_civilian_staff_need_no_certificate_unless_asked_for(squad):
    folk.officer(squad, category="civilian", name="丙")
    folk.officer(squad, name="甲")
    assert set(standings(ask(squad))) == {"甲"}
    assert set(standings(ask(squad, category="civilian"))) == {"丙"}
    assert set(standings(ask(squad, category="all"))) == {"甲", "丙"}


def test_days_to_the_end_mean_certificates_in_force(squad):
    for name, left in (("甲", 300), ("乙", 20), ("丙", -5)):
        certificates.certificate(folk.officer(squad, name=name), days_left=left)
    assert set(standings(ask(squad, ends_within=30))) == {"乙"}


def test_one_kind_of_certificate(squad):
    officer = folk.officer(squad, name="甲")
    other = certificates.rule(title="另一种")
    certificates.certificate(officer, certificates.rule(title="一种"))
    assert standings(ask(squad, rule_id=other.pk)) == {"甲": "none"}


def test_lines_show_certificate_and_result(squad):
    officer = folk.officer(squad)
    made = certificates.certificate(officer, days_left=45)
    sitting = certificates.released(squad, title="秋季考试")
    certificates.result(sitting, officer, "88")
    (line,) = lines(ask(squad), TODAY)
    assert (line.certificate, line.days_left) == (made, 45)
    assert (line.outcome, line.score, line.sitting) == ("passed", 88, "秋季考试")


@pytest.mark.parametrize("people_count", [1, 3, 60])
def test_lines_take_three_statements_however_many(squad, people_count, django_assert_num_queries):
    sitting = certificates.released(squad)
    for _ in range(people_count):
        officer = folk.officer(squad)
        certificates.certificate(officer)
        certificates.result(sitting, officer, "70")
    with django_assert_num_queries(3):
        assert len(lines(ask(squad), TODAY)) == people_count
