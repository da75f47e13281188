"""Advice on a reply: what must be known of a case for it, and what was put aside."""

import pytest

from amends.cases.actions.assessment import Complaint, add_issue
from amends.cases.models.case import Case, PartyOfCase
from amends.cases.rules.kinds import Part
from amends.coach.actions import (
    HoldsBack,
    NoSuchRemark,
    begin_afresh,
    dismiss_remark,
    read_contact,
)
from amends.coach.models import DismissedRemark
from amends.coach.queries import context_of, remarks_on
from amends.coach.rules import key_words
from tests import make

pytestmark = pytest.mark.django_db
COLD = "Hello, the engineer will perhaps come soon."


@pytest.fixture
def agent():
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def case(agent):
    ruta = make.person("Rūta Petrauskienė", email="ruta@post.example")
    return make.case(make.contact(person=ruta), owner=agent)


def codes(case, text, agent):
    return [one.code for one in remarks_on(case, text=text, staff=agent)]


@pytest.mark.requirement("S4-25", "S4-26")
def test_three_remarks_stand_at_once_the_gravest_first(case, agent):
    found = codes(case, "Calm down. It is your own fault. We followed the rules.", agent)
    assert found == ["blames_customer", "anger_denied", "defensive"]
    assert codes(case, "  ", agent) == []


def test_what_was_put_aside_stays_away_until_the_reply_has_left(case, agent):
    first, *_rest = codes(case, COLD, agent)
    for _twice in range(2):
        dismiss_remark(case, code=first, why="It says so below.", by=agent, at=make.NOW)
    assert first not in codes(case, COLD, agent)
    assert first in codes(case, COLD, make.staff())
    begin_afresh(case, by=agent, at=make.NOW)
    assert first in codes(case, COLD, agent)
    assert not DismissedRemark.objects.exists()


def test_what_holds_a_reply_back_is_not_put_aside(case, agent):
    with pytest.raises(HoldsBack):
        dismiss_remark(case, code="rude", why="", by=agent, at=make.NOW)
    with pytest.raises(NoSuchRemark):
        dismiss_remark(case, code="no such thing", why="", by=agent, at=make.NOW)


def test_the_names_of_others_in_the_case_do_not_leave(case, agent):
    witness = make.person("Audrius Kairys")
    PartyOfCase.objects.create(case=case, part=Part.WITNESS, person=witness, since=make.NOW)
    PartyOfCase.objects.create(
        case=case, part=Part.COMPLAINED_ABOUT, staff=make.staff(), since=make.NOW
    )
    assert context_of(case).known == ("Audrius Kairys",)
    assert "data_of_another" in codes(case, "Audrius Kairys told us the same.", agent)


def test_a_day_is_recorded_when_it_is_promised_or_was_named_by_the_customer(case, agent):
    make.promise(case, by=agent)
    day = f"{make.offer().due_at:%A %-d %B}"
    text = "Dear Ms Petrauskienė, I am sorry, thank you. It was awful. I will call you on {}."
    assert "unrecorded_promise" not in codes(case, text.format(day), agent)
    assert "unrecorded_promise" in codes(case, text.format("31 January"), agent)
    told = make.contact("On 31 January it was cold.", person=case.person)
    other = make.case(told, owner=agent)
    assert "unrecorded_promise" not in codes(other, text.format("31 January"), agent)


def test_each_of_several_things_complained_of_is_answered(case, agent):
    for said in ("The radiators stay cold", "Nobody calls back"):
        add_issue(case, complaint=Complaint(statement=said), by=agent, at=make.NOW)
    found = context_of(case).open_issues
    assert "radia" in found["The radiators stay cold"]
    assert key_words(["The radiators stay cold"]) == {}


def test_without_a_customer_or_in_another_language_little_is_known(agent):
    case = make.case(make.contact("Добрий день"), owner=agent)
    Case.objects.filter(pk=case.pk).update(language="en", person=None)
    case.refresh_from_db()
    assert context_of(case).customer_name == ""
    assert context_of(case).formal is None


def test_a_day_the_customer_named_is_known_before_and_after_it_is_read(agent):
    told = "My heating must work again by 12 June 2026, or I leave you. I wrote on 3 May."
    contact = make.contact(told)
    case = make.case(contact, owner=agent)
    fresh = context_of(case).recorded_days or ()
    assert {"12 June 2026", "3 May"} <= set(fresh)
    read_contact(contact, case=case, at=make.NOW)
    assert set(context_of(case).recorded_days or ()) == set(fresh)
