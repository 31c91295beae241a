"""PDF files: Chinese with rare characters, small, and safe from text that looks like code."""

import io

import pypdf
import pytest

from lianbing.kit import fonts, pdf

TEMPLATE = """
#let d = json("data.json")
#set page(width: 148mm, height: 105mm)
#set text(font: d.serif, lang: "zh", region: "cn")
= #d.name
#text(weight: "bold", d.note)
"""


def text_of(made):
    return pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()


@pytest.mark.parametrize("name", ["张三", "㛃", "䶮", "𫖯", "赵喆", "欧阳曌"])
def test_rare_name_characters_are_printed(name):
    made = pdf.render(TEMPLATE, {"name": name, "note": "培训证书"})
    assert name in text_of(made)


def test_only_the_glyphs_used_are_embedded():
    made = pdf.render(TEMPLATE, {"name": "张三", "note": "城市管理综合执法人员培训证书" * 20})
    assert len(made) < 200_000
    resources = pypdf.PdfReader(io.BytesIO(made)).pages[0]["/Resources"]["/Font"]
    assert all("+" in font.get_object()["/BaseFont"] for font in resources.values())


def test_text_that_looks_like_code_stays_text():
    made = pdf.render(TEMPLATE, {"name": '#panic("x")', "note": '"); #read("/etc/passwd")'})
    assert '#panic("x")' in text_of(made)


def test_same_data_and_moment_give_the_same_bytes(at):
    data = {"name": "张三", "note": "一"}
    assert pdf.render(TEMPLATE, data, at=at) == pdf.render(TEMPLATE, data, at=at)


def test_template_that_does_not_fit_its_data_is_an_error():
    with pytest.raises(pdf.PdfError):
        pdf.render(TEMPLATE, {"name": "张三"})


def test_template_may_be_a_file_and_read_more_files(tmp_path):
    path = tmp_path / "t.typ"
    path.write_text(
        '#let d = json("data.json")\n#set text(font: d.sans)\n#read("more.txt")', encoding="utf-8"
    )
    assert "多一行" in text_of(pdf.render(path, {}, files={"more.txt": "多一行".encode()}))


def test_no_chinese_font_is_said_plainly(monkeypatch):
    monkeypatch.setattr(fonts, "chinese_fonts", list)
    with pytest.raises(fonts.NoChineseFont, match="fonts-noto-cjk"):
        fonts.required()


@pytest.mark.parametrize("missing", [(), ("_from_fontconfig",), ("_from_fontconfig", "_from_folders")])
def test_fonts_are_found_without_fontconfig_and_in_the_package(monkeypatch, missing):
    for name in missing:
        monkeypatch.setattr(fonts, name, list)
    fonts.chinese_fonts.cache_clear()
    found = fonts.chinese_fonts()
    fonts.chinese_fonts.cache_clear()
    if not found:
        pytest.skip("this machine has no Chinese font in that place")
    assert not any("SimHei" in path.name for path in found)
