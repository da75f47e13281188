import pytest

from amends.staff.actions.authorise import NotAllowed, require
from amends.staff.rules.permissions import Act, Role
from tests import make

pytestmark = pytest.mark.django_db


def test_what_the_role_includes_goes_on():
    require(make.staff(role=Role.AGENT), Act.RECORD_CONTACT)


def test_what_the_role_does_not_include_is_refused():
    with pytest.raises(NotAllowed, match="does not include") as refused:
        require(make.staff(role=Role.AGENT), Act.MERGE_CUSTOMERS)
    assert refused.value.act is Act.MERGE_CUSTOMERS


def test_who_left_may_do_nothing():
    left = make.staff(role=Role.MANAGER, administers=True)
    left.is_active = False
    assert not any(left.may(act) for act in Act)


def test_the_owner_of_a_small_organisation_does_both():
    owner = make.staff(role=Role.MANAGER, administers=True)
    require(owner, Act.CLOSE_CASE)
    require(owner, Act.EDIT_STAFF)


def test_an_administrator_alone_reads_no_case():
    assert not make.staff(role=Role.ADMINISTRATOR).may(Act.SEE_CASES)
