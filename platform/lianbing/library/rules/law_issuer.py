"""Who made a law, under which number, and of which rank: as its header states it, never guessed."""

import datetime
import re
from collections.abc import Iterable

from lianbing.library.rules import law_dates

QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|〈[^〈〉]*〉")
_HAN = r"[\u4e00-\u9fff]"
_NUMBER = r"[0-9０-９一二三四五六七八九十百千零〇]{1,6}"
_ORDER = re.compile(
    rf"(?P<office>(?:{_HAN}|、|\s){{2,30}}?(?:令|公告))\s*[(（]?\s*"
    rf"(?P<number>(?:{_NUMBER}\s*年)?\s*(?:〔\d{{4}}〕)?\s*第?\s*{_NUMBER}\s*号)\s*[)）]?"
)
_PAPER = re.compile(
    rf"(?P<office>{_HAN}{{1,12}})\s*[〔\[［【（(]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]］】）)]\s*第?\s*(?P<number>\d{{1,5}})\s*号"
)
_STARTS = re.compile(r"^.*(?:[根依]据|按照|[日过]|以|由|经|的)(?=[\u4e00-\u9fff])")
_CONGRESS = re.compile(
    rf"(?P<place>全国|{_HAN}{{1,14}}?(?:省|市|自治区|自治州|自治县|盟|旗|县|区))?"
    r"(?:第[一二三四五六七八九十]{1,4}届)?(?P<what>人民代表大会(?:常务委员会)?|人大常委会|人大)"
)
_OFFICE = re.compile(
    rf"(?P<name>国务院(?!令)|{_HAN}{{2,20}}?(?:人民政府|委员会|人民法院|人民检察院|管理局|总局|总署|银行|[部局署委]))"
    r"(?=[^，。；]{0,24}(?:公布|发布|通过|颁布|令|印发|制定|修订|修正))"
)
_MADE = re.compile(r"通过|公布|发布|修订|修正|颁布|制定|印发|令")
_DECIDES = ("批准", "备案")

LEVELS = (
    ("interpretation", re.compile(r"最高人民法院|最高人民检察院|最高法|最高检")),
    (
        "local",
        re.compile(
            r"(?:省|市|自治区|自治州|自治县|盟|旗|县|区|第.{0,12}届)(?:第.{1,4}届)?(?:人民代表大会|人大)"
        ),
    ),
    ("administrative", re.compile(r"国务院")),
    ("local_rule", re.compile(r"(?:省|市|自治区|州|县)人民政府")),
    (
        "department",
        re.compile(
            r"(?:部|委|局|署|银行|办公室).{0,12}(?:令|公告)"
            r"|(?:部|委员会|总局|总署|银行|办公室).{0,14}(?:发布|公布|通过)"
        ),
    ),
)
NATIONAL = re.compile(r"全国人民代表大会|全国人大|主席令")


def level(title: str, made: Iterable[tuple[datetime.date | None, str]]) -> str:
    """The rank of a law by who made it: law, administrative, local, department, local_rule,
    interpretation or other. `made` are the lines of its history that are not about its coming into force.

    The first dated line decides; where it is silent, an order that stands without a day does (主席令).
    """
    lines = list(made)
    if LEVELS[0][1].search(title + " ".join(text for _, text in lines)):
        return "interpretation"
    first = next((text for on, text in lines if on and _says_more(text)), "")
    if first:
        return _rank(first) or "other"
    orders = (_rank(text) for _, text in lines if _ORDER.search(text))
    return next((rank for rank in orders if rank), "other")


def _says_more(text: str) -> bool:
    """Whether a line is more than a day, as it stands under an order."""
    return len(law_dates.DATE.sub("", law_dates.plain(text)).strip(" \u3000()（）")) > 1


def _rank(text: str) -> str:
    if NATIONAL.search(text):
        return "law"
    return next((name for name, pattern in LEVELS[1:] if pattern.search(text)), "")


def document_number(texts: Iterable[str], published_on: datetime.date | None) -> str:
    """The number of the document: 国务院令第101号, 建督〔2017〕31号; "" where none or several are stated.

    Of several, the one in the line of the publication day counts.
    """
    found: list[str] = []
    last: list[str] = []
    for text in texts:
        numbers = _numbers(law_dates.DATE.sub("。", law_dates.plain(QUOTED.sub("", text))))
        found += [number for number in numbers if number not in found]
        if published_on and any(law_dates.day_of(m) == published_on for m in law_dates.matches(text)):
            last += numbers
    if len(found) == 1:
        return found[0]
    return last[0] if len(set(last)) == 1 else ""


def _numbers(text: str) -> list[str]:
    found = []
    for match in _ORDER.finditer(text):
        office = _office(match.group("office"))
        number = re.sub(r"\s+", "", match.group("number"))
        found.append(
            f"{office}{number if number.startswith(('第', '〔')) or '年' in number else '第' + number}"
        )
    for match in _PAPER.finditer(text):
        office = _STARTS.sub("", match.group("office"))
        found.append(f"{office}〔{match.group('year')}〕{match.group('number')}号")
    return found


def _office(text: str) -> str:
    """国务院令 of 1992年6月28日中华人民共和国国务院令: the state's name adds nothing."""
    name = re.sub(r"\s+", "", _STARTS.sub("", text))
    return re.sub(r"^(?:中华人民共和国)(?=.{3})", "", name)


def issuing_body(texts: Iterable[str], published_on: datetime.date | None) -> str:
    """Who made this edition: the body in the line of the publication day, else in the first line that names one."""
    first, own = "", ""
    for text in texts:
        name = _body(QUOTED.sub("", text))
        first = first or name
        if (
            name
            and published_on
            and any(law_dates.day_of(m) == published_on for m in law_dates.matches(text))
        ):
            own = own or name
    return own or first


def _body(text: str) -> str:
    """The body one line names; whoever only approves (批准) is not the one who made it."""
    plain = law_dates.DATE.sub("　", law_dates.plain(text))
    if not _MADE.search(plain) or (any(word in plain for word in _DECIDES) and "通过" not in plain):
        return ""
    congress = _CONGRESS.search(plain)
    if congress and congress.group("place"):
        place = re.sub(r"^(?:根据|经|由|已)", "", congress.group("place"))
        what = {"人大常委会": "人民代表大会常务委员会", "人大": "人民代表大会"}
        return place + what.get(congress.group("what"), congress.group("what"))
    if "国务院" in plain and re.search(r"国务院(?:令|第|公布|发布|批准|\s|常务)", plain):
        return "国务院"
    office = _OFFICE.search(plain)
    return re.sub(r"^(?:根据|经|由|已)|^中华人民共和国(?=.{3})", "", office.group("name")) if office else ""
