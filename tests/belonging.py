"""Organisations with people, occasions and shared replies, for tests that need two of each."""

from collections.abc import Iterable

from django.utils import timezone

from amends.cases.actions.sharing import share_reply
from amends.cases.models.case import Case
from amends.contacts.actions.drafts import Typing, keep_draft
from amends.contacts.rules.kinds import DraftKind
from amends.people.actions.occasions import OccasionDraft, note_occasion
from amends.people.actions.organisations import Details, found_organisation, join_organisation
from amends.people.models import Membership, Occasion, Person
from amends.people.rules.occasions import OccasionKind
from amends.staff.models import Staff
from tests import make


def in_two_organisations(person: Person, *, by: Staff) -> Membership:
    """Let `person` belong to two organisations with a colleague in each; return the latter."""
    _belonging(person, "Garden Club", "garden.example", by)
    return _belonging(person, "Bakery on the Corner", "rye.example", by)


def _belonging(person: Person, name: str, domain: str, by: Staff) -> Membership:
    details = Details(
        registration=domain, domains=(domain, f"mail.{domain}"), notes="Ring before you write."
    )
    bakery = found_organisation(name, details=details, by=by, at=make.NOW)
    colleague = make.person(f"Colleague of {name}", email=f"sales@{domain}")
    join_organisation(colleague, organisation=bakery, by=by, at=make.NOW)
    return join_organisation(person, organisation=bakery, role="the accountant", by=by, at=make.NOW)


def with_two_occasions(person: Person, *, by: Staff) -> Occasion:
    """Let `person` agree that their birthday and their name day are greeted; return the latter."""
    note_occasion(person, draft=_draft(OccasionKind.BIRTHDAY), by=by, at=make.NOW)
    return note_occasion(person, draft=_draft(OccasionKind.NAME_DAY), by=by, at=make.NOW)


def _draft(kind: OccasionKind) -> OccasionDraft:
    today = timezone.localdate()
    return OccasionDraft(kind=kind, month=today.month, day=today.day, consent="at the desk")


def two_share(case: Case, *, to: Staff, by: Iterable[Staff]) -> None:
    """Let each of `by` share a reply that they are writing on `case`."""
    for author in by:
        fields = {"reply-text": f"An engineer comes, says {author.name}."}
        typing = Typing(DraftKind.COMPOSER, f"{case.reference}:reply", fields, 0)
        keep_draft(typing, by=author, at=timezone.now())
        share_reply(case, to=to, by=author, at=timezone.now())
