"""What is missing before a case may be closed, and the way to remove it."""

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _

from amends.cases.queries.fields import missing_to_closing
from amends.cases.rules.closing import Obstacle
from amends.cases.rules.kinds import Outcome
from amends.web.cases.rail.desk import Desk, Way
from amends.web.cases.words import OBSTACLES
from amends.web.field_values import named


def obstacles_of(desk: Desk) -> list[dict[str, object]]:
    """Return all that is missing before the case may be closed."""
    return [_obstacle(desk, obstacle) for obstacle in desk.care.obstacles]


def _obstacle(desk: Desk, obstacle: Obstacle) -> dict[str, object]:
    """Return what is missing before the case may be closed, and the way to the act for it."""
    words, label = OBSTACLES[obstacle]
    text = str(words)
    if obstacle is Obstacle.FIELDS_MISSING:
        text = _("not filled in: %(fields)s") % {"fields": _not_filled_in(desk)}
    return {"text": text, "way": removing(desk, obstacle, label) if desk.works else None}


def _not_filled_in(desk: Desk) -> str:
    asked = missing_to_closing(desk.care.file.fields, desk.case)
    return ", ".join(named(each.label) for each in asked)


def removing(desk: Desk, obstacle: Obstacle, label: Words) -> Way | None:
    """Return the way to the act that removes `obstacle`: on one thing of the case, or on all."""
    open_ = [one.pk for one in desk.care.file.issues if one.validity == Outcome.NOT_JUDGED]
    about_one = {
        Obstacle.BROKEN_WITHOUT_APOLOGY: ("sorry-first", [each.pk for each in desk.unsaid]),
        Obstacle.PROMISES_OWED: ("kept", [each.pk for each in desk.owed]),
        Obstacle.HOLD_IN_FORCE: ("hold", [each.pk for each in desk.care.file.holds]),
        Obstacle.ISSUES_NOT_FOUND_ON: ("finding", open_),
    }
    act, keys = about_one.get(obstacle, ("", []))
    if keys:
        return desk.way(label, act, keys[0])
    on_all = REMOVES.get(obstacle)
    return desk.way(label, on_all) if on_all else None


REMOVES = {
    Obstacle.CUSTOMER_UNKNOWN: "customer",
    Obstacle.NOT_ANSWERED: "reply",
    Obstacle.WISH_NOT_ASKED: "wish",
    Obstacle.NOBODY_OWNS_IT: "take",
    Obstacle.FIELDS_MISSING: "fields",
    Obstacle.HANDOVER_WAITS: "accept",
    Obstacle.REVIEW_RUNS: "review-done",
    Obstacle.OUTSIDE_RUNS: "outside-decided",
    Obstacle.NOT_COMPLIED: "comply",
    Obstacle.LETTER_OWED: "write-anew",
    Obstacle.SUMMARY_OWED: "summary",
    Obstacle.PARTS_OPEN: "link-other",
    Obstacle.ANOTHER_FIRST: "link-other",
    Obstacle.NOTHING_DONE: "promise",
    Obstacle.TODOS_OPEN: "leave-todos",
    Obstacle.NOT_ASKED: "asked",
    Obstacle.NOT_PUT_RIGHT: "promise",
    Obstacle.NOT_THANKED: "thank",
    Obstacle.CAUSE_NOT_COUNTED: "cause",
    Obstacle.PREVENTION_NOT_DECIDED: "cause",
}
