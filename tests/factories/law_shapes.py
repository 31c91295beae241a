"""One parsed law written again as other publishers write it: plain text in several styles, and paragraphs.

Each style is what its name says and nothing else, so that a difference in the articles is the reader's.
"""

import textwrap

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
