"""What stands above a law in plain text: order and number, the title, and the notes on how it came to be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lianbing.library.rules import law_dates, law_names, law_text
from lianbing.library.rules.findings import Finding, finding
from lianbing.library.rules.law_layout import Row

TITLE_END = re.compile(
    r"(?:法|典|条例|规定|办法|决定|规则|细则|解释|章程|准则|通则|标准|规范|意见|通知|公告|批复|制度|守则|公约|议定书|规程|导则|指南|方案|纲要|修正案|宪法|基准|清单|通告|命令)"
    r"(?:[(（][^()（）]{1,20}[)）])*$"
)
NOTE = re.compile(r"通过|公布|发布|修[正订改]|施行|批准|颁布|实施|印发")
ORDER = re.compile(r"(?:令|公告|文件)$|(?:令|公告)\s*[(（]?\s*第?.{1,12}号|^[(（]?\s*第.{1,8}号\s*[)）]?$")
PAPER = re.compile(r"^[\u4e00-\u9fff]{1,12}\s*[〔\[［【（(]\s*\d{4}\s*[〕\]］】）)]\s*第?\s*\d{1,5}\s*号$")
PERSON = re.compile(
    r"^(?:国家)?(?:总理|主席|省长|市长|区长|县长|州长|部长|局长|署长|主任|行长|院长|检察长|会长)\s*[\s\u3000:：]\s*\S"
)
LABELLED = re.compile(r"^[\u4e00-\u9fff]{2,8}\s*[:：]\s*\S")
PLACE = re.compile(
    r"^(?:中华人民共和国|[\u4e00-\u9fff]{2,7}?(?:省|市|自治区|自治州|自治县|区|县)|全国|最高人民|国务院)"
)
PART = re.compile(r"[\u4e00-\u9fff]{2,8}编")
_SPLIT = re.compile(
    r"(?:[\s\u3000]*[；;。•·]\s*|[\s\u3000]+|(?<=[过正订布准改行案]))"
    rf"(?=(?:[根依]据|自|于)?\s*{law_dates.WRITTEN})"
)
_EVENT = re.compile(rf"(?:[根依]据|自|于)?\s*{law_dates.WRITTEN}|[根依]据")
OPEN, CLOSE = "（(", "）)"
LONGEST_NOTE = 8000


@dataclass
class Masthead:
    """The head of a plain text. `title` is empty where none was found."""

    title: str = ""
    subtitle: str = ""
    history: list[str] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)


def read(rows: Sequence[Row], stem: str) -> Masthead:
    """Find the title among the rows above the text; the others are the history."""
    blocks = _blocks(rows)
    free = [i for i, block in enumerate(blocks) if not _is_note(block.text)]
    found = _titled(blocks, free, stem)
    top = Masthead()
    if found:
        top.title = law_names.close("".join(law_names.close(blocks[i].text) for i in found))
        if len(found) > 1 and law_names.key(top.title) != law_names.key(law_names.named_by(stem)):
            top.doubts.append(_told("title_joined", [blocks[i] for i in found]))
        if not TITLE_END.search(law_names.split_title(top.title)[0]):
            top.doubts.append(_told("title_guessed", [blocks[i] for i in found]))
        same = law_names.key(top.title)
        after = next(
            (i for i in range(found[-1] + 1, len(blocks)) if law_names.key(blocks[i].text) != same), -1
        )
        if after in free and _is_part(blocks[after].text, stem):
            top.subtitle = law_text.bare(blocks[after].text)
            found.append(after)
    title = law_names.key(top.title)
    rest = [b for i, b in enumerate(blocks) if i not in found and law_names.key(b.text) != title]
    top.history = [event for block in rest for event in _events(block.text)]
    return top


def _told(code: str, rows: Sequence[Row]) -> Finding:
    return finding(code, lines=[[row.number, row.text[:40]] for row in rows])


def _blocks(rows: Sequence[Row]) -> list[Row]:
    """The rows, with a note in brackets that runs over several of them as one, and an order with its number."""
    made: list[Row] = []
    depth = 0
    for row in rows:
        glue = (depth > 0 and len(made[-1].text) < LONGEST_NOTE) or (
            made and _number_of(made[-1].text, row.text)
        )
        if glue:
            gap = "　" if _EVENT.match(row.text) or made[-1].text[-1] in "令告" else ""
            made[-1] = Row(made[-1].number, made[-1].text + gap + row.text)
        else:
            made.append(row)
            depth = 0
        if glue or row.text[0] in OPEN:
            depth = max(0, _depth(made[-1].text))
    return made


def _number_of(before: str, text: str) -> bool:
    """Whether a row is the number of the order named above it: 国务院令, 第101号."""
    return before.endswith(("令", "公告")) and bool(
        re.match(r"^[(（]?\s*(?:\d{4}年)?\s*第.{1,8}号\s*[)）]?$", text)
    )


def _depth(text: str) -> int:
    return sum((char in OPEN) - (char in CLOSE) for char in text)


def _is_note(text: str) -> bool:
    """Whether a block tells how the law came to be, and is no title."""
    if text[0] in OPEN and (NOTE.search(text) or law_dates.DATE.search(law_dates.plain(text))):
        return True
    if ORDER.search(text) and not (TITLE_END.search(text) and "关于" in text):
        return True
    if (
        PAPER.match(law_text.bare(text))
        or PERSON.match(text)
        or LABELLED.match(text)
        or text[-1] in "。：:；;，"
    ):
        return True
    return bool(law_dates.DATE.search(law_dates.plain(text)))


def _is_part(text: str, stem: str) -> bool:
    """Whether a row names the part of a divided code: 人格权编, or what the file is called."""
    bare = law_text.bare(text)
    return bool(PART.fullmatch(bare)) or bare == law_names.named_by(stem) in {"总则", "分则", "附则"}


def _titled(blocks: Sequence[Row], free: list[int], stem: str) -> list[int]:
    """The places of the rows that make up the title: named by the file, by the order, or by their words."""
    free = [i for i in free if not _is_part(blocks[i].text, stem)] or free
    named = law_names.key(law_names.named_by(stem))
    quoted = {law_names.key(name) for b in blocks for name in re.findall(r"《([^《》]{2,120})》", b.text)}
    for wanted in ({named} if named else set(), quoted):
        for size in (1, 2, 3):
            for at in range(len(free) - size + 1):
                places = free[at : at + size]
                joined = "".join(blocks[i].text for i in places)
                if places[-1] - places[0] == size - 1 and law_names.key(joined) in wanted:
                    return places
    run = _first_run(blocks, free)
    if run:
        last = blocks[run[-1]].text
        return run[-1:] if PLACE.match(law_text.bare(last)) else run[-3:]
    return free[:1]


def _first_run(blocks: Sequence[Row], free: list[int]) -> list[int]:
    """The first rows without a note between them up to one that ends like a title."""
    run: list[int] = []
    for i in free:
        run = [*run, i] if run and run[-1] == i - 1 else [i]
        if TITLE_END.search(law_names.split_title(blocks[i].text)[0]):
            return run
    return []


def _events(text: str) -> list[str]:
    """The events a note holds, one by one."""
    plain = text.strip(law_text.BLANK)
    if plain and plain[0] in OPEN and plain[-1] in CLOSE:
        plain = plain[1:-1]
    return [part for piece in _SPLIT.split(plain) if (part := piece.strip(law_text.BLANK))]
