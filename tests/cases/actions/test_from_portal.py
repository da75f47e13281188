from datetime import timedelta

import pytest

from amends.cases.actions.closing import Why, close_case, count_cause
from amends.cases.actions.follow_up import Answer, AnsweredAlready
from amends.cases.actions.from_portal import (
    Complaint,
    NobodyElseHere,
    WroteNothing,
    add_words,
    answer_on_page,
    ask_for_another_look,
    come_back,
    receive_complaint,
    send_link,
    take_back,
    tell_of_outside,
)
from amends.cases.actions.outside import Body
from amends.cases.actions.unsent import (
    Typed,
    forget_unsent,
    keep_unsent,
    put_files,
    take_file_away,
)
from amends.cases.actions.within import CaseHasEnded
from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.unsent import Unsent, UnsentFile
from amends.cases.queries.deciders import asked_to_look_at
from amends.cases.queries.links import holder_of, somebody_else_for
from amends.cases.queries.unsent import files_of, unsent_by, unsent_to_forget
from amends.cases.rules.kinds import How, Mechanism, Next, Outcome, Part, Pillar, Verdict
from amends.cases.rules.lifecycle import State
from amends.cases.rules.public_files import MOST_FILES
from amends.contacts.actions.attachments import TooManyFiles, Upload
from amends.contacts.actions.recording import NothingSaid
from amends.contacts.models import Attachment, Contact, OutgoingMail
from amends.contacts.rules.kinds import Channel, MailKind, Source
from amends.journal.models import Entry
from amends.notices.rules.reasons import Reason
from amends.people.actions.within import CannotReach
from amends.people.models import Person
from amends.staff.models import Team
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again
from tests.told import told

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(days=2)
WHY = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)
STORY = "Vėl nėra karšto vandens.\n\nTrečią kartą šį mėnesį."


@pytest.fixture(autouse=True)
def house():
    make.organisation()
    return make.team(duty_owner=make.staff("Asta Duty", role=Role.SENIOR))


@pytest.fixture
def case():
    owner = make.staff("Inga Ramanauskaitė")
    make.team(members=(owner,))
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    return make.case(make.contact(person=ruta), owner=owner)


def unsent(key="a" * 22, **fields):
    return keep_unsent(Typed(key=key, language="lt", fields=fields), at=make.NOW)


def complaint(**facts):
    told = {"name": "Rūta Petrauskienė", "email": "Ruta@home.example", **facts}
    return Complaint(**{"story": STORY, "language": "lt", **told})


def receive(**facts):
    return receive_complaint(unsent(), complaint=complaint(**facts), at=make.NOW)


def told_colleagues():
    return OutgoingMail.objects.filter(kind=MailKind.NOTICE)


class TestTelling:
    @pytest.mark.requirement("S0-11", "S4-07")
    def test_the_words_are_kept_as_they_were_written(self):
        case = receive()
        contact = Contact.objects.get(case_contacts__case=case, channel=Channel.WEB)
        assert contact.words.text == STORY
        assert contact.words.source == Source.WRITTEN
        assert str(contact.person) == "Rūta Petrauskienė"

    def test_the_case_waits_in_the_teams_inbox_for_somebody_to_take_it(self, house):
        case = receive(wish="Noriu karšto vandens.")
        assert (case.team, case.owner) == (house, None)
        assert case.language == "lt"
        assert case.requested_remedy == "Noriu karšto vandens."
        assert not case.remedy_not_said

    def test_what_is_not_said_about_the_remedy_is_marked_so(self):
        assert receive().remedy_not_said

    @pytest.mark.requirement("S1-17")
    def test_the_day_by_which_it_is_needed_is_kept_with_its_reason(self):
        case = receive(need_by=LATER, need_reason="A child comes home.")
        assert (case.need_by, case.need_reason) == (LATER, "A child comes home.")

    def test_it_is_acknowledged_in_the_language_of_the_page(self):
        case = receive()
        mail = OutgoingMail.objects.get(kind=MailKind.ACKNOWLEDGEMENT)
        case.refresh_from_db()
        assert (mail.language, mail.to_address) == ("lt", "Ruta@home.example")
        assert case.state == State.ACKNOWLEDGED

    def test_a_second_click_sends_nothing_twice(self):
        assert receive() == receive()
        assert Case.objects.count() == 1
        assert OutgoingMail.objects.count() == 1

    def test_what_was_typed_is_forgotten_once_it_is_a_case(self):
        typed = unsent(story=STORY)
        receive()
        typed.refresh_from_db()
        assert typed.fields == {}

    def test_who_gives_no_name_is_heard_all_the_same(self):
        case = receive(name="", email="")
        assert case.person is None
        assert not OutgoingMail.objects.exists()
        opened = Entry.objects.get(kind="CaseOpened", subject=f"case:{case.pk}")
        assert opened.by.startswith("unsent:")

    def test_nothing_is_received_without_a_story(self):
        with pytest.raises(WroteNothing):
            receive(story=" \n")

    def test_an_address_that_reaches_nobody_is_refused_and_nothing_is_half_done(self):
        with pytest.raises(CannotReach):
            receive(telephone="call me")
        assert not Case.objects.exists()
        assert not Person.objects.exists()


