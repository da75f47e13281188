from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.actions.asking import ask_put_right
from amends.cases.actions.assessment import change_kind
from amends.cases.actions.closing import (
    NotReadyToClose,
    Why,
    close_case,
    count_cause,
    reopen_case,
    thank,
)
from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.follow_up import (
    Answer,
    answer_put_right,
    finish_without_customer,
    note_attempt,
)
from amends.cases.actions.from_portal import answer_on_page
from amends.cases.actions.letters import Reply
from amends.cases.actions.ownership import take_case
from amends.cases.actions.procedures import (
    NewestAlready,
    NothingChanged,
    NotToBeChosen,
    WhyChangedNeeded,
    adopt_procedure,
    write_procedure,
)
from amends.cases.actions.within import CaseHasEnded, NotYours
from amends.cases.models.case import Case, CaseNote
from amends.cases.models.procedures import Procedure
from amends.cases.models.promises import FollowUp
from amends.cases.queries.care import care_of
from amends.cases.queries.customer_page import customer_page
from amends.cases.queries.overdue import questions_to_ask
from amends.cases.queries.procedures import procedure_of, version_of, versions_now
from amends.cases.rules.closing import Obstacle
from amends.cases.rules.kinds import AttemptResult, CaseKind, How, Mechanism, Pillar, Verdict
from amends.cases.rules.lifecycle import State
from amends.cases.rules.procedure import first_choice
from amends.cases.rules.steps import Step
from amends.cases.rules.turns import Linkage
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.kinds import Channel
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from amends.standards.actions import set_working_hours
from amends.standards.rules.hours import Hours, read_openings
from tests import make
from tests.cases.actions.seen import again, last_entry

pytestmark = pytest.mark.django_db
OFFICE = Hours("Europe/Vilnius", "LT", "", (*[read_openings("9-17")] * 5, (), ()))
DAY = timedelta(days=1)
WHY = "Who asks is asked back."
ENQUIRY = first_choice(CaseKind.ENQUIRY)
ASKED_BACK = replace(
    ENQUIRY,
    guards=ENQUIRY.guards | {Obstacle.NOT_THANKED},
    steps=ENQUIRY.steps | {Step.THANKED},
)
LATER = replace(first_choice(CaseKind.COMPLAINT), check_again_days=28)


@pytest.fixture
def manager():
    return make.staff("Asta Petrauskienė", role=Role.MANAGER)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


def enquiry(owner):
    person = make.person(email="ruta@home.example")
    return make.case(make.contact(person=person), owner=owner, kind=CaseKind.ENQUIRY)


def write(manager, choice=ASKED_BACK, kind=CaseKind.ENQUIRY, reason=WHY):
    make.organisation()
    return write_procedure(kind, choice=choice, reason=reason, by=manager, at=make.NOW)


