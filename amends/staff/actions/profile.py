"""What everybody decides about themselves."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from amends.journal.actions import record
from amends.staff.events import ColleagueChanged, FirstStepTaken, PasswordChanged, SignedIn
from amends.staff.models import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How somebody is named, and how they like to work. `zone` is an IANA name."""

    name: str
    title: str
    telephone: str
    language: str
    zone: str
    uses_shortcuts: bool


@transaction.atomic
def correct_profile(staff: Staff, *, profile: Profile, at: datetime) -> Staff:
    """Write `profile` over one's own, and return oneself as one now stands."""
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    wanted = asdict(profile)
    changed = tuple(name for name, value in wanted.items() if getattr(staff, name) != value)
    for name in changed:
        setattr(staff, name, wanted[name])
    if changed:
        staff.save(update_fields=changed)
        record(ColleagueChanged(staff_id=staff.pk, fields=changed), by=staff, at=at)
    return staff


@transaction.atomic
def choose_language(staff: Staff, *, language: str, at: datetime) -> None:
    """Read everything in `language` from now on."""
    if Staff.objects.filter(pk=staff.pk).exclude(language=language).update(language=language):
        record(ColleagueChanged(staff_id=staff.pk, fields=("language",)), by=staff, at=at)


@transaction.atomic
def change_password(staff: Staff, *, password: str, at: datetime) -> None:
    """Choose a new password; whoever is signed in elsewhere is signed out there.

    Raises ValidationError if the password is too weak.
    """
    validate_password(password, staff)
    staff.set_password(password)
    staff.save(update_fields=["password"])
    record(PasswordChanged(staff_id=staff.pk), by=staff, at=at)


@transaction.atomic
def note_sign_in(staff: Staff, *, at: datetime) -> None:
    """Write down that somebody came in."""
    record(SignedIn(staff_id=staff.pk), by=staff, at=at)


@transaction.atomic
def take_first_step(staff: Staff, *, step: str, at: datetime) -> None:
    """Remember a first step that leaves no other trace; once is enough."""
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    if step in staff.first_steps:
        return
    staff.first_steps = [*staff.first_steps, step]
    staff.save(update_fields=["first_steps"])
    record(FirstStepTaken(staff_id=staff.pk, step=step), by=staff, at=at)
