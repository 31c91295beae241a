"""What says who somebody is: found whatever it is written like, masked so that nothing is left, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.library.rules.privacy import find, masked

OLD_ID, NEW_ID = "130503670401001", "11010519491231002X"


def told(text):
    return [(str(mark.kind), text[mark.start : mark.end]) for mark in find(text)]


@pytest.mark.parametrize(
    "number",
    [
        NEW_ID,
        NEW_ID.lower(),
        "440524188001010014",
        "440524188001010015",  # a slip in the check digit hides nobody
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105 1949 1231 002X",
        "110105-19491231-002X",
        "110105\u3000 19491231\u200b002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "一一〇一〇五一九四九一二三一〇〇二X",
        OLD_ID,
        "130503 670401 001",
    ],
)
def test_an_identity_number_is_found_however_it_is_written(number):
    assert told(f"身份证号：{number}，住址不详") == [("id_number", number)]


@pytest.mark.parametrize(
    ("kind", "piece"),
    [
        ("phone", "13800138000"),
        ("phone", "138 0013 8000"),
        ("phone", "138-0013-8000"),
        ("phone", "１３８００１３８０００"),
        ("phone", "+86 138 0013 8000".removeprefix("+")),
        ("phone", "一三八零零一三八零零零"),
        ("phone", "0311-87654321"),
        ("phone", "(010)65432100"),
        ("phone", "010 6543 2100"),
        ("bank_card", "6222 0212 3456 7894"),
        ("bank_card", "6222021234567894"),
        ("long_number", "622202123456789"),
        ("credit_code", "91350100M000100Y43"),
        ("plate", "云A12345"),
        ("plate", "云A·12345"),
        ("plate", "京 A D12345"),
        ("plate", "粤BF12345"),
        ("plate", "云A1234学"),
        ("plate", "云Ａ１２３４５"),
        ("account", "zhang.san@example.com"),
        ("address", "3号楼2单元501室"),
        ("address", "2单元501"),
        ("birth", "1990年3月7日出生"),
        ("birth", "出生于1990年3月7日"),
    ],
)
def test_what_leads_to_a_person_is_found(kind, piece):
    assert told(f"经查，{piece}，予以记录") == [(kind, piece)]


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("联系电话：8765432", "phone", "8765432"),
        ("微信号：wx_12345", "account", "wx_12345"),
        ("QQ 123456", "account", "123456"),
        ("账号 1234 5678 90", "bank_card", "1234 5678 90"),
        ("驾驶证号：530102A", "", ""),
        ("执法证号：YX530102001", "document", "YX530102001"),
        ("护照E12345678", "document", "E12345678"),
    ],
)
def test_a_number_counts_after_the_word_that_says_whose_it_is(text, kind, piece):
    assert told(text) == ([(kind, piece)] if kind else [])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("当事人张三在路边摆摊", ["张三"]),
        ("当事人张三卖烧烤", ["张三"]),
        ("当事人：张三", ["张三"]),
        ("当事人（张三）", ["张三"]),
        ("当事人（以下称甲方）张三，", ["张三"]),
        ("违法行为人赵六擅自倾倒垃圾", ["赵六"]),
        ("负责人李四光不在现场", ["李四光"]),
        ("法定代表人为李四光。", ["李四光"]),
        ("经营者 王小明 不服", ["王小明"]),
        ("原告欧阳修远诉被告云汐市城市管理局", ["欧阳修远"]),
        ("原告马六与被告某局", ["马六"]),
        ("店主名叫“周芳芳”", ["周芳芳"]),
        ("投诉人于洋，", ["于洋"]),
        ("姓名：应天", ["应天"]),
        ("执法人员王伟、李娜到场", ["王伟", "李娜"]),
        ("执法人员王某、李娜和赵某某到场", ["李娜"]),
        ("孙七，男，汉族", ["孙七"]),
        ("诸葛明（女）", ["诸葛明"]),
        ("当事人阿迪力·买买提，", ["阿迪力·买买提"]),
        ("委托代理人吴九律师", ["吴九"]),
    ],
)
def test_a_name_is_found_where_a_person_is_spoken_of(text, names):
    assert told(text) == [("name", name) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "当事人张某某在路边摆摊",
        "当事人张某（女，1990年生）",
        "当事人欧阳某",
        "原告张×与被告李××",
        "负责人王某甲、李某乙",
        "当事人张先生、李女士",
        "当事人陈述申辩后",
        "当事人马上改正，负责人许可",
        "当事人于当日改正，",
        "当事人于2026年3月应当到场",
        "当事人应当配合，经营者方可营业",
        "负责人高度重视；当事人明知违法",
        "当事人严重违反规定，",
        "申请人查询档案，保护妇女儿童合法权益",
        "有关行业主管部门",
        "云汐城执罚决字〔2026〕第000123号",
        "罚款50元以上200元以下，共计1234567.89元",
        "2026.11.21 2026.11.22 共2次",
        "2026年11月21日10时30分至12时30分",
        "面积 12 15 18 20 25 平方米",
        "《行政处罚法》第三十三条第一款，12345热线，12319",
        "车牌为云A·12***",
        "身份证号110105********002X，电话138****8000",
        "占用面积120平方米，高度3.5米，第2单元讲解",
    ],
)
def test_what_tells_nobody_apart_passes(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("当事人张三，电话13800138000", "当事人张某，电话×××"),
        ("负责人李四光：云A12345", "负责人李某某：×××"),
        ("原告欧阳修远，", "原告欧阳某某，"),
        ("当事人阿迪力·买买提，", "当事人阿某·某，"),
        ("身份证号：110105 19491231 002X。", "身份证号：×××。"),
    ],
)
def test_masking_keeps_what_one_needs_to_read_on(text, left):
    assert masked(text) == left


PIECES = st.sampled_from(
    [
        "当事人",
        "张三",
        "李四光",
        "，",
        "、",
        " ",
        "：",
        "负责人",
        "13800138000",
        NEW_ID,
        "云A12345",
        "在",
        "男",
        "某",
        "(",
        ")",
        "·",
        "1",
        "X",
        "路边",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_after_masking_nothing_is_found_any_more(text):
    assert find(masked(text)) == []


@given(st.text(max_size=60))
def test_marks_lie_in_the_text_in_order_and_apart(text):
    marks = find(text)
    ends = [0, *(mark.end for mark in marks)]
    assert all(
        0 <= before <= mark.start < mark.end <= len(text) for before, mark in zip(ends, marks, strict=False)
    )
