"""The tables of contacts; those of a topic of their own lie in a file beside this one."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

import amends.contacts.models.drafting
import amends.contacts.models.holding
import amends.contacts.models.sending
import amends.contacts.models.templates
from amends.base.constraints import known
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.arriving import MAILBOX
from amends.contacts.rules.kinds import (
    ArrivalState,
    Channel,
    Direction,
    Effect,
    Family,
    Lane,
    MailKind,
    MailState,
    Manner,
    Mood,
    Represents,
    Source,
    family_of,
)
from amends.people.models import Person
from amends.staff.models import LANGUAGES, Department, Staff


class Arrival(models.Model):
    """Something that reached us, byte for byte, before anybody read it.

    source and key: where it came from and what that place calls it; together they never repeat.
    raw: the bytes, unless they were too many for the database and lie in file storage by `sha256`.
    envelope_sender: as a mail server told it, "<>" for none; envelope_recipients: one a line.
    likeness: the same for mails that say the same, as machines write them again and again.
    wanted_at: when a colleague said that it is no spam, whatever a filter thinks.
    """

    source = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    raw = models.BinaryField(null=True)
    envelope_sender = models.CharField(max_length=320, blank=True, default="", db_default="")
    envelope_recipients = models.TextField(blank=True, default="", db_default="")
    name = models.CharField(max_length=300, blank=True)
    as_history = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=ArrivalState.WAITING.value)
    reason = models.CharField(max_length=500, blank=True)
    sender = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    likeness = models.CharField(max_length=16, blank=True, default="", db_default="")
    wanted_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="arrival_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ArrivalState]),
                name="arrival_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "failed"]) | ~Q(reason=""),
                name="arrival_held_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="arrival_waiting", condition=Q(state="waiting")),
            models.Index(fields=["state", "id"], name="arrival_by_state"),
            models.Index(fields=["received_at", "state", "reason"], name="arrival_by_day"),
            models.Index(
                fields=["likeness", "read_at"], name="arrival_alike", condition=~Q(likeness="")
            ),
            models.Index(
                fields=["source", "sha256"],
                name="arrival_by_bytes",
                condition=Q(source__startswith=MAILBOX),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class Recognised(models.Model):
    """A mail that a mailbox shows under another key, and that we have from it already.

    arrival: what was stored when it came first, byte for byte the same.
    """

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "recognised"
        constraints = [models.UniqueConstraint(fields=["mailbox", "key"], name="recognised_once")]

    def __str__(self) -> str:
        return self.key


class ContactQuerySet(models.QuerySet["Contact"]):
    def with_people(self, people: list[int]) -> Self:
        return self.filter(person__in=people)


class Contact(models.Model):
    """A moment of truth: one time that a customer and we met, on one channel.

    gist: its first words, for lists. speaks_for: whom the customer represented, if not themselves.
    represents and department: whom the colleague stood for.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="contacts")
    speaks_for = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10)
    direction = models.CharField(max_length=3)
    handled_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="contacts")
    represents = models.CharField(max_length=12, default=Represents.ORGANISATION.value)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    subject = models.CharField(max_length=300, blank=True)
    gist = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, choices=LANGUAGES, blank=True)
    mood_start = models.PositiveSmallIntegerField(null=True)
    mood_end = models.PositiveSmallIntegerField(null=True)
    effect = models.CharField(max_length=7, blank=True, default=Effect.UNKNOWN.value)
    automatic = models.BooleanField(default=False)
    as_history = models.BooleanField(default=False)
    arrival = models.OneToOneField(Arrival, models.PROTECT, null=True, related_name="contact")
    message_id = models.CharField(max_length=300, blank=True)
    sender_name = models.CharField(max_length=300, blank=True)
    sender_address = models.CharField(max_length=320, blank=True)
    sent_on = models.DateField(null=True)
    arrived_on = models.DateField(null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            known("channel", Channel, "contact_channel_known"),
            known("direction", Direction, "contact_direction_known"),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("started_at")), name="contact_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(represents=Represents.DEPARTMENT.value) | Q(department__isnull=False),
                name="contact_represents_a_department",
            ),
            models.CheckConstraint(
                condition=Q(mood_start__isnull=True) | Q(mood_start__lte=Mood.FURIOUS.value),
                name="contact_mood_start_known",
            ),
            models.CheckConstraint(
                condition=Q(mood_end__isnull=True) | Q(mood_end__lte=Mood.FURIOUS.value),
                name="contact_mood_end_known",
            ),
            models.CheckConstraint(
                condition=~Q(direction="out") | Q(handled_by__isnull=False) | Q(automatic=True),
                name="contact_out_has_an_author",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-ended_at"], name="contact_last_of_person"),
            models.Index(fields=["handled_by", "-ended_at"], name="contact_of_staff"),
            models.Index(
                fields=["handled_by", "-ended_at"],
                name="contact_bad_note",
                condition=Q(effect=Effect.BAD.value),
            ),
            models.Index(
                fields=["message_id"], name="contact_message_id", condition=~Q(message_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.channel}"

    @property
    def family(self) -> Family:
        return family_of(Channel(self.channel))


class Words(models.Model):
    """What was said, in the words in which it was said. Once sealed, never changed.

    sha256: of the text in UTF-8, written when it is sealed.
    """

    contact = models.OneToOneField(Contact, models.PROTECT, primary_key=True, related_name="words")
    text = models.TextField()
    source = models.CharField(max_length=12)
    sealed_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    read_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "words"
        constraints = [known("source", Source, "words_source_known")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Mark(models.Model):
    """A span of the customer's words that tells a fact or a feeling; offsets in characters."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="marks")
    lane = models.CharField(max_length=7)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    marked_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("lane", Lane, "mark_lane_known"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mark_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.lane} {self.start}-{self.end}"


class Note(models.Model):
    """What a colleague noted beside the customer's words; for colleagues only."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.pk}"


class MannerShown(models.Model):
    """A manner shown in a contact. It expires, and is never exported or put on the person."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="manners")
    manner = models.CharField(max_length=20)
    noted_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "manners shown"
        constraints = [
            known("manner", Manner, "manner_known"),
            models.UniqueConstraint(fields=["contact", "manner"], name="manner_once"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("noted_at")), name="manner_expires"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="manner_by_expiry")]

    def __str__(self) -> str:
        return self.manner


class Attachment(models.Model):
    """A file that came with a contact; its bytes lie in file storage by `sha256`.

    media_type: told by content, never taken from the sender.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "position"], name="attachment_position_once")
        ]

    def __str__(self) -> str:
        return self.name


