"""Cases as pages show them: what is wrong in words, and where a case says who somebody is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lianbing.library.rendering import cards
from lianbing.library.rules.cards import Fault
from lianbing.library.rules.cases import Place
from lianbing.library.rules.privacy import Kind

NAMES = {
    "kind": pgettext_lazy("case", "Kind"),
    "title": gettext_lazy("Title"),
    "dated": pgettext_lazy("case", "Closed on"),
    "facts": pgettext_lazy("case", "What happened"),
    "outcome": gettext_lazy("How it was dealt with"),
    "lesson": gettext_lazy("What is learnt from it"),
    "basis": gettext_lazy("Basis"),
    "cards": gettext_lazy("Handbook cards"),
    "questions": gettext_lazy("Questions at the end"),
}
SAYINGS = {
    "future": gettext_lazy("This day has not come yet."),
    "case_kind": gettext_lazy("Choose one of the kinds."),
    "card": gettext_lazy("No card in use has the code “%(detail)s”."),
    "question": gettext_lazy("One of the questions is not open to drills any more. Choose again."),
    "many": gettext_lazy("At most %(detail)s."),
}
KINDS = {
    Kind.ID_NUMBER: gettext_lazy("an identity number"),
    Kind.PHONE: gettext_lazy("a telephone number"),
    Kind.BANK_CARD: gettext_lazy("the number of a bank card or account"),
    Kind.LONG_NUMBER: gettext_lazy("a number so long that it may lead to a person"),
    Kind.CREDIT_CODE: gettext_lazy("a unified social credit code"),
    Kind.DOCUMENT: gettext_lazy("the number of a personal document"),
    Kind.PLATE: gettext_lazy("the plate of a vehicle"),
    Kind.ACCOUNT: gettext_lazy("an account on the network"),
    Kind.ADDRESS: gettext_lazy("the address of a flat"),
    Kind.BIRTH: gettext_lazy("a day of birth"),
    Kind.NAME: gettext_lazy("the name of a person"),
}


def say(fault: Fault) -> str:
    """A fault in words, with its line where there is one."""
    if fault.code not in SAYINGS:
        return cards.say(fault)
    return str(SAYINGS[fault.code]) % {"detail": fault.detail[:80]}


@dataclass(frozen=True)
class PlaceLine:
    """One place as the page lists it: in which field and line, what it is, the words with the piece between."""

    heading: str
    kind: str
    place: Place


def place_lines(places: Iterable[Place]) -> list[PlaceLine]:
    """Where a case says who somebody is, in words."""
    found = []
    for place in places:
        name = str(NAMES[place.field])
        line = (
            name
            if place.field == "title"
            else _("%(field)s, line %(line)s") % {"field": name, "line": place.line}
        )
        found.append(PlaceLine(line, str(KINDS[place.kind]), place))
    return found
