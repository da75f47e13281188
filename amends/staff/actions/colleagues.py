"""Who works here: invited, joined, changed, gone and back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.events import (
    ColleagueChanged,
    ColleagueInvited,
    ColleagueJoined,
    ColleagueLeft,
    ColleagueReturned,
)
from amends.staff.models import Department, Organisation, Staff, Team
from amends.staff.queries import invited_by
from amends.staff.rules.permissions import Act, Role


class AlreadyHere(Refused):
    text = _("%(name)s already works here with this address.")


class InvitationOver(Refused):
    text = _("This invitation is no longer valid. Ask for a new one, or sign in.")


class StillOnDuty(Refused):
    text = _("%(name)s is the duty owner of %(team)s. Choose another duty owner first.")


class LastAdministrator(Refused):
    text = _("%(name)s is the last who looks after this installation. Let another do so first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Somebody's place here."""

    name: str
    email: str
    role: Role
    department: Department
    administers: bool = False
    title: str = ""
    telephone: str = ""


@transaction.atomic
def invite_colleague(post: Post, *, by: Staff, at: datetime) -> Staff:
    """Make room for a colleague, who then chooses a password through the link of `invitation_key`.

    Raises NotAllowed, AlreadyHere.
    """
    require(by, Act.EDIT_STAFF)
    house = Organisation.objects.get()
    colleague = Staff(language=house.language, zone=house.zone, joined_at=at)
    _write(colleague, post)
    colleague.set_unusable_password()
    colleague.save()
    record(ColleagueInvited(staff_id=colleague.pk, role=post.role), by=by, at=at)
    return colleague


@transaction.atomic
def accept_invitation(key: str, *, name: str, password: str, language: str, at: datetime) -> Staff:
    """Let an invited colleague in with their own name and password; the key is spent with that.

    Raises InvitationOver; ValidationError if the password is too weak.
    """
    _hold_invitations()
    colleague = invited_by(key, at=at)
    if colleague is None:
        raise InvitationOver
    validate_password(password, colleague)
    colleague.name, colleague.language, colleague.joined_at = name.strip(), language, at
    colleague.set_password(password)
    colleague.save()
    record(ColleagueJoined(staff_id=colleague.pk), by=colleague, at=at)
    return colleague


@transaction.atomic
def change_post(colleague: Staff, *, post: Post, by: Staff, at: datetime) -> Staff:
    """Change somebody's place here, and return them as they now stand.

    Raises NotAllowed, AlreadyHere, LastAdministrator.
    """
    require(by, Act.EDIT_STAFF)
    colleague = _locked(colleague)
    before = dict(vars(colleague))
    _write(colleague, post)
    if not colleague.may(Act.EDIT_STAFF):
        _check_administered_without(colleague)
    colleague.save()
    changed = tuple(
        sorted(name for name, value in before.items() if vars(colleague)[name] != value)
    )
    if changed:
        record(ColleagueChanged(staff_id=colleague.pk, fields=changed), by=by, at=at)
    return colleague


@transaction.atomic
def let_go(colleague: Staff, *, by: Staff, at: datetime) -> Staff:
    """End somebody's access. Their cases, promises and contacts stay as they are.

    Raises NotAllowed, StillOnDuty, LastAdministrator.
    """
    require(by, Act.EDIT_STAFF)
    colleague = _locked(colleague)
    if duty := Team.objects.filter(duty_owner=colleague, closed_at=None).first():
        raise StillOnDuty(name=colleague.name, team=duty.name)
    _check_administered_without(colleague)
    colleague.is_active = False
    colleague.save(update_fields=["is_active"])
    colleague.teams.clear()
    record(ColleagueLeft(staff_id=colleague.pk), by=by, at=at)
    return colleague


@transaction.atomic
def take_back(colleague: Staff, *, by: Staff, at: datetime) -> Staff:
    """Give somebody who left their access again.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_STAFF)
    colleague = _locked(colleague)
    colleague.is_active = True
    colleague.save(update_fields=["is_active"])
    record(ColleagueReturned(staff_id=colleague.pk), by=by, at=at)
    return colleague


def _hold_invitations() -> None:
    """Lock those who have not joined yet, so that two windows accept an invitation once."""
    open_ones = Staff.objects.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    list(open_ones.select_for_update().values_list("pk"))


def _locked(colleague: Staff) -> Staff:
    """Return `colleague` as they stand now, held until the transaction ends."""
    now: Staff = Staff.objects.select_for_update().get(pk=colleague.pk)
    return now


def _write(colleague: Staff, post: Post) -> None:
    email = post.email.strip().lower()
    if other := Staff.objects.filter(email=email).exclude(pk=colleague.pk).first():
        raise AlreadyHere(name=other.name)
    colleague.name, colleague.email = post.name.strip(), email
    colleague.role, colleague.administers = post.role.value, post.administers
    colleague.department = post.department
    colleague.title, colleague.telephone = post.title.strip(), post.telephone.strip()


def _check_administered_without(colleague: Staff) -> None:
    """Raise LastAdministrator if nobody else at work could mend what is set wrongly."""
    others = Staff.objects.select_for_update().filter(is_active=True).exclude(pk=colleague.pk)
    if not any(other.may(Act.EDIT_STAFF) and other.has_joined for other in others):
        raise LastAdministrator(name=colleague.name)