class TestWhoWrites:
    def test_a_customer_is_recognised_by_name_and_address_together(self):
        known = make.person("Rūta Petrauskienė", email="ruta@home.example")
        assert receive(name="ruta petrauskiene").person == known

    def test_a_customer_is_recognised_by_telephone_in_any_writing(self):
        known = make.person("Rūta Petrauskienė", telephone="+370 612 34567")
        assert receive(email="", telephone="8 612 34567").person == known

    @pytest.mark.parametrize(
        "claims",
        [
            {"name": "Jonas Kitas"},
            {"email": "ruta@elsewhere.example"},
            {"telephone": "+370 699 99999"},
            {"email": "", "telephone": ""},
        ],
        ids=["another name", "another address", "an unknown telephone", "a name alone"],
    )
    def test_whoever_says_anything_we_do_not_know_is_written_down_anew(self, claims):
        known = make.person("Rūta Petrauskienė", email="ruta@home.example")
        assert receive(**claims).person != known
        assert known.points.count() == 1


class TestKeepingWhatIsTyped:
    def test_each_page_adds_to_what_the_others_kept(self):
        unsent(story="one")
        again = unsent(wish="two")
        assert again.fields == {"story": "one", "wish": "two"}

    def test_what_was_sent_is_not_typed_over(self):
        receive()
        assert unsent(story="more").fields == {}

    def test_what_nobody_knows_is_not_found(self):
        assert unsent_by("b" * 22) is None

    def test_it_is_forgotten_after_a_week_and_not_before(self):
        typed = unsent(story="one")
        assert not unsent_to_forget(make.NOW + timedelta(days=6)).exists()
        week = make.NOW + timedelta(days=7)
        assert unsent_to_forget(week).get() == typed
        forget_unsent(typed, at=week)
        assert not Unsent.objects.exists()


