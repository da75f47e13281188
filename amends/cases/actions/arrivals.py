"""Reading what arrived into contacts and cases.

What a person wrote becomes a contact, on the case it belongs to or on a new one. What a machine
wrote never makes a case, and what cannot be read stays to be looked at, each with its reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amends.cases.actions.by_colleagues import take_in_colleagues
from amends.cases.actions.fresh import Fresh, open_fresh
from amends.cases.actions.linking import link_written_about
from amends.cases.actions.opening import add_contact
from amends.cases.actions.returned import note_undelivered
from amends.cases.actions.written_mail import NOBODY, Written, record_written
from amends.cases.models.case import Case
from amends.cases.queries.filing import Filing, filings_of
from amends.cases.queries.machines import (
    MOST_ACKNOWLEDGED_A_DAY,
    MOST_ALIKE_A_DAY,
    acknowledged_lately,
    filed_alike,
)
from amends.contacts.actions.arrivals import Fate, note_fates
from amends.contacts.channels.email.arrived import mail_of
from amends.contacts.models import Arrival, Contact
from amends.contacts.models.mailboxes import Mailbox as OurMailbox
from amends.contacts.queries.mailboxes import mailbox_of
from amends.contacts.rules.kinds import ArrivalState
from amends.contacts.rules.likeness import likeness_of
from amends.contacts.rules.messages import Inbound
from amends.people.rules.points import folded_mail
from amends.staff.models import Team
from amends.staff.queries import default_team

_Came = tuple[Arrival, Inbound]


@dataclass(frozen=True, slots=True)
class _Filed:
    """A mail that becomes a contact, as it was read, and where it goes."""

    written: Written
    filing: Filing
    likeness: str


@transaction.atomic
def take_in(arrivals: Iterable[Arrival], *, at: datetime) -> list[Arrival]:
    """Read `arrivals` that wait, all or none of them, and return them as they now stand.

    One that somebody else took in meanwhile is returned as it is.
    """
    keys = [arrival.pk for arrival in arrivals]
    held = Arrival.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {arrival.pk: arrival for arrival in held}
    waiting = [each for each in found.values() if each.state == ArrivalState.WAITING]
    for run in _runs([(each, mail_of(each)) for each in waiting]):
        note_fates(_take(run, at), at=at)
    return [found[pk] for pk in keys]


def _runs(mails: Iterable[_Came]) -> Iterator[list[_Came]]:
    """Yield the mails in their order, in runs in which none hangs on another one.

    One that answers another, or is of the same writer, finds what became of that one.
    """
    run: list[_Came] = []
    seen: set[str] = set()
    for arrival, mail in mails:
        sender = folded_mail((mail.sender or NOBODY).address)
        if not seen.isdisjoint({sender, *mail.in_reply_to, *mail.references}):
            yield run
            run, seen = [], set()
        run.append((arrival, mail))
        seen |= {sender, mail.message_id} - {""}
    if run:
        yield run


def _take(run: Sequence[_Came], at: datetime) -> list[tuple[Arrival, Fate]]:
    """File the mails of a run, and return what became of each."""
    filings = filings_of([mail for _arrival, mail in run], at=at)
    through = {source: mailbox_of(source) for source in {each.source for each, _mail in run}}
    fates: list[tuple[Arrival, Fate]] = []
    filed: list[_Filed] = []
    for (arrival, mail), filing in zip(run, filings, strict=True):
        fate = _fate(mail, filing)
        if filing.state is ArrivalState.BOUNCE and not arrival.as_history:
            note_undelivered(mail, at=at)
        if filing.state is ArrivalState.FILED:
            written = _written(arrival, mail, filing, through[arrival.source])
            filed.append(_Filed(written, filing, fate.likeness))
        fates.append((arrival, fate))
    _file(filed, at)
    return fates


def _fate(mail: Inbound, filing: Filing) -> Fate:
    return Fate(
        state=filing.state,
        reason=filing.reason,
        sender=str(mail.sender or NOBODY),
        subject=mail.subject,
        likeness=likeness_of(mail.subject, mail.text),
    )


def _written(
    arrival: Arrival, mail: Inbound, filing: Filing, through: OurMailbox | None
) -> Written:
    passed_on = filing.passed_on
    return Written(
        arrival=arrival,
        mail=passed_on.mail if passed_on else mail,
        through=through,
        passed_on_by=filing.colleague if passed_on else None,
        above=passed_on.above if passed_on else "",
    )


def _file(filed: Sequence[_Filed], at: datetime) -> None:
    """Put what colleagues say themselves to its case, and all else where its writer's words go."""
    theirs = []
    for each in filed:
        colleague, written = each.filing.colleague, each.written
        joins = each.filing.belonging.joins
        if colleague and joins and not each.filing.passed_on:
            case = Case.objects.get(pk=joins)
            mail, arrival = written.mail, written.arrival
            take_in_colleagues(case, mail=mail, arrival=arrival, by=colleague, at=at)
        else:
            theirs.append(each)
    contacts = record_written([each.written for each in theirs], at=at)
    told = list(zip(theirs, contacts, strict=True))
    for each, contact in told:
        if key := each.filing.belonging.joins:
            add_contact(Case.objects.get(pk=key), contact=contact, by=contact.person, at=at)
    _open([(each, contact) for each, contact in told if not each.filing.belonging.joins], at)


def _open(told: Sequence[tuple[_Filed, Contact]], at: datetime) -> None:
    """Open a case on each contact, linked to the one that it was written about."""
    machines = _machines(told, at)
    house = default_team()
    fresh = [
        Fresh(
            contact=contact,
            team=_team(each.written.through, house),
            acknowledged=not (contact.as_history or contact.pk in machines),
        )
        for each, contact in told
    ]
    for (each, _contact), case in zip(told, open_fresh(fresh, at=at), strict=True):
        if linked_to := each.filing.belonging.linked_to:
            other = Case.objects.get(pk=linked_to)
            link_written_about(case, other=other, by=None, at=at)


def _team(through: OurMailbox | None, house: Team) -> Team:
    """Return who gets what came through a mailbox of ours: its team, as long as there is one."""
    theirs = through.team if through else None
    return theirs if theirs and theirs.closed_at is None else house


def _machines(told: Sequence[tuple[_Filed, Contact]], at: datetime) -> set[int]:
    """Return the contacts that a machine may have written, which then answers what we send.

    Their writer had three acknowledgements within a day; or ten mails of the day said the same but
    for numbers, as a machine writes that changes its address.
    """
    people = acknowledged_lately({contact.person_id or 0 for _each, contact in told}, at=at)
    alike = Counter(filed_alike({each.likeness for each, _contact in told} - {""}, at=at))
    machines = set()
    for each, contact in told:
        often = people[contact.person_id or 0] >= MOST_ACKNOWLEDGED_A_DAY
        if often or (each.likeness and alike[each.likeness] >= MOST_ALIKE_A_DAY):
            machines.add(contact.pk)
        alike[each.likeness] += 1
    return machines