class TestWriteProcedure:
    def test_new_cases_go_by_it_and_those_that_began_keep_theirs(self, manager, owner):
        before = enquiry(owner)
        written = write(manager)
        after = enquiry(owner)
        assert (before.procedure, after.procedure) == (None, written)
        assert (version_of(before).number, version_of(after).number) == (1, 2)
        assert Step.THANKED in procedure_of(after).steps
        assert Step.THANKED not in procedure_of(before).steps

    @pytest.mark.requirement("S1-12")
    def test_closing_and_the_steps_read_it(self, manager, owner):
        write(manager)
        case = enquiry(owner)
        reply_by_mail(case, reply=Reply(text="At nine."), by=owner, at=make.NOW)
        with pytest.raises(NotReadyToClose) as refused:
            close_case(case, by=owner, at=make.NOW)
        assert refused.value.obstacles == (Obstacle.NOT_THANKED,)
        steps = [report.step for report in care_of(case, staff=owner).steps]
        assert steps == [*procedure_of(case).steps]

    def test_versions_are_counted_and_said(self, manager):
        write(manager)
        write(manager, ENQUIRY, reason="It was too much.")
        assert [row.version for row in Procedure.objects.order_by("version")] == [2, 3]
        now = versions_now()
        assert (now[CaseKind.ENQUIRY].number, now[CaseKind.THANKS].number) == (3, 1)
        assert now[CaseKind.ENQUIRY].reason == "It was too much."
        entry = last_entry()
        assert (entry[0], entry[2]["version"]) == ("ProcedureWritten", 3)

    @pytest.mark.parametrize(
        ("choice", "reason", "refusal"),
        [
            (replace(ASKED_BACK, guards=frozenset({Obstacle.HOLD_IN_FORCE})), WHY, NotToBeChosen),
            (replace(ASKED_BACK, check_again_days=2), WHY, NotToBeChosen),
            (ASKED_BACK, " ", WhyChangedNeeded),
            (ENQUIRY, WHY, NothingChanged),
        ],
    )
    def test_it_is_decided_within_what_may_be_and_with_a_reason(
        self, manager, choice, reason, refusal
    ):
        with pytest.raises(refusal):
            write(manager, choice, reason=reason)

    def test_a_manager_decides_it(self, owner):
        with pytest.raises(NotAllowed):
            write(owner)

    def test_the_database_knows_no_version_twice_and_none_without_a_reason(self, manager):
        write(manager)
        with pytest.raises(IntegrityError, match="procedure_changed"), transaction.atomic():
            Procedure.objects.update(reason="")
        with pytest.raises(IntegrityError, match="procedure_first"):
            Procedure.objects.update(version=1)


class TestAdoptProcedure:
    def test_a_case_is_moved_to_the_newest_on_purpose(self, manager, owner):
        case = enquiry(owner)
        written = write(manager)
        assert adopt_procedure(case, by=owner, at=make.NOW).procedure == written
        assert last_entry() == (
            "ProcedureAdopted",
            owner.actor,
            {"case_id": case.pk, "version": 2},
        )
        with pytest.raises(NewestAlready):
            adopt_procedure(case, by=owner, at=make.NOW)

    def test_a_colleague_who_has_no_part_in_it_does_not(self, manager, owner):
        case = enquiry(owner)
        write(manager)
        with pytest.raises(NotYours):
            adopt_procedure(case, by=make.staff(), at=make.NOW)

    def test_a_case_of_another_kind_goes_by_that_kinds(self, manager, owner):
        written = write(manager)
        case = make.case(owner=owner)
        changed = change_kind(
            case,
            kind=CaseKind.ENQUIRY,
            reason="He only asked.",
            agreed_how=How.TELEPHONE,
            by=owner,
            at=make.NOW,
        )
        assert changed.procedure == written
        assert CaseNote.objects.get().text == "He only asked."


