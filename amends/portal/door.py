"""Who reads a customer's page: whoever holds its link, or a colleague over their shoulder.

Both see the same page, made by the same view. What only the customer may do leads a colleague
nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from amends.cases.actions.evidence import note_reading
from amends.cases.queries.links import case_behind, replaced_link, token_of
from amends.cases.queries.reading import case_for
from amends.portal.http import View, no_such_page, public
from amends.staff.rules.permissions import Act

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.staff.models import Staff

Shown = Callable[..., HttpResponseBase]
# What a colleague may read of it besides; everything else is the customer's to do.
_TO_READ = frozenset({"case", "words", "letter", "slip"})


@dataclass(frozen=True, slots=True)
class Door:
    """The case whose page is read, and by whom; `onlooker` is a colleague who only looks.

    said_in: the language the onlooker reads, in which they are told whose page it is.
    """

    case: "Case"
    onlooker: "Staff | None" = None
    said_in: str = ""

    def to(self, name: str, *args: object) -> str:
        """Return where the page `name` of the case is; empty if it is not for this reader."""
        language = translation.get_language()
        if self.onlooker is None:
            return reverse(f"customer-{name}", args=[language, token_of(self.case), *args])
        if name not in _TO_READ:
            return ""
        return reverse(f"as-customer-{name}", args=[self.case.reference, language, *args])


def behind_link(view: View) -> View:
    """Serve `view` to whoever holds the link of a case, in its language unless another is chosen.

    Whatever is wrong with the link, the answer is the same; but whoever holds one that was good
    once is offered the new one, which goes to nobody but the customer.
    """

    @public
    @wraps(view)
    def shown(
        request: HttpRequest, token: str, language: str = "", **kwargs: object
    ) -> HttpResponseBase:
        try:
            case = case_behind(token)
        except ObjectDoesNotExist:
            return no_such_page(request, renew=token if replaced_link(token) else "")
        return _served(view, request, Door(case), language, kwargs)

    return shown


def over_the_shoulder(view: View) -> View:
    """Serve `view`, which shows a customer their page, to a colleague who may see the case."""

    @require_safe
    @login_required
    @wraps(view)
    def shown(
        request: HttpRequest, reference: str, language: str, **kwargs: object
    ) -> HttpResponseBase:
        staff = cast("Staff", request.user)  # signed in, as required above
        if not staff.may(Act.SEE_CASES):
            raise PermissionDenied
        try:
            case = case_for(staff, reference)
        except ObjectDoesNotExist:
            raise Http404 from None
        if case.sensitive_since:
            note_reading(case, by=staff, at=timezone.now())
        door = Door(case, onlooker=staff, said_in=translation.get_language() or "")
        return _served(view, request, door, language, kwargs)

    return shown


def _served(
    view: View, request: HttpRequest, door: Door, language: str, kwargs: dict[str, object]
) -> HttpResponseBase:
    with translation.override(language or door.case.language):
        response = view(request, door, **kwargs)
        response.headers["Content-Language"] = translation.get_language() or door.case.language
    response.headers["Cache-Control"] = "private, no-store"
    return response
