"""The audit trail: one call inside the transaction that changes something."""

import datetime
from typing import Any, Protocol

from django.db.models import Model

from lianbing.kit.models import AuditRecord


class Acting(Protocol):
    """Whoever acts: gives a snapshot of who they are now (no foreign key, so it never changes)."""

    def snapshot(self) -> dict[str, Any]: ...


def record(
    *,
    stream: str,
    action: str,
    by: Acting,
    at: datetime.datetime,
    subject: Model | None = None,
    reason: str = "",
    **details: Any,
) -> AuditRecord:
    """Write down that `by` did `action` to `subject` at `at`. `details` must be JSON data without secrets."""
    return AuditRecord.objects.create(
        stream=stream,
        action=action,
        actor=by.snapshot(),
        at=at,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_name=str(subject)[:200] if subject is not None else "",
        reason=reason[:500],
        details=details,
    )
