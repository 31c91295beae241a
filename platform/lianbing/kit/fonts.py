"""Chinese fonts on this machine.

Printed names hold rare characters (㛃, 䶮, 𫖯), so only families known to have them are taken: the
Noto CJK and Source Han families, which are one design under two names and free to embed. They are
looked for with fontconfig, then in the usual folders, then in the PyPI package `mplfonts`, which
carries them for machines without any (its SimHei is proprietary and is never used).
"""

import importlib.util
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")
_NAMES = ("NotoSerifCJK", "NotoSansCJK", "SourceHanSerif", "SourceHanSans", "NotoSerifSC", "NotoSansSC")
_SUFFIXES = {".ttc", ".otf", ".ttf"}


class NoChineseFont(RuntimeError):
    """No usable Chinese font: the message says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "No Chinese font was found. Install Noto CJK (Debian: apt-get install fonts-noto-cjk), "
            "or run: .venv/bin/pip install -r requirements-fonts.txt"
        )


def _wanted(path: Path) -> bool:
    name = path.name.replace("-", "").replace("_", "")
    return path.suffix.lower() in _SUFFIXES and name.startswith(_NAMES)


def _from_fontconfig() -> list[Path]:
    program = shutil.which("fc-list")
    if program is None:
        return []
    try:
        listed = subprocess.run(  # fixed arguments, no shell
            [program, ":lang=zh-cn", "--format=%{file}\n"],
            capture_output=True,
            check=True,
            text=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return [Path(line) for line in listed.stdout.splitlines() if line]


def _from_folders() -> list[Path]:
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    return [path for folder in folders if folder.is_dir() for path in folder.rglob("*")]


def _from_package() -> list[Path]:
    spec = importlib.util.find_spec("mplfonts")
    if spec is None or spec.origin is None:
        return []
    return list((Path(spec.origin).parent / "fonts").glob("*"))


@lru_cache(maxsize=1)
def chinese_fonts() -> list[Path]:
    """Font files with simplified Chinese shapes, serif before sans, or an empty list. Looked for once.

    A `.ttc` holds several faces: index 0 of the Noto collections is Japanese and 2 is simplified
    Chinese, so choose the face by its family name (`SERIF`, `SANS`), not by its place.
    """
    for source in (_from_fontconfig, _from_folders, _from_package):
        found = {path for path in source() if _wanted(path) and path.is_file()}
        if found:
            return sorted(found, key=lambda path: ("Serif" not in path.name, path.name))
    return []


def chinese() -> Path | None:
    """One of those files, or None: whether this machine can print Chinese at all."""
    return next(iter(chinese_fonts()), None)


def required() -> list[Path]:
    """The same, or NoChineseFont."""
    found = chinese_fonts()
    if not found:
        raise NoChineseFont
    return found
