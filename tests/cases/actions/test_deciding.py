from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from amends.cases.actions.deciding import (
    DeliveredHow,
    NothingDecided,
    NotReadyToDecide,
    decide_case,
    note_delivery,
    send_final_response_again,
    write_decision,
)
from amends.cases.actions.fulfilling import (
    RemedyUnplanned,
    WaitsForTheirYes,
    accept_decision,
    carry_out_decision,
)
from amends.cases.actions.options import RemedyDueInThePast
from amends.cases.actions.parties import name_party
from amends.cases.actions.promises import keep_promise, renegotiate_promise
from amends.cases.actions.proposing import NothingProposed
from amends.cases.actions.within import Barred, NotTheOrder
from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision, FinalResponse, Remedy
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.rules.gate import Gap
from amends.cases.rules.kinds import Basis, How, Part
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import Undecided, Unready
from amends.cases.rules.replay import replay
from amends.contacts.actions.mail import NoAddress
from amends.contacts.models import OutgoingMail
from amends.journal.models import Entry
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again, entries, last_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def owner():
    made = make.staff("Inga Ramanauskaitė")
    make.team(members=(made,))
    return made


@pytest.fixture
def case(owner):
    return hard.written(owner)


def decide(case, owner, **how):
    return decide_case(case, by=owner, at=hard.NOW, **how)


class TestDeciding:
    @pytest.mark.requirement("S4-08", "S4-13", "S0-15", "S4-40")
    def test_the_final_response_leaves_signed_with_its_letter_as_a_pdf(self, case, owner):
        response = decide(case, owner)
        mail = OutgoingMail.objects.latest("pk")
        assert (mail.to_address, mail.author) == ("ruta@post.example", owner)
        assert mail.text == response.text
        assert "Inga Ramanauskaitė" in mail.text
        assert "We are sorry that you and your children were cold." in mail.text
        pdf = response.contact.attachments.get()
        assert (pdf.name, pdf.media_type) == (f"{case.reference}.pdf", "application/pdf")

    def test_the_case_is_decided_and_the_journal_says_so(self, case, owner):
        response = decide(case, owner)
        now, decision = again(case), response.decision
        assert (now.state, decision.outcome, decision.decider) == (State.DECIDED, "upheld", owner)
        assert (now.thanked_at, now.apology_at) == (hard.NOW, hard.NOW)
        told = Entry.objects.get(kind="CaseDecided").facts
        assert (told["state"], told["outcome"], told["admits"]) == ("decided", "upheld", True)

    def test_what_the_letter_gives_is_given_with_it(self, case, owner):
        response = decide(case, owner)
        apology = Remedy.objects.get(option=response.decision.proposal.option, kind="apology")
        assert (apology.done_at, apology.evidence) == (hard.NOW, f"#{response.pk}")

    @pytest.mark.parametrize(
        ("said", "gap"),
        [
            ({"reasons": ""}, Gap.REASONS_MISSING),
            ({"apology": " "}, Gap.APOLOGY_MISSING),
            ({"changes": ""}, Gap.CHANGE_MISSING),
            (
                {"apology": "Nous sommes en retard. Przepraszamy, że nie było nas na czas."},
                Gap.OTHER_LANGUAGE,
            ),
        ],
    )
    @pytest.mark.requirement("S4-40")
    def test_the_gate_names_each_gap_and_refuses_the_step(self, case, owner, said, gap):
        write_decision(case, said=replace(hard.SAID, **said), by=owner, at=hard.NOW)
        with pytest.raises(NotReadyToDecide) as refused:
            decide(case, owner)
        assert refused.value.gaps == (gap,)
        assert again(case).state == State.PROPOSED
        assert not FinalResponse.objects.exists()

    def test_without_an_outside_body_nothing_is_decided(self, case, owner):
        make.organisation().__class__.objects.update(outside_body={})
        with pytest.raises(NotReadyToDecide) as refused:
            decide(case, owner)
        assert refused.value.gaps == (Gap.BODY_MISSING,)

    @pytest.mark.requirement("S3-38")
    def test_the_customer_is_heard_and_reasons_are_written_first(self, owner):
        case = hard.proposed(owner).case
        with pytest.raises(NotReadyToDecide) as refused:
            decide(case, owner)
        assert refused.value.obstacles == (Undecided.VIEW_NOT_HEARD, Undecided.NO_REASONS)

    def test_what_held_for_proposing_must_hold_still(self, case, owner):
        hard.issue(case, "The bill is wrong, too.")
        with pytest.raises(NotReadyToDecide) as refused:
            decide(case, owner)
        assert refused.value.obstacles == (Unready.NOT_FOUND_ON,)

    def test_whom_it_is_about_decides_nothing(self, case, owner):
        name_party(case, part=Part.COMPLAINED_ABOUT, who=owner, by=owner, at=hard.NOW)
        with pytest.raises(Barred):
            decide(case, owner)

    def test_nothing_is_decided_that_was_not_proposed(self, owner):
        case = make.case(owner=owner)
        with pytest.raises(NothingProposed):
            decide(case, owner)
        with pytest.raises(NothingProposed):
            write_decision(case, said=hard.SAID, by=owner, at=hard.NOW)

    def test_who_has_no_mail_gets_a_letter_to_post(self, owner):
        case = hard.written(owner, person=make.person(telephone="+37061234567"))
        with pytest.raises(NoAddress):
            decide(case, owner)
        response = decide(case, owner, medium=How.LETTER)
        assert (response.medium, response.contact.channel) == ("letter", "letter")
        assert not OutgoingMail.objects.filter(contact=response.contact).exists()

    def test_writing_it_anew_changes_the_draft(self, case, owner):
        write_decision(case, said=replace(hard.SAID, admits=False), by=owner, at=hard.NOW)
        assert Decision.objects.get(case=case).admits is False


