"""The labour bureau's JSON layout."""

import json
from pathlib import Path

import pytest

from question_bank import formats
from question_bank.formats import File, Refusal, hrss_json

ITEM = {
    "_id": "single1",
    "typeCh": "单选题",
    "question": "\n试用期不得超过（  ）",
    "optionA": "A．一个月",
    "optionB": "B．二个月",
    "optionC": "",
    "optionD": "",
    "answer": "B",
    "analysis": "《劳动合同法》第十九条规定。",
    "scope": "劳动关系",
    "department": "劳动关系司",
    "level": "国家",
    "law1": "《中华人民共和国劳动合同法》",
    "law2": "《工伤保险条例》",
}


@pytest.fixture
def read(tmp_path):
    def reading(items, encoding="utf-8"):
        path = Path(tmp_path) / "questions.json"
        path.write_bytes(json.dumps(items, ensure_ascii=False).encode(encoding))
        file = File(path)
        assert formats.choose("auto", file) is hrss_json
        return list(hrss_json.read(file))

    return reading


def test_one_question(read):
    [row] = read([ITEM])
    draft = row.draft.tidied()
    assert (draft.kind, draft.stem, draft.options) == (
        "single_choice",
        "试用期不得超过（  ）",
        ("一个月", "二个月"),
    )
    assert (draft.right, draft.point) == ((1,), "劳动关系")
    assert row.source == {"_id": "single1", "department": "劳动关系司", "level": "国家"}


def test_the_article_comes_from_the_analysis_when_it_names_the_same_law(read):
    [row] = read([ITEM])
    assert row.draft.citations == ("《劳动合同法》第十九条", "《工伤保险条例》")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_other_encodings(read, encoding):
    assert read([ITEM], encoding)[0].draft.right == (1,)


@pytest.mark.parametrize(
    ("change", "column", "word"),
    [
        ({"typeCh": "案例分析题"}, "typeCh", ""),
        ({"typeCh": ""}, "typeCh", ""),
        ({"answer": "D"}, "answer", "D"),
        ({"answer": ["B"], "typeCh": "判断题"}, "optionA", ""),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(read, change, column, word):
    [_good, bad] = read([ITEM, ITEM | change])
    assert isinstance(bad, Refusal)
    assert bad.where.endswith(column)
    assert "2" in bad.where
    assert word in bad.reason


def test_things_that_are_no_questions(read):
    rows = read([ITEM, None, 7, [], {}])
    assert [isinstance(row, Refusal) for row in rows] == [False, True, True, True, True]


@pytest.mark.parametrize("text", ["（略）", "需补充", ""])
def test_an_empty_analysis_is_no_explanation(read, text):
    assert read([ITEM | {"analysis": text}])[0].draft.explanation == ""
