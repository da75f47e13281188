import pytest

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.queries.reading import case_for
from amends.cases.rules.kinds import Part
from tests import make

pytestmark = pytest.mark.django_db


def test_a_case_is_read_by_its_reference(django_assert_num_queries):
    owner = make.staff("Jonas Kairys")
    case = make.case(owner=owner)
    with django_assert_num_queries(1):
        found = case_for(owner, case.reference)
        around = (found.person, found.owner, found.team.duty_owner, found.department)
    assert around == (case.person, owner, case.team.duty_owner, case.department)


def test_a_case_about_oneself_is_not_there():
    case, about = make.case(), make.staff()
    PartyOfCase.objects.create(case=case, part=Part.COMPLAINED_ABOUT, staff=about, since=make.NOW)
    with pytest.raises(Case.DoesNotExist):
        case_for(about, case.reference)
    assert case_for(make.staff(), case.reference) == case
