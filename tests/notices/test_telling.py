"""Who is told of what: once for each thing, by the gravest reason, and never of one's own."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from amends.cases.actions.closing import reopen_case, withdraw_case
from amends.cases.actions.correspondence import add_note, log_call
from amends.cases.actions.following import follow_case
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.help import answer_help, ask_for_help
from amends.cases.actions.opening import add_contact
from amends.cases.actions.ownership import (
    accept_handover,
    assign_case,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from amends.cases.actions.parties import name_party
from amends.cases.actions.promises import accept_promise, counter_promise, mark_promise_broken
from amends.cases.actions.reviewing import Second, ask_for_review, finish_review
from amends.cases.actions.thanking import pass_on_thanks
from amends.cases.events.handling import ContactAdded
from amends.cases.events.todos import TodoMade
from amends.cases.models.case import Case
from amends.cases.queries.links import holder_of
from amends.cases.rules.kinds import CaseKind, How, Part
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import Reviewed
from amends.journal.actions import record
from amends.journal.models import Entry
from amends.journal.tasks import react
from amends.notices.actions.telling import (
    end_waiting,
    forget_notice,
    see_all,
    see_case,
    see_notice,
    tell_of,
    warn_of_promise,
)
from amends.notices.models import Choice, Notice, Warned
from amends.notices.queries.news import ANSWERING
from amends.notices.queries.telling import notices_to_forget, promises_to_warn_of, unread_for
from amends.notices.rules.reasons import Group, Reason, Way
from amends.staff.rules.permissions import Role
from amends.standards.actions import Notice as Warning_
from amends.standards.actions import set_warning
from amends.standards.rules.warnings import Whose
from tests import make
from tests.told import told

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = make.NOW + HOUR
DAY = timedelta(days=1)


@pytest.fixture
def owner():
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def vida():
    return make.staff("Vida Vaitkienė", role=Role.SENIOR)


@pytest.fixture
def case(owner, vida):
    make.team(duty_owner=vida, members=(owner,))
    person = make.person(email="ruta@home.example")
    return make.case(make.contact(person=person), owner=owner)


def they(case):
    return holder_of(case)


def answered():
    """Let what answers something reach those who were asked."""
    kinds = {kind.__name__: kind for kind in ANSWERING}
    for entry in Entry.objects.filter(kind__in=kinds):
        end_waiting(kinds[entry.kind](**entry.facts), at=entry.at)


class TestWhatACustomerSays:
    def test_reaches_who_answers_for_the_case_and_who_follows_it(self, case, owner):
        jonas = make.staff()
        follow_case(case, by=jonas, at=make.NOW)
        add_words(case, words="It drips.", by=they(case), at=LATER)
        assert told() == [(owner, Reason.WROTE), (jonas, Reason.WROTE)]
        assert list(Notice.objects.order_by("pk").values_list("follows", flat=True)) == [0, 1]

    def test_reaches_the_duty_owner_while_nobody_took_it(self, vida):
        make.team(duty_owner=vida)
        case = make.case()
        add_words(case, words="It drips.", by=they(case), at=LATER)
        assert told() == [(vida, Reason.WROTE)]

    def test_is_no_news_to_who_took_it_down(self, case, owner):
        log_call(case, telling=make.telling(), by=owner, at=LATER)
        assert told() == []

    def test_is_no_news_when_a_machine_wrote_or_it_is_history_or_we_did(self, case, owner, vida):
        for facts in ({"automatic": True}, {"as_history": True}, {"direction": "out"}):
            contact = make.contact(by=vida, person=case.person)
            type(contact).objects.filter(pk=contact.pk).update(**facts)
            add_contact(case, contact=contact, by=vida, at=LATER)
        assert told() == []

    @pytest.mark.parametrize(
        ("does", "reason"),
        [
            (
                lambda case: accept_promise(
                    make.promise(case), how=How.LINK, by=they(case), at=LATER
                ),
                Reason.SAID_YES,
            ),
            (
                lambda case: counter_promise(
                    make.promise(case),
                    wished=make.NOW + 3 * DAY,
                    words="",
                    how=How.LINK,
                    by=they(case),
                    at=LATER,
                ),
                Reason.ANOTHER_DAY,
            ),
            (
                lambda case: withdraw_case(case, statement="Fine.", by=they(case), at=LATER),
                Reason.TOOK_BACK,
            ),
            (
                lambda case: reopen_case(
                    make.withdrawn(case), reason="Again.", by=they(case), at=LATER
                ),
                Reason.NOT_RIGHT,
            ),
        ],
    )
    def test_reaches_the_owner_by_its_reason(self, case, owner, does, reason):
        does(case)
        assert told() == [(owner, reason)]


class TestOneThing:
    def test_is_told_once_however_often_the_job_runs(self, case, owner):
        add_words(case, words="It drips.", by=they(case), at=LATER)
        assert told() == told() == [(owner, Reason.WROTE)]

    def test_is_told_once_for_two_reasons_and_the_gravest_wins(self, case, owner):
        """The words are added and the case is opened again, in one act."""
        follow_case(case, by=owner, at=make.NOW)
        make.withdrawn(case)
        add_words(case, words="Again.", by=they(case), at=LATER)
        reopen_case(case, reason="Again.", by=they(case), at=LATER)
        assert told() == [(owner, Reason.NOT_RIGHT)]
        assert not Notice.objects.get().follows

    def test_reaches_by_the_job_of_its_event(self, case, owner):
        add_words(case, words="It drips.", by=they(case), at=LATER)
        for job in ProcrastinateJob.objects.filter(task_name="journal.react"):
            react(**job.args)
        assert Notice.objects.get().to == owner

    def test_is_never_ones_own(self, case, owner):
        add_note(case, text="@milda.jankauskaite: to myself", by=owner, at=LATER)
        assert told() == []


class TestAmongColleagues:
    def test_a_mention_reaches_who_is_named(self, case, owner, vida):
        add_note(case, text="@vida.vaitkiene, look.", by=owner, at=LATER)
        assert told() == [(vida, Reason.MENTIONED)]
        assert Notice.objects.get().by == owner

    def test_a_case_given_reaches_who_has_it_now(self, case, vida):
        jonas = make.staff()
        assign_case(case, to=jonas, by=vida, at=LATER)
        assert told() == [(jonas, Reason.CASE_GIVEN)]

    def test_a_case_about_its_owner_reaches_who_has_it_now(self, case, owner, vida):
        name_party(case, part=Part.COMPLAINED_ABOUT, who=owner, by=owner, at=LATER)
        assert told() == [(vida, Reason.CASE_GIVEN)]

    def test_somebody_else_in_it_is_no_news(self, case, vida):
        name_party(case, part=Part.WITNESS, who=make.person("Ona"), by=vida, at=LATER)
        assert told() == []

    def test_a_handover_waits_until_it_is_answered(self, case, owner, vida):
        handover = offer_handover(case, to=vida, summary="All", by=owner, at=LATER)
        assert told() == [(vida, Reason.HANDOVER_WAITS)]
        accept_handover(handover, by=vida, at=LATER + HOUR)
        answered()
        assert unread_for(vida).count == 0
        assert told()[1:] == [(owner, Reason.HANDOVER_ACCEPTED)]

    def test_a_handover_declined_tells_why_it_came_back(self, case, owner, vida):
        handover = offer_handover(case, to=vida, summary="All", by=owner, at=LATER)
        decline_handover(handover, reason="Away", by=vida, at=LATER + HOUR)
        assert told() == [(vida, Reason.HANDOVER_WAITS), (owner, Reason.HANDOVER_DECLINED)]

    def test_an_offer_taken_back_waits_no_more(self, case, owner, vida):
        handover = offer_handover(case, to=vida, summary="All", by=owner, at=LATER)
        told()
        withdraw_handover(handover, by=owner, at=LATER + HOUR)
        answered()
        assert unread_for(vida).count == 0

    @pytest.mark.parametrize("on_case", [True, False])
    def test_help_reaches_who_is_asked_and_the_answer_who_asked(self, case, owner, vida, on_case):
        about = case if on_case else None
        asked = ask_for_help(about, text="How?", by=owner, at=LATER, of=vida)
        assert told() == [(vida, Reason.HELP_ASKED)]
        answer_help(asked, answer="So.", by=vida, at=LATER + HOUR)
        answered()
        assert told()[1:] == [(owner, Reason.HELP_GIVEN)]
        assert unread_for(vida).count == 0

    def test_a_review_reaches_who_looks(self, case, owner):
        Case.objects.filter(pk=case.pk).update(state=State.DECIDED)
        review = ask_for_review(case, reason="Why?", by=they(case), at=LATER)
        assert told() == [(review.reviewer, Reason.REVIEW_WAITS)]
        second = Second(result=Reviewed.STANDS, reasons="So it was.")
        finish_review(review, second=second, by=review.reviewer, at=LATER + HOUR)
        answered()
        assert unread_for(review.reviewer).count == 0

    @pytest.mark.requirement("S1-03")
    def test_thanks_reach_who_is_named_without_the_case_for_who_sees_none(self, vida):
        make.team(duty_owner=vida)
        case = make.case(kind=CaseKind.THANKS)
        stores, agent = make.staff(role=Role.EMPLOYEE), make.staff()
        for to in (stores, agent):
            pass_on_thanks(case, to=to, words="Kind.", by=vida, at=LATER)
        assert told() == [(stores, Reason.THANKED), (agent, Reason.THANKED)]
        assert [notice.case for notice in Notice.objects.order_by("pk")] == [None, case]


class TestAPromise:
    def test_that_broke_reaches_who_owes_it(self, case, owner):
        promise = make.promise(case)
        mark_promise_broken(promise, at=promise.due_at + HOUR)
        assert told() == [(owner, Reason.PROMISE_BROKEN)]

    def test_that_falls_due_soon_is_warned_of_once(self, case, owner):
        promise = make.promise(case)
        at = promise.due_at - HOUR
        assert list(promises_to_warn_of(at - 2 * HOUR)) == []
        assert list(promises_to_warn_of(at)) == [promise]
        (notice,) = warn_of_promise(promise, at=at)
        assert (notice.to, notice.reason) == (owner, Reason.PROMISE_SOON)
        assert list(promises_to_warn_of(at)) == []
        assert Warned.objects.get().at == at

    def test_given_shortly_before_is_still_in_mind(self, case):
        promise = make.promise(case, make.offer(due_at=make.NOW + 3 * HOUR))
        assert list(promises_to_warn_of(promise.due_at - HOUR)) == []


class TestWhatOthersPut:
    def test_what_is_to_be_done_reaches_who_does_it_and_not_who_noted_it(self, case, owner, vida):
        for keeper in (vida, owner):
            event = TodoMade(case_id=case.pk, todo_id=1, keeper_id=keeper.pk, due_at="")
            record(event, by=owner, at=LATER)
        assert told() == [(vida, Reason.TODO_GIVEN)]

    def test_a_promise_that_the_house_warns_of_is_warned_of_by_that_alone(self, case):
        warning = Warning_(about=Whose.PROMISE, before=HOUR)
        set_warning(warning, by=make.staff(role=Role.MANAGER), at=make.NOW - DAY)
        promise = make.promise(case)
        assert not promises_to_warn_of(promise.due_at - HOUR).exists()


class TestWhoIsNotTold:
    def test_who_left(self, case, owner, vida):
        add_note(case, text="@vida.vaitkiene", by=owner, at=LATER)
        vida.is_active = False
        vida.save()
        assert told() == []

    def test_whom_the_case_is_about_by_then(self, case, owner, vida):
        jonas = make.staff("Jonas Petraitis")
        add_note(case, text="@jonas.petraitis", by=owner, at=LATER)
        name_party(case, part=Part.COMPLAINED_ABOUT, who=jonas, by=vida, at=LATER + HOUR)
        assert told() == []

    def test_who_chose_not_to_hear_of_it(self, case, owner, vida):
        Choice.objects.create(staff=vida, group=Group.MENTION, way=Way.NONE)
        add_note(case, text="@vida.vaitkiene", by=owner, at=LATER)
        assert told() == []

    def test_who_is_told_long_after_is_not_called_to_it(self, case, owner):
        add_words(case, words="It drips.", by=they(case), at=LATER)
        entry = Entry.objects.get(kind="ContactAdded")
        event = ContactAdded(**entry.facts)
        tell_of(event, by=entry.by, at=LATER, now=LATER + timedelta(days=15))
        notice = Notice.objects.get()
        assert (notice.to, notice.mail_due_at) == (owner, None)
        assert unread_for(owner).count == 0


class TestSeeing:
    @pytest.fixture
    def notices(self, case, owner, vida):
        other = make.case(make.contact(person=case.person), owner=vida)
        for number, each in enumerate((case, case, other)):
            add_note(each, text="@owner.two", by=vida, at=LATER + number * HOUR)
        told()
        return list(Notice.objects.order_by("pk"))

    @pytest.fixture
    def owner(self):
        return make.staff("Owner Two")

    def test_a_case_looked_at_is_seen_and_no_other(self, notices, case, owner, vida):
        assert see_case(case, by=vida, at=LATER) == 0
        assert see_case(case, by=owner, at=LATER) == 2
        assert unread_for(owner).count == 1

    def test_one_notice_is_seen_with_all_else_of_its_case(self, notices, owner):
        assert see_notice(notices[0], by=owner, at=LATER) == 2
        assert see_notice(notices[0], by=owner, at=LATER) == 0

    def test_one_about_no_case_is_seen_alone(self, notices, owner, vida):
        for number in range(2):
            ask_for_help(None, text="How?", by=vida, at=LATER + number * HOUR, of=owner)
        told()
        notice = Notice.objects.latest("pk")
        assert see_notice(notice, by=owner, at=LATER) == 1

    def test_all_is_seen_until_then(self, notices, owner):
        assert see_all(owner, at=LATER + HOUR) == 2
        assert unread_for(owner).count == 1

    def test_what_is_half_a_year_old_is_forgotten(self, notices):
        at = LATER + timedelta(days=181)
        for notice in notices_to_forget(at):
            forget_notice(notice, at=at)
        assert not Notice.objects.exists()
