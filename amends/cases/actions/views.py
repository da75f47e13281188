"""Keeping views of cases: saving, sharing, copying, and having them at hand."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.events.views import (
    PinMoved,
    ViewPinned,
    ViewSaved,
    ViewShared,
    ViewThrownAway,
    ViewUnpinned,
)
from amends.cases.models.fields import CustomField
from amends.cases.models.views import PinnedView, SavedView
from amends.cases.rules.shipped import Shipped
from amends.cases.rules.views import LONGEST_NAME, Look, Shared, is_offered, written
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff, Team
from amends.staff.rules.permissions import Act

MOST_VIEWS = 100


class ViewNameNeeded(Refused):
    text = _("Give the view a name.")


class NotOfTheSet(Refused):
    text = _("A filter or a column of this view is not offered. Look at each of them again.")


class NotYourView(Refused):
    text = _("This view belongs to %(name)s. Make a copy, and change that.")


class NotYourTeam(Refused):
    text = _("You can share a view with a team that you belong to.")


class NotForAll(Refused):
    text = _("Only somebody who gives cases to others can share a view with everybody.")


class TooManyViews(Refused):
    text = _("You keep %(most)s views already. Throw one away first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """With whom a view is shared; the team, if it is one."""

    shared: Shared
    team: Team | None = None


@transaction.atomic
def save_view(
    view: SavedView | None, *, name: str, look: Look, by: Staff, at: datetime
) -> SavedView:
    """Keep a view for `by`, or change one of theirs, and return it.

    Raises NotAllowed, NotYourView, ViewNameNeeded, NotOfTheSet, TooManyViews.
    """
    require(by, Act.SEE_CASES)
    if view is not None:
        _must_be_theirs(view, by)
    called = " ".join(name.split())[:LONGEST_NAME]
    if not called:
        raise ViewNameNeeded
    if not is_offered(look, set(CustomField.objects.values_list("pk", flat=True))):
        raise NotOfTheSet
    if view is None and by.saved_views.count() >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    kept = view or SavedView(owner=by, made_at=at)
    kept.name, kept.changed_at = called, at
    for column, value in written(look).items():
        setattr(kept, column, value)
    kept.save()
    record(ViewSaved(view_id=kept.pk), by=by, at=at)
    return kept


@transaction.atomic
def share_view(view: SavedView, *, sharing: Sharing, by: Staff, at: datetime) -> SavedView:
    """Share a view with a team or with everybody, or with nobody any more, and return it.

    Who sees it sees in it only the cases that they may see.

    Raises NotAllowed, NotYourView, NotYourTeam, NotForAll.
    """
    require(by, Act.SEE_CASES)
    _must_be_theirs(view, by)
    team = sharing.team if sharing.shared is Shared.TEAM else None
    if sharing.shared is Shared.TEAM and not (
        team and by.teams.filter(pk=team.pk, closed_at=None).exists()
    ):
        raise NotYourTeam
    if sharing.shared is Shared.ALL and not by.may(Act.ASSIGN_CASE):
        raise NotForAll
    view.shared, view.team, view.changed_at = sharing.shared, team, at
    view.save(update_fields=["shared", "team", "changed_at"])
    told = ViewShared(view_id=view.pk, shared=sharing.shared, team_id=team.pk if team else None)
    record(told, by=by, at=at)
    return view


@transaction.atomic
def throw_view_away(view: SavedView, *, by: Staff, at: datetime) -> None:
    """Keep a view no more; whoever had it at hand has it no more either.

    Raises NotAllowed, NotYourView.
    """
    require(by, Act.SEE_CASES)
    _must_be_theirs(view, by)
    record(ViewThrownAway(view_id=view.pk), by=by, at=at)
    view.delete()


@transaction.atomic
def pin_view(view: SavedView | Shipped, *, by: Staff, at: datetime) -> PinnedView:
    """Have a view among the lists of one's Inbox, as the last one, and return the pin.

    Raises NotAllowed.
    """
    require(by, Act.SEE_CASES)
    last = by.pinned_views.aggregate(last=Max("position"))["last"] or 0
    pin, _new = PinnedView.objects.get_or_create(
        staff=by, **_which(view), defaults={"position": last + 1}
    )
    record(ViewPinned(name=str(pin), staff_id=by.pk), by=by, at=at)
    return pin


@transaction.atomic
def unpin_view(view: SavedView | Shipped, *, by: Staff, at: datetime) -> None:
    """Have a view among the lists of one's Inbox no more.

    Raises NotAllowed.
    """
    require(by, Act.SEE_CASES)
    for pin in PinnedView.objects.filter(staff=by, **_which(view)):
        record(ViewUnpinned(name=str(pin), staff_id=by.pk), by=by, at=at)
        pin.delete()


@transaction.atomic
def move_pin_up(view: SavedView | Shipped, *, by: Staff, at: datetime) -> None:
    """Put a view that one has at hand before the one that stands before it.

    Raises NotAllowed.
    """
    require(by, Act.SEE_CASES)
    pins = list(by.pinned_views.select_for_update().order_by("position", "pk"))
    which = _which(view)
    place = next((n for n, pin in enumerate(pins) if _is(pin, which)), 0)
    if place == 0:
        return
    pins[place - 1], pins[place] = pins[place], pins[place - 1]
    for number, pin in enumerate(pins, start=1):
        pin.position = number
    PinnedView.objects.bulk_update(pins, ["position"])
    record(PinMoved(name=str(pins[place - 1]), staff_id=by.pk), by=by, at=at)


def _must_be_theirs(view: SavedView, by: Staff) -> None:
    if view.owner_id != by.pk:
        raise NotYourView(name=view.owner.name)


def _which(view: SavedView | Shipped) -> dict[str, object]:
    if isinstance(view, Shipped):
        return {"view": None, "shipped": view.value}
    return {"view": view, "shipped": ""}


def _is(pin: PinnedView, which: dict[str, object]) -> bool:
    return pin.view == which["view"] and pin.shipped == which["shipped"]
