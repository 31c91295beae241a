"""The big screen in a browser: stages, type that fits, what is told when, sounds."""

import pytest

from tests.exams.contests.desk_pages import QUESTION, asking, feed, open_page, view

pytestmark = pytest.mark.browser
HALLS = [(1920, 1080), (1280, 720)]
LONG = {
    **QUESTION,
    "face": {
        "stem": "某沿街餐饮店将油烟直接排入雨水管网，现场检查时店主拒不配合，" * 5,
        "options": [
            {"id": one, "letter": one.upper(), "text": "出示执法证件并告知其配合检查的义务，制作笔录，" * 2}
            for one in "abcdef"
        ],
    },
}
REVEAL = {
    "key": {"options": ["b"]},
    "explanation": "",
    "articles": [],
    "verdicts": [],
    "options": {"a": 3, "b": 12},
}
BUZZ = {
    "order": [{"seat": 3, "player": None, "ms": 812}, {"seat": 1, "player": None, "ms": 846}],
    "early": [2],
    "winner": 3,
}


@pytest.fixture(params=HALLS, ids=["1080", "720"])
def screen(chromium_here, request):
    width, height = request.param
    page = open_page(chromium_here, "screen", viewport={"width": width, "height": height})
    yield page
    assert page.troubles == []
    page.context.close()


@pytest.fixture
def quiet(chromium_here):
    page = open_page(
        chromium_here, "screen", viewport={"width": 1280, "height": 720}, reduced_motion="reduce"
    )
    yield page
    page.context.close()


def bottom(page, selector):
    return page.locator(selector).last.evaluate("one => one.getBoundingClientRect().bottom")


def size(page, selector):
    return page.locator(selector).first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")


def test_before_the_start_the_rules_and_the_way_in_are_on_the_picture(screen):
    feed(screen, view(6))
    assert screen.get_attribute("body", "data-stage") == "wait"
    assert bottom(screen, ".screen-rule") <= screen.viewport_size["height"]
    assert screen.is_visible(".screen-qr")
    assert screen.inner_text(".screen-code") == "K7Q4 MD"


def test_a_question_is_large_and_the_page_never_scrolls(screen):
    feed(screen, asking(6))
    width, height = screen.viewport_size["width"], screen.viewport_size["height"]
    assert size(screen, ".contest-stem") >= 0.033 * width
    assert size(screen, ".contest-option") >= 0.025 * width
    assert size(screen, ".board-team") >= 0.0179 * width
    assert screen.evaluate("document.documentElement.scrollHeight") <= height


@pytest.mark.parametrize("teams", [3, 16])
def test_no_option_of_a_long_question_is_cut(screen, teams):
    feed(screen, {**asking(teams), "question": LONG, "reveal": {**REVEAL, "explanation": "依据" * 90}})
    box = screen.locator("#question").evaluate("one => one.getBoundingClientRect().bottom")
    assert bottom(screen, ".contest-option") <= box + 1
    assert box <= screen.viewport_size["height"]


def test_the_key_is_told_at_the_reveal_and_not_before(quiet):
    feed(quiet, asking())
    assert quiet.locator(".is-right").count() == 0
    assert quiet.is_hidden("#key")
    feed(quiet, {**asking(), "reveal": REVEAL})
    assert quiet.get_attribute(".contest-option.is-right", "data-option") == "b"
    assert "B" in quiet.inner_text("#key")
    assert "12" in quiet.inner_text(".contest-option.is-right .contest-count")


def test_the_order_of_a_buzz_stands_on_the_screen(quiet):
    feed(quiet, {**asking(phase="answering", team=3, opened=78), "buzz": BUZZ})
    lines = quiet.locator(".contest-press").all_inner_texts()
    assert "新北队" in lines[0]
    assert "0.812" in lines[0]
    assert "钟楼队" in lines[1]
    assert "天宁队" in lines[2]
    assert quiet.get_attribute(".board-row.is-current", "data-seat") == "3"


