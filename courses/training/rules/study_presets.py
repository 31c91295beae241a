"""The study rules the founding documents state: offered to a bureau, which adopts and changes them."""

from dataclasses import dataclass

from courses.training.rules.study import (
    CLASS,
    COUNTED,
    PER_CATEGORY,
    PERSON,
    TOGETHER,
    UNCOUNTED,
    WHOLE,
    YES,
)
from courses.training.rules.study_periods import MONTH, WEEK, YEAR


@dataclass(frozen=True)
class Preset:
    """One rule as the documents state it. `categories` are codes of content categories."""

    code: str
    title: str
    subject: str
    period: str
    count: int
    source: str
    minimum_minutes: int = 0
    categories: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    demand: str = TOGETHER
    topical: str = "any"
    self_study: str = UNCOUNTED
    red_days: int = 7


PRESETS = (
    Preset(
        "yearly_two",
        "每年至少组织两次培训",
        WHOLE,
        YEAR,
        2,
        "培训考试登记管理规定：每年至少组织两次培训",
        kinds=(CLASS,),
        red_days=92,
    ),
    Preset(
        "three_contents",
        "每年三项内容齐全",
        WHOLE,
        YEAR,
        1,
        "培训考试登记管理规定：宗旨教育、法制教育、执法业务",
        categories=("purpose", "legal", "practice"),
        demand=PER_CATEGORY,
        red_days=92,
    ),
    Preset(
        "topical_two",
        "专题培训全年不少于两次",
        WHOLE,
        YEAR,
        2,
        "年度培训安排：专题培训全年不少于2次",
        kinds=(CLASS,),
        topical=YES,
        red_days=92,
    ),
    Preset(
        "monthly_political",
        "固定学习日：每人每月政治学习至少一次",
        PERSON,
        MONTH,
        1,
        "固定学习日制度：政治学习每人每月不少于1次",
        categories=("political",),
        red_days=10,
    ),
    Preset(
        "monthly_professional",
        "固定学习日：每人每月业务学习至少两次",
        PERSON,
        MONTH,
        2,
        "固定学习日制度：业务学习每人每月不少于2次",
        categories=("professional",),
        red_days=10,
    ),
    Preset(
        "weekly_hour",
        "每周集中学习一次，每次不少于一小时",
        PERSON,
        WEEK,
        1,
        "作风整顿方案：每周学习1次，每次不少于1小时",
        minimum_minutes=60,
        self_study=COUNTED,
        red_days=3,
    ),
)
