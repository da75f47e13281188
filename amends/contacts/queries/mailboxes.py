"""Our mailboxes, and how the fetching of them stands."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from amends.contacts.models import Arrival, Recognised
from amends.contacts.models.mailboxes import LeftThere, Mailbox
from amends.contacts.rules.arriving import MAILBOX, mailbox_in, source_of_fetched
from amends.contacts.rules.fetching import MOST_TRIES, minutes_between_tries
from amends.contacts.rules.mailboxes import Trouble, WayIn

_KEYS_AT_ONCE = 1000


def mailbox_of(source: str) -> Mailbox | None:
    """Return the mailbox that an arrival from `source` came through, if we know it."""
    number, name = mailbox_in(source)
    mailboxes = Mailbox.objects.select_related("team__duty_owner")
    if number is not None:
        return mailboxes.filter(pk=number).first()
    return mailboxes.filter(name__iexact=name).first() if name else None


def mailboxes_to_fetch() -> dict[int, datetime]:
    """Return the mailboxes whose mail is fetched, each with when it was last changed."""
    fetched = Mailbox.objects.filter(is_active=True).exclude(way_in=WayIn.NONE)
    return dict(fetched.values_list("pk", "changed_at"))


def given_before(source: str, digests: Collection[str]) -> dict[str, Arrival]:
    """Return what a mailbox gave before with these bytes, by their SHA-256, the first of each."""
    # Said twice, so that the index is used which holds nothing but what mailboxes gave.
    given = Arrival.objects.filter(source__startswith=MAILBOX).filter(
        source=source, sha256__in=digests
    )
    return {arrival.sha256: arrival for arrival in given.defer("raw").order_by("-pk")}


def known_keys(mailbox: Mailbox, keys: Sequence[str]) -> set[str]:
    """Return those of `keys` under which a mail of the mailbox is stored here."""
    known: set[str] = set()
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[start : start + _KEYS_AT_ONCE]
        stored = Arrival.objects.filter(source=source_of_fetched(mailbox.pk), key__in=some)
        same = Recognised.objects.filter(mailbox=mailbox, key__in=some)
        known |= {*stored.values_list("key", flat=True), *same.values_list("key", flat=True)}
    return known


def left_there(mailbox: Mailbox) -> QuerySet[LeftThere]:
    """Return what could not be fetched of the mailbox, the first first."""
    return LeftThere.objects.filter(mailbox=mailbox).order_by("pk")


def to_try_again(mailbox: Mailbox, *, at: datetime) -> list[LeftThere]:
    """Return what was left in the mailbox and is to be tried again by `at`."""
    left = left_there(mailbox).exclude(trouble=Trouble.TOO_LARGE).filter(tries__lt=MOST_TRIES)
    return [
        each
        for each in left
        if each.tried_at + timedelta(minutes=minutes_between_tries(each.tries)) <= at
    ]
