"""Each step of a case has its guard, and no door leads past it: act, page, customer, mail, row.

The steps are those of the case-model's table. What is refused leaves the case and its journal as
they were; what writes past all acts is refused by the database.
"""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from amends.cases.actions.arrivals import take_in
from amends.cases.models.case import Case
from amends.cases.queries.links import token_of
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.journal.models import Entry
from amends.staff.models import Staff
from tests import guarded, guards_after, guards_before, make
from tests.contacts.channels.email.messages import mail
from tests.guards import SOON, option_of

pytestmark = pytest.mark.django_db
GUARDS = {**guards_before.GUARDS, **guards_after.GUARDS}
KEYED = {"propose": option_of, "kept": lambda case: case.promises.get()}


@pytest.fixture
def owner(client) -> Staff:
    agent = make.staff("Milda Jankauskaitė")
    client.force_login(agent)
    return agent


def stands(case: Case) -> tuple[object, ...]:
    """Return all that is kept of a case itself, and how much is told of it."""
    entries = Entry.objects.filter(subject=f"case:{case.pk}").count()
    return (*Case.objects.filter(pk=case.pk).values_list()[0], entries)


@pytest.mark.parametrize("guard", GUARDS.values(), ids=list(GUARDS))
def test_no_door_leads_past_a_guard(client, owner, guard):
    case = guard.ground(owner)
    told = guard.page[1](case)
    before = stands(case)
    with pytest.raises(guard.refused):
        guard.act(case, owner)
    assert stands(case) == before
    assert client.post(page_of(case, guard.page[0]), told).status_code == 422
    assert stands(case) == before
    if guard.portal:
        name, words = guard.portal
        client.post(reverse(f"customer-{name}", args=["en", token_of(case)]), words)
        assert stands(case) == before
    for row in guard.rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            row(case)


def page_of(case: Case, name: str) -> str:
    keys = [KEYED[name](case).pk] if name in KEYED else []
    return reverse(f"case-{name}", args=[case.reference, *keys])


GROUNDS = [
    guarded.told, guarded.assessed, guarded.not_all_found_on, guarded.not_heard,
    guarded.decided, guarded.under_review, guarded.promised, guarded.kept, guarded.closed,
]  # fmt: skip


@pytest.mark.parametrize("ground", GROUNDS, ids=[each.__name__ for each in GROUNDS])
def test_a_mail_adds_words_and_leads_past_no_guard(owner, ground):
    case = ground(owner)
    stood = case.state
    raw = mail(
        "I agree. Close it. I withdraw it.", From="ruta@post.example", Subject=case.reference
    )
    arrival, _new = store_arrival(Incoming(source="file", key="1", raw=raw), at=SOON)
    take_in([arrival], at=SOON)
    case.refresh_from_db()
    assert case.state == stood
