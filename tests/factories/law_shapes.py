"""One parsed law written again as other publishers write it: plain text in several styles, and paragraphs.

Each style is what its name says and nothing else, so that a difference in the articles is the reader's.
"""

import io
import textwrap
import zipfile
from xml.sax.saxutils import escape

WIDE = str.maketrans({",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"})


def notes(text):
    """The enactment notes as the national database sets them: one bracket, blanks between the events."""
    lines = [f"{event.text}" for event in text.history]
    return f"（{'　'.join(lines)}）" if lines else ""


def body(text, *, gap="\u3000", indent="\u3000\u3000", heading=str):
    """The lines of headings, articles and paragraphs, in their order."""
    out = [f"{indent}{line}" for line in text.preamble]
    headings = list(text.headings)
    for article in text.articles:
        while headings and headings[0].before <= article.position:
            out += _headed(headings.pop(0), heading, indent)
        first, *others = article.text.split("\n")
        out += [f"{indent}{article.label}{gap}{first}", *(f"{indent}{line}" for line in others)]
    for left in headings:
        out += _headed(left, heading, indent)
    return out


def _headed(one, heading, indent):
    return [heading(one.text), *(f"{indent}{note}" for note in one.notes)]


def contents(text, heading=str):
    """The contents list, or nothing for a law without chapters."""
    return ["目\u3000\u3000录", *(heading(h.text) for h in text.headings)] if text.headings else []


def spaced(heading):
    """第一章 总则 as 第一章　总　　则."""
    label, _, title = heading.partition(" ")
    return f"{label}\u3000{title[0]}\u3000\u3000{title[1]}" if len(title) == 2 else f"{label}\u3000{title}"


def database(text):
    """As the national database: U+3000 everywhere, contents list repeated, no blank lines."""
    top = [text.title, *filter(None, [text.subtitle, notes(text)])]
    return "\n".join([*top, *contents(text, spaced), *body(text, heading=spaced)])


def windows(text):
    """The same from a Windows machine: CR LF; the caller encodes it."""
    return database(text).replace("\n", "\r\n")


def gazette(text):
    """The notes over several lines, nbsp as indentation and after the number, blank lines."""
    events = [event.text for event in text.history]
    top = [text.title, *filter(None, [text.subtitle])]
    if events:
        events[0], events[-1] = f"（{events[0]}", f"{events[-1]}）"
    rows = body(text, gap="\u00a0", indent="\u00a0\u00a0\u00a0\u00a0")
    return "\n\n".join([*top, *events, *contents(text), *rows])


def web_copy(text):
    """Headings glued to what follows, ASCII punctuation, the title twice."""
    out, pending = [], ""
    for line in body(text, gap=" ", indent=""):
        if line in {heading.text for heading in text.headings}:
            pending += line
        else:
            out.append(pending + line)
            pending = ""
    out += [pending] if pending else []
    top = [text.title, text.title, *filter(None, [text.subtitle]), *(event.text for event in text.history)]
    return "\n".join([*top, *out])


def paper(text, width=36, height=40):
    """As copied out of a PDF: lines broken at the edge, page numbers, no contents list."""
    lines = [text.title, *filter(None, [text.subtitle])]
    for line in [notes(text), *body(text)]:
        lines += textwrap.wrap(line, width, drop_whitespace=False, break_on_hyphens=False) if line else []
    pages = [lines[i : i + height] for i in range(0, len(lines), height)]
    return "\n".join("\n".join([*page, f"— {number} —"]) for number, page in enumerate(pages, 1))


STYLES = {
    "database": database,
    "windows": windows,
    "gazette": gazette,
    "web_copy": web_copy,
    "paper": paper,
}


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def run(text):
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inside, properties=""):
    """A paragraph around runs, or around plain words."""
    inside = inside if inside.startswith("<") else run(inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def package(body, head="", **parts):
    """The bytes of a .docx with this body; `parts` are further members of word/ by name."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", xml)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:x xmlns:w="{W}">{content}</w:x>')
    return target.getvalue()


def word(text):
    """As the national database gives it: a .docx of paragraphs without styles, cut into several runs."""
    rows = [row for row in database(text).split("\n") if row]
    return package(
        "".join(paragraph("".join(run(row[i : i + 7]) for i in range(0, len(row), 7))) for row in rows)
    )


def word_numbered(text):
    """A .docx whose articles are numbered by Word: 第%1条 stands in the list, not in the text."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="4">{level}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    labels = {article.label for article in text.articles}
    made = []
    for row in [text.title, notes(text), *body(text, indent="")]:
        label, _, rest = row.partition("\u3000")
        made.append(paragraph(rest, listed) if label in labels else paragraph(row) if row else "")
    return package("".join(made), numbering=numbering)


WORD_STYLES = {"word": word, "word_numbered": word_numbered}
