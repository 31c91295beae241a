"""The pages of the desks and the big screen in a browser, with a room moved by hand instead of a server.

`feed(page, view, staff)` puts a view before the page; `moves(page)` = what it asked the server for.
"""

import copy
from pathlib import Path
from types import SimpleNamespace

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

ORIGIN = "http://contest.test"
KINDS = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
POLICY = "default-src 'self'; img-src 'self' data:"
ROOM = """
export function openRoom(options) {
  window.asked = []; window.refusal = null;
  window.feed = (view, staff, you = {}) => options.onView(view, you || {}, staff, ["all"]);
  window.link = (state) => options.onLink(state);
  const move = async (kind, data, reason) => {
    window.asked.push([kind, data, reason]);
    if (window.refusal) throw { code: "refused", text: window.refusal };
  };
  return { move, now: () => Date.now(), close() {} };
}
"""
QUESTION = {
    "kind": "single_choice",
    "number": 3,
    "face": {
        "stem": "当场作出行政处罚决定，可以对公民处以多少罚款？",
        "options": [
            {"id": "a", "letter": "A", "text": "一百元以下"},
            {"id": "b", "letter": "B", "text": "二百元以下"},
            {"id": "c", "letter": "C", "text": "五百元以下"},
            {"id": "d", "letter": "D", "text": "一千元以下"},
        ],
    },
}


def context(template):
    """What the views of the desks give their templates."""
    match = SimpleNamespace(uid="0", name="决赛", contest=SimpleNamespace(title="执法业务知识竞赛", uid="0"))
    return {
        "match": match,
        "room": {"url": "/ws/", "ticket": "t", "snapshot": "/s", "act": "/a", "move": "/m"},
        "rules": [
            {"title": f"第{n}环节", "words": ["每题 10 分，限时 60 秒。", "答错不扣分。"]}
            for n in range(1, 6)
        ],
        "join": {
            "svg": '<svg class="qr" viewBox="0 0 9 9"></svg>',
            "code": "K7Q4 MD",
            "address": "10.12.0.8/contests/join/",
        },
        "back": "/",
        "me": {"name": "周主持", "words": "主持人", "roles": template.roles, "user": "7"},
        "barred": {"2": "天宁队是您本单位的队，评委不得评判本单位。"},
    }


def open_page(browser, name, roles="host", **options):
    """A page of "host", "judge" or "screen", ready to be fed. Whatever goes wrong in it is in `page.troubles`."""
    page = browser.new_context(locale="zh-CN", **options).new_page()
    page.troubles = []
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("console", lambda line: line.type == "error" and page.troubles.append(line.text))
    html = render_to_string(f"contests/{name}.html", context(SimpleNamespace(roles=roles)))

    def answer(route):
        path = route.request.url.removeprefix(ORIGIN)
        if path == "/":
            headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
            return route.fulfill(body=html, headers=headers)
        if path == "/static/contests/room.js":
            return route.fulfill(body=ROOM, content_type="text/javascript")
        found = finders.find(path.removeprefix("/static/"))
        if found is None:
            return route.fulfill(status=404)
        return route.fulfill(body=Path(found).read_bytes(), content_type=KINDS[path.rsplit(".")[-1]])

    page.route("**/*", answer)
    page.goto(ORIGIN + "/")
    page.wait_for_function("() => Boolean(window.feed)")
    return page


def feed(page, view, staff=None, you=None):
    """Put a view before the page."""
    page.evaluate("([view, staff, you]) => feed(view, staff, you)", [view, staff, you])


def moves(page):
    """What the page asked for: [kind, data, reason] each. A move is under way for a moment."""
    page.wait_for_timeout(50)
    return page.evaluate("window.asked")


def view(teams=3, **sections):
    """A match that waits, with so many teams."""
    names = ["钟楼队", "天宁队", "新北队", "武进队", "金坛队", "溧阳队", "经开队", "市直队"]
    sides = [
        {
            "seat": seat,
            "name": names[(seat - 1) % 8] + ("" if seat <= 8 else "二"),
            "unit": "一大队",
            "players": [
                {"id": seat * 10 + n, "name": f"队员{seat}{n}", "on_stage": n < 3, "leader": n == 0}
                for n in range(4)
            ],
        }
        for seat in range(1, teams + 1)
    ]
    scores = [{"seat": seat, "points": "100", "place": 1, "out": False} for seat in range(1, teams + 1)]
    match = {
        "uid": "0",
        "title": "决赛",
        "contest": "竞赛",
        "phase": "waiting",
        "paused": False,
        "reason": "",
        "scale": 9,
    }
    empty = dict.fromkeys(
        ("round", "turn", "question", "clock", "buzz", "answers", "reveal", "board", "last")
    )
    return {"match": match, "teams": sides, "scores": scores, **empty, **copy.deepcopy(sections)}


def asking(teams=3, phase="shown", **turn):
    """A match in its buzzer round, with a question on."""
    made = view(teams, question=QUESTION)
    made["match"]["phase"] = "running"
    made["round"] = {
        "index": 2,
        "count": 5,
        "kind": "buzzer",
        "title": "抢答题",
        "words": ["抢到先答。"],
        "asked": 3,
        "items": 30,
    }
    made["turn"] = {
        "id": 77,
        "number": 3,
        "phase": phase,
        "team": None,
        "player": None,
        "value": None,
        "choices": [],
        "targets": [],
        "tried": [],
        "opened": None,
        "by": "pad",
        "who": "all",
        "verdicts": [],
        **turn,
    }
    return made


def staff(*may, **sections):
    """What the desks see besides."""
    entries = [{"key": "", "why": "", "reason": False, "confirm": False, "data": {}, **one} for one in may]
    empty = {
        "next": None,
        "key": {"options": ["b"]},
        "explanation": "",
        "reference": "",
        "pads": [],
        "judges": [],
    }
    fouls = [
        {"code": "material", "label": "翻阅资料", "points": "20"},
        {"code": "assist", "label": "他人提示", "points": "10"},
    ]
    return {
        **empty,
        "log": [],
        "spares": 2,
        "undo": None,
        "fouls": fouls,
        "max": 20,
        "may": entries,
        **sections,
    }


def ruling(verdict, team=3, **more):
    """The entry of one ruling."""
    return {"action": "ruled", "label": f"判{verdict}", "data": {"team": team, "verdict": verdict}, **more}
