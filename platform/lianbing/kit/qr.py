"""QR codes as SVG (pages, PDF) and PNG (messages, slips), dark on white with the quiet zone."""

import io

import segno

BORDER = 4


def _code(text: str) -> segno.QRCode:
    # Left to itself the library takes Shift JIS for Chinese characters that Japanese has too.
    return segno.make(text, error="m", micro=False, boost_error=False, encoding="utf-8")


def svg(text: str) -> str:
    """An `<svg class="qr">` with a white ground and a viewBox, sized by the stylesheet. Holds no script, no style."""
    out = io.BytesIO()
    _code(text).save(
        out,
        kind="svg",
        scale=4,
        border=BORDER,
        light="white",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        svgclass="qr",
        nl=False,
    )
    return out.getvalue().decode("utf-8")


def png(text: str, *, scale: int = 8) -> bytes:
    """A PNG picture, `scale` dots to a module."""
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=scale, border=BORDER)
    return out.getvalue()


def matrix(text: str) -> list[list[bool]]:
    """The modules without the quiet zone, row by row, True = dark: for tests and templates of one's own."""
    return [[bool(module) for module in row] for row in _code(text).matrix]
