"""The first half of a whole case on paper: who, what about, and all that was said."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amends.base.language_words import language_word
from amends.base.time_words import span_words
from amends.cases.queries.bundles import side_of_customer
from amends.cases.rules.bundle import Item
from amends.cases.rules.findings import Expectation
from amends.cases.rules.kinds import CaseKind, CheckLevel, Outcome, Part
from amends.cases.rules.lifecycle import State
from amends.cases.rules.weighing import Relief
from amends.contacts.rules.kinds import Channel, Direction, MailState, Source
from amends.contacts.rules.quotes import Said, pieces_of
from amends.people.rules.kinds import PointKind
from amends.staff.queries import organisation
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
from amends.web.cases.timeline import CAME, SPOKEN
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Issue, PartyOfCase
    from amends.cases.models.contributing import Contribution
    from amends.contacts.models import Contact
    from amends.people.models import Person
    from amends.web.bundles.plan import Plan

LONGEST_ON_PAPER = 60_000


def cover(plan: "Plan") -> list[tuple[str, str]]:
    """Return what stands on the first page, line by line."""
    case, bundle = plan.bundle.case, plan.bundle
    person = case.person
    proceeding = bundle.proceeding
    ended = moment(case.closed_at)
    about = ngettext("%(n)s contact", "%(n)s contacts", len(plan.whole.contacts))
    contacts = about % {"n": len(plan.whole.contacts)}
    lines = (
        (_("For"), bundle.to),
        (_("Their reference"), proceeding.reference if proceeding else ""),
        (_("Our reference"), case.reference),
        (_("Kind"), word(CaseKind(case.kind))),
        (_("Customer"), person.name if person else case.unreachable),
        (_("About whom"), ", ".join(_about(plan))),
        (_("Received"), moment(case.received_at)),
        (_("State"), word(State(case.state))),
        (_("Ended"), ended),
        (_("Contacts"), contacts),
        (_("Made by"), bundle.asked_by.name if bundle.asked_by else ""),
        (_("Organisation"), organisation().name),
    )
    return [(label, text) for label, text in lines if text]


def title(plan: "Plan") -> str:
    """Return what the case is called: its first words, unless what they begin stays here."""
    case = plan.bundle.case
    return case.gist if first_story(plan) else word(CaseKind(case.kind)).capitalize()


def _about(plan: "Plan") -> list[str]:
    parties = [each for each in plan.whole.parties if each.part == Part.COMPLAINED_ABOUT]
    return [_name_of(each) for each in parties]


def parties(plan: "Plan") -> Section:
    """Return who is in the case and as what; how to reach the customer's side, and nobody else."""
    whole, case = plan.whole, plan.bundle.case
    theirs = side_of_customer(case)
    rows = [(_("Customer"), case.person.name, _reached(case.person))] if case.person else []
    rows += [
        (
            word(Part(each.part)).capitalize(),
            _name_of(each),
            _reached(each.person) if each.person and each.person_id in theirs else "",
        )
        for each in whole.parties
        if each.person_id is None or each.person_id != case.person_id
    ]
    checks = [
        _("%(moment)s: %(name)s, %(level)s, %(method)s. Checked by %(who)s.")
        % {
            "moment": moment(each.at),
            "name": each.person.name,
            "level": word(CheckLevel(each.level)),
            "method": each.method,
            "who": each.by.name,
        }
        for each in whole.checks
    ]
    return section(
        _("Who is in it"),
        table((_("As"), _("Name"), _("How to reach them")), rows, widths=(3, 4, 6)),
        *_views(plan),
        heading(_("Whom we spoke with: how that was checked")) if checks else None,
        points(checks),
    )


def _views(plan: "Plan") -> Iterator[Block]:
    for each in plan.whole.parties:
        if each.their_view:
            yield words(
                each.their_view,
                head=_("%(name)s, heard %(moment)s")
                % {"name": _name_of(each), "moment": moment(each.heard_at)},
            )


def _name_of(party: "PartyOfCase") -> str:
    one = party.person or party.staff
    return one.name if one else ""


