from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases.actions.assessment import Assessment, Complaint, add_issue, assess_case
from amends.cases.actions.fields import fill_in
from amends.cases.actions.opening import add_contact
from amends.cases.actions.snoozing import snooze_case
from amends.cases.actions.tags import keep_tag, set_tags
from amends.cases.models.case import PartyOfCase
from amends.cases.models.clocks import CaseClock
from amends.cases.queries import views
from amends.cases.queries.views import cases_of, page_of, tally_of
from amends.cases.rules.fields import FieldType, Filled, Seer
from amends.cases.rules.kinds import CaseKind, Part
from amends.cases.rules.views import By, Column, Filter, Look, Match, Order
from amends.cases.rules.weighing import Ahead
from amends.contacts.rules.kinds import Channel, Mood
from amends.staff.rules.permissions import Role
from amends.standards.actions import ship_profiles
from amends.standards.models import ClockProfile
from amends.standards.rules.warnings import Whose
from tests import make
from tests.cases.fielded import a_choice, a_field, manager

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ALL = Order.NEWEST_FIRST


@pytest.fixture
def reader():
    make.organisation()
    return make.staff("Milda")


def found(reader, *filters, at=make.NOW, order=ALL):
    cases = cases_of(Look(filters, order=order), staff=reader, at=at)
    return set(cases.values_list("pk", flat=True))


def asks(by, match, *values):
    return Filter(getattr(by, "value", by), match, values)


def is_(by, *values):
    return asks(by, Match.IS, *values)


def test_what_somebody_owns_is_found_by_who_looks(reader):
    mine, theirs, free = make.case(owner=reader), make.case(owner=make.staff()), make.case()
    assert found(reader, is_(By.OWNER, "me")) == {mine.pk}
    assert found(reader, is_(By.OWNER, "nobody")) == {free.pk}
    assert found(theirs.owner, is_(By.OWNER, "me")) == {theirs.pk}
    both = is_(By.OWNER, "me", "nobody", str(theirs.owner_id))
    assert found(reader, both) == {mine.pk, theirs.pk, free.pk}
    assert found(reader, asks(By.OWNER, Match.IS_NOT, "me", "nobody")) == {theirs.pk}
    assert found(reader, is_(By.OWNER, "somebody")) == set()


def test_a_team_is_found_by_who_is_in_it(reader):
    mine = make.case(team_=make.team("Front line", members=(reader,)))
    other = make.case(team_=make.team("Billing"))
    assert found(reader, is_(By.TEAM, "mine")) == {mine.pk}
    assert found(reader, is_(By.TEAM, str(other.team_id))) == {other.pk}
    assert found(other.team.duty_owner, is_(By.TEAM, "mine")) == {other.pk}


def test_plain_columns_are_found_by_their_values(reader):
    case = make.case(kind=CaseKind.REQUEST, owner=reader)
    other = make.done(make.case())
    assert found(reader, is_(By.KIND, "request")) == {case.pk}
    assert found(reader, is_(By.STATE, "received")) == {case.pk}
    assert found(reader, asks(By.STATE, Match.IS_NOT, "received")) == {other.pk}
    assert found(reader, is_(By.NEXT, "answer")) == {case.pk}
    assert found(reader, is_(By.CHANNEL, Channel.TELEPHONE.value)) == {case.pk, other.pk}
    assert found(reader, is_(By.LANGUAGE, "pl")) == set()
    assert found(reader, is_(By.OUTCOME, "upheld")) == set()


def test_open_and_ended_are_told_apart(reader):
    open_, ended = make.case(), make.withdrawn(make.case())
    assert found(reader, is_(By.OPEN, "yes")) == {open_.pk}
    assert found(reader, is_(By.OPEN, "no")) == {ended.pk}
    assert found(reader, order=Order.DUE_FIRST) == {open_.pk}
    assert found(reader, order=Order.ENDED_LAST) == {ended.pk}
    assert found(reader, asks(By.ENDED, Match.IN_LAST, "1")) == {ended.pk}


