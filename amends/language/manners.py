"""Which manners a contact shows. It is said of this contact, never kept of the person."""

from amends.language.anger import Anger
from amends.language.found import Found

MANNERS = ("angry", "arguer", "talker", "habitual_complainer", "offensive", "demanding")
_ANGRY = 2
_LONG = 75
_RAMBLING = 4
_ARGUES = 3


def manners(
    found: Found, anger: Anger, *, offended: bool, escalated: bool, due: bool
) -> dict[str, tuple[str, ...]]:
    """Return each manner that shows with the words by which it does."""
    seen: dict[str, tuple[str, ...]] = {}
    if anger.degree >= _ANGRY:
        seen["angry"] = anger.because
    argued, strayed = found.own("argue"), found.own("digress")
    if len({hit.first for hit in argued}) >= _ARGUES:
        seen["arguer"] = found.quote(argued)
    if len(found.text.words) >= _LONG and len({hit.first for hit in strayed}) >= _RAMBLING:
        seen["talker"] = found.quote(strayed)
    again = found.own("again")
    if len({hit.first for hit in again}) > 1:
        seen["habitual_complainer"] = found.quote(again)
    if offended:
        seen["offensive"] = anger.because
    demanded = found.plain("demand")
    if demanded and (anger.degree >= _ANGRY or escalated) and (due or len(demanded) > 1):
        seen["demanding"] = found.quote(demanded)
    return seen
