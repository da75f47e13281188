"""Whether somebody who tells us a name and ways to reach them is a customer we know. Pure."""

from amends.people.rules.duplicates import Known, Sign, likeness


def is_surely(known: Known, claimed: Known) -> bool:
    """Return whether `claimed` says nothing that we do not know of `known` already.

    The name, and every way to reach them: whoever writes to us in somebody's name and gives an
    address of their own must neither be taken for them nor have that address written beside
    theirs. Those who are not recognised become a record of their own, which colleagues may merge.
    """
    reachable = bool(claimed.mails or claimed.telephones)
    return (
        reachable
        and claimed.mails <= known.mails
        and claimed.telephones <= known.telephones
        and Sign.SAME_NAME in likeness(known, claimed).signs
    )