class TestBehindTheLink:
    def test_words_are_added_whatever_the_state_and_the_owner_is_told(self, case):
        contact = add_words(case, words="It drips, too.", by=holder_of(case), at=LATER)
        assert contact.words.text == "It drips, too."
        assert contact.person == case.person
        assert told() == [(case.owner, Reason.WROTE)]

    @pytest.mark.requirement("S4-12")
    def test_a_no_brings_a_person_back_at_once(self, case):
        question = make.kept(case)
        answer = Answer(verdict=Verdict.NO, how=How.LINK, words="Cold again.")
        after = answer_on_page(question, answer=answer, by=holder_of(case), at=LATER)
        assert after.state == State.INVESTIGATING
        assert (after.next_due, after.next_due_at) == (Next.CALL_BACK_AT_ONCE, LATER)
        assert after.failed_recoveries == 1
        assert Contact.objects.filter(words__text="Cold again.").exists()
        assert told() == [(case.owner, Reason.NOT_RIGHT)]

    def test_a_partly_tells_the_owner_what_is_missing(self, case):
        answer = Answer(verdict=Verdict.PARTLY, how=How.LINK)
        answer_on_page(make.kept(case), answer=answer, by=holder_of(case), at=LATER)
        assert told() == [(case.owner, Reason.PARTLY)]

    @pytest.mark.requirement("S4-13")
    def test_a_yes_to_which_nothing_is_missing_closes_with_thanks(self, case):
        question = make.kept(case)
        count_cause(case, why=WHY, by=case.owner, at=LATER)
        answer = Answer(verdict=Verdict.YES, how=How.LINK)
        after = answer_on_page(question, answer=answer, by=holder_of(case), at=LATER)
        assert after.state == State.CLOSED
        assert OutgoingMail.objects.filter(kind=MailKind.THANKS).count() == 1

    def test_a_yes_while_something_is_missing_thanks_later(self, case):
        answer = Answer(verdict=Verdict.YES, how=How.LINK)
        after = answer_on_page(make.kept(case), answer=answer, by=holder_of(case), at=LATER)
        assert after.is_open
        assert not OutgoingMail.objects.filter(kind=MailKind.THANKS).exists()

    def test_a_question_is_answered_once(self, case):
        question = make.kept(case)
        answer = Answer(verdict=Verdict.NO, how=How.LINK, words="Cold.")
        answer_on_page(question, answer=answer, by=holder_of(case), at=LATER)
        with pytest.raises(AnsweredAlready):
            answer_on_page(question, answer=answer, by=holder_of(case), at=LATER)
        assert Contact.objects.filter(words__text="Cold.").count() == 1

    def test_a_closed_case_comes_back_when_it_is_not_right_after_all(self, case):
        closed(case)
        after = come_back(case, words="It is cold again.", by=holder_of(case), at=LATER)
        assert after.state == State.INVESTIGATING
        assert Contact.objects.filter(words__text="It is cold again.").exists()
        assert (case.owner, Reason.NOT_RIGHT) in told()

    def test_nothing_comes_back_without_a_word_or_after_too_long(self, case):
        closed(case)
        with pytest.raises(NothingSaid):
            come_back(case, words=" ", by=holder_of(case), at=LATER)

    def test_what_comes_back_after_too_long_is_a_new_case_that_follows(self, case):
        closed(case)
        after = come_back(case, words="Cold", by=holder_of(case), at=LATER + timedelta(days=91))
        assert (after.pk, after.state) != (case.pk, State.CLOSED)
        assert after.links.get().other == case
        assert not again(case).is_open

    def test_what_was_decided_is_looked_at_again_from_the_beginning(self, case):
        Case.objects.filter(pk=case.pk).update(state=State.DECIDED)
        after = ask_for_another_look(case, words="Why?", by=holder_of(case), at=LATER)
        assert (after.state, after.reviews.get().reason) == (State.INTERNAL_REVIEW, "Why?")

    def test_who_went_outside_is_followed_there(self, case):
        body = Body(name="The consumer office", reference="7/26")
        tell_of_outside(case, words="I did.", body=body, by=holder_of(case), at=LATER)
        assert again(case).state == State.EXTERNAL
        assert told() == [(case.owner, Reason.WENT_OUTSIDE)]

    def test_who_went_outside_without_a_reference_is_asked_for_it(self, case):
        body = Body(name="The consumer office", reference="")
        tell_of_outside(case, words="I did.", body=body, by=holder_of(case), at=LATER)
        assert again(case).state == State.RECEIVED

    def test_a_complaint_is_taken_back_in_the_customers_own_words(self, case):
        words = "It was the neighbour's tap. " * 20
        after = take_back(case, words=words, by=holder_of(case), at=LATER)
        assert (after.state, after.outcome) == (State.WITHDRAWN, Outcome.WITHDRAWN)
        assert Contact.objects.filter(words__text=words.strip()).exists()
        with pytest.raises(CaseHasEnded):
            take_back(case, words="again", by=holder_of(case), at=LATER)


