"""Whom a customer may turn to outside, and our own lists of products and topics."""

from django.db.models import Q, QuerySet

from amends.cases.models.deciding import OutsideBody
from amends.cases.models.findings import Heading
from amends.cases.rules.findings import Shelf
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act


def bodies_for(house: Organisation) -> QuerySet[OutsideBody]:
    """Return the outside bodies that letters of `house` name, those of its trade first."""
    trades = Q(trade=house.trade) | Q(trade="")
    return OutsideBody.objects.filter(trades, country=house.country, active=True).order_by(
        "-trade", "pk"
    )


def bodies_kept(staff: Staff, house: Organisation) -> QuerySet[OutsideBody]:
    """Return all outside bodies kept, those of the house's own country first."""
    if not staff.may(Act.EDIT_AUTHORITY):
        return OutsideBody.objects.none()
    own = Q(country=house.country)
    return OutsideBody.objects.annotate(own=own).order_by("-own", "country", "trade", "pk")


def body_kept(staff: Staff, pk: int) -> OutsideBody:
    """Return one outside body.

    Raises OutsideBody.DoesNotExist.
    """
    if not staff.may(Act.EDIT_AUTHORITY):
        raise OutsideBody.DoesNotExist
    return OutsideBody.objects.get(pk=pk)


def headings(shelf: Shelf) -> QuerySet[Heading]:
    """Return the open headings of one list, each level by name."""
    open_ = Heading.objects.filter(shelf=shelf, closed_at=None)
    return open_.select_related("under").order_by("under__name", "name")


def heading_kept(staff: Staff, pk: int) -> Heading:
    """Return one open heading of our lists.

    Raises Heading.DoesNotExist.
    """
    if not staff.may(Act.EDIT_AUTHORITY):
        raise Heading.DoesNotExist
    return Heading.objects.get(pk=pk, closed_at=None)
