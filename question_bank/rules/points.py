"""Knowledge points form a tree; a point's name is its path from the root, parts joined by "/"."""

import re
import unicodedata

SEPARATOR = "/"
DEPTH_LIMIT = 5
NAME_LIMIT = 100
_SEPARATORS = re.compile(r"\s*[/／>＞»→]\s*")


def tidy_path(text: str) -> str:
    """The path a cell or a form field names ("执法程序 ＞ 听证" is "执法程序/听证"), at most 100 characters.

    Parts deeper than the fifth are joined into it, so that nothing is lost; "" for a blank.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    parts = [part.strip() for part in _SEPARATORS.split(plain) if part.strip()]
    head, rest = parts[: DEPTH_LIMIT - 1], parts[DEPTH_LIMIT - 1 :]
    return SEPARATOR.join([*head, *(["·".join(rest)] if rest else [])])[:NAME_LIMIT].rstrip("/ ")


def ancestors(name: str) -> list[str]:
    """The paths above a point, from the root down, without itself."""
    parts = name.split(SEPARATOR)
    return [SEPARATOR.join(parts[:count]) for count in range(1, len(parts))]


def leaf(name: str) -> str:
    """The last part of a path."""
    return name.rpartition(SEPARATOR)[2]


def depth(name: str) -> int:
    """How many points stand above this one."""
    return name.count(SEPARATOR)


def within(name: str, root: str) -> bool:
    """Whether a point is `root` or lies somewhere below it."""
    return name == root or name.startswith(root + SEPARATOR)


def path_key(name: str) -> tuple[str, ...]:
    """Sorts points as a tree: each before what lies below it, whatever stands in the names."""
    return tuple(name.split(SEPARATOR))


def moved(name: str, root: str, target: str) -> str:
    """The path of a point once `root` above it (or itself) is called `target`."""
    return target + name[len(root) :] if within(name, root) else name


def fits(name: str) -> bool:
    """Whether a path is as `tidy_path` would write it: not too deep and not too long."""
    return tidy_path(name) == name and bool(name) and depth(name) < DEPTH_LIMIT