def test_how_grave_it_is(reader):
    case = make.case(owner=reader)
    assess_case(case, assessment=Assessment(severity=4), by=reader, at=make.NOW)
    assert found(reader, is_(By.SEVERITY, "3", "4")) == {case.pk}
    assert found(reader, asks(By.SEVERITY, Match.IS_NOT, "4")) == set()


def test_why_it_comes_first(reader):
    danger, other = make.case(owner=reader), make.case()
    assess_case(danger, assessment=Assessment(ahead=Ahead.SAFETY), by=reader, at=make.NOW)
    assert found(reader, is_(By.AHEAD, "safety", "many")) == {danger.pk}
    assert found(reader, is_(By.AHEAD, "many")) == set()
    assert found(reader, asks(By.AHEAD, Match.IS_NOT, "safety")) == {other.pk}


def test_what_is_due(reader):
    case = make.case()
    assert case.next_due_at
    due = case.next_due_at
    day = due.date().isoformat()
    assert found(reader, asks(By.DUE, Match.OVER), at=due + DAY) == {case.pk}
    assert found(reader, asks(By.DUE, Match.OVER), at=due - DAY) == set()
    assert found(reader, asks(By.DUE, Match.WITHIN, "0"), at=due) == {case.pk}
    assert found(reader, asks(By.DUE, Match.WITHIN, "0"), at=due - 2 * DAY) == set()
    assert found(reader, asks(By.DUE, Match.WITHIN, "2"), at=due - 2 * DAY) == {case.pk}
    assert found(reader, asks(By.DUE, Match.FROM, day)) == {case.pk}
    assert found(reader, asks(By.DUE, Match.UNTIL, day)) == {case.pk}
    assert found(reader, asks(By.DUE, Match.UNTIL, (due - DAY).date().isoformat())) == set()


def test_when_it_came_in(reader):
    case = make.case()
    today = make.NOW.date().isoformat()
    assert found(reader, asks(By.RECEIVED, Match.IN_LAST, "1")) == {case.pk}
    assert found(reader, asks(By.RECEIVED, Match.LONGER_AGO, "1")) == set()
    assert found(reader, asks(By.RECEIVED, Match.FROM, today)) == {case.pk}
    assert found(reader, asks(By.RECEIVED, Match.UNTIL, "2020-01-01")) == set()


def test_when_we_last_met(reader):
    case = make.case()
    longer, later = asks(By.LAST_CONTACT, Match.LONGER_AGO, "7"), make.NOW + 8 * DAY
    assert found(reader, longer) == set()
    assert found(reader, longer, at=later) == {case.pk}
    assert found(reader, asks(By.LAST_CONTACT, Match.IN_LAST, "7")) == {case.pk}
    again = make.contact(person=case.person, started_at=later, ended_at=later)
    add_contact(case, contact=again, by=None, at=later)
    assert found(reader, longer, at=later) == set()


def test_how_they_were_when_we_last_met(reader):
    told = make.contact(person=make.person(), mood_start=Mood.ANGRY, mood_end=Mood.FURIOUS)
    case = make.case(told)
    make.case()
    angry = is_(By.MOOD, "3", "4")
    assert found(reader, angry) == {case.pk}
    later = make.NOW + DAY
    calmer = make.contact(
        person=case.person, mood_start=Mood.CALM, started_at=later, ended_at=later
    )
    add_contact(case, contact=calmer, by=None, at=later)
    assert found(reader, angry) == set()
    assert found(reader, is_(By.MOOD, "0")) == {case.pk}


def test_a_customer_is_found_by_a_piece_of_the_name(reader):
    ruta = make.case(make.contact(person=make.person("Rūta Petrauskienė")))
    make.case(make.contact(person=make.person("Jonas Kairys")))
    assert found(reader, asks(By.CUSTOMER, Match.CONTAINS, "ruta petr")) == {ruta.pk}
    assert found(reader, asks(By.CUSTOMER, Match.CONTAINS, "ruta kairys")) == set()


