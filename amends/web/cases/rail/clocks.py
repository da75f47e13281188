"""The clocks of a case on its rail: the law's, ours, and what was agreed, each kind apart."""

from django.utils.translation import gettext as _

from amends.cases.queries.file_lines import Ticking
from amends.cases.rules.clocks import Clock, Reading
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import Whose
from amends.web.cases.clock_words import CUSTOMS, DUTIES, MEASURES
from amends.web.cases.rail.desk import Desk
from amends.web.cases.words import CLOCKS
from amends.web.templatetags.amends import Clock as ShownClock

CUSTOM = "default"
_OURS = (Clock.ANSWER, Clock.AGREE)


def clocks_shown(desk: Desk) -> dict[str, object]:
    """Return the clocks of the rail in their kinds, and where it is told why they are due then."""
    ticking = desk.care.file.clocks
    shown = [each for each in ticking if _is_shown(each)]
    law = [_kept(each) for each in shown if not _is_ours(each)]
    ours = [_kept(each) for each in shown if _is_ours(each)]
    measured = {each.what for each in ticking if each.whose == Whose.STANDARD}
    agreed = []
    for reading in desk.care.clocks:
        if reading.clock not in _OURS:
            agreed.append(_read(reading))
        elif not (reading.clock is Clock.ANSWER and Measure.FIRST_ANSWER in measured):
            ours.append(_read(reading))
    kinds = [(_("Agreed"), agreed), (_("The law"), law), (_("Our own"), ours)]
    return {
        "clock_kinds": [{"name": name, "clocks": clocks} for name, clocks in kinds if clocks],
        "why": desk.way(_("Why is this due then?"), "clocks"),
    }


def _is_ours(clock: Ticking) -> bool:
    """Return whether nobody but ourselves asks it of us: what holds where no law does, too."""
    return clock.whose == Whose.STANDARD or clock.profile == CUSTOM


def _is_shown(clock: Ticking) -> bool:
    """Return whether a clock is worth a line: it binds, has a date, and runs or was kept."""
    runs = clock.ended_at is None
    return clock.binds and clock.due_at is not None and (runs or _in_time(clock))


def _in_time(clock: Ticking) -> bool:
    return bool(clock.met_at and clock.due_at and clock.met_at <= clock.due_at)


def name_of(clock: Ticking) -> str:
    """Return what a clock is called."""
    if clock.whose == Whose.STANDARD:
        return str(MEASURES[clock.what])
    return str((CUSTOMS if clock.profile == CUSTOM else DUTIES)[clock.what])


def _kept(clock: Ticking) -> ShownClock:
    name = name_of(clock)
    if clock.paused and not clock.ended_at:
        name = _("%(name)s (stands still)") % {"name": name}
    return ShownClock(name, clock.due_at, kept=_("kept") if _in_time(clock) else "")


def _read(reading: Reading) -> ShownClock:
    kept = _("kept") if reading.in_time and reading.met_at else ""
    return ShownClock(str(CLOCKS[reading.clock]), reading.due_at, kept=kept)
