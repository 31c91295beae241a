"""Sound questions of every kind as data: content, key, and the response that is the key."""

import itertools
from types import SimpleNamespace

from question_bank import kinds
from question_bank.kinds import plain

IDS = ["k3", "a7", "z2", "m9", "b4", "q6"]
PARTS = list(plain.KINDS)


def counted(prefix="n"):
    """Ids like those of the database: `new_ids(count)` gives that many, none twice."""
    numbers = itertools.count(1)
    return lambda count: [f"{prefix}{next(numbers)}" for _ in range(count)]


def _options(*texts):
    return [{"id": one, "text": text} for one, text in zip(IDS, texts, strict=False)]


def _choice(right):
    content = {"stem": "题干", "options": _options("选项甲", "选项乙", "选项丙", "选项丁")}
    return content, {"options": right}, sorted(right)


def _true_false():
    return {"stem": "题干", "options": _options("正确", "错误")}, {"options": ["a7"]}, ["a7"]


def _reasoned():
    content, key, right = _true_false()
    key = key | {"points": "0.4", "reference": "KEY-REFERENCE"}
    return content | {"asks_reason": True}, key, {"options": right, "reason": "因为如此"}


def _fill_blank():
    content = {
        "stem": "不得少于{{1}}人，可以{{2}}、{{3}}。",
        "blanks": [{"id": "k3", "hint": "数字"}, {"id": "a7"}, {"id": "z2"}],
    }
    key = {"blanks": {"k3": ["KEY-二", "2"], "a7": ["KEY-警告"], "z2": ["KEY-罚款"]}, "sets": [["a7", "z2"]]}
    return content, key, {"a7": "KEY-罚款", "k3": "２", "z2": "KEY-警告"}


def _ordering():
    content = {"stem": "排序", "options": _options("立案", "调查", "审核", "决定")}
    order = ["z2", "k3", "m9", "a7"]
    return content, {"order": order}, list(order)


def _text():
    points = [
        {"id": "p1", "text": "KEY-POINT", "marks": "2"},
        {"id": "p2", "text": "KEY-OTHER", "marks": "3"},
    ]
    return {"stem": "简述", "limit": 300}, {"reference": "KEY-REFERENCE", "points": points}, "第一，\n第二。"


def _case():
    made = {name: of(name) for name in ("single_choice", "fill_blank", "ordering")}
    parts = [
        {"id": f"p{place}", "kind": name, "content": one.content, "share": str(place + 1)}
        for place, (name, one) in enumerate(made.items())
    ]
    ids = dict(zip(made, (part["id"] for part in parts), strict=True))
    key = {"parts": {ids[name]: one.key for name, one in made.items()}}
    return {"stem": "案情", "parts": parts}, key, {ids[name]: one.right for name, one in made.items()}


_MAKERS = {
    "single_choice": lambda: _choice(["a7"]),
    "multiple_choice": lambda: _choice(["k3", "a7"]),
    "indefinite_choice": lambda: _choice(["k3", "z2", "m9"]),
    "true_false": _true_false,
    "reasoned_true_false": _reasoned,
    "fill_blank": _fill_blank,
    "ordering": _ordering,
    "short_answer": _text,
    "essay": _text,
    "case_analysis": _case,
}
EVERY = list(_MAKERS)


def of(name):
    """A sound question: `.kind`, `.content`, `.key` and `.right`, the canonical response that is the key."""
    content, key, right = _MAKERS[name]()
    kind = kinds.get(name.removeprefix("reasoned_"))
    return SimpleNamespace(kind=kind, content=content, key=key, right=right)


def wild_case():
    """A case that holds a part of every other kind, one with a reason."""
    names = [*PARTS, "reasoned_true_false"]
    made = {f"p{place}": of(name) for place, name in enumerate(names)}
    parts = [
        {"id": one, "kind": part.kind.name, "content": part.content, "share": "1"}
        for one, part in made.items()
    ]
    return SimpleNamespace(
        kind=kinds.get("case_analysis"),
        content={"stem": "案情", "parts": parts},
        key={"parts": {one: part.key for one, part in made.items()}},
        right={one: part.right for one, part in made.items()},
    )
