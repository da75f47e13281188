"""The line that stands before a case is passed on within minutes."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from amends.base.time_words import ago_words
from amends.cases.queries.conduct import is_passed_on_quickly

if TYPE_CHECKING:
    from amends.cases.models.case import Case


def after_a_word(case: "Case", about: str) -> str:
    """Return what stands above an act that passes `case` on, with a calm line where it is quick."""
    now = timezone.localtime()
    if not is_passed_on_quickly(case, at=now):
        return about
    line = _("They turned to us %(ago)s and have heard nothing yet: a word to them first is kind.")
    return f"{about} {line % {'ago': ago_words(case.received_at, now)}}"
