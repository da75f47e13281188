from decimal import Decimal

import pytest

from amends.staff import queries
from amends.staff.models import Guideline, Organisation
from amends.staff.rules.authority import Limit, RemedyKind
from amends.staff.rules.permissions import Role
from amends.staff.rules.rail import Place, places
from tests import make

pytestmark = pytest.mark.django_db


def test_an_empty_installation_is_not_set_up():
    assert not queries.is_set_up()
    with pytest.raises(Organisation.DoesNotExist):
        queries.organisation()


def test_the_organisation_is_one():
    made = make.organisation()
    assert queries.is_set_up()
    assert queries.organisation() == made


def test_limits_are_told_by_role():
    make.authority(Role.AGENT, RemedyKind.REFUND_PART, 50)
    make.authority(Role.AGENT, RemedyKind.REPAIR)
    make.authority(Role.SENIOR, RemedyKind.REFUND_PART, 500)
    assert queries.limits_of(Role.AGENT) == {
        RemedyKind.REFUND_PART: Limit(Decimal(50)),
        RemedyKind.REPAIR: Limit(None),
    }


def test_guidelines_are_read_in_the_reader_s_language():
    reader = make.staff(language="lt")
    Guideline.objects.create(role="agent", allowed=True, text={"lt": "Grąžinti", "en": "Refund"})
    Guideline.objects.create(role="agent", allowed=False, text={"en": "A date for the crew"})
    Guideline.objects.create(role="senior", allowed=True, text={"en": "More"})
    assert queries.guidelines_for(reader) == queries.Guidelines(
        may=("Grąžinti",), may_not=("A date for the crew",)
    )


def test_a_team_is_found_through_its_members():
    member = make.staff()
    team = make.team(members=(member,))
    assert list(queries.teams_of(member)) == [team]
    assert list(queries.teams_for(member)) == [team]
    assert queries.default_team() == team


def test_those_who_left_are_no_colleagues():
    asking, left = make.staff("Asta"), make.staff("Left")
    left.is_active = False
    left.save()
    assert list(queries.colleagues_for(asking)) == [asking]
    assert list(queries.departments_for(asking)) == [asking.department]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.AGENT, tuple(Place)),
        (Role.AUDITOR, tuple(Place)),
        (Role.EMPLOYEE, (Place.MY_DAY, Place.MORE)),
        (Role.ADMINISTRATOR, (Place.MY_DAY, Place.MORE)),
    ],
)
def test_the_rail_shows_what_the_role_may_use(role, expected):
    assert places(make.staff(role=role).may) == expected


def test_times_are_told_in_the_reader_s_zone_and_else_in_ours():
    assert queries.zone_for(None).key == "UTC"
    make.organisation(zone="Europe/Vilnius")
    reader = make.staff()
    assert queries.zone_for(reader).key == queries.zone_for(None).key == "Europe/Vilnius"
    reader.zone = "Europe/Tirane"
    assert queries.zone_for(reader).key == "Europe/Tirane"
