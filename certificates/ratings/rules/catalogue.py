"""Which indicators are refused. Above all: no income from fines, in no disguise (行政处罚法 art. 74).

The words are looked for in everything that is written about an indicator, after taking away what hides them:
spaces and signs between characters, full-width forms, traditional characters. What speaks of the making of a
decision (罚款决定书制作质量) or forbids targets (违规下达罚款任务, as a deduction) is not income and passes.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from certificates.ratings.rules.indicators import Indicator
from certificates.ratings.rules.numbers import LARGEST
from certificates.ratings.rules.problems import Problem
from certificates.ratings.rules.words import Combine, Kind, ScaleKind, Source

LAW = "《中华人民共和国行政处罚法》第七十四条"
CODE = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
TITLE_LENGTH, TEXT_LENGTH = 60, 500
_TRADITIONAL = str.maketrans(
    "罰沒額數繳庫創總處單錢萬億財稅務標納開條執貼價營", "罚没额数缴库创总处单钱万亿财税务标纳开条执贴价营"
)
_HIDING = re.compile(r"[\W_]+")
_FORBIDS = re.compile(
    r"(严禁|禁止|不得|杜绝|违规|违法|擅自|变相)(向[^下设分摊制定]{0,6})?(下达|设定|设立|分解|摊派|制定)"
    r"(罚款|罚没|处罚)(收入|款|金额|数额)?(任务|指标|目标)|(严禁|禁止|不得|杜绝|制止)以罚(代管|创收)|罚缴分离|收支两条线"
)
_SEPARATION = re.compile("罚缴分离|收支两条线")
_PAPERWORK = re.compile(
    r"(罚款|罚没|处罚|没收)(物品|财物)?(决定|告知|听证|催告|通知|送达|文书|案卷|程序|票据|裁量|依据|适用|公示|审核)书?(?!.{0,4}?(金额|数额|总额|额度|收入|总数|数量|元))"
)
_AMOUNT = "(金额|数额|总额|总数|额度|额|收入|任务|指标|目标|入库|到账|到位|收缴|上缴|缴纳|完成|执行率|增长|排名|创收|总量|数量|数|万|元|多少)"
_INCOME = re.compile(
    "|".join(
        (
            rf"罚款.{{0,4}}?{_AMOUNT}",
            r"(个人|人均|中队|每月|月度|年度|累计|完成|收缴|上缴|实收|应收)罚款",
            r"处罚(款|金(?!属)|.{0,6}?(金额|数额|总额|额度|收入|任务))",
            r"没收.{0,6}?(款|金额|数额|总额|收入|价值|所得额)",
            "罚没",
            "罚金(?!属)",
            "罚缴",
            "缴罚",
            "罚收",
            "罚款$",
            "^罚款",
            "创收",
            "增收",
            "营收",
            "非税",
            "财政收入",
            "执法收入",
            "收入任务",
            "经济指标",
            rf"罚单.{{0,2}}?{_AMOUNT}|罚单$|开罚单",
            rf"贴条.{{0,2}}?{_AMOUNT}",
            r"(款|金|钱|税|资金|罚)[^一-鿿]{0,2}.{0,4}?入库|入库(金额|额|任务|款)",
            r"(收缴|上缴|追缴)(率|额|金额|款|任务|财政|国库|入库|数)",
            r"每[\d一二三四五六七八九十百千万]*元",
            r"fines?(income|amounts?|revenue|collected|total|target|quota)|(penalty|penalties)(income|amounts?|revenue|total)",
            r"revenue|confiscat(ed|ion)(income|amounts?|value)|fa(mo)?kuan|famo",
        )
    )
)
_MONEY = re.compile(r"(人民币)?(百|千|万|十万|百万|亿)?(元|块|块钱)(人民币)?|rmb|cny|yuan|dollars?")
_COUNTS = re.compile(
    r"(办|立|结|破|查处|案件|处罚)案?件?(数量|数|量|总量|总数|件数|宗数|起数)|(办|立|结)案数|案件数|处罚(宗|件|起)数|发案量|执法量"
)


def bare(text: str) -> str:
    """The text without what may hide a word: compatibility forms, signs and spaces, traditional characters."""
    return _HIDING.sub("", unicodedata.normalize("NFKC", text)).lower().translate(_TRADITIONAL)


def speaks_of_fines(text: str, *, forbids: bool = False) -> bool:
    """Whether a text measures income from fines. `forbids`: phrases that forbid such targets are let pass."""
    plain = bare(text)
    plain = (_FORBIDS if forbids else _SEPARATION).sub("，", plain)
    return _INCOME.search(_PAPERWORK.sub("，", plain)) is not None


def is_money(unit: str) -> bool:
    """Whether values are counted in money."""
    return _MONEY.fullmatch(bare(unit)) is not None or any(sign in unit for sign in "¥￥$€£")


def counts_cases(indicator: Indicator) -> bool:
    """Whether it is a raw number of cases."""
    if indicator.source is Source.CASE_COUNT:
        return True
    if indicator.source is Source.CASE_QUALITY:
        return indicator.combine is Combine.COUNT
    return indicator.source in (Source.IMPORTED, Source.EXTERNAL) and bool(
        _COUNTS.search(bare(indicator.title))
    )


def check(indicator: Indicator) -> list[Problem]:
    """Everything that stands against an indicator; nothing = sound."""
    return [*_check_words(indicator), *_check_fines(indicator), *_check_figures(indicator)]


def _check_words(indicator: Indicator) -> Iterator[Problem]:
    if not CODE.fullmatch(indicator.code):
        yield Problem("code", "code")
    if not indicator.title.strip():
        yield Problem("title", "empty")
    if len(indicator.title) > TITLE_LENGTH:
        yield Problem("title", "long", {"most": TITLE_LENGTH})
    if len(indicator.description) > TEXT_LENGTH:
        yield Problem("description", "long", {"most": TEXT_LENGTH})


def _check_fines(indicator: Indicator) -> Iterator[Problem]:
    forbids = indicator.kind in (Kind.DEDUCTION, Kind.VETO)
    texts = {
        "title": indicator.title,
        "description": indicator.description,
        "code": indicator.code,
        "params.kinds": "\n".join(indicator.kinds),
        "params.where": "\n".join(text for key, allowed in indicator.where for text in (key, *allowed)),
    }
    for where, text in texts.items():
        if any(speaks_of_fines(line, forbids=forbids) for line in (text, *text.splitlines())):
            yield Problem(where, "fine_income", {"law": LAW})
    if is_money(indicator.unit) or speaks_of_fines(indicator.unit):
        yield Problem("unit", "money", {"law": LAW})


def _check_figures(indicator: Indicator) -> Iterator[Problem]:
    scale = indicator.scale
    figures = {
        "full": indicator.full,
        "cap": indicator.cap,
        "scale.target": scale.target,
        "scale.each": scale.each,
    }
    for where, figure in figures.items():
        if figure is not None and not 0 <= figure <= LARGEST:
            yield Problem(where, "range", {"most": str(LARGEST)})
    if indicator.full <= 0:
        yield Problem("full", "not_positive")
    if scale.kind is ScaleKind.TARGET and scale.target <= 0:
        yield Problem("scale.target", "not_positive")
    if scale.kind is ScaleKind.RANGE and scale.low == scale.high:
        yield Problem("scale.high", "same")
    if scale.kind is ScaleKind.BANDS:
        yield from _check_bands(scale.bands, indicator.full)
    if indicator.kind is Kind.BONUS and indicator.cap is None:
        yield Problem("cap", "bonus_without_cap")


def _check_bands(bands: tuple[tuple[Decimal, Decimal], ...], full: Decimal) -> Iterator[Problem]:
    if not bands:
        yield Problem("scale.bands", "none")
    if any(upper[0] <= lower[0] for upper, lower in itertools.pairwise(bands)):
        yield Problem("scale.bands", "not_falling")
    if any(not 0 <= points <= full for _least, points in bands):
        yield Problem("scale.bands", "above_full")
