"""Texts of customers that a machine can tell apart."""

from amends.learning.rules.targets import Example

HEATING = ("The radiators are cold since {day}", "No heating on {day} again", "Cold flat, {day}")
BILLS = ("The bill of {day} is too high", "You charged me twice on {day}", "Wrong invoice, {day}")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STREETS = ("Oak Street", "Mill Lane", "the river", "number 17", "the old town")


def texts(said, count):
    return [
        f"{said[each % len(said)].format(day=DAYS[each % 7])}. I live at {STREETS[each % 5]}."
        for each in range(count)
    ]


def examples(count=240, *, one="heating", other="billing"):
    """Return `count` examples in turns, which can be told apart by their words."""
    half = count // 2
    pairs = zip(texts(HEATING, half), texts(BILLS, half), strict=True)
    return [
        Example(text, label) for cold, bill in pairs for text, label in ((cold, one), (bill, other))
    ]
