"""The book of a post: its five parts, what people write into them, and what a new edition changes.

The five parts (岗位职责、相关法规、工作流程、工作纪律、装备使用) are those the founding document names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from lianbing.library.rules import citations
from lianbing.library.rules.cards import Fault
from lianbing.library.rules.penalties import lines_of

PARTS = ("duties", "laws", "procedures", "discipline", "equipment")
LONGEST_TEXT, LONGEST_CITATION = 6000, 300
# Days from the approval in which an edition is to be confirmed, and for who comes to the post later.
DAYS_TO_CONFIRM = 7


@dataclass(frozen=True)
class BookText:
    """What people write, a line each. `laws` are citations; the other parts are sentences."""

    duties: str = ""
    laws: str = ""
    procedures: str = ""
    discipline: str = ""
    equipment: str = ""


assert tuple(one.name for one in fields(BookText)) == PARTS

# What stands in a first draft, to be written over: the general duties of everybody in the street
# (城市管理执法办法 and 行政处罚法 as the founding documents ask for them) and 执法记录设备 2 部以上.
PRESET = BookText(
    duties="\n".join(
        (
            "按照岗位分工巡查、发现、制止和依法处理违法行为。",
            "现场执法不少于两人，主动出示执法证件，告知当事人权利。",
            "按规定制作文书、固定证据，做到执法全过程记录。",
            "接受群众监督，及时办理投诉和交办事项。",
        )
    ),
    laws="《中华人民共和国行政处罚法》第四十二条\n《中华人民共和国行政处罚法》第五十五条",
    procedures="\n".join(
        (
            "亮证：敬礼，出示执法证件，说明来意。",
            "取证：记录现场，制作笔录，收集证据。",
            "告知：告知事实、理由、依据和陈述、申辩的权利。",
            "处理：教育、责令改正或者依法处罚。",
            "回访：复查改正情况，资料归档。",
        )
    ),
    discipline="\n".join(
        (
            "着装规范，佩戴标识，用语文明。",
            "不得单人执法，不得让没有执法资格的人员单独执法。",
            "不得以罚代管、选择性执法，不得收受当事人财物。",
        )
    ),
    equipment="\n".join(
        (
            "现场执法配备执法记录设备两部以上，出发前检查电量、存储空间和时间。",
            "从到达现场前开始记录，到离开现场后结束，中途不得随意关机。",
            "记录的资料按规定导出保存，不得擅自删改、外传。",
        )
    ),
)


def examine(text: BookText) -> list[Fault]:
    """Everything that keeps the words from standing, by part and line."""
    found = []
    for name in PARTS:
        words = getattr(text, name)
        if len(words) > LONGEST_TEXT:
            found.append(Fault(name, "long", str(LONGEST_TEXT)))
        elif any(not (char.isprintable() or char == "\n") for char in words):
            found.append(Fault(name, "characters"))
    for number, line in lines_of(text.laws):
        if len(line) > LONGEST_CITATION:
            found.append(Fault("laws", "long", str(LONGEST_CITATION), number))
        elif not any(one.law_title and one.number for one in citations.find(line)):
            found.append(Fault("laws", "no_article", line[:60], number))
    return found


def empty_parts(text: BookText, content: Mapping[str, Sequence[object]]) -> list[str]:
    """The parts in which neither people nor cards say anything; with one of them a book is not whole (R37)."""
    made = {"laws": "laws", "procedures": "cards", "discipline": "documents", "equipment": "equipment"}
    return [name for name in PARTS if not getattr(text, name).strip() and not content.get(made.get(name, ""))]


@dataclass(frozen=True)
class Said:
    """A line that several cards have in common, with the codes of these cards."""

    line: str
    codes: Sequence[str]


def gathered(lines: Iterable[tuple[str, str]]) -> list[Said]:
    """(code, line) of many cards with every line once, in the order they first stand."""
    codes: dict[str, list[str]] = {}
    for code, line in lines:
        held = codes.setdefault(line, [])
        if code not in held:
            held.append(code)
    return [Said(line, tuple(held)) for line, held in codes.items()]


Named = Mapping[str, int]


@dataclass(frozen=True)
class Changes:
    """What differs between two editions, by the names people know: codes, articles, titles."""

    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    gone: Sequence[str] = ()

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def count(self) -> int:
        """How many came, changed or went."""
        return len(self.added) + len(self.changed) + len(self.gone)


@dataclass(frozen=True)
class Difference:
    """What an edition changes against the one before: cards by code, articles and documents by name."""

    cards: Changes = field(default_factory=Changes)
    articles: Changes = field(default_factory=Changes)
    documents: Changes = field(default_factory=Changes)

    def __bool__(self) -> bool:
        return bool(self.cards or self.articles or self.documents)

    @property
    def count(self) -> int:
        """How many things came, changed or went."""
        return self.cards.count + self.articles.count + self.documents.count


def changes(old: Named, new: Named) -> Changes:
    """`old` and `new` map a name to the key of the text it has."""
    return Changes(
        tuple(name for name in new if name not in old),
        tuple(name for name in new if name in old and new[name] != old[name]),
        tuple(name for name in old if name not in new),
    )


def difference(old: Mapping[str, Named], new: Mapping[str, Named]) -> Difference:
    """What two editions are made of, compared (`HandbookEdition.made_of`)."""
    kinds = (changes(old.get(kind, {}), new.get(kind, {})) for kind in ("cards", "articles", "documents"))
    return Difference(*kinds)
