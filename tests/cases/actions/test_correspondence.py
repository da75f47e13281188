from datetime import timedelta

import pytest

from amends.cases.actions.correspondence import (
    NextStepInThePast,
    NoteSaysNothing,
    add_note,
    log_call,
    reply_by_mail,
    undo_reply,
)
from amends.cases.actions.fit_to_send import NothingToSend, NotTheirAddress, OnlyGreeted
from amends.cases.actions.help import (
    AnswerNeeded,
    AskOneself,
    HelpGivenAlready,
    NobodyToAsk,
    QuestionNeeded,
    answer_help,
    ask_for_help,
)
from amends.cases.actions.letters import Reply
from amends.cases.actions.protection import (
    HoldEndsInThePast,
    HoldLiftedAlready,
    HoldSaysNothing,
    Standstill,
    confirm_hold,
    lift_hold,
    set_hold,
)
from amends.cases.actions.within import Barred, CannotLookAfterIt, CaseHasEnded, NotYours
from amends.cases.models.case import CaseNote
from amends.cases.rules.kinds import Next
from amends.cases.rules.lifecycle import State
from amends.contacts.actions.mail import NoAddress
from amends.contacts.actions.recording import NothingSaid
from amends.contacts.actions.sending import AlreadyLeft
from amends.contacts.models import Contact, OutgoingMail
from amends.contacts.rules.kinds import Channel, Direction, MailState, Source
from amends.people.rules.kinds import Honorific
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, entries, last_entry

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TOMORROW = make.NOW + timedelta(days=1)
UNDO = timedelta(seconds=10)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    ruta = make.person(email="ruta@home.example")
    return make.case(make.contact(person=ruta), owner=owner)


def replied(case, by, **facts):
    said = {"text": "Dear Ms Petrauskienė,\n\nthe engineer comes.", **facts}
    return reply_by_mail(case, reply=Reply(**said), by=by, at=make.NOW)


