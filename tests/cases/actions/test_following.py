from datetime import timedelta

import pytest

from amends.cases.actions.following import NotFollowed, follow_case, unfollow_case
from amends.cases.actions.parties import name_party
from amends.cases.actions.within import Barred
from amends.cases.models.attention import Follower
from amends.cases.queries.file import file_of
from amends.cases.queries.file_lines import Follows
from amends.cases.rules.kinds import Part
from amends.journal.models import Entry
from amends.journal.queries import last_entry_of
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(hours=1)


def test_following_is_noted_once_and_shown_and_leaves_the_case_as_it_was():
    case, vida = make.case(), make.staff("Vida")
    before = last_entry_of(f"case:{case.pk}")
    follow_case(case, by=vida, at=make.NOW)
    again = follow_case(case, by=vida, at=LATER)
    assert again.since == make.NOW
    assert file_of(case).followers == (Follows(vida.pk, "Vida"),)
    assert Entry.objects.filter(kind="CaseFollowed").count() == 1
    assert last_entry_of(f"case:{case.pk}") == before


def test_one_stops_following():
    case, vida = make.case(), make.staff()
    follow_case(case, by=vida, at=make.NOW)
    unfollow_case(case, by=vida, at=LATER)
    assert not Follower.objects.exists()
    assert Entry.objects.latest("pk").kind == "CaseUnfollowed"
    with pytest.raises(NotFollowed):
        unfollow_case(case, by=vida, at=LATER)


def test_nobody_follows_a_case_about_themselves():
    case, about = make.case(), make.staff()
    name_party(case, part=Part.COMPLAINED_ABOUT, who=about, by=case.team.duty_owner, at=make.NOW)
    with pytest.raises(Barred):
        follow_case(case, by=about, at=make.NOW)


def test_who_sees_no_cases_follows_none():
    with pytest.raises(NotAllowed):
        follow_case(make.case(), by=make.staff(role=Role.EMPLOYEE), at=make.NOW)


def test_who_left_is_shown_no_more():
    case, vida = make.case(), make.staff()
    follow_case(case, by=vida, at=make.NOW)
    vida.is_active = False
    vida.save()
    assert file_of(case).followers == ()
