"""The road on real input: laws, a real bank, 200 officers; every score recomputed from the bank's own file."""

import datetime
import hashlib
import json
import random
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import httpx
import openpyxl
import pytest

from tests.journeys.prepared import prepared
from tests.journeys.site import Site

pytestmark = pytest.mark.real_input

OFFICERS = 200
UNITS = ["真实局/一大队/一中队", "真实局/一大队/二中队", "真实局/二大队/三中队"]
LINES = [("single_choice", 30, "1"), ("multiple_choice", 10, "2"), ("true_false", 10, "1")]
DATA = re.compile(r'<script id="attempt-data" type="application/json">(.*?)</script>', re.DOTALL)


def report(site, *arguments):
    """The JSON report of a command, whatever its exit code."""
    return json.loads(site.manage(*arguments, "--json", check=False))


def roster(path):
    """A roster of 200 officers in three squads, in the product's own template."""
    book = openpyxl.load_workbook(path)
    people, units = book.worksheets[0], book.worksheets[1]
    for sheet in (people, units):
        sheet.delete_rows(2, sheet.max_row)
    paths = sorted({unit.rsplit("/", depth)[0] for unit in UNITS for depth in (0, 1, 2)})
    for unit in paths:
        units.append([unit])
    for n in range(OFFICERS):
        people.append(
            [
                f"Z{n:04}",
                f"考生{n}",
                UNITS[n % 3],
                "一线执法岗",
                "执法人员",
                None,
                None,
                "2020-01-01",
                "2021-01-01",
            ]
        )
    book.save(path)


@pytest.fixture(scope="module")
def road(tmp_path_factory, real_input):
    """The site with laws, bank, roster and a frozen sitting; and what each command reported."""
    folder = prepared(tmp_path_factory, "site")
    site = Site(folder)
    said = {"laws": report(site, "import_laws", str(real_input / "laws" / "lawrefbook_md"))}
    bank = real_input / "banks" / "nelsonnick_hrss_2019" / "questions.json"
    said["bank"] = report(site, "import_questions", str(bank), "--bank", "hrss", "--publish")
    site.manage("roster_template", "-o", str(folder / "roster.xlsx"))
    roster(folder / "roster.xlsx")
    said["roster"] = report(site, "import_roster", str(folder / "roster.xlsx"))
    said["sitting"] = report(site, "create_sitting", str(sitting_file(folder)), "--freeze")
    said["sessions"] = json.loads(site.run("tests/journeys/real_seed.py").splitlines()[-1])
    yield site.start(), said
    site.stop()


def sitting_file(folder):
    """The sitting as a file: three lines over the whole bank, open now."""
    now = datetime.datetime.now(datetime.UTC)
    lines = [{"point": None, "kind": kind, "count": count, "marks": marks} for kind, count, marks in LINES]
    data = {
        "title": "真实题库考试",
        "blueprint": {"title": "真实题库", "bank": "hrss", "lines": lines},
        "unit": "真实局",
        "units": ["真实局"],
        "opens_at": (now - datetime.timedelta(minutes=5)).isoformat(),
        "closes_at": (now + datetime.timedelta(hours=3)).isoformat(),
        "duration_minutes": 90,
        "pass_mark": "36",
    }
    path = folder / "sitting.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_laws_folder_is_read(road):
    laws = road[1]["laws"]
    assert laws["files"] == 75
    assert laws["editions_created"] + len(laws["refused"]) + len(laws["skipped"]) == 75
    assert {"SOURCE_README.md", "法律法规模版.md"} == {
        entry["file"].rsplit("/", 1)[-1] for entry in laws["skipped"]
    }
    assert laws["articles_created"] > 3000


def test_the_bank_is_published_with_its_fill_ins_and_what_is_broken_refused_by_name(road):
    bank = road[1]["bank"]
    assert bank["read"] == 3441
    assert bank["by_kind"]["fill_blank"] == 536
    assert len(bank["refused"]) == 13
    assert all("questions.json" in one["where"] for one in bank["refused"])
    assert bank["created"] + len(bank["refused"]) + len(bank["duplicates"]) >= 3441


def test_the_roster_is_taken_whole(road):
    assert road[1]["roster"]["created"] == OFFICERS
    assert road[1]["roster"]["errors"] == []


def test_everybody_gets_a_paper_of_their_own(road):
    site, said = road
    assert said["sitting"]["papers"] == OFFICERS
    papers = [items for (items,) in site.rows("SELECT items FROM exams_paper")]
    assert len(set(papers)) == OFFICERS
    assert all(len(json.loads(items)) == 50 for items in papers)


def plain(text):
    """A text without blanks and punctuation, for finding a question again in the file it came from."""
    return re.sub(r"[\W_]+", "", text)


