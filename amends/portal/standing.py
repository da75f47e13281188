"""Where a case stands off the straight way, as its customer reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from amends.base.time_words import by_words, day_words
from amends.cases.queries.links import link_of, somebody_else_for
from amends.cases.queries.ways import Way, ruling_of, way_of
from amends.cases.rules.admissibility import Ground
from amends.cases.rules.lifecycle import State, may_follow
from amends.cases.rules.turns import may_reopen
from amends.portal.words import NOT_FOR_US
from amends.staff.queries import organisation

if TYPE_CHECKING:
    from amends.cases.models.case import Case


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence at the head of the page, and where it leads, if anywhere."""

    text: str
    url: str = ""


def standing(case: "Case", *, at: datetime) -> list[Line]:
    """Return what is to be known of where `case` stands; nothing as a rule."""
    way = way_of(case)
    told = [
        _of_wait(case, way, at),
        _of_review(way, at),
        _of_outside(case, way, at),
        _of_the_end(case, way),
    ]
    return [line for line in told if line]


def may_be_reviewed(case: "Case") -> bool:
    """Return whether what was decided can be looked at again from the beginning."""
    return may_follow(State(case.state), State.INTERNAL_REVIEW)


def may_be_looked_at(case: "Case", *, decided: bool, at: datetime) -> bool:
    """Return whether the customer can ask that another person looks at `case`.

    Before there is anything to review, there must be somebody who does not work on it. What a
    letter decided may be looked at after it was closed, too, as long as it may be opened again.
    """
    if case.closed_at:
        lately = may_reopen(case.closed_at, at, days=organisation().reopen_days)
        ruled = case.state == State.OUT_OF_SCOPE and ruling_of(case) is not None
        return may_be_reviewed(case) and (decided or ruled) and lately
    return may_be_reviewed(case) or somebody_else_for(case) is not None


def may_go_outside(case: "Case") -> bool:
    """Return whether an outside body can open on `case` now."""
    return may_follow(State(case.state), State.EXTERNAL)


def _of_wait(case: "Case", way: Way, at: datetime) -> Line | None:
    if way.wait is None:
        return None
    facts = {"what": way.wait.what, "moment": day_words(way.wait.until, at)}
    if case.state == State.WAITING_CUSTOMER:
        return Line(
            _("We wait for this from you until %(moment)s: %(what)s. Add it below.") % facts
        )
    return Line(_("We wait for an answer from somebody else until %(moment)s.") % facts)


def _of_review(way: Way, at: datetime) -> Line | None:
    if way.review is None:
        return None
    facts = {"name": way.review.reviewer.name, "by": by_words(way.review.due_at, at)}
    if way.review.alone:
        return Line(
            _(
                "%(name)s looks at it again from the beginning, for there is no second person "
                "here, and answers you %(by)s."
            )
            % facts
        )
    return Line(
        _("%(name)s, who did not decide it, looks at all of it and answers you %(by)s.") % facts
    )


def _of_outside(case: "Case", way: Way, at: datetime) -> Line | None:
    if way.proceeding is None:
        return None
    facts = {"body": way.proceeding.body, "reference": way.proceeding.reference}
    if case.comply_by is None:
        return Line(_("It is with %(body)s now (%(reference)s).") % facts)
    due = {"award": way.proceeding.award, "by": by_words(case.comply_by, at)}
    return Line(_("%(body)s has decided. We do this %(by)s: %(award)s") % {**facts, **due})


def _of_the_end(case: "Case", way: Way) -> Line | None:
    if way.merged_into:
        text = _("It goes on together with what else you told us, as %(reference)s.")
        theirs = case.person_id is not None and case.person_id == way.merged_into.person_id
        there = link_of(way.merged_into) if theirs else ""
        return Line(text % {"reference": way.merged_into.reference}, there)
    if way.forwarding:
        text = _("%(name)s has it now; %(who)s took it there. %(reason)s")
        facts = {"name": way.forwarding.to, "who": way.forwarding.accepted_by}
        return Line(text % {**facts, "reason": case.ended_reason})
    if case.state == State.OUT_OF_SCOPE:
        ground = Ground(way.ruling.ground) if way.ruling else Ground.NOT_OURS
        facts = {"reason": case.ended_reason, "signpost": case.signpost}
        return Line(NOT_FOR_US[ground] % facts)
    return None
