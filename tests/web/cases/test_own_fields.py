from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.cases.actions.fields import Definition, correct_field, fill_in, retire_choice
from amends.cases.models.fields import CustomValue
from amends.cases.queries.fields import lines_of_case
from amends.cases.rules.fields import FieldType, Filled, Seer, Stage
from amends.cases.rules.kinds import CaseKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.fielded import a_choice, a_field, manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client):
    owner = make.staff()
    client.force_login(owner)
    return make.case(owner=owner)


def _url(case, act="fields"):
    return reverse(f"case-{act}", args=[case.reference])


def _page(client, case):
    return client.get(reverse("case", args=[case.reference])).text


def test_a_case_without_fields_says_nothing_of_them(client, case):
    assert "Our own fields" not in _page(client, case)
    assert "has none" in client.get(_url(case)).text


def test_fields_stand_on_the_case_with_what_they_hold(client, case):
    fields = {
        FieldType.LONG_TEXT: "First\nsecond",
        FieldType.NUMBER: "1200",
        FieldType.AMOUNT: "49,50",
        FieldType.DAY: "2026-03-27",
        FieldType.YES_NO: "no",
    }
    told: dict[str, object] = {
        f"field_{a_field(kind.value, kind).pk}": value for kind, value in fields.items()
    }
    several = a_field("Rooms", FieldType.SEVERAL_OF)
    told[f"field_{several.pk}"] = [str(a_choice(several, each).pk) for each in ("hall", "attic")]
    assert client.post(_url(case), told).status_code == 302
    page = _page(client, case)
    for said in ("First<br>second", "1,200", "49.50", "27 March 2026", "hall, attic", "6 of 6"):
        assert said in page, said
    assert CustomValue.objects.get(currency="EUR").number == Decimal("49.50")
    again = client.get(_url(case)).text
    assert again.count("checked") == 2


def test_what_is_missing_is_named_with_the_way_to_it(client, case):
    a_field(required_at=Stage.CLOSING)
    page = _page(client, case)
    assert "not filled in: Contract number" in page
    assert "missing; asked for" in page
    assert _url(case) in page
    close = client.post(_url(case, "close"), {})
    assert "not filled in: Contract number" in close.text


def test_an_act_that_needs_it_says_what_is_missing(client, case):
    a_field(required_at=Stage.ASSESSMENT)
    answer = client.post(_url(case, "assess"), {"severity": "3"})
    assert answer.status_code == 422
    assert "Not yet: Contract number is missing." in answer.text


def test_what_does_not_fit_is_said_at_the_field(client, case):
    amount, text = a_field("Sum", FieldType.AMOUNT), a_field()
    wrong = {f"field_{amount.pk}": "5", f"field_{amount.pk}_currency": "zł"}
    answer = client.post(_url(case), wrong)
    assert answer.status_code == 422
    assert "Sum: say in which currency" in answer.text
    answer = client.post(_url(case), {f"field_{text.pk}": "x" * 201})
    assert answer.status_code == 422
    assert not CustomValue.objects.exists()


def test_a_choice_that_is_offered_no_more_may_stay(client, case):
    field = a_field("Branch", FieldType.ONE_OF)
    old = a_choice(field, "Old town")
    client.post(_url(case), {f"field_{field.pk}": str(old.pk)})
    retire_choice(old, by=manager(), at=make.NOW)
    assert "Old town" in client.get(_url(case)).text
    assert client.post(_url(case), {f"field_{field.pk}": str(old.pk)}).status_code == 302
    assert lines_of_case(case)[0].filled == Filled(choices=frozenset({old.pk}))


def test_what_only_handlers_see_is_hidden_from_the_others(client, case):
    field = a_field(seen_by=Seer.HANDLERS)
    fill_in(case, values={field.pk: Filled(text="K-1204")}, by=case.owner, at=make.NOW)
    assert "K-1204" in _page(client, case)
    for reader in (make.staff(), make.staff(role=Role.AUDITOR)):
        client.force_login(reader)
        assert "K-1204" not in _page(client, case)


def test_a_field_speaks_the_readers_language(client, case):
    field = a_field()
    definition = Definition(
        label={"en": "Contract number", "lt": "Sutarties numeris"},
        kinds=frozenset({CaseKind.COMPLAINT}),
    )
    correct_field(field, definition=definition, by=manager(), at=make.NOW)
    case.owner.language = "lt"
    case.owner.save()
    assert "Sutarties numeris" in _page(client, case)


def test_fields_cost_a_case_page_no_more_statements(client, case):
    _page(client, case)
    with CaptureQueriesContext(connection) as before:
        _page(client, case)
    for number in range(12):
        a_field(f"Field {number}", required_at=Stage.CLOSING)
    with CaptureQueriesContext(connection) as after:
        _page(client, case)
    assert len(after) == len(before)
