"""The pure parts of the exam page's scripts, run in the browser they are written for."""

import hashlib
import json
from pathlib import Path

import pytest

from exams.rules import scoring
from question_bank.rules import texts
from tests.factories import kinds as questions
from tests.factories.kinds import EVERY

pytestmark = pytest.mark.browser
SCRIPTS = Path(__file__).resolve().parent.parent.parent / "exams" / "static" / "exams"
KINDS = ["kinds", "kind_choice", "kind_text", "kind_blank", "kind_ordering", "kind_case"]
LOADED = ["canonical", "clock", "client", "sync", *KINDS, "typing", "paper", "handin"]


@pytest.fixture(scope="module")
def page():
    from playwright.sync_api import sync_playwright

    from tests.journeys.site import find_chromium

    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium was found: install Debian's chromium or run `playwright install chromium`")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        made = browser.new_page()
        for name in LOADED:
            made.add_script_tag(path=SCRIPTS / f"{name}.js")
        yield made
        browser.close()


@pytest.mark.parametrize("text", ["", "abc", "执法" * 40, "x" * 55, "x" * 56, "x" * 64, "🀄" * 1000])
def test_sha256_is_the_standards(page, text):
    assert (
        page.evaluate("text => lianbingExam.sha256(text)", text) == hashlib.sha256(text.encode()).hexdigest()
    )


VECTORS = [
    {},
    {"2": ["b"], "10": ["a", "c"], "1": []},
    {"3": ["甲"], "1": ['"']},
    {"1": ["k3"]},
    {"1": {"b2": "二十日", "a1": "“引号”与\\反斜杠", "10": "x", "9": "y"}},
    {"4": "第一行\n第二行\t🀄👮🏽\u2028\u2029\u00a0/</script>\x7f"},
    {"7": {"p2": {"k3": "中"}, "p1": ["z", "a"], "p3": "文"}, "2": {"options": ["a7"], "reason": ""}},
    {"1": [], "2": "", "3": None},
]


@pytest.mark.parametrize("answers", VECTORS)
def test_the_fingerprint_is_the_servers(page, answers):
    assert page.evaluate("a => lianbingExam.canonical(a)", answers) == scoring.canonical(answers)
    assert page.evaluate("a => lianbingExam.fingerprint(a)", answers) == scoring.answers_sha256(answers)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ({"status": 200, "data": {"acked_through": 3}}, "acked"),
        ({"status": 200, "data": {"acked_through": 9}}, "failed"),
        ({"status": 200, "data": {"acked_through": "3"}}, "failed"),
        ({"status": 200, "data": None}, "failed"),
        ({"status": 502, "data": {"acked_through": 3}}, "failed"),
        ({"status": 302, "data": {"acked_through": 3}}, "failed"),
        (None, "failed"),
        ({"status": 409, "data": {"error": "superseded"}}, "superseded"),
        ({"status": 409, "data": {"error": "closed"}}, "closed"),
        ({"status": 409, "data": {"error": "?"}}, "failed"),
        ({"status": 401, "data": {"error": "ticket"}}, "ticket"),
        ({"status": 413, "data": {"error": "too_large"}}, "too_large"),
        ({"status": 400, "data": {"error": "bad_event", "seq": 2}}, "bad_event"),
    ],
)
def test_only_a_plain_acknowledgement_is_one(page, reply, kind):
    assert page.evaluate("reply => lianbingExam.judge(reply, 4).kind", reply) == kind


def test_the_wait_doubles_to_ten_seconds_with_a_fifth_of_chance(page):
    waits = page.evaluate("[1,2,3,4,5,9].map(n => [0, 0.5, 1].map(r => lianbingExam.backoff(n, () => r)))")
    assert [middle for _, middle, _ in waits] == [1000, 2000, 4000, 8000, 10000, 10000]
    assert all(
        low == pytest.approx(0.8 * mid) and high == pytest.approx(1.2 * mid) for low, mid, high in waits
    )


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "00:00"), (1, "00:01"), (59_999, "01:00"), (3_599_000, "59:59"), (3_909_000, "1:05:09")],
)
def test_the_countdown_as_people_read_it(page, ms, text):
    assert page.evaluate("ms => lianbingExam.countdownText(ms)", ms) == text


