"""Where a case stands that left the straight way, and what can be done there."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from amends.base.time_words import date_words, day_words
from amends.cases.queries.deciders import asked_to_look_at
from amends.cases.queries.ways import Way as Stands
from amends.cases.rules.admissibility import Ground, Ruled
from amends.cases.rules.kinds import How
from amends.cases.rules.lifecycle import AWAITING, State, may_follow
from amends.cases.rules.sentences import ended_once
from amends.cases.rules.turns import MAY_BE_SPLIT, TO_UNDO_SPLIT
from amends.cases.rules.weighing import Consent
from amends.staff.rules.permissions import Act
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.queries.file_lines import Standing
    from amends.web.cases.rail.desk import Desk, Way


def awaited(desk: "Desk") -> "list[Way]":
    return [
        desk.way(_("It came, or we go on"), "wait-over", key="F8"),
        desk.way(_("Log a call"), "call"),
    ]


def tell_them(desk: "Desk") -> "list[Way]":
    return [desk.way(_("Write to them"), "reply", key="F8"), desk.way(_("Log a call"), "call")]


def review(desk: "Desk") -> "list[Way]":
    return [desk.way(_("Write down what you came to"), "review-done", key="F8")]


def outside(desk: "Desk") -> "list[Way]":
    return [
        desk.way(_("I have asked"), "outside-asked", key="F8"),
        desk.way(_("They have decided"), "outside-decided"),
    ]


def tell_decision(desk: "Desk") -> "list[Way]":
    return [desk.way(_("Write the letter"), "write-anew", key="F8")]


def comply(desk: "Desk") -> "list[Way]":
    return [desk.way(_("It is done"), "comply", key="F9")]


def more(desk: "Desk") -> "list[Way]":
    """Return what is seldom done with an open case: only what its state lets be done now."""
    state = State(desk.case.state)
    looks = state is State.INVESTIGATING
    waits = state in AWAITING
    offered = [
        (_("Look into it by a plan"), "plan", looks or may_follow(state, State.INVESTIGATING)),
        (_("Wait for somebody"), "wait", looks),
        (_("What we wait for came"), "wait-over", waits),
        (_("Pass it on to who answers for it"), "forward", may_follow(state, State.FORWARDED)),
        (_("Not for us to decide"), "out-of-scope", _may_be_sent_away(state)),
        (_("Look at it all the same"), "in-spite", desk.care.file.ruling is None),
        (_("It does not stand in the way"), "admit", desk.care.file.ruling is not None),
        (_("Another person looks at it"), "review", may_follow(state, State.INTERNAL_REVIEW)),
        (_("It is with an outside body"), "outside", may_follow(state, State.EXTERNAL)),
        (_("Join it to another case"), "merge", may_follow(state, State.MERGED)),
        (_("Split it in two"), "split", state in MAY_BE_SPLIT and len(desk.care.file.issues) > 1),
        (_("Move a contact to another case"), "move", True),
        (_("Put it back to where it came from"), "put-back", _may_be_put_back(desk)),
        (_("Link another case"), "link-other", True),
        (_("It is something else"), "kind", True),
        (_("May others be told of it?"), "publication", True),
        (_("Who had a hand in it"), "contribution", True),
        (_("A lesson for next time"), "lesson", True),
        (_("Its procedure"), "procedure", True),
        (_("A new address of their page"), "new-address", True),
        (_("The whole case as one file"), "bundles", desk.staff.may(Act.HAND_OUT_CASE)),
    ]
    return [desk.way(label, act) for label, act, holds in offered if holds]


def _may_be_sent_away(state: State) -> bool:
    return state is not State.INTERNAL_REVIEW and may_follow(state, State.OUT_OF_SCOPE)


def _may_be_put_back(desk: "Desk") -> bool:
    case = desk.case
    return case.split_from_id is not None and desk.now - case.registered_at <= TO_UNDO_SPLIT


def after_the_end(desk: "Desk") -> "list[Way]":
    """Return what may still be done with a case that has ended."""
    state, staff = State(desk.case.state), desk.staff
    if desk.case.is_open or not staff.may(Act.WORK_ON_CASE):
        return []
    offered = [
        (_("Part it from the other case"), "part", state is State.MERGED),
        (_("Ask once more"), "asked", _asks_later(desk)),
        (_("A new case that follows"), "next", state is not State.MERGED),
        (_("It is with an outside body"), "outside", may_follow(state, State.EXTERNAL)),
        (_("Count the cause"), "cause", state is not State.MERGED),
        (_("Who had a hand in it"), "contribution", state is not State.MERGED),
        (_("What they got in the end"), "relief", state is State.CLOSED),
        (_("May others be told of it?"), "publication", True),
        (_("A lesson for next time"), "lesson", True),
        (_("The whole case as one file"), "bundles", staff.may(Act.HAND_OUT_CASE)),
    ]
    return [desk.way(label, act) for label, act, holds in offered if holds]


def _asks_later(desk: "Desk") -> bool:
    """Return whether it is asked once more, some weeks after the end, whether it is put right."""
    asked = desk.care.file.follow_ups
    return any(each.answered_at is None and each.dropped_at is None for each in asked)


def standing(desk: "Desk", stands: Stands) -> list[str]:
    """Return what is to be known of where the case stands, a sentence each; none as a rule."""
    told = (
        _of_wait(desk, stands),
        _of_review(desk, stands),
        _of_outside(desk, stands),
        _of_the_end(desk, stands),
        _of_ruling(desk),
        _of_publication(desk),
    )
    return [sentence for sentence in told if sentence]


def asked_to_look(desk: "Desk") -> str:
    """Return who was asked to look at it with other eyes, while what the customer wrote waits."""
    written = desk.care.file.written_at
    somebody = asked_to_look_at(desk.case, since=written[0]) if written else None
    if somebody is None:
        return ""
    text = _("They ask that another person looks at it. %(name)s was asked, and answers them.")
    return text % {"name": somebody.name}


def _of_wait(desk: "Desk", stands: Stands) -> str:
    if stands.wait is None:
        return ""
    return _(
        "We wait for %(what)s, from %(whom)s, until %(moment)s. "
        "What was promised and what the law asks goes on."
    ) % {
        "what": stands.wait.what,
        "whom": stands.wait.whom,
        "moment": day_words(stands.wait.until, desk.now),
    }


def _of_review(desk: "Desk", stands: Stands) -> str:
    if stands.review is None:
        return ""
    facts = {
        "name": stands.review.reviewer.name,
        "moment": day_words(stands.review.due_at, desk.now),
        "reason": stands.review.reason,
    }
    if stands.review.alone:
        return _("%(name)s looks at it again, alone here, until %(moment)s: %(reason)s") % facts
    return _("%(name)s, who did not decide it, looks at it until %(moment)s: %(reason)s") % facts


def _of_outside(desk: "Desk", stands: Stands) -> str:
    if stands.proceeding is None:
        return ""
    facts = {
        "body": stands.proceeding.body,
        "reference": stands.proceeding.reference,
        "award": stands.proceeding.award,
    }
    if desk.case.comply_by is None:
        return (
            _("%(body)s looks at it (%(reference)s). Nothing of it is deleted meanwhile.") % facts
        )
    until = {"moment": day_words(desk.case.comply_by, desk.now)}
    return _("%(body)s decided. By %(moment)s we do: %(award)s") % {**facts, **until}


def _of_publication(desk: "Desk") -> str:
    """Return what the customer said to their story being told; nothing while nobody asked."""
    case = desk.case
    if not case.publication_at:
        return ""
    return _("May others be told of it? %(said)s (%(how)s, %(day)s)") % {
        "said": word(Consent(case.publication_consent)),
        "how": word(How(case.publication_how)),
        "day": date_words(case.publication_at),
    }


def _of_ruling(desk: "Desk") -> str:
    """Return what was decided on whether it is looked at, by whom and why."""
    ruling = desk.care.file.ruling
    if ruling is None:
        return ""
    facts = {
        "ground": word(Ground(ruling.ground)),
        "name": ruling.by,
        "day": date_words(ruling.at),
        "reasons": ruling.reasons,
    }
    if ruling.ruled == Ruled.IN_SPITE:
        text = _("%(name)s looks at it in spite of this, since %(day)s: %(ground)s. %(reasons)s")
    else:
        text = _("%(name)s decided on %(day)s that it is not for us: %(ground)s. %(reasons)s")
    return " ".join([text % facts, *_days_of(ruling)])


def _days_of(ruling: "Standing") -> list[str]:
    """Return the days on which a ruling rests, and the earlier case, a sentence each."""
    days = (
        (_("It happened on %(day)s."), ruling.happened_on),
        (_("They learned of it on %(day)s."), ruling.aware_on),
        (_("They first complained on %(day)s."), ruling.complained_on),
    )
    told = [ended_once(text % {"day": date_words(day)}) for text, day in days if day]
    if ruling.earlier:
        told.append(_("Decided before: %(reference)s.") % {"reference": ruling.earlier})
    return told


def _of_the_end(desk: "Desk", stands: Stands) -> str:
    if stands.merged_into:
        return _("It goes on in %(reference)s.") % {"reference": stands.merged_into.reference}
    if stands.forwarding:
        return _("%(name)s has it; %(who)s took it there.") % {
            "name": stands.forwarding.to,
            "who": stands.forwarding.accepted_by,
        }
    if desk.case.signpost:
        return _("They were directed to: %(signpost)s") % {"signpost": desk.case.signpost}
    return ""
