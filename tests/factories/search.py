"""Three laws of an invented city for searching, and the synonyms of the demo."""

import json

from lianbing.library import demo
from lianbing.library.services.synonyms import keep_synonyms
from lianbing.people.rules import SYSTEM
from tests.factories.library import AT, edition

CITY = [
    "## 第一章 总则",
    "第一条 为了加强城市管理，制定本条例。",
    "第二条 本条例适用于本市城市化地区，禁止遛鸟。",
    "## 第二章 占道管理",
    "第三条 禁止占道堆放物料。",
    "第四条 不得擅自占用道路；确需占用的，应当经批准。",
    "第五条 流动摊贩违反前款规定的，处二百元罚款。",
    "## 第三章 附则",
    "第六条 监测PM2.5，公布结果。",
    "第七条 不得在广场养狗",
]
ENFORCEMENT = [
    "第一条 为了规范行政执法，制定本规定。",
    "第二条 执法人员应当出示证件，听取陈述。",
    "第三条 作出处罚决定前应当告知。",
    "第四条 当事人要求听证的，应当在五日内提出；听证应当公开。",
]


def laws():
    """The laws: one amended since, one in force, one to come."""
    edition(
        "临川市城市管理条例", history=("2015年3月1日 通过",), body=[*CITY[:3], "第三条 禁止占道堆放柴草。"]
    )
    edition("临川市城市管理条例", history=("2022年3月1日 修订",), body=CITY)
    edition("临川市行政执法规定", history=("2021年5月1日 公布",), body=ENFORCEMENT)
    edition(
        "临川市养犬条例",
        history=("2026年10月1日 通过", "2099年1月1日 施行"),
        body=["第一条 养犬应当登记，禁止占道。"],
    )


def synonyms():
    """The groups of words of the demo."""
    for group in json.loads((demo.laws.DATA / "synonyms.json").read_text(encoding="utf-8")):
        keep_synonyms(**group, reason="测试", by=SYSTEM, at=AT)
