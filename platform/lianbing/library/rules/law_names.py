"""What a law is called: by its title, by its file, with and without the name of the state or of an edition."""

import re
import unicodedata

from lianbing.library.rules import law_dates, law_text

STATE = "中华人民共和国"
_YEAR = r"(?:\d{4}|[一二三四五六七八九〇○零]{4})"
# （2017年修订）, (2021修正), （全文）, （最新版）: said of an edition, never part of the law's name.
EDITION = re.compile(
    rf"[(（\[【〔]\s*(?:{_YEAR}\s*年?\s*(?:\d{{1,2}}\s*月\s*(?:\d{{1,2}}\s*日)?)?\s*)?"
    r"(?:(?:最新|第[一二三四五六七八九十]次)?\s*(?:修订|修正|修改|公布|发布|颁布|通过|施行|制定)(?:版|本|后|稿|文本)?"
    r"|全文|最新版?|现行有效|现行|有效|已废止|废止|失效|正文|原文|年版|版)\s*[)）\]】〕]\s*$"
)
TRIAL = re.compile(r"[(（\[]\s*(?:试行|暂行|草案|征求意见稿)\s*[)）\]]")
_COPY = re.compile(r"(?:[-_ ]*副本|\s*[(（]\d{1,2}[)）]|\s*-\s*复制)+$")
_SERIAL = re.compile(
    r"^[\s【\[(（]*\d{1,4}[\s】\])）]*[-_.、．\s]+|^[XxＸ](?=[\u4e00-\u9fff])|^\d{1,3}(?=[\u4e00-\u9fff])"
)
YEAR_IN = re.compile(r"\d{4}")


def close(text: str) -> str:
    """The text without the blanks that space out its characters: 总　　则 is 总则, 甲法院 乙法院 stays."""
    words = text.split()
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return "".join(words)
    return re.sub(rf"^({STATE})\s+", r"\1", " ".join(words))


def split_title(title: str) -> tuple[str, str]:
    """The name of the law, and what the title adds about the edition: 物业管理条例, （2018年修正）."""
    bare, added = title.strip(law_text.BLANK), ""
    bare = re.sub(r"^《([^《》]+)》$", r"\1", bare)
    while match := EDITION.search(bare):
        if not match.start():
            break
        added = match.group().strip() + added
        bare = bare[: match.start()].rstrip(law_text.BLANK)
    return bare, added


def short(title: str) -> str:
    """The title without the name of the state: 行政处罚法."""
    return title.removeprefix(STATE) or title


def key(title: str) -> str:
    """What two titles of one law have in common: no state, no edition, no trial, no blanks, one width."""
    name = TRIAL.sub("", split_title(title)[0])
    folded = unicodedata.normalize("NFKC", law_text.bare(name))
    return short(re.sub(r"[《》〈〉<>\"“”、·]", "", folded)).lower()


def named_by(stem: str) -> str:
    """The name of a law in a file name, without serial numbers, days and marks of an edition."""
    name = law_dates.without_file_date(_COPY.sub("", stem))
    name = _SERIAL.sub("", name, count=1)
    return split_title(law_dates.without_file_date(name).strip(" _-—."))[0]
