"""A sheet as it is filled in, for the tests of its pages."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

KEY = "0123456789abcdef0123456789abcdef"
STORY = "On Saturday evening it went cold again. I am so tired."
HOSTILE = "<script>alert(1)</script>'\"; DROP TABLE x; \u202e %s {{ 7*7 }} 😡"


def address(name: str, key: str = KEY) -> str:
    return reverse(name, args=[key])


def tomorrow() -> datetime:
    return (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)


def filled(act: str = "promise", **fields: str) -> dict[str, str]:
    """Return a sheet that holds; `fields` are those that the test is about."""
    return {
        "act": act,
        "channel": "telephone",
        "kind": "complaint",
        "story": STORY,
        "wish": "I want to know who comes, and when",
        "what": "An engineer finds out why, and it is warm",
        "when": tomorrow().isoformat(),
        **fields,
    }
