"""What of a case would be sent, who may send it, and what is kept of it."""

import pytest

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.rules.kinds import Part
from amends.contacts.actions.templates import AnswerDraft
from amends.contacts.actions.templates import keep_answer as keep_template
from amends.journal.models import Entry
from amends.machine.actions import (
    MOST_AN_HOUR,
    AskedTooOften,
    NoModel,
    NothingToSend,
    SensitiveStays,
    begin_asking,
    forget_asked,
    keep_answer,
)
from amends.machine.models import Asked
from amends.machine.queries import draft_in, expired_asked, holds_unedited, question_on
from amends.machine.rules.uses import Failure, Use
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
TOLD = "Hello, Petrauskienė here, order AB-12345. Audrius saw that it is cold."


@pytest.fixture
def agent(settings):
    settings.MODEL_ADDRESS, settings.MODEL_NAME = "http://127.0.0.1:1/v1", "small"
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def case(agent):
    ruta = make.person("Rūta Petrauskienė", email="ruta@post.example", language="lt")
    case = make.case(make.contact(TOLD, person=ruta), owner=agent)
    witness = make.person("Audrius Kairys")
    PartyOfCase.objects.create(case=case, part=Part.WITNESS, person=witness, since=make.NOW)
    return case


def begin(case, agent, use=Use.SUMMARY):
    question = question_on(case, use=use, by=agent)
    return question, begin_asking(case, question=question, by=agent, at=make.NOW)


def answered(case, agent, text="Sorry, <<NAME_1>>.", failure=None, use=Use.DRAFT):
    question, asked = begin(case, agent, use)
    return keep_answer(asked, question=question, text=text, failure=failure, at=make.NOW)


@pytest.mark.parametrize("use", Use)
def test_what_leaves_is_masked_and_written_down_before(case, agent, use):
    make.promise(case)
    _question, asked = begin(case, agent, use)
    for secret in ("Petrausk", "Rūta", "12345", "Audrius", "Kairys", "Milda", "post.example"):
        assert secret not in asked.sent
    assert "it is cold" in asked.sent
    assert ("Promised: " in asked.sent) is (use is Use.DRAFT)
    entry = Entry.objects.get(kind="OutsideModelAsked")
    assert entry.facts["asked_id"] == asked.pk
    assert str(asked) == f"#{asked.pk} {use}"


def test_the_house_s_own_answers_go_with_a_draft(case, agent):
    manager = make.staff(role=Role.MANAGER)
    draft = AnswerDraft(name="Cold", texts={"en": "We are sorry that it stayed cold."})
    keep_template(None, draft=draft, by=manager, at=make.NOW)
    question = question_on(case, use=Use.DRAFT, by=agent)
    assert "An answer of the house: We are sorry that it stayed cold." in question.data
    assert question.language == "English"


def test_the_answer_says_again_what_was_masked(case, agent):
    kept = answered(case, agent, "Dear <<NAME_1>>, see https://evil.example.")
    assert kept.answer.startswith("Dear Petrauskienė")
    assert "evil" not in kept.answer


def test_a_failure_is_kept_as_such(case, agent):
    kept = answered(case, agent, "", Failure.TOO_SLOW)
    assert (kept.answer, kept.failure) == ("", "too-slow")
    with pytest.raises(Asked.DoesNotExist):
        draft_in(case, kept.pk, agent)


def test_a_draft_is_its_askers_alone_and_known_while_it_is_unedited(case, agent):
    kept = answered(case, agent, "We are sorry that it is cold.")
    assert draft_in(case, kept.pk, agent) == kept
    with pytest.raises(Asked.DoesNotExist):
        draft_in(case, kept.pk, make.staff())
    assert holds_unedited(case, text="Dear R,\nWe are sorry that  it is cold.", by=agent)
    assert not holds_unedited(case, text="I am sorry that it is cold.", by=agent)


def test_nothing_leaves_without_a_model_of_what_is_sensitive_or_of_nothing(case, agent, settings):
    silent = make.case(make.contact("", by=agent, notes=((make.NOW, "Rang."),)), owner=agent)
    Case.objects.filter(pk=silent.pk).update(person=None)
    silent.refresh_from_db()
    with pytest.raises(NothingToSend):
        begin(silent, agent)
    Case.objects.filter(pk=case.pk).update(sensitive_since=make.NOW)
    case.refresh_from_db()
    with pytest.raises(SensitiveStays):
        begin(case, agent)
    settings.MODEL_ADDRESS = ""
    with pytest.raises(NoModel):
        begin(case, agent)
    assert not Asked.objects.exists()


def test_nobody_asks_all_day_long(case, agent):
    for _each in range(MOST_AN_HOUR):
        begin(case, agent)
    with pytest.raises(AskedTooOften):
        begin(case, agent)


def test_what_was_sent_is_forgotten_in_time(case, agent):
    _question, asked = begin(case, agent)
    forget_asked(asked, at=make.NOW)
    [due] = expired_asked(asked.expires_at)
    forget_asked(due, at=asked.expires_at)
    assert not Asked.objects.exists()
