"""Questions about customers. Every read for a colleague starts at one of the `…_for(staff)`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from amends.people.models import (
    ContactPoint,
    MailDomain,
    Membership,
    Merge,
    OrganisationDetails,
    Person,
    PersonQuerySet,
    Representation,
    SpecialNeed,
)
from amends.people.rules.claims import is_surely
from amends.people.rules.duplicates import Known, Likeness, likeness
from amends.people.rules.folding import Sought, sought
from amends.people.rules.kinds import PersonKind, PointKind
from amends.people.rules.organisations import OrganisationForm, folded_domain, folded_name
from amends.people.rules.points import folded_mail
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

MOST_FOUND = 8
PAGE = 50
_MOST_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Found:
    """One customer among those found while somebody types; `point` is one way to reach them."""

    pk: int
    name: str
    number: str
    language: str
    inside: bool
    point: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that may be the same customer, and why."""

    person: Person
    likeness: Likeness


def people_for(staff: Staff) -> PersonQuerySet:
    """Return the customers that `staff` may see; those merged or forgotten are left out."""
    people = Person.objects.standing_alone().filter(erased_at=None)
    return people if staff.may(Act.SEE_CUSTOMERS) else people.none()


def person_for(staff: Staff, pk: int) -> Person:
    """Return one customer, or the one into whom that record was merged.

    Raises Person.DoesNotExist.
    """
    kept = Person.objects.filter(pk=pk).values("merged_into")
    people = people_for(staff).select_related("staff__department")
    return people.get(Q(pk=pk) | Q(pk__in=kept))


def names_of_people(staff: Staff, keys: Collection[int]) -> dict[int, str]:
    """Return what the customers of these keys are called, merged ones as those into whom."""
    if not (keys and staff.may(Act.SEE_CUSTOMERS)):
        return {}
    known = Person.objects.filter(pk__in=keys, erased_at=None)
    return dict(known.values_list("pk", Coalesce("merged_into__name", "name")))


def is_forgotten(pk: int) -> bool:
    """Return whether there was a customer of this key of whom nothing is known any more."""
    return Person.objects.filter(pk=pk, erased_at__isnull=False).exists()


def customer_list_for(
    staff: Staff, *, text: str = "", after: tuple[str, int] | None = None
) -> QuerySet[Person]:
    """Return a page of customers by name, and one more if others follow.

    after: where the page before ended, as the `sorts_as` and the key of its last customer.
    """
    people = people_for(staff)
    if wanted := sought(text):
        people = people.filter(_matches(wanted))
    if after:
        name, pk = after
        further = Q(sorts_as__gt=name) | Q(sorts_as=name, pk__gt=pk)
        people = people.filter(further, sorts_as__gte=name)
    return people.order_by("sorts_as", "pk")[: PAGE + 1]


def find_people_for(staff: Staff, text: str) -> list[Found]:
    """Return at most 8 customers whom the typed `text` may mean, the likeliest first.

    Found by the start of any word of the name in any alphabet, customer number, telephone or mail.
    """
    return _likeliest(people_for(staff), sought(text))


def find_organisations_for(staff: Staff, text: str) -> list[Found]:
    """Return at most 8 organisations whom the typed `text` may mean, the likeliest first."""
    organisations = people_for(staff).filter(kind=PersonKind.ORGANISATION)
    return _likeliest(organisations, sought(text))


def _likeliest(people: PersonQuerySet, wanted: Sought) -> list[Found]:
    if not wanted:
        return []
    exact = _ranked(people.filter(_matches(wanted, whole=True)), wanted)
    if len(exact) < MOST_FOUND:
        known = {person.pk for person in exact}
        begun = _ranked(people.filter(_matches(wanted)).exclude(pk__in=known), wanted)
        exact += begun[: MOST_FOUND - len(exact)]
    return _found(exact)


def people_reached_by(mail: str) -> QuerySet[Person]:
    """Return the customers who are reached by this mail address, the one known longest first."""
    reached = ContactPoint.objects.filter(kind=PointKind.EMAIL, folded=folded_mail(mail) or None)
    return (
        Person.objects.standing_alone()
        .filter(pk__in=reached.values("person"))
        .order_by("known_since", "pk")
    )


def person_who_claims(claimed: Known) -> Person | None:
    """Return the customer whom somebody, by what they tell of themselves, surely is; or None.

    claimed: what they tell, their contact points folded as ours are.
    """
    reached = ContactPoint.objects.filter(folded__in=claimed.mails | claimed.telephones)
    people = Person.objects.standing_alone().filter(pk__in=reached.values("person"))
    candidates = {
        person.pk: person for person in people.order_by("known_since", "pk")[:_MOST_LOOKED_AT]
    }
    known = _known(list(candidates.values()))
    return next((who for pk, who in candidates.items() if is_surely(known[pk], claimed)), None)


