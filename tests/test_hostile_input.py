"""Every page and every form, tried with what nobody should send.

Empty, huge, hostile, contradictory and stale input is answered with a sentence or turned away:
never by an error of ours, and what is turned away leaves nothing half done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.contacts.models import Contact, OutgoingMail
from amends.journal.models import Entry
from amends.people.models import ContactPoint, Person
from amends.staff.models import Staff, Team
from tests.hostile_ground import Ground, build

HUGE = b"9" * 1_000_000
HOSTILE = (
    b"a\x00b",
    b"\xed\xa0\x80 \xff\xfe",  # a lone surrogate, and no UTF-8 at all
    "\u202e\u2066gnp.exe\u200b\ufeff".encode(),
    b"<script>alert(1)</script>\"'><img src=x onerror=alert(2)>",
    b"'; DROP TABLE cases_case; -- %' OR 1=1 %s %(x)s",
    b"{{ 7*7 }}{% debug %}{% include 'x' %} ${7*7} #{7*7}",
    b"../../../../etc/passwd\r\nSet-Cookie: a=b\r\n\r\n",
    "٣٣٣ ½ ² 𝟙 ⅷ".encode(),
    "😡".encode() * 300,
)
NUMBERS = (b"-1", b"1e308", b"NaN", b"9" * 40, b"0", b"99999999999999999999.999", b"Infinity")
DATES = (
    b"0001-01-01T00:00",
    b"9999-12-31T23:59",
    b"2026-02-30T25:61",
    b"0001-01-01",
    b"9999-12-31",
)
STALE = (b"0", b"999999999999999999", b"-5", b"x", "٣".encode(), b"9" * 30)
QUERIES = (
    "q", "before", "after", "list", "which", "kind", "state", "channel", "from", "next", "person",
    "lang", "days", "view",
)  # fmt: skip
# Fields that only a script or a button sends; the others are read from the pages themselves.
UNSEEN = (
    "act", "address", "language", "mechanism", "naming", "next", "seen", "then", "undo", "version",
    "email", "name", "text", "story", "verdict", "words", "why", "step",
)  # fmt: skip
FIELD = re.compile(r'<(input|select|textarea|button)\b[^>]*?\sname="([^"]+)"[^>]*>', re.DOTALL)
TYPE = re.compile(r'\stype="([^"]+)"')
OPTION = re.compile(r'<option value="([^"]+)"')
VALUE = re.compile(r'\svalue="([^"]*)"')
COUNTED = (Entry, Contact, OutgoingMail, Case, Promise, Person, ContactPoint, Staff, Team)
SERVER_ERROR = 500
REFUSED = 400


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a page: what is written freely, and what is chosen among what."""

    free: tuple[str, ...]
    chosen: dict[str, list[str]]
    files: tuple[str, ...]


def _address(ground: Ground, pattern: URLPattern) -> str:
    """Return an address of a page, that names something that is there."""
    wanted = dict.fromkeys(re.findall(r"\(\?P<(\w+)>", str(pattern.pattern.regex.pattern)))
    given = {**ground.ids[""], **ground.ids.get(pattern.name or "", {})}
    return reverse(pattern.name, kwargs={one: given[one] for one in wanted})


@pytest.fixture
def ground(db) -> Ground:
    return build()


