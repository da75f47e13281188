"""The answers that we give often."""

from dataclasses import dataclass

from django.db.models import QuerySet

from amends.base.text import said_in
from amends.contacts.models.templates import AnswerTemplate
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act

MOST = 300


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer on offer. text: with its variables, in the language asked for; else a fallback.

    is_translated: whether it is written in the language asked for.
    """

    pk: int
    name: str
    kind: str
    topic: str
    text: str
    is_translated: bool


def templates_for(staff: Staff, language: str) -> list[Offered]:
    """Return the answers that `staff` may begin a reply with, for a customer of `language`.

    Those written in that language come first, each group in the order of the list.
    """
    if not staff.may(Act.WORK_ON_CASE):
        return []
    house = Organisation.objects.values_list("language", flat=True).first() or ""
    rows = AnswerTemplate.objects.filter(active=True).order_by("position", "pk")[:MOST]
    offered = [
        Offered(
            pk=row.pk,
            name=row.name,
            kind=row.kind,
            topic=row.topic,
            text=said_in(language, row.texts, house=house),
            is_translated=bool(row.texts.get(language, "").strip()),
        )
        for row in rows
    ]
    return sorted(offered, key=lambda one: not one.is_translated)


def templates_kept(staff: Staff) -> QuerySet[AnswerTemplate]:
    """Return all answers in the order of the list, for those who keep it."""
    rows = AnswerTemplate.objects.order_by("position", "pk")
    return rows if staff.may(Act.EDIT_PROCEDURES) else rows.none()


def template_kept(staff: Staff, pk: int) -> AnswerTemplate:
    """Return one answer of the list.

    Raises AnswerTemplate.DoesNotExist.
    """
    return templates_kept(staff).get(pk=pk)
