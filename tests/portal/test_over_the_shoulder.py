"""A colleague sees the customer's page as the customer does; nothing of ours is on it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.closing import Why, count_cause
from amends.cases.actions.correspondence import add_note
from amends.cases.actions.evidence import mark_sensitive
from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.investigating import Awaited, Plan, plan_investigation, wait_for
from amends.cases.actions.outside import Body, go_outside
from amends.cases.actions.parties import name_party
from amends.cases.actions.promises import mark_promise_broken
from amends.cases.actions.read_back import ask_read_back
from amends.cases.actions.reviewing import ask_for_review
from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.deciding import Decision, Option
from amends.cases.models.turns import InvestigationPlan
from amends.cases.rules.kinds import How, Mechanism, Part, Pillar, Verdict
from amends.cases.rules.lifecycle import State
from amends.contacts.models import Note
from amends.journal.models import Entry
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.portal.behind_the_link import kept, promised, url

pytestmark = pytest.mark.django_db
NOW = hard.NOW + timedelta(hours=1)
CANARY = "kanarėlė-7f3a"
LEADS = re.compile(r' (?:href="(?:/c/|/cases/)[^"]*"|role="link" aria-disabled="true")')
TO_DO = (
    "add", "again", "agree", "all", "another-day", "another-look", "decision-yes", "file",
    "letter-paper", "misunderstood", "outside", "proposal-instead", "proposal-time",
    "proposal-yes", "put-right", "rating", "understood", "withdraw",
)  # fmt: skip


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def colleague(case):
    client = Client()
    client.force_login(case.owner)
    return client


def seen(case, name="case", *args, language="en"):
    return reverse(f"as-customer-{name}", args=[case.reference, language, *args])


def main_of(text: str) -> str:
    """Return the page without its frame, and without where its links lead."""
    return LEADS.sub("", text[text.index("<main") : text.index("</main>")])


def _received(case):
    return case


def _promised(case):
    promised(case)
    return case


def _broken(case):
    promise = promised(case, in_days=1)
    mark_promise_broken(promise, at=promise.due_at)
    return case


def _asked(case):
    return kept(case).case


def _said_no(case):
    answer = Answer(verdict=Verdict.NO, how=How.LINK, words="Cold.")
    answer_put_right(kept(case), answer=answer, by=case.person, at=NOW)
    return case


def _read_back(case):
    ask_read_back(case, text="An engineer comes.", by=case.owner, at=NOW)
    return case


def _awaited(case):
    case = hard.investigated(case.owner)
    plan = Plan(questions="Why?", sources="The log.", persons="Jonas.", update_every_days=5)
    plan_investigation(case, plan=plan, by=case.owner, at=NOW)
    until = NOW + timedelta(days=2)
    awaited = Awaited(state=State.WAITING_CUSTOMER, what="a picture", whom="them", until=until)
    wait_for(case, awaited=awaited, by=case.owner, at=NOW)
    return case


def _proposed(case):
    return hard.proposed(case.owner).case


def _decided(case):
    return hard.decided(case.owner).decision.case


def _reviewed(case):
    case = _decided(case)
    ask_for_review(case, reason="Too little.", by=case.person, at=NOW)
    return case


def _outside(case):
    go_outside(case, body=Body(name="The office", reference="7/26"), by=case.owner, at=NOW)
    return case


def _withdrawn(case):
    return make.withdrawn(case)


STATES = (
    _received, _promised, _broken, _asked, _said_no, _read_back, _awaited, _proposed, _decided,
    _reviewed, _outside, _withdrawn,
)  # fmt: skip


@pytest.mark.requirement("S1-01")
@pytest.mark.parametrize("reach", STATES, ids=[reach.__name__[1:] for reach in STATES])
def test_what_a_colleague_sees_is_exactly_that_page(customer, colleague, case, reach):
    case = Case.objects.get(pk=reach(case).pk)
    theirs, ours = customer.get(url(case)).text, colleague.get(seen(case)).text
    assert main_of(ours) == main_of(theirs)
    assert "This is what Rūta Petrauskienė sees." in ours
    assert "This is what" not in theirs
    for name in TO_DO:
        assert f"/{name}/" not in ours[ours.index("<main") : ours.index("</main>")]


@pytest.mark.requirement("S1-01")
def test_so_are_the_words_the_letter_and_the_slip(customer, colleague, case):
    case = _decided(case)
    promise = promised(case)
    for name, args in (("words", ()), ("letter", ()), ("slip", (promise.pk,))):
        theirs = customer.get(url(case, name, *args)).text
        ours = colleague.get(seen(case, name, *args)).text
        assert main_of(ours) == main_of(theirs)


def test_it_is_in_the_customers_language_and_says_so_in_the_colleagues(colleague, case):
    text = colleague.get(seen(case, language="lt")).text
    assert '<html lang="lt">' in text
    assert '<aside class="onlooker no-print" lang="en"' in text
    assert f'href="{seen(case, language="ru")}"' in text


@pytest.mark.requirement("S1-01")
def test_it_is_one_step_from_the_case(colleague, case):
    assert f'href="{seen(case)}"' in colleague.get(f"/cases/{case.reference}/").text


def test_looking_writes_nothing_but_who_read_a_sensitive_case(colleague, case):
    before = Entry.objects.count()
    colleague.get(seen(case))
    assert Entry.objects.count() == before
    mark_sensitive(case, by=case.owner, at=NOW)
    colleague.get(seen(case))
    assert Entry.objects.filter(kind="CaseRead").count() == 1


def test_nothing_is_sent_from_there(colleague, case):
    assert colleague.post(seen(case)).status_code == 405


class TestStrangers:
    def test_who_is_not_signed_in_is_led_to_the_door(self, customer, case):
        assert customer.get(seen(case)).status_code == 302

    def test_the_administrator_alone_reads_no_case(self, customer, case):
        client = Client()
        client.force_login(make.staff(role=Role.ADMINISTRATOR))
        assert client.get(seen(case)).status_code == 403

    def test_whom_the_case_is_about_does_not_see_it(self, case):
        about = make.staff("Jonas Kairys")
        name_party(case, part=Part.COMPLAINED_ABOUT, who=about, by=case.owner, at=NOW)
        client = Client()
        client.force_login(about)
        assert client.get(seen(case)).status_code == 404


class TestNothingOfOursIsOnIt:
    @pytest.fixture
    def sown(self, case):
        """A decided case with a mark in everything that is written for ourselves."""
        case = _decided(case)
        owner = case.owner
        add_note(case, text=CANARY, by=owner, at=NOW)
        why = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY, text=CANARY, prevention=CANARY)
        count_cause(case, why=why, by=owner, at=NOW)
        Option.objects.filter(case=case).update(value_words=CANARY)
        Decision.objects.filter(case=case).update(reasons=CANARY)
        for name in ("need", "wish", "requirement", "expectation", "need_reason", "unreachable"):
            Case.objects.filter(pk=case.pk).update(**{name: CANARY})
        case.issues.update(reasons=CANARY, what_happened=CANARY, topic=CANARY, product=CANARY)
        about = name_party(
            case, part=Part.WITNESS, who=make.person("Jonas Kairys"), by=owner, at=NOW
        )
        PartyOfCase.objects.filter(pk=about.pk).update(their_view=CANARY)
        told = case.case_contacts.earliest("pk").contact
        Note.objects.create(contact=told, text=CANARY, by=owner, at=NOW)
        plan = InvestigationPlan(case=case, questions=CANARY, sources=CANARY, persons=CANARY)
        plan.made_by, plan.made_at = owner, NOW
        plan.save()
        case.proposals.update(view=CANARY)
        case.evidence.update(what=CANARY, source=CANARY)
        return Case.objects.get(pk=case.pk)

    def test_on_no_page_of_it(self, customer, sown):
        promise = promised(sown)
        pages = [url(sown, name) for name in ("case", "words", "letter", "all", "add")]
        pages += [url(sown, name) for name in ("withdraw", "another-look", "outside")]
        pages += [url(sown, "decision-yes"), url(sown, "slip", promise.pk)]
        pages += [url(sown, "agree", promise.pk), url(sown, "another-day", promise.pk)]
        for page in pages:
            response = customer.get(page)
            assert response.status_code == 200
            assert CANARY not in response.text


def test_it_costs_little_however_much_there_is(
    colleague, customer, case, django_assert_max_num_queries
):
    case = _decided(case)
    for n in range(4):
        promised(case, f"thing {n}", in_days=n + 1)
    with django_assert_max_num_queries(26):
        customer.get(url(case))
    assert timezone.now() == NOW
