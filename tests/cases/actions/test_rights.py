from datetime import date

import pytest

from amends.cases.actions.rights import (
    BodyFacts,
    BodyNameNeeded,
    BodyNotChecked,
    HeadingKnown,
    HeadingNameNeeded,
    TwoLevelsOnly,
    add_heading,
    close_heading,
    keep_body,
)
from amends.cases.models.deciding import OutsideBody
from amends.cases.queries.rights import bodies_kept, body_kept, heading_kept, headings
from amends.cases.rules.findings import Shelf
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, last_entry

pytestmark = pytest.mark.django_db
TOPIC = Shelf.TOPIC


@pytest.fixture
def manager():
    return make.staff(role=Role.MANAGER)


def keep(by, body=None, **facts):
    told = BodyFacts(**{"country": "LT", "name": {"en": "Authority"}, **facts})
    return keep_body(body, facts=told, by=by, at=make.NOW)


class TestOutsideBodies:
    def test_what_is_shipped_is_named_in_no_letter_until_somebody_checked_it(self):
        shipped = OutsideBody.objects.filter(pk__lte=5)
        assert shipped.exists()
        assert not shipped.filter(active=True).exists()
        assert not shipped.filter(source="").exists()

    def test_one_is_kept_checked_and_then_named(self, manager):
        kept = keep(manager)
        assert (kept.active, last_entry()[2]) == (False, {"body_id": kept.pk, "active": False})
        told = {"source": "Their page", "checked_on": date(2026, 3, 1), "active": True}
        assert keep(manager, kept, **told).pk == kept.pk
        assert again(kept).active

    def test_it_has_a_name_and_is_checked_before_letters_name_it(self, manager):
        with pytest.raises(BodyNameNeeded):
            keep(manager, name={"en": " "})
        with pytest.raises(BodyNotChecked):
            keep(manager, active=True, source="Their page")

    def test_who_may_not_edit_it_neither_keeps_nor_sees_it(self, manager):
        kept, agent = keep(manager), make.staff()
        with pytest.raises(NotAllowed):
            keep(agent)
        house = make.organisation()
        assert not bodies_kept(agent, house).exists()
        assert bodies_kept(manager, house)[0].country == house.country
        with pytest.raises(OutsideBody.DoesNotExist):
            body_kept(agent, kept.pk)
        assert body_kept(manager, kept.pk) == kept


class TestHeadings:
    def test_a_list_has_two_levels(self, manager):
        above = add_heading(TOPIC, name=" Heating ", by=manager, at=make.NOW)
        under = add_heading(TOPIC, name="Pump", under=above, by=manager, at=make.NOW)
        assert [each.name for each in headings(TOPIC)] == ["Pump", "Heating"]
        with pytest.raises(TwoLevelsOnly):
            add_heading(TOPIC, name="Valve", under=under, by=manager, at=make.NOW)

    def test_a_name_stands_there_once(self, manager):
        add_heading(TOPIC, name="Heating", by=manager, at=make.NOW)
        with pytest.raises(HeadingKnown):
            add_heading(TOPIC, name="Heating", by=manager, at=make.NOW)
        with pytest.raises(HeadingNameNeeded):
            add_heading(TOPIC, name=" ", by=manager, at=make.NOW)
        other = add_heading(Shelf.PRODUCT, name="Heating", by=manager, at=make.NOW)
        assert other.shelf == Shelf.PRODUCT

    def test_what_is_taken_out_goes_with_what_is_under_it_and_may_come_back(self, manager):
        above = add_heading(TOPIC, name="Heating", by=manager, at=make.NOW)
        under = add_heading(TOPIC, name="Pump", under=above, by=manager, at=make.NOW)
        close_heading(above, by=manager, at=make.NOW)
        assert again(under).closed_at == make.NOW
        assert not headings(TOPIC).exists()
        assert add_heading(TOPIC, name="Heating", by=manager, at=make.NOW).pk == above.pk

    def test_only_who_may_edit_them_finds_one(self, manager):
        above = add_heading(TOPIC, name="Heating", by=manager, at=make.NOW)
        assert heading_kept(manager, above.pk) == above
        with pytest.raises(type(above).DoesNotExist):
            heading_kept(make.staff(), above.pk)
