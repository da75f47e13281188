"""Since when something that a customer wrote on an open case waits for an answer."""

from datetime import timedelta

import pytest

from amends.cases.actions.correspondence import log_call, reply_by_mail, undo_reply
from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.letters import Reply
from amends.cases.actions.opening import add_contact
from amends.cases.actions.promises import make_promise
from amends.cases.models.case import Case
from amends.cases.queries.inbox import inbox_for
from amends.cases.queries.links import holder_of
from amends.cases.rules.due import TO_ANSWER
from amends.cases.rules.kinds import How, Next, Verdict
from amends.contacts.rules.kinds import Channel, Direction, Source
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = make.NOW + 2 * HOUR


@pytest.fixture
def milda():
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    return agent


@pytest.fixture
def case(milda):
    told = make.contact(person=make.person(email="ruta@post.example"))
    case = make.case(told, owner=milda)
    make.promise(case, make.offer(due_at=make.NOW + timedelta(days=5)), accepted=True)
    return case


def next_of(case):
    return Case.objects.values_list("next_due", "next_due_at").get(pk=case.pk)


def writes(case, at=LATER, **facts):
    return add_words(case, words="And nobody came.", by=holder_of(case), at=at, **facts)


def test_an_addition_from_the_portal_is_due_to_be_answered_and_stands_so_in_the_lists(case, milda):
    writes(case)
    assert next_of(case) == (Next.ANSWER, LATER + TO_ANSWER)
    row = inbox_for(milda).rows[0]
    assert (row.next_due, row.next_due_at) == (Next.ANSWER, LATER + TO_ANSWER)


def test_it_is_due_since_the_first_of_what_was_not_answered(case):
    writes(case)
    writes(case, at=LATER + HOUR)
    assert next_of(case) == (Next.ANSWER, LATER + TO_ANSWER)


def test_mail_that_joins_the_case_is_due_as_well_and_a_machine_s_is_not(case, milda):
    mail = {
        "person": case.person, "channel": Channel.EMAIL, "source": Source.WRITTEN,
        "started_at": LATER, "ended_at": LATER,
    }  # fmt: skip
    add_contact(case, contact=make.contact(automatic=True, **mail), by=milda, at=LATER)
    assert next_of(case)[0] == Next.KEEP
    add_contact(case, contact=make.contact("Where is he?", **mail), by=milda, at=LATER)
    assert next_of(case)[0] == Next.ANSWER


def test_a_reply_answers_until_it_is_taken_back(case, milda):
    writes(case)
    reply = Reply(text="He comes today.", held_for=timedelta(seconds=20))
    mail = reply_by_mail(case, reply=reply, by=milda, at=LATER + HOUR)
    assert next_of(case)[0] == Next.KEEP
    undo_reply(mail, by=milda, at=LATER + HOUR)
    assert next_of(case) == (Next.ANSWER, LATER + TO_ANSWER)


def test_a_call_and_a_promise_answer_too(case, milda):
    writes(case)
    at = LATER + HOUR
    call = make.telling("He comes.", direction=Direction.OUT, started_at=at, ended_at=at)
    log_call(case, telling=call, by=milda, at=at)
    assert next_of(case)[0] == Next.KEEP
    writes(case, at=at + HOUR)
    make_promise(case, offer=make.offer(due_at=at + 8 * HOUR), by=milda, at=at + 2 * HOUR)
    assert next_of(case)[0] == Next.KEEP


@pytest.mark.parametrize(
    ("verdict", "due"), [(Verdict.YES, Next.CLOSE), (Verdict.PARTLY, Next.ANSWER)]
)
def test_in_follow_up_a_word_is_answered_unless_it_says_that_all_is_right(case, verdict, due):
    question = make.kept(make.case(make.contact(person=make.person())))
    at = question.due_at
    writes(question.case, at=at)
    assert next_of(question.case)[0] in {Next.ASK, Next.ANSWER}
    answer = Answer(verdict=verdict, how=How.LINK, words="So it is.")
    person = question.case.person
    assert at
    assert person
    answer_put_right(question, answer=answer, by=person, at=at)
    assert next_of(question.case)[0] == due
