"""What customers do themselves on the public pages.

`by` is the customer, or whoever holds the signed link when no name is known: see
`amends.cases.queries.links.holder_of`. What they write is recorded as a contact in their own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.closing import reopen_case, withdraw_case
from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.letters import (
    acknowledge_by_mail,
    send_page,
    send_thanks,
)
from amends.cases.actions.linking import open_next_case
from amends.cases.actions.opening import Opening, add_contact, open_case
from amends.cases.actions.outside import Body, go_outside
from amends.cases.actions.reviewing import ask_for_review
from amends.cases.actions.unsent import attach_unsent
from amends.cases.actions.within import locked, locked_open
from amends.cases.events.handling import AnotherLookAsked, SaidOutside
from amends.cases.models.case import Case, CaseLink
from amends.cases.models.promises import FollowUp
from amends.cases.models.unsent import Unsent
from amends.cases.queries.linked import is_over
from amends.cases.queries.links import holder_of, somebody_else_for
from amends.cases.queries.ways import ruling_of
from amends.cases.rules.admissibility import Ground, is_looked_at_first
from amends.cases.rules.kinds import CaseKind, Verdict
from amends.cases.rules.lifecycle import State, may_follow
from amends.cases.rules.turns import Linkage
from amends.contacts.actions.attachments import Upload, attach_files
from amends.contacts.actions.recording import NothingSaid, Telling, record_contact
from amends.contacts.models import Contact
from amends.contacts.rules.gist import gist_of
from amends.contacts.rules.kinds import Channel, Direction, Source
from amends.journal.actions import Actor, record
from amends.people.actions.persons import Particulars, add_person
from amends.people.models import Person
from amends.people.queries import mail_address_of, person_who_claims
from amends.people.rules.duplicates import Known
from amends.people.rules.kinds import PointKind
from amends.people.rules.points import folded_mail, folded_telephone
from amends.staff.queries import default_team, organisation


class NobodyElseHere(Refused):
    text = _("Nobody else here could look at it. You can turn to somebody outside, as told below.")


class WroteNothing(Refused):
    text = _("Tell us what happened, in your own words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What somebody tells us on the public pages. Without a name nobody can be reached."""

    story: str
    language: str
    wish: str = ""
    need_by: datetime | None = None
    need_reason: str = ""
    name: str = ""
    email: str = ""
    telephone: str = ""


@transaction.atomic
def receive_complaint(unsent: Unsent, *, complaint: Complaint, at: datetime) -> Case:
    """Take `complaint` into the inbox, acknowledge it, and return its case.

    The same page sent a second time changes nothing and returns the case of the first time. Who
    wrote it acts: a customer we know, if all that they tell of themselves is known already, or a
    new one; without a name, whoever typed it.

    Raises WroteNothing, CannotReach.
    """
    unsent = Unsent.objects.select_for_update(of=("self",)).get(pk=unsent.pk)
    if unsent.case:
        return unsent.case
    if not complaint.story.strip():
        raise WroteNothing
    person = _writer(complaint, at) if complaint.name.strip() else None
    by = person or unsent
    contact = record_contact(_telling(complaint, person, at), by=by, at=at)
    opening = Opening(
        kind=CaseKind.COMPLAINT,
        team=default_team(),
        language=complaint.language,
        requested_remedy=complaint.wish,
        remedy_not_said=not complaint.wish,
        need_by=complaint.need_by,
        need_reason=complaint.need_reason,
    )
    case = open_case(contact, opening=opening, by=by, at=at)
    attach_unsent(unsent, contact=contact, by=by, at=at)
    unsent.case, unsent.fields, unsent.saved_at = case, {}, at
    unsent.save()
    acknowledge_by_mail(case, at=at)
    return case


@transaction.atomic
def add_words(
    case: Case, *, words: str, uploads: Sequence[Upload] = (), by: Actor, at: datetime
) -> Contact:
    """Add what a customer writes on their page to `case`.

    Raises NothingSaid, TooManyFiles, FileTooLarge, FileEmpty, KindNotAccepted.
    """
    contact = _record(case, words, by, at)
    attach_files(contact, uploads=uploads, by=by, at=at)
    return contact


@transaction.atomic
def answer_on_page(follow_up: FollowUp, *, answer: Answer, by: Actor, at: datetime) -> Case:
    """Take the customer's word on whether it is put right, and return the case.

    Anything but a yes brings a person back at once.

    Raises CaseHasEnded, AnsweredAlready.
    """
    follows = answer.verdict is Verdict.NO and is_over(locked(follow_up.case), at=at)
    if answer.words.strip() and not follows:
        _record(follow_up.case, answer.words, by, at)
    answer_put_right(follow_up, answer=answer, by=by, at=at)
    if follows:
        following = CaseLink.objects.filter(other=follow_up.case, kind=Linkage.CONTINUES)
        acknowledge_by_mail(following.latest("pk").case, at=at)
    case = Case.objects.select_related("person", "owner", "team__duty_owner").get(
        pk=follow_up.case_id
    )
    if answer.verdict not in {Verdict.NO, Verdict.PARTLY} and not case.is_open:
        send_thanks(case, by=by, at=at)
    return case


