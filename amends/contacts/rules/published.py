"""Whether the record is published by which our signatures are checked. Pure.

Source: RFC 6376, section 3.6.1: a list of tags, of which `p` is the key; an empty one withdraws it.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum


class Published(StrEnum):
    """What stands in the DNS where the key of our signatures belongs."""

    RIGHT = "right"
    MISSING = "missing"
    OTHER_KEY = "other-key"
    WITHDRAWN = "withdrawn"
    BROKEN = "broken"
    SEVERAL = "several"
    UNKNOWN = "unknown"


def record_name(selector: str, address: str) -> str:
    """Return under which name the key belongs by which mail from `address` is signed."""
    return f"{selector}._domainkey.{address.rpartition('@')[2]}"


def record_of(public_key: str) -> str:
    """Return the record that tells of `public_key`."""
    return f"v=DKIM1; k=rsa; p={public_key}"


def published(records: Sequence[str] | None, *, public_key: str) -> Published:
    """Return what `records` tell of `public_key`; None of them means that nobody answered."""
    if records is None:
        return Published.UNKNOWN
    if len(records) == 1:
        return _told_by(_tags(records[0]), public_key)
    return Published.SEVERAL if records else Published.MISSING


def _told_by(tags: Mapping[str, str], public_key: str) -> Published:
    is_one = tags.get("v", "DKIM1") == "DKIM1" and tags.get("k", "rsa") == "rsa" and "p" in tags
    if not is_one:
        return Published.BROKEN
    if not tags["p"]:
        return Published.WITHDRAWN
    return Published.RIGHT if tags["p"] == public_key else Published.OTHER_KEY


def _tags(record: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in record.split(";"))
    return {name.strip(): "".join(value.split()) for name, equals, value in pairs if equals}
