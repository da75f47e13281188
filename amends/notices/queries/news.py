"""Whom an event is news for, and why: the one table of what tells colleagues of something."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from amends.cases.events import (
    clocks,
    deciding,
    handling,
    own_words,
    planned,
    safety,
    sharing,
    todos,
    turns,
)
from amends.cases.models.attention import Follower, Mention
from amends.cases.models.case import Case
from amends.cases.models.colleagues import Handover, HelpRequest
from amends.cases.models.deciding import Approval, Proposal
from amends.cases.models.planned import PlannedReply
from amends.cases.models.promises import Promise
from amends.cases.queries.letters import answerer_of
from amends.cases.queries.threads import case_of_contact
from amends.cases.rules.kinds import Verdict
from amends.contacts import events as of_contacts
from amends.contacts.models import Contact, OutgoingMail
from amends.contacts.rules.kinds import Direction
from amends.journal.events import Event
from amends.notices.rules.reasons import News, Reason
from amends.standards.rules.warnings import How, Whose

_OF_VERDICT = {
    Verdict.YES: Reason.PUT_RIGHT,
    Verdict.PARTLY: Reason.PARTLY,
    Verdict.NO: Reason.NOT_RIGHT,
}
Answering = Callable[[Any], list[News]]


def news_of(event: Event, *, at: datetime) -> list[News]:
    """Return whom `event` is news for, and why; perhaps the same colleague for several reasons.

    at: when it happened.
    """
    if isinstance(event, handling.PartyNamed):
        return _party_named(event, at)
    return _NEWS[type(event)](event)


def _customer(case_id: int, reason: Reason) -> list[News]:
    """Return news of what a customer said: for who answers for the case, and who follows it."""
    case = Case.objects.select_related("owner", "team__duty_owner").get(pk=case_id)
    following = Follower.objects.filter(case=case_id).values_list("staff_id", flat=True)
    return [
        News(to_id=answerer_of(case).pk, reason=reason, case_id=case_id),
        *(News(to_id=pk, reason=reason, case_id=case_id, follows=True) for pk in following),
    ]


def _contact_added(event: handling.ContactAdded) -> list[News]:
    contact = Contact.objects.get(pk=event.contact_id)
    is_theirs = contact.direction == Direction.IN
    if not is_theirs or contact.automatic or contact.as_history:
        return []
    return _customer(event.case_id, Reason.WROTE)


def _threat_read(event: safety.ThreatRead) -> list[News]:
    """Tell at once who answers for the case, and who leads its team or stands in for them."""
    case = Case.objects.select_related("owner", "team__duty_owner").get(pk=event.case_id)
    told = {answerer_of(case).pk, case.team.duty_owner_id}
    return [News(to_id=pk, reason=Reason.MAY_BE_THREAT, case_id=case.pk) for pk in sorted(told)]


def _put_right_answered(event: handling.PutRightAnswered) -> list[News]:
    reason = _OF_VERDICT.get(Verdict(event.verdict))
    return _customer(event.case_id, reason) if reason else []


def _mail_returned(event: of_contacts.MailReturned) -> list[News]:
    contact_id = OutgoingMail.objects.get(pk=event.mail_id).contact_id
    case = case_of_contact(contact_id) if contact_id else None
    return _to(answerer_of(case).pk, Reason.NOT_REACHED, case.pk) if case else []


def _reply_stopped(event: planned.PlannedReplyStopped) -> list[News]:
    author = PlannedReply.objects.get(pk=event.planned_id).author_id
    return _to(author, Reason.REPLY_WAITS, event.case_id)


def _put_right_handed(event: handling.PutRightHanded) -> list[News]:
    return [one for one in _customer(event.case_id, Reason.ASK_THEM) if not one.follows]


def _note_added(event: handling.NoteAdded) -> list[News]:
    named = Mention.objects.filter(note=event.note_id).values_list("staff_id", flat=True)
    return [News(to_id=pk, reason=Reason.MENTIONED, case_id=event.case_id) for pk in named]


def _to(to_id: int | None, reason: Reason, case_id: int | None, about: str = "") -> list[News]:
    return (
        [News(to_id=to_id, reason=reason, case_id=case_id, about=about)]
        if to_id is not None
        else []
    )


def _offered(event: handling.HandoverOffered) -> list[News]:
    about = f"handover:{event.handover_id}"
    return _to(event.taker_id, Reason.HANDOVER_WAITS, event.case_id, about)


def _accepted(event: handling.HandoverAccepted) -> list[News]:
    giver = Handover.objects.get(pk=event.handover_id).giver_id
    return _to(giver, Reason.HANDOVER_ACCEPTED, event.case_id)


def _declined(event: handling.HandoverDeclined) -> list[News]:
    giver = Handover.objects.get(pk=event.handover_id).giver_id
    return _to(giver, Reason.HANDOVER_DECLINED, event.case_id)


def _help_asked(
    event: handling.HelpAsked | handling.HelpAskedOnCase | handling.HelpAskedInConfidence,
) -> list[News]:
    asked = HelpRequest.objects.get(pk=event.request_id)
    told = _to(asked.asked_of_id, Reason.HELP_ASKED, asked.case_id, f"help:{asked.pk}")
    return [replace(one, alone=asked.in_confidence) for one in told]


def _help_given(
    event: handling.HelpAnswered | handling.HelpAnsweredOnCase | handling.HelpAnsweredInConfidence,
) -> list[News]:
    asked = HelpRequest.objects.get(pk=event.request_id)
    return _to(asked.asked_by_id, Reason.HELP_GIVEN, asked.case_id)


def _approval_asked(event: deciding.ApprovalAsked) -> list[News]:
    """Tell also the deputy who is asked at once because whom it was asked of is away."""
    deputy = Approval.objects.get(pk=event.approval_id).deputy_id
    about = f"approval:{event.approval_id}"
    return [
        *_to(event.asked_of_id, Reason.APPROVAL_WAITS, event.case_id, about),
        *_to(deputy, Reason.APPROVAL_WAITS, event.case_id, about),
    ]


def _approval_passed_on(event: deciding.ApprovalPassedOn) -> list[News]:
    asked = Approval.objects.get(pk=event.approval_id)
    about = f"approval:{asked.pk}"
    return [
        *_to(asked.asked_of_id, Reason.APPROVAL_WAITS, event.case_id, about),
        *_to(event.deputy_id, Reason.APPROVAL_WAITS, event.case_id, about),
    ]


def _approval_answered(event: deciding.ApprovalAnswered) -> list[News]:
    asked = Approval.objects.get(pk=event.approval_id)
    reason = Reason.APPROVED if event.granted else Reason.NOT_APPROVED
    return _to(asked.asked_by_id, reason, event.case_id)


def _party_named(event: handling.PartyNamed, at: datetime) -> list[News]:
    """Tell of a case whoever got it because it is about the colleague who had it."""
    is_new = Case.objects.filter(pk=event.case_id, owner=event.owner_id, owned_since=at).exists()
    return _to(event.owner_id, Reason.CASE_GIVEN, event.case_id) if is_new else []


def _answered_proposal(case_id: int, proposal_id: int, reason: Reason) -> list[News]:
    """Tell of an answer also who made the proposal."""
    proposed_by = Proposal.objects.get(pk=proposal_id).by_id
    return [*_customer(case_id, reason), *_to(proposed_by, reason, case_id)]


def _view_heard(event: deciding.ViewHeard) -> list[News]:
    reason = Reason.SAID_YES if event.value_confirmed else Reason.WROTE
    return _answered_proposal(event.case_id, event.proposal_id, reason) if event.how else []


def _decision_accepted(event: deciding.DecisionCarriedOut) -> list[News]:
    return _customer(event.case_id, Reason.SAID_YES) if event.how else []


def _read_back_answered(event: own_words.ReadBackAnswered) -> list[News]:
    return _customer(event.case_id, Reason.SAID_YES if event.confirmed else Reason.WROTE)


def _promise_broken(event: handling.PromiseBroken) -> list[News]:
    promise = Promise.objects.get(pk=event.promise_id)
    return _to(promise.owner_id, Reason.PROMISE_BROKEN, event.case_id)


def _clock_warned(event: clocks.ClockWarned) -> list[News]:
    quiet = event.how == How.PAGE
    return [News(to_id=event.told_id, reason=Reason.CLOCK_SOON, case_id=event.case_id, quiet=quiet)]


def _clock_ran_out(event: clocks.ClockRanOut) -> list[News]:
    """Tell of a term of the law who answers for the case, and who answers for the team's work."""
    if event.whose != Whose.LAW:
        return []
    case = Case.objects.select_related("owner", "team").get(pk=event.case_id)
    answering = {answerer_of(case).pk, case.team.duty_owner_id}
    return [News(to_id=pk, reason=Reason.TERM_OVER, case_id=case.pk) for pk in sorted(answering)]


