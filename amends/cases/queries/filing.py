"""Where a mail goes: to a case, or to where somebody looks at it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from amends.cases.models.case import Case
from amends.cases.queries.threads import matters_of, written_to_in
from amends.contacts.channels.email.forwarded import PassedOn, passed_on_in
from amends.contacts.models.mailboxes import Mailbox as OurMailbox
from amends.contacts.queries.holding import rules_in_use
from amends.contacts.rules.arriving import SPAM
from amends.contacts.rules.authentication import Standing, standing_of, trusted_of
from amends.contacts.rules.forwards import says_it_forwards
from amends.contacts.rules.holding import Rule, rule_that_holds
from amends.contacts.rules.kinds import ArrivalState
from amends.contacts.rules.messages import Automatic, Inbound, Problem, Shape
from amends.contacts.rules.threading import Belonging, Matter, belonging_of
from amends.people.rules.points import folded_mail
from amends.staff.models import Staff, StaffQuerySet
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act

FROM_US = "from-us"
BY_COLLEAGUE = "by-colleague"
PASSED_ON_BY_WHOM = "passed-on"

_UNREADABLE = (Problem.EMPTY, Problem.NOT_A_MESSAGE, Problem.TOO_LARGE, Problem.NO_SENDER)
_BOUNCES = {Automatic.BOUNCE, Automatic.DELAY}


@dataclass(frozen=True, slots=True)
class Filing:
    """What becomes of a mail, why, and which case it belongs to if it becomes a contact.

    colleague: who wrote it, where that is one of us and no customer in it. passed_on: the mail of
    somebody else that they passed on; without one it is what they say themselves.
    """

    state: ArrivalState
    reason: str = ""
    belonging: Belonging = field(default_factory=Belonging)
    colleague: Staff | None = None
    passed_on: PassedOn | None = None


@dataclass(frozen=True, slots=True)
class _House:
    """Who we are, for a batch of mails: our addresses, the colleagues among the senders, our rules.

    rules: by which mail is held.
    """

    addresses: frozenset[str]
    colleagues: Mapping[str, Staff]
    rules: Sequence[Rule]

    def sent(self, mail: Inbound) -> bool:
        return folded_mail(_address(mail)) in self.addresses

    def was_written_to(self, mail: Inbound) -> bool:
        """Return whether an address of ours is among those it went to; or if we have none."""
        boxes = mail.to + mail.cc + mail.delivered_to
        addressed = {folded_mail(box.address) for box in boxes}
        return not self.addresses or not self.addresses.isdisjoint(addressed)


def filing_of(mail: Inbound, *, at: datetime) -> Filing:
    """Return what becomes of `mail`; nothing is written."""
    [filing] = filings_of([mail], at=at)
    return filing


def filings_of(mails: Sequence[Inbound], *, at: datetime) -> list[Filing]:
    """Return what becomes of each of `mails`; nothing is written."""
    house = _house(mails)
    return [_filing(mail, house, at) for mail in mails]


def references_of(keys: Iterable[int]) -> dict[int, str]:
    """Return the references of the cases with these `keys`."""
    return dict(Case.objects.filter(pk__in=keys).values_list("pk", "reference"))


def _house(mails: Iterable[Inbound]) -> _House:
    ours = [organisation().mail_address, *OurMailbox.objects.values_list("address", flat=True)]
    senders = {folded_mail(_address(mail)) for mail in mails} - {""}
    colleagues = StaffQuerySet(Staff).filter(email__in=senders)
    return _House(
        addresses=frozenset(folded_mail(each) for each in ours if each),
        colleagues={each.email: each for each in colleagues},
        rules=rules_in_use(),
    )


def _filing(mail: Inbound, house: _House, at: datetime) -> Filing:
    if mail.automatic in _BOUNCES:
        return Filing(ArrivalState.BOUNCE, mail.automatic or "")
    if obstacle := _obstacle(mail, house):
        return Filing(ArrivalState.HELD, obstacle)
    colleague = house.colleagues.get(folded_mail(_address(mail)))
    if colleague and not mail.automatic and (by_us := _by_colleague(mail, colleague, house, at)):
        return by_us
    belonging = belonging_of(matters_of(mail, at=at))
    unasked = _unasked(mail, house) if belonging.joins is None else None
    return unasked or Filing(ArrivalState.FILED, mail.automatic or "", belonging)


def _by_colleague(mail: Inbound, colleague: Staff, house: _House, at: datetime) -> Filing | None:
    """Return what becomes of a mail by one of us; None where they write as somebody who asks us.

    It is never taken for a customer's. What a colleague says of a case has to be more than a
    reference in the subject, which anybody may type under the name of anybody.
    """
    passed_on = passed_on_in(mail)
    if passed_on and not _is_by_us(passed_on.mail, house):
        belonging = belonging_of(matters_of(passed_on.mail, at=at))
        return Filing(ArrivalState.FILED, "", belonging, colleague, passed_on)
    if passed_on or says_it_forwards(mail.subject) or _brings_mails(mail):
        return Filing(ArrivalState.HELD, PASSED_ON_BY_WHOM)
    return _by_themselves(mail, colleague, house, at)


def _by_themselves(mail: Inbound, colleague: Staff, house: _House, at: datetime) -> Filing | None:
    """Return what becomes of what one of us says; None where they write as who asks us."""
    matters = matters_of(mail, at=at)
    if matters and not matters[0].takes_part:
        return _on_a_case(matters[0], mail, colleague)
    if matters or house.was_written_to(mail):
        return None
    return Filing(ArrivalState.HELD, FROM_US)


def _on_a_case(first: Matter, mail: Inbound, colleague: Staff) -> Filing:
    """Return what becomes of what a colleague says themselves on a case of somebody else."""
    case = Case.objects.visible_to(colleague).filter(pk=first.key).first()
    if case is None or not _is_clear(first, case, mail, colleague):
        return Filing(ArrivalState.HELD, BY_COLLEAGUE)
    return Filing(ArrivalState.FILED, "", Belonging(joins=first.key), colleague)


def _is_clear(matter: Matter, case: Case, mail: Inbound, colleague: Staff) -> bool:
    """Return whether it is clear what a colleague's own mail is on `case`, and that it is theirs.

    To whom files are shown that went to nobody in the case, a colleague decides.
    """
    checked = trusted_of(mail.authentication, servers=settings.MAIL_CHECKED_BY)
    standing = standing_of(checked, sender=_address(mail))
    known = standing is Standing.PROVEN or (not matter.typed and standing is not Standing.FAILED)
    files = any(file.shape is Shape.FILE for file in mail.attachments)
    may = colleague.is_active and colleague.may(Act.RECORD_CONTACT)
    return known and may and matter.is_open and not (files and not written_to_in(case, mail))


def _is_by_us(mail: Inbound, house: _House) -> bool:
    sender = folded_mail(_address(mail))
    ours = house.sent(mail) or StaffQuerySet(Staff).filter(email=sender).exists()
    return not sender or ours


def _brings_mails(mail: Inbound) -> bool:
    """Return whether whole mails are attached, more than one, or one that nobody can read."""
    return any(
        file.declared_type == "message/rfc822" and file.shape is Shape.FILE
        for file in mail.attachments
    )


def _unasked(mail: Inbound, house: _House) -> Filing | None:
    """Return what becomes of a mail that answers nothing of ours, if no person seems to want it."""
    if mail.automatic:
        return Filing(ArrivalState.AUTOMATIC, mail.automatic)
    if mail.spam and mail.spam.is_spam:
        return Filing(ArrivalState.HELD, SPAM)
    rule = None if mail.wanted else rule_that_holds(mail, house.rules)
    return Filing(ArrivalState.HELD, rule.reason) if rule else None


def _obstacle(mail: Inbound, house: _House) -> str | None:
    """Return why nobody can be answered who wrote `mail`; None if somebody can."""
    for problem in _UNREADABLE:
        if problem in mail.problems:
            return problem
    if not folded_mail(_address(mail)):
        return Problem.NO_SENDER
    return FROM_US if house.sent(mail) else None


def _address(mail: Inbound) -> str:
    return mail.sender.address if mail.sender else ""
