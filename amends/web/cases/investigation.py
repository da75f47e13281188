"""The investigation of a hard case: all that is found, weighed and decided, on one page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from amends.base.money_words import money_words
from amends.base.time_words import by_words
from amends.cases.actions.evidence import note_reading
from amends.cases.actions.within import may_help_on
from amends.cases.queries.blind import case_that_keeps
from amends.cases.queries.final_letter import Drafted, final_letter_of
from amends.cases.queries.investigation import (
    Investigation,
    LikeCases,
    Weighed,
    investigation_of,
    like_cases,
)
from amends.cases.rules.findings import Expectation
from amends.cases.rules.kinds import Outcome
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import Approved, Undecided, Unready
from amends.journal.queries import last_entry_of
from amends.staff.rules.permissions import Act
from amends.web.cases.acting import found, kept_for_later
from amends.web.cases.deciding_words import APPROVED, GAPS, UNDECIDED, UNREADY
from amends.web.cases.rail.desk import Way
from amends.web.http import StaffRequest, needs, page_or_part
from amends.web.words import word

if TYPE_CHECKING:
    from datetime import datetime

    from amends.cases.models.case import Case
    from amends.cases.models.deciding import Remedy
    from amends.staff.models import Staff

BEFORE_DECIDED = frozenset({State.INVESTIGATING, State.PROPOSED})
SINCE_DECIDED = frozenset({State.DECIDED, State.FULFILLING, State.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Sheet:
    """An investigation, whose it is, and whether the reader may act on it."""

    case: "Case"
    it: Investigation
    works: bool
    now: "datetime"
    staff: "Staff"

    @property
    def reviews(self) -> bool:
        """Whether the reader looks at the decision again just now."""
        return self.it.review is not None and self.it.review.reviewer_id == self.staff.pk

    @property
    def anew(self) -> bool:
        """Whether the reader writes a letter that stands in the place of an earlier one."""
        decided = self.it.decision is not None
        return self.works and decided and (self.reviews or bool(self.case.letter_owed_since))

    def way(self, label: Words | str, act: str, pk: int | None = None) -> Way:
        args = [self.case.reference] if pk is None else [self.case.reference, pk]
        return Way(label, reverse(f"case-{act}", args=args))


@needs(Act.SEE_CASES)
@require_safe
def page(request: StaffRequest, reference: str) -> HttpResponse:
    """Show what is found, weighed and decided on a case."""
    case, staff, now = found(request, reference), request.user, timezone.localtime()
    if grave := case_that_keeps(case, staff):
        return kept_for_later(request, grave)
    if case.sensitive_since:
        note_reading(case, by=staff, at=now)
    it = investigation_of(case, staff=staff)
    works = case.is_open and staff.may(Act.WORK_ON_CASE) and may_help_on(case, staff)
    sheet = Sheet(case, it, works, now, staff)
    drafted = final_letter_of(it.draft, at=now) if it.draft else None
    context = {
        "case": case,
        "it": it,
        "works": works,
        "issues": _issues(sheet),
        "options": [_option(sheet, weighed) for weighed in it.options],
        "like": _like(like_cases(case, staff=staff)) if it.options else None,
        "next": _next(sheet, drafted),
        "missing": _missing(sheet, drafted),
        "stands": _stands(sheet),
        "drafted": drafted,
        "letter_url": reverse("case-letter", args=[case.reference]),
        "tools": _tools(sheet),
        "anew": sheet.anew,
        "seen": last_entry_of(f"case:{case.pk}"),
    }
    part = page_or_part(request, "web/cases/investigation.html", "case")
    return render(request, part, context)


def _issues(sheet: Sheet) -> list[dict[str, object]]:
    return [
        {
            "it": issue,
            "found": Outcome(issue.validity) is not Outcome.NOT_JUDGED,
            "validity": word(Outcome(issue.validity)),
            "where": " · ".join(
                name
                for name in (issue.product, issue.sub_product, issue.topic, issue.sub_topic)
                if name
            ),
            "broken": [word(Expectation(each)) for each in issue.broken],
            "pieces": one.pieces,
            "pieces_said": _pieces(one.pieces),
        }
        for issue, one in zip(sheet.it.issues, sheet.it.found, strict=True)
    ]


def _pieces(number: int) -> str:
    if not number:
        return _("no evidence yet")
    said = ngettext("%(n)s piece of evidence", "%(n)s pieces of evidence", number)
    return said % {"n": number}


def _option(sheet: Sheet, weighed: Weighed) -> dict[str, object]:
    """Return one way to put it right, with its cost and value and what can be done with it."""
    option, proposal = weighed.option, sheet.it.proposal
    decision = sheet.it.decision
    chosen = bool(proposal and proposal.option_id == option.pk)
    decided = bool(decision and decision.proposal.option_id == option.pk)
    return {
        "it": option,
        "cost": money_words(option.cost, option.currency) if option.cost is not None else "",
        "value": money_words(option.value, option.currency) if option.value is not None else "",
        "remedies": [_remedy(sheet, each) for each in weighed.remedies],
        "chosen": chosen,
        "decided": decided,
        "approval": weighed.approval,
        "approved": APPROVED[weighed.approved],
        "beyond": weighed.approved is not Approved.NOT_NEEDED,
        "ways": [] if chosen or decided or not sheet.works else _ways(sheet, weighed),
    }


def _ways(sheet: Sheet, weighed: Weighed) -> list[Way]:
    pk, ways = weighed.option.pk, []
    ready = not sheet.it.obstacles and sheet.case.state == State.INVESTIGATING
    if ready and weighed.approved in {Approved.NOT_NEEDED, Approved.GRANTED}:
        ways.append(sheet.way(_("Put it to the customer"), "propose", pk))
    if weighed.remedies and weighed.approved in {Approved.NEEDED, Approved.DECLINED}:
        ways.append(sheet.way(_("Ask for approval"), "approval", pk))
    ways.append(sheet.way(_("What it gives"), "remedy", pk))
    ways.append(sheet.way(_("Weigh it anew"), "weigh-anew", pk))
    ways.append(sheet.way(_("Leave it aside"), "leave-aside", pk))
    return ways


def _remedy(sheet: Sheet, remedy: "Remedy") -> dict[str, object]:
    amount = remedy.amount
    kept = bool(remedy.promise and (remedy.promise.kept_at or remedy.promise.done_late_at))
    return {
        "it": remedy,
        "amount": money_words(amount, remedy.currency) if amount is not None else "",
        "done": kept or remedy.done_at is not None,
        "owed": remedy.promise is not None and not kept,
        "drop": sheet.way(_("Take it out"), "no-remedy", remedy.pk),
    }


def _like(like: LikeCases) -> dict[str, object]:
    return {
        "given": [
            {
                "it": each,
                "url": reverse("case", args=[each.reference]),
                "amount": money_words(each.amount, each.currency)
                if each.amount is not None
                else "",
            }
            for each in like.given
        ],
        "usual": money_words(like.usual, like.currency) if like.usual is not None else "",
    }


def _next(sheet: Sheet, drafted: Drafted | None) -> list[Way]:
    """Return what is to be done next, by where the case stands."""
    state, it = State(sheet.case.state), sheet.it
    if not sheet.works:
        return []
    if state is State.PROPOSED and it.proposal:
        return _of_proposal(sheet, drafted)
    if it.decision and (sheet.anew or state is State.DECIDED):
        return _written_anew(sheet, drafted) if sheet.anew else _of_decision(sheet)
    seen_to = [way for unready in it.obstacles if (way := _seen_to(sheet, unready))]
    return seen_to[:1] if state is State.INVESTIGATING else []


def _stands(sheet: Sheet) -> str:
    """Return how it stands where nothing is looked into or proposed any more, or not just now."""
    state = State(sheet.case.state)
    if not sheet.works or sheet.anew or state in BEFORE_DECIDED:
        return ""
    elsewhere = _("What is next stands with the case.")
    if state not in SINCE_DECIDED or sheet.it.decision is None:
        return elsewhere
    left = _("It is decided, and the letter has left.")
    return left if state is State.DECIDED else _owed(sheet) or f"{left} {elsewhere}"


def _owed(sheet: Sheet) -> str:
    """Return what of the decision is owed first, and by when; empty if nothing is."""
    given = [each.promise for weighed in sheet.it.options for each in weighed.remedies]
    owed = [promise for promise in given if promise and promise.is_owed]
    first = min(owed, key=lambda promise: promise.due_at, default=None)
    if first is None:
        return ""
    text = _(
        "It is decided, and the letter has left. Owed %(by)s: %(what)s. "
        "Then the customer is asked whether it is put right."
    )
    by = by_words(first.due_at, sheet.now)
    return text % {"by": by, "what": first.what.rstrip(".")}


def _of_decision(sheet: Sheet) -> list[Way]:
    return [
        sheet.way(_("They accept it"), "accepted"),
        sheet.way(_("Do what is owed"), "carry-out"),
    ]


def _written_anew(sheet: Sheet, drafted: Drafted | None) -> list[Way]:
    """Return the ways to a letter that stands in the place of an earlier one."""
    ways = [sheet.way(_("Write the new decision"), "write-anew")]
    if sheet.reviews:
        return [*ways, sheet.way(_("Say what you came to"), "review-done")]
    whole = drafted is not None and not drafted.gaps
    return [sheet.way(_("Send the letter"), "send-anew"), *ways] if whole else ways


def _of_proposal(sheet: Sheet, drafted: Drafted | None) -> list[Way]:
    ways = [sheet.way(_("Decide, and tell them"), "decide")]
    if drafted is None or drafted.gaps:
        ways = [sheet.way(_("Write the decision"), "write-decision")]
    if sheet.it.proposal and sheet.it.proposal.heard_at is None:
        ways.insert(0, sheet.way(_("What they say to it"), "view"))
    return [*ways, sheet.way(_("Look again"), "look-again")]


def _missing(sheet: Sheet, drafted: Drafted | None) -> list[dict[str, object]]:
    """Return what is missing before the next step, each with the way to it."""
    it, state = sheet.it, State(sheet.case.state)
    lines: list[dict[str, object]] = []
    if state in BEFORE_DECIDED:
        lines += _unready(sheet, it.obstacles)
    if sheet.anew:
        unwritten = _line(UNDECIDED[Undecided.NO_REASONS], sheet.way(_("Write it"), "write-anew"))
        lines += [] if drafted else [unwritten]
        lines += [{"text": GAPS[gap], "way": None} for gap in (drafted.gaps if drafted else ())]
    if state is State.PROPOSED and it.proposal:
        late = {
            Undecided.VIEW_NOT_HEARD: it.proposal.heard_at is None,
            Undecided.NO_REASONS: it.draft is None,
        }
        ways = {Undecided.VIEW_NOT_HEARD: "view", Undecided.NO_REASONS: "write-decision"}
        lines += [
            _line(UNDECIDED[each], sheet.way(UNDECIDED[each][1], ways[each]))
            for each, holds in late.items()
            if holds
        ]
        lines += [{"text": GAPS[gap], "way": None} for gap in (drafted.gaps if drafted else ())]
    return lines


def _unready(sheet: Sheet, obstacles: Iterable[Unready]) -> list[dict[str, object]]:
    return [_line(UNREADY[each], _seen_to(sheet, each)) for each in obstacles]


def _line(words: tuple[Words, Words], way: Way | None) -> dict[str, object]:
    return {"text": words[0], "way": way}


def _seen_to(sheet: Sheet, unready: Unready) -> Way | None:
    """Return the way to the act that sees to what is missing."""
    if not sheet.works:
        return None
    label = UNREADY[unready][1]
    open_ = [issue.pk for issue in sheet.it.issues if Outcome(issue.validity) is Outcome.NOT_JUDGED]
    if unready is Unready.NOT_FOUND_ON and open_:
        return sheet.way(label, "finding", open_[0])
    unheard = [party.pk for party in sheet.it.about if party.heard_at is None]
    if unready is Unready.NOT_HEARD and unheard:
        return sheet.way(label, "hear", unheard[0])
    act = SEES_TO.get(unready)
    return sheet.way(label, act) if act else None


SEES_TO: Mapping[Unready, str] = {
    Unready.NOTHING_COMPLAINED_OF: "one-more",
    Unready.NO_EVIDENCE: "evidence",
    Unready.EXPECTATION_UNKNOWN: "needs",
    Unready.NO_OPTION: "option",
    Unready.TOO_FEW_OPTIONS: "option",
    Unready.NOT_COSTED: "option",
}


def _tools(sheet: Sheet) -> list[Way]:
    """Return what else can be done while one looks into it."""
    if not sheet.works:
        return []
    on = sheet.case.sensitive_since is None
    said = _("Write down who reads it") if on else _("No longer write down who reads it")
    return [
        sheet.way(_("Needs and wishes"), "needs"),
        sheet.way(_("It is about a colleague"), "about-colleague"),
        sheet.way(_("A protective hold"), "stop"),
        sheet.way(said, "sensitive"),
    ]