def test_the_countdown_follows_the_monotonic_clock(page):
    found = page.evaluate(
        """(() => { let now = 1000; const c = new lianbingExam.Countdown(() => now);
        c.sync(60000, 800); now += 5000; const first = c.remaining(); c.sync(120000);
        return [first, c.remaining(), c.reached([130000, 60000]), c.reached([130000])]; })()"""
    )
    assert found == [54900, 120000, [130000], []]


OUTBOX = """replies => new Promise(done => {
  const sent = [], kept = [];
  const outbox = new lianbingExam.Outbox({
    clientId: 'c', now: () => performance.now(), random: () => 0.5,
    journal: {append: (c, l, e) => { kept.push(e.seq); return Promise.resolve(true); }, acknowledged: () => {}},
    send: async body => { sent.push([kept.slice(), body.events.map(e => e.seq)]);
      const next = replies.shift(); if (next === 'lost') throw new Error(); return next; },
    setTimer: (work, ms) => setTimeout(work, ms / 20), clearTimer: t => clearTimeout(t),
    onChange() {}, onReply() {}, onStop() {}, onTicket() {}, onRefused() {}, onGap() {} });
  outbox.begin(1, 0);
  for (const item of [1, 2, 3]) outbox.record({item, value: ['a']});
  setTimeout(() => done({sent, unsaved: outbox.unsaved, stopped: outbox.stopped}), 700);
})"""


def ack(through):
    return {"status": 200, "data": {"acked_through": through, "remaining_ms": 1000}}


def test_nothing_is_sent_before_it_is_in_the_journal(page):
    run = page.evaluate(OUTBOX, [ack(1), ack(3), ack(3)])
    assert run["unsaved"] == 0
    assert all(set(sent) <= set(kept) for kept, sent in run["sent"])


def test_a_lost_reply_is_tried_again_and_only_then_saved(page):
    run = page.evaluate(OUTBOX, ["lost", ack(3), ack(3)])
    assert run["unsaved"] == 0
    assert len(run["sent"]) >= 2


def test_an_older_lease_stops_sending_and_keeps_what_waits(page):
    run = page.evaluate(OUTBOX, [{"status": 409, "data": {"error": "superseded"}}])
    assert (run["unsaved"], run["stopped"], len(run["sent"])) == (3, "superseded", 1)


def test_a_server_that_forgot_gets_everything_again(page):
    run = page.evaluate(OUTBOX, [ack(1), ack(3), ack(0), ack(3), ack(3)])
    assert run["unsaved"] == 0


@pytest.mark.parametrize(
    ("lease", "raised", "adopted"), [(3, True, ["b"]), (3, False, []), (2, True, ["a", "b"]), (9, True, [])]
)
def test_only_the_last_hands_unsent_answers_are_adopted(page, lease, raised, adopted):
    records = [
        {"client_id": "a", "lease": 1, "acked": False},
        {"client_id": "b", "lease": 2, "acked": False},
        {"client_id": "b", "lease": 2, "acked": True},
        {"client_id": "me", "lease": 2, "acked": False},
    ]
    options = {"clientId": "me", "lease": lease, "raised": raised}
    found = page.evaluate(
        "([r, o]) => lianbingExam.sortLeft(r, o).adopted.map(x => x.client_id)", [records, options]
    )
    assert found == adopted


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("一\r\n二\r三", 100),
        (" \u3000\u00a0\n\t", 100),
        ("a\x00b\x1bc\x7f", 100),
        ("🀄🀄🀄", 5),
        ("长" * 30, 10),
        (" 留着空格 ", 100),
        ("\u2028", 100),
    ],
)
def test_a_text_is_tidied_into_what_the_server_takes_as_it_is(page, text, limit):
    tidy = page.evaluate("([text, limit]) => lianbingExam.tidyText(text, limit)", [text, limit])
    assert (texts.parse_text(tidy, limit) or "") == tidy
    assert len(tidy) <= limit


