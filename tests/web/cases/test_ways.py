"""The acts by which a case leaves the straight way, on its page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.opening import add_contact
from amends.cases.actions.outside import Body, go_outside
from amends.cases.actions.reviewing import ask_for_review
from amends.cases.models.case import Case, CaseLink
from amends.cases.models.deciding import FinalResponse, Remedy
from amends.cases.models.turns import InternalReview
from amends.cases.rules.lifecycle import State
from amends.contacts.models import OutgoingMail
from amends.staff.models import Staff, Team
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FUTURE = "2099-01-01T10:00"
MOST_STATEMENTS = 15
PLAN = {"questions": "Why?", "sources": "The log.", "persons": "Jonas.", "update_every_days": "5"}
WAIT = {"state": "waiting-customer", "what": "A picture", "whom": "Rūta", "until": FUTURE}
FORWARD = {"name": "The city", "accepted_by": "Mr P.", "reason": "Theirs.", "told_how": "email"}
NOT_OURS = {
    "ground": "not-ours",
    "reason": "It is power.",
    "signpost": "1802",
    "told_how": "telephone",
}
RULED = {
    "outcome": "upheld",
    "reasons": "The meter.",
    "binding": "on",
    "accepted": "both",
    "award": "Pay 120.",
    "comply_by": FUTURE,
}
BODY = {"name": "The consumer office", "reference": "7/26"}
NEXT = {"text": "Cold again.", "channel": "telephone", "wish": "Warmth."}


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    person = make.person(email="ruta@post.example")
    case = make.case(make.contact(person=person), owner=milda)
    return assess_case(case, assessment=Assessment(), by=milda, at=make.NOW)


def at(case, name, *pk):
    return reverse(f"case-{name}", args=[case.reference, *pk])


def page(client, case):
    return client.get(reverse("case", args=[case.reference])).text


def put(case, state, **facts):
    Case.objects.filter(pk=case.pk).update(state=state, **facts)


def does(client, case, name, told):
    response = client.post(at(case, name), told)
    assert response.status_code == 302, response.text
    case.refresh_from_db()
    return State(case.state)


def refuses(client, case, name, told):
    response = client.post(at(case, name), told)
    assert response.status_code == 422
    return response.text


@pytest.mark.requirement("S4-50")
def test_a_small_case_shows_nothing_of_it_unless_asked(client, case):
    assert 'id="ways"' not in page(client, case)


def test_a_case_is_looked_into_by_a_plan_and_waits(client, case):
    assert does(client, case, "plan", PLAN) is State.INVESTIGATING
    assert "they hear of it every 5 days" in page(client, case)
    assert "Jonas." in client.get(at(case, "plan")).text
    assert does(client, case, "wait", WAIT) is State.WAITING_CUSTOMER
    shown = page(client, case)
    assert "We wait for A picture, from Rūta" in shown
    assert "Tell them how far it is" in shown
    assert does(client, case, "wait-over", {"came": "yes"}) is State.INVESTIGATING


def test_a_wait_without_an_end_is_refused(client, case):
    does(client, case, "plan", PLAN)
    assert 'role="alert"' in refuses(client, case, "wait", {**WAIT, "until": ""})
    assert "a moment still to come" in refuses(
        client, case, "wait", {**WAIT, "until": "2001-01-01T10:00"}
    )


def test_a_matter_of_somebody_else_is_passed_on(client, case):
    assert does(client, case, "forward", FORWARD) is State.FORWARDED
    assert "passed your matter on to The city" in OutgoingMail.objects.latest("pk").text
    assert "The city has it; Mr P. took it there." in page(client, case)


def test_what_is_not_ours_is_said_with_a_signpost(client, case):
    assert does(client, case, "out-of-scope", NOT_OURS) is State.OUT_OF_SCOPE
    shown = page(client, case)
    assert "They were directed to: 1802" in shown
    assert at(case, "reopen") in shown


def test_without_a_mail_address_nobody_is_told_by_mail(client, milda):
    case = make.case(make.contact(person=make.person()), owner=milda)
    assert "Write to them now" not in client.get(at(case, "out-of-scope")).text


def test_another_person_looks_at_a_decision(client, case):
    put(case, State.DECIDED)
    assert "from the beginning" in client.get(at(case, "review")).text
    told = {"reason": "Nobody asked my neighbour.", "reviewer": ""}
    assert does(client, case, "review", told) is State.INTERNAL_REVIEW
    assert "who did not decide it, looks at it" in page(client, case)
    done = {"result": "stands", "reasons": "He saw the same."}
    review = InternalReview.objects.get()
    assert f"{review.reviewer.name} looks at it again" in refuses(client, case, "review-done", done)
    client.force_login(review.reviewer)
    assert does(client, case, "review-done", done) is State.DECIDED


@pytest.mark.requirement("S4-40")
def whose(case):
    return case.person


def test_a_reviewer_writes_the_decision_anew_and_its_letter_leaves(client, milda):
    Team.objects.get().members.add(milda)
    case = hard.decided(milda).decision.case
    review = ask_for_review(again(case), reason="Why?", by=whose(case), at=hard.NOW)
    client.force_login(review.reviewer)
    sheet = client.get(at(case, "investigation")).text
    assert "Write the new decision" in sheet
    assert "the decision is not written" in sheet
    assert "write the new one first" in client.get(at(case, "review-done")).text
    changes = {"result": "changes", "reasons": "", "medium": "email"}
    assert "must be whole first" in refuses(client, case, "review-done", changes)
    words = {"apology": "We are sorry.", "reasons": "The log was misread.", "changes": ""}
    client.post(at(case, "write-anew"), words)
    assert "does not say what we change" in client.get(at(case, "review-done")).text
    assert "The log was misread." in client.get(at(case, "write-anew")).text
    Remedy.objects.exclude(due_at=None).update(due_at=timezone.now() + timedelta(days=3))
    client.post(at(case, "write-anew"), {**words, "changes": "We read it twice."})
    assert does(client, case, "review-done", changes) is State.DECIDED
    assert FinalResponse.objects.filter(decision__case=case).count() == 2
    assert "Final response, version 2" in client.get(at(case, "investigation")).text


def test_what_a_body_decided_is_answered_in_a_letter(client, milda):
    case = hard.decided(milda).decision.case
    assert "No letter on what was decided outside is owed" in refuses(
        client, case, "write-anew", {"what": "We pay"}
    )
    does(client, case, "outside", BODY)
    does(client, case, "outside-decided", RULED)
    assert "Write to them what we do as it was decided" in page(client, case)
    assert "Write the new decision" in client.get(at(case, "investigation")).text
    words = {"apology": "We are sorry.", "reasons": "They were right.", "changes": "We call."}
    client.post(at(case, "write-anew"), {**words, "what": "We pay 120 euros"})
    assert "We pay 120 euros" in client.get(at(case, "write-anew")).text
    assert "Send the letter" in client.get(at(case, "investigation")).text
    assert does(client, case, "send-anew", {"medium": "email"}) is State.DECIDED
    assert "We pay 120 euros" in OutgoingMail.objects.latest("pk").text


def test_who_is_alone_reviews_and_it_is_said(client, case, milda):
    put(case, State.DECIDED)
    Staff.objects.exclude(pk=milda.pk).update(is_active=False)
    assert "There is no second person here" in client.get(at(case, "review")).text
    does(client, case, "review", {"reason": "Why?", "reviewer": ""})
    assert "looks at it again, alone here" in page(client, case)


def test_an_outside_body_looks_decides_and_is_followed(client, case):
    assert does(client, case, "outside", BODY) is State.EXTERNAL
    assert "The consumer office looks at it (7/26)" in page(client, case)
    assert does(client, case, "outside-asked", {}) is State.EXTERNAL
    assert "by when" in refuses(client, case, "outside-decided", {**RULED, "comply_by": ""})
    assert does(client, case, "outside-decided", RULED) is State.DECIDED
    assert "we do: Pay 120." in page(client, case)
    assert "Pay 120." in client.get(at(case, "comply")).text
    assert does(client, case, "comply", {"evidence": "Paid."}) is State.FOLLOW_UP


def test_a_case_of_two_stories_is_split_and_put_back(client, case, milda):
    assert at(case, "split") not in page(client, case)
    promise = make.promise(case, accepted=True)
    bill = hard.issue(case, "The bill is wrong.")
    minute = make.NOW + timedelta(minutes=1)
    told = make.contact("And the bill.", person=case.person, started_at=minute, ended_at=minute)
    add_contact(case, contact=told, by=milda, at=minute)
    form = client.get(at(case, "split")).text
    assert "And the bill." in form
    assert promise.what in form
    assert at(case, "split") in page(client, case)
    goes = {"issues": [bill.pk], "contacts": [told.pk], "promises": [promise.pk], "gist": ""}
    assert "Why it is two stories" in refuses(client, case, "split", goes)
    does(client, case, "split", {**goes, "reason": "Another matter."})
    part = Case.objects.get(split_from=case)
    assert "A part of it goes on as another case" in page(client, case)
    shown = page(client, part)
    assert "Split off from another case" in shown
    assert case.reference in shown
    assert at(part, "put-back") in shown
    assert does(client, part, "put-back", {}) is State.MERGED
    assert case.issues.count() == 2


def test_an_ended_case_says_what_may_still_be_done(client, case):
    make.withdrawn(case)
    shown = page(client, case)
    assert all(at(case, name) in shown for name in ("next", "cause"))
    assert at(case, "outside") not in shown


def test_an_auditor_is_offered_nothing(client, case):
    make.withdrawn(case)
    client.force_login(make.staff(role=Role.AUDITOR))
    assert at(case, "reopen") not in page(client, case)


class TestTwoCases:
    @pytest.fixture
    def other(self, case, milda):
        return make.case(make.contact("I wrote you.", person=case.person), owner=milda)

    def test_are_joined_and_parted(self, client, case, other):
        told = {"into": other.reference.lower(), "reason": "One story."}
        assert does(client, case, "merge", told) is State.MERGED
        assert f"It goes on in {other.reference}." in page(client, case)
        assert does(client, case, "part", {}) is State.ASSESSED

    def test_the_other_one_is_chosen_among_those_of_the_same_customer(self, client, case, other):
        stranger = make.case(make.contact("Another matter.", person=make.person("Jonas")))
        shown = client.get(at(case, "merge")).text
        assert other.reference in shown
        assert stranger.reference not in shown
        told = {"which": other.reference, "into": "", "reason": "One story."}
        assert does(client, case, "merge", told) is State.MERGED

    def test_one_of_them_is_named(self, client, case, other):
        told = {"which": "", "into": "", "reason": "One story."}
        assert "Choose the other case" in refuses(client, case, "merge", told)

    def test_are_linked_and_not(self, client, case, other):
        told = {"linkage": "belongs-to", "other": other.reference, "why": "The same street."}
        does(client, case, "link-other", told)
        assert "Is a part of" in page(client, case)
        assert "A part of it:" in page(client, other)
        link = CaseLink.objects.get()
        assert other.reference in client.get(at(case, "unlink", link.pk)).text
        client.post(at(case, "unlink", link.pk))
        assert not CaseLink.objects.exists()

    @pytest.mark.parametrize("written", ["C-000-0000", "nothing of the kind"])
    def test_are_two_that_there_are(self, client, case, written):
        told = {"into": written, "reason": "One story."}
        assert "There is no case of this reference." in refuses(client, case, "merge", told)

    def test_follow_each_other(self, client, case):
        make.withdrawn(case)
        does(client, case, "next", NEXT)
        new = Case.objects.latest("pk")
        assert (new.requested_remedy, new.person) == ("Warmth.", case.person)
        assert "Goes on where this ended:" in page(client, new)


def test_a_complaint_is_something_else_only_with_a_yes(client, case):
    told = {"kind": "enquiry", "reason": "He only asked.", "agreed_how": ""}
    assert "Ask the customer" in refuses(client, case, "kind", told)
    does(client, case, "kind", {**told, "agreed_how": "telephone"})
    assert case.kind == "enquiry"


@pytest.mark.parametrize(
    "name",
    ["plan", "wait", "wait-over", "forward", "out-of-scope", "kind", "outside", "merge", "next"],
)
def test_each_is_a_part_of_the_page_and_asks_what_is_missing(client, case, name):
    assert "<html" not in client.get(at(case, name), headers=HTMX).text
    assert 'role="alert"' in refuses(client, case, name, {})


def test_a_case_outside_is_shown_in_few_statements(
    client, case, milda, django_assert_max_num_queries
):
    body = Body(name="The consumer office", reference="7/26")
    go_outside(case, body=body, by=milda, at=make.NOW)
    page(client, case)
    with django_assert_max_num_queries(MOST_STATEMENTS + 1):
        page(client, case)
