"""What leaves and what stays, worked out so that the template only prints it."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.base.time_words import day_words
from amends.cases.rules.bundle import INTERNAL, Item, Kept
from amends.contacts.rules.gist import gist_of
from amends.contacts.rules.kinds import Channel, Direction
from amends.web.bundles.forms import name_of
from amends.web.bundles.words import ITEMS, KEPT
from amends.web.words import word

if TYPE_CHECKING:
    from django.forms import Form

    from amends.web.bundles.plan import Line, Plan

# What somebody chose can be chosen otherwise; the rest follows from something else.
CHOSEN = {None, Kept.CHOSEN, Kept.INTERNAL}


def preview(plan: "Plan", form: "Form") -> dict[str, object]:
    """Return every thing of the case as a line, those of one contact together, and the sums."""
    ticked = set(form["other"].value() or ())
    words = {piece.pk: piece.what for piece in plan.whole.evidence}
    notes = {note.pk: gist_of(note.text) for note in plan.whole.notes}
    told = {Item.EVIDENCE: words, Item.NOTE: notes}
    lines = [_line(plan, line, told, ticked) for line in plan.lines]
    out = sum(line.leaves for line in plan.lines)
    stays = len(plan.lines) - out
    return {
        "lines": lines,
        "out_said": ngettext("%(n)s thing leaves", "%(n)s things leave", out) % {"n": out},
        "stays_said": ngettext("%(n)s stays here", "%(n)s stay here", stays) % {"n": stays},
        "unseen": [line.file for line in plan.unseen],
        "about_somebody": any(each.part == "complained-about" for each in plan.whole.parties),
    }


def _line(
    plan: "Plan", line: "Line", told: dict[Item, dict[int, str]], ticked: set[str]
) -> dict[str, object]:
    name = name_of(line.item, line.pk)
    can_be_black = line.item is Item.CONTACT and hasattr(line.contact, "words")
    args = [plan.bundle.case.reference, plan.bundle.pk, line.pk]
    return {
        "name": name,
        "what": _what(line),
        "detail": _detail(line, told),
        "under": line.item in {Item.MAIL, Item.FILE, Item.REMARK},
        "leaves": line.leaves,
        "why": "" if line.kept is None else KEPT[line.kept],
        "ticked": name in ticked,
        "may": line.kept in CHOSEN,
        "otherwise": _("let it leave") if line.item in INTERNAL else _("leave it out"),
        "bars": len(plan.spans.get(line.pk, ())) if line.item is Item.CONTACT else 0,
        "blacken": reverse("case-blacken", args=args) if can_be_black else "",
    }


def _what(line: "Line") -> str:
    if line.item is not Item.CONTACT or line.contact is None:
        return str(ITEMS[line.item])
    contact = line.contact
    when = day_words(contact.started_at, timezone.localtime())
    channel = word(Channel(contact.channel)).capitalize()
    return f"{channel}, {word(Direction(contact.direction))}, {when}"


def _detail(line: "Line", told: dict[Item, dict[int, str]]) -> str:
    if line.file:
        return line.file.name
    if line.item is Item.CONTACT and line.contact:
        return line.contact.gist or line.contact.subject
    if line.item is Item.REMARK and line.contact:
        remarks = {remark.pk: gist_of(remark.text) for remark in line.contact.notes.all()}
        return remarks.get(line.pk, "")
    return told.get(line.item, {}).get(line.pk, "")
