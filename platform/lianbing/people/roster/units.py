"""Units as a roster names them: 支队/大队/中队."""

import difflib
import re

from lianbing.people.models import Unit

Path = tuple[str, ...]


def path_of(text: str) -> Path:
    """A unit path as names: 支队/大队/中队, with half-width or full-width slashes."""
    return tuple(part.strip() for part in re.split(r"[/／\\＼]", text) if part.strip())


class Units:
    """The open units by path, and the ones the file adds."""

    def __init__(self) -> None:
        self.known: dict[Path, Unit] = {}
        self.added: list[Path] = []
        self.short: dict[Path, Path] = {}
        paths: dict[str, Path] = {}
        units = list(Unit.objects.filter(closed_on=None).order_by("path"))
        for unit in units:
            full = (*paths.get(unit.path[: -Unit.steplen], ()), unit.name)
            paths[unit.path] = full
            self.known[full] = unit
        roots = [path for path in self.known if len(path) == 1]
        if len(roots) == 1:
            self.short = {path[1:]: path for path in self.known if len(path) > 1}
        self.was_empty = not units
        self._added = set[Path]()

    def resolve(self, path: Path) -> Path | None:
        """The full path of a unit that exists or is being added; the only root may be left out."""
        if path in self.known or path in self._added:
            return path
        full = self.short.get(path)
        return full if full and (full in self.known or full in self._added) else None

    def add(self, path: Path) -> None:
        """Add a unit and whatever is missing above it."""
        if self.resolve(path) is not None:
            return
        above = path[:-1]
        if above:
            self.add(above)
        full = (*(self.resolve(above) or ()), path[-1])
        if path != full:
            self.short[path] = full
        self.added.append(full)
        self._added.add(full)

    def nearest(self, path: Path) -> str:
        """The known path most like this one, "" when none is."""
        names = ["/".join(known) for known in [*self.known, *self._added, *self.short]]
        return next(iter(difflib.get_close_matches("/".join(path), names, n=1, cutoff=0.5)), "")
