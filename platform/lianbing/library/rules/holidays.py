"""Public holidays and made-up working days, as the State Council's office announces them for each year.

A new year is one more entry. `OFF` are days off by year, as (month, first day, last day); `WORKED` are the
weekend days worked instead.
"""

# 全国年节及纪念日放假办法 art. 2, as far as a day of the solar calendar is named: off in every year.
EVERY_YEAR = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
OFF: dict[int, tuple[tuple[int, int, int], ...]] = {
    2024: (
        (1, 1, 1),
        (2, 10, 17),
        (4, 4, 6),
        (5, 1, 5),
        (6, 10, 10),
        (9, 15, 17),
        (10, 1, 7),
    ),
    2025: (
        (1, 1, 1),
        (1, 28, 31),
        (2, 1, 4),
        (4, 4, 6),
        (5, 1, 5),
        (5, 31, 31),
        (6, 1, 2),
        (10, 1, 8),
    ),
    2026: (
        (1, 1, 3),
        (2, 15, 23),
        (4, 4, 6),
        (5, 1, 5),
        (6, 19, 21),
        (9, 25, 27),
        (10, 1, 7),
    ),
}
WORKED: dict[int, tuple[tuple[int, int], ...]] = {
    2024: ((2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)),
    2025: ((1, 26), (2, 8), (4, 27), (9, 28), (10, 11)),
    2026: ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)),
}