class OutsidePicture(models.Model):
    """A picture on another server that a mail names, fetched because a colleague asked for it.

    address_sha256: of the address by which the mail names it.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="outside_pictures")
    address_sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    data = models.BinaryField()
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "address_sha256"], name="outside_picture_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.media_type}"


class OutgoingMail(models.Model):
    """A mail that leaves, written and committed before it is sent.

    contact: the moment of truth it is, unless it goes to a colleague (a forgotten password).
    send_at: not before then; the mark of being due. message_id: ours, without angle brackets.
    cc, bcc: who gets it too, for all to see and unseen. mailbox: in whose name it leaves; none for
    the house. slot_at: when its turn is, where only so many may leave in a minute or an hour.
    """

    contact = models.OneToOneField(Contact, models.PROTECT, null=True, related_name="mail")
    kind = models.CharField(max_length=15)
    author = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    to_name = models.CharField(max_length=200, blank=True)
    to_address = models.EmailField(max_length=320)
    cc = ArrayField(models.CharField(max_length=320), default=list, db_default=[])
    bcc = ArrayField(models.CharField(max_length=320), default=list, db_default=[])
    subject = models.CharField(max_length=300)
    text = models.TextField()
    language = models.CharField(max_length=5, choices=LANGUAGES)
    message_id = models.CharField(max_length=300, unique=True)
    references = models.TextField(blank=True)
    automatic = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    send_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=MailState.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    mailbox = models.ForeignKey(Mailbox, models.SET_NULL, null=True, related_name="+")
    slot_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "outgoing mail"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in MailState]), name="mail_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in MailKind]), name="mail_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="mail_sent_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["send_at"], name="mail_waiting", condition=Q(state="waiting")),
            models.Index(fields=["tried_at"], name="mail_being_sent", condition=Q(state="sending")),
            models.Index(fields=["-written_at", "-id"], name="mail_by_age"),
            models.Index(fields=["state", "-written_at", "-id"], name="mail_by_state_and_age"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class AskedBy(models.Model):
    """By when a customer asks for it in a contact, as their words were read.

    It binds nobody: a colleague takes it over as the day they need it by, or leaves it.
    words: those that say so. until: the moment they mean, by when they were written.
    """

    contact = models.OneToOneField(
        Contact, models.CASCADE, primary_key=True, related_name="asked_by"
    )
    words = models.CharField(max_length=200)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.pk}"
