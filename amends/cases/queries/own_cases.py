"""All cases of one customer, as they see them themselves: open and past, and those they speak for.

Who holds the link was sent it at the address that we write to; it lasts for some days only.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Prefetch, Q, QuerySet

from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.queries.letters import answerer_of, house_time
from amends.cases.queries.links import signing_keys, token_of
from amends.cases.rules.lifecycle import ENDED
from amends.cases.rules.links import person_in, sign_person
from amends.people.models import Person
from amends.people.queries import mail_address_of, people_reached_by, represented_by
from amends.people.rules.points import folded_mail

LASTS = timedelta(days=7)
PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCase:
    """One line of the list. of: whose it is, where it is another's for whom they speak."""

    token: str
    reference: str
    gist: str
    language: str
    state: str
    received_at: datetime
    ended_at: datetime | None
    who: str
    promise: Promise | None
    of: str


@dataclass(frozen=True, slots=True)
class OwnCases:
    """All cases of a customer: what is open, then a page of the past; before: where it goes on."""

    open: tuple[OwnCase, ...]
    past: tuple[OwnCase, ...]
    before: str


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Who holds the link of all their cases; ran_out: it was good once, and is good no more."""

    person: Person
    ran_out: bool


def own_cases_token(person: Person, *, at: datetime) -> str:
    """Return the token under which `person` sees all their cases for some days."""
    until = house_time(at).date() + LASTS
    return sign_person(person.pk, until=until, key=settings.SECRET_KEY)


def own_cases_link(person: Person, *, at: datetime) -> str:
    """Return the whole address under which `person` sees all their cases for some days."""
    return f"{settings.BASE_ADDRESS}/my-cases/{own_cases_token(person, at=at)}/"


def holder_behind(token: str, *, on: date) -> LinkHolder:
    """Return whose cases `token` opens, and whether it ran out before the day `on`.

    Raises Person.DoesNotExist for a token that we did not sign.
    """
    signed = person_in(token, keys=signing_keys())
    if signed is None:
        raise Person.DoesNotExist
    pk, until = signed
    person = Person.objects.select_related("merged_into").get(pk=pk)
    return LinkHolder(person.merged_into or person, ran_out=until < on)


def people_written_to(mail: str) -> list[Person]:
    """Return the customers whom we write to at this address; nobody for any other address."""
    ours = folded_mail(mail)
    return [
        person
        for person in people_reached_by(mail)
        if ours and folded_mail(mail_address_of(person)) == ours
    ]


def own_cases(person: Person, *, before: str = "") -> OwnCases:
    """Return the cases of `person`, and of those for whom they speak on a written authority."""
    spoken_for = represented_by(person).exclude(authority="").values("represented")
    cases = (
        Case.objects.filter(Q(person=person) | Q(person__in=spoken_for))
        .select_related("person", "owner", "team__duty_owner")
        .prefetch_related(_PROMISES)
    )
    open_ = cases.open().order_by(F("next_due_at").asc(nulls_last=True), "pk")[:PAGE]
    ended = _past(cases.filter(state__in=sorted(ENDED)), before)
    shown = ended[:PAGE]
    return OwnCases(
        open=tuple(_line(case, person) for case in open_),
        past=tuple(_line(case, person) for case in shown),
        before=str(shown[-1].pk) if len(ended) > PAGE else "",
    )


def _past(ended: QuerySet[Case], before: str) -> list[Case]:
    if before.isascii() and before.isdecimal() and len(before) <= _LONGEST:
        ended = ended.filter(pk__lt=int(before))
    return list(ended.order_by("-pk")[: PAGE + 1])


def _line(case: Case, person: Person) -> OwnCase:
    promises = [promise for promise in case.promises.all() if promise.is_open]
    return OwnCase(
        token=token_of(case),
        reference=case.reference,
        gist=case.gist,
        language=case.language,
        state=case.state,
        received_at=case.received_at,
        ended_at=case.closed_at,
        who=answerer_of(case).name,
        promise=min(promises, key=lambda promise: promise.due_at, default=None),
        of=case.person.name if case.person and case.person.pk != person.pk else "",
    )


_LONGEST = 18
_PROMISES = Prefetch("promises", queryset=Promise.objects.order_by("due_at", "pk"))