class TestAnotherLook:
    def test_somebody_else_is_told_and_it_is_journalled(self, case, house):
        ask_for_another_look(case, words="They do not listen.", by=holder_of(case), at=LATER)
        assert (house.duty_owner, Reason.LOOK_ASKED) in told()
        asked = Entry.objects.get(kind="AnotherLookAsked")
        assert asked.facts["asked_of_id"] == house.duty_owner.pk

    def test_who_is_complained_about_is_not_asked_to_look(self, case, house):
        manager = make.staff("Ona", role=Role.MANAGER)
        PartyOfCase.objects.create(
            case=case, part=Part.COMPLAINED_ABOUT, staff=house.duty_owner, since=make.NOW
        )
        assert somebody_else_for(case) == manager

    def test_a_senior_of_the_team_comes_before_one_of_the_house(self, case, house):
        case.owner, house.duty_owner.role = house.duty_owner, Role.SENIOR
        make.staff("Elsewhere", role=Role.MANAGER)
        ours = make.staff("Ours", role=Role.SENIOR)
        house.members.add(ours)
        assert somebody_else_for(case) == ours

    def test_while_it_is_being_done_who_did_not_decide_it_looks_at_it_again(self, house):
        decider = make.staff("Ona")
        decided = hard.decided(decider).decision.case
        decider.role = Role.MANAGER
        decider.save()
        Team.objects.filter(pk=decided.team_id).update(duty_owner=decider)
        Case.objects.filter(pk=decided.pk).update(
            state=State.FULFILLING, owner=make.staff("Inga Other")
        )
        after = hard.NOW + timedelta(hours=1)
        ask_for_another_look(decided, words="Why?", by=holder_of(decided), at=after)
        assert again(decided).next_due == Next.REVIEW
        assert decided.reviews.get().reviewer == house.duty_owner

    def test_before_it_is_decided_who_does_not_own_it_is_asked_and_an_answer_is_due(
        self, case, house
    ):
        ask_for_another_look(case, words="Why?", by=holder_of(case), at=LATER)
        assert again(case).next_due == Next.ANSWER
        assert asked_to_look_at(case, since=LATER) == house.duty_owner
        assert asked_to_look_at(case, since=LATER + timedelta(days=1)) is None

    def test_where_nobody_else_is_the_customer_is_told_so(self, case, house):
        case.owner = house.duty_owner
        case.save()
        with pytest.raises(NobodyElseHere):
            ask_for_another_look(case, words="Please.", by=holder_of(case), at=LATER)


class TestFindingTheLink:
    def test_it_is_sent_to_the_address_that_is_known(self, case):
        send_link(case, email=" RUTA@home.example", at=LATER)
        assert told_colleagues().get().to_address == "ruta@home.example"

    @pytest.mark.parametrize("email", ["else@home.example", "", "ruta"])
    def test_nothing_is_sent_to_any_other(self, case, email):
        send_link(case, email=email, at=LATER)
        assert not OutgoingMail.objects.exists()

    def test_nothing_is_sent_for_a_case_of_nobody(self, case):
        case.person = None
        send_link(case, email="ruta@home.example", at=LATER)
        assert not OutgoingMail.objects.exists()


def test_behind_the_link_of_a_case_of_nobody_its_holder_acts():
    case = make.case(make.contact(person=None))
    add_words(case, words="Still cold.", by=holder_of(case), at=LATER)
    assert Entry.objects.filter(kind="ContactAdded").latest("pk").by == f"link:{case.pk}"


def closed(case):
    make.done(case)
    count_cause(case, why=WHY, by=case.owner, at=make.NOW)
    Case.objects.filter(pk=case.pk).update(thanked_at=make.NOW)
    close_case(case, by=case.owner, at=make.NOW)


class TestFiles:
    PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06"

    def test_a_file_goes_with_the_story(self):
        put_files(unsent(), uploads=[Upload("tap.png", self.PICTURE)], at=make.NOW)
        attached = Attachment.objects.get(contact__case_contacts__case=receive())
        assert (attached.name, attached.media_type) == ("tap.png", "image/png")
        assert not UnsentFile.objects.exists()

    def test_the_same_file_twice_is_one(self):
        for _ in range(2):
            put_files(unsent(), uploads=[Upload("tap.png", self.PICTURE)], at=make.NOW)
        assert files_of(unsent()).count() == 1

    def test_a_file_is_taken_away_again(self):
        typed = unsent()
        put_files(typed, uploads=[Upload("tap.png", self.PICTURE)], at=make.NOW)
        take_file_away(typed, pk=files_of(typed).get().pk, at=make.NOW)
        assert not files_of(typed).exists()

    def test_no_more_are_taken_than_fit(self):
        uploads = [Upload(f"{n}.txt", f"{n}".encode()) for n in range(MOST_FILES + 1)]
        with pytest.raises(TooManyFiles):
            put_files(unsent(), uploads=uploads, at=make.NOW)
        assert not UnsentFile.objects.exists()

    def test_what_was_sent_takes_no_more_files(self):
        receive()
        put_files(unsent(), uploads=[Upload("tap.png", self.PICTURE)], at=make.NOW)
        assert not UnsentFile.objects.exists()

    def test_a_file_is_added_behind_the_link(self, case):
        uploads = [Upload("tap.png", self.PICTURE)]
        contact = add_words(case, words="See.", uploads=uploads, by=holder_of(case), at=LATER)
        assert contact.attachments.get().name == "tap.png"
