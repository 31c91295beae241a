"""Pages of honours, sanctions, measures, scores and exclusions: who sees what, and that files are checked first."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certificates.ratings.formats.columns import SCORE_COLUMNS
from certificates.ratings.models import Exclusion, ImportedScore, Record
from certificates.ratings.services.records import withdraw
from courses.training.queries.file import personal_file
from lianbing.kit import clock
from lianbing.kit.spreadsheets import OutSheet, write_workbook
from lianbing.people.models import Appointment
from lianbing.people.rules import SYSTEM, Role
from tests.factories import evidence, people

LIST, SCORES, OUT = "/ratings/records/", "/ratings/records/scores/", "/ratings/exclusions/"


@pytest.fixture(autouse=True)
def friday(at):
    cache.clear()
    with clock.pinned(at):
        yield


@pytest.fixture
def bureau(db):
    root = people.unit("执法局")
    east, west = people.unit("东城中队", root), people.unit("西城中队", root)
    return SimpleNamespace(
        root=root,
        east=east,
        west=west,
        officer=people.officer(east, name="王小明"),
        chief=people.officer(east, name="赵队长"),
        hr=people.staff(Role.HR, unit=east),
        hr_west=people.staff(Role.HR, unit=west),
        hr_all=people.staff(Role.HR),
        leader=people.staff(Role.LEADER, unit=east),
        trainer=people.staff(Role.TRAINER, unit=east),
    )


def as_user(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def titles(response):
    return {row["record"].title for row in response.context["rows"]}


def card(bureau, **fields):
    return evidence.record(bureau.officer, "measure", "yellow_card", title="着装不整", **fields)


@pytest.mark.parametrize(
    ("who", "status"),
    [("hr", 200), ("hr_all", 200), ("leader", 200), ("hr_west", 404), ("trainer", 404)],
)
def test_a_yellow_card_is_seen_by_hr_and_the_leader_of_the_unit(bureau, who, status):
    page = card(bureau).get_absolute_url()
    assert as_user(getattr(bureau, who)).get(page).status_code == status


def test_the_person_and_who_answers_for_it_open_it_and_no_colleague(bureau):
    record = card(bureau, leader=bureau.chief)
    colleague = people.officer(bureau.east)
    seen = [
        as_user(one.user).get(record.get_absolute_url()).status_code
        for one in (bureau.officer, bureau.chief, colleague)
    ]
    assert seen == [200, 200, 404]


def test_a_yellow_card_lapses_by_its_day_for_all_but_hr_and_the_person(bureau):
    record = card(bureau, expires_on=datetime.date(2026, 11, 19))
    page = record.get_absolute_url()
    seen = [as_user(one).get(page).status_code for one in (bureau.leader, bureau.hr, bureau.officer.user)]
    assert seen == [404, 200, 200]
    assert titles(as_user(bureau.leader).get(LIST)) == set()
    assert titles(as_user(bureau.hr).get(LIST)) == {"着装不整"}


def test_after_a_transfer_the_new_unit_sees_the_record_and_the_old_one_no_more(bureau):
    card(bureau)
    Appointment.objects.filter(officer=bureau.officer).update(unit=bureau.west)
    assert titles(as_user(bureau.hr_west).get(LIST)) == {"着装不整"}
    assert titles(as_user(bureau.hr).get(LIST)) == set()


def test_what_stands_under_a_merged_record_is_the_person_s_own(bureau):
    record, score = card(bureau), evidence.score(92, officer=bureau.officer)
    kept = people.officer(bureau.west)
    bureau.officer.merged_into = kept
    bureau.officer.save()
    for page in (record.get_absolute_url(), score.get_absolute_url()):
        seen = [as_user(one).get(page).status_code for one in (kept.user, bureau.hr_west, bureau.hr)]
        assert seen == [200, 200, 404]
    assert titles(as_user(bureau.hr_west).get(LIST)) == {"着装不整"}
    assert titles(as_user(bureau.hr).get(LIST)) == set()


def test_my_page_shows_what_is_on_record_of_me_and_what_i_answer_for(bureau):
    evidence.record(bureau.officer, "sanction", "warning", title="擅离职守", leader=bureau.chief)
    for officer in (bureau.officer, bureau.chief):
        assert titles(as_user(officer.user).get("/ratings/records/mine/")) == {"擅离职守"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"标兵", "擅离职守"}),
        ({"kind": "honour"}, {"标兵"}),
        ({"q": "擅离"}, {"擅离职守"}),
        ({"standing": "lapsed"}, {"擅离职守"}),
        ({"kind": "nonsense", "unit": "999999"}, {"标兵", "擅离职守"}),
    ],
)
def test_the_list_is_filtered(bureau, asked, found):
    evidence.record(bureau.officer, title="标兵")
    evidence.record(
        bureau.officer, "sanction", "warning", title="擅离职守", expires_on=datetime.date(2026, 11, 10)
    )
    assert titles(as_user(bureau.hr).get(LIST, asked)) == found


def test_hr_records_a_measure_and_an_admonition_holds_six_months(bureau):
    said = {"officer": "王小明", "sort": "admonition", "title": "群众投诉", "on": "2026-11-02"}
    response = as_user(bureau.hr).post("/ratings/records/new/measure/", said)
    made = Record.objects.get()
    assert response.headers["Location"] == made.get_absolute_url()
    assert (made.officer, made.expires_on) == (bureau.officer, datetime.date(2027, 5, 1))


def test_a_form_with_faults_saves_nothing_and_says_where(bureau):
    said = {"officer": "王小明", "sort": "yellow_card", "title": "着装不整", "on": "2026-12-02"}
    response = as_user(bureau.hr).post("/ratings/records/new/measure/", said)
    assert set(response.context["form"].errors) == {"on", "expires_on"}
    assert Record.objects.count() == 0


def test_hr_takes_a_record_back_with_a_reason(bureau):
    record = evidence.record(bureau.officer)
    page = f"{record.get_absolute_url()}withdraw/"
    assert as_user(bureau.leader).get(page).status_code == 403
    assert as_user(bureau.hr_west).post(page, {"reason": "登记有误了"}).status_code == 404
    as_user(bureau.hr).post(page, {"reason": "登记有误了"})
    assert Record.objects.get().withdrawal.reason == "登记有误了"


def told(officer, reader):
    reader = people.actor(reader)
    return {entry.title for entry in personal_file(officer, reader=reader).entries if entry.kind == "record"}


def test_the_personal_file_shows_each_reader_what_they_may_see(bureau):
    evidence.record(bureau.officer, title="标兵")
    evidence.record(bureau.officer, "sanction", "warning", title="擅离职守", leader=bureau.chief)
    card(bureau)
    everything = {"标兵", "擅离职守", "着装不整"}
    assert told(bureau.officer, bureau.trainer) == {"标兵"}
    assert [told(bureau.officer, who) for who in (bureau.hr, bureau.leader, bureau.officer.user)] == [
        everything
    ] * 3
    assert told(bureau.chief, bureau.chief.user) == {"擅离职守"}


def test_a_lapsed_measure_and_what_was_taken_back_are_no_more_on_file(bureau, at):
    card(bureau, expires_on=datetime.date(2026, 11, 19))
    withdraw(record=evidence.record(bureau.officer, title="标兵"), reason="登记有误了", by=SYSTEM, at=at)
    assert told(bureau.officer, bureau.hr) == set()


def test_a_score_opens_the_row_it_came_from_for_the_person_and_hr(bureau):
    score = evidence.score(92, officer=bureau.officer, said={"分值": "92", "评价人": "社区"})
    for user in (bureau.officer.user, bureau.hr):
        assert "社区" in as_user(user).get(score.get_absolute_url()).content.decode()
    assert as_user(bureau.hr_west).get(score.get_absolute_url()).status_code == 404


def scores_file():
    row = ["", "", "东城中队", "satisfaction", "满意度", "2026-03-01", 90, ""]
    data = write_workbook([OutSheet("表", [column.heading for column in SCORE_COLUMNS], [row])])
    return SimpleUploadedFile("满意度.xlsx", data)


def test_a_file_is_checked_first_and_taken_over_when_confirmed(bureau):
    client = as_user(bureau.hr_all)
    response = client.post(f"{SCORES}import/", {"file": scores_file(), "source": "external"})
    assert (response.context["report"].created, ImportedScore.objects.count()) == (1, 0)
    client.post(f"{SCORES}import/confirm")
    assert ImportedScore.objects.get().file == "满意度.xlsx"
    assert client.post(f"{SCORES}import/confirm").status_code == 302
    assert ImportedScore.objects.count() == 1


def test_only_hr_of_the_whole_bureau_takes_files_over(bureau):
    pages = (f"{SCORES}import/", f"{LIST}import/", f"{LIST}import/template.xlsx")
    assert [as_user(bureau.hr).get(page).status_code for page in pages] == [403] * 3
    assert [as_user(bureau.hr_all).get(page).status_code for page in pages] == [200] * 3


def test_a_file_that_is_none_is_refused_in_words(bureau):
    upload = SimpleUploadedFile("坏.xlsx", b"\x00\x01")
    response = as_user(bureau.hr_all).post(f"{LIST}import/", {"file": upload})
    assert response.context["form"].errors["file"]


def test_who_is_out_of_the_base_stands_there_by_name_until_counted_again(bureau):
    client = as_user(bureau.hr)
    said = {"officer": "王小明", "reason": "产假", "approver": "赵局长"}
    said |= {"from_on": "2026-11-01", "until_on": "2027-02-01"}
    client.post(f"{OUT}new/", said)
    page = as_user(bureau.leader).get(OUT).content.decode()
    assert all(word in page for word in ("王小明", "产假", "赵局长", "2027-02-01"))
    client.post(f"{OUT}{Exclusion.objects.get().uid}/withdraw/", {"reason": "提前返岗了"})
    assert as_user(bureau.leader).get(OUT).context["rows"] == []
    assert len(client.get(OUT, {"all": "1"}).context["rows"]) == 1


@pytest.mark.parametrize("page", [LIST, SCORES, OUT])
def test_a_list_of_three_takes_as_many_statements_as_one_of_one(bureau, page, django_assert_max_num_queries):
    def another():
        officer = people.officer(bureau.east)
        evidence.record(officer, "sanction", "warning", leader=bureau.chief)
        evidence.score(90, officer=officer)
        evidence.excluded(officer)

    another()
    client = as_user(bureau.hr)
    client.get(page)
    with django_assert_max_num_queries(15) as one:
        client.get(page)
    another()
    another()
    with django_assert_max_num_queries(len(one)):
        client.get(page)
