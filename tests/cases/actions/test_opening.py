from datetime import timedelta

import pytest

from amends.cases.actions.opening import ContactElsewhere, Opening, add_contact, open_case
from amends.cases.actions.within import Barred
from amends.cases.models.case import Case, CaseContact, Issue
from amends.cases.rules.kinds import CaseKind, Next
from amends.cases.rules.lifecycle import State
from amends.cases.rules.reference import read_reference
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, entries, last_entry

pytestmark = pytest.mark.django_db


def opening(**facts):
    given = {"kind": CaseKind.COMPLAINT, "team": make.team(), "language": "lt", **facts}
    return Opening(**given)


def opened(told=None, *, by=None, **facts):
    return open_case(
        told or make.contact(person=make.person()), opening=opening(**facts), by=by, at=make.NOW
    )


class TestOpenCase:
    @pytest.mark.requirement("S0-02", "S4-01")
    def test_a_case_begins_with_what_was_told(self):
        told, by = make.contact(person=make.person()), make.staff()
        case = opened(told, by=by)
        assert read_reference(case.reference) == case.reference
        assert (case.state, case.kind, case.track) == (State.RECEIVED, "complaint", "light")
        assert (case.person, case.channel, case.language) == (told.person, "telephone", "lt")
        assert case.gist == told.gist
        assert Issue.objects.get(case=case).statement == told.gist
        assert CaseContact.objects.get(case=case).contact == told
        assert last_entry() == (
            "CaseOpened",
            by.actor,
            {
                "case_id": case.pk,
                "contact_id": told.pk,
                "kind": "complaint",
                "state": "received",
                "team_id": case.team_id,
                "owner_id": None,
                "as_history": False,
            },
        )

    def test_the_clock_starts_when_it_was_said_not_when_it_was_written_down(self):
        told = make.contact(person=make.person())
        case = opened(told)
        assert case.received_at == told.started_at
        assert case.next_due_at == told.started_at + timedelta(hours=4)
        later = opened(received_at=make.NOW - timedelta(days=1))
        assert later.next_due_at == make.NOW - timedelta(hours=20)

    def test_until_somebody_takes_it_nobody_owns_it(self):
        assert (opened().owner, opened().owned_since) == (None, None)
        owner = make.staff()
        assert opened(owner=owner).owned_since == make.NOW

    def test_no_two_cases_share_a_reference(self):
        assert len({opened().reference for _ in range(5)}) == 5

    def test_what_is_brought_in_from_elsewhere_waits_for_nobody(self):
        case = opened(as_history=True)
        assert (case.next_due, case.next_due_at) == ("", None)

    def test_once_something_is_agreed_on_it_it_waits_like_any_other(self):
        make.organisation()
        case = opened(as_history=True)
        make.promise(case)
        assert again(case).next_due == Next.KEEP

    def test_without_words_the_subject_says_what_it_is_about(self):
        told = make.contact("", subject="Bill 2041", notes=((make.NOW, "a scan"),))
        assert opened(told).gist == "Bill 2041"

    def test_a_contact_belongs_to_one_case(self):
        told = make.contact(person=make.person())
        case = opened(told)
        with pytest.raises(ContactElsewhere, match=case.reference):
            opened(told)

    @pytest.mark.parametrize(
        ("role", "facts", "may"),
        [
            (Role.AGENT, {}, True),
            (Role.EMPLOYEE, {}, False),
            (Role.EMPLOYEE, {"kind": CaseKind.INTERNAL}, True),
            (Role.AUDITOR, {"kind": CaseKind.INTERNAL}, False),
            (Role.ADMINISTRATOR, {"as_history": True}, True),
            (Role.AGENT, {"as_history": True}, False),
        ],
    )
    def test_each_role_opens_what_it_may(self, role, facts, may):
        by = make.staff(role=role)
        if may:
            assert opened(by=by, **facts).pk
        else:
            with pytest.raises(NotAllowed):
                opened(by=by, **facts)


class TestAddContact:
    def test_a_contact_is_put_on_a_case(self):
        case, by = opened(), make.staff()
        told = make.contact("Is he still coming?", person=case.person)
        add_contact(case, contact=told, by=by, at=make.NOW)
        assert case.case_contacts.count() == 2
        assert last_entry() == (
            "ContactAdded",
            by.actor,
            {"case_id": case.pk, "contact_id": told.pk, "state": "received"},
        )

    def test_putting_it_there_twice_is_putting_it_there_once(self):
        case = opened()
        told = make.contact()
        add_contact(case, contact=told, by=None, at=make.NOW)
        add_contact(case, contact=told, by=None, at=make.NOW)
        assert case.case_contacts.count() == 2

    def test_it_goes_on_an_ended_case_too_and_leaves_it_ended(self):
        case = make.withdrawn(opened())
        add_contact(case, contact=make.contact(), by=None, at=make.NOW)
        assert Case.objects.get().state == State.WITHDRAWN
        assert entries()[-1] == "ContactAdded"

    def test_what_belongs_elsewhere_stays_there(self):
        told = make.contact()
        other = opened(told)
        with pytest.raises(ContactElsewhere, match=other.reference):
            add_contact(opened(), contact=told, by=None, at=make.NOW)

    def test_a_colleague_is_asked_for_their_right(self):
        case, about = opened(), make.staff()
        bar(case, about)
        with pytest.raises(Barred):
            add_contact(case, contact=make.contact(), by=about, at=make.NOW)
        with pytest.raises(NotAllowed):
            add_contact(case, contact=make.contact(), by=make.staff(role=Role.AUDITOR), at=make.NOW)
