"""The final response as it would leave now, and what it lacks: composed of all that was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.base.money_words import money_words
from amends.base.text import said_in
from amends.base.time_words import by_words, date_words
from amends.cases.models.case import Case, Issue
from amends.cases.models.deciding import Decision, OutsideBody, Remedy
from amends.cases.queries.colleagues import able_nearest
from amends.cases.queries.final_letter_again import (
    decided_outside,
    given_outside,
    is_anew,
    opening_anew,
    rights_anew,
    subject_anew,
)
from amends.cases.queries.letters import house_time, signature_of
from amends.cases.queries.links import link_of
from amends.cases.queries.opened_rights import opened_for
from amends.cases.queries.rights import bodies_for
from amends.cases.rules.final_letter import DAYS_TO_DISAGREE, FinalLetter, Part, Unit
from amends.cases.rules.gate import (
    BodyFacts,
    Gap,
    IssueFacts,
    LetterFacts,
    RemedyFacts,
    gaps_in,
    is_hard_to_read,
)
from amends.cases.rules.kinds import Outcome
from amends.cases.rules.proposing import is_done_by_letter
from amends.language.tongue import tongue_of
from amends.people.models import ContactPoint
from amends.people.rules.address import greeting
from amends.people.rules.kinds import PointKind
from amends.staff.models import Organisation
from amends.staff.queries import organisation
from amends.staff.rules.authority import RemedyKind

PAPER = Path(__file__).resolve().parent.parent / "paper" / "letter.typ"
FOUND: Mapping[Outcome, Words] = {
    Outcome.UPHELD: gettext_lazy("You are right."),
    Outcome.PARTLY_UPHELD: gettext_lazy("You are right in part."),
    Outcome.NOT_UPHELD: gettext_lazy("We see it differently, and say why."),
    Outcome.UNABLE_TO_DETERMINE: gettext_lazy("It could not be found out for certain."),
    Outcome.WITHDRAWN: gettext_lazy("You have taken this back."),
    Outcome.OUT_OF_SCOPE: gettext_lazy("This is not for us to decide."),
    Outcome.NOT_JUDGED: gettext_lazy("This is not decided yet."),
}


@dataclass(frozen=True, slots=True)
class Body:
    """An outside body as a letter names it."""

    text: str
    has_address: bool
    has_deadline: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """The final response as it would leave now, what it lacks, and whether it is hard to read."""

    letter: FinalLetter
    gaps: tuple[Gap, ...]
    hard_to_read: bool


@dataclass(frozen=True, slots=True)
class _Matter:
    """All that a final response is composed of."""

    case: Case
    decision: Decision
    issues: Sequence[Issue]
    remedies: Sequence[Remedy]
    bodies: Sequence[Body]
    agreed: Sequence[str]
    house: Organisation
    second: bool
    at: datetime


def final_letter_of(decision: Decision, *, at: datetime) -> Drafted:
    """Return the final response that tells `decision`, as it would leave at `at`."""
    case = decision.case
    with translation.override(case.language):
        house = organisation()
        remedies = decision.proposal.option.remedies.filter(dropped_at=None)
        agreed = case.agreed_points.filter(dropped_at=None).order_by("pk")
        matter = _Matter(
            case=case,
            decision=decision,
            issues=tuple(case.issues.order_by("pk")),
            remedies=tuple(remedies.select_related("owner").order_by("pk")),
            bodies=_bodies(house, case.language),
            agreed=tuple(agreed.values_list("text", flat=True)),
            house=house,
            second=able_nearest(case).exclude(pk=decision.decider.pk).exists(),
            at=house_time(at),
        )
        return Drafted(_letter(matter), gaps_in(_facts(matter)), is_hard_to_read(_ours(matter)))


def _letter(matter: _Matter) -> FinalLetter:
    case, person = matter.case, matter.case.person
    signature = signature_of(matter.decision.decider, inside=bool(person and person.is_inside))
    house = matter.house
    where = ", ".join(_lines(house.postal_address))
    sender = (house.name, where, house.telephone, house.mail_address)
    signed = (signature.name, signature.title, signature.stands_for, signature.telephone)
    first = (_opening(matter), _agreed(matter), _sorry(matter), _expected(matter))
    there, ours = decided_outside(matter.decision), _decided(matter)
    then = (there, ours, _given(matter), _changes(matter), _rights(matter), _thanks(matter))
    return FinalLetter(
        language=case.language,
        sender=tuple(line for line in sender if line),
        receiver=_receiver(case),
        day=date_words(matter.at),
        reference=case.reference,
        subject=_subject(matter.decision),
        greeting=greeting(person.addressee, case.language) if person else "",
        parts=tuple(part for part in (*first, *_issues(matter), *then) if not part.is_empty),
        regards=_("Kind regards"),
        signature=tuple(line for line in signed if line),
        page=_("Page {} of {}"),
    )


def _subject(decision: Decision) -> str:
    if is_anew(decision):
        return subject_anew(decision)
    reference = {"reference": decision.case.reference}
    return _("Our answer to your complaint, %(reference)s") % reference


def _opening(matter: _Matter) -> Part:
    gist = matter.case.gist.rstrip(".")
    about = {"day": date_words(house_time(matter.case.received_at)), "gist": gist}
    told = _("On %(day)s you told us: “%(gist)s”.") % about
    if is_anew(matter.decision):
        return Part(paragraphs=(f"{told} {opening_anew(matter.decision)}",))
    looked = _("We have looked into all of it. This is our answer.")
    return Part(paragraphs=(f"{told} {looked}",))


def _agreed(matter: _Matter) -> Part:
    return Part(title=_("What we agree on"), points=tuple(matter.agreed))


def _sorry(matter: _Matter) -> Part:
    return Part(paragraphs=_paragraphs(matter.decision.apology))


def _expected(matter: _Matter) -> Part:
    wished = matter.case.expectation or matter.case.requested_remedy
    if not wished:
        return Part()
    done = f"{matter.decision.proposal.option.what}."
    return Part(
        title=_("What you expected, and what we do"),
        pairs=((_("You expected"), wished), (_("What we do"), done)),
    )


def _issues(matter: _Matter) -> list[Part]:
    many = len(matter.issues) > 1
    return [
        Part(
            title=f"{number}. {issue.statement}" if many else issue.statement,
            pairs=tuple((label, text) for label, text in _found(issue) if text),
        )
        for number, issue in enumerate(matter.issues, start=1)
    ]


def _found(issue: Issue) -> list[tuple[str, str]]:
    decided = f"{FOUND[Outcome(issue.validity)]} {issue.reasons}".strip()
    return [
        (_("What happened"), issue.what_happened),
        (_("What should have happened"), issue.should_have_happened),
        (_("What follows from it"), decided),
    ]


def _decided(matter: _Matter) -> Part:
    admits = _("This was our mistake, and we answer for it.") if matter.decision.admits else ""
    texts = (admits, *_paragraphs(matter.decision.reasons))
    return Part(title=_("Our decision"), paragraphs=tuple(text for text in texts if text))


def _given(matter: _Matter) -> Part:
    points = (_remedy(remedy, matter.at) for remedy in matter.remedies)
    outside = given_outside(matter.decision, matter.at)
    return Part(title=_("What you get"), points=(*points, *outside))


def _remedy(remedy: Remedy, at: datetime) -> str:
    what = remedy.what
    if remedy.amount is not None:
        what = f"{what}: {money_words(remedy.amount, remedy.currency)}"
    if is_done_by_letter(RemedyKind(remedy.kind)) or remedy.due_at is None:
        return f"{what}."
    said = {"what": what, "by": by_words(house_time(remedy.due_at), at)}
    said["who"] = remedy.owner.name if remedy.owner else ""
    return _("%(what)s, %(by)s. %(who)s sees to it.") % said


def _changes(matter: _Matter) -> Part:
    return Part(title=_("What we change"), paragraphs=_paragraphs(matter.decision.changes))


def _rights(matter: _Matter) -> Part:
    day = {"day": date_words(matter.at + DAYS_TO_DISAGREE), "link": link_of(matter.case)}
    if is_anew(matter.decision):
        text = rights_anew(matter.decision)
    elif matter.second:
        text = (
            _(
                "If you do not agree, tell us by %(day)s. Another person here, who has not decided "
                "it, will look at it again, free of charge. Answer this letter, or open %(link)s"
            )
            % day
        )
    else:
        text = (
            _(
                "If you do not agree, tell us by %(day)s, and we look at it again, free of charge. "
                "We are few, so it will be the same person; you need not wait for it and may turn "
                "outside at once. Answer this letter, or open %(link)s"
            )
            % day
        )
    bodies = tuple(body.text for body in matter.bodies)
    outside = (_("You may also turn to:"),) if bodies else ()
    by_law = opened_for(matter.case, at=matter.at)
    return Part(title=_("If you do not agree"), paragraphs=(text, *by_law, *outside), points=bodies)


def _thanks(_matter: _Matter) -> Part:
    return Part(paragraphs=(_("Thank you for telling us. It helps us to do better."),))


def _facts(matter: _Matter) -> LetterFacts:
    decision, case = matter.decision, matter.case
    return LetterFacts(
        customer=case.person is not None,
        author=bool(decision.decider.name.strip()),
        issues=tuple(_issue_facts(issue) for issue in matter.issues),
        reasons=bool(decision.reasons.strip()),
        apology=bool(decision.apology.strip()),
        remedies=tuple(_remedy_facts(remedy, matter.at) for remedy in matter.remedies),
        changes=bool(decision.changes.strip()),
        review=True,
        bodies=tuple(
            BodyFacts(has_address=b.has_address, has_deadline=b.has_deadline) for b in matter.bodies
        ),
        language=case.language,
        tongues={tongue_of(text) for text in _texts(matter)},
        thanks=True,
        given_elsewhere=decision.proceeding_id is not None,
    )


def _issue_facts(issue: Issue) -> IssueFacts:
    return IssueFacts(
        facts=bool(issue.what_happened),
        standard=bool(issue.should_have_happened),
        validity=Outcome(issue.validity),
        reasons=bool(issue.reasons),
    )


def _remedy_facts(remedy: Remedy, at: datetime) -> RemedyFacts:
    kind = RemedyKind(remedy.kind)
    return RemedyFacts(
        kind=kind,
        has_amount=remedy.amount is not None,
        has_day=remedy.due_at is not None,
        day_past=remedy.due_at is not None and remedy.due_at <= at,
        has_how=bool(remedy.what),
        has_owner=remedy.owner is not None,
        done_by_letter=is_done_by_letter(kind),
    )


def _texts(matter: _Matter) -> list[str]:
    """Return all that we wrote into the letter ourselves."""
    decision = matter.decision
    found = [
        (issue.what_happened, issue.should_have_happened, issue.reasons) for issue in matter.issues
    ]
    ours = [decision.reasons, decision.apology, decision.changes, decision.proposal.option.what]
    return [*(text for texts in found for text in texts), *ours, *matter.agreed]


def _ours(matter: _Matter) -> str:
    return "\n".join(_texts(matter))


def _bodies(house: Organisation, language: str) -> list[Body]:
    """Return whom a customer may turn to: those we keep and checked, or what the house says."""
    kept = [_body(body, language, house.language) for body in bodies_for(house)]
    said = said_in(language, house.outside_body, house=house.language)
    return kept or ([Body(said, has_address=True, has_deadline=True)] if said else [])


def _body(body: OutsideBody, language: str, house: str) -> Body:
    name, address = (said_in(language, told, house=house) for told in (body.name, body.address))
    where = ", ".join(text for text in (name, address, body.link) if text)
    within = time_to_turn_to(body)
    return Body(
        f"{where}. {within}".strip() if within else f"{where}.",
        has_address=bool(address and body.link),
        has_deadline=bool(within),
    )


def time_to_turn_to(body: OutsideBody) -> str:
    """Return how long one has to turn to `body`, counted from our answer."""
    if body.within is None or not body.within_unit:
        return ""
    number = body.within
    spans = {
        Unit.DAYS: ngettext("%(n)s day", "%(n)s days", number),
        Unit.WEEKS: ngettext("%(n)s week", "%(n)s weeks", number),
        Unit.MONTHS: ngettext("%(n)s month", "%(n)s months", number),
        Unit.YEARS: ngettext("%(n)s year", "%(n)s years", number),
    }
    span = spans[Unit(body.within_unit)] % {"n": number}
    return _("Time to do so, from our answer: %(span)s.") % {"span": span}


def _receiver(case: Case) -> tuple[str, ...]:
    person = case.person
    if person is None:
        return ()
    points = ContactPoint.objects.filter(person=person, kind=PointKind.POSTAL, failed_at=None)
    postal = points.order_by("-added_at", "-pk").values_list("value", flat=True).first()
    return (person.name, *_lines(postal or ""))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace(", ", "\n").splitlines() if line.strip()]


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(block.strip() for block in text.split("\n\n") if block.strip())