_NEWS: Mapping[type[Event], Answering] = {
    handling.ContactAdded: _contact_added,
    safety.ThreatRead: _threat_read,
    handling.PutRightAnswered: _put_right_answered,
    handling.PromiseAccepted: lambda event: _customer(event.case_id, Reason.SAID_YES),
    handling.PromiseCountered: lambda event: _customer(event.case_id, Reason.ANOTHER_DAY),
    handling.CaseWithdrawn: lambda event: _customer(event.case_id, Reason.TOOK_BACK),
    handling.CaseReopened: lambda event: _customer(event.case_id, Reason.NOT_RIGHT),
    handling.SaidOutside: lambda event: _customer(event.case_id, Reason.WENT_OUTSIDE),
    own_words.MoreTimeAsked: lambda event: _answered_proposal(
        event.case_id, event.proposal_id, Reason.MORE_TIME
    ),
    own_words.ReadBackAnswered: _read_back_answered,
    deciding.ViewHeard: _view_heard,
    deciding.DecisionCarriedOut: _decision_accepted,
    handling.AnotherLookAsked: lambda event: _to(
        event.asked_of_id, Reason.LOOK_ASKED, event.case_id
    ),
    of_contacts.MailReturned: _mail_returned,
    handling.PutRightHanded: _put_right_handed,
    planned.PlannedReplyStopped: _reply_stopped,
    sharing.ReplyShared: lambda event: _to(event.to_id, Reason.REPLY_SHARED, event.case_id),
    handling.NoteAdded: _note_added,
    handling.CaseAssigned: lambda event: _to(event.owner_id, Reason.CASE_GIVEN, event.case_id),
    todos.TodoMade: lambda event: _to(event.keeper_id, Reason.TODO_GIVEN, event.case_id),
    todos.TodoGiven: lambda event: _to(event.keeper_id, Reason.TODO_GIVEN, event.case_id),
    handling.HandoverOffered: _offered,
    handling.HandoverAccepted: _accepted,
    handling.HandoverDeclined: _declined,
    handling.HelpAsked: _help_asked,
    handling.HelpAskedOnCase: _help_asked,
    handling.HelpAskedInConfidence: _help_asked,
    handling.HelpAnsweredInConfidence: _help_given,
    handling.HelpAnswered: _help_given,
    handling.HelpAnsweredOnCase: _help_given,
    deciding.ApprovalAsked: _approval_asked,
    deciding.ApprovalPassedOn: _approval_passed_on,
    deciding.ApprovalAnswered: _approval_answered,
    handling.PromiseBroken: _promise_broken,
    clocks.ClockWarned: _clock_warned,
    clocks.ClockRanOut: _clock_ran_out,
    turns.ReviewAsked: lambda event: _to(
        event.reviewer_id, Reason.REVIEW_WAITS, event.case_id, f"review:{event.review_id}"
    ),
    handling.ThanksPassedOn: lambda event: _to(event.to_id, Reason.THANKED, event.case_id),
}
TELLING = (*_NEWS, handling.PartyNamed)
# What ends a wait, and the field that says of which.
ANSWERING: Mapping[type[Event], tuple[str, str]] = {
    handling.HandoverAccepted: ("handover", "handover_id"),
    handling.HandoverDeclined: ("handover", "handover_id"),
    handling.HandoverWithdrawn: ("handover", "handover_id"),
    handling.HelpAnswered: ("help", "request_id"),
    handling.HelpAnsweredOnCase: ("help", "request_id"),
    handling.HelpAnsweredInConfidence: ("help", "request_id"),
    deciding.ApprovalAnswered: ("approval", "approval_id"),
    turns.ReviewFinished: ("review", "review_id"),
}


def answered_by(event: Event) -> str:
    """Return what `event` answers, as `News.about` names it."""
    kind, field = ANSWERING[type(event)]
    return f"{kind}:{getattr(event, field)}"
