"""A small reader of QR codes, independent of the library that draws them: clean pictures, level M, bytes.

It finds the code by its dark corner, samples each module in the middle, undoes the mask and the
interleaving of blocks and reads the text. It corrects no errors: a screenshot has none.
"""

from PIL import Image

# Level M, versions 4 to 8: data codewords of each block, and the centres of the alignment patterns.
BLOCKS = {4: [32] * 2, 5: [43] * 2, 6: [27] * 4, 7: [31] * 4, 8: [38, 38, 39, 39]}
CENTRES = {4: [6, 26], 5: [6, 30], 6: [6, 34], 7: [6, 22, 38], 8: [6, 24, 42]}
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
    """The text in the code of a picture. Fails where there is none of versions 4 to 8 at level M."""
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
    length = int(data[4:12], 2)
    return bytes(int(data[12 + 8 * n : 20 + 8 * n], 2) for n in range(length)).decode()
