from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.closing import NotReadyToClose, close_case
from amends.cases.actions.fields import (
    CannotHold,
    ChoiceLabelNeeded,
    ChoosesNothing,
    Definition,
    FieldKindNeeded,
    FieldLabelNeeded,
    NoSuchField,
    StillAsked,
    bring_field_back,
    correct_field,
    define_field,
    fill_in,
    forget_personal_fields,
    keep_choice,
    retire_choice,
    retire_field,
)
from amends.cases.actions.opening import Opening
from amends.cases.actions.taking_down import Sheet, take_down
from amends.cases.actions.within import CaseHasEnded, FieldsMissing, NotYours, move
from amends.cases.models.case import Case
from amends.cases.models.fields import CustomValue
from amends.cases.queries.facts import closing_facts
from amends.cases.queries.fields import choice_for, field_for, fields_for, lines_of_case
from amends.cases.rules.closing import Obstacle
from amends.cases.rules.fields import FieldType, Filled, Seer, Stage
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.lifecycle import State
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import last_entry
from tests.cases.fielded import LONG_AGO, a_choice, a_field, manager

pytestmark = pytest.mark.django_db
NUMBER = Filled(text="K-1204")


@pytest.fixture
def case():
    return make.case(owner=make.staff())


def _fill(case, field, filled):
    return fill_in(case, values={field.pk: filled}, by=case.owner, at=make.NOW)


def _held(case):
    return {line.pk: line.filled for line in lines_of_case(case)}


def test_a_field_is_defined_by_those_who_decide_on_procedures():
    field = a_field(required_at=Stage.CLOSING, help={"en": "On the bill", "lt": " "}, personal=True)
    assert (field.type, field.kinds, field.required_at) == ("short-text", ["complaint"], "closing")
    assert (field.help, field.personal, field.required_since) == (
        {"en": "On the bill"},
        True,
        LONG_AGO,
    )
    assert last_entry()[2] == {
        "field_id": field.pk,
        "kinds": ["complaint"],
        "required_at": "closing",
    }
    definition = Definition(label={"en": "X"}, kinds=frozenset(CaseKind))
    with pytest.raises(NotAllowed):
        define_field(FieldType.DAY, definition=definition, by=make.staff(), at=make.NOW)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [({"label": {"en": " "}}, FieldLabelNeeded), ({"kinds": frozenset()}, FieldKindNeeded)],
)
def test_a_field_has_a_name_and_a_kind(wrong, refusal):
    good = Definition(label={"en": "Meter"}, kinds=frozenset({CaseKind.REQUEST}))
    with pytest.raises(refusal):
        define_field(FieldType.DAY, definition=replace(good, **wrong), by=manager(), at=make.NOW)


def test_a_field_asks_from_when_it_was_made_to_ask():
    field = a_field()
    definition = Definition(
        label=field.label, kinds=frozenset({CaseKind.COMPLAINT}), required_at=Stage.RECEIPT,
        position=7,
    )  # fmt: skip
    field = correct_field(field, definition=definition, by=manager(), at=make.NOW)
    assert (field.required_since, field.position) == (make.NOW, 7)
    later = make.NOW + timedelta(days=1)
    field = correct_field(
        field, definition=replace(definition, personal=True), by=manager(), at=later
    )
    assert field.required_since == make.NOW
    free = replace(definition, required_at=None)
    assert correct_field(field, definition=free, by=manager(), at=later).required_since is None


def test_every_type_is_kept_in_its_own_column(case):
    one, several = (a_field(kind.value, kind) for kind in (FieldType.ONE_OF, FieldType.SEVERAL_OF))
    red, blue = a_choice(several, "red"), a_choice(several, "blue")
    only = a_choice(one, "only")
    plain = {
        FieldType.SHORT_TEXT: Filled(text="K-1204"),
        FieldType.LONG_TEXT: Filled(text="All of it"),
        FieldType.NUMBER: Filled(number=Decimal("12.00")),
        FieldType.AMOUNT: Filled(number=Decimal("49.50"), currency="EUR"),
        FieldType.DAY: Filled(day=date(2026, 3, 27)),
        FieldType.YES_NO: Filled(truth=False),
    }
    values = {a_field(kind.value, kind).pk: filled for kind, filled in plain.items()}
    values[one.pk] = Filled(choices=frozenset({only.pk}))
    values[several.pk] = Filled(choices=frozenset({red.pk, blue.pk}))
    fill_in(case, values=values, by=case.owner, at=make.NOW)
    assert _held(case) == values
    kind, _by, facts = last_entry()
    assert (kind, set(facts["field_ids"])) == ("FieldsFilledIn", set(values))
    assert "K-1204" not in str(facts)


