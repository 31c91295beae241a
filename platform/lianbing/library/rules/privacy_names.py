"""Names of persons in a text: after the part somebody plays in a case, in a list of names, before 男 or 女.

There is no list of all names, so this goes by where a name stands: 当事人张三, 负责人：李四, 王五，男. Words that begin like
a name (当事人陈述, 负责人马上) are known by heart; a family name that is as often an ordinary word (于, 向, 应) counts
only where a name must follow or must end. When in doubt it says name: who writes can put a comma between.
"""

import re
from collections.abc import Iterator

_ROLES = """
当事人 违法行为人 违法嫌疑人 违法当事人 违法人员 行为人 嫌疑人 被处罚人 受处罚人 行政相对人
相对人 被执行人 申请人 被申请人 申请执行人 原告 被告 第三人 上诉人 被上诉人 再审申请人
法定代表人 法人代表 负责人 主要负责人 现场负责人 经营者 实际经营者 经营人 业主 店主 摊主 摊贩
商户 商贩 房主 户主 店长 老板 老板娘 业主代表 车主 司机 驾驶员 驾驶人 船长 承租人 出租人
房东 租户 住户 居民 市民 村民 群众 投诉人 举报人 信访人 证人 见证人 在场人 报案人 受害人
被害人 被侵权人 家属 亲属 近亲属 丈夫 妻子 儿子 女儿 父亲 母亲 委托代理人 代理人 代理律师
律师 受托人 联系人 承包人 施工员 项目经理 工人 员工 店员 职工 执法人员 执法队员 办案人员
主办人员 协办人员 经办人 承办人 队员 队长 副队长 中队长 大队长 局长 副局长 法制员 协管员
记录人 询问人 被询问人 审判长 审判员 人民陪审员 书记员 姓名 名叫 叫做 名为 本人 学员 被告人
罪犯 被申请执行人 上访人 求助人 目击者 当班人员 保安 业委会主任 网格员 乘客 行人 其妻 其夫
"""
_SURNAMES = """
王李张刘陈杨赵黄周吴徐孙马胡朱郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁余叶蒋杜苏魏程吕丁沈姚卢姜崔谭陆汪范廖石金贾
夏付邹熊孟秦邱江尹薛阎闫段雷侯龙史陶黎贺顾毛郝龚邵钱严赖覃洪武莫孔汤易乔文庞樊殷施岳齐梅庄辛管祝左涂谷祁舒耿牟卜詹关苗凌
费纪靳盛童欧甄项曲成游裴席卫查屈鲍霍翁隋柴蒙傅戴钟任方高丘骆尤倪葛俞韦聂车阮蓝章鲁柯芦白万于
"""
_COMPOUND = "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 司徒 端木 长孙 宇文"
# As often an ordinary word as a family name: a name only where one must follow, or where it ends at a stop.
_DOUBTFUL = "于任成万左关方高白文江石金段项曲查席车管辛武易盛游费纪龙何余付严施丁黄田章单常安连路包温全毛"
# Hardly ever a family name: only where a name must follow.
_RARE = "向应时明和水全常单连包路"
# Words that begin like a name.
_STOP = """
和名 和住 和身
陈述 陈列 陈设 张贴 张挂 张罗 周边 周围 周末 周一 周二 周三 周四 周五 周六 周日 周转
马上 许可 许诺 谢绝 程序 程度 石材 石料 石块 孙子 孙女 金额 金属 黄色 黄线 黄牌 田间
田地 高度 高声 高空 高于 高达 高额 高价 方面 方式 方可 方便 方能 方才 任意 任何 任职
严重 严格 严禁 关门 关于 关闭 关停 关系 施工 施行 成功 成立 成为 成交 车辆 车载 车上
车内 管理 管辖 管护 项目 文明 文书 文字 文件 易燃 易爆 左右 左侧 盛放 盛装 游商 游走
游客 费用 纪律 纪录 余款 余下 付款 付清 付费 夏季 夏天 江边 江面 雷雨 段内 查看 查验
查明 查封 查询 查阅 席地 武力 唐突 宋体 何时 何种 何地 曾经 曾因 曾于 曾在 曾被 曾多 曾有
曾向 曾以 范围 莫名 钱款 钱财 钱物 洪水 苗圃 苗木 单位 单独 全部 全程 全额 明知 明确
明显 明示 白天 连续 连同 万元 包括 包装 常年 常见 常用 时常 安装 安全 安排 应当 应该
应予 辛苦 蒙骗 蒙混 顾客 顾虑 鲁莽 齐全 乔装 叶片 卫生 谷物 林地 林业 林木 林区 章程
章节 蓝天 董事 屈服 罗列 杜绝 殷实 游泳 涂改 涂写 涂画 涂刷 涂抹 路边 路过 龙头 石头
马路 马达 马扎 时任 于当 于此 于其 于昨 于今 于次 于同 于上 于下 于凌 于现 于店 于门
于该 于本 于夜 于晚 于早 于清 于中 万余 单价 方桌 白色 白酒 高温 高峰 丁字
"""
# What may stand right after a name; also ends a name of two characters.
_AFTER = """
与被 与原 与第 与某 和某 律师 先生 女士
在 于 未 的 将 因 擅自 违 驾 经营 系 为 称 表示 与 和 及 向 到 对 已 占 涉嫌 实施
不 被 等 从 又 多次 把 拒 说 承认 是 从事 没 有 无 就 也 正 进 利用 使用 以 并
认 应 随 通过 自 按 主动 现场 当场 立即 同意 签 陈述 申 诉 起 收 出 接 处 违反 开
设 卖 摆 乱 搭 建 倾倒 停 运 拉 携 辱骂 阻 殴打 接受 缴 要求 所 其 给 让 由 来
"""
ROLES = tuple(_ROLES.split())
COMPOUND, STOP, AFTER = tuple(_COMPOUND.split()), frozenset(_STOP.split()), tuple(_AFTER.split())
DOUBTFUL, RARE = frozenset(_DOUBTFUL), frozenset(_RARE)
SURNAMES = frozenset("".join(_SURNAMES.split())) | DOUBTFUL | RARE
# No given name ends with one of these.
NEVER_GIVEN = frozenset("在的将因与及到对已被从又把是没也并未于")
MASKS = "某×xX*＊○〇□甲乙丙丁"
_TITLES = "先生 女士 小姐 师傅 老师 同志 老板 大爷 大妈 阿姨 大姐 大哥 律师 队长 局长 经理 法官 姓"
TITLES = tuple(_TITLES.split())
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_GLUE = re.compile(
    r"[ \"“'‘「(]{0,2}(?P<sure>:|姓名:?|名叫|名为|叫做|叫|(?=\())?[ \"“'‘「(]{0,3}(?:是|系|为)?[ \"“'‘「]?"
)
_ASIDE = re.compile(r" ?\([^()\n]{0,16}\)")
# Not the 女儿 of 妇女儿童, nor the 业主 of 行业主管部门.
_ROLE = re.compile(rf"(?!(?<=妇)女儿|业主管)(?:{'|'.join(sorted(ROLES, key=len, reverse=True))})")
_NAMED = frozenset({"姓名", "名叫", "叫做", "名为"})
_MORE = re.compile(r" ?[、和与及,] ?")
_FOREIGN = re.compile(rf"[{_HAN}]{{2,6}}[·•‧・][{_HAN}]{{2,6}}?(?=[^{_HAN}]|$|{'|'.join(AFTER)})")
_SEX = re.compile(rf"(?P<name>[{_HAN}]{{2,4}}) ?[,(、;] ?(?:男|女)(?![{_HAN}])")
_MASKED = re.compile(rf"[{MASKS}]{{1,3}}")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand in folded text: (start, before end), in no order; the same one may come twice."""
    for match in _ROLE.finditer(text):
        starts = [match.end()]
        if aside := _ASIDE.match(text, match.end()):
            starts.append(aside.end())
        for start in starts:
            glue = _GLUE.match(text, start)
            assert glue is not None
            sure = glue.group("sure") is not None or match.group() in _NAMED
            yield from _chain(text, glue.end(), sure)
    for match in _SEX.finditer(text):
        yield from _before_sex(match)


def _before_sex(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """张三，男: the name that ends before the comma."""
    end = match.end("name")
    for size in (3, 2, 4):
        name = match.group("name")[-size:]
        if len(name) == size and _surname(name) and not _is_masked(name) and name[:2] not in STOP:
            yield end - size, end
            return


def _chain(text: str, at: int, sure: bool) -> Iterator[tuple[int, int]]:
    """The name that begins here and those that follow it in a list."""
    listed = False
    while True:
        size = _name(text, at, sure=sure, listed=listed)
        if size:
            yield at, at + size
        elif not (size := _masked_size(text, at)):
            return
        more = _MORE.match(text, at + size)
        if more is None:
            return
        at, sure, listed = more.end(), False, True


def _name(text: str, at: int, *, sure: bool, listed: bool) -> int:
    """The length of the name that begins here, 0 for none. `sure`: a name must follow; `listed`: after another."""
    if (foreign := _FOREIGN.match(text, at)) and "某" not in foreign.group():
        return len(foreign.group())
    family = _surname(text[at : at + 2])
    if not family or text[at : at + 2] in STOP or _is_masked(text[at : at + 4]):
        return 0
    sizes = _sizes(text, at + len(family))
    if not sizes or (family in RARE and not sure):
        return 0
    closed = not _is_han(text[at + len(family) + sizes[0] :][:1])
    ends = _ends(text, at + len(family) + sizes[0])
    if not (
        closed
        or (ends and (sure or (listed and family not in DOUBTFUL)))
        or (family not in DOUBTFUL and not listed)
    ):
        return 0
    return len(family) + sizes[0]


def _sizes(text: str, at: int) -> list[int]:
    """How many characters the given name may have, the likeliest first: it ends at a stop, or before a long word."""
    longest = 1 if text[at + 1 : at + 2] in NEVER_GIVEN else 2
    given = [
        size
        for size in range(longest, 0, -1)
        if len(text) >= at + size and all(map(_is_han, text[at : at + size]))
    ]
    return sorted(given, key=lambda size: -_certainty(text, at + size))


def _certainty(text: str, at: int) -> int:
    """How surely a name ends here: at a stop, or before a word that follows names."""
    if not _is_han(text[at : at + 1]):
        return 9
    return max((len(word) for word in AFTER if text.startswith(word, at)), default=0)


def _ends(text: str, at: int) -> bool:
    """Whether a name may end here."""
    return _certainty(text, at) > 0


def _surname(text: str) -> str:
    """The family name a text begins with, "" for none."""
    if text[:2] in COMPOUND:
        return text[:2]
    return text[:1] if text[:1] in SURNAMES else ""


def _is_masked(name: str) -> bool:
    """张某, 张某某, 张×, 欧阳某, 张先生: the given name is not told."""
    rest = name[len(_surname(name)) :]
    return rest[:1] in MASKS or rest.startswith(TITLES)


def _masked_size(text: str, at: int) -> int:
    """The length of a masked name that begins here, 0 for none."""
    family = _surname(text[at : at + 2])
    match = _MASKED.match(text, at + len(family)) if family else None
    return len(family) + len(match.group()) if match else 0


def _is_han(char: str) -> bool:
    return bool(char) and re.match(rf"[{_HAN}]", char) is not None


def masked(name: str) -> str:
    """The family name with 某 for every further character; of a name in parts the first character."""
    if match := re.search(r"[·•‧・]", name):
        return f"{name[:1]}某{match.group()}某"
    family = _surname(name)
    return f"{family}{'某' * max(len(name) - len(family), 1)}"