def test_a_broken_character_never_leaves_the_page(page):
    tidy = page.evaluate("['a\\ud800b', '\\udc00', '\\ud83c\\udc04'].map(t => lianbingExam.tidyText(t, 9))")
    assert tidy == ["ab", "", "🀄"]


@pytest.mark.parametrize("name", EVERY)
def test_the_page_reads_every_kinds_answers(page, name):
    one = questions.of(name)
    item = one.kind.face(one.content, one.kind.orders(one.content)) | {"kind": one.kind.name}
    words = page.evaluate("([i, v]) => lianbingExam.wordsOf(i, v)", [item, one.right])
    answered, of = page.evaluate("([i, v]) => lianbingExam.progress(i, v)", [item, one.right])
    assert words
    assert answered == of >= 1
    assert page.evaluate("([i, v]) => lianbingExam.progress(i, v)[0]", [item, []]) == 0
    assert page.evaluate("i => lianbingExam.wordsOf(i, [])", item) == ""
    assert page.evaluate("v => lianbingExam.canonicalValue(v)", one.right) == scoring.canonical(
        {"1": one.right}
    ).removeprefix('{"1":').removesuffix("}")


TYPING = """([keys, every]) => new Promise(done => {
  const written = [];
  let now = 0, timer = null;
  const typing = new lianbingExam.Typing({
    record: (item, value) => written.push([item, value]), onChange() {}, now: () => now,
    setTimer: (work, ms) => (timer = {work, at: now + ms}), clearTimer: () => (timer = null) });
  for (let n = 1; n <= keys; n += 1) {
    typing.type(1, n);
    now += every;
    if (timer && timer.at <= now) { const {work} = timer; timer = null; work(); }
  }
  typing.commit();
  done(written);
})"""


@pytest.mark.parametrize(("keys", "every", "most"), [(3000, 200, 80), (100, 1500, 100), (1, 10, 1)])
def test_typing_is_written_down_at_pauses_and_at_the_latest_after_eight_seconds(page, keys, every, most):
    written = page.evaluate(TYPING, [keys, every])
    assert written[-1] == [1, keys]
    assert len(written) <= most


def test_a_batch_stays_below_what_may_outlive_the_page(page):
    cut = page.evaluate(
        "n => lianbingExam.fitting(Array.from({length: n}, (_, seq) => ({seq, value: '字'.repeat(3000)})), 49152).length",
        200,
    )
    assert cut == 5
    assert page.evaluate("lianbingExam.fitting([{value: '字'.repeat(40000)}], 49152).length") == 1


def test_the_difference_to_the_servers_copy(page):
    data = {"items": [{"position": n} for n in (1, 2, 3)], "answers": {"1": ["a"], "2": ["b"]}, "flags": [3]}
    found = page.evaluate(
        "([d, answers, flags]) => new lianbingExam.Paper(d).differences(answers, flags)",
        [data, {"1": ["a"], "3": ["c"]}, [1]],
    )
    assert found == [
        {"item": 2, "value": ["b"]},
        {"item": 3, "value": []},
        {"item": 1, "flag": False},
        {"item": 3, "flag": True},
    ]


def test_every_script_is_old_enough_for_chromium_88():
    new = ["structuredClone", ".at(", "Object.hasOwn", "randomUUID", "replaceAll(", "??=", "||=", "findLast"]
    for script in SCRIPTS.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        code = "\n".join(line for line in text.splitlines() if not line.strip().startswith(("//", "*", "/*")))
        found = [word for word in new if word in code]
        assert found == [], f"{script.name}: {json.dumps(found)}"
