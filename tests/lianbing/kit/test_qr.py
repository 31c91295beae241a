"""QR codes: what is drawn is what was asked for."""

import io
import re

import segno
from PIL import Image

from lianbing.kit import qr

URL = "http://127.0.0.1:8000/verify/0b7f7a0e-6f1e-4c2a-9d8e-0a1b2c3d4e5f/"


def test_svg_has_a_white_ground_and_nothing_inline():
    drawn = qr.svg(URL)
    assert drawn.startswith("<svg")
    assert not re.search(r"<script|style=|on\w+=", drawn)


def test_png_holds_exactly_these_modules():
    picture = Image.open(io.BytesIO(qr.png(URL, scale=3))).convert("1")
    expected = qr.matrix(URL)
    middle = [
        [
            picture.getpixel(((column + qr.BORDER) * 3 + 1, (row + qr.BORDER) * 3 + 1)) == 0
            for column in range(len(expected))
        ]
        for row in range(len(expected))
    ]
    assert middle == expected


def test_matrix_is_the_one_of_the_library():
    expected = segno.make(URL, error="m", micro=False, boost_error=False, encoding="utf-8").matrix
    assert qr.matrix(URL) == [[bool(module) for module in row] for row in expected]
