"""Exchange formats: one file each behind the contract in `base.py`."""

from types import ModuleType

from django.utils.translation import gettext as _

from question_bank.formats import excel, hrss_json
from question_bank.formats.base import BadFile, File, Place, Refusal, Row

__all__ = ["BadFile", "File", "Place", "Refusal", "Row", "choose", "label", "names"]

_FORMATS: dict[str, ModuleType] = {module.NAME: module for module in (hrss_json, excel)}


def names() -> list[str]:
    """The names `--format` takes, besides auto."""
    return sorted(_FORMATS)


def label(name: str) -> str:
    """What people read where a format is chosen."""
    return str(_FORMATS[name].LABEL)


def choose(name: str, file: File) -> ModuleType:
    """The format of this name; for "auto" the first that recognises the file. Raises BadFile."""
    if name != "auto":
        if name not in _FORMATS:
            raise BadFile(
                _("There is no format “%(name)s”. Known: %(known)s.")
                % {"name": name, "known": ", ".join(names())}
            )
        return _FORMATS[name]
    for module in _FORMATS.values():
        if module.recognise(file):
            return module
    if file.looks_like_json():
        raise BadFile(_("%(file)s: this JSON layout is not known.") % {"file": file.name})
    # Reading as a spreadsheet gives the reason in words: damaged, wrong sheet, missing columns.
    return excel
