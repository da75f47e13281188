"""Whether a mail comes from where it says, by what our own server checked. Pure.

Source: RFC 8601: only the line of a server that we name is believed, and of several the first,
which that server itself put on top.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from amends.contacts.rules.messages import Authentication


class Standing(StrEnum):
    """What is known of the sender that a mail names."""

    PROVEN = "proven"
    FAILED = "failed"
    UNKNOWN = "unknown"


_RIGHT = {"pass", "bestguesspass"}
_WRONG = {"fail", "softfail", "permerror", "policy", "hardfail"}


def trusted_of(
    said: Sequence[Authentication], *, servers: Collection[str]
) -> Authentication | None:
    """Return what one of our `servers` says it checked; None if none of them said anything."""
    ours = {server.casefold() for server in servers}
    return next((each for each in said if each.server.casefold() in ours), None)


def standing_of(checked: Authentication | None, *, sender: str) -> Standing:
    """Return what the checks tell of the address `sender`.

    DMARC decides; without it a signature or an envelope of the sender's own domain proves it, and
    only wrong answers disprove it.
    """
    checks = checked.checks if checked else ()
    policy = {check.result for check in checks if check.method == "dmarc"}
    own = [check for check in checks if check.method in {"dkim", "spf"}]
    proven = any(check.result == "pass" and _aligned(check.about, sender) for check in own)
    if policy & _RIGHT or (proven and not policy & _WRONG):
        return Standing.PROVEN
    wrong = policy & _WRONG or any(check.result in _WRONG for check in own)
    return Standing.FAILED if wrong else Standing.UNKNOWN


def _aligned(about: str, sender: str) -> bool:
    """Return whether the domain of `about` is that of `sender`, or one above it."""
    checked = about.rpartition("@")[2].strip(". ").casefold()
    domain = sender.rpartition("@")[2].strip(". ").casefold()
    return (
        bool(checked) and (domain == checked or domain.endswith(f".{checked}")) and "." in checked
    )
