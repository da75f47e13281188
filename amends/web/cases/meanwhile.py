"""Two versions side by side: what others did meanwhile, and what somebody was about to save."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from amends.cases.queries.care import care_of
from amends.cases.queries.meanwhile import happened_since
from amends.web.cases.timeline import Reader, shown

if TYPE_CHECKING:
    from django.forms import BaseForm, BoundField

    from amends.cases.models.case import Case
    from amends.web.http import StaffRequest

LONGEST = 4_000


def side_by_side(
    request: "StaffRequest", case: "Case", form: "BaseForm", seen: int | None, *, kept: bool
) -> dict[str, object]:
    """Return what is new on `case` since the entry `seen`, and what was typed into `form`.

    kept: whether the form began with what is kept; then each field that differs is told twice.
    """
    items = happened_since(case, seen or 0)
    reader = Reader(request.user, timezone.localtime())
    promises = {promise.pk: promise for promise in care_of(case, staff=request.user).promises}
    fields = [bound for bound in form if not bound.is_hidden]
    now = {bound.name: said_of(bound, bound.initial) for bound in fields} if kept else {}
    mine = {bound.name: said_of(bound, bound.data) for bound in fields}
    told = [
        {"label": bound.label, "theirs": now.get(bound.name, ""), "mine": mine[bound.name]}
        for bound in fields
        if (mine[bound.name] or bound.name in now) and now.get(bound.name) != mine[bound.name]
    ]
    return {
        "news": shown(items, promises, reader),
        "pairs": told if kept else [],
        "mine": told,
    }


def said_of(bound: "BoundField", value: Any) -> str:  # noqa: ANN401 - of any field
    """Return a value of a field as its reader knows it: the words of a choice, not its code."""
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, (said_of(bound, one) for one in value)))
    if value is None or value is False:
        return ""
    choices: Iterable[tuple[Any, Any]] = getattr(bound.field, "choices", ())
    names: Mapping[str, str] = {str(code): str(name) for code, name in choices}
    plain = str(bound.field.prepare_value(value))
    return names.get(plain, plain).replace("\r\n", "\n").strip()[:LONGEST]
