"""Mailboxes: whose mail we fetch and in whose name we write."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from amends.base.constraints import known
from amends.contacts.rules.mailboxes import (
    Afterwards,
    Issuer,
    Protection,
    SignIn,
    Trouble,
    WayIn,
)
from amends.staff.models import LANGUAGES, Team


class Mailbox(models.Model):
    """An address of ours that customers write to, and how its mail reaches us.

    from_name: beside the address in what we send. team: gets the cases that begin here; the first
    team where nobody is named. languages: what is written here, the usual one first.
    signature: {language: text}. authority: certificates in PEM to trust besides the system's.
    secret: the password, locked. since_on: mail that reached the mailbox before that day stays
    there; None: all is fetched.
    """

    name = models.CharField(max_length=40)
    address = models.EmailField(max_length=320)
    from_name = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="mailboxes")
    languages = ArrayField(models.CharField(max_length=5, choices=LANGUAGES), default=list)
    signature = models.JSONField(default=dict)
    way_in = models.CharField(max_length=10, default=WayIn.NONE.value)
    host = models.CharField(max_length=255, blank=True)
    port = models.PositiveIntegerField(default=993)
    protection = models.CharField(max_length=10, default=Protection.TLS.value)
    authority = models.TextField(blank=True)
    sign_in = models.CharField(max_length=10, default=SignIn.PASSWORD.value)
    user = models.CharField(max_length=320, blank=True)
    secret = models.TextField(blank=True)
    folder = models.CharField(max_length=255, default="INBOX")
    afterwards = models.CharField(max_length=10, default=Afterwards.LEAVE.value)
    move_to = models.CharField(max_length=255, blank=True)
    since_on = models.DateField(null=True)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints = [
            models.UniqueConstraint(Lower("name"), name="mailbox_name_once"),
            models.UniqueConstraint(Lower("address"), name="mailbox_address_once"),
            known("way_in", WayIn, "mailbox_way_in_known"),
            known("protection", Protection, "mailbox_protection_known"),
            known("sign_in", SignIn, "mailbox_sign_in_known"),
            known("afterwards", Afterwards, "mailbox_afterwards_known"),
            models.CheckConstraint(
                condition=Q(way_in=WayIn.NONE.value) | ~Q(host=""),
                name="mailbox_fetched_from_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(afterwards=Afterwards.MOVE.value) | ~Q(move_to=""),
                name="mailbox_moves_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Fetching(models.Model):
    """How far the fetching of a mailbox is. Written with every mail, in the mail's transaction.

    place: which server, account and folder it was. uid_validity: what the server calls this life
    of the folder; uids count only within it. dated_uid: up to here the day counts since which mail
    is fetched; what came later, comes in. fetched_uid: up to here all is stored. settled_uid: up
    to here all was marked or moved as well.
    waiting: how many mails are known to wait there; total: how many when the fetch of them began.
    listens: whether the server tells of new mail by itself. looked_at: when we last had its word.
    failing_since, trouble, detail: since when and why not; `detail` in the words of the server.
    """

    mailbox = models.OneToOneField(
        Mailbox, models.CASCADE, primary_key=True, related_name="fetching"
    )
    place = models.CharField(max_length=16, blank=True, default="", db_default="")
    uid_validity = models.BigIntegerField(null=True)
    dated_uid = models.BigIntegerField(default=0, db_default=0)
    fetched_uid = models.BigIntegerField(default=0)
    settled_uid = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    listens = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=10, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "fetchings"
        constraints = [
            known("trouble", Trouble, "fetching_trouble_known", blank=True),
            models.CheckConstraint(
                condition=Q(failing_since__isnull=True, trouble="")
                | (Q(failing_since__isnull=False) & ~Q(trouble="")),
                name="fetching_fails_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox_id}: {self.fetched_uid}"


class LeftThere(models.Model):
    """A mail that could not be fetched and is still in its mailbox, while others go on."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="left_there")
    key = models.CharField(max_length=200)
    trouble = models.CharField(max_length=10)
    detail = models.CharField(max_length=300, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=1)
    first_at = models.DateTimeField()
    tried_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "left there"
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "key"], name="left_there_once"),
            known("trouble", Trouble, "left_there_trouble_known"),
        ]

    def __str__(self) -> str:
        return self.key


class Consent(models.Model):
    """By what a mailbox lets us in without a password: OAuth 2.

    client_secret, refresh and access are locked. ended_at: when the issuer took it back, or it
    ended by itself; then somebody must give it again.
    """

    mailbox = models.OneToOneField(
        Mailbox, models.CASCADE, primary_key=True, related_name="consent"
    )
    issuer = models.CharField(max_length=10)
    authorise_at = models.URLField(max_length=300)
    token_at = models.URLField(max_length=300)
    scope = models.CharField(max_length=500)
    client_id = models.CharField(max_length=300)
    client_secret = models.TextField(blank=True)
    refresh = models.TextField(blank=True)
    access = models.TextField(blank=True)
    access_until = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [known("issuer", Issuer, "consent_issuer_known")]

    def __str__(self) -> str:
        return f"{self.mailbox_id}: {self.issuer}"