def test_between_questions_the_board_stands_by_rank(quiet):
    made = {**asking(), "turn": None, "question": None}
    made["scores"][2] |= {"points": "120", "place": 1}
    made["scores"][0]["place"] = made["scores"][1]["place"] = 2
    feed(quiet, made)
    seats = quiet.locator(".board-row").evaluate_all("all => all.map(one => one.dataset.seat)")
    assert seats == ["3", "1", "2"]
    assert quiet.locator(".board-points").all_inner_texts() == ["120", "100", "100"]


def test_rows_glide_unless_less_motion_is_asked_for(chromium_here, quiet):
    lively = open_page(chromium_here, "screen", viewport={"width": 1280, "height": 720})
    rest, swapped = ({**asking(), "turn": None, "question": None} for _ in range(2))
    swapped["scores"] = [
        {"seat": s, "points": p, "place": k, "out": False}
        for s, p, k in ((1, "90", 3), (2, "100", 2), (3, "120", 1))
    ]
    counted = []
    for page in (lively, quiet):
        feed(page, rest)
        feed(page, swapped)
        counted.append(
            page.evaluate("document.getAnimations().filter(one => !one.transitionProperty).length")
        )
    lively.context.close()
    assert counted[0] > 0
    assert counted[1] == 0


def test_a_pause_covers_the_screen_with_its_reason(quiet):
    made = asking()
    made["match"] |= {"paused": True, "reason": "更换平板"}
    feed(quiet, made)
    assert "更换平板" in quiet.inner_text("#pause")


def test_the_end_shows_the_ranking_and_whether_it_is_confirmed(quiet):
    made = view()
    made["match"]["phase"] = "finished"
    feed(quiet, made)
    before = quiet.inner_text("#words")
    made["match"]["phase"] = "confirmed"
    feed(quiet, made)
    assert quiet.get_attribute("body", "data-stage") == "end"
    assert before != quiet.inner_text("#words")


def test_the_clock_runs_by_the_servers_time_and_stands_while_paused(quiet):
    now = quiet.evaluate("Date.now()")
    feed(quiet, {**asking(opened=78), "clock": {"ends_at": now + 8000, "left": None, "total": 20000}})
    assert int(quiet.inner_text(".clock-words")) in (7, 8)
    feed(quiet, {**asking(opened=78), "clock": {"ends_at": None, "left": 6500, "total": 20000}})
    quiet.wait_for_timeout(300)
    assert quiet.inner_text(".clock-words") == "7"
    assert quiet.get_attribute("#clock", "data-state") == "paused"


CUES = "async ([a, b]) => (await import('/static/contests/sounds.js')).cues(a, b)"


@pytest.mark.parametrize(
    ("before", "now", "cues"),
    [
        (asking(), asking(opened=78), ["open"]),
        (asking(opened=78), asking(opened=78), []),
        (asking(opened=78), {**asking(opened=78), "buzz": BUZZ}, ["buzz"]),
        (asking(), asking(verdicts=[{"seat": 3, "verdict": "right", "points": "10"}]), ["right"]),
        (asking(), asking(verdicts=[{"seat": 3, "verdict": "timeout", "points": "-10"}]), ["wrong"]),
        (None, asking(opened=78), []),
    ],
    ids=["opened", "nothing", "buzzed", "right", "wrong", "just opened the page"],
)
def test_each_event_has_its_cue(quiet, before, now, cues):
    assert quiet.evaluate(CUES, [before, now]) == cues


def test_the_first_click_unlocks_the_sound_and_m_mutes_it(quiet):
    feed(quiet, asking())
    assert quiet.is_visible("#sound")
    quiet.mouse.click(400, 300)
    quiet.wait_for_selector("#sound", state="hidden")
    quiet.keyboard.press("m")
    assert quiet.get_attribute("#mute", "aria-pressed") == "true"


def test_while_a_team_chooses_the_hall_sees_what_it_may_choose(quiet):
    made = asking(phase="choosing", chooser=2, choices=["10", "20", "30"])
    made["question"] = None
    feed(quiet, made)
    assert quiet.get_attribute("body", "data-stage") == "play"
    assert quiet.locator(".screen-choices li").count() == 3
    assert "天宁队" in quiet.inner_text("#who")


def test_without_an_audience_no_zeros_stand_beside_the_options(quiet):
    feed(quiet, {**asking(), "reveal": {**REVEAL, "options": {}}})
    assert quiet.locator(".contest-count").count() == 0
