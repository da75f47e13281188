"""Whether Amends itself asks if it is put right, or hands the question to a colleague. Pure."""

from amends.people.rules.kinds import Preference

MOST_BY_MAIL = 2


def asks_by_mail(*, has_mail: bool, prefers: Preference | None, asked: int) -> bool:
    """Return whether the question goes out by mail by itself.

    Twice at most, and never to somebody who likes to be met on another channel: a colleague asks
    those. asked: how often Amends asked already.
    """
    return has_mail and prefers in {None, Preference.EMAIL} and asked < MOST_BY_MAIL
