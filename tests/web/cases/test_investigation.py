"""The investigation of a hard case on its page: what it shows, its acts, its letter on paper."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from amends.base.files import path_of
from amends.cases.actions.assessment import record_finding
from amends.cases.actions.evidence import mark_sensitive
from amends.cases.actions.options import drop_option
from amends.cases.actions.parties import name_party
from amends.cases.actions.proposing import ask_approval
from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision, FinalResponse, Option, Proposal, Remedy
from amends.cases.models.findings import AgreedPoint, Evidence, EvidenceFile, Reading
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import Part
from amends.cases.rules.lifecycle import State
from amends.staff.models import Organisation
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FUTURE = "2099-01-01T10:00"
MOST_STATEMENTS = 50
ACTS = {
    "one-more": {"statement": "Nobody called back.", "topic": "Heating"},
    "evidence": {"what": "The log", "source": "Engineers", "obtained_on": "2026-03-27"},
    "others": {"how_many": "3", "found_how": "By the pump", "they_get": "The same"},
    "agree": {"text": "It was cold."},
    "history": {"reason": "They refer to it."},
    "sensitive": {},
    "option": {"what": "We mend it", "cost": "60", "value": "100,50", "value_words": "Warmth"},
}

HEARD = {"words": "Good.", "how": "telephone", "value_confirmed": "true"}
WORDS = {"apology": "We are sorry.", "reasons": "We were late.", "changes": "We call back."}


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(duty_owner=make.staff("Ona", role=Role.SENIOR), members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    return hard.investigated(milda)


def at(case, name="investigation", *pk):
    return reverse(f"case-{name}", args=[case.reference, *pk])


def ready_to_propose(case):
    """Return an option of `case` that gives money and work, both some days from today."""
    hard.may_give_anything()
    hard.found(case)
    chosen = hard.option(case)
    hard.remedy(chosen, RemedyKind.REPAIR, "The engineer comes")
    hard.option(case, "We only explain", amount=None)
    soon = timezone.now() + timedelta(days=3)
    chosen.remedies.exclude(due_at=None).update(due_at=soon)
    Organisation.objects.update(outside_body={"en": "Office, Vilnius, a year"})
    return chosen


def page(client, case):
    return client.get(at(case)).text


def test_the_page_says_what_is_missing_and_leads_to_it(client, case):
    text = page(client, case)
    assert "something complained of has no finding" in text
    assert at(case, "finding", case.issues.get().pk) in text
    assert "<html" not in client.get(at(case), headers=HTMX).text


@pytest.mark.parametrize(("name", "told"), ACTS.items(), ids=list(ACTS))
def test_each_act_is_shown_done_and_leads_back_to_the_investigation(client, case, name, told):
    assert "<html" in client.get(at(case, name)).text
    response = client.post(at(case, name), told)
    assert (response.status_code, response["Location"]) == (302, at(case))
    assert client.get(at(case)).status_code == 200


@pytest.mark.parametrize("name", ["one-more", "evidence", "others", "agree", "history", "option"])
def test_what_is_missing_is_said_on_the_form(client, case, name):
    response = client.post(at(case, name), {}, headers=HTMX)
    assert (response.status_code, 'role="alert"' in response.text) == (422, True)


def test_a_stranger_sees_nothing_of_it(client, case):
    client.logout()
    assert client.get(at(case)).status_code == 302
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(at(case)).status_code == 403


def test_who_may_only_read_is_offered_nothing(client, case):
    client.force_login(make.staff(role=Role.AUDITOR))
    text = page(client, case)
    assert "You read everything here and change nothing." in text
    assert at(case, "evidence") not in text


def test_a_thing_complained_of_is_found_on_with_evidence_and_expectations(client, case):
    one = case.issues.get()
    told = {
        "what_happened": "It stood still.",
        "should_have_happened": "Within four hours.",
        "validity": "upheld",
        "reasons": "The log shows it.",
        "broken": ["speed", "no-fuss"],
    }
    client.post(at(case, "finding", one.pk), told)
    one.refresh_from_db()
    assert one.broken == ["speed", "no-fuss"]
    text = page(client, case)
    assert "speed of service, no fuss" in text
    assert "a finding rests on no evidence" in text
    better = {"statement": "It was cold for two days.", "product": "Heat", "topic": "Outage"}
    assert client.post(at(case, "say-better", one.pk), better).status_code == 302
    one.refresh_from_db()
    assert (one.statement, one.product, one.topic) == (better["statement"], "Heat", "Outage")


def test_evidence_is_shown_with_to_whom_it_was_disclosed(client, case):
    hard.evidence(case)
    piece = Evidence.objects.get()
    shown = {"to": "The customer"}
    assert client.post(at(case, "disclose", piece.pk), shown).status_code == 302
    text = page(client, case)
    assert "The log of the pump" in text
    assert "The customer" in text


@pytest.mark.requirement("S3-39")
def test_what_was_agreed_on_is_taken_out_again(client, case):
    client.post(at(case, "agree"), ACTS["agree"])
    point = AgreedPoint.objects.get()
    assert "It was cold." in page(client, case)
    client.post(at(case, "disagree", point.pk))
    assert client.get(at(case, "disagree", point.pk)).status_code == 404


def test_whom_it_is_about_is_heard_before_anything_is_proposed(client, case, milda):
    hard.found(case)
    colleague = make.staff("Rasa")
    about = name_party(case, part=Part.COMPLAINED_ABOUT, who=colleague, by=milda, at=hard.NOW)
    assert "whom it is about was not heard" in page(client, case)
    assert at(case, "hear", about.pk) in page(client, case)
    assert "Rasa is told what is complained of" in client.get(at(case, "hear", about.pk)).text
    assert client.post(at(case, "hear", about.pk), {"view": "I was ill."}).status_code == 302
    assert "I was ill." in page(client, case)


@pytest.mark.requirement("S3-48")
def test_the_decider_of_a_grave_case_sees_the_history_after_finding_or_with_a_reason(
    client, case, milda
):
    earlier = make.case(make.contact("The bill was wrong.", person=case.person), owner=milda)
    url = reverse("case", args=[earlier.reference])
    assert url not in page(client, case)
    assert "Each complaint is judged on its own evidence." in page(client, case)
    client.post(at(case, "history"), ACTS["history"])
    assert url in page(client, case)


@pytest.mark.requirement("S3-48")
def test_once_all_is_found_on_the_history_stands_there(client, case, milda):
    earlier = make.case(make.contact("The bill was wrong.", person=case.person), owner=milda)
    hard.found(case)
    assert reverse("case", args=[earlier.reference]) in page(client, case)


def test_who_reads_a_sensitive_case_is_shown(client, case, milda):
    mark_sensitive(case, by=milda, at=make.NOW)
    client.get(reverse("case", args=[case.reference]))
    assert "Who read it" in page(client, case)
    assert Reading.objects.get().staff == milda


@pytest.mark.requirement("S2-09", "S2-11")
def test_cost_and_value_stand_side_by_side_and_remedies_below(client, case):
    client.post(at(case, "option"), ACTS["option"])
    option = Option.objects.get()
    given = {
        "kind": "refund-part",
        "what": "To your account",
        "amount": "49",
        "basis": "law",
        "due_at": FUTURE,
    }
    assert client.post(at(case, "remedy", option.pk), given).status_code == 302
    text = page(client, case).replace("\xa0", " ")
    assert "<b>60 €</b>" in text
    assert "<b>100.50 €</b>" in text
    assert "To your account: <b>49 €</b>" in text
    remedy = option.remedies.get()
    assert client.post(at(case, "no-remedy", remedy.pk)).status_code == 302
    assert client.post(at(case, "leave-aside", option.pk), {"why": "Dear"}).status_code == 302
    left = page(client, case).partition("Left aside")[2]
    assert "We mend it" in left
    assert "Dear" in left


def test_a_way_is_weighed_anew_until_it_is_proposed(client, case):
    option = hard.option(case)
    assert "We mend the pump" in client.get(at(case, "weigh-anew", option.pk)).text
    told = {"what": "We mend it at once", "cost": "70", "value": "", "value_words": ""}
    assert client.post(at(case, "weigh-anew", option.pk), told).status_code == 302
    assert "We mend it at once" in page(client, case)


def test_a_file_is_brought_as_evidence_with_the_copy_that_may_be_shown(client, case):
    form = client.get(at(case, "evidence")).text
    assert 'enctype="multipart/form-data"' in form
    told = {
        "what": "The log",
        "source": "Engineers",
        "obtained_on": "2026-03-27",
        "own": SimpleUploadedFile("log.txt", b"Pump: off."),
        "own_redacted": SimpleUploadedFile("log for them.txt", b"Pump: off"),
    }
    assert client.post(at(case, "evidence"), told).status_code == 302
    whole, part = EvidenceFile.objects.order_by("redacted")
    text = page(client, case)
    assert "log.txt" in text
    assert "the copy that may be shown" in text
    assert client.get(reverse("evidence-file", args=[whole.pk])).getvalue() == b"Pump: off."
    path_of(part.sha256).unlink()
    assert client.get(reverse("evidence-file", args=[part.pk])).status_code == 404
    shown = {"to": "Rūta", "redacted": "on"}
    one = Evidence.objects.get()
    assert client.post(at(case, "disclose", one.pk), shown).status_code == 302
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(reverse("evidence-file", args=[whole.pk])).status_code == 403


@pytest.mark.requirement("S2-10", "S2-03")
def test_the_decider_sees_what_like_cases_were_given(client, milda):
    before = hard.decided(milda, person=make.person("Jonas", email="jonas@post.example"))
    like = before.decision.case
    like.issues.update(topic="Heating")
    ruta = hard.customer()
    case = hard.investigated(milda, person=ruta)
    case.issues.update(topic="Heating")
    client.post(at(case, "option"), ACTS["option"])
    text = page(client, case)
    assert like.reference in text
    assert "usually 49" in text
    assert ruta.name not in text.split("What like cases were given")[1].split("</table>")[0]


def test_what_is_beyond_authority_is_asked_and_then_waits(client, case, milda):
    make.authority(Role.SENIOR, RemedyKind.REFUND_PART)
    option = hard.option(case)
    assert "it needs approval" in page(client, case)
    asked = client.post(at(case, "approval", option.pk), {"reason": "Two cold days."})
    assert asked.status_code == 302
    assert "The approval waits for an answer." in page(client, case)


def test_the_gate_says_what_the_letter_lacks_before_anything_is_sent(client, case):
    chosen = ready_to_propose(case)
    assert at(case, "propose", chosen.pk) in page(client, case)
    client.post(at(case, "propose", chosen.pk))
    assert "They were not heard on it yet." in page(client, case)
    client.post(at(case, "view"), HEARD)
    assert Proposal.objects.get().value_confirmed is True
    client.post(at(case, "write-decision"), {**WORDS, "changes": ""})
    assert "it does not say what we change" in page(client, case)
    assert "The letter lacks" in client.get(at(case, "decide")).text
    refused = client.post(at(case, "decide"), {"medium": "email"}, headers=HTMX)
    assert refused.status_code == 422


@pytest.mark.requirement("S4-41")
def test_a_whole_case_from_proposal_to_what_is_owed(client, case):
    chosen = ready_to_propose(case)
    assert "Amends sends nothing." in client.get(at(case, "propose", chosen.pk)).text
    client.post(at(case, "propose", chosen.pk))
    assert "Nothing was sent" in page(client, case)
    client.post(at(case, "view"), HEARD)
    client.post(at(case, "write-decision"), WORDS)
    assert client.get(at(case, "letter"))["Content-Type"] == "application/pdf"
    assert "If you received this letter, would you feel heard?" in page(client, case)
    assert client.post(at(case, "decide"), {"medium": "email"}).status_code == 302
    response = FinalResponse.objects.get()
    assert f"{case.reference}.pdf" in page(client, case)
    client.post(at(case, "delivered", response.pk), {"how": "She called."})
    client.post(at(case, "letter-again"), {"medium": "letter"})
    assert FinalResponse.objects.count() == 2
    assert "It is decided, and the letter has left." in page(client, case)
    assert client.post(at(case, "accepted"), {"how": "telephone"}).status_code == 302
    assert Promise.objects.filter(carries_out__isnull=False).count() == 2
    case.refresh_from_db()
    assert case.state == State.FULFILLING
    text = page(client, case)
    assert "They accept it." in text
    assert "Owed by " in text
    assert "Nothing is missing" not in text
    Promise.objects.update(kept_at=timezone.now(), kept_evidence="Paid.")
    assert "What is next stands with the case." in page(client, case)


def test_where_nothing_is_looked_into_what_is_next_stands_with_the_case(client, case):
    assert "What is next stands with the case." not in page(client, case)
    Case.objects.filter(pk=case.pk).update(state=State.FULFILLING)
    assert "What is next stands with the case." in page(client, case)


def test_a_proposal_is_taken_back(client, milda):
    case = hard.heard(milda).case
    assert client.post(at(case, "look-again")).status_code == 302
    case.refresh_from_db()
    assert case.state == State.INVESTIGATING
    again = client.post(at(case, "look-again"), headers=HTMX)
    assert "Nothing was put to the customer yet." in again.text
    said = {"words": "Good.", "how": "telephone"}
    assert client.post(at(case, "view"), said, headers=HTMX).status_code == 422


def test_what_is_owed_is_done_without_a_yes(client, milda):
    case = hard.decided(milda).decision.case
    soon = timezone.now() + timedelta(days=3)
    Remedy.objects.filter(option__case=case, due_at__isnull=False).update(due_at=soon)
    assert client.post(at(case, "carry-out")).status_code == 302
    assert not Decision.objects.get().accepted_at


def test_without_a_decision_there_is_no_letter(client, case):
    assert client.get(at(case, "letter")).status_code == 404
    assert client.post(at(case, "decide"), {"medium": "email"}, headers=HTMX).status_code == 422


def test_a_small_case_shows_none_of_it_unless_asked(client, milda):
    case = make.case(owner=milda)
    text = client.get(reverse("case", args=[case.reference])).text
    assert "The investigation" not in text
    assert "Look into it in full" in text
    assert client.get(at(case)).status_code == 200


def test_a_hard_case_shows_the_way_to_it(client, case):
    text = client.get(reverse("case", args=[case.reference])).text
    assert "0 of 1 found on" in text


def test_a_long_investigation_takes_few_statements(client, case, django_assert_max_num_queries):
    for n in range(5):
        one = hard.issue(case, f"Thing {n}.")
        hard.evidence(case, one)
        record_finding(one, finding=hard.FOUND, by=case.owner, at=hard.NOW)
    client.get(at(case))
    with django_assert_max_num_queries(MOST_STATEMENTS):
        assert "Thing 4." in page(client, case)


def test_what_was_left_aside_needs_no_approval(client, case, milda):
    make.authority(Role.SENIOR, RemedyKind.REFUND_PART)
    option = hard.option(case)
    ask_approval(option, reason="Two cold days.", by=milda, at=hard.NOW)
    drop_option(option, why="Too dear.", by=milda, at=hard.NOW)
    assert client.get(at(case, "approval", option.pk)).status_code == 404


def test_what_was_decided_and_is_owed_is_next_on_the_case(client, milda):
    case = hard.decided(milda).decision.case
    first = Remedy.objects.filter(option__proposals__case=case).order_by("due_at")[0]
    shown = client.get(reverse("case", args=[case.reference])).text
    assert "Do what is owed" in shown
    assert "Our letter promised this:" in shown
    assert first.what in shown
    assert "Nothing is promised yet" not in shown
    assert at(case, "carry-out") in shown
