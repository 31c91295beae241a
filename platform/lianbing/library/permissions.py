"""Routes of the library. Everybody signed in reads; the legal section decides what stands in it."""

from lianbing.library.models import Circulation, Compilation
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

KEEPERS = (Role.LEGAL,)
EDITORS = (Role.LEGAL, Role.TRAINER)
FOLLOWERS = (Role.LEGAL, Role.TRAINER, Role.LEADER)
BOOK_FOLLOWERS = (*FOLLOWERS, Role.HR)

ROUTES: dict[str, Rule] = {
    "library:home": signed_in(),
    "library:search": signed_in(),
    "library:synonyms": only(*KEEPERS),
    "library:synonym_add": only(*KEEPERS),
    "library:synonym_edit": only(*KEEPERS),
    "library:synonym_remove": only(*KEEPERS),
    "library:law": signed_in(),
    "library:edition": signed_in(),
    "library:handbook": signed_in(),
    "library:handbook_entry": signed_in(),
    "library:worker": signed_in(),
    "library:my_book": signed_in(scope="own"),
    "library:my_book_pdf": signed_in(scope="own"),
    "library:books": only(*BOOK_FOLLOWERS),
    "library:book_begin": only(*EDITORS),
    "library:book": only(*BOOK_FOLLOWERS),
    "library:book_pdf": only(*BOOK_FOLLOWERS),
    "library:book_edit": only(*EDITORS),
    "library:book_review": only(*EDITORS),
    "library:book_discard": only(*EDITORS),
    "library:book_receipts": only(*BOOK_FOLLOWERS, scope="unit"),
    "library:book_unconfirmed": only(*BOOK_FOLLOWERS, scope="unit"),
    "library:cards": signed_in(),
    "library:card": signed_in(),
    "library:card_desk": only(*EDITORS),
    "library:card_new": only(*EDITORS),
    "library:card_import": only(*EDITORS, scope="own"),
    "library:card_import_confirm": only(*EDITORS, scope="own"),
    "library:card_template": only(*EDITORS),
    "library:card_desk_card": only(*EDITORS),
    "library:card_submit": only(*EDITORS),
    "library:card_discard": only(*EDITORS),
    "library:card_review": only(*EDITORS),
    "library:card_flags": only(*KEEPERS),
    "library:card_withdraw": only(*KEEPERS),
    "library:card_restore": only(*KEEPERS),
    "library:cases": signed_in(),
    "library:case": signed_in(),
    "library:case_desk": only(*EDITORS),
    "library:case_new": only(*EDITORS),
    "library:case_edit": only(*EDITORS),
    "library:case_submit": only(*EDITORS),
    "library:case_discard": only(*EDITORS),
    "library:case_review": only(*EDITORS),
    "library:case_withdraw": only(*KEEPERS),
    "library:import": only(*KEEPERS),
    "library:import_review": only(*KEEPERS, scope="own"),
    "library:import_report": only(*KEEPERS, scope="own"),
    "library:continues": only(*KEEPERS),
    "library:facts": only(*KEEPERS),
    "library:compare": signed_in(),
    "library:diff": signed_in(),
    "library:diff_across": signed_in(),
    "library:drafts": only(*EDITORS),
    "library:review": only(*EDITORS),
    "library:amend": only(*EDITORS),
    "library:record": only(*EDITORS),
    "library:doubtful": only(*KEEPERS),
    "library:documents": signed_in(),
    "library:document": signed_in(),
    "library:document_file": signed_in(),
    "library:circulate": only(*FOLLOWERS, scope="unit"),
    "library:circulations": only(*FOLLOWERS, scope="unit"),
    "library:circulation": only(*FOLLOWERS, scope="unit"),
    "library:circulation_stop": only(*FOLLOWERS, scope="unit"),
    "library:reading": signed_in(scope="own"),
    "library:to_read": signed_in(scope="own"),
    "library:reading_file": signed_in(scope="own"),
    "library:check": signed_in(scope="own"),
    "library:check_result": signed_in(scope="own"),
    "library:keep_as_document": only(*KEEPERS, scope="own"),
    "library:confirm": only(*KEEPERS),
    "library:withdraw": only(*KEEPERS),
    "library:compilations": signed_in(),
    "library:compilation": signed_in(scope="own"),
    "library:compilation_pdf": signed_in(scope="own"),
    "library:compilation_new": only(*EDITORS),
    "library:compilation_edit": only(*EDITORS, scope="own"),
    "library:compilation_put": only(*EDITORS, scope="own"),
    "library:compilation_item": only(*EDITORS, scope="own"),
    "library:compilation_update": only(*EDITORS, scope="own"),
    "library:compilation_discard": only(*EDITORS, scope="own"),
    "library:citations": only(*KEEPERS),
    "library:citations_of": only(*KEEPERS),
    "library:name_law": only(*KEEPERS),
    "library:absent_law": only(*KEEPERS),
    "library:forget_name": only(*KEEPERS),
    "library:look_again": only(*KEEPERS),
    "library:impact": only(*EDITORS),
    "library:cited_by": only(*EDITORS),
    "library:cited_counts": only(*EDITORS),
    "library:repeals": only(*EDITORS),
    "library:repeal": only(*EDITORS),
    "library:repeal_new": only(*KEEPERS),
    "library:repeal_check": only(*KEEPERS),
    "library:repeal_undo": only(*KEEPERS),
    "cms": only(*EDITORS),
}


def can_keep(actor: Actor) -> bool:
    """Whether `actor` may import laws, confirm and withdraw editions."""
    return actor.has(*KEEPERS)


def can_see_impact(actor: Actor) -> bool:
    """Whether `actor` may know what rests on articles (each kind of thing narrows it further)."""
    return actor.has(*EDITORS)


def can_edit_handbook(actor: Actor) -> bool:
    """Whether `actor` may write the handbook at /cms/."""
    return actor.has(*EDITORS)


def can_compose(actor: Actor) -> bool:
    """Whether `actor` may compose compilations."""
    return actor.has(*EDITORS)


def can_change(actor: Actor, compilation: Compilation) -> bool:
    """Whether `actor` may change this one: who composed it, and the legal section."""
    return actor.has(*KEEPERS) or (actor.has(*EDITORS) and compilation.owner_id == actor.user_id)


def can_circulate(actor: Actor) -> bool:
    """Whether `actor` may give documents to people to read, in the units of these roles."""
    return actor.has(*FOLLOWERS)


def can_stop(actor: Actor, circulation: Circulation) -> bool:
    """Whether `actor` may stop this circulation: who made it, and the legal section of the whole bureau."""
    own = circulation.by_user is not None and circulation.by_user == actor.user_id
    return own or "" in actor.scopes(*KEEPERS)


def can_write_cards(actor: Actor) -> bool:
    """Whether `actor` may write cards of the handbook; the legal section alone approves them."""
    return actor.has(*EDITORS)


def can_write_books(actor: Actor) -> bool:
    """Whether `actor` may prepare an edition of the handbook; the legal section alone approves it."""
    return actor.has(*EDITORS)


def can_write_cases(actor: Actor) -> bool:
    """Whether `actor` may write cases of the library; the legal section alone approves them."""
    return actor.has(*EDITORS)
