"""What else the whole case tells on paper: how it is sorted, and what was done inside."""

from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from amends.cases.queries.fields import seen_in
from amends.cases.queries.tags import tags_in
from amends.cases.rules.admissibility import Ground, Ruled
from amends.cases.rules.fields import FieldType, Filled
from amends.cases.rules.kinds import Severity
from amends.cases.rules.steps import Step
from amends.cases.rules.weighing import Ahead
from amends.web.bundles.blocks import (
    Block,
    Section,
    day,
    heading,
    moment,
    pairs,
    para,
    section,
    table,
)
from amends.web.cases.words import STEPS
from amends.web.field_values import named, value_words
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.cases.models.todos import Todo
    from amends.web.bundles.plan import Plan


def sorted_by(plan: "Plan") -> Section:
    """Return the tags of the case and what our own fields hold.

    What only those who handle it see stays here; how many fields that are is said.
    """
    whole, tags = plan.whole, plan.bundle.case.tags
    shown = seen_in(whole.fields, handles=False)
    hidden = len(whole.fields) - len(shown)
    stays = ngettext(
        "%(n)s field is not in it: only those who handle the case see it.",
        "%(n)s fields are not in it: only those who handle the case see them.",
        hidden,
    )
    told = [
        (named(line.label), value_words(FieldType(line.type), line.filled, line.chosen))
        for line in shown
    ]
    names = ", ".join(tags_in(get_language() or "").of(tags)) if tags else ""
    return section(
        _("How it is sorted"),
        pairs((_("Tags"), names), *told),
        para(stays % {"n": hidden}) if hidden else None,
    )


def how_grave(case: "Case") -> Block | None:
    """Return how grave the case was held to be, and why it came before others, if it did."""
    return pairs(
        (_("How much harm"), word(Severity(case.severity)) if case.severity else ""),
        (_("Is anybody in danger?"), _said(Filled(truth=case.safety))),
        (_("How tangled, 1 to 5"), str(case.complexity or "")),
        (_("How many it touches, 1 to 5"), str(case.impact or "")),
        (_("Can something be done at once?"), _said(Filled(truth=case.immediate_action_possible))),
        (
            _("Why it comes first"),
            word(Ahead(case.priority_reason)) if case.priority_reason else "",
        ),
    )


def _said(answer: Filled) -> str:
    return value_words(FieldType.YES_NO, answer, ())


def ruled(plan: "Plan") -> Section:
    """Return whether the matter was held to be for us to decide, on which days, and why."""
    blocks: list[Block | None] = []
    for each in plan.whole.rulings:
        earlier = each.earlier.reference if each.earlier else ""
        blocks += [
            heading(f"{word(Ruled(each.ruled)).capitalize()}: {word(Ground(each.ground))}"),
            pairs(
                (_("Why"), each.reasons),
                (_("When it happened"), day(each.happened_on)),
                (_("When they learned of it"), day(each.aware_on)),
                (_("When they first complained"), day(each.complained_on)),
                (_("The case in which it was decided before"), earlier),
                (_("By whom"), each.by.name),
                (_("When"), moment(each.at)),
                (_("Taken back"), moment(each.taken_back_at)),
                (_("Why it was taken back"), each.taken_back_why),
            ),
        ]
    return section(_("Whether it is for us to decide"), *blocks)


def todos(plan: "Plan") -> Section:
    """Return what was to be done inside, each checklist apart, and what came of it."""
    blocks: list[Block | None] = []
    head = (_("What"), _("By when"), _("By whom"), _("What became of it"))
    ordered = sorted(plan.whole.todos, key=lambda each: each.checklist_id or 0)
    for name, group in groupby(ordered, key=_list_of):
        rows = [(each.what, moment(each.due_at), each.owner.name, _became(each)) for each in group]
        blocks += [heading(name) if name else None, table(head, rows, widths=(6, 4, 3, 6))]
    return section(_("What was to be done inside"), *blocks)


def passed_over(plan: "Plan") -> Section:
    """Return the steps that were passed over by somebody's own judgement, and why."""
    rows = [
        (moment(each.at), str(STEPS[Step(each.step)]), each.reason, each.by.name)
        for each in plan.whole.passed_over
    ]
    head = (_("When"), _("Step"), _("Why"), _("By whom"))
    return section(_("Steps passed over"), table(head, rows, widths=(4, 4, 7, 3)))


def _list_of(todo: "Todo") -> str:
    return todo.checklist.name if todo.checklist else ""


def _became(todo: "Todo") -> str:
    if todo.done_at:
        done = _("Done %(moment)s by %(name)s") % {
            "moment": moment(todo.done_at),
            "name": todo.done_by.name if todo.done_by else todo.owner.name,
        }
        return ". ".join(text.rstrip(".") for text in (done, todo.evidence) if text)
    if todo.left_at:
        left = _("Left undone %(moment)s") % {"moment": moment(todo.left_at)}
        return f"{left}. {todo.left_reason}"
    return _("not yet")
