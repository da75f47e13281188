"""Two people on one case: theirs and mine side by side, and a clear choice."""

import re

import pytest
from django.urls import reverse

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.clarifying import note_wish
from amends.cases.actions.correspondence import add_note, reply_by_mail
from amends.cases.actions.letters import Reply
from amends.cases.models.case import CaseNote
from amends.cases.rules.kinds import Severity
from amends.contacts.models import OutgoingMail
from amends.journal.queries import last_entry_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def jonas():
    return make.staff("Jonas Petraitis")


@pytest.fixture
def milda(client, jonas):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent, jonas))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    ruta = make.person(email="ruta@post.example")
    return make.case(make.contact(person=ruta), owner=milda)


def at(case, name):
    return reverse(f"case-{name}", args=[case.reference])


def seen_of(case):
    return last_entry_of(f"case:{case.pk}")


def seen_in(answer):
    found = re.search(r'name="seen" value="(\d+)"', answer.text)
    assert found
    return found[1]


def test_a_second_reply_is_refused_with_both_and_sent_when_it_is_chosen(client, case, jonas):
    seen = seen_of(case)
    reply_by_mail(case, reply=Reply(text="We come on Tuesday."), by=jonas, at=make.NOW)
    mine = {"reply-text": "I have found out why.", "seen": seen}
    refused = client.post(at(case, "reply"), mine)
    assert refused.status_code == 422
    assert "We come on Tuesday." in refused.text
    assert refused.text.count("I have found out why.") == 2
    assert OutgoingMail.objects.count() == 1
    chosen = client.post(at(case, "reply"), {**mine, "seen": seen_in(refused)})
    assert chosen.status_code == 302
    assert OutgoingMail.objects.count() == 2


def test_theirs_and_mine_stand_side_by_side_field_by_field(client, case, jonas):
    seen = seen_of(case)
    note_wish(case, wish="Half of the bill", not_said=False, by=jonas, at=make.NOW)
    refused = client.post(at(case, "wish"), {"wish": "A new valve", "seen": seen})
    assert refused.status_code == 422
    assert "Half of the bill" in refused.text
    assert refused.text.count("A new valve") == 2
    client.post(at(case, "wish"), {"wish": "A new valve", "seen": seen_in(refused)})
    case.refresh_from_db()
    assert case.requested_remedy == "A new valve"


def test_a_choice_is_told_in_words(client, case, jonas):
    seen = seen_of(case)
    grave = Assessment(severity=Severity(4))
    assess_case(case, assessment=grave, by=jonas, at=make.NOW)
    refused = client.post(at(case, "assess"), {"severity": "1", "seen": seen})
    both = refused.text.partition("New since you opened this")[2].partition("Or")[0]
    assert refused.status_code == 422
    assert str(Severity(4).name).lower()[:3] in both.lower() or "severe" in both.lower()


def test_a_note_of_a_colleague_stands_in_nobodys_way(client, case, jonas):
    seen = seen_of(case)
    add_note(case, text="She rang at noon.", by=jonas, at=make.NOW)
    assert client.post(at(case, "thank"), {"seen": seen}).status_code == 302
    assert client.post(at(case, "wish"), {"wish": "Warmth", "seen": seen}).status_code == 302


def test_a_note_is_added_whatever_was_done_meanwhile_and_only_once(client, case, jonas):
    seen = seen_of(case)
    note_wish(case, wish="Half of the bill", not_said=False, by=jonas, at=make.NOW)
    for _click in range(2):
        client.post(at(case, "note"), {"note-text": "Ring after six.", "seen": seen})
    assert CaseNote.objects.count() == 1


def test_what_is_missing_hides_nothing_that_is_new(client, case, jonas):
    seen = seen_of(case)
    note_wish(case, wish="Half of the bill", not_said=False, by=jonas, at=make.NOW)
    empty = client.post(at(case, "issue"), {"statement": "", "seen": seen})
    assert int(seen_in(empty)) == seen
