from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.snoozing import snooze_case
from amends.cases.models.case import Case
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    case = make.case(owner=milda)
    due_at = timezone.now() + timedelta(days=9)
    Case.objects.filter(pk=case.pk).update(next_due_at=due_at)
    case.refresh_from_db()
    return case


@pytest.fixture
def url(case):
    return reverse("case-snooze", args=[case.reference])


def last_offered(client, url):
    return [key for key, _label in client.get(url).context["form"].fields["when"].choices][-2]


def test_the_form_offers_no_moment_past_what_is_due(client, case, url):
    assert datetime.fromisoformat(last_offered(client, url)) == case.next_due_at


def test_it_is_snoozed_shown_in_its_list_and_undone(client, case, url):
    page = client.post(
        url, {"when": last_offered(client, url), "reason": "Ordered a part."}, follow=True
    )
    assert "Ordered a part." in page.text
    undo = reverse("case-wake", args=[case.reference])
    assert f'action="{undo}"' in page.text
    shown = client.get(reverse("inbox"), {"which": "snoozed"})
    assert [row.reference for row in shown.context["rows"]] == [case.reference]
    assert "Bring it back" in client.get(undo).text
    client.post(undo)
    assert client.get(reverse("inbox"), {"which": "snoozed"}).context["rows"] == []


def test_past_what_is_due_is_refused_with_the_moment(client, case, url):
    late = timezone.localtime(case.next_due_at + timedelta(days=1))
    told = {"when": "other", "until": f"{late:%Y-%m-%dT%H:%M}", "reason": "Later."}
    refused = client.post(url, told, headers=HTMX)
    assert refused.status_code == 422
    assert "Until then at the latest." in refused.text
    assert "<html" not in refused.text


@pytest.mark.parametrize("until", ["", "yesterday", "9999-12-31T23:59", "0001-01-01T00:00"])
def test_no_moment_is_refused(client, case, url, until):
    assert client.post(url, {"when": "other", "until": until, "reason": "x"}).status_code == 422
    case.refresh_from_db()
    assert case.snoozed_until is None


def test_what_is_due_already_says_why_it_stays(client, milda):
    late = make.case(owner=milda)
    page = client.get(reverse("case-snooze", args=[late.reference]))
    assert "It stays in sight until that is done." in page.text


def test_in_the_list_of_all_it_says_that_it_is_snoozed(client, case, milda):
    milda.role = "senior"
    milda.save()
    snooze_case(case, until=case.next_due_at, reason="x", by=milda, at=timezone.now())
    assert "snoozed" in client.get(reverse("inbox"), {"which": "all"}).context["rows"][0].kind