def keys_in_file(real_input):
    """{(kind, stem, option texts): right option texts} as the bank's file says it, where it says so once."""
    found = {}
    kinds = {
        "single_topic_selection": "single_choice",
        "multiple_choice": "multiple_choice",
        "true_or_false": "true_false",
    }
    path = real_input / "banks" / "nelsonnick_hrss_2019" / "questions.json"
    for one in json.loads(path.read_text(encoding="utf-8")):
        if one["type"] not in kinds:
            continue
        texts = {letter: re.sub(r"^[A-F]\s*[．.、]\s*", "", one[f"option{letter}"]) for letter in "ABCDEF"}
        options = frozenset(plain(text) for text in texts.values() if text.strip())
        right = frozenset(plain(texts[letter]) for letter in one["answer"] if letter in texts)
        place = (kinds[one["type"]], plain(one["question"]), options)
        found[place] = None if place in found and found[place] != right else right
    return found


class Sitter:
    """One officer who sits the exam over HTTP with random answers, some left blank."""

    def __init__(self, site, sitting, session):
        self.site, self.sitting = site, sitting
        self.chance = random.Random(session)
        cookies = {"sessionid": session, "csrftoken": "t" * 32}
        headers = {"X-CSRFToken": "t" * 32}
        self.http = httpx.Client(
            base_url=site.url, cookies=cookies, headers=headers, timeout=60, trust_env=False
        )
        self.answers = {}

    def sit(self):
        """The whole exam; returns (attempt, answers)."""
        started = self.http.post(f"/exams/sittings/{self.sitting}/start")
        page = self.http.get(started.headers["location"])
        data = json.loads(DATA.search(page.text)[1])
        self.events = [self.event(n, item) for n, item in enumerate(data["items"], 1)]
        client, device = str(uuid.uuid4()), str(uuid.uuid4())
        pen = self.http.post(data["urls"]["lease"], json={"client_id": client, "device_id": device}).json()
        common = {"lease": pen["lease"], "client_id": client}
        self.http.headers["X-Attempt-Ticket"] = pen["ticket"]
        for start in range(0, 50, 10):
            saved = self.http.post(
                data["urls"]["events"], json={**common, "events": self.events[start : start + 10]}
            )
            assert saved.json()["acked_through"] == start + 10
        last = {**common, "final_seq": 50, "answers_sha256": self.fingerprint()}
        done = self.http.post(data["urls"]["submit"], json=last)
        assert done.json()["state"] == "submitted", done.text
        self.http.close()
        return data["attempt"], self.answers

    def event(self, seq, item):
        """An answer, or a blank in one of ten."""
        ids = [option["id"] for option in item["options"]]
        count = self.chance.randint(1, len(ids)) if item["kind"] == "multiple_choice" else 1
        value = sorted(self.chance.sample(ids, count)) if self.chance.random() > 0.1 else []
        if value:
            self.answers[str(item["position"])] = value
        return {"seq": seq, "item": item["position"], "value": value, "mono_ms": seq}

    def fingerprint(self):
        """SHA-256 of the canonical JSON of the answers."""
        kept = {key: self.answers[key] for key in sorted(self.answers, key=int)}
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def sat(road):
    """What all 200 answered, by attempt."""
    site, said = road
    sitters = [Sitter(site, said["sitting"]["sitting"], session) for session in said["sessions"].values()]
    with ThreadPoolExecutor(6) as hands:
        return dict(hands.map(Sitter.sit, sitters))


def test_two_hundred_scores_equal_those_recomputed_from_the_banks_file(road, sat, real_input):
    site, _ = road
    in_file = keys_in_file(real_input)
    versions = {
        pk: (kind, json.loads(content))
        for pk, kind, content in site.rows("SELECT id, kind, content FROM question_bank_questionversion")
    }
    rows = site.rows(
        "SELECT a.uid, p.items, m.score FROM exams_attempt a JOIN exams_paper p USING (candidate_id)"
        " JOIN exams_markrecord m ON m.attempt_id = a.id"
    )
    assert len(rows) == OFFICERS
    for uid, items, score in rows:
        answers = sat[str(uuid.UUID(uid))]
        assert Decimal(str(score)) == recomputed(json.loads(items), answers, versions, in_file)


def recomputed(items, answers, versions, in_file):
    """The score by the bank's file: full marks for exactly the right options."""
    total = Decimal(0)
    for position, (version, _, marks, *_) in enumerate(items, 1):
        kind, content = versions[version]
        texts = {option["id"]: plain(option["text"]) for option in content["options"]}
        right = in_file[kind, plain(content["stem"]), frozenset(texts.values())]
        assert right is not None, content["stem"]
        if {texts[one] for one in answers.get(str(position), [])} == right:
            total += Decimal(marks)
    return total
