"""What a final response says that stands in the place of an earlier one; in the active language."""

from datetime import datetime

from django.utils.translation import gettext as _

from amends.base.time_words import by_words, date_words
from amends.cases.models.deciding import Decision
from amends.cases.models.turns import InternalReview, OutsideProceeding
from amends.cases.queries.letters import house_time
from amends.cases.queries.links import link_of
from amends.cases.rules.final_letter import Part


def is_anew(decision: Decision) -> bool:
    """Return whether `decision` stands in the place of an earlier one."""
    return decision.review is not None or decision.proceeding is not None


def subject_anew(decision: Decision) -> str:
    """Return the subject of a letter that stands in the place of an earlier one."""
    reference = {"reference": decision.case.reference}
    if decision.proceeding:
        return _("What we do now on your complaint, %(reference)s") % reference
    return _("Our new answer to your complaint, %(reference)s") % reference


def opening_anew(decision: Decision) -> str:
    """Return why we write again."""
    if decision.review:
        return _looked_again(decision.review)
    return _decided_there(decision.proceeding) if decision.proceeding else ""


def decided_outside(decision: Decision) -> Part:
    """Return what an outside body decided, as it told us; empty if none did."""
    proceeding = decision.proceeding
    if proceeding is None:
        return Part()
    return Part(
        title=_("What %(body)s decided") % {"body": proceeding.body},
        paragraphs=(proceeding.reasons,),
    )


def given_outside(decision: Decision, at: datetime) -> tuple[str, ...]:
    """Return what we do as an outside body decided, with its day and who sees to it."""
    proceeding, owner = decision.proceeding, decision.case.owner
    if proceeding is None or proceeding.comply_by is None:
        return ()
    by = by_words(house_time(proceeding.comply_by), at)
    facts = {"what": proceeding.award.rstrip("."), "by": by}
    facts["who"] = owner.name if owner else decision.decider.name
    return (_("%(what)s, %(by)s. %(who)s sees to it.") % facts,)


def rights_anew(decision: Decision) -> str:
    """Return what a customer can do who does not agree: here it was looked at twice."""
    link = {"link": link_of(decision.case)}
    if decision.proceeding:
        return (
            _(
                "If we do not do what was decided, or it is not right yet, tell us at once: "
                "answer this letter, or open %(link)s"
            )
            % link
        )
    return (
        _(
            "Here it was looked at twice. If you do not agree, you need not wait for us and may "
            "turn outside at once. You can also answer this letter, or open %(link)s"
        )
        % link
    )


def _looked_again(review: InternalReview) -> str:
    asked = {"day": date_words(house_time(review.asked_at))}
    if review.alone:
        return (
            _(
                "On %(day)s you asked us to look at our decision again. There is no second person "
                "here, so I have looked at all of it once more myself, from the beginning. This "
                "answer stands in the place of the first."
            )
            % asked
        )
    return (
        _(
            "On %(day)s you asked that another person looks at our decision. I had not decided it, "
            "and have looked at all of it from the beginning. This answer stands in the place of "
            "the first."
        )
        % asked
    )


def _decided_there(proceeding: OutsideProceeding) -> str:
    facts = {"body": proceeding.body, "reference": proceeding.reference}
    return (
        _(
            "You turned to %(body)s (%(reference)s), and it has decided. This letter says what we "
            "do now; it stands in the place of our earlier answer."
        )
        % facts
    )