def _patterns(among: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in among:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def _form_of(page: str) -> Form:
    free, chosen, files = dict.fromkeys(UNSEEN), {}, []
    for match in FIELD.finditer(page):
        tag, name = match[1], match[2]
        kind = TYPE.search(match[0])
        value = VALUE.search(match[0])
        if kind and kind[1] == "file":
            files.append(name)
        elif tag == "select":
            offered = OPTION.findall(page[match.end() : page.find("</select>", match.end())])
            chosen[name] = offered or ["x"]
        elif (kind and kind[1] in {"radio", "checkbox"}) or tag == "button":
            chosen.setdefault(name, []).append(value[1] if value else "on")
        else:
            free[name] = None
    return Form(tuple(name for name in free if name not in chosen), chosen, tuple(files))


def _tries(form: Form) -> Iterator[dict[str, bytes]]:
    """Return what is posted: each kind of bad input, once for every field of the form."""
    names = [*form.free, *form.chosen]
    first = {name: offered[0].encode() for name, offered in form.chosen.items()}
    last = {name: offered[-1].encode() for name, offered in form.chosen.items()}
    yield {}
    for shift in (0, 4):
        turned = cycle([*HOSTILE[shift:], *HOSTILE[:shift]])
        told = {name: next(turned) for name in form.free}
        yield {**told, **(first if shift else last)}
    yield {name: HOSTILE[place % len(HOSTILE)] for place, name in enumerate(names)}
    for values in (NUMBERS, DATES, STALE):
        turned = cycle(values)
        yield {**{name: next(turned) for name in form.free}, **first}
    longest = next((name for name in ("story", "text", *form.free) if name in form.free), "text")
    yield {**dict.fromkeys(form.free, b"x"), **last, longest: HUGE}


def _rows() -> tuple[int, ...]:
    """Return how much there is of what a request could leave half done."""
    each = (f'(SELECT count(*) FROM "{model._meta.db_table}")' for model in COUNTED)  # noqa: S608  our own tables
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(each)}")
        counts: tuple[int, ...] = cursor.fetchone()
    return counts


class Sweep:
    """One person who sends all of it, each time to the ground as it was before."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.before = ground, _rows()
        self.wrong: list[str] = []
        self.asked = count()

    def ask(self, client: Client, what: str, **request: Any) -> str:
        """Send one request, note what is wrong with the answer, and undo what it did."""
        next(self.asked)
        kept = client.cookies.copy()
        with transaction.atomic():
            response = client.generic(**request)
            if response.status_code >= SERVER_ERROR:
                error = getattr(response, "exc_info", None) or (None, None)
                self.wrong.append(f"{what}: {response.status_code} {error[1]!r}")
            elif response.status_code >= REFUSED and (now := _rows()) != self.before:
                self.wrong.append(f"{what}: {response.status_code}, and left {now}")
            text = "" if response.streaming else response.content.decode(errors="replace")
            transaction.set_rollback(True)
        client.cookies = kept  # type: ignore[assignment] # a copy of a SimpleCookie is one, too
        return text

    def get(self, client: Client, path: str, query: dict[str, bytes]) -> str:
        told = urlencode(query)
        return self.ask(
            client, f"GET {path}?{told[:80]}", method="GET", path=path, QUERY_STRING=told
        )

    def post(self, client: Client, path: str, told: dict[str, bytes]) -> None:
        self.ask(
            client,
            f"POST {path} {urlencode(told)[:200]}",
            method="POST",
            path=path,
            data=urlencode(told).encode(),
            content_type="application/x-www-form-urlencoded",
        )


def _who_may(ground: Ground, path: str) -> Client:
    """Return somebody who may open a page: a colleague who is let in, or else a stranger."""
    for client in ground.staff:
        if client.get(path).status_code not in {403, 302}:
            return client
    return Client(raise_request_exception=False)


@pytest.fixture
def pages(ground) -> list[tuple[str, Client]]:
    """Every address of ours, and somebody who may open it."""
    named = [one for one in _patterns(get_resolver().url_patterns) if one.name]
    addresses = [_address(ground, one) for one in named]
    return [(path, _who_may(ground, path)) for path in addresses]


def test_no_form_is_upset_by_what_is_sent_to_it(ground, pages):
    sweep = Sweep(ground)
    for path, client in pages:
        form = _form_of(sweep.get(client, path, {}))
        for told in _tries(form):
            sweep.post(client, path, told)
    assert sweep.wrong == []
    assert next(sweep.asked) > 8 * len(pages)


def test_no_page_is_upset_by_what_is_asked_of_it(ground, pages):
    sweep = Sweep(ground)
    for path, client in pages:
        for shift in (0, 3, 6):
            turned = cycle([*HOSTILE[shift:], *STALE, *HOSTILE[:shift]])
            sweep.get(client, path, {name: next(turned) for name in QUERIES})
        sweep.get(client, path, {"q": HUGE[:8000]})
    assert sweep.wrong == []