@transaction.atomic
def come_back(case: Case, *, words: str, by: Actor, at: datetime) -> Case:
    """Open `case` again, because it is not right after all, and return it.

    After the time in which it is opened again, a new case that follows it is returned instead. That
    it was late, repeated or not theirs to tell is first looked at by another person.

    Raises NothingSaid, NotClosed, NotTheOrder.
    """
    if not words.strip():
        raise NothingSaid
    if is_over(locked(case), at=at):
        following = open_next_case(case, telling=_said(case, words, at), by=by, at=at)
        acknowledge_by_mail(following, at=at)
        return following
    ruling = ruling_of(case)
    if ruling and is_looked_at_first(Ground(ruling.ground)):
        return ask_for_another_look(case, words=words, by=by, at=at)
    case = reopen_case(case, reason=gist_of(words), by=by, at=at)
    _record(case, words, by, at)
    return case


@transaction.atomic
def take_back(case: Case, *, words: str, by: Actor, at: datetime) -> Case:
    """End `case` because the customer takes it back, in their own words.

    Raises NothingSaid, CaseHasEnded.
    """
    _record(locked_open(case), words, by, at)
    return withdraw_case(case, statement=gist_of(words), by=by, at=at)


@transaction.atomic
def ask_for_another_look(case: Case, *, words: str, by: Actor, at: datetime) -> Case:
    """Ask somebody besides who answers for `case` to look at it, and return the case.

    What was decided, is being done or was asked after is looked at again from the beginning, be it
    by the same person where there is no other; the customer is told who it is. Before that somebody
    who does not own it is asked, and an answer to the customer is due.

    Raises NothingSaid, CaseHasEnded, NobodyElseHere.
    """
    case = locked(case)
    if may_follow(State(case.state), State.INTERNAL_REVIEW):
        _record(case, words, by, at)
        return ask_for_review(case, reason=words, by=by, at=at).case
    case = locked_open(case)
    somebody = somebody_else_for(case)
    if somebody is None:
        raise NobodyElseHere
    _record(case, words, by, at)
    record(AnotherLookAsked(case_id=case.pk, asked_of_id=somebody.pk), by=by, at=at)
    return case


@transaction.atomic
def tell_of_outside(case: Case, *, words: str, body: Body, by: Actor, at: datetime) -> Case:
    """Take the customer's word that they turned to an outside `body`, and return the case.

    With the body's reference the case is with it from now on; without, who answers for it asks.

    Raises NothingSaid, NotTheOrder.
    """
    _record(case, words, by, at)
    if body.name.strip() and body.reference.strip():
        go_outside(case, body=body, by=by, at=at)
    record(SaidOutside(case_id=case.pk), by=by, at=at)
    return case


@transaction.atomic
def send_link(case: Case, *, email: str, at: datetime) -> None:
    """Send the page of `case` to the customer, if `email` is the address that we write them to.

    Whoever asks is told the same in either case.
    """
    ours = folded_mail(mail_address_of(case.person))
    if ours and ours == folded_mail(email):
        send_page(case, by=holder_of(case), at=at)


def _record(case: Case, words: str, by: Actor, at: datetime) -> Contact:
    contact = record_contact(_said(case, words, at), by=by, at=at)
    add_contact(case, contact=contact, by=by, at=at)
    return contact


def _said(case: Case, words: str, at: datetime) -> Telling:
    return Telling(
        channel=Channel.WEB,
        direction=Direction.IN,
        text=words.strip(),
        source=Source.WRITTEN,
        started_at=at,
        ended_at=at,
        person=case.person,
        language=case.language,
    )


def _telling(complaint: Complaint, person: Person | None, at: datetime) -> Telling:
    return Telling(
        channel=Channel.WEB,
        direction=Direction.IN,
        text=complaint.story,
        source=Source.WRITTEN,
        started_at=at,
        ended_at=at,
        person=person,
        language=complaint.language,
        sender_name=complaint.name,
        sender_address=complaint.email,
    )


def _writer(complaint: Complaint, at: datetime) -> Person:
    """Return the customer who wrote `complaint`: one we surely know, or a new one."""
    given = {PointKind.EMAIL: complaint.email, PointKind.TELEPHONE: complaint.telephone}
    mail = folded_mail(complaint.email)
    telephone = folded_telephone(complaint.telephone, country=organisation().country)
    claimed = Known(
        name=complaint.name,
        mails=frozenset({mail} - {""}),
        telephones=frozenset({telephone} - {""}),
    )
    if known := person_who_claims(claimed):
        return known
    return add_person(
        Particulars(name=complaint.name, language=complaint.language),
        points=[(kind, value) for kind, value in given.items() if value],
        by=None,
        at=at,
    )
