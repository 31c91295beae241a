"""Where a Chinese font is: on the machine, or in the package the set-up installs where there is none."""

import importlib.util
import shutil
import subprocess
from functools import cache
from pathlib import Path

# SimHei is proprietary; of the package only the Noto faces under the Open Font License are used.
PACKAGE, PACKAGED = "mplfonts", "NotoSans*SC*"


@cache
def chinese() -> Path | None:
    """The file of a font with Chinese characters, or None when there is none."""
    return _by_fontconfig() or _packaged()


def _by_fontconfig() -> Path | None:
    program = shutil.which("fc-list")
    if program is None:
        return None
    listed = subprocess.run(
        [program, ":lang=zh-cn", "file", "family"], capture_output=True, text=True, check=False, timeout=20
    )
    lines = sorted(listed.stdout.splitlines(), key=lambda line: ("Noto" not in line, "Bold" in line, line))
    for line in lines:
        path = Path(line.split(":")[0].strip())
        if path.is_file():
            return path
    return None


def _packaged() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    for place in spec.submodule_search_locations:
        found = sorted(Path(place).rglob(PACKAGED))
        if found:
            return found[0]
    return None
