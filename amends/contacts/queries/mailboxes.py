"""Our mailboxes, and how the fetching of them stands."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower

from amends.contacts.models import Arrival, Recognised
from amends.contacts.models.mailboxes import Consent, LeftThere, Mailbox
from amends.contacts.rules.arriving import MAILBOX, mailbox_in, source_of_fetched
from amends.contacts.rules.fetching import MOST_TRIES, minutes_between_tries
from amends.contacts.rules.mailboxes import Trouble, WayIn
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

SILENCE = timedelta(minutes=15)
_KEYS_AT_ONCE = 1000


def mailbox_of(source: str) -> Mailbox | None:
    """Return the mailbox that an arrival from `source` came through, if we know it."""
    number, name = mailbox_in(source)
    mailboxes = Mailbox.objects.select_related("team__duty_owner")
    if number is not None:
        return mailboxes.filter(pk=number).first()
    return mailboxes.filter(name__iexact=name).first() if name else None


def mailboxes_for(staff: Staff) -> QuerySet[Mailbox]:
    """Return our mailboxes by name, each with how its fetching stands, for who looks after them."""
    mailboxes = Mailbox.objects.select_related("team", "fetching").order_by(Lower("name"))
    return mailboxes if staff.may(Act.EDIT_ORGANISATION) else mailboxes.none()


def consent_of(mailbox: Mailbox) -> Consent | None:
    """Return by what the mailbox lets us in without a password, if somebody was named for that."""
    return Consent.objects.filter(mailbox=mailbox).first()


def arrived_since(mailboxes: Iterable[Mailbox], since: datetime) -> dict[int, int]:
    """Return how much came out of each mailbox since then, by the key of the mailbox."""
    sources = {source_of_fetched(mailbox.pk): mailbox.pk for mailbox in mailboxes}
    counted = (
        Arrival.objects.filter(source__in=sources, received_at__gte=since)
        .values_list("source")
        .annotate(number=Count("pk"))
    )
    return {sources[source]: number for source, number in counted}


def mailboxes_silent(staff: Staff, at: datetime) -> list[Mailbox]:
    """Return the mailboxes that `staff` looks after and that gave no sign for long, at `at`."""
    return [mailbox for mailbox in _fetched(mailboxes_for(staff)) if is_silent(mailbox, at)]


def mailboxes_unwell(at: datetime) -> list[Mailbox]:
    """Return the mailboxes that gave no sign for long, or in which something fails, at `at`."""
    fetched = _fetched(Mailbox.objects.select_related("fetching").order_by(Lower("name")))
    return [mailbox for mailbox in fetched if is_silent(mailbox, at) or trouble_of(mailbox)]


def _fetched(mailboxes: QuerySet[Mailbox]) -> QuerySet[Mailbox]:
    return mailboxes.filter(is_active=True).exclude(way_in=WayIn.NONE)


def trouble_of(mailbox: Mailbox) -> str:
    """Return why the fetching of a mailbox fails, if it does."""
    fetching = getattr(mailbox, "fetching", None)
    return str(fetching.trouble) if fetching else ""


def is_silent(mailbox: Mailbox, at: datetime) -> bool:
    """Return whether nobody could look into a mailbox for so long that somebody must see to it."""
    fetching = getattr(mailbox, "fetching", None)
    seen = fetching.looked_at if fetching else None
    return max(seen or mailbox.added_at, mailbox.changed_at) < at - SILENCE


def mailboxes_to_fetch() -> dict[int, datetime]:
    """Return the mailboxes whose mail is fetched, each with when it was last changed."""
    return dict(_fetched(Mailbox.objects.all()).values_list("pk", "changed_at"))


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