def test_what_did_not_change_is_not_written_again(case):
    field = a_field()
    _fill(case, field, NUMBER)
    before = Entry.objects.count()
    _fill(case, field, NUMBER)
    assert Entry.objects.count() == before
    _fill(case, field, Filled())
    assert not CustomValue.objects.exists()


def test_only_who_works_on_an_open_case_fills_it_in(case):
    field = a_field()
    with pytest.raises(NotYours):
        fill_in(case, values={field.pk: NUMBER}, by=make.staff(), at=make.NOW)
    with pytest.raises(NoSuchField):
        fill_in(case, values={0: NUMBER}, by=case.owner, at=make.NOW)
    make.withdrawn(case)
    with pytest.raises(CaseHasEnded):
        _fill(case, field, NUMBER)


def test_what_a_field_cannot_hold_is_refused_by_its_name(case):
    field = a_field("Sum at stake", FieldType.AMOUNT)
    with pytest.raises(CannotHold) as refused, translation.override("en"):
        _fill(case, field, Filled(number=Decimal(5)))
    assert str(refused.value) == "Sum at stake: say in which currency, as EUR."


def test_a_retired_choice_stays_where_it_is_and_is_chosen_no_more(case):
    field = a_field("Branch", FieldType.ONE_OF)
    old, new = a_choice(field, "Old town"), a_choice(field, "New town")
    chosen = Filled(choices=frozenset({old.pk}))
    _fill(case, field, chosen)
    retire_choice(old, by=manager(), at=make.NOW)
    assert _held(case) == {field.pk: chosen}
    _fill(case, field, Filled(choices=frozenset({new.pk})))
    with pytest.raises(CannotHold):
        _fill(case, field, chosen)
    keep_choice(field, choice=old, label={"en": "The old town"}, by=manager(), at=make.NOW)
    _fill(case, field, chosen)


def test_choices_are_of_lists_and_have_a_name():
    with pytest.raises(ChoosesNothing):
        keep_choice(a_field(), label={"en": "x"}, by=manager(), at=make.NOW)
    with pytest.raises(ChoiceLabelNeeded):
        keep_choice(a_field("B", FieldType.ONE_OF), label={}, by=manager(), at=make.NOW)


def test_a_retired_field_is_shown_where_it_holds_something_and_asks_nothing(case):
    field = a_field(required_at=Stage.CLOSING)
    other = make.case(owner=case.owner)
    _fill(case, field, NUMBER)
    assert Obstacle.FIELDS_MISSING in make_obstacles(other)
    retire_field(field, by=manager(), at=make.NOW)
    assert _held(case) == {field.pk: NUMBER}
    assert _held(other) == {}
    assert Obstacle.FIELDS_MISSING not in make_obstacles(other)
    back = bring_field_back(field, by=manager(), at=make.NOW)
    assert (back.retired_at, back.required_since) == (None, make.NOW)


def make_obstacles(case):
    facts = closing_facts(Case.objects.get(pk=case.pk))
    return [Obstacle.FIELDS_MISSING] if facts.fields_missing else []


def test_a_case_cannot_be_assessed_before_what_that_asks_for_is_there(case):
    field = a_field(required_at=Stage.ASSESSMENT)
    with pytest.raises(FieldsMissing) as refused, translation.override("en"):
        assess_case(case, assessment=Assessment(), by=case.owner, at=make.NOW)
    assert str(refused.value) == "Not yet: Contract number is missing. Fill it in first."
    with pytest.raises(FieldsMissing):
        make.promise(case)
    _fill(case, field, NUMBER)
    assert make.promise(case).case.state == State.ASSESSED


