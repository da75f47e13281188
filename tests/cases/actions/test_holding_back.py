"""Words that would hurt wait for a senior; everything else leaves."""

from datetime import timedelta

import pytest

from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.fit_to_send import HeldBack
from amends.cases.actions.help import AnswerNeeded, NobodyToAsk, answer_help
from amends.cases.actions.holding_back import (
    JudgedAlready,
    NothingHoldsIt,
    OwnWords,
    ask_release,
    release_reply,
    return_reply,
)
from amends.cases.actions.letters import Reply
from amends.cases.models.held import HeldReply
from amends.cases.queries.held import held_in
from amends.contacts.models import OutgoingMail
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, entries

pytestmark = pytest.mark.django_db
HURTS = "Dear Ms Petrauskienė,\n\nyou are an idiot, and we will come on Tuesday."
LATER = make.NOW + timedelta(minutes=5)


@pytest.fixture
def agent():
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def senior():
    return make.staff("Grace Okafor", role=Role.SENIOR)


@pytest.fixture
def case(agent, senior):
    make.team(members=(agent, senior), duty_owner=senior)
    return make.case(make.contact(person=make.person(email="ruta@post.example")), owner=agent)


def send(case, agent, text=HURTS):
    return reply_by_mail(case, reply=Reply(text=text), by=agent, at=LATER)


def test_words_that_hurt_do_not_leave(case, agent):
    with pytest.raises(HeldBack, match="idiot"):
        send(case, agent)
    assert not OutgoingMail.objects.filter(text__contains="idiot").exists()


def test_a_senior_is_asked_once_and_lets_it_leave(case, agent, senior):
    held = ask_release(case, text=HURTS, by=agent, at=make.NOW)
    assert ask_release(case, text=f"{HURTS}\n", by=agent, at=make.NOW) == held
    assert held.request
    assert held.request.asked_of == senior
    assert "idiot" in held.request.text
    release_reply(held, reason="They say so of themselves.", by=senior, at=make.NOW)
    assert "idiot" in send(case, agent).text
    assert again(held.request).answer == "They say so of themselves."
    assert {"ReplyHeld", "ReplyReleased"} <= set(entries())


def test_what_was_let_leave_is_this_text_and_no_other(case, agent, senior):
    held = ask_release(case, text=HURTS, by=agent, at=make.NOW)
    release_reply(held, reason="Yes.", by=senior, at=make.NOW)
    with pytest.raises(HeldBack):
        send(case, agent, HURTS + " You are stupid.")


def test_a_senior_gives_it_back_with_a_word(case, agent, senior):
    held = ask_release(case, text=HURTS, by=agent, at=make.NOW)
    return_reply(held, reason="Say what we do on Tuesday.", by=senior, at=make.NOW)
    with pytest.raises(HeldBack):
        send(case, agent)
    assert held_in(case, held.pk).judged_by == senior
    with pytest.raises(JudgedAlready, match="Grace Okafor"):
        release_reply(held, reason="Yes.", by=senior, at=make.NOW)


def test_a_question_answered_before_stays_answered(case, agent, senior):
    held = ask_release(case, text=HURTS, by=agent, at=make.NOW)
    assert held.request
    answer_help(held.request, answer="I look at it now.", by=senior, at=make.NOW)
    release_reply(held, reason="Yes.", by=senior, at=make.NOW)
    assert again(held.request).answer == "I look at it now."


def test_nobody_judges_their_own_words_nor_without_a_word_nor_without_the_role(case, agent, senior):
    held = ask_release(case, text=HURTS, by=agent, at=make.NOW)
    with pytest.raises(AnswerNeeded):
        release_reply(held, reason=" ", by=senior, at=make.NOW)
    with pytest.raises(NotAllowed):
        release_reply(held, reason="Yes.", by=agent, at=make.NOW)
    own = HeldReply.objects.create(case=case, author=senior, text="Idiot.", held_at=make.NOW)
    with pytest.raises(OwnWords):
        release_reply(own, reason="Yes.", by=senior, at=make.NOW)
    other = make.staff(role=Role.SENIOR)
    assert release_reply(own, reason="Yes.", by=other, at=make.NOW).released_at == make.NOW


def test_what_hurts_nobody_needs_no_senior(case, agent):
    with pytest.raises(NothingHoldsIt):
        ask_release(case, text="We come on Tuesday.", by=agent, at=make.NOW)


def test_where_nobody_else_works_there_is_nobody_to_ask():
    alone = make.staff("Milda Jankauskaitė", role=Role.SENIOR)
    make.team(members=(alone,), duty_owner=alone)
    case = make.case(make.contact(person=make.person(email="ruta@post.example")), owner=alone)
    with pytest.raises(NobodyToAsk):
        ask_release(case, text=HURTS, by=alone, at=make.NOW)