def _reached(person: "Person") -> str:
    shown = [PointKind.EMAIL, PointKind.TELEPHONE, PointKind.POSTAL]
    ways = person.points.filter(failed_at=None, kind__in=shown).order_by("kind", "pk")
    return ", ".join(ways.values_list("value", flat=True))


def complained(plan: "Plan") -> Section:
    """Return each thing complained of, and what was found on it."""
    whole, case = plan.whole, plan.bundle.case
    blocks: list[Block | None] = []
    for number, issue in enumerate(whole.issues, start=1):
        blocks += [heading(f"{number}. {issue.statement}"), _found(issue, plan)]
    others = whole.others
    return section(
        _("What is complained of, and what was found"),
        para(title(plan)) if not whole.issues else None,
        pairs(
            (_("Outcome"), word(Outcome(case.outcome)) if case.outcome else ""),
            (_("Happened on"), day(case.happened_on)),
            (_("Known to them since"), day(case.aware_on)),
        ),
        *blocks,
        heading(_("Who had a hand in it")) if whole.contributions else None,
        points(_hand(each) for each in whole.contributions),
        heading(_("Others to whom the same happened")) if others else None,
        pairs(
            (_("How many"), str(others.how_many)),
            (_("How they were found"), others.found_how),
            (_("What they get"), others.they_get),
        )
        if others
        else None,
    )


def _hand(contribution: "Contribution") -> str:
    """Return a step of the service behind the case: whose it was, and whether it went wrong."""
    one = contribution.department or contribution.supplier
    said = f"{contribution.step}: {one.name if one else ''}"
    wrong = _("it went wrong there")
    return f"{said} ({wrong})" if contribution.went_wrong else said


def _found(issue: "Issue", plan: "Plan") -> Block | None:
    where = (issue.product, issue.sub_product, issue.topic, issue.sub_topic)
    about = (each for each in plan.whole.evidence if each.issue_id == issue.pk)
    pieces = [each.what for each in about if plan.out(Item.EVIDENCE, each.pk)]
    return pairs(
        (_("Where"), " · ".join(name for name in where if name)),
        (_("What happened"), issue.what_happened),
        (_("What should have happened"), issue.should_have_happened),
        (_("Finding"), word(Outcome(issue.validity))),
        (_("Why"), issue.reasons),
        (_("Expectations broken"), ", ".join(word(Expectation(each)) for each in issue.broken)),
        (_("Evidence"), "; ".join(pieces)),
        (_("Found"), moment(issue.found_at)),
    )


def wished(plan: "Plan") -> Section:
    """Return what the customer needs and asks for, and what both sides agree on."""
    case = plan.bundle.case
    not_said = _("They did not say.") if case.remedy_not_said else ""
    return section(
        _("What they need and ask for"),
        pairs(
            (_("What would put it right"), case.requested_remedy or not_said),
            (_("What that comes to"), ", ".join(word(RemedyKind(each)) for each in case.requested)),
            (pgettext("of a customer", "Need"), case.need),
            (pgettext("of a customer", "Wish"), case.wish),
            (pgettext("of a customer", "Requirement"), case.requirement),
            (pgettext("of a customer", "Expectation"), case.expectation),
            (_("Needed by"), moment(case.need_by)),
            (_("Why by then"), case.need_reason),
            (_("What they got in the end"), word(Relief(case.relief)) if case.relief else ""),
        ),
        heading(_("What both sides agree on")) if plan.whole.agreed else None,
        points(point.text for point in plan.whole.agreed),
    )


def first_story(plan: "Plan") -> "Contact | None":
    """Return the contact in which the customer first told it, if what was said then leaves."""
    told = (each for each in plan.whole.contacts if each.direction == Direction.IN)
    first = next((each for each in told if getattr(each, "words", None)), None)
    return first if first and plan.out(Item.CONTACT, first.pk) else None