def test_all_that_is_missing_is_named(case):
    a_field(required_at=Stage.RECEIPT)
    a_field("Meter", required_at=Stage.ASSESSMENT)
    with pytest.raises(FieldsMissing) as refused, translation.override("en"):
        make.promise(case)
    assert str(refused.value).startswith("Not yet: Contract number, Meter are missing.")


def test_a_case_cannot_be_closed_before_what_that_asks_for_is_there(case):
    a_field(required_at=Stage.CLOSING)
    with pytest.raises(NotReadyToClose) as refused:
        close_case(case, by=case.owner, at=make.NOW)
    assert Obstacle.FIELDS_MISSING in refused.value.obstacles
    done = make.done(case)
    with pytest.raises(FieldsMissing):
        move(done, State.CLOSED, at=make.NOW)


def test_a_decision_waits_for_what_it_needs(case):
    a_field(required_at=Stage.DECISION)
    case.state = State.PROPOSED
    with pytest.raises(FieldsMissing):
        move(case, State.DECIDED, at=make.NOW)


def test_what_was_asked_when_a_case_passed_a_stage_holds(case):
    make.promise(case)
    field = a_field(required_at=Stage.ASSESSMENT)
    case.refresh_from_db()
    assert make_obstacles(case) == []
    _fill(case, field, NUMBER)
    with pytest.raises(StillAsked):
        _fill(case, field, Filled())
    _fill(case, field, Filled(text="K-1205"))


def test_nothing_is_asked_of_what_was_history_elsewhere():
    a_field(required_at=Stage.CLOSING)
    case = make.case(as_history=True)
    assert make_obstacles(case) == []


def test_whoever_takes_down_a_new_case_is_asked_at_once():
    make.organisation()
    by = make.staff()
    field = a_field(required_at=Stage.RECEIPT)
    opening = Opening(kind=CaseKind.COMPLAINT, team=make.team(), language="en")
    sheet = Sheet(key="a" * 32, telling=make.telling(handled_by=by), opening=opening)
    with pytest.raises(FieldsMissing), transaction.atomic():
        take_down(sheet, by=by, at=make.NOW)
    assert not Case.objects.exists()
    taken = take_down(replace(sheet, own={field.pk: NUMBER}), by=by, at=make.NOW)
    assert _held(taken.case) == {field.pk: NUMBER}


def test_what_arrives_by_itself_is_never_refused():
    a_field(required_at=Stage.RECEIPT)
    case = make.case()
    assert case.state == State.RECEIVED
    with pytest.raises(FieldsMissing):
        make.promise(case)


def test_what_is_personal_is_forgotten_with_the_person(case):
    private, plain = a_field(personal=True), a_field("Meter")
    values = {private.pk: NUMBER, plain.pk: NUMBER}
    fill_in(case, values=values, by=case.owner, at=make.NOW)
    assert forget_personal_fields(case.person, by=None, at=make.NOW) == 1
    assert _held(case) == {private.pk: Filled(), plain.pk: NUMBER}
    assert last_entry()[2] == {"person_id": case.person_id, "values": 1}
    assert forget_personal_fields(case.person, by=None, at=make.NOW) == 0


def test_a_value_says_something_and_stands_once(case):
    field = a_field()
    row = {"case": case, "field": field, "at": make.NOW}
    with pytest.raises(IntegrityError, match="custom_value_says_something"), transaction.atomic():
        CustomValue.objects.create(**row)
    CustomValue.objects.create(**row, text="x")
    with pytest.raises(IntegrityError, match="custom_value_once"), transaction.atomic():
        CustomValue.objects.create(**row, text="y")


def test_only_who_decides_on_them_finds_the_definitions():
    field = a_field("Branch", FieldType.ONE_OF, seen_by=Seer.HANDLERS)
    choice = a_choice(field, "Old town")
    assert list(fields_for(manager())) == [field]
    assert choice_for(manager(), choice.pk) == choice
    agent = make.staff(role=Role.AGENT)
    assert not fields_for(agent).exists()
    with pytest.raises(type(field).DoesNotExist):
        field_for(agent, field.pk)
    with pytest.raises(type(choice).DoesNotExist):
        choice_for(agent, choice.pk)
