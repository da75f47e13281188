"""The slip in hand: what to read aloud, print and send, once a sheet is taken down."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.base.refusal import Refused
from amends.cases.actions.closing import Why, count_and_close, thank_and_close
from amends.cases.actions.letters import send_slip
from amends.cases.queries.links import code_of, finding_place
from amends.cases.queries.reading import cases_for
from amends.cases.queries.sheets import marks_of, taken_down_by
from amends.cases.queries.slips import slip_of
from amends.cases.rules.kinds import CaseKind, Mechanism, Pillar
from amends.cases.rules.sentences import spelled
from amends.contacts.actions.marking import mark_words
from amends.contacts.rules.kinds import Channel, Lane
from amends.contacts.rules.spans import Span, sentences_of
from amends.people.queries import mail_address_of
from amends.people.rules.address import spoken
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs, say
from amends.web.sheet.sayings import THANKS
from amends.web.words import choices

if TYPE_CHECKING:
    from amends.cases.models.sheets import TakenDown

# A form has bounds; who speaks longer than this is marked on the case, in pieces.
MOST_SENTENCES = 200


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the customer's words, the field it is marked by, and how it is marked."""

    name: str
    text: str
    span: Span
    lane: str


class InHand:
    """What the page in hand shows of a sheet that was taken down."""

    def __init__(self, request: StaffRequest, taken: "TakenDown") -> None:
        self.request, self.taken, self.case = request, taken, taken.case

    @cached_property
    def is_mine_to_see(self) -> bool:
        """Whether this colleague may see the case; not when it complains about them."""
        return cases_for(self.request.user).filter(pk=self.case.pk).exists()

    @property
    def may_mark(self) -> bool:
        return self.is_mine_to_see and self.request.user.may(Act.WORK_ON_CASE)

    @cached_property
    def aloud(self) -> Sequence[str]:
        """What to say now, in the customer's language, a sentence each."""
        with translation.override(self.case.language):
            called = capfirst(self._called)
            reference = _("Your reference is %(spelled)s.") % {
                "spelled": spelled(self.case.reference)
            }
            said = (
                f"{called}," if called else "",
                *self._promise,
                reference,
                self._way_to_the_page,
                str(THANKS),
            )
            return [text for text in said if text]

    @property
    def _promise(self) -> tuple[str, ...]:
        if self.taken.promise is None:
            return ()
        slip = slip_of(self.taken.promise, at=self.taken.at)
        return slip.sentence, _("%(who)s answers for it.") % {"who": slip.who}

    @property
    def _way_to_the_page(self) -> str:
        """How they see how it stands, for whom no link can be sent to."""
        if self.mail or self.taken.promise is None:
            return ""
        place, code = finding_place(self.case.language), spelled(code_of(self.case))
        return _(
            "You see how it stands at %(place)s, with your reference and the code %(code)s."
        ) % {
            "place": place,
            "code": code,
        }

    @property
    def written_way(self) -> dict[str, str]:
        """The same to spell out, letter by letter; empty where the link can be sent."""
        if self.mail or self.taken.promise is None:
            return {}
        return {
            "place": finding_place(self.case.language),
            "reference": self.case.reference,
            "code": code_of(self.case),
        }

    @property
    def _called(self) -> str:
        speaker = self.taken.contact.person
        return spoken(speaker.addressee, self.case.language) if speaker else ""

    @cached_property
    def mail(self) -> str:
        """Where the slip can be sent; empty if nowhere."""
        return mail_address_of(self.case.person) if self.case.person else ""

    @property
    def waits_for_thanks(self) -> bool:
        """Whether they were there to be thanked, and nobody has said that they were."""
        was_there = self.case.channel != Channel.LETTER
        return was_there and self.case.is_open and not self.case.thanked_at and self.may_mark

    @property
    def causes(self) -> Sequence[tuple[object, object]]:
        """The causes to choose from, of a complaint that was put right at once."""
        waits = self.case.done_at and self.case.is_open and self.case.kind == CaseKind.COMPLAINT
        return choices(Mechanism) if waits else ()

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        text = self.taken.contact.words.text
        lanes = {(mark.start, mark.end): mark.lane for mark in marks_of(self.taken.contact)}
        return [
            Sentence(
                f"span-{span.start}-{span.end}",
                text[span.start : span.end].strip(),
                span,
                lanes.get((span.start, span.end), ""),
            )
            for span in sentences_of(text)[:MOST_SENTENCES]
            if text[span.start : span.end].strip()
        ]


@needs(Act.RECORD_CONTACT)
@require_safe
def in_hand(request: StaffRequest, key: str) -> HttpResponse:
    """Show what was taken down: the promise to read aloud, to print and to send."""
    context = {"hand": _found(request, key), "lanes": choices(Lane)}
    return render(request, "web/sheet/in_hand.html", context)


@needs(Act.RECORD_CONTACT)
@require_POST
def send(request: StaffRequest, key: str) -> HttpResponse:
    """Send the slip by mail."""
    hand = _found(request, key)
    if hand.taken.promise is None:
        raise Http404
    mail = send_slip(hand.taken.promise, by=request.user, at=timezone.now())
    if mail:
        say(request, _("The slip goes to %(address)s.") % {"address": mail.to_address})
    else:
        say(request, _("There is no mail address to send it to. Print it, or read it aloud."))
    return redirect("sheet-in-hand", key)


@needs(Act.RECORD_CONTACT)
@require_POST
def cause(request: StaffRequest, key: str) -> HttpResponse:
    """Count why it happened, and close what was put right at once."""
    hand = _found(request, key)
    if request.POST.get("mechanism") not in set(Mechanism):
        raise Http404
    why = Why(pillar=Pillar.UNKNOWN, mechanism=Mechanism(request.POST["mechanism"]))
    try:
        case = count_and_close(hand.case, why=why, by=request.user, at=timezone.now())
    except Refused as refusal:
        say(request, str(refusal))
    else:
        missing = _("Counted. The case says what is still missing.")
        say(request, missing if case.is_open else _("Counted, and closed."))
    return redirect("sheet-in-hand", key)


@needs(Act.RECORD_CONTACT)
@require_POST
def thank(request: StaffRequest, key: str) -> HttpResponse:
    """Write down that they were thanked, and close what only waited for that."""
    hand = _found(request, key)
    try:
        case = thank_and_close(hand.case, by=request.user, at=timezone.now())
    except Refused as refusal:
        say(request, str(refusal))
    else:
        say(request, _("Thanked.") if case.is_open else _("Thanked, and closed."))
    return redirect("sheet-in-hand", key)


@needs(Act.RECORD_CONTACT)
@require_POST
def mark(request: StaffRequest, key: str) -> HttpResponse:
    """Tell facts and feelings apart in the customer's words."""
    hand = _found(request, key)
    chosen = [(one.span, request.POST.get(one.name)) for one in hand.sentences]
    marks = [(span, Lane(lane)) for span, lane in chosen if lane in set(Lane)]
    mark_words(hand.taken.contact, marks=marks, by=request.user, at=timezone.now())
    say(request, _("Facts and feelings are marked."))
    return redirect("sheet-in-hand", key)


def _found(request: StaffRequest, key: str) -> InHand:
    taken = taken_down_by(request.user, key)
    if taken is None:
        raise Http404
    return InHand(request, taken)
