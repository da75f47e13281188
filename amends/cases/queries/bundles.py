"""The files in which a case leaves the house: which there are, what leaves in them, what not."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from amends.cases.models.bundles import Blackening, Bundle
from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.findings import Evidence
from amends.cases.queries.reading import cases_for
from amends.cases.rules.bundle import (
    BLACK,
    Item,
    Passage,
    leaves,
    passage_of,
    passage_of_telephone,
    passages_of_name,
)
from amends.cases.rules.kinds import Part
from amends.cases.rules.lifecycle import State
from amends.contacts.models import Contact
from amends.people.models import ContactPoint, Person, Representation
from amends.people.rules.kinds import PointKind
from amends.staff.models import Staff

MOST_PEOPLE = 500
_OURS = {Part.COMPLAINANT, Part.AFFECTED, Part.PAYER, Part.JOINT_HOLDER, Part.REPRESENTATIVE}


def bundle_for(staff: Staff, reference: str, pk: int) -> Bundle:
    """Return one file of a case that `staff` may see.

    Raises Bundle.DoesNotExist.
    """
    bundles = Bundle.objects.select_related("case__person", "asked_by", "begun_by")
    return bundles.get(pk=pk, case__reference=reference, case__in=cases_for(staff))


def bundle_to_make(pk: int) -> Bundle:
    """Return one file that is to be made.

    Raises Bundle.DoesNotExist.
    """
    return Bundle.objects.select_related("case__person", "asked_by", "proceeding").get(
        pk=pk, asked_at__isnull=False, made_at=None
    )


def bundles_of(case: Case) -> QuerySet[Bundle]:
    """Return the files of `case` that were begun, the newest first."""
    return Bundle.objects.filter(case=case).select_related("begun_by", "asked_by").order_by("-pk")


def bundles_to_forget(at: datetime) -> QuerySet[Bundle]:
    """Return the files whose time is over; none while an outside body looks at the case."""
    return (
        Bundle.objects.filter(expires_at__lte=at, gone_at=None)
        .exclude(case__state=State.EXTERNAL)
        .order_by("expires_at", "pk")
    )


def blackenings_of(case: Case) -> QuerySet[Blackening]:
    """Return the passages that are black in what leaves of `case`, as they were marked."""
    bars = Blackening.objects.filter(case=case, lifted_at=None)
    return bars.select_related("contact__words", "by").order_by("contact", "start", "pk")


def blackening_in(case: Case, pk: int) -> Blackening:
    """Return one black passage of `case`.

    Raises Blackening.DoesNotExist.
    """
    return blackenings_of(case).get(pk=pk)


def chosen_in(bundle: Bundle) -> Mapping[tuple[Item, int], bool]:
    """Return what was chosen for `bundle` otherwise than as a rule."""
    rows = bundle.choices.values_list("item", "key", "leaves")
    return {(Item(item), key): out for item, key, out in rows}


def evidence_in(bundle: Bundle) -> list[Evidence]:
    """Return the pieces of evidence that leave in `bundle`."""
    chosen = chosen_in(bundle)
    pieces = Evidence.objects.filter(case=bundle.case_id).order_by("obtained_on", "pk")
    return [piece for piece in pieces if leaves(Item.EVIDENCE, chosen, piece.pk)]


def side_of_customer(case: Case) -> frozenset[int]:
    """Return the keys of the customer, and of those who share the case or speak for them."""
    theirs = {case.person_id} if case.person_id else set()
    parts = PartyOfCase.objects.filter(case=case, part__in=_OURS, person__isnull=False)
    theirs |= set(parts.values_list("person_id", flat=True))
    speaking = Representation.objects.filter(represented__in=theirs)
    return frozenset(theirs | set(speaking.values_list("representative_id", flat=True)))


def passages_in(bundle: Bundle, instead_of_name: str) -> list[Passage]:
    """Return what must not be read in what leaves in `bundle`, wherever it stands.

    The passages that were blackened; how to reach anybody but the customer's side; and the name of
    whom it is about, unless they are named: `instead_of_name` stands in its place.
    """
    case = bundle.case
    marked = [bar.contact.words.text[bar.start : bar.end] for bar in blackenings_of(case)]
    found = [passage for words in marked if (passage := passage_of(words))]
    for kind, value in _ways_to_others(case):
        telephone = kind == PointKind.TELEPHONE
        passage = passage_of_telephone(value) if telephone else passage_of(value)
        found += [passage] if passage else []
    if not bundle.names_colleague:
        for name in _names_of_colleagues(case):
            found += passages_of_name(name, instead_of_name or BLACK)
    return found


def _ways_to_others(case: Case) -> list[tuple[str, str]]:
    """Return how to reach those in the case who are not on the customer's side."""
    theirs = side_of_customer(case)
    in_it = Q(parts__case=case) | Q(contacts__case_contacts__case=case)
    colleagues = Q(staff__parts__case=case) | Q(staff__contacts__case_contacts__case=case)
    people = Person.objects.filter(in_it | colleagues).exclude(pk__in=theirs)
    keys = list(people.values_list("pk", flat=True).distinct()[:MOST_PEOPLE])
    points = ContactPoint.objects.filter(person__in=keys).exclude(
        folded__in=ContactPoint.objects.filter(person__in=theirs).values("folded")
    )
    senders = (
        Contact.objects.filter(case_contacts__case=case)
        .exclude(sender_address="")
        .exclude(person__in=theirs)
        .exclude(person=None)
        .values_list("sender_address", flat=True)
    )
    ways = list(points.order_by("pk").values_list("kind", "value"))
    return [*ways, *((PointKind.EMAIL.value, address) for address in set(senders))]


def _names_of_colleagues(case: Case) -> list[str]:
    parties = PartyOfCase.objects.filter(case=case, part=Part.COMPLAINED_ABOUT)
    rows = parties.values_list("staff__name", "person__name")
    return [name for row in rows for name in row if name]
