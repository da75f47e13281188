import pytest
from django.db import IntegrityError, transaction

from amends.cases.actions.views import (
    MOST_VIEWS,
    NotForAll,
    NotOfTheSet,
    NotYourTeam,
    NotYourView,
    Sharing,
    TooManyViews,
    ViewNameNeeded,
    move_pin_up,
    pin_view,
    save_view,
    share_view,
    throw_view_away,
    unpin_view,
)
from amends.cases.models.views import PinnedView, SavedView
from amends.cases.queries.views import pins_of, view_for, views_for
from amends.cases.rules.shipped import Shipped
from amends.cases.rules.views import Filter, Look, Match, Order, Shared
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import last_entry
from tests.cases.fielded import a_field

pytestmark = pytest.mark.django_db
LOOK = Look((Filter("owner", Match.IS, ("me",)),), ("due", "state"), Order.NEWEST_FIRST)


@pytest.fixture
def by():
    return make.staff("Milda")


def a_view(by, name="Mine", look=LOOK):
    return save_view(None, name=name, look=look, by=by, at=make.NOW)


def test_a_view_is_kept_and_changed(by):
    view = a_view(by, "  What I  see to ")
    assert (view.name, view.look, view.owner) == ("What I see to", LOOK, by)
    assert last_entry() == ("ViewSaved", by.actor, {"view_id": view.pk})
    later = make.NOW.replace(hour=16)
    look = Look((), ("due",))
    changed = save_view(view, name="All", look=look, by=by, at=later)
    changed.refresh_from_db()
    assert (changed.pk, changed.name, changed.look) == (view.pk, "All", look)
    assert (changed.made_at, changed.changed_at) == (make.NOW, later)


def test_a_view_has_a_name_and_is_made_of_the_set(by):
    with pytest.raises(ViewNameNeeded):
        a_view(by, " ")
    own = Look((), ("field-1",))
    with pytest.raises(NotOfTheSet):
        a_view(by, look=own)
    field = a_field()
    a_view(by, look=Look((), (f"field-{field.pk}",)))


def test_who_sees_no_cases_keeps_no_views():
    employee = make.staff(role=Role.EMPLOYEE)
    with pytest.raises(NotAllowed):
        a_view(employee)
    assert not views_for(employee).exists()


def test_nobody_keeps_views_without_end(by):
    SavedView.objects.bulk_create(
        SavedView(owner=by, name="x", columns=["due"], order="due-first",
                  made_at=make.NOW, changed_at=make.NOW)
        for _ in range(MOST_VIEWS)
    )  # fmt: skip
    with pytest.raises(TooManyViews):
        a_view(by)


def test_only_its_owner_changes_shares_or_throws_away_a_view(by):
    view, other = a_view(by), make.staff(role=Role.SENIOR)
    with pytest.raises(NotYourView):
        save_view(view, name="x", look=LOOK, by=other, at=make.NOW)
    with pytest.raises(NotYourView):
        share_view(view, sharing=Sharing(shared=Shared.ALL), by=other, at=make.NOW)
    with pytest.raises(NotYourView):
        throw_view_away(view, by=other, at=make.NOW)


def test_a_view_is_shared_with_a_team_of_ones_own(by):
    team = make.team(members=(by,))
    mate, stranger = make.staff(), make.staff()
    team.members.add(mate)
    view = a_view(by)
    assert not views_for(mate).exists()
    sharing = Sharing(shared=Shared.TEAM, team=team)
    share_view(view, sharing=sharing, by=by, at=make.NOW)
    assert last_entry()[2] == {"view_id": view.pk, "shared": "team", "team_id": team.pk}
    assert view_for(mate, view.pk) == view
    assert not views_for(stranger).exists()
    other = make.team("Billing")
    for wrong in (Sharing(shared=Shared.TEAM, team=other), Sharing(shared=Shared.TEAM)):
        with pytest.raises(NotYourTeam):
            share_view(view, sharing=wrong, by=by, at=make.NOW)
    share_view(view, sharing=Sharing(shared=Shared.NOBODY), by=by, at=make.NOW)
    assert not views_for(mate).exists()


def test_only_who_gives_cases_to_others_shares_with_everybody(by):
    everybody = Sharing(shared=Shared.ALL)
    with pytest.raises(NotForAll):
        share_view(a_view(by), sharing=everybody, by=by, at=make.NOW)
    senior = make.staff(role=Role.SENIOR)
    view = share_view(a_view(senior), sharing=everybody, by=senior, at=make.NOW)
    assert list(views_for(by).filter(owner=senior)) == [view]


def test_a_view_at_hand_moves_before_the_others(by):
    view = a_view(by)
    for each in (Shipped.BROKEN, view, Shipped.SERIOUS, view):
        pin_view(each, by=by, at=make.NOW)
    assert last_entry()[:2] == ("ViewPinned", by.actor)
    assert [str(pin) for pin in pins_of(by)] == ["broken", f"#{view.pk}", "serious"]
    move_pin_up(view, by=by, at=make.NOW)
    move_pin_up(view, by=by, at=make.NOW)
    assert [str(pin) for pin in pins_of(by)] == [f"#{view.pk}", "broken", "serious"]
    assert last_entry()[0] == "PinMoved"
    unpin_view(Shipped.BROKEN, by=by, at=make.NOW)
    assert last_entry()[0] == "ViewUnpinned"
    assert [str(pin) for pin in pins_of(by)] == [f"#{view.pk}", "serious"]


def test_what_is_thrown_away_or_shared_no_more_is_at_hand_no_more(by):
    senior = make.staff(role=Role.SENIOR)
    view = a_view(senior)
    share_view(view, sharing=Sharing(shared=Shared.ALL), by=senior, at=make.NOW)
    pin_view(view, by=by, at=make.NOW)
    assert len(pins_of(by)) == 1
    share_view(view, sharing=Sharing(shared=Shared.NOBODY), by=senior, at=make.NOW)
    assert pins_of(by) == []
    throw_view_away(view, by=senior, at=make.NOW)
    assert not PinnedView.objects.exists()
    assert last_entry()[0] == "ViewThrownAway"


def test_a_pin_is_of_one_view(by):
    with pytest.raises(IntegrityError, match="pin_of_one_view"), transaction.atomic():
        PinnedView.objects.create(staff=by, position=1)
    view = a_view(by)
    with pytest.raises(IntegrityError, match="view_shared_with_a_team"), transaction.atomic():
        SavedView.objects.filter(pk=view.pk).update(shared="team")
    assert str(view) == "Mine"
