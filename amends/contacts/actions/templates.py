"""Keeping the list of answers that are given often."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.contacts.events import AnswerKept, AnswerMoved, AnswerOffered
from amends.contacts.models.templates import AnswerTemplate
from amends.contacts.rules.templates import Variable, unknown_in
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act


class AnswerNameNeeded(Refused):
    text = _("Give it a name by which colleagues find it.")


class AnswerKnown(Refused):
    text = _("There is an answer “%(name)s” already.")


class AnswerTextNeeded(Refused):
    text = _("Write it in at least one language.")


class VariableUnknown(Refused):
    text = _("Nothing is known by the name of %(names)s. These can stand in braces: %(known)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """An answer as it is written down; kind and topic empty for every one.

    texts: {language: text}.
    """

    name: str
    texts: Mapping[str, str]
    kind: str = ""
    topic: str = ""


@transaction.atomic
def keep_answer(
    template: AnswerTemplate | None, *, draft: AnswerDraft, by: Staff, at: datetime
) -> AnswerTemplate:
    """Put one more answer at the end of the list, or write one anew, and return it.

    Raises NotAllowed, AnswerNameNeeded, AnswerTextNeeded, VariableUnknown, AnswerKnown.
    """
    _must_keep_the_list(by)
    name = " ".join(draft.name.split())
    texts = {code: said for code, text in draft.texts.items() if (said := text.strip())}
    if not name:
        raise AnswerNameNeeded
    if not texts:
        raise AnswerTextNeeded
    if unknown := dict.fromkeys(each for text in texts.values() for each in unknown_in(text)):
        raise VariableUnknown(names=_braced(unknown), known=_braced(Variable))
    same = AnswerTemplate.objects.filter(name__iexact=name).first()
    if same and same != template:
        raise AnswerKnown(name=same.name)
    kept = template or AnswerTemplate(position=_end_of_the_list())
    kept.name, kept.kind, kept.topic, kept.texts = name, draft.kind, draft.topic, texts
    kept.save()
    record(AnswerKept(template_id=kept.pk), by=by, at=at)
    return kept


@transaction.atomic
def move_answer(
    template: AnswerTemplate, *, places: int, by: Staff, at: datetime
) -> AnswerTemplate:
    """Put an answer so many `places` further down the list, or up if negative, and return it.

    Raises NotAllowed.
    """
    _must_keep_the_list(by)
    rows = list(AnswerTemplate.objects.order_by("position", "pk"))
    stood_at = rows.index(template)
    moved = rows.pop(stood_at)
    rows.insert(max(0, stood_at + places), moved)
    for position, row in enumerate(rows, 1):
        row.position = position
    AnswerTemplate.objects.bulk_update(rows, ["position"])
    record(AnswerMoved(template_id=moved.pk, position=moved.position), by=by, at=at)
    return moved


@transaction.atomic
def stop_offering(template: AnswerTemplate, *, by: Staff, at: datetime) -> AnswerTemplate:
    """Offer an answer no more, and return it; it stays in the list.

    Raises NotAllowed.
    """
    return _offer(template, active=False, by=by, at=at)


@transaction.atomic
def offer_answer_again(template: AnswerTemplate, *, by: Staff, at: datetime) -> AnswerTemplate:
    """Offer an answer again, and return it.

    Raises NotAllowed.
    """
    return _offer(template, active=True, by=by, at=at)


def _offer(template: AnswerTemplate, *, active: bool, by: Staff, at: datetime) -> AnswerTemplate:
    _must_keep_the_list(by)
    template.active = active
    template.save(update_fields=["active"])
    record(AnswerOffered(template_id=template.pk, offered=active), by=by, at=at)
    return template


def _must_keep_the_list(by: Staff) -> None:
    """Let `by` change the list; two who do at once come one after another."""
    require(by, Act.EDIT_PROCEDURES)
    Organisation.objects.select_for_update().get()


def _end_of_the_list() -> int:
    return (AnswerTemplate.objects.aggregate(last=Max("position"))["last"] or 0) + 1


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