class TestVersions:
    def test_it_is_sent_again_as_one_more_version(self, case, owner):
        first = decide(case, owner)
        later = hard.NOW + DAY
        second = send_final_response_again(case, by=owner, at=later, medium=How.LETTER)
        assert (first.version, second.version) == (1, 2)
        assert last_entry()[0] == "FinalResponseSent"

    def test_nothing_is_sent_again_that_was_not_decided(self, case, owner):
        with pytest.raises(NothingDecided):
            send_final_response_again(case, by=owner, at=hard.NOW)

    def test_delivery_is_written_down_once_with_how_we_know(self, case, owner):
        response = decide(case, owner)
        with pytest.raises(DeliveredHow):
            note_delivery(response, how=" ", by=owner, at=hard.NOW)
        note_delivery(response, how="Signed for it.", by=owner, at=hard.NOW)
        note_delivery(response, how="She called.", by=owner, at=hard.NOW + DAY)
        kept = again(response)
        assert (kept.delivered_at, kept.delivered_how) == (hard.NOW, "Signed for it.")


class TestFulfilling:
    @pytest.mark.requirement("S1-13", "S4-12")
    def test_a_yes_turns_each_remedy_into_a_promise_on_its_day(self, case, owner):
        response = decide(case, owner)
        accept_decision(case, how=How.EMAIL, by=owner, at=hard.NOW)
        promise = Promise.objects.get(carries_out__isnull=False)
        assert (promise.amount, promise.currency, promise.yes_how) == (
            Decimal(49),
            "EUR",
            "email",
        )
        assert promise.due_at == hard.NOW + 4 * DAY
        assert again(case).state == State.FULFILLING
        assert again(response.decision).accepted_how == "email"
        assert FollowUp.objects.filter(promise=promise, due_at__gt=promise.due_at).exists()

    def test_what_is_kept_is_asked_after(self, case, owner):
        decide(case, owner)
        accept_decision(case, how=How.EMAIL, by=owner, at=hard.NOW)
        promise = Promise.objects.get(carries_out__isnull=False)
        keep_promise(promise, evidence="Paid, bank line 77.", by=owner, at=hard.NOW + DAY)
        assert again(case).state == State.FOLLOW_UP

    def test_what_is_promised_anew_carries_it_out_still(self, case, owner):
        decide(case, owner)
        carry_out_decision(case, by=owner, at=hard.NOW)
        promise = Promise.objects.get(carries_out__isnull=False)
        new = renegotiate_promise(
            promise,
            offer=make.offer(due_at=hard.NOW + 9 * DAY),
            by=owner,
            at=hard.NOW + DAY,
        )
        assert Remedy.objects.get(kind="refund-part").promise == new

    def test_what_is_owed_by_rule_needs_no_yes(self, case, owner):
        decide(case, owner)
        carry_out_decision(case, by=owner, at=hard.NOW)
        assert Promise.objects.get(carries_out__isnull=False).yes_at is None
        assert entries()[-1] == "DecisionCarriedOut"

    def test_a_gesture_waits_for_their_yes(self, case, owner):
        Remedy.objects.filter(kind="refund-part").update(basis=Basis.GOODWILL)
        decide(case, owner)
        with pytest.raises(WaitsForTheirYes):
            carry_out_decision(case, by=owner, at=hard.NOW)
        assert accept_decision(case, how=How.LINK, by=case.person, at=hard.NOW).state == (
            State.FULFILLING
        )

    def test_where_the_letter_gave_all_it_is_asked_after_some_days_later(self, case, owner):
        Remedy.objects.filter(kind="refund-part").update(dropped_at=hard.NOW)
        decide(case, owner)
        now = carry_out_decision(case, by=owner, at=hard.NOW)
        assert now.state == State.FOLLOW_UP
        assert FollowUp.objects.get(case=case, dropped_at=None, answered_at=None).due_at == (
            hard.NOW + 3 * DAY
        )

    def test_what_was_not_decided_cannot_be_done(self, case, owner):
        with pytest.raises(NotTheOrder):
            accept_decision(case, how=How.EMAIL, by=owner, at=hard.NOW)
        Case.objects.filter(pk=case.pk).update(state=State.DECIDED)
        with pytest.raises(NothingDecided):
            carry_out_decision(case, by=owner, at=hard.NOW)

    @pytest.mark.parametrize(
        ("facts", "refusal"),
        [({"due_at": None}, RemedyUnplanned), ({"due_at": hard.NOW}, RemedyDueInThePast)],
    )
    def test_a_day_that_is_missing_or_past_is_said(self, case, owner, facts, refusal):
        decide(case, owner)
        Remedy.objects.filter(kind="refund-part").update(**facts)
        with pytest.raises(refusal):
            carry_out_decision(case, by=owner, at=hard.NOW)


def test_the_journal_tells_the_case_again(case, owner):
    decide(case, owner)
    accept_decision(case, how=How.EMAIL, by=owner, at=hard.NOW)
    rows = Entry.objects.filter(subject=f"case:{case.pk}").order_by("pk")
    told = replay(rows.values_list("kind", "facts"))
    assert told.state == again(case).state
    assert told.decided == 1
    assert told.findings == dict(case.issues.values_list("pk", "validity"))
    assert told.remedies == dict(
        Remedy.objects.filter(
            option__case=case, dropped_at=None, option__proposals__isnull=False
        ).values_list("pk", "promise")
    )
