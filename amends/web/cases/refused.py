"""What to do now where a step was refused: the way that stands beside the refusal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.admissibility import SoAlready
from amends.cases.actions.assessment import CustomerNeeded, SecondPairOfEyesNeeded, WishNeeded
from amends.cases.actions.bundles import KeptUntilFoundOn
from amends.cases.actions.closing import ClosedTooLongAgo, NotReadyToClose
from amends.cases.actions.deciding import NothingDecided, NotReadyToDecide
from amends.cases.actions.fulfilling import RemedyUnplanned, WaitsForTheirYes
from amends.cases.actions.investigating import AssessFirst, NotWaiting
from amends.cases.actions.merging import AnotherCustomer
from amends.cases.actions.ownership import NobodyOwnsIt
from amends.cases.actions.parties import NothingSaidYet
from amends.cases.actions.proposing import NothingProposed, NotReadyToPropose
from amends.cases.actions.reviewing import ReviewOver
from amends.cases.actions.splitting import TooLateToSplit
from amends.cases.actions.within import (
    CaseHasEnded,
    NotAdmissible,
    NotBeforeAnother,
    NotTheOrder,
    StillOwed,
)
from amends.web.cases.rail.desk import Way

if TYPE_CHECKING:
    from amends.cases.models.case import Case

# What was refused, the words of what to do now, and where that is done on the case.
_WAYS: Mapping[type[Refused], tuple[Words, str]] = {
    AnotherCustomer: (_("Link the two"), "case-link-other"),
    SoAlready: (_("Take that back"), "case-admit"),
    AssessFirst: (_("Say how grave it is"), "case-assess"),
    CaseHasEnded: (_("Open it again"), "case-reopen"),
    ClosedTooLongAgo: (_("A new case that follows"), "case-next"),
    CustomerNeeded: (_("Say who it is"), "case-customer"),
    NobodyOwnsIt: (_("Take it"), "case-take"),
    NotAdmissible: (_("Take that back"), "case-admit"),
    NotReadyToClose: (_("See what is missing"), "case-close"),
    NotReadyToDecide: (_("See what is missing"), "case-investigation"),
    NotReadyToPropose: (_("See what is missing"), "case-investigation"),
    NotTheOrder: (_("See where it stands"), "case"),
    NotWaiting: (_("Wait for somebody"), "case-wait"),
    NothingDecided: (_("Write the decision"), "case-investigation"),
    NothingProposed: (_("Propose a way to put it right"), "case-investigation"),
    NothingSaidYet: (_("Write down what they say"), "case-investigation"),
    RemedyUnplanned: (_("See what it gives"), "case-investigation"),
    ReviewOver: (_("Another person looks at it"), "case-review"),
    SecondPairOfEyesNeeded: (_("Write a note to a senior colleague"), "case-note"),
    StillOwed: (_("See what is owed"), "case"),
    TooLateToSplit: (_("A new case that follows"), "case-next"),
    WaitsForTheirYes: (_("Write down their yes"), "case-accepted"),
    WishNeeded: (_("Write down their wish"), "case-wish"),
}


def way_after(refusal: Refused, case: "Case") -> Way | None:
    """Return the way to what must be done before what was refused; None where the words say it."""
    if isinstance(refusal, NotBeforeAnother):
        return Way(_("See the case it waits for"), reverse("case", args=[refusal.first]))
    if isinstance(refusal, KeptUntilFoundOn):
        return Way(_("Say why you need it"), reverse("case-history", args=[refusal.grave]))
    found = _WAYS.get(type(refusal))
    return Way(found[0], reverse(found[1], args=[case.reference])) if found else None
