"""Tables of the tools: the audit trail, the outbox, leases and the record of backups."""

from django.db import models

from lianbing.kit.append_only import append_only


@append_only
class AuditRecord(models.Model):
    """One official act: who (as they were then), what, on what, why. Never changed, never deleted.

    `stream` groups what is read together ("people", "exams"). The hash chain is sealed a moment later,
    per stream, in `AuditSeal`, so that it does not serialise every writer.
    """

    stream = models.CharField(max_length=32)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=64)
    actor = models.JSONField()
    subject_type = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    subject_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["stream", "id"]),
            models.Index(fields=["subject_type", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_name}"


@append_only
class AuditSeal(models.Model):
    """One link of a stream's chain: h_n = SHA-256(h_{n-1} || canonical JSON of the record)."""

    stream = models.CharField(max_length=32)
    sequence = models.PositiveBigIntegerField()
    record = models.OneToOneField(AuditRecord, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "sequence"], name="audit_seal_place")]

    def __str__(self) -> str:
        return f"{self.stream} {self.sequence}"


class OutboxMessage(models.Model):
    """News that must not be missed, written in the transaction that made it true."""

    topic = models.CharField(max_length=64)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"


class Lease(models.Model):
    """Who may do a recurring piece of work just now (the ticker), by name, until when."""

    name = models.CharField(max_length=64, primary_key=True)
    holder = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class BackupRecord(models.Model):
    """One backup that was made and verified."""

    made_at = models.DateTimeField()
    path = models.CharField(max_length=500)
    files = models.PositiveIntegerField()
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.path


class DemoSeed(models.Model):
    """That this database was seeded with the demo: when, and how far each table had grown.

    `stands_at` is the moment the demo's dates stand to: the seeding, or later by the days they were moved.
    """

    seeded_at = models.DateTimeField()
    stands_at = models.DateTimeField()
    watermarks = models.JSONField()

    def __str__(self) -> str:
        return f"{self.stands_at}"
