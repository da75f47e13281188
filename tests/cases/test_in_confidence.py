"""What is asked in confidence stays between two, whichever door somebody else tries."""

import json

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.bundles import begin_bundle
from amends.cases.actions.help import (
    AnswerNeeded,
    AskedOfAnother,
    AskOneself,
    ConfidantNeeded,
    QuestionNeeded,
    answer_help,
    ask_in_confidence,
)
from amends.cases.actions.parties import name_party
from amends.cases.events.handling import HelpAnsweredInConfidence, HelpAskedInConfidence
from amends.cases.models.bundles import Bundle
from amends.cases.models.colleagues import HelpRequest
from amends.cases.queries.file import file_of
from amends.cases.queries.help import help_request_for, help_requests_for
from amends.cases.queries.whole_case import whole_case
from amends.cases.rules.kinds import Part
from amends.journal.models import Entry
from amends.notices.models import Notice
from amends.notices.queries.news import answered_by, news_of
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S0-22")]
SECRET, ANSWER = "Zephyrine frightens me", "Come to my room at four, quokka"


@pytest.fixture
def agent():
    make.organisation()
    return make.staff("Rūta")


@pytest.fixture
def friend(agent):
    return make.staff("Tomas")


@pytest.fixture
def case(agent, friend):
    senior = make.staff("Grace", role=Role.SENIOR)
    team = make.team(members=(agent, friend), duty_owner=senior)
    return make.case(make.contact(person=make.person()), owner=agent, team_=team)


@pytest.fixture
def asked(case, agent, friend):
    return ask_in_confidence(case, text=SECRET, of=friend, by=agent, at=timezone.now())


@pytest.fixture
def answered(asked, friend):
    return answer_help(asked, answer=ANSWER, by=friend, at=timezone.now())


def others(case):
    return [
        case.team.duty_owner,
        make.staff("Marta", role=Role.MANAGER),
        make.staff("Lukas", role=Role.MANAGER, administers=True),
        make.staff("Adam", role=Role.ADMINISTRATOR, administers=True),
        make.staff("Aud", role=Role.AUDITOR),
        make.staff("Peer"),
    ]


def doors(case, asked):
    """Return every address where a word of it might show."""
    of_case = [
        reverse(name, args=[case.reference])
        for name in ("case", "case-journal", "case-clocks", "case-bundles")
    ]
    found = [reverse("find") + f"?q={word}" for word in ("Zephyrine", "quokka")]
    answers = [reverse("answer-help", args=[asked.pk])]
    own = ["/help/", f"/help/?from=/cases/{case.reference}/", "/", "/inbox/", "/notices/"]
    journals = [reverse("case-journal", args=[case.reference]) + "?as=csv"]
    return [*of_case, *found, *answers, *own, *journals]


def test_the_two_of_them_read_it(client, answered, agent, friend):
    for one in (agent, friend):
        client.force_login(one)
        page = client.get("/help/").text
        assert SECRET in page
        assert ANSWER in page
        assert "in confidence" in page


def test_nobody_else_reads_a_word_behind_any_door(client, case, answered):
    for other in others(case):
        client.force_login(other)
        for door in doors(case, answered):
            text = client.get(door, follow=True).content.decode("utf-8", "replace")
            for word in ("Zephyrine", "quokka"):
                told = text.replace(f"?q={word}", "").replace(f'value="{word}"', "")
                told = told.replace(f"“{word}”", "")
                assert word not in told, f"{other} at {door}"


def test_while_it_waits_it_waits_for_one_alone(client, case, asked):
    for other in others(case):
        assert asked not in help_requests_for(other, at=timezone.now())
        with pytest.raises(HelpRequest.DoesNotExist):
            help_request_for(other, asked.pk)
        with pytest.raises(AskedOfAnother):
            answer_help(asked, answer="Let me.", by=other, at=timezone.now())
        client.force_login(other)
        answer = client.post(reverse("answer-help", args=[asked.pk]), {"answer": "Let me."})
        assert answer.status_code in {403, 404}
    asked.refresh_from_db()
    assert asked.answered_by is None