class TestCheckAgain:
    @pytest.fixture
    def closed(self, manager, owner):
        write(manager, LATER, CaseKind.COMPLAINT)
        case = make.case(make.contact(person=make.person(email="ruta@home.example")), owner=owner)
        make.done(case)
        thank(case, by=owner, at=make.NOW)
        why = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)
        count_cause(case, why=why, by=owner, at=make.NOW)
        return close_case(case, by=owner, at=make.NOW)

    @pytest.fixture
    def later(self, closed):
        return FollowUp.objects.get(case=closed, later=True)

    def ask(self, later):
        (due,) = questions_to_ask(make.NOW + 28 * DAY)
        assert due == later
        ask_put_right(due, at=make.NOW + 28 * DAY)

    @pytest.mark.requirement("S4-12")
    def test_the_customer_is_asked_once_more_some_weeks_after(self, closed, later):
        assert later.due_at == make.NOW + 28 * DAY
        assert list(questions_to_ask(make.NOW + 27 * DAY)) == []
        self.ask(later)
        assert "put right" in OutgoingMail.objects.latest("pk").subject
        page = customer_page(again(closed), at=make.NOW + 29 * DAY)
        assert page.question == later

    def test_a_no_opens_it_again_and_counts_as_failed(self, closed, later):
        self.ask(later)
        answer = Answer(verdict=Verdict.NO, how=How.LINK)
        answer_put_right(later, answer=answer, by=closed.person, at=make.NOW + 60 * DAY)
        case = again(closed)
        assert (case.state, case.failed_recoveries) == (State.INVESTIGATING, 1)
        assert not case.linked_from.exists()

    @pytest.mark.parametrize("words", ["It is cold again.", ""])
    def test_a_no_after_the_time_to_reopen_opens_a_new_case_and_counts_too(
        self, closed, later, words
    ):
        self.ask(later)
        answer = Answer(verdict=Verdict.NO, how=How.LINK, words=words)
        answer_on_page(later, answer=answer, by=closed.person, at=make.NOW + 200 * DAY)
        case = again(closed)
        assert (case.state, case.verdict) == (State.CLOSED, Verdict.NO)
        assert case.failed_recoveries == 1
        new = case.linked_from.get(kind=Linkage.CONTINUES).case
        assert new.person == case.person
        told, acknowledged = new.case_contacts.order_by("pk")
        assert told.contact.words.text == (words or "No, it is not put right.")
        assert OutgoingMail.objects.latest("pk").contact == acknowledged.contact

    def test_a_no_that_a_colleague_hears_so_late_opens_a_new_case_as_well(
        self, closed, later, owner
    ):
        answer = Answer(verdict=Verdict.NO, how=How.TELEPHONE, words="Cold.")
        answer_put_right(later, answer=answer, by=owner, at=make.NOW + 200 * DAY)
        told = closed.linked_from.get().case.case_contacts.get().contact
        assert (told.channel, told.handled_by) == (Channel.TELEPHONE, owner)

    def test_nobody_is_asked_while_we_are_closed(self, manager, owner):
        write(manager, LATER, CaseKind.COMPLAINT)
        set_working_hours(OFFICE, team=None, by=manager, at=make.NOW)
        case = make.case(owner=owner)
        finish_without_customer(case, done="Done.", by=owner, at=make.NOW)
        monday = datetime(2026, 3, 30, 6, tzinfo=UTC)
        assert case.follow_ups.get().due_at == monday

    def test_a_yes_leaves_it_closed(self, closed, later):
        answer = Answer(verdict=Verdict.YES, how=How.LINK)
        answer_put_right(later, answer=answer, by=closed.person, at=make.NOW + 29 * DAY)
        assert again(closed).state == State.CLOSED

    def test_a_colleague_may_ask_too_and_nobody_else(self, closed, later, owner):
        for by in (owner, make.staff()):
            with nullcontext() if by == owner else pytest.raises(NotYours):
                note_attempt(
                    later,
                    how=How.TELEPHONE,
                    result=AttemptResult.NOT_REACHED,
                    by=by,
                    at=make.NOW + 28 * DAY,
                )
        assert later.attempts.count() == 1

    def test_what_was_opened_again_meanwhile_is_not_asked_after_as_if_it_ended(
        self, closed, later, owner
    ):
        reopen_case(closed, reason="It is cold again.", by=owner, at=make.NOW + DAY)
        assert again(later).dropped_at == make.NOW + DAY

    def test_a_question_that_is_no_later_one_is_not_put_after_the_end(self, closed, owner):
        first = FollowUp.objects.create(case=closed)
        with pytest.raises(CaseHasEnded):
            note_attempt(
                first,
                how=How.TELEPHONE,
                result=AttemptResult.REACHED,
                by=owner,
                at=make.NOW,
            )

    def test_without_the_option_nobody_is_asked_again(self, owner):
        case = enquiry(owner)
        take_case(case, by=owner, at=make.NOW)
        reply_by_mail(case, reply=Reply(text="At nine."), by=owner, at=make.NOW)
        close_case(case, by=owner, at=make.NOW)
        assert Case.objects.get(pk=case.pk).follow_ups.count() == 0
