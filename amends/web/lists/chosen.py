"""Which view an address names: one that somebody keeps, by its key, or one that everybody has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse

from amends.cases.queries.views import pins_of, view_for
from amends.cases.rules.shipped import LOOKS, Shipped
from amends.cases.rules.views import Look, Shared
from amends.web.acts import found
from amends.web.templatetags.amends import Tab
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.views import SavedView
    from amends.staff.models import Staff


@dataclass(frozen=True, slots=True)
class Chosen:
    """One view. name: as it stands in its address. kept: the row, or which of everybody's it is."""

    name: str
    title: str
    look: Look
    kept: "SavedView | Shipped"
    owner: str = ""
    shared: str = ""
    is_mine: bool = False

    @property
    def row(self) -> "SavedView | None":
        """The row of a view that somebody keeps; None of one that everybody has."""
        return None if isinstance(self.kept, Shipped) else self.kept

    @property
    def url(self) -> str:
        return reverse("view", args=[self.name])


def chosen_for(staff: "Staff", name: str) -> Chosen:
    """Return the view that `name` names, or answer that there is no such page."""
    for shipped in Shipped:
        if shipped.value == name:
            return of_all(shipped)
    if not (name.isascii() and name.isdigit() and len(name) < 19):  # noqa: PLR2004 - of a bigint
        raise Http404
    return saved(found(lambda: view_for(staff, int(name))), staff)


def of_all(shipped: Shipped) -> Chosen:
    """Return one of the views that everybody has."""
    return Chosen(shipped.value, word(shipped), LOOKS[shipped], shipped)


def saved(view: "SavedView", staff: "Staff") -> Chosen:
    """Return a view that somebody keeps."""
    return Chosen(
        name=str(view.pk),
        title=view.name,
        look=view.look,
        kept=view,
        owner=view.owner.name,
        shared=view.team.name if view.team else word(Shared(view.shared)),
        is_mine=view.owner_id == staff.pk,
    )


def pinned_tabs(staff: "Staff", *, here: str = "") -> Sequence[Tab]:
    """Return what `staff` has at hand, as tabs beside the lists of the Inbox."""
    tabs = []
    for pin in pins_of(staff):
        name = pin.shipped or str(pin.view_id)
        title = pin.view.name if pin.view else word(Shipped(pin.shipped))
        tabs.append(Tab(title, reverse("view", args=[name]), current=name == here))
    return tabs
