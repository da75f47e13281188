"""Whether a sheet says anything yet. Pure."""

from collections.abc import Mapping

# What stands on every sheet before anybody has said or chosen something.
_GIVEN = frozenset({"channel", "kind", "begun", "language", "remedy", "case"})
_GIVEN_WITH = "_currency"


def says_something(fields: Mapping[str, str]) -> bool:
    """Return whether something was written, chosen or felt: who only opened a sheet left none."""
    return any(
        value.strip()
        for name, value in fields.items()
        if name not in _GIVEN and not name.endswith(_GIVEN_WITH)
    )
