"""How a customer found the way we dealt with them, in their own words."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.said_along import add_said_along
from amends.cases.actions.within import locked
from amends.cases.events.own_words import CaseRated
from amends.cases.models.promises import FollowUp
from amends.cases.models.read_back import Rating
from amends.cases.rules.kinds import Satisfaction
from amends.cases.rules.turns import may_reopen
from amends.journal.actions import Actor, record
from amends.staff.queries import organisation


class NotAnsweredYet(Refused):
    text = _("First tell us whether it is put right.")


class RatedLongAgo(Refused):
    text = _("What you told us then stands. Write to us if there is more to say.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How satisfied a customer is with how we dealt with it, and why, in their words."""

    satisfaction: Satisfaction
    words: str = ""


@transaction.atomic
def rate(follow_up: FollowUp, *, rated: Rated, by: Actor, at: datetime) -> Rating:
    """Write down how the customer found the way we dealt with it, and return it.

    Once for each time they were asked whether it is put right; until the time is over in which a
    case is opened again they may say it anew. New words of theirs are read like any others; those
    of somebody satisfied wait for no answer.

    Raises NotAnsweredYet, RatedLongAgo.
    """
    case = locked(follow_up.case)
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if follow_up.answered_at is None:
        raise NotAnsweredYet
    if not may_reopen(follow_up.answered_at, at, days=organisation().reopen_days):
        raise RatedLongAgo
    before = Rating.objects.filter(follow_up=follow_up).first()
    rating = before or Rating(follow_up=follow_up, at=at)
    is_new = rated.words.strip() not in {"", rating.words}
    rating.satisfaction, rating.words = rated.satisfaction, rated.words.strip()
    rating.changed_at = at if before else None
    rating.save()
    record(
        CaseRated(case_id=case.pk, rating_id=rating.pk, satisfaction=rating.satisfaction),
        by=by,
        at=at,
    )
    if is_new:
        add = add_said_along if rated.satisfaction is Satisfaction.SATISFIED else add_words
        add(case, words=rated.words, by=by, at=at)
    return rating