def test_what_is_complained_of(reader):
    case = make.case(owner=reader)
    told = Complaint(statement="It is cold", product="Heating", topic="Cold")
    add_issue(case, complaint=told, by=reader, at=make.NOW)
    other = make.case()
    assert found(reader, is_(By.PRODUCT, "Heating")) == {case.pk}
    assert found(reader, is_(By.TOPIC, "Cold")) == {case.pk}
    assert found(reader, asks(By.PRODUCT, Match.IS_NOT, "Heating")) == {other.pk}


def test_tags(reader):
    case = make.case(owner=reader)
    tag = keep_tag(None, names={"en": "Boiler"}, by=manager(), at=make.NOW)
    set_tags(case, tags=[tag], by=reader, at=make.NOW)
    assert found(reader, is_(By.TAG, str(tag.pk))) == {case.pk}
    assert found(reader, asks(By.TAG, Match.IS_NOT, str(tag.pk))) == set()


def test_what_is_out_of_sight(reader):
    case, other = make.case(owner=reader), make.case()
    snooze_case(case, until=make.NOW + timedelta(minutes=1), reason="Later", by=reader, at=make.NOW)
    assert found(reader, is_(By.SNOOZED, "yes")) == {case.pk}
    assert found(reader, is_(By.SNOOZED, "no")) == {other.pk}
    assert found(reader, is_(By.SNOOZED, "no"), at=make.NOW + DAY) == {case.pk, other.pk}


def test_what_it_is_about(reader):
    case = make.case()
    assert found(reader, asks(By.TEXT, Match.CONTAINS, "COLD again")) == {case.pk}
    assert found(reader, asks(By.TEXT, Match.CONTAINS, "100%")) == set()


def test_fields_of_our_own_each_by_its_type(reader):
    case, other = make.case(owner=reader), make.case()
    fields = {kind: a_field(kind.value, kind) for kind in FieldType}
    red = a_choice(fields[FieldType.SEVERAL_OF], "red")
    held = {
        FieldType.SHORT_TEXT: Filled(text="K-1204"),
        FieldType.NUMBER: Filled(number=Decimal(12)),
        FieldType.AMOUNT: Filled(number=Decimal("49.50"), currency="EUR"),
        FieldType.DAY: Filled(day=make.NOW.date()),
        FieldType.YES_NO: Filled(truth=True),
        FieldType.SEVERAL_OF: Filled(choices=frozenset({red.pk})),
    }
    values = {fields[kind].pk: filled for kind, filled in held.items()}
    fill_in(case, values=values, by=reader, at=make.NOW)
    day = make.NOW.date().isoformat()
    for kind, match, value in (
        (FieldType.SHORT_TEXT, Match.CONTAINS, "k-12"),
        (FieldType.NUMBER, Match.AT_LEAST, "12"),
        (FieldType.AMOUNT, Match.AT_MOST, "49,50"),
        (FieldType.DAY, Match.FROM, day),
        (FieldType.DAY, Match.UNTIL, day),
        (FieldType.YES_NO, Match.IS, "yes"),
        (FieldType.SEVERAL_OF, Match.IS, str(red.pk)),
    ):
        name = f"field-{fields[kind].pk}"
        assert found(reader, Filter(name, match, (value,))) == {case.pk}, kind
        assert found(reader, Filter(name, Match.THERE)) == {case.pk}, kind
        assert found(reader, Filter(name, Match.MISSING)) == {other.pk}, kind
    several = f"field-{fields[FieldType.SEVERAL_OF].pk}"
    assert found(reader, Filter(several, Match.IS_NOT, (str(red.pk),))) == {other.pk}
    assert found(reader, Filter(several, Match.CONTAINS, ("x",))) == set()
    assert found(reader, Filter("field-0", Match.THERE)) == set()


