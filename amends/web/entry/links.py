"""The links that let people in, in full, to be printed and mailed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from amends.staff.queries import first_key, invitation_key, is_set_up

if TYPE_CHECKING:
    from amends.staff.models import Staff


def first_link(*, at: datetime) -> str:
    """Return the link that sets up an empty installation, for the terminal; empty if it is not."""
    return "" if is_set_up() else in_full("set-up", first_key(at=at))


def invitation_link(colleague: "Staff", *, at: datetime) -> str:
    """Return the link by which `colleague` chooses the first password."""
    return in_full("join", invitation_key(colleague, at=at))


def in_full(name: str, *args: str) -> str:
    """Return the address of a page as others can open it."""
    return settings.BASE_ADDRESS.rstrip("/") + reverse(name, args=args)