class TestReplyByMail:
    @pytest.mark.requirement("S0-12", "S0-15", "S4-19")
    def test_a_reply_is_a_contact_and_a_mail_from_a_named_author(self, case, owner):
        mail = replied(case, owner, subject="The engineer", held_for=UNDO)
        told = Contact.objects.get(mail=mail)
        assert (mail.to_address, mail.author, mail.kind) == ("ruta@home.example", owner, "reply")
        assert mail.subject == f"The engineer [{case.reference}]"
        assert "the engineer comes." in mail.text
        assert "Inga Ramanauskaitė" in mail.text
        assert (mail.send_at, mail.state) == (make.NOW + UNDO, "waiting")
        assert (told.direction, told.channel, told.handled_by) == ("out", "email", owner)
        assert told.words.text == mail.text
        assert case.case_contacts.filter(contact=told).exists()
        assert last_entry() == (
            "ReplySent",
            owner.actor,
            {"case_id": case.pk, "mail_id": mail.pk, "state": "received"},
        )

    @pytest.mark.requirement("S3-16", "S3-87")
    def test_one_that_names_the_next_step_and_its_date_acknowledges(self, case, owner):
        mail = replied(case, owner, next_step="We look at the pump.", next_at=TOMORROW)
        found = again(case)
        assert "What happens next: We look at the pump, by Saturday 28 March, 17:00." in mail.text
        assert (found.state, found.acknowledged_at) == (State.ACKNOWLEDGED, make.NOW)
        assert found.next_due == Next.AGREE

    def test_a_case_with_a_promise_is_answered_already(self, case, owner):
        make.promise(case)
        replied(case, owner)
        assert again(case).state == State.ASSESSED

    def test_it_is_written_in_the_customer_s_language(self, owner):
        ruta = make.person(email="ruta@home.example", language="lt")
        case = make.case(make.contact(person=ruta), owner=owner)
        type(case).objects.filter(pk=case.pk).update(language="lt")
        assert replied(case, owner).language == "lt"

    def test_it_stands_in_the_thread_of_what_came_before(self, case, owner):
        first = replied(case, owner)
        assert first.message_id in replied(case, owner, subject=first.subject).references
        assert replied(case, owner, subject=first.subject).subject == first.subject

    def test_a_reply_goes_to_where_the_customer_wrote_from(self, owner):
        told = make.contact(
            channel=Channel.EMAIL, source=Source.WRITTEN, sender_address="ruta@work.example"
        )
        case = make.case(told, owner=owner)
        assert replied(case, owner).to_address == "ruta@work.example"

    @pytest.mark.parametrize("to", ["Ruta@Home.example", "ruta@work.example"])
    def test_an_address_known_as_theirs_may_be_chosen(self, case, owner, to):
        told = make.contact(sender_address="ruta@work.example", person=case.person)
        log_call(case, telling=make.telling(), by=owner, at=make.NOW)
        case.case_contacts.create(contact=told, at=make.NOW)
        assert replied(case, owner, to=to).to_address == to

    def test_nothing_is_told_to_an_address_that_nobody_knows(self, case, owner):
        with pytest.raises(NotTheirAddress, match=r"neighbour@home\.example"):
            replied(case, owner, to="neighbour@home.example")

    def test_without_an_address_there_is_no_reply(self, owner):
        with pytest.raises(NoAddress):
            replied(make.case(owner=owner), owner)
        assert not OutgoingMail.objects.exists()

    @pytest.mark.parametrize("text", ["", " \n"])
    def test_something_is_written(self, case, owner, text):
        with pytest.raises(NothingToSend):
            replied(case, owner, text=text)

    @pytest.mark.parametrize("text", ["Dear Ruta,\n\n", "Laba diena, Ruta!", " dear  ruta \n"])
    def test_a_greeting_alone_says_nothing(self, owner, text):
        ruta = make.person("Ruta", honorific=Honorific.UNKNOWN, email="ruta@home.example")
        case = make.case(make.contact(person=ruta), owner=owner)
        with pytest.raises(OnlyGreeted):
            replied(case, owner, text=text)
        assert "Thank you." in replied(case, owner, text=f"{text}\nThank you.").text

    def test_the_next_step_is_still_to_come(self, case, owner):
        with pytest.raises(NextStepInThePast):
            replied(case, owner, next_step="x", next_at=make.NOW)

    def test_a_stranger_to_the_case_does_not_write(self, case):
        with pytest.raises(NotYours):
            replied(case, make.staff())


class TestUndoReply:
    @pytest.mark.requirement("S3-40")
    def test_within_its_time_a_reply_is_taken_back_without_a_trace(self, case, owner):
        mail = replied(case, owner, next_step="x", next_at=TOMORROW, held_for=UNDO)
        found = undo_reply(mail, by=owner, at=make.NOW + UNDO / 2)
        assert again(mail).state == MailState.WITHDRAWN
        assert (found.state, found.acknowledged_at) == (State.RECEIVED, None)
        assert found.next_due == Next.ANSWER
        assert last_entry() == (
            "ReplyUndone",
            owner.actor,
            {"case_id": case.pk, "mail_id": mail.pk, "state": "received"},
        )

    def test_what_another_step_moved_stays_moved(self, case, owner):
        mail = replied(case, owner, held_for=UNDO)
        make.promise(case)
        assert undo_reply(mail, by=owner, at=make.NOW).state == State.ASSESSED

    def test_an_acknowledgement_of_before_stays(self, case, owner):
        replied(case, owner, next_step="x", next_at=TOMORROW)
        later = make.NOW + HOUR
        reply = Reply(text="One thing more.", held_for=UNDO)
        mail = reply_by_mail(case, reply=reply, by=owner, at=later)
        assert undo_reply(mail, by=owner, at=later).state == State.ACKNOWLEDGED

    def test_what_has_left_is_not_undone(self, case, owner):
        mail = replied(case, owner, held_for=UNDO)
        with pytest.raises(AlreadyLeft):
            undo_reply(mail, by=owner, at=make.NOW + UNDO)

    def test_it_is_of_its_author_or_a_senior(self, case, owner):
        mail = replied(case, owner, held_for=UNDO)
        mate = make.staff()
        make.team(members=(mate,))
        with pytest.raises(NotAllowed):
            undo_reply(mail, by=mate, at=make.NOW)
        assert undo_reply(mail, by=case.team.duty_owner, at=make.NOW).pk == case.pk


