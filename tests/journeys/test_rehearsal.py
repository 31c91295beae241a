"""An operator rehearses an exam against the running server; nothing of it stays."""

import json

from tests.journeys.site import free_port

TABLES = [
    "exams_sitting",
    "exams_attempt",
    "exams_answerevent",
    "exams_markrecord",
    "exams_paper",
    "question_bank_questionversion",
    "people_user",
    "people_unit",
    "django_session",
]


def test_a_rehearsal_loses_nothing_and_leaves_nothing(site):
    said = site.manage(
        "rehearse_exam", "--url", site.url, "--candidates", "6", "--items", "9", "--pace", "0.02", "--json"
    )
    report = json.loads(said)
    assert report["candidates"] == report["submitted"] == 6
    assert report["saves_acked"] >= 54
    assert report["saves_lost"] == 0
    assert report["scores_equal"] is True
    assert 0 < report["p50_ms"] <= report["p95_ms"]
    assert [site.rows(f"SELECT COUNT(*) FROM {table}") for table in TABLES] == [[(0,)]] * len(TABLES)
    guards = site.rows("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'exams_%'")
    assert guards[0][0] >= 6


def test_a_rehearsal_without_a_server_is_refused(site):
    where = f"http://127.0.0.1:{free_port()}"
    said = site.manage("rehearse_exam", "--url", where, "--candidates", "2", "--json", check=False)
    assert json.loads(said)["submitted"] == 0
    assert json.loads(said)["scores_equal"] is False
    assert site.rows("SELECT COUNT(*) FROM exams_sitting") == [(0,)]
