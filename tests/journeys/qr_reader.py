"""A small reader of QR codes, independent of the library that draws them: clean pictures, level M, bytes.

It finds the code by its dark corner, samples each module in the middle, undoes the mask and the
interleaving of blocks and reads the text. It corrects no errors: a screenshot has none.
"""

from PIL import Image, ImageOps

# ISO/IEC 18004, level M, versions 4 to 16: data codewords of each block, and the centres of the alignment patterns.
BLOCKS = {
    4: [32] * 2,
    5: [43] * 2,
    6: [27] * 4,
    7: [31] * 4,
    8: [38] * 2 + [39] * 2,
    9: [36] * 3 + [37] * 2,
    10: [43] * 4 + [44],
    11: [50] + [51] * 4,
    12: [36] * 6 + [37] * 2,
    13: [37] * 8 + [38],
    14: [40] * 4 + [41] * 5,
    15: [41] * 5 + [42] * 5,
    16: [45] * 7 + [46] * 3,
}
CENTRES = {
    4: [6, 26],
    5: [6, 30],
    6: [6, 34],
    7: [6, 22, 38],
    8: [6, 24, 42],
    9: [6, 26, 46],
    10: [6, 28, 50],
    11: [6, 30, 54],
    12: [6, 32, 58],
    13: [6, 34, 62],
    14: [6, 26, 46, 66],
    15: [6, 26, 48, 70],
    16: [6, 26, 50, 74],
}
MASKS = [
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
]


def code_in(picture):
    """The tallest drawing in a strip of a page: its code, without the words below."""
    dark = ImageOps.invert(picture.convert("L")).point(lambda value: 255 if value > 128 else 0)
    rows = [dark.crop((0, y, dark.width, y + 1)).getbbox() is not None for y in range(dark.height)]
    runs, start = [], 0
    for y, full in enumerate([*rows, False]):
        if full and (y == 0 or not rows[y - 1]):
            start = y
        if not full and y and rows[y - 1]:
            runs.append((start, y))
    top, bottom = max(runs, key=lambda run: run[1] - run[0])
    return picture.crop((0, top - 2, picture.width, bottom + 2))


def modules(picture):
    """The modules of the code in a picture, row by row, True = dark."""
    grey = picture.convert("L").point(lambda value: 0 if value < 128 else 255)
    left, top, right, _bottom = Image.eval(grey, lambda value: 255 - value).getbbox()
    run = next(x for x in range(left, right) if grey.getpixel((x, top + 1)) > 128) - left
    # A screenshot cuts through pixels, so the width of a finder is a guess: only every fourth size is a code.
    side = 17 + 4 * round(((right - left) / (run / 7) - 17) / 4)
    step = (right - left) / side
    return [
        [
            grey.getpixel((int(left + (c + 0.5) * step), int(top + (r + 0.5) * step))) < 128
            for c in range(side)
        ]
        for r in range(side)
    ]


def _reserved(side, version):
    """The places of finder, timing, alignment, format and version patterns."""
    held = {(r, c) for r in range(9) for c in range(9)}
    held |= {(r, c) for r in range(9) for c in range(side - 8, side)}
    held |= {(r, c) for r in range(side - 8, side) for c in range(9)}
    held |= {(6, n) for n in range(side)} | {(n, 6) for n in range(side)}
    corners = {(6, 6), (6, side - 7), (side - 7, 6)}
    for r in CENTRES[version]:
        for c in CENTRES[version]:
            if (r, c) not in corners:
                held |= {(r + y, c + x) for y in range(-2, 3) for x in range(-2, 3)}
    if version >= 7:
        held |= {(r, c) for r in range(6) for c in range(side - 11, side - 8)}
        held |= {(c, r) for r in range(6) for c in range(side - 11, side - 8)}
    return held


def _bits(rows, version):
    side, held = len(rows), _reserved(len(rows), version)
    mask = MASKS[int("".join("1" if rows[8][c] else "0" for c in (2, 3, 4)), 2) ^ 0b101]
    right = [*range(side - 1, 6, -2), 5, 3, 1]
    for turn, column in enumerate(right):
        for r in range(side - 1, -1, -1) if turn % 2 == 0 else range(side):
            for c in (column, column - 1):
                if (r, c) not in held:
                    yield rows[r][c] != mask(r, c)


def read(picture):
    """The text in the code of a picture. Fails where there is none of versions 4 to 16 at level M."""
    rows = modules(picture)
    version = (len(rows) - 17) // 4
    bits = list(_bits(rows, version))
    words = [int("".join("1" if b else "0" for b in bits[n : n + 8]), 2) for n in range(0, len(bits) - 7, 8)]
    sizes = BLOCKS[version]
    blocks = [[] for _ in sizes]
    taken = iter(words)
    for place in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if place < size:
                block.append(next(taken))
    data = "".join(f"{word:08b}" for block in blocks for word in block)
    assert data[:4] == "0100", "not in byte mode"
    start = 12 if version < 10 else 20
    length = int(data[4:start], 2)
    return bytes(int(data[start + 8 * n : start + 8 + 8 * n], 2) for n in range(length)).decode()
