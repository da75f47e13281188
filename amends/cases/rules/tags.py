"""What a tag stands for once tags were joined, and how many a case may have. Pure."""

from collections.abc import Collection, Mapping

# More than these nobody reads in a row of a list.
MOST = 8
LONGEST = 40

# For each tag, by its key, the one it was joined to; None for one that stands for itself.
Joined = Mapping[int, int | None]


def stands_for(tag: int, joined: Joined) -> int:
    """Return the tag that `tag` is shown and found as."""
    while (into := joined.get(tag)) is not None:
        tag = into
    return tag


def as_shown(tags: Collection[int], joined: Joined) -> frozenset[int]:
    """Return what `tags` are shown as; two that were joined are one."""
    return frozenset(stands_for(tag, joined) for tag in tags)


def found_by(tag: int, joined: Joined) -> frozenset[int]:
    """Return all tags that are found as the one that `tag` stands for, itself included."""
    sought = stands_for(tag, joined)
    return frozenset(each for each in {*joined, sought} if stands_for(each, joined) == sought)


def folded(name: str) -> str:
    """Return `name` as it is compared: two tags that differ in case or spaces are one."""
    return " ".join(name.casefold().split())


def names_in_common(one: Mapping[str, str], other: Mapping[str, str]) -> frozenset[str]:
    """Return in which languages two tags would be called alike. one, other: {language: name}."""
    return frozenset(
        code
        for code, name in one.items()
        if folded(name) and folded(name) == folded(other.get(code, ""))
    )
