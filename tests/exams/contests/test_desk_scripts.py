"""The host's and the judges' desk in a browser: keys, reasons, confirmations, undo, what is barred."""

import pytest

from tests.exams.contests.desk_pages import asking, feed, moves, open_page, ruling, staff, view

pytestmark = pytest.mark.browser
VERDICTS = [ruling(one) for one in ("right", "wrong", "timeout", "void")]
PAUSE = {"action": "paused", "label": "暂停", "reason": True}
FOULS = [
    {"action": "fouled", "label": "记犯规", "data": {"team": team, "code": code}, "reason": True}
    for team in (1, 3)
    for code in ("material", "assist")
]


@pytest.fixture
def host(chromium_here):
    page = open_page(chromium_here, "host")
    yield page
    assert page.troubles == []
    page.context.close()


@pytest.fixture
def judge(chromium_here):
    page = open_page(chromium_here, "judge", roles="judge")
    yield page
    assert page.troubles == []
    page.context.close()


def answering(page, *may, **sections):
    feed(page, asking(phase="answering", team=3), staff(*may, **sections))


def test_every_legal_move_shows_a_key_of_its_own(host):
    many = [{"action": "turn_opened", "label": f"第{n}队", "data": {"team": n}} for n in range(1, 9)]
    answering(
        host,
        *VERDICTS,
        PAUSE,
        *many,
        *FOULS,
        {"action": "passed", "label": "转给观众", "data": {"to": "audience"}},
    )
    keys = host.locator(".host-move kbd").all_inner_texts()
    assert len(keys) == len(set(keys)) == 4 + 1 + 8 + 1 + 1
    assert "" not in keys
    assert "U" not in keys


@pytest.mark.parametrize(
    ("key", "verdict"), [("1", "right"), ("2", "wrong"), ("3", "timeout"), ("4", "void")]
)
def test_a_key_makes_its_move(host, key, verdict):
    answering(host, *VERDICTS)
    host.keyboard.press(key)
    assert moves(host) == [["ruled", {"team": 3, "verdict": verdict}, ""]]


def test_the_space_bar_begins_even_after_a_click_on_another_button(host):
    answering(host, {"action": "opened", "label": "开始"}, ruling("void"))
    host.get_by_role("button", name="判void").click()
    host.keyboard.press(" ")
    assert [kind for kind, _data, _reason in moves(host)] == ["ruled", "opened"]


def test_a_key_held_down_or_with_ctrl_makes_no_move(host):
    answering(host, *VERDICTS)
    host.keyboard.press("Control+1")
    host.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: '1', code: 'Digit1', repeat: true}))"
    )
    assert moves(host) == []


def test_a_key_works_while_an_input_method_is_on(host):
    answering(host, {"action": "turn_opened", "label": "下一题"})
    host.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Process', code: 'KeyN'}))")
    assert [kind for kind, _data, _reason in moves(host)] == ["turn_opened"]


def test_what_cannot_be_undone_asks_first_with_the_focus_on_going_back(host):
    feed(host, view(), staff({"action": "finished", "label": "结束比赛", "confirm": True}))
    host.keyboard.press("x")
    host.keyboard.press("Enter")
    assert moves(host) == []
    host.keyboard.press("x")
    host.locator("dialog .btn-danger").click()
    assert moves(host) == [["finished", {}, ""]]


def test_a_pause_does_not_go_without_a_reason(host):
    answering(host, PAUSE)
    host.keyboard.press("z")
    host.fill("dialog [name=reason]", "   ")
    host.keyboard.press("Enter")
    assert moves(host) == []
    host.fill("dialog [name=reason]", "平板没有电")
    host.keyboard.press("Enter")
    assert moves(host) == [["paused", {}, "平板没有电"]]


def test_keys_are_letters_while_a_reason_is_typed(host):
    answering(host, PAUSE, *VERDICTS)
    host.keyboard.press("z")
    host.keyboard.type("1 2 u")
    assert host.input_value("dialog [name=reason]") == "1 2 u"
    host.keyboard.press("Escape")
    assert moves(host) == []


def test_fouls_of_all_teams_are_one_button_and_deduct(host):
    answering(host, *FOULS)
    host.keyboard.press("f")
    assert host.locator("dialog [name=team] option").count() == 2
    host.select_option("dialog [name=code]", "assist")
    host.fill("dialog [name=reason]", "队友提示")
    host.locator("dialog [type=submit]").click()
    assert moves(host) == [["fouled", {"team": 3, "code": "assist", "points": "-10"}, "队友提示"]]


def test_the_players_of_a_substitution_follow_the_team(host):
    pairs = [(1, 10, 13), (1, 11, 13), (2, 22, 23)]
    change = [
        {"action": "substituted", "label": "换人", "data": {"team": t, "out": o, "in": i}}
        for t, o, i in pairs
    ]
    feed(host, asking(), staff(*change))
    host.keyboard.press("b")
    assert host.locator("dialog [name=out] option").all_inner_texts() == ["队员10", "队员11"]
    host.select_option("dialog [name=team]", "2")
    assert host.locator("dialog [name=in] option").all_inner_texts() == ["队员23"]
    host.fill("dialog [name=reason]", "身体不适")
    host.locator("dialog [type=submit]").click()
    assert moves(host) == [["substituted", {"team": 2, "out": 22, "in": 23}, "身体不适"]]


def test_undo_says_what_it_takes_back(host):
    answering(host, undo={"seq": 81, "words": "新北队抢到第 3 题"})
    assert "新北队抢到第 3 题" in host.inner_text("#undo")
    host.keyboard.press("u")
    host.locator("dialog .btn-small").first.click()
    host.keyboard.press("Enter")
    [[kind, data, reason]] = moves(host)
    assert (kind, data) == ("undone", {"seq": 81})
    assert reason


