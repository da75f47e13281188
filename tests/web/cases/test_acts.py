"""Every act on a case, on its page: shown, done, and refused with a clear sentence."""

import pytest
from django.urls import reverse

from amends.cases.actions.follow_up import note_attempt
from amends.cases.actions.promises import keep_promise, mark_promise_broken
from amends.cases.models.case import Issue, PartyOfCase
from amends.cases.models.promises import Promise
from amends.cases.models.protection import Hold
from amends.cases.rules.kinds import AttemptResult, How
from amends.contacts.models import OutgoingMail
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FUTURE = "2099-01-01T10:00"
PROMISED = {
    "what": "An engineer comes",
    "when": "other",
    "due_at": FUTURE,
    "remedy": "none",
    "basis": "policy",
}
ACTS = {
    "promise": {**PROMISED, "told": "telephone"},
    "done": {"done": "The tap was replaced.", "yes_how": "telephone"},
    "sorry": {},
    "thank": {},
    "cause": {"pillar": "system", "mechanism": "delay"},
    "withdraw": {"statement": "It is fine now."},
    "assess": {"severity": "2", "track": "light"},
    "wish": {"wish": "To know who comes.", "need_by": FUTURE, "reason": "School."},
    "needs": {"need": "Warmth.", "expectation": "That somebody calls."},
    "clarified": {},
    "issue": {"statement": "Nobody called back."},
    "identity": {"level": "said", "method": "Her name and address."},
    "stop": {"what": "Disconnection", "until": FUTURE, "told_whom": "Billing"},
}
EMPTY = ("promise", "done", "cause", "withdraw", "issue", "identity", "stop")


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    return make.case(make.contact(person=make.person(email="ruta@post.example")), owner=milda)


def at(case, name, *pk):
    return reverse(f"case-{name}", args=[case.reference, *pk])


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_a_page_of_its_own_and_a_part_of_the_case(client, case, name):
    whole, part = client.get(at(case, name)), client.get(at(case, name), headers=HTMX)
    assert "hx-post" not in whole.text
    assert 'hx-target="#case"' in part.text
    assert "<html" in whole.text
    assert part.text.strip().startswith('<section class="card act stack"')


@pytest.mark.parametrize(("name", "told"), ACTS.items(), ids=list(ACTS))
def test_an_act_is_done_and_leads_back_to_the_case(client, case, name, told):
    response = client.post(at(case, name), told)
    assert response.status_code == 302
    assert response["Location"] == reverse("case", args=[case.reference])


@pytest.mark.parametrize("name", EMPTY)
def test_what_is_missing_is_said_on_the_form(client, case, name):
    response = client.post(at(case, name), {}, headers=HTMX)
    assert response.status_code == 422
    assert 'role="alert"' in response.text


@pytest.mark.parametrize("name", ACTS)
def test_a_stranger_is_sent_to_sign_in(client, case, name):
    client.logout()
    assert client.post(at(case, name), ACTS[name]).status_code == 302


def test_the_slip_of_a_promise_goes_out_by_mail(client, case):
    client.post(at(case, "promise"), {**PROMISED, "told": "send"})
    assert OutgoingMail.objects.get().kind == "promise-slip"


def test_a_promise_in_the_past_is_refused(client, case):
    response = client.post(at(case, "promise"), {**PROMISED, "due_at": "2001-01-01T10:00"})
    assert response.status_code == 422
    assert "A promise needs a moment in the future." in response.text


def test_a_promise_is_countered_agreed_kept_and_asked_after(client, case):
    promise = make.promise(case)
    day = {"when": "other", "due_at": FUTURE, "words": "I am away."}
    assert client.post(at(case, "another-day", promise.pk), day).status_code == 302
    shown = client.get(at(case, "anew", promise.pk)).text
    assert "They ask for:" in shown
    assert "I am away." in shown
    assert "Theirs: " in shown
    assert client.post(at(case, "anew", promise.pk), PROMISED).status_code == 302
    new = Promise.objects.latest("pk")
    assert client.post(at(case, "yes", new.pk), {"how": "telephone"}).status_code == 302
    assert client.post(at(case, "kept", new.pk), {"evidence": "It is warm."}).status_code == 302
    said = {"verdict": "yes", "how": "telephone", "words": "Thank you."}
    assert client.post(at(case, "asked"), said).status_code == 302
    case.refresh_from_db()
    assert case.verdict == "yes"


@pytest.mark.requirement("S4-08")
def test_a_broken_promise_is_said_first_in_the_customers_words(client, case):
    promise = make.promise(case, accepted=True)
    mark_promise_broken(promise, at=promise.due_at)
    page = client.get(at(case, "sorry-first", promise.pk)).text
    assert "and we did not do it. I am sorry." in page
    response = client.post(at(case, "sorry-first", promise.pk), {"said": "send"})
    assert response.status_code == 302
    assert OutgoingMail.objects.get().kind == "promise-broken"


def test_who_is_not_reached_is_asked_again(client, case, milda):
    promise = make.promise(case, accepted=True)
    keep_promise(promise, evidence="It is warm.", by=milda, at=make.NOW)
    said = {"verdict": "not-reached", "how": "telephone"}
    assert client.post(at(case, "asked"), said).status_code == 302
    assert promise.follow_up.attempts.get().result == "not-reached"


def test_where_nothing_was_done_there_is_nothing_to_ask(client, case):
    response = client.post(at(case, "asked"), {"verdict": "yes", "how": "telephone"})
    assert response.status_code == 422
    assert "Nothing waits to be asked after." in response.text


