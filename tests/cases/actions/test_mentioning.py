"""Colleagues named in a note: found by their handle, and only those who may read the case."""

import pytest

from amends.cases.actions.correspondence import MayNotReadIt, NobodyOfThatName, add_note
from amends.cases.actions.parties import name_party
from amends.cases.models.case import CaseNote
from amends.cases.queries.mentions import offered_for
from amends.cases.rules.kinds import Part
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def case(owner):
    make.team(members=(owner,))
    return make.case(owner=owner)


def noted(case, text):
    note = add_note(case, text=text, by=case.owner, at=make.NOW)
    return [mention.staff.name for mention in note.mentions.order_by("pk")]


def test_whoever_is_named_is_mentioned_once(case):
    make.staff("Rūta Kazlauskienė")
    text = "@ruta.kazlauskiene knows. Ask @Rūta.Kazlauskienė, or write to ona@post.example."
    assert noted(case, text) == ["Rūta Kazlauskienė"]


def test_a_name_that_nobody_has_is_refused_and_nothing_is_noted(case):
    with pytest.raises(NobodyOfThatName, match="@ona"):
        noted(case, "Ask @ona.")
    assert not CaseNote.objects.exists()


def test_who_is_complained_about_cannot_be_mentioned(case, owner):
    jonas = make.staff("Jonas Petraitis")
    name_party(case, part=Part.COMPLAINED_ABOUT, who=jonas, by=owner, at=make.NOW)
    with pytest.raises(MayNotReadIt, match="Jonas Petraitis may not read this case"):
        noted(case, "Ask @jonas.petraitis.")
    assert not CaseNote.objects.exists()


def test_who_sees_no_cases_or_left_cannot_be_mentioned(case):
    make.staff("Ieva Storekeeper", role=Role.EMPLOYEE)
    gone = make.staff("Petras Gone")
    gone.is_active = False
    gone.save()
    for handle in ("ieva.storekeeper", "petras.gone"):
        with pytest.raises(MayNotReadIt):
            noted(case, f"@{handle}")


class TestTheColleaguesOffered:
    def test_are_found_by_the_beginning_of_a_name_or_the_handle(self, case, owner):
        ruta = make.staff("Rūta Kazlauskienė")
        for typed in ("ka", "rūt", "ruta.kazlauskiene"):
            (found,) = offered_for(case, typed, reader=owner, at=make.NOW)
            assert (found.pk, found.handle, found.may_read) == (ruta.pk, "ruta.kazlauskiene", True)

    def test_say_who_may_not_read_the_case(self, case, owner):
        jonas = make.staff("Jonas Petraitis")
        name_party(case, part=Part.COMPLAINED_ABOUT, who=jonas, by=owner, at=make.NOW)
        (found,) = offered_for(case, "jon", reader=owner, at=make.NOW)
        assert not found.may_read

    def test_leave_out_the_reader_and_are_few(self, case, owner, django_assert_num_queries):
        for number in range(12):
            make.staff(f"Jonas {number}")
        with django_assert_num_queries(3):
            assert len(offered_for(case, "j", reader=owner, at=make.NOW)) == 8
        assert offered_for(case, "milda", reader=owner, at=make.NOW) == []