def possible_duplicates(person: Person) -> list[Duplicate]:
    """Return the records that may be the same customer as `person`, the likeliest first."""
    points = person.points.values("folded")
    shared = ContactPoint.objects.filter(folded__in=points).values("person")
    others = Person.objects.standing_alone().exclude(pk=person.pk)
    name = sought(person.name)
    namesakes = others.filter(_matches(name, whole=True)) if name else others.none()
    candidates = {other.pk: other for other in others.filter(pk__in=shared)[:_MOST_LOOKED_AT]}
    candidates |= {other.pk: other for other in namesakes[:_MOST_LOOKED_AT]}
    known = _known([person, *candidates.values()])
    found = [
        Duplicate(other, likeness(known[person.pk], known[pk])) for pk, other in candidates.items()
    ]
    possible = [duplicate for duplicate in found if duplicate.likeness.is_possible]
    return sorted(possible, key=lambda each: (-each.likeness.score, each.person.pk))


def likeness_of(one: Person, other: Person) -> Likeness:
    """Return how likely two records are the same customer."""
    known = _known([one, other])
    return likeness(known[one.pk], known[other.pk])


def points_of(person: Person) -> QuerySet[ContactPoint]:
    """Return the ways to reach `person`, in the order of their kinds and age."""
    return person.points.order_by("kind", "added_at", "pk")


def mail_address_of(person: Person | None) -> str:
    """Return the address that `person` is written to; empty if none works, or nobody is known."""
    if person is None:
        return ""
    works = person.points.filter(kind=PointKind.EMAIL, failed_at=None)
    return works.order_by("added_at", "pk").values_list("value", flat=True).first() or ""


def needs_of(person: Person, *, staff: Staff, at: datetime) -> QuerySet[SpecialNeed]:
    """Return what `person` needs at an instant, for those who serve customers only."""
    needs = person.special_needs.filter(expires_at__gt=at).order_by("expires_at", "pk")
    return needs if staff.may(Act.EDIT_CUSTOMER) else needs.none()


def expired_needs(at: datetime) -> QuerySet[SpecialNeed]:
    """Return the needs whose time was over by `at`, longest over first."""
    return SpecialNeed.objects.filter(expires_at__lte=at).order_by("expires_at", "pk")


def representatives_of(person: Person) -> QuerySet[Representation]:
    """Return who speaks for `person` now."""
    return person.represented_by.filter(until=None).select_related("representative").order_by("pk")


def represented_by(person: Person) -> QuerySet[Representation]:
    """Return for whom `person` speaks now."""
    return person.represents.filter(until=None).select_related("represented").order_by("pk")


def merges_into(person: Person) -> QuerySet[Merge]:
    """Return the merges that made `person` of several records and can be undone, newest first."""
    merges = Merge.objects.filter(kept=person, undone_at=None)
    return merges.select_related("merged", "by").order_by("-at", "-pk")


def point_for(staff: Staff, pk: int) -> ContactPoint:
    """Return one way to reach a customer.

    Raises ContactPoint.DoesNotExist.
    """
    return ContactPoint.objects.select_related("person").get(pk=pk, person__in=people_for(staff))


def need_for(staff: Staff, pk: int) -> SpecialNeed:
    """Return one need of a customer.

    Raises SpecialNeed.DoesNotExist.
    """
    return SpecialNeed.objects.select_related("person").get(pk=pk, person__in=people_for(staff))


def representation_for(staff: Staff, pk: int) -> Representation:
    """Return that somebody speaks for somebody.

    Raises Representation.DoesNotExist.
    """
    pairs = Representation.objects.select_related("represented", "representative")
    return pairs.get(pk=pk, represented__in=people_for(staff))


def merge_for(staff: Staff, pk: int) -> Merge:
    """Return one merge of two records.

    Raises Merge.DoesNotExist.
    """
    return Merge.objects.select_related("kept", "merged").get(pk=pk, kept__in=people_for(staff))


def organisations_called(name: str) -> list[Person]:
    """Return the organisations whose name is `name`, however it is spelled, households left out."""
    folded = folded_name(name)
    wanted = sought(folded)
    households = OrganisationDetails.objects.filter(form=OrganisationForm.HOUSEHOLD)
    called = Person.objects.standing_alone().filter(kind=PersonKind.ORGANISATION)
    called = called.filter(_matches(wanted, whole=True)) if wanted else called.none()
    likely = called.exclude(pk__in=households.values("organisation")).select_related("details")
    return [
        each for each in likely.order_by("pk")[:_MOST_LOOKED_AT] if folded_name(each.name) == folded
    ]


def organisation_registered(registration: str) -> Person | None:
    """Return the organisation of this number in the register; None if we know none."""
    found = OrganisationDetails.objects.filter(registration__iexact=registration)
    known = found.select_related("organisation__merged_into").first() if registration else None
    return (known.organisation.merged_into or known.organisation) if known else None


def membership_for(staff: Staff, pk: int) -> Membership:
    """Return that somebody belongs to an organisation.

    Raises Membership.DoesNotExist.
    """
    memberships = Membership.objects.select_related("member", "organisation")
    return memberships.get(pk=pk, member__in=people_for(staff))