class TestLogCall:
    @pytest.mark.requirement("S0-12", "S1-07")
    def test_a_call_out_is_a_contact_of_the_case_and_its_customer(self, case, owner):
        told = log_call(
            case,
            telling=make.telling("She is at home.", direction=Direction.OUT),
            by=owner,
            at=make.NOW,
        )
        assert (told.person, told.handled_by, told.direction) == (case.person, owner, "out")
        assert entries()[-1] == "ContactAdded"

    def test_somebody_else_who_calls_is_named(self, case, owner):
        neighbour = make.person("Jonas Petraitis", number="K2")
        told = log_call(case, telling=make.telling(person=neighbour), by=owner, at=make.NOW)
        assert told.person == neighbour

    def test_nothing_said_is_nothing_logged(self, case, owner):
        with pytest.raises(NothingSaid):
            log_call(case, telling=make.telling(" "), by=owner, at=make.NOW)

    def test_an_ended_case_is_reopened_first(self, case, owner):
        make.withdrawn(case)
        with pytest.raises(CaseHasEnded):
            log_call(case, telling=make.telling(), by=owner, at=make.NOW)


class TestAddNote:
    @pytest.mark.requirement("S4-07d", "S4-16")
    def test_a_note_is_for_colleagues(self, case, owner):
        note = add_note(case, text=" The pump was replaced. ", by=owner, at=make.NOW)
        assert (note.text, note.by, note.at) == ("The pump was replaced.", owner, make.NOW)
        assert last_entry() == (
            "NoteAdded",
            owner.actor,
            {"case_id": case.pk, "note_id": note.pk},
        )

    def test_an_ended_case_may_be_noted_on(self, case, owner):
        make.withdrawn(case)
        add_note(case, text="They called to thank us.", by=owner, at=make.NOW)
        assert CaseNote.objects.count() == 1

    def test_it_says_something(self, case, owner):
        with pytest.raises(NoteSaysNothing):
            add_note(case, text=" ", by=owner, at=make.NOW)

    def test_who_it_is_about_notes_nothing(self, case):
        about = make.staff()
        bar(case, about)
        with pytest.raises(Barred):
            add_note(case, text="x", by=about, at=make.NOW)


def standstill(**facts):
    return Standstill(**{"what": "Dunning", "until": TOMORROW, "told_whom": "Bills", **facts})


class TestHold:
    def test_what_must_not_go_on_is_a_due_moment(self, case, owner):
        make.promise(case, make.offer(due_at=TOMORROW + HOUR))
        hold = set_hold(case, standstill=standstill(), by=owner, at=make.NOW)
        found = again(case)
        assert (hold.what, hold.until, hold.told_whom) == ("Dunning", TOMORROW, "Bills")
        assert (found.next_due, found.next_due_at) == (Next.HOLD_ENDS, TOMORROW)
        assert last_entry() == (
            "HoldSet",
            owner.actor,
            {"case_id": case.pk, "hold_id": hold.pk},
        )

    def test_those_who_were_told_confirm_it_once(self, case, owner):
        hold = set_hold(case, standstill=standstill(), by=owner, at=make.NOW)
        confirm_hold(hold, by=owner, at=make.NOW + HOUR)
        found = confirm_hold(hold, by=owner, at=make.NOW + 2 * HOUR)
        assert found.confirmed_at == make.NOW + HOUR
        assert last_entry()[0] == "HoldConfirmed"

    def test_lifted_it_waits_for_nobody(self, case, owner):
        hold = set_hold(case, standstill=standstill(), by=owner, at=make.NOW)
        assert lift_hold(hold, by=owner, at=make.NOW).lifted_at == make.NOW
        assert again(case).next_due == Next.ANSWER
        assert last_entry()[0] == "HoldLifted"
        for act in (confirm_hold, lift_hold):
            with pytest.raises(HoldLiftedAlready):
                act(hold, by=owner, at=make.NOW)

    @pytest.mark.parametrize("lacks", [{"what": " "}, {"told_whom": ""}])
    def test_it_says_what_and_who_was_told(self, case, owner, lacks):
        with pytest.raises(HoldSaysNothing):
            set_hold(case, standstill=standstill(**lacks), by=owner, at=make.NOW)

    def test_it_ends_in_the_future(self, case, owner):
        with pytest.raises(HoldEndsInThePast):
            set_hold(case, standstill=standstill(until=make.NOW), by=owner, at=make.NOW)


