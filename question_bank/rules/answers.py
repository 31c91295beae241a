"""Reading what people write into a column of answers and into a column of kinds."""

import re
import unicodedata

RIGHT_WORDS = frozenset({"正确", "对", "是", "√", "✓", "✔", "☑", "t", "true", "y", "yes", "1"})
WRONG_WORDS = frozenset({"错误", "错", "否", "×", "✗", "✕", "✘", "x", "f", "false", "n", "no", "0"})
KIND_WORDS = {
    "single_choice": ("单选题", "单选", "单项选择题", "单项选择", "single_choice", "single"),
    "multiple_choice": ("多选题", "多选", "多项选择题", "多项选择", "multiple_choice", "multiple"),
    "true_false": ("判断题", "判断", "是非题", "判断对错题", "true_false", "judge"),
    "fill_blank": ("填空题", "填空", "fill_blank"),
    "short_answer": ("简答题", "简答", "问答题", "short_answer"),
    "case_analysis": ("案例分析题", "案例题", "案例分析", "case_analysis"),
    "indefinite_choice": ("不定项选择题", "不定项", "不定项选择", "indefinite_choice"),
    "ordering": ("排序题", "排序", "顺序题", "ordering"),
    "essay": ("论述题", "论述", "essay"),
}
DIFFICULTY_WORDS = {
    "易": 1, "容易": 1, "简单": 1,
    "较易": 2, "较容易": 2, "较简单": 2,
    "中": 3, "中等": 3, "一般": 3, "适中": 3,
    "较难": 4,
    "难": 5, "困难": 5, "很难": 5,
}  # fmt: skip
_SEPARATORS = re.compile(r"[\s,、;；,.。/|&和]+")
_BETWEEN_STEPS = re.compile(r"[\s,、;；,.。/|&>→()\u2010-\u2015\u2212-]+")
_PREFIX = re.compile(r"^[\(（\[]?([A-Za-zＡ-Ｚａ-ｚ])[\)）\]]?\s*[.．、,，:：)）]\s*")
_KINDS = {word: name for name, words in KIND_WORDS.items() for word in words}


def kind_named(text: str) -> str | None:
    """The kind a cell names ("单选", "多项选择题"), known to the product or not; None for anything else."""
    return _KINDS.get(unicodedata.normalize("NFKC", text).strip().casefold())


def difficulty_named(text: str) -> int | None:
    """The difficulty from 1 to 5 a cell names ("较难", "4"); None when it cannot be read."""
    word = unicodedata.normalize("NFKC", text).strip()
    if word in DIFFICULTY_WORDS:
        return DIFFICULTY_WORDS[word]
    return int(word) if re.fullmatch(r"[1-5]", word) else None


def letters(text: str) -> tuple[int, ...] | None:
    """The places named by "A,B", "ABC", "A、B", full-width or small letters; () for a blank.

    None when anything but single letters stands there.
    """
    parts = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not re.fullmatch(r"[A-Z]*", parts):
        return None
    return tuple(sorted({ord(letter) - ord("A") for letter in parts}))


def order(text: str, steps: int) -> tuple[int, ...] | None:
    """The order of all steps named by letters or figures from 1: "BDAC", "B→D→A→C", "②④①③", "2-4-1-3".

    None when anything else stands there, or a step is named twice or not at all.
    """
    parts = _BETWEEN_STEPS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"[A-Z]+", parts):
        places = tuple(ord(letter) - ord("A") for letter in parts)
    elif re.fullmatch(r"[1-9]+", parts):
        places = tuple(int(figure) - 1 for figure in parts)
    else:
        return None
    return places if sorted(places) == list(range(steps)) else None


def true_or_false(text: str) -> tuple[int, ...] | None:
    """(0,) for right, (1,) for wrong in any of the usual words and marks, A and B; () for a blank."""
    word = unicodedata.normalize("NFKC", text).strip().rstrip("。.").casefold()
    if not word:
        return ()
    if word in RIGHT_WORDS or word == "a":
        return (0,)
    return (1,) if word in WRONG_WORDS or word == "b" else None


def without_letter(text: str, place: int) -> str:
    """An option's text without its own letter in front ("B．错误" in the second place is "错误").

    A letter that is not the option's own is part of the text and stays.
    """
    match = _PREFIX.match(text)
    if match and unicodedata.normalize("NFKC", match[1]).upper() == chr(ord("A") + place):
        return text[match.end() :].strip()
    return text
