"""The part-time duties a new bureau starts with (S1 L38: 信息员、法制员等)."""

PRESETS: tuple[tuple[str, str], ...] = (
    ("information_officer", "信息员"),
    ("legal_liaison", "法制员"),
    ("part_time_instructor", "兼职教官"),
    ("key_staff", "业务骨干"),
    ("safety_officer", "安全员"),
    ("equipment_keeper", "装备管理员"),
    ("political_instructor", "指导员"),
    ("media_liaison", "宣传员"),
)
"""(code, name); the code is what audiences store."""