class TestHelp:
    @pytest.mark.requirement("S0-22", "S4-06")
    def test_the_senior_on_duty_is_asked_and_answers(self, case, owner):
        duty = case.team.duty_owner
        request = ask_for_help(case, text=" What may I give? ", by=owner, at=make.NOW)
        assert (request.asked_of, request.text) == (duty, "What may I give?")
        assert last_entry() == (
            "HelpAskedOnCase",
            owner.actor,
            {"case_id": case.pk, "request_id": request.pk},
        )
        found = answer_help(request, answer="Up to 60 €.", by=duty, at=make.NOW + HOUR)
        assert (found.answered_by, found.answer) == (duty, "Up to 60 €.")
        assert last_entry()[0] == "HelpAnsweredOnCase"

    def test_help_is_asked_about_nothing_in_particular_too(self, owner):
        mate = make.staff(role=Role.SENIOR)
        request = ask_for_help(None, text="I need a break.", by=owner, at=make.NOW)
        assert (request.case, request.asked_of) == (None, mate)
        assert last_entry()[0] == "HelpAsked"
        answer_help(request, answer="Go.", by=mate, at=make.NOW)
        assert last_entry()[0] == "HelpAnswered"

    def test_somebody_else_may_be_asked_and_any_senior_may_answer(self, case, owner):
        mate, senior = make.staff(), make.staff(role=Role.SENIOR)
        request = ask_for_help(case, text="?", of=mate, by=owner, at=make.NOW)
        assert answer_help(request, answer="So.", by=senior, at=make.NOW).answered_by == senior
        with pytest.raises(HelpGivenAlready):
            answer_help(request, answer="So.", by=mate, at=make.NOW)

    def test_who_was_not_asked_and_is_no_senior_does_not_answer(self, case, owner):
        request = ask_for_help(case, text="?", by=owner, at=make.NOW)
        with pytest.raises(NotAllowed):
            answer_help(request, answer="So.", by=make.staff(), at=make.NOW)

    def test_who_it_is_about_is_neither_asked_nor_answers_nor_asks(self, case, owner):
        about = make.staff(role=Role.SENIOR)
        request = ask_for_help(case, text="?", by=owner, at=make.NOW)
        bar(case, about)
        with pytest.raises(CannotLookAfterIt):
            ask_for_help(case, text="?", of=about, by=owner, at=make.NOW)
        with pytest.raises(Barred):
            answer_help(request, answer="So.", by=about, at=make.NOW)
        with pytest.raises(Barred):
            ask_for_help(case, text="?", by=about, at=make.NOW)

    def test_question_and_answer_say_something(self, case, owner):
        with pytest.raises(QuestionNeeded):
            ask_for_help(case, text=" ", by=owner, at=make.NOW)
        request = ask_for_help(case, text="?", by=owner, at=make.NOW)
        with pytest.raises(AnswerNeeded):
            answer_help(request, answer="", by=case.team.duty_owner, at=make.NOW)

    def test_nobody_asks_themselves(self, owner):
        with pytest.raises(AskOneself):
            ask_for_help(None, text="?", of=owner, by=owner, at=make.NOW)

    def test_who_works_alone_is_told_so(self, owner):
        with pytest.raises(NobodyToAsk):
            ask_for_help(None, text="?", by=owner, at=make.NOW)

    def test_a_role_that_does_not_work_on_cases_asks_elsewhere(self):
        with pytest.raises(NotAllowed):
            ask_for_help(None, text="?", by=make.staff(role=Role.AUDITOR), at=make.NOW)
