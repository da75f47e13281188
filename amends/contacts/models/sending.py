from django.db import models
from django.db.models import Q

from amends.base.constraints import known
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.sending import Security


class SendingIdentity(models.Model):
    """How mail leaves in the name of a mailbox; of none, what leaves in the name of the house.

    host: its own server; empty for that of the installation. secret: the password, locked.
    per_minute, per_hour: how many mails may leave at most; next_at: when the next one may.
    selector, private_key (locked), public_key: by what its mail is signed (DKIM) while `signs`.
    """

    mailbox = models.OneToOneField(Mailbox, models.CASCADE, null=True, related_name="identity")
    host = models.CharField(max_length=255, blank=True)
    port = models.PositiveIntegerField(default=587)
    security = models.CharField(max_length=10, default=Security.STARTTLS.value)
    user = models.CharField(max_length=320, blank=True)
    secret = models.TextField(blank=True)
    per_minute = models.PositiveIntegerField(null=True)
    per_hour = models.PositiveIntegerField(null=True)
    next_at = models.DateTimeField(null=True)
    selector = models.CharField(max_length=40, blank=True)
    private_key = models.TextField(blank=True)
    public_key = models.TextField(blank=True)
    signs = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "sending identities"
        constraints = [
            known("security", Security, "identity_security_known"),
            models.UniqueConstraint(fields=["mailbox"], name="identity_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(signs=False) | ~Q(private_key=""), name="identity_signs_with_a_key"
            ),
            models.CheckConstraint(
                condition=(Q(per_minute__isnull=True) | Q(per_minute__gte=1))
                & (Q(per_hour__isnull=True) | Q(per_hour__gte=1)),
                name="identity_sends_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox_id or 'the house'}"