def story(plan: "Plan") -> Section:
    """Return the story as the customer first told it, and where it comes from."""
    first = first_story(plan)
    if first is None:
        return section(_("The story in their own words"), para(_("Nothing of it leaves here.")))
    return section(_("The story in their own words"), *_told(plan, first))


def contacts(plan: "Plan") -> Section:
    """Return every contact that leaves, in order: who, when, how, and what was said."""
    first = first_story(plan)
    letters = {response.contact_id for response in plan.whole.responses}
    blocks: list[Block | None] = []
    for number, contact in enumerate(plan.whole.contacts, start=1):
        if not plan.out(Item.CONTACT, contact.pk):
            left = _("%(number)s. A contact is left out: %(moment)s")
            blocks.append(para(left % {"number": number, "moment": moment(contact.started_at)}))
        elif first and contact.pk == first.pk:
            said = _("%(number)s. The story above: %(moment)s")
            blocks.append(para(said % {"number": number, "moment": moment(contact.started_at)}))
        elif contact.pk in letters:
            said = _("%(number)s. The final response, which stands below: %(moment)s")
            blocks.append(para(said % {"number": number, "moment": moment(contact.started_at)}))
        else:
            blocks += _told(plan, contact, number)
    return section(_("Every contact"), *blocks)


def _told(plan: "Plan", contact: "Contact", number: int = 0) -> Iterator[Block]:
    channel, direction = Channel(contact.channel), Direction(contact.direction)
    text, folded = _visible(plan.said_in(contact))
    if len(text) > LONGEST_ON_PAPER:
        text = f"{text[:LONGEST_ON_PAPER]} …"
        folded = _("The rest stands in the text file of this contact.")
    head = f"{_author(contact)} {CAME[channel, direction]}"
    yield words(
        text or contact.subject or contact.gist,
        head=f"{number}. {head}" if number else head,
        foot=[part for part in (*_source(contact), folded, *_files(plan, contact)) if part],
        ours=direction is Direction.OUT and channel not in SPOKEN,
    )
    for remark in contact.notes.all():
        if plan.out(Item.REMARK, remark.pk):
            yield words(remark.text, head=_("Noted by %(name)s") % {"name": remark.by.name})


def _visible(said: str) -> tuple[str, str]:
    """Return what its writer wrote, and a line that tells how much quoted history is folded."""
    pieces = pieces_of(said)
    own = "\n\n".join(
        said[piece.start : piece.end].strip() for piece in pieces if piece.said is not Said.QUOTED
    ).strip()
    quoted = [said[piece.start : piece.end] for piece in pieces if piece.said is Said.QUOTED]
    number = sum(len(text.strip().splitlines()) for text in quoted)
    folded = ngettext(
        "%(n)s line of quoted history is left out here",
        "%(n)s lines of quoted history are left out here",
        number,
    )
    return own, folded % {"n": number} if number else ""


def _author(contact: "Contact") -> str:
    if contact.direction == Direction.OUT:
        return contact.handled_by.name if contact.handled_by else organisation().name
    return contact.person.name if contact.person else contact.sender_name or _("Somebody")


def _source(contact: "Contact") -> Iterator[str]:
    said = getattr(contact, "words", None)
    mail = getattr(contact, "mail", None)
    yield moment(contact.started_at)
    lasted = contact.ended_at - contact.started_at
    if contact.channel in SPOKEN and lasted:
        yield span_words(lasted)
    if contact.speaks_for:
        yield _("for %(name)s") % {"name": contact.speaks_for.name}
    if said and contact.direction == Direction.IN:
        yield word(Source(said.source))
        yield _("sealed %(moment)s") % {"moment": moment(said.sealed_at)}
        if said.read_back_at:
            yield _("read back and confirmed %(time)s") % {"time": moment(said.read_back_at)}
    if mail:
        yield word(MailState(mail.state))
    if contact.language:
        yield _("in %(language)s") % {"language": language_word(contact.language)}


def _files(plan: "Plan", contact: "Contact") -> Iterator[str]:
    for file in contact.attachments.all():
        if plan.out(Item.FILE, file.pk):
            yield _("with the file %(name)s") % {"name": file.name}
