"""A sheet as it is filled in, for the tests of its pages."""

import re
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from amends.contacts.actions.drafts import Typing, keep_draft
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import DraftKind
from amends.staff.models import Staff

KEY = "0123456789abcdef0123456789abcdef"
URL = f"/contact/{KEY}/"
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


def wrong_fields(response: HttpResponse) -> list[str]:
    """Return the fields that the page names as wrong."""
    return re.findall(r'<li><a href="#id_(\w+)">', response.content.decode())


def value_of(response: HttpResponse, name: str) -> str:
    """Return what stands in a hidden field of the page."""
    return str(re.findall(rf'name="{name}" value="([^"]+)"', response.content.decode())[0])


def keep(by: Staff, key: str = KEY, **fields: str) -> Draft:
    """Keep what was typed on a sheet of `by`."""
    typing = Typing(DraftKind.SHEET, key, fields, 0)
    return keep_draft(typing, by=by, at=timezone.now())