@pytest.mark.requirement("S4-12")
def test_closing_says_what_is_missing_and_then_closes(client, case, milda):
    page = client.get(at(case, "close")).text
    assert "nobody has asked whether it is put right" in page
    assert "Close it" not in page
    assert client.post(at(case, "close"), {}).status_code == 422
    promise = make.promise(case, accepted=True)
    keep_promise(promise, evidence="It is warm.", by=milda, at=make.NOW)
    for _ in range(2):
        note_attempt(
            promise.follow_up,
            how=How.TELEPHONE,
            result=AttemptResult.NOT_REACHED,
            by=milda,
            at=make.NOW,
        )
    shown = client.get(reverse("case", args=[case.reference])).text
    assert "Close with thanks" not in shown
    for name in ("sorry", "thank", "cause"):
        client.post(at(case, name), ACTS[name])
    assert "Close it" in client.get(at(case, "close")).text
    assert client.post(at(case, "close"), {}).status_code == 302
    case.refresh_from_db()
    assert not case.is_open
    assert client.post(at(case, "reopen"), {"reason": "It is cold again."}).status_code == 302


def test_a_finding_and_a_hold_are_seen_to(client, case):
    issue = Issue.objects.get(case=case)
    found = {"what_happened": "A", "should_have_happened": "B", "validity": "upheld"}
    assert client.post(at(case, "finding", issue.pk), found).status_code == 302
    client.post(at(case, "stop"), ACTS["stop"])
    hold = Hold.objects.get()
    for how in ("confirm", "lift"):
        assert client.post(at(case, "hold", hold.pk), {"how": how}).status_code == 302
    hold.refresh_from_db()
    assert hold.lifted_at


def test_a_colleague_complained_about_does_not_see_it_any_more(client, case):
    jonas = make.staff("Jonas Kairys")
    assert client.post(at(case, "about-colleague"), {"who": jonas.pk}).status_code == 302
    client.force_login(jonas)
    assert client.get(reverse("case", args=[case.reference])).status_code == 404


class TestWhoIsInIt:
    @pytest.fixture
    def of_nobody(self, milda):
        return make.case(make.contact(), owner=milda)

    def test_the_customer_is_found_and_named_later(self, client, of_nobody):
        ruta = make.person("Rūta Petrauskienė")
        page = client.get(reverse("case", args=[of_nobody.reference])).text
        assert "Say who it is" in page
        told = {"who": "Petrauskiene", "person_pick": str(ruta.pk)}
        assert client.post(at(of_nobody, "customer"), told).status_code == 302
        of_nobody.refresh_from_db()
        assert of_nobody.person == ruta

    def test_of_several_it_is_asked_which(self, client, of_nobody):
        make.person("Rūta Petrauskienė")
        response = client.post(at(of_nobody, "customer"), {"who": "Petrauskiene"})
        assert response.status_code == 422
        assert "Choose which of them it is, or that they are new." in response.text
        assert "Somebody new" in response.text

    def test_somebody_new_is_written_down_from_one_line(self, client, of_nobody):
        told = {"who": "Aldona Rimkutė +37061234567"}
        assert client.post(at(of_nobody, "customer"), told).status_code == 302
        of_nobody.refresh_from_db()
        assert of_nobody.person.name == "Aldona Rimkutė"
        assert of_nobody.person.points.get().kind == "telephone"

    @pytest.mark.requirement("S4-10")
    def test_what_was_tried_is_written_down_where_nobody_is_reached(self, client, of_nobody):
        assert client.post(at(of_nobody, "customer"), {}).status_code == 422
        told = {"tried": "Called three times, wrote a letter."}
        assert client.post(at(of_nobody, "customer"), told).status_code == 302
        page = client.get(reverse("case", args=[of_nobody.reference])).text
        assert "Called three times, wrote a letter." in page

    def test_a_case_of_somebody_is_not_given_to_another(self, client, case):
        other = make.person("Jonas Kairys")
        told = {"who": "Jonas Kairys", "person": str(other.pk)}
        response = client.post(at(case, "customer"), told)
        assert response.status_code == 422
        assert "Open another one for somebody else." in response.text

    @pytest.mark.parametrize("part", ["affected", "payer", "witness", "supplier"])
    def test_others_are_named_with_their_part(self, client, case, part):
        jonas = make.person("Jonas Kairys")
        told = {"who": "Jonas Kairys", "person": str(jonas.pk), "part": part}
        assert client.post(at(case, "party"), told).status_code == 302
        assert PartyOfCase.objects.get().person == jonas
        assert "Jonas Kairys" in client.get(reverse("case", args=[case.reference])).text

    def test_a_witness_we_did_not_know_is_written_down(self, client, case):
        told = {"who": "Aldona Rimkutė", "part": "witness"}
        assert client.post(at(case, "party"), told).status_code == 302
        assert PartyOfCase.objects.filter(person__name="Aldona Rimkutė").count() == 1
        assert client.post(at(case, "party"), {"part": "witness"}).status_code == 422

    def test_whom_it_complains_about_is_named_by_an_act_of_its_own(self, client, case):
        told = {"who": "Aldona Rimkutė", "part": "complained-about"}
        assert client.post(at(case, "party"), told).status_code == 422


@pytest.mark.parametrize("name", ["anew", "kept", "yes", "another-day", "sorry-first"])
def test_a_promise_of_another_case_is_not_found(client, case, name):
    other = make.promise(make.case(make.contact("Another matter.")))
    assert client.get(at(case, name, other.pk)).status_code == 404