def test_the_journal_says_nothing_of_it_and_the_case_nothing_at_all(case, answered):
    entries = Entry.objects.filter(kind__contains="InConfidence").order_by("pk")
    assert [entry.kind for entry in entries] == [
        "HelpAskedInConfidence",
        "HelpAnsweredInConfidence",
    ]
    for entry in entries:
        assert (entry.subject, entry.facts) == ("", {"request_id": answered.pk})
    told = json.dumps([entry.facts for entry in Entry.objects.all()])
    assert "Zephyrine" not in told
    assert not file_of(case).help_requests
    assert not Entry.objects.filter(subject=f"case:{case.pk}", kind__startswith="Help").exists()


def test_the_file_for_an_outside_body_and_the_notices_hold_no_word_of_it(client, case, answered):
    senior = case.team.duty_owner
    begin_bundle(case, to="The ombudsman", language="en", by=senior, at=timezone.now())
    client.force_login(senior)
    bundle = client.get(reverse("case-bundle", args=[case.reference, Bundle.objects.get().pk])).text
    notices = serializers.serialize("json", Notice.objects.all())
    for kept in (bundle, notices, repr(whole_case(case))):
        assert "Zephyrine" not in kept
        assert "quokka" not in kept


def test_news_of_it_goes_to_the_two_of_them_only(asked, agent, friend):
    question = HelpAskedInConfidence(request_id=asked.pk)
    assert [one.to_id for one in news_of(question, at=timezone.now())] == [friend.pk]
    answer_help(asked, answer=ANSWER, by=friend, at=timezone.now())
    answer = HelpAnsweredInConfidence(request_id=asked.pk)
    assert [one.to_id for one in news_of(answer, at=timezone.now())] == [agent.pk]
    assert answered_by(answer) == f"help:{asked.pk}"


def test_it_passes_to_nobody_when_who_was_asked_may_look_no_more(case, asked, agent, friend):
    name_party(case, part=Part.COMPLAINED_ABOUT, who=friend, by=agent, at=timezone.now())
    asked.refresh_from_db()
    assert asked.asked_of == friend


def test_a_case_that_sleeps_is_not_woken_by_it(case, asked, friend):
    case.snoozed_until = case.next_due_at
    case.save()
    answer_help(asked, answer=ANSWER, by=friend, at=timezone.now())
    case.refresh_from_db()
    assert case.snoozed_until


def test_one_names_whom_and_says_what(agent, friend):
    ask = {"by": agent, "at": timezone.now()}
    with pytest.raises(ConfidantNeeded):
        ask_in_confidence(None, text=SECRET, of=None, **ask)
    with pytest.raises(AskOneself):
        ask_in_confidence(None, text=SECRET, of=agent, **ask)
    with pytest.raises(QuestionNeeded):
        ask_in_confidence(None, text=" ", of=friend, **ask)
    asked = ask_in_confidence(None, text=SECRET, of=friend, **ask)
    with pytest.raises(AnswerNeeded):
        answer_help(asked, answer=" ", by=friend, at=timezone.now())


def test_the_database_lets_no_third_one_answer(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpRequest.objects.filter(pk=asked.pk).update(answered_by=make.staff())


def test_the_page_asks_for_a_name_and_then_asks_that_colleague(client, agent, friend, case):
    client.force_login(agent)
    whoever = {"text": SECRET, "of": "0", "in_confidence": "on"}
    refused = client.post("/help/", whoever)
    assert "Choose whom you ask in confidence" in refused.text
    assert not HelpRequest.objects.exists()
    url = f"/help/?from=/cases/{case.reference}/"
    assert client.post(url, whoever | {"of": str(friend.pk)}).status_code == 302
    request = HelpRequest.objects.get()
    assert (request.in_confidence, request.asked_of, request.case) == (True, friend, case)
