"""The demonstration organisation: that it can be built, and that it is what it says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.closing import thank
from amends.cases.models.case import Case
from amends.cases.models.clocks import CaseClock
from amends.cases.queries.kept_standards import monitored
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import MailKind, MailState
from amends.notices.models import Notice
from amends.notices.rules.reasons import Reason
from amends.people.models import Person
from amends.staff.models import Department, Staff
from amends.standards.rules.warnings import Whose
from config.demonstration.building import NotADemonstration, build, is_stale
from tests import make

pytestmark = pytest.mark.django_db
# A Wednesday morning, a Monday morning before work, a Saturday night.
MOMENTS = [
    datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
    datetime(2026, 11, 23, 3, 30, tzinfo=UTC),
    datetime(2026, 11, 28, 22, 15, tzinfo=UTC),
]
AT = MOMENTS[0]
CASES = 61


@pytest.mark.parametrize("at", MOMENTS, ids=["at work", "early", "at the weekend"])
def test_it_is_built_at_any_hour_of_any_day(at):
    build(at=at)
    assert Case.objects.count() == CASES
    assert Person.objects.count() == 40
    assert Staff.objects.count() == 12
    assert Department.objects.count() == 4
    assert not Case.objects.filter(registered_at__gt=at).exists()
    for model in (Case, Person):
        spoken = set(model.objects.values_list("language", flat=True))
        assert spoken == {"en", "ru", "pl", "sq", "lt"}
    told = Notice.objects.filter(to__email__startswith="milda@", read_at=None, mail_due_at=None)
    assert {Reason.MENTIONED, Reason.HANDOVER_WAITS} <= set(told.values_list("reason", flat=True))
    kept = {each.standard.key: each.in_all.all for each in monitored(at)}
    assert min(kept["first-word"], kept["put-right"]) > 10
    running = CaseClock.objects.filter(case__in=Case.objects.open(), ended_at=None)
    assert {Whose.LAW, Whose.STANDARD} <= set(running.values_list("whose", flat=True))
    assert not CaseClock.objects.filter(watch_at__lte=at).exists()


def test_it_is_made_anew_when_nobody_touched_it_for_a_day():
    assert is_stale(at=AT)
    build(at=AT)
    assert not is_stale(at=AT + timedelta(hours=23))
    later = AT + timedelta(hours=25)
    assert is_stale(at=later)
    build(at=later)
    assert Case.objects.count() == CASES
    milda = Staff.objects.get(email__startswith="milda@")
    thank(Case.objects.open().filter(owner=milda)[0], by=milda, at=later)
    assert not is_stale(at=later + timedelta(days=9))


def test_its_page_of_outgoing_mail_shows_what_would_have_been_sent(client):
    build(at=timezone.now())
    wanted = {MailKind.ACKNOWLEDGEMENT, MailKind.PROMISE_SLIP, MailKind.PUT_RIGHT}
    assert wanted <= set(OutgoingMail.objects.values_list("kind", flat=True))
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.WAITING}
    languages = OutgoingMail.objects.filter(kind=MailKind.ACKNOWLEDGEMENT)
    assert len(set(languages.values_list("language", flat=True))) > 2
    client.force_login(Staff.objects.get(email__startswith="marta@"))
    page = client.get(reverse("outgoing-mail")).text
    assert "nothing leaves" in page
    newest = OutgoingMail.objects.latest("written_at", "pk")
    assert reverse("mail", args=[newest.pk]) in page


def test_the_data_of_a_real_organisation_stays_as_it_is():
    make.organisation()
    assert not is_stale(at=AT)
    with pytest.raises(NotADemonstration):
        build(at=AT)
