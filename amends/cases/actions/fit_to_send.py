"""Whether a reply may leave, and to whom; asked when it is sent, and again when it leaves later."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.letters import Reply
from amends.cases.models.case import Case, CaseContact
from amends.cases.queries.copies import strangers_among
from amends.cases.queries.held import words_held_back
from amends.contacts.rules.templates import unfilled_in
from amends.people.queries import points_of
from amends.people.rules.address import is_only_greeting
from amends.people.rules.kinds import PointKind
from amends.people.rules.points import folded_mail


class NothingToSend(Refused):
    text = _("Write something first.")


class OnlyGreeted(Refused):
    text = _("Not sent: this only greets them. Write what you want to say.")


class HeldBack(Refused):
    text = _("Not sent: “%(words)s” would hurt. Say it otherwise, or ask a senior to let it leave.")


class NotFilledIn(Refused):
    text = _("Not sent: write what belongs in place of %(names)s.")


class NotTheirAddress(Refused):
    text = _("%(address)s is no address of this customer. Add it to the customer first.")


class StrangersCopied(Refused):
    text = _(
        "Not sent: %(addresses)s has no part in this case. If they may read this, say so under "
        "the copies."
    )


def must_be_fit_to_send(case: Case, reply: Reply) -> None:
    """Let `reply` pass, if nothing in its words keeps it from leaving.

    Raises NothingToSend, OnlyGreeted, NotFilledIn, HeldBack.
    """
    if not reply.text.strip():
        raise NothingToSend
    if case.person and is_only_greeting(reply.text, case.person.addressee):
        raise OnlyGreeted
    if blanks := unfilled_in(reply.text):
        raise NotFilledIn(names=", ".join(f"{{{each}}}" for each in blanks))
    if words := words_held_back(case, reply.text):
        raise HeldBack(words="”, “".join(words))


def addressed(case: Case, reply: Reply) -> Reply:
    """Return `reply` with where it goes, each address once.

    Raises NotTheirAddress, StrangersCopied.
    """
    to = _address(case, reply.to)
    cc = tuple(dict.fromkeys(map(folded_mail, reply.cc)))
    bcc = tuple(each for each in dict.fromkeys(map(folded_mail, reply.bcc)) if each not in cc)
    if not reply.strangers_are_meant and (strangers := strangers_among((*cc, *bcc), case)):
        raise StrangersCopied(addresses=", ".join(strangers))
    return replace(reply, to=to, cc=cc, bcc=bcc)


def _address(case: Case, wished: str) -> str:
    """Return where a reply goes; empty for the address that the customer is written to.

    Nothing is disclosed to an address that nobody knows to be theirs: one of the customer's own, or
    one that this case was written from.
    """
    wrote_from = list(
        CaseContact.objects.filter(case=case)
        .exclude(contact__sender_address="")
        .order_by("-at", "-pk")
        .values_list("contact__sender_address", flat=True)
    )
    own = [
        point.value
        for point in (points_of(case.person) if case.person else ())
        if point.kind == PointKind.EMAIL and point.failed_at is None
    ]
    if not wished:
        return "" if own else next(iter(wrote_from), "")
    if folded_mail(wished) not in {folded_mail(address) for address in [*own, *wrote_from]}:
        raise NotTheirAddress(address=wished)
    return wished
