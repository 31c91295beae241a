"""Install what is locked into .venv, and see to it that there is a Chinese font (and a browser for tests).

Quick when nothing has changed: a stamp remembers which lock file was installed. Says plainly what could not
be installed and how to do it by hand.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
sys.path.append(str(ROOT / "platform"))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def quietly(*command: str) -> bool:
    """Run a command whose failure is not the end; its output is shown only when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        say(f"  {' '.join(command[:4])} ... failed: {(done.stderr or done.stdout).strip()[-300:]}")
    return done.returncode == 0


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    subprocess.run([*command, "--require-hashes", *arguments], check=True, cwd=ROOT)


def install(lock: str) -> None:
    """Install a lock file unless it is installed already."""
    text = (ROOT / lock).read_bytes() + sys.version.encode()
    wanted, stamp = hashlib.sha256(text).hexdigest(), VENV / f".installed-{lock}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing {lock} ...")
    stamp.unlink(missing_ok=True)
    pip("--requirement", lock)
    stamp.write_text(wanted)


def apt(*packages: str) -> bool:
    """Install Debian packages, when this is Debian and we are root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    command = ("apt-get", "install", "--yes", "--no-install-recommends", *packages)
    return quietly(*command) or (quietly("apt-get", "update") and quietly(*command))


def chinese_font() -> None:
    """A font with Chinese characters: on the machine, from Debian, or from the package with the Noto fonts."""
    from lianbing.kit import fonts

    if fonts.chinese():
        return
    say("Installing a Chinese font ...")
    if not apt("fonts-noto-cjk", "fontconfig"):
        try:
            pip("--no-deps", "--requirement", "requirements-fonts.txt")
        except subprocess.CalledProcessError:
            say("NOT INSTALLED: a Chinese font. Certificates cannot be printed without one.")
            say(
                "  Debian, Ubuntu: apt install fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts"
            )


def browser() -> None:
    """A Chromium for the tests that drive one, and a Chinese font it can see."""
    if not any(shutil.which(name) for name in CHROMIUMS) and not _playwright_has_one():
        say("Installing Chromium ...")
        playwright = str(VENV / "bin" / "playwright")
        if not apt("chromium") and not quietly(playwright, "install", "chromium"):
            say("NOT INSTALLED: Chromium. The tests in a browser cannot run.")
            say(
                "  Debian: apt install chromium; elsewhere: .venv/bin/playwright install --with-deps chromium"
            )
    if not _fontconfig_knows_chinese():
        say("Installing a Chinese font for the browser ...")
        if not apt("fonts-noto-cjk", "fontconfig"):
            say("NOT INSTALLED: a Chinese font for the browser. Its pictures show boxes for characters.")
            say(
                "  Debian, Ubuntu: apt install fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts"
            )


def _playwright_has_one() -> bool:
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.returncode == 0 and Path(done.stdout.strip()).exists()


def _fontconfig_knows_chinese() -> bool:
    program = shutil.which("fc-list")
    if program is None:
        return False
    return bool(subprocess.run([program, ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--browser", action="store_true", help="also a browser")
    options = parser.parse_args()
    try:
        install("requirements-dev.txt" if options.dev else "requirements.txt")
    except subprocess.CalledProcessError:
        sys.exit("Installing failed; the lines above say why. Is the package index within reach?")
    chinese_font()
    if options.browser:
        browser()


if __name__ == "__main__":
    main()
