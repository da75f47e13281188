"""What views do with rows that may not be there, and with acts that have no form of their own."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpRequest

from amends.base.refusal import Refused
from amends.web.http import say

Row = TypeVar("Row")


def found(query: Callable[[], Row]) -> Row:
    """Return what `query` finds, or answer that there is no such page."""
    try:
        return query()
    except ObjectDoesNotExist:
        raise Http404 from None


def attempt(request: HttpRequest, act: Callable[[], object], *, said: str) -> bool:
    """Do `act` and say `said`, or say why it was refused; return whether it was done."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    say(request, said)
    return True


def taken(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do `act` with what was written in `form`, which says it if refused; return whether done."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
