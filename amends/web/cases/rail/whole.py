"""The care rail of a case, worked out so that the template only prints it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.queries.care import Care
from amends.cases.rules.disclosure import Matter
from amends.contacts.rules.kinds import Effect
from amends.staff.rules.authority import FREE
from amends.staff.rules.permissions import Act
from amends.web.cases import turnings
from amends.web.cases.rail.clocks import clocks_shown
from amends.web.cases.rail.desk import Desk, Way
from amends.web.cases.rail.hands import hands_shown
from amends.web.cases.rail.obstacles import obstacles_of
from amends.web.cases.rail.promises import promises_shown
from amends.web.cases.rail.rare import met_said, rare_said
from amends.web.cases.rail.steps_ahead import next_of
from amends.web.cases.rail.todos import todos_shown
from amends.web.cases.words import MATTERS, MISSING, SHORT, STEPS, remedy_within
from amends.web.templatetags.amends import Step as ShownStep
from amends.web.words import word


def rail(desk: Desk) -> dict[str, object]:
    """Return the context of the care rail."""
    care = desk.care
    done = sum(report.is_done for report in care.steps)
    obstacles = obstacles_of(desk)
    return {
        "next": next_of(desk),
        **clocks_shown(desk),
        **promises_shown(desk),
        **todos_shown(desk),
        "steps": _steps(care),
        "steps_said": _("%(done)s of %(all)s") % {"done": done, "all": len(care.steps)},
        "handled": desk.way(_("How it was handled"), "handled"),
        "obstacles": obstacles,
        "closing_said": _closing_said(len(obstacles)),
        "close": desk.way(_("Close with thanks"), "close"),
        "follows": any(one.staff_id == desk.staff.pk for one in care.file.followers),
        "last_said": _last_said(care),
        "last_was_bad": _was_bad(care),
        "others": _others(desk) if desk.works else [],
        "more": turnings.more(desk) if desk.works else [],
        "limits": _limits(care),
        "hands": hands_shown(desk),
        "rare": rare_said(desk),
        "met_said": met_said(desk),
        "may_say": [MATTERS[matter] for matter in care.may_be_said],
        "may_not_say": [MATTERS[matter] for matter in Matter if matter not in care.may_be_said],
    }


def _others(desk: Desk) -> list[Way]:
    """Return what else can be done with the case, besides what is next."""
    ways = [desk.way(_("Apologise"), "sorry"), desk.way(_("Thank them"), "thank")]
    if desk.case.owner_id == desk.staff.pk or desk.staff.may(Act.ASSIGN_CASE):
        ways.append(desk.way(_("Hand it over"), "hand-over"))
    if desk.staff.may(Act.ASSIGN_CASE):
        ways.append(desk.way(_("Give it to a colleague"), "assign"))
    return [
        *ways,
        desk.way(_("Snooze it"), "snooze"),
        desk.way(_("What would put it right"), "wish"),
        desk.way(_("Needs and wishes"), "needs"),
        desk.way(_("All details are clear"), "clarified"),
        desk.way(_("Read back what happens next"), "read-back"),
        desk.way(_("How grave it is"), "assess"),
        desk.way(_("One more thing complained of"), "issue"),
        desk.way(_("Somebody else in it"), "party"),
        desk.way(_("Thanks for a colleague"), "thanks"),
        desk.way(_("It is about a colleague"), "about-colleague"),
        desk.way(_("A protective hold"), "stop"),
        desk.way(_("Count the cause"), "cause"),
        desk.way(_("They take it back"), "withdraw"),
    ]


def _closing_said(missing: int) -> str:
    if not missing:
        return _("nothing is missing")
    return ngettext("%(n)s thing missing", "%(n)s things missing", missing) % {"n": missing}


def _was_bad(care: Care) -> bool:
    return care.customer.last is not None and care.customer.last.effect == Effect.BAD


def _last_said(care: Care) -> str:
    """Return how the last contact ended, for the one line of the customer that is always shown."""
    last = care.customer.last
    if last is None or last.effect == Effect.UNKNOWN:
        return ""
    return _("last contact: %(effect)s") % {"effect": word(Effect(last.effect))}


def _steps(care: Care) -> list[ShownStep]:
    shown, now_found = [], False
    for report in care.steps:
        state = "passed" if report.passed else "done" if report.is_done else "open"
        if state == "open" and not now_found:
            state, now_found = "now", True
        missing = ", ".join(str(MISSING[each]) for each in report.missing)
        name = SHORT[report.short] if report.is_done and report.short else STEPS[report.step]
        shown.append(ShownStep(str(name), state, missing))
    return shown


def _limits(care: Care) -> list[str]:
    """Return what the reader may give, each kind with its limit."""
    given = ((kind, limit) for kind, limit in care.limits.items() if kind not in FREE)
    return [remedy_within(kind, limit) for kind, limit in given]
