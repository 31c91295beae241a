"""Why a certificate changes: the reason codes each kind of change may carry. Pure Python."""

OTHER = "other"
REASONS: dict[str, tuple[str, ...]] = {
    "entered": ("older_register",),
    "applied": ("first", "again"),
    "passed": ("exam", "resit", "exempt"),
    "issued": ("first", "again"),
    "reviewed": ("periodic", "after_objection"),
    "suspended": (
        "change_exam_failed",
        "investigation",
        "discipline",
        "unit_without_training",
        "off_post",
        OTHER,
    ),
    "reinstated": (
        "resit_passed",
        "period_over",
        "cleared",
        "found",
        "overturned",
        "entered_in_error",
        OTHER,
    ),
    "withdrawn": ("review_failed", "failed_again", "unit_without_training", "off_post", "discipline", OTHER),
    "lost": ("mislaid", "stolen", "destroyed"),
    "reissued": ("after_loss", "damaged", "data_changed"),
    "renewed": ("ending", "style_changed", "data_changed"),
    "transferred": ("agency_changed", "field_changed"),
    "revoked": ("failed_again", "discipline", "obtained_by_fraud", "used_unreviewed", OTHER),
    "cancelled": (
        "transfer",
        "retirement",
        "resignation",
        "dismissal",
        "merger",
        "application_dropped",
        OTHER,
    ),
    "corrected": ("typing_error", "source_corrected"),
}
# A revocation or cancellation ends only when it should never have been: overturned, or entered by mistake.
UNDOING = ("overturned", "entered_in_error")
# These replace a certificate that has not nearly ended, so no window of renewal applies to them.
WITHOUT_WINDOW = ("style_changed", "data_changed")


def reasons_of(kind: str) -> tuple[str, ...]:
    """The codes a kind of change may carry, the usual one first."""
    return REASONS.get(kind, ())
