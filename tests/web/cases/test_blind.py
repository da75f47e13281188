"""Whoever decides a grave case judges it on its own evidence, on every page."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from amends.cases.actions.assessment import record_finding
from amends.cases.actions.evidence import open_history
from amends.cases.actions.views import save_view
from amends.cases.models.case import Case
from amends.cases.queries.views import cases_of
from amends.cases.rules.kinds import Outcome
from amends.cases.rules.views import By, Column, Filter, Look, Match, Order
from amends.contacts.models import MannerShown
from amends.contacts.rules.kinds import Manner
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from amends.web.words import word
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import last_entry
from tests.web.bundles import scene

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S3-48")]
PAGES = ("case", "case-journal", "case-investigation")
MANNER = word(Manner.OFFENSIVE)
KEPT = "Shown once everything in their open case is found on"


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def grave(milda):
    return hard.investigated(milda)


@pytest.fixture
def earlier(grave, milda):
    """An earlier case of the same customer that has ended."""
    told = make.contact(person=grave.person)
    return make.withdrawn(make.case(told, owner=milda))


def shown(client, case, page="case"):
    return client.get(reverse(page, args=[case.reference]))


@pytest.mark.parametrize("page", PAGES)
def test_how_an_earlier_case_ended_is_kept_until_everything_is_found_on(
    client, grave, earlier, page
):
    answer = shown(client, earlier, page)
    assert answer.url == reverse("case-history", args=[grave.reference])


@pytest.mark.parametrize("page", PAGES)
def test_who_says_why_sees_it_and_the_journal_knows(client, grave, earlier, milda, page):
    open_history(grave, reason="They refer to it.", by=milda, at=make.NOW)
    assert shown(client, earlier, page).status_code == 200
    assert last_entry()[0] == "HistoryLookedAt"


def test_once_everything_is_found_on_nothing_is_kept(client, grave, earlier, milda):
    hard.evidence(grave)
    for issue in grave.issues.all():
        record_finding(issue, finding=hard.FOUND, by=milda, at=hard.NOW)
    assert shown(client, earlier).status_code == 200


def test_only_the_decider_of_a_grave_case_is_kept_from_it(client, grave, earlier):
    mate = make.staff()
    grave.team.members.add(mate)
    client.force_login(mate)
    assert shown(client, earlier).status_code == 200


def test_of_a_small_case_nothing_is_kept(client, grave, earlier):
    Case.objects.filter(pk=grave.pk).update(severity=2)
    assert shown(client, earlier).status_code == 200


def test_another_customers_case_is_not_kept(client, grave, milda):
    other = make.withdrawn(make.case(owner=milda))
    assert shown(client, other).status_code == 200


def test_manners_are_kept_on_the_grave_case_itself(client, grave, milda):
    contact = grave.case_contacts.earliest("pk").contact
    manner(contact, milda)
    for page in ("case", "case-journal"):
        assert MANNER not in shown(client, grave, page).text
    open_history(grave, reason="They refer to it.", by=milda, at=make.NOW)
    assert MANNER in shown(client, grave).text


def history(case):
    return reverse("case-history", args=[case.reference])


def read(answer, ending):
    if ending == "csv":
        return b"".join(answer.streaming_content).decode()
    return zipfile.ZipFile(BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode()


def manner(contact, staff):
    return MannerShown.objects.create(
        contact=contact,
        manner=Manner.OFFENSIVE,
        noted_by=staff,
        noted_at=make.NOW,
        expires_at=make.NOW + timedelta(days=90),
    )


class TestWhatLeavesAsAFile:
    """What is kept on the pages does not leave in a file either."""

    OUTCOMES = Look((), (Column.OUTCOME.value,), Order.NEWEST_FIRST)

    def test_the_journal_as_csv_is_kept(self, client, grave, earlier):
        address = reverse("case-journal", args=[earlier.reference])
        assert client.get(f"{address}?as=csv").url == history(grave)

    def test_manners_are_not_in_the_journal_as_csv(self, client, grave, milda):
        manner(grave.case_contacts.earliest("pk").contact, milda)
        address = reverse("case-journal", args=[grave.reference])
        assert MANNER not in client.get(f"{address}?as=csv").text

    def test_the_letter_and_the_file_of_the_earlier_case_are_kept(self, client, grave, earlier):
        Staff.objects.filter(pk=grave.owner_id).update(role=Role.SENIOR)
        for page in ("case-letter", "case-bundles"):
            assert shown(client, earlier, page).url == history(grave)

    def test_a_file_that_was_made_already_is_kept(self, client, grave, earlier):
        inga = scene.senior()
        earlier.team.members.add(inga)
        bundle = scene.made(scene.begun(earlier, inga), inga)
        Staff.objects.filter(pk=grave.owner_id).update(role=Role.SENIOR)
        for page in ("case-bundle", "case-bundle-paper"):
            answer = client.get(reverse(page, args=[earlier.reference, bundle.pk]))
            assert answer.url == history(grave)
        taken = client.post(reverse("case-bundle-file", args=[earlier.reference, bundle.pk]))
        assert taken.url == history(grave)

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_a_view_does_not_tell_how_it_ended(self, client, grave, earlier, milda, ending):
        Case.objects.filter(pk=earlier.pk).update(outcome=Outcome.WITHDRAWN)
        view = save_view(None, name="All", look=self.OUTCOMES, by=milda, at=make.NOW)
        told = read(client.get(f"/views/{view.pk}/cases.{ending}"), ending)
        assert KEPT in told
        assert word(Outcome.WITHDRAWN) not in told
        open_history(grave, reason="They refer to it.", by=milda, at=make.NOW)
        told = read(client.get(f"/views/{view.pk}/cases.{ending}"), ending)
        assert word(Outcome.WITHDRAWN) in told
        assert KEPT not in told

    def test_nor_can_one_look_for_how_it_ended(self, grave, earlier, milda):
        other = make.withdrawn(make.case(owner=milda))
        Case.objects.filter(pk__in=[earlier.pk, other.pk]).update(outcome=Outcome.WITHDRAWN)
        asked = Filter(By.OUTCOME, Match.IS, (Outcome.WITHDRAWN.value,))
        look = Look((asked,), (), Order.NEWEST_FIRST)
        assert list(cases_of(look, staff=milda, at=make.NOW)) == [other]
