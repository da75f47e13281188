"""The short way of a law ends with a summary in time; else only the long one is left."""

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.clocks import WhoseLaw, say_whose_law
from amends.cases.actions.follow_up import finish_on_the_spot
from amends.cases.actions.summing_up import (
    NoShortWay,
    NotAcceptedYet,
    SayWhatWasAgreed,
    Summary,
    send_summary,
)
from amends.cases.models.case import Case
from amends.cases.models.clocks import CaseClock
from amends.cases.queries.facts import closing_facts
from amends.cases.rules.closing import Obstacle, obstacles_to_closing
from amends.cases.rules.kinds import How
from amends.contacts.models import OutgoingMail
from amends.journal.models import Entry
from amends.standards.actions import ship_profiles
from tests import make
from tests.cases.clocked import DAY, HOUR, a_manager, an_agent_beside, written

pytestmark = pytest.mark.django_db
AGREED = Summary(agreed="Your fee of £12 comes back on Friday.")


@pytest.fixture
def milda():
    manager = a_manager()
    ship_profiles(at=make.NOW - DAY)
    return an_agent_beside(manager)


@pytest.fixture
def case(milda):
    whose = WhoseLaw(jurisdiction="GB", sector="financial")
    return say_whose_law(
        written(milda), whose=whose, reason="A British branch.", by=milda, at=make.NOW
    )


def short(case):
    return CaseClock.objects.get(case=case, profile__key="uk.disp.short")


def test_what_was_accepted_is_summed_up_and_the_short_way_is_gone_in_time(case, milda):
    make.promise(case, accepted=True)
    send_summary(case, summary=AGREED, by=milda, at=make.NOW + DAY)
    assert short(case).met_at == make.NOW + DAY
    assert short(case).met_at <= short(case).due_at
    mail = OutgoingMail.objects.latest("pk")
    assert "£12" in mail.text
    assert Entry.objects.get(kind="SummarySent").facts["how"] == "email"
    with pytest.raises(NoShortWay):
        send_summary(case, summary=AGREED, by=milda, at=make.NOW + DAY + HOUR)


def by_the_short_way(milda, at):
    told = make.contact(person=make.person(), started_at=at, ended_at=at)
    case = make.case(told, owner=milda)
    whose = WhoseLaw(jurisdiction="GB", sector="financial")
    return say_whose_law(case, whose=whose, reason="A British branch.", by=milda, at=at)


def is_owed(case):
    return Obstacle.SUMMARY_OWED in obstacles_to_closing(closing_facts(case))


def test_what_they_said_yes_to_is_summed_up_before_it_is_closed(milda):
    now = timezone.now()
    case = by_the_short_way(milda, now)
    assert not is_owed(case)
    case = finish_on_the_spot(case, done="It is paid.", yes_how=How.DESK, by=milda, at=now)
    assert is_owed(case)
    by_post = Summary(agreed=AGREED.agreed, told_how=How.LETTER)
    assert not is_owed(send_summary(case, summary=by_post, by=milda, at=now))


def test_once_its_days_are_over_closing_does_not_ask_for_it(milda):
    case = by_the_short_way(milda, timezone.now() - 30 * DAY)
    make.promise(case, accepted=True)
    assert not is_owed(case)


def test_a_letter_that_went_by_post_is_only_noted(case, milda):
    make.promise(case, accepted=True)
    mails = OutgoingMail.objects.count()
    by_post = Summary(agreed="As we said.", told_how=How.LETTER)
    send_summary(case, summary=by_post, by=milda, at=make.NOW + DAY)
    assert OutgoingMail.objects.count() == mails
    assert short(case).met_at


def test_once_its_days_are_over_only_the_long_way_is_left(case, milda):
    make.promise(case, accepted=True)
    with pytest.raises(NoShortWay):
        send_summary(case, summary=AGREED, by=milda, at=make.NOW + 9 * DAY)
    long = CaseClock.objects.get(case=case, profile__key="uk.disp", what="answer")
    assert long.ended_at is None


def test_what_they_did_not_accept_cannot_be_summed_up(case, milda):
    with pytest.raises(SayWhatWasAgreed):
        send_summary(case, summary=Summary(agreed=" "), by=milda, at=make.NOW)
    with pytest.raises(NotAcceptedYet):
        send_summary(case, summary=AGREED, by=milda, at=make.NOW + HOUR)


def test_a_case_without_a_short_way_is_refused(milda):
    with pytest.raises(NoShortWay):
        send_summary(written(milda), summary=AGREED, by=milda, at=make.NOW)


def test_its_page_says_what_stands_in_the_way(client, case, milda):
    client.force_login(milda)
    address = reverse("case-summary", args=[case.reference])
    assert "Send the summary" in client.get(address).text
    answer = client.post(address, {"agreed": "So.", "told_how": "letter"})
    assert answer.status_code == 422
    assert "No short way of a law is open" in answer.text


def test_the_page_of_the_clocks_leads_there_and_it_is_sent(client, milda):
    now = timezone.now()
    case = by_the_short_way(milda, now)
    Case.objects.filter(pk=case.pk).update(done_at=now, yes_how=How.TELEPHONE)
    client.force_login(milda)
    address = reverse("case-summary", args=[case.reference])
    clocks = reverse("case-clocks", args=[case.reference])
    assert address in client.get(clocks).text
    answer = client.post(address, {"agreed": "So.", "told_how": "letter"})
    assert answer["Location"] == clocks
    assert address not in client.get(clocks).text


def test_what_was_done_is_said_on_the_page_where_it_leads_also_by_script(client, milda):
    now = timezone.now()
    case = by_the_short_way(milda, now)
    finish_on_the_spot(case, done="It is paid.", yes_how=How.DESK, by=milda, at=now)
    client.force_login(milda)
    by_script = {"HX-Request": "true", "HX-Current-URL": f"/cases/{case.reference}/"}
    address = reverse("case-summary", args=[case.reference])
    answer = client.post(address, {"agreed": "So.", "told_how": "letter"}, headers=by_script)
    client.get(answer["Location"], headers=by_script)  # by the script, and shown to nobody
    assert "told in short what was agreed" in client.get(answer["Location"]).text