def test_what_only_handlers_see_finds_nothing_for_the_others(reader):
    field = a_field(seen_by=Seer.HANDLERS)
    owner = make.staff()
    case = make.case(owner=owner)
    fill_in(case, values={field.pk: Filled(text="K-1")}, by=owner, at=make.NOW)
    there = Filter(f"field-{field.pk}", Match.THERE)
    look = Look((), (f"field-{field.pk}",), ALL)
    for who, sees in (
        (reader, False),
        (owner, True),
        (make.staff(role=Role.SENIOR), True),
        (make.staff(role=Role.AUDITOR), False),
    ):
        assert bool(found(who, there)) is sees
        line = page_of(look, staff=who, at=make.NOW).lines[0]
        assert bool(line.own) is sees
    make.case()
    assert len(found(reader, Filter(f"field-{field.pk}", Match.MISSING))) == 1


def test_nobody_finds_a_case_that_is_about_them_or_sees_cases_without_the_right(reader):
    case = make.case()
    PartyOfCase.objects.create(case=case, part=Part.COMPLAINED_ABOUT, staff=reader, since=make.NOW)
    assert found(reader) == set()
    assert found(make.staff(role=Role.EMPLOYEE)) == set()


@pytest.mark.parametrize("order", Order)
def test_a_view_is_read_by_key_from_page_to_page(reader, order):
    cases = [make.case(owner=reader) for _ in range(5)]
    if order is Order.ENDED_LAST:
        cases = [make.withdrawn(case) for case in cases]
    look, after, seen = Look((), ("due",), order), "", []
    for _page in range(3):
        page = page_of(look, staff=reader, at=make.NOW, after=after, most=2)
        seen += [line.row.pk for line in page.lines]
        after = page.after
    assert after == ""
    assert sorted(seen) == sorted(case.pk for case in cases)
    whole = page_of(look, staff=reader, at=make.NOW)
    assert [line.row.pk for line in whole.lines] == seen


def test_columns_show_what_they_name(reader):
    case = make.case(owner=reader)
    field = a_field("Branch", FieldType.SEVERAL_OF)
    chosen = frozenset(a_choice(field, each).pk for each in ("hall", "attic"))
    fill_in(case, values={field.pk: Filled(choices=chosen)}, by=reader, at=make.NOW)
    ship_profiles(at=make.NOW)
    due = {
        what: make.NOW + timedelta(days=days)
        for what, days in {"answer": 9, "acknowledge": 2}.items()
    }
    for what, due_at in due.items():
        facts = {"whose": Whose.LAW, "what": what, "due_at": due_at, "binds": what == "answer"}
        profile = ClockProfile.objects.filter(duty=what).earliest("pk")
        CaseClock.objects.create(case=case, profile=profile, started_at=make.NOW, **facts)
    columns = (*(each.value for each in Column), f"field-{field.pk}")
    (line,) = page_of(Look((), columns, ALL), staff=reader, at=make.NOW).lines
    assert line.row.reference == case.reference
    assert line.more["law_"] == due["answer"]  # the other one does not bind
    assert (line.more["team_"], line.more["channel_"]) == ("Front line", "telephone")
    assert line.more["last_contact_"] == make.NOW - timedelta(minutes=14)
    assert line.own[field.pk].chosen == ({"en": "hall"}, {"en": "attic"})


def test_few_are_counted_and_many_estimated(reader, monkeypatch):
    for _ in range(3):
        make.case()
    look = Look((), ("due",), ALL)
    tally = tally_of(look, staff=reader, at=make.NOW)
    assert (tally.count, tally.is_exact) == (3, True)
    monkeypatch.setattr(views, "FEW", 2)
    tally = tally_of(look, staff=reader, at=make.NOW)
    assert not tally.is_exact
    monkeypatch.setattr(views, "FEW", 500)
    monkeypatch.setattr(views, "DEAR", 0.0)
    assert not tally_of(look, staff=reader, at=make.NOW).is_exact


def test_a_view_takes_as_many_statements_for_many_cases_as_for_few(reader):
    field = a_field()
    columns = (*(each.value for each in Column), f"field-{field.pk}")
    look = Look((Filter(f"field-{field.pk}", Match.MISSING),), columns, ALL)
    counts = []
    for more in (2, 12):
        for _ in range(more):
            make.case(owner=reader)
        with CaptureQueriesContext(connection) as asked:
            page_of(look, staff=reader, at=make.NOW)
            tally_of(look, staff=reader, at=make.NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1]