def colleagues_of(person: Person) -> PersonQuerySet:
    """Return the others of the organisations to which `person` belongs today."""
    same = Membership.objects.filter(until_on=None, organisation__in=_belongs_to(person))
    people = Person.objects.standing_alone().filter(pk__in=same.values("member"))
    return people.exclude(pk=person.pk)


def same_organisation(one: Person, other: Person) -> bool:
    """Return whether both belong to one organisation today, or one of them is the other's.

    Whoever is reached at a mail domain of an organisation belongs to it, written down or not.
    """
    shared = _belongs_to(one).filter(pk__in=_belongs_to(other).values("pk"))
    reached = _own_domains(other).filter(domain__in=_domains_of(one))
    reaching = _own_domains(one).filter(domain__in=_domains_of(other))
    return one != other and (shared.exists() or reached.exists() or reaching.exists())


def is_of_organisation_of(person: Person, *, mail: str) -> bool:
    """Return whether `mail` is an address at a domain of an organisation of `person`."""
    return _own_domains(person).filter(domain=folded_domain(folded_mail(mail)) or None).exists()


def organisations_by_mail(person: Person) -> QuerySet[Person]:
    """Return the organisations from whose mail domains `person` writes, but does not belong to."""
    theirs = MailDomain.objects.filter(domain__in=_domains_of(person)).values("organisation")
    return Person.objects.filter(pk__in=theirs).exclude(pk__in=_belongs_to(person)).order_by("pk")


def _belongs_to(person: Person) -> PersonQuerySet:
    """Return the organisations to which `person` belongs today, itself if it is one."""
    today = Membership.objects.filter(member=person, until_on=None).values("organisation")
    itself = Q(pk=person.pk, kind=PersonKind.ORGANISATION)
    return PersonQuerySet(Person).filter(Q(pk__in=today) | itself)


def _own_domains(person: Person) -> QuerySet[MailDomain]:
    return MailDomain.objects.filter(organisation__in=_belongs_to(person))


def _domains_of(person: Person) -> list[str]:
    mails = person.points.filter(kind=PointKind.EMAIL).values_list("folded", flat=True)
    return [folded_domain(mail) for mail in mails]


def people_meant(text: str) -> PersonQuerySet:
    """Return the people whose name, number or address holds what `text` says."""
    return PersonQuerySet(Person).filter(_matches(sought(text)))


def _matches(wanted: Sought, *, whole: bool = False) -> Q:
    """Return what a record's `search` must hold: every word sought, by any of its keys.

    whole: a word must stand there in full; otherwise it may be the start of one.
    """
    end = " " if whole else ""
    if wanted.mail:
        return Q(search__contains=f" {wanted.mail}{end}")
    if wanted.digits:
        start = " " if whole else ""
        return _any(f"{start}{digits}{end}" for digits in wanted.digits)
    every = Q()
    for keys in wanted.words:
        every &= _any(f" {key}{end}" for key in sorted(keys))
    return every | _any([f" {wanted.number}{end}"]) if wanted.number else every


def _any(parts: Iterable[str]) -> Q:
    one = Q()
    for part in parts:
        one |= Q(search__contains=part)
    return one


def _ranked(people: PersonQuerySet, wanted: Sought) -> list[Person]:
    """Return the best of a handful of `people`: those first whose name begins as was typed."""
    looked_at = list(
        people.only("pk", "name", "number", "language", "staff", "sorts_as")[:_MOST_LOOKED_AT]
    )
    first = min(wanted.words[0], key=len) if wanted.words else ""
    looked_at.sort(key=lambda each: (not each.sorts_as.startswith(first), each.sorts_as, each.pk))
    return looked_at[:MOST_FOUND]


def _found(people: Sequence[Person]) -> list[Found]:
    points: dict[int, str] = {}
    rows = ContactPoint.objects.filter(person__in=people).order_by("kind", "pk")
    for person_id, value in rows.values_list("person_id", "value"):
        points.setdefault(person_id, value)
    return [
        Found(
            pk=person.pk,
            name=person.name,
            number=person.number,
            language=person.language,
            inside=person.is_inside,
            point=points.get(person.pk, ""),
        )
        for person in people
    ]


def _known(people: Sequence[Person]) -> dict[int, Known]:
    """Return what is compared of each of `people`."""
    folded: dict[tuple[int, str], set[str]] = {}
    rows = ContactPoint.objects.filter(person__in=people)
    for person_id, kind, value in rows.values_list("person_id", "kind", "folded"):
        folded.setdefault((person_id, kind), set()).add(value)
    return {
        person.pk: Known(
            name=person.name,
            kind=PersonKind(person.kind),
            patronymic=person.patronymic,
            number=person.number,
            mails=frozenset(folded.get((person.pk, PointKind.EMAIL.value), ())),
            telephones=frozenset(folded.get((person.pk, PointKind.TELEPHONE.value), ())),
            addresses=frozenset(folded.get((person.pk, PointKind.POSTAL.value), ())),
        )
        for person in people
    }
