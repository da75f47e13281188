"""The second half of a whole case on paper: what we promised, found, weighed, decided and did."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from amends.base.money_words import money_words
from amends.base.time_words import date_words
from amends.cases.queries.letters import house_time
from amends.cases.rules.bundle import Item
from amends.cases.rules.kinds import AttemptResult, Basis, How, Mechanism, Outcome, Pillar, Verdict
from amends.cases.rules.turns import Linkage, says
from amends.staff.rules.authority import RemedyKind
from amends.web.bundles.blocks import (
    Block,
    Section,
    day,
    heading,
    moment,
    pairs,
    para,
    points,
    section,
    table,
    words,
)
from amends.web.bundles.inside import how_grave
from amends.web.bundles.words import ITEMS, KEPT
from amends.web.cases.happenings import Told
from amends.web.cases.rail.clocks import name_of
from amends.web.cases.timeline import happening_of
from amends.web.cases.words import CLOCKS
from amends.web.words import word

if TYPE_CHECKING:
    from datetime import datetime

    from amends.cases.models.case import CaseLink
    from amends.cases.models.deciding import Decision, Option, Remedy
    from amends.cases.models.promises import FollowUp, Promise
    from amends.cases.queries.file_lines import Ticking
    from amends.cases.queries.timeline import EventItem
    from amends.cases.rules.clocks import Reading
    from amends.web.bundles.plan import Plan


def promises(plan: "Plan") -> Section:
    """Return what was promised and what became of it, and how it was asked after."""
    rows = [
        (each.what, moment(each.due_at), each.owner.name, _became(each))
        for each in plan.whole.promises
    ]
    asked = [_asked(each) for each in plan.whole.follow_ups]
    head = (_("What"), _("By when"), _("By whom"), _("What became of it"))
    return section(
        _("Promises, and what became of them"),
        table(head, rows, widths=(6, 4, 3, 6)) or para(_("None was made.")),
        heading(_("Is it put right?")) if any(asked) else None,
        *(block for blocks in asked for block in blocks),
    )


def _became(promise: "Promise") -> str:
    told = (
        word(promise.state).capitalize(),
        moment(promise.kept_at or promise.broken_at),
        promise.kept_evidence,
        promise.broken_reason,
        _("Done late, %(moment)s") % {"moment": moment(promise.done_late_at)}
        if promise.done_late_at
        else "",
        _("Promised anew: %(what)s") % {"what": promise.replaced_by.what}
        if promise.replaced_by
        else "",
    )
    return ". ".join(text.rstrip(".") for text in told if text)


def _asked(question: "FollowUp") -> Iterator[Block]:
    tried = points(
        f"{moment(each.at)}: {word(How(each.how))}, {word(AttemptResult(each.result))}"
        for each in question.attempts.all()
    )
    if tried:
        yield tried
    if question.verdict:
        answer = word(Verdict(question.verdict)).capitalize()
        yield words(question.words or answer, head=f"{answer}, {moment(question.answered_at)}")


def evidence(plan: "Plan") -> Section:
    """Return the register of evidence: what, where from, since when, shown to whom."""
    whole = _("the whole case")
    rows = [
        (
            each.what,
            each.source,
            day(each.obtained_on),
            each.issue.statement if each.issue else whole,
            "; ".join(f"{one.to}, {moment(one.at)}" for one in each.disclosures.all()),
        )
        for each in plan.whole.evidence
        if plan.out(Item.EVIDENCE, each.pk)
    ]
    head = (_("What"), _("Where from"), _("When we had it"), _("About"), _("Shown to"))
    return section(_("Evidence"), table(head, rows, widths=(5, 4, 3, 4, 4)))


def weighed(plan: "Plan") -> Section:
    """Return how grave it was held to be, and every option with its cost and its approval."""
    blocks: list[Block | None] = [how_grave(plan.bundle.case)]
    for option in plan.whole.options:
        blocks += [heading(option.what), *_option(option)]
    return section(_("What was weighed"), *blocks)


def _option(option: "Option") -> Iterator[Block | None]:
    given: Sequence[Remedy] = option.given  # type: ignore[attr-defined] # prefetched
    yield pairs(
        (_("Cost for us"), _money(option.cost, option.currency)),
        (_("Value for the customer"), _money(option.value, option.currency)),
        (_("In their words"), option.value_words),
        (_("Left aside"), moment(option.dropped_at)),
    )
    yield points(_remedy(each) for each in given)
    yield points(
        _("Approval asked of %(who)s, %(moment)s: %(reason)s. %(answer)s")
        % {
            "who": each.asked_of.name,
            "moment": moment(each.asked_at),
            "reason": each.reason.rstrip("."),
            "answer": _answered(each.granted, each.words),
        }
        for each in option.asked  # type: ignore[attr-defined] # prefetched
    )


def _answered(granted: bool | None, said: str) -> str:  # noqa: FBT001 - an answer, or none yet
    if granted is None:
        return ""
    answer = _("Approved") if granted else _("Not approved")
    return f"{answer}. {said}".strip()


def _money(amount: object, currency: str) -> str:
    return money_words(amount, currency) if amount is not None else ""  # type: ignore[arg-type] # a Decimal


def _remedy(remedy: "Remedy") -> str:
    done = remedy.done_at or (remedy.promise.kept_at if remedy.promise else None)
    told = (
        f"{word(RemedyKind(remedy.kind))} ({word(Basis(remedy.basis))})",
        remedy.what,
        _money(remedy.amount, remedy.currency),
        _("by %(moment)s") % {"moment": moment(remedy.due_at)} if remedy.due_at else "",
        remedy.owner.name if remedy.owner else "",
        _("done %(moment)s") % {"moment": moment(done)} if done else "",
        _shown_by(remedy),
    )
    return ", ".join(text.rstrip(".") for text in told if text)


def _shown_by(remedy: "Remedy") -> str:
    """Return what shows that it was given; what the letter itself gave needs nothing more."""
    if remedy.promise:
        return remedy.promise.kept_evidence
    return "" if remedy.evidence.startswith("#") else remedy.evidence


def decided(plan: "Plan") -> Section:
    """Return what was proposed, what the customer said to it, and what was decided."""
    blocks: list[Block | None] = []
    for proposal in plan.whole.proposals:
        blocks += [
            heading(_("Proposed %(moment)s") % {"moment": moment(proposal.at)}),
            para(proposal.option.what),
        ]
        if proposal.view or proposal.tried:
            how = word(How(proposal.view_how)) if proposal.view_how else _("not reached")
            head = _("Their view, %(how)s, %(moment)s")
            said = head % {"how": how, "moment": moment(proposal.heard_at)}
            blocks.append(words(proposal.view or proposal.tried, head=said))
    for decision in plan.whole.decisions:
        blocks += _decision(decision)
    return section(_("Proposal, decision and remedies"), *blocks)


def _decision(decision: "Decision") -> Iterator[Block | None]:
    given: Sequence[Remedy] = decision.proposal.option.given  # type: ignore[attr-defined] # prefetched
    yes = word(How(decision.accepted_how)) if decision.accepted_how else ""
    yield heading(_("Decided %(moment)s") % {"moment": moment(decision.decided_at)})
    yield pairs(
        (_("By whom"), decision.decider.name),
        (_("Outcome"), word(Outcome(decision.outcome))),
        (_("Reasons"), decision.reasons),
        (_("Admitted"), _("yes") if decision.admits else _("no")),
        (_("Apology"), decision.apology),
        (_("What we change"), decision.changes),
        (_("Accepted"), ", ".join(text for text in (moment(decision.accepted_at), yes) if text)),
    )
    yield points(_remedy(each) for each in given)


def responses(plan: "Plan") -> Section:
    """Return every version of the final response, as it left and whether it arrived."""
    blocks: list[Block | None] = []
    for each in plan.whole.responses:
        number = {"n": each.version, "moment": moment(each.sent_at)}
        blocks += [
            heading(_("Version %(n)s, sent %(moment)s") % number),
            pairs(
                (_("How"), word(How(each.medium))),
                (_("Signed by"), each.by.name),
                (_("Delivered"), moment(each.delivered_at)),
                (_("How we know"), each.delivered_how),
            ),
        ]
        if plan.out(Item.CONTACT, each.contact_id):
            blocks.append(words(plan.said_in(each.contact), head=each.by.name, ours=True))
    return section(_("The final response"), *blocks)


def turns(plan: "Plan") -> Section:
    """Return what else the case went through: waits, reviews, other bodies, other cases, holds."""
    lines = sorted((*_waits(plan), *_passed(plan)), key=lambda line: line[0])
    rows = [(moment(at), text) for at, text in lines]
    return section(
        _("What else it went through"),
        table((_("When"), _("What")), rows, widths=(4, 11)),
        _cause(plan),
    )


def _waits(plan: "Plan") -> Iterator[tuple["datetime", str]]:
    for wait in plan.whole.waits:
        text = _("Waited for %(what)s, from %(whom)s")
        yield wait.since, text % {"what": wait.what, "whom": wait.whom}
    for hold in plan.whole.holds:
        facts = {"moment": moment(hold.until), "what": hold.what, "whom": hold.told_whom}
        text = _("Protective hold until %(moment)s: %(what)s. Told: %(whom)s")
        yield hold.set_at, text % facts


def _passed(plan: "Plan") -> Iterator[tuple["datetime", str]]:
    for each in plan.whole.forwardings:
        text = _("Passed on to %(to)s, taken there by %(who)s")
        yield each.at, text % {"to": each.to, "who": each.accepted_by}
    for review in plan.whole.reviews:
        facts = {"name": review.reviewer.name, "reason": review.reason, "result": review.reasons}
        yield review.asked_at, _("Another look by %(name)s: %(reason)s. %(result)s") % facts
    for one in plan.whole.proceedings:
        told = (f"{one.body}, {one.reference}.", one.reasons, one.award)
        yield one.opened_at, " ".join(text for text in told if text)
    for link in plan.whole.links:
        here = link.case_id == plan.bundle.case_id
        yield link.at, f"{word(says(Linkage(link.kind), from_here=here))} {_other(plan, link)}"


def _other(plan: "Plan", link: "CaseLink") -> str:
    other = link.other if link.case_id == plan.bundle.case_id else link.case
    return other.reference


def _cause(plan: "Plan") -> Block | None:
    cause = plan.whole.cause
    if cause is None:
        return None
    return pairs(
        (
            _("Cause"),
            f"{word(Pillar(cause.pillar))}, {word(Mechanism(cause.mechanism))}. {cause.text}",
        ),
        (_("What keeps it from happening again"), cause.prevention),
        (_("By when"), day(cause.prevention_due_on)),
        (_("Why nothing is needed"), cause.none_needed_reason),
    )


def clocks(readings: "Sequence[Reading]", kept: "Sequence[Ticking]") -> Section:
    """Return the clocks: what each waited for, by when, and whether it came in time.

    kept: those of the law and of our standards.
    """
    rows = [
        (name_of(each), moment(each.due_at), moment(each.met_at) or _("not yet"), _met(each))
        for each in kept
        if each.binds and each.due_at
    ]
    rows += [
        (
            str(CLOCKS[each.clock]),
            moment(each.due_at),
            moment(each.met_at) or _("not yet"),
            _in_time(each),
        )
        for each in readings
    ]
    head = (_("Clock"), _("By when"), _("Met"), _("In time"))
    return section(_("Clocks"), table(head, rows, widths=(5, 4, 4, 2)))


def _met(clock: "Ticking") -> str:
    if clock.due_at is None or (clock.met_at is None and clock.due_at > timezone.now()):
        return ""
    return _("yes") if clock.met_at and clock.met_at <= clock.due_at else _("no")


def _in_time(reading: "Reading") -> str:
    if reading.met_at is None and reading.due_at > timezone.now():
        return ""
    return _("yes") if reading.met_at and reading.in_time else _("no")


def journal(plan: "Plan") -> Section:
    """Return all that happened, as a story by its days and as a table by the minute."""
    told = [(event, said) for event in plan.whole.events if (said := _said(plan, event))]
    days: list[Block | None] = []
    for on, group in groupby(told, key=lambda each: house_time(each[0].spot.at).date()):
        sentences = [_sentence(text, event.by) for event, text in group]
        days.append(pairs((date_words(on), " ".join(sentences))))
    rows = [(moment(event.spot.at), event.by or "Amends", text) for event, text in told]
    return section(
        _("The journal"),
        heading(_("As a story")),
        *days,
        heading(_("As a table")),
        table((_("When"), _("By whom"), _("What")), rows, widths=(5, 3, 8)),
    )


def _said(plan: "Plan", event: "EventItem") -> str:
    happening = happening_of(event.kind)
    if happening is None:
        return ""
    by_key = {promise.pk: promise for promise in plan.whole.promises}
    text = happening.says(Told(event.facts, event.promise, by_key, house_time(timezone.now())))
    behind = "" if _stays(plan, event) else plan.whole.words.get(event.spot.pk, "")
    return f"{text.rstrip('.')}: {behind}" if behind else text


def _stays(plan: "Plan", event: "EventItem") -> bool:
    """Return whether `event` tells of evidence that does not leave."""
    piece = event.facts.get("evidence_id")
    return piece is not None and not plan.out(Item.EVIDENCE, piece)


def _sentence(text: str, who: str) -> str:
    said = text.rstrip(".")
    return f"{said} ({who})." if who else f"{said}."


def readers(plan: "Plan") -> Section:
    """Return who read the case, where that was written down."""
    rows = [(moment(each.at), each.staff.name) for each in plan.whole.readings]
    return section(_("Who read it"), table((_("When"), _("Who")), rows, widths=(5, 8)))


def notes(plan: "Plan") -> Section:
    """Return the notes for colleagues that leave because somebody chose so."""
    kept = [each for each in plan.whole.notes if plan.out(Item.NOTE, each.pk)]
    return section(
        _("Notes for colleagues"),
        *(words(each.text, head=f"{each.by.name}, {moment(each.at)}") for each in kept),
    )


def left_out(plan: "Plan") -> Section:
    """Return how much of what is not in it, and why."""
    counted: dict[tuple[str, str], int] = {}
    for line in plan.lines:
        if line.kept:
            key = (str(ITEMS[line.item]), str(KEPT[line.kept]))
            counted[key] = counted.get(key, 0) + 1
    rows = [(what, str(number), why) for (what, why), number in sorted(counted.items())]
    bars = sum(len(spans) for spans in plan.spans.values())
    return section(
        _("What is not in it"),
        para(_("All that is written down of this case leaves, but for what is named here."))
        if rows
        else para(_("Nothing is left out.")),
        table((_("What"), _("How many"), _("Why")), rows, widths=(6, 2, 6)),
        pairs(
            (_("Why it stays"), plan.bundle.why_left_out),
            (_("Passages blackened"), str(bars) if bars else ""),
        ),
    )