def test_nothing_to_undo_is_said_and_not_offered(host):
    answering(host)
    assert host.is_disabled("#undo")
    host.keyboard.press("u")
    assert host.locator("dialog[open]").count() == 0


def test_a_refusal_is_shown_in_the_servers_words(host):
    answering(host, *VERDICTS)
    host.evaluate("window.refusal = '只有主持人可以开始。'")
    host.keyboard.press("1")
    host.wait_for_selector("#refusal:not([hidden])")
    assert host.inner_text("#refusal") == "只有主持人可以开始。"


def test_the_team_of_ones_own_unit_is_greyed_with_the_reason(judge):
    answering(judge, ruling("right", team=2), ruling("wrong", team=3))
    barred = judge.locator(".host-move[aria-disabled=true]")
    assert barred.count() == 1
    assert "本单位" in judge.inner_text(".host-why")
    barred.dispatch_event("click")
    judge.keyboard.press("1")
    assert moves(judge) == []
    assert "本单位" in judge.inner_text("#refusal")


def test_the_judges_desk_offers_no_move_of_the_host(judge):
    answering(
        judge,
        {"action": "opened", "label": "开始"},
        {"action": "overridden", "label": "改判"},
        ruling("right"),
    )
    assert judge.locator(".host-move").count() == 1
    assert judge.is_hidden("#undo-box")


def test_the_chief_referee_overrides_with_a_reason(chromium_here):
    page = open_page(chromium_here, "judge", roles="judge chief_referee")
    answering(page, {"action": "overridden", "label": "改判", "roles": ["chief_referee"]})
    page.keyboard.press("o")
    page.fill("dialog [name=points]", "-10")
    page.fill("dialog [name=reason]", "答案与法条不符")
    page.locator("dialog [type=submit]").click()
    assert moves(page) == [["overridden", {"team": 3, "points": "-10", "turn": 77}, "答案与法条不符"]]
    page.context.close()


def test_a_judge_gives_a_mark_with_one_touch(judge):
    marking = {"action": "scored", "label": "打分", "data": {"team": 3}}
    there = staff(marking, judges=[{"id": 7, "name": "周", "scored": True}])
    feed(judge, asking(phase="answering", team=3), there, {"given": "15"})
    assert judge.locator(".host-mark").count() == 21
    assert judge.locator(".host-mark[aria-pressed=true]").inner_text() == "15"
    judge.locator(".host-mark", has_text="17").click()
    assert moves(judge) == [["scored", {"team": 3, "points": "17"}, ""]]


def test_pads_in_trouble_stand_first_and_the_light_tells_of_the_link(host):
    pads = [
        {"seat": 1, "role": "team", "name": "钟楼队", "online": True, "rtt": 12, "fit": True},
        {"seat": 2, "role": "team", "name": "天宁队", "online": False, "rtt": None, "fit": True},
        {"seat": 3, "role": "team", "name": "新北队", "online": True, "rtt": 240, "fit": False},
    ]
    answering(host, pads=pads)
    assert host.locator(".host-pad").evaluate_all("all => all.map(one => one.dataset.state)") == [
        "off",
        "unfit",
        "on",
    ]
    for state in ("live", "http", "offline"):
        host.evaluate("state => link(state)", state)
        assert host.get_attribute("#link", "data-state") == state
        assert host.inner_text("#link")


def test_a_name_is_text_whatever_it_says(host):
    made = asking(phase="answering", team=1)
    made["teams"][0]["name"] = "<img src=x onerror=alert(1)>"
    feed(host, made, staff())
    assert host.locator("#turn img, #board img").count() == 0
    assert "<img" in host.inner_text("#board")


@pytest.mark.parametrize("name", ["host", "judge"])
@pytest.mark.parametrize("width", [360, 1440])
def test_a_desk_fits_its_width(chromium_here, name, width):
    page = open_page(chromium_here, name, roles="host judge", viewport={"width": width, "height": 800})
    answering(page, *VERDICTS, *FOULS, undo={"seq": 1, "words": "新北队抢到第 3 题"})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def together():
    """All teams have answered one question on their pads."""
    made = asking(teams=3, phase="closed", opened=78)
    entries = [ruling(verdict, team=team) for team in (1, 2, 3) for verdict in ("right", "wrong")]
    return made, staff(*entries, proposed={"1": "right", "2": "wrong", "3": "right"})


def test_all_teams_are_ruled_as_their_pads_say_with_one_key_but_not_ones_own(host):
    feed(host, *together())
    assert host.locator(".host-ruling").count() == 3
    assert host.locator(".host-ruling .host-why").count() == 1
    host.keyboard.press("a")
    host.wait_for_function("window.asked.length === 1")
    feed(host, *together())
    host.wait_for_function("window.asked.length === 2")
    assert [(data["team"], data["verdict"]) for _kind, data, _reason in moves(host)] == [
        (1, "right"),
        (3, "right"),
    ]


def test_what_the_rules_refuse_now_stands_apart_with_the_reason(host):
    answering(host, *VERDICTS, {"action": "round_closed", "label": "结束本环节", "why": "有题正在进行。"})
    assert host.locator(".host-move").count() == 4
    assert "有题正在进行" in host.locator("#refused").text_content()


def test_the_end_asks_whether_it_is_meant_and_only_the_confirmation_is_final(chromium_here):
    texts = []
    for action in ("finished", "confirmed"):
        page = open_page(chromium_here, "host")
        answering(page, {"action": action, "label": "确定", "confirm": True})
        page.locator(".host-move").click()
        texts.append(page.locator("dialog p").inner_text())
        page.context.close()
    assert texts[0] != texts[1]
