from datetime import timedelta

import pytest
from django.db import IntegrityError

from amends.cases.actions.clarifying import set_need_by
from amends.cases.actions.fields import fill_in
from amends.cases.actions.linking import link_cases
from amends.cases.actions.merging import NotMerged, merge_case, undo_merge
from amends.cases.actions.opening import add_contact
from amends.cases.actions.promises import keep_promise
from amends.cases.actions.splitting import (
    NothingGoes,
    NothingStays,
    NotPartOfIt,
    NotSplit,
    Portion,
    TooLateToSplit,
    WhySplitNeeded,
    split_case,
    undo_split,
)
from amends.cases.actions.tags import keep_tag, set_tags
from amends.cases.actions.within import Barred, NotYours
from amends.cases.models.case import Case
from amends.cases.models.findings import Evidence
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.turns import Splitting
from amends.cases.rules.fields import Filled
from amends.cases.rules.kinds import PromiseState
from amends.cases.rules.lifecycle import State
from amends.cases.rules.replay import replay
from amends.cases.rules.turns import Linkage
from amends.journal.models import Entry
from tests import make
from tests.cases import fielded, hard
from tests.cases.actions.seen import again, bar

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = hard.NOW + timedelta(hours=1)


@pytest.fixture
def owner():
    made = make.staff("Inga Ramanauskaitė")
    make.team(members=(made,))
    return made


@pytest.fixture
def case(owner):
    """A case of two stories: the cold, and a bill."""
    made = make.case(make.contact(person=make.person(email="ruta@home.example")), owner=owner)
    hard.issue(made, "The bill is wrong.")
    return again(made)


def portion(case, *, contacts=(), promises=(), gist=""):
    bill = case.issues.get(statement="The bill is wrong.")
    return Portion(issues=[bill], contacts=contacts, promises=promises, gist=gist)


def split(case, owner, **goes):
    facts = {"portion": portion(case, **goes), "reason": "Another matter."}
    return split_case(case, **facts, by=owner, at=LATER)


def retold(case):
    entries = Entry.objects.filter(subject=f"case:{case.pk}").order_by("pk")
    return replay(entries.values_list("kind", "facts"))


def test_tags_own_fields_and_links_go_along_and_are_in_its_journal(case, owner):
    tag = keep_tag(None, names={"en": "Heating"}, by=fielded.manager(), at=LATER)
    set_tags(case, tags=[tag], by=owner, at=LATER)
    field = fielded.a_field()
    fill_in(case, values={field.pk: Filled(text="K-12")}, by=owner, at=LATER)
    other = make.case(owner=owner)
    link_cases(case, other=other, linkage=Linkage.CAUSE_OF, by=owner, at=LATER)
    part = split(again(case), owner)
    assert again(part).tags == [tag.pk]
    assert retold(part).tags == {tag.pk}
    assert part.custom_values.get().text == "K-12"
    drawn = Entry.objects.filter(subject=f"case:{part.pk}", kind="LinkDrawn")
    assert {each.facts["other_id"] for each in drawn} == {case.pk, other.pk}
    assert undo_split(part, by=owner, at=LATER) == case


def test_what_goes_is_a_case_of_its_own_received_on_the_same_day(case, owner):
    part = again(split(case, owner))
    assert (part.gist, part.state, part.owner) == ("The bill is wrong.", State.RECEIVED, owner)
    assert (part.received_at, part.registered_at) == (case.received_at, LATER)
    assert (part.person, part.split_from) == (case.person, case)
    assert [each.statement for each in part.issues.all()] == ["The bill is wrong."]
    assert case.issues.count() == 1
    assert part.next_due_at is not None
    assert (retold(part).state, retold(part).owner_id) == (part.state, owner.pk)


def test_the_story_is_told_on_both_and_later_contacts_go_along(case, owner):
    at = make.NOW + timedelta(minutes=9)
    later = make.contact("The bill again.", person=case.person, started_at=at, ended_at=at)
    add_contact(case, contact=later, by=owner, at=at)
    part = split(case, owner, contacts=[later])
    began = case.case_contacts.get().contact
    assert [each.contact for each in part.case_contacts.order_by("at")] == [began, later]


def test_each_is_linked_to_the_other_and_to_what_the_first_was_linked_to(case, owner):
    other = make.case(owner=owner)
    for linkage in (Linkage.CAUSE_OF, Linkage.NOT_BEFORE):
        link_cases(case, other=other, linkage=linkage, by=owner, at=make.NOW)
    part = split(case, owner)
    links = set(part.links.values_list("other", "kind"))
    assert links == {(case.pk, "related"), (other.pk, "cause-of")}


def test_whom_it_is_about_reads_neither(case, owner):
    jonas = make.staff("Jonas Kairys")
    bar(case, jonas)
    part = split(case, owner)
    assert not Case.objects.visible_to(jonas).filter(pk__in=[case.pk, part.pk]).exists()


def test_evidence_goes_with_what_it_shows(case, owner):
    bill = case.issues.get(statement="The bill is wrong.")
    hard.evidence(case, bill)
    hard.evidence(case)
    part = split(case, owner)
    assert Evidence.objects.get(issue=bill).case == part
    assert Evidence.objects.get(issue=None).case == case


def test_a_promise_goes_along_with_its_question_and_the_journal_tells_it(case, owner):
    promise = make.promise(case, accepted=True)
    stays = make.promise(case)
    part = split(case, owner, promises=[promise])
    assert again(part).state == State.FULFILLING
    assert FollowUp.objects.get(promise=promise).case == part
    assert retold(part).promises == {promise.pk: PromiseState.AGREED}
    assert retold(part).due == {promise.pk: promise.due_at.isoformat()}
    assert retold(case).promises == {stays.pk: PromiseState.OFFERED}
    assert set(retold(case).due) == {stays.pk}


def test_a_kept_promise_alone_is_asked_after_there(case, owner):
    promise = make.promise(case, accepted=True)
    keep_promise(promise, evidence="Paid.", by=owner, at=make.NOW + timedelta(hours=1))
    part = split(again(case), owner, promises=[again(promise)])
    assert (again(part).state, part.done_what) == (State.FOLLOW_UP, "Paid.")


def test_what_was_found_on_it_goes_along(owner):
    case = hard.found(hard.investigated(owner))
    hard.issue(case, "The bill is wrong.")
    cold = case.issues.exclude(validity="not-judged").get()
    part = split_case(again(case), portion=Portion(issues=[cold]), reason="So.", by=owner, at=LATER)
    assert (retold(part).findings, retold(case).findings) == ({cold.pk: "upheld"}, {})


def test_what_was_brought_in_from_elsewhere_is_split_too(owner):
    case = make.case(as_history=True)
    Case.objects.filter(pk=case.pk).update(owner=None)
    hard.issue(case, "The bill is wrong.")
    part = split(again(case), case.team.duty_owner)
    assert (again(part).next_due_at, part.as_history) == (None, True)


class TestRefusals:
    def test_why_is_said(self, case, owner):
        with pytest.raises(WhySplitNeeded):
            split_case(case, portion=portion(case), reason=" ", by=owner, at=LATER)

    def test_something_goes_and_something_stays(self, case, owner):
        for issues, refusal in (([], NothingGoes), (list(case.issues.all()), NothingStays)):
            with pytest.raises(refusal):
                split_case(case, portion=Portion(issues=issues), reason="So.", by=owner, at=LATER)

    def test_only_what_is_on_it_goes(self, case, owner):
        elsewhere = make.promise(make.case(owner=owner))
        with pytest.raises(NotPartOfIt):
            split(case, owner, promises=[elsewhere])
        with pytest.raises(NotPartOfIt):
            split(case, owner, contacts=[make.contact()])

    def test_what_was_decided_is_not_split(self, owner):
        case = hard.decided(owner).decision.case
        hard.issue(again(case), "The bill is wrong.")
        with pytest.raises(TooLateToSplit):
            split(again(case), owner)
        Case.objects.filter(pk=case.pk).update(state=State.FULFILLING)
        with pytest.raises(TooLateToSplit):
            split(again(case), owner)

    def test_a_stranger_does_not(self, case):
        with pytest.raises(NotYours):
            split(case, make.staff())

    def test_the_database_asks_for_a_reason(self, case, owner):
        split(case, owner)
        with pytest.raises(IntegrityError, match="split_says_why"):
            Splitting.objects.update(reason="")


class TestUndoSplit:
    def test_what_was_split_off_is_put_back(self, case, owner):
        promise = make.promise(case, accepted=True)
        state = again(case).state
        part = split(again(case), owner, promises=[promise])
        back = undo_split(part, by=owner, at=LATER + timedelta(hours=2))
        assert (back.pk, again(case).state, case.issues.count()) == (case.pk, state, 2)
        assert Promise.objects.get(pk=promise.pk).case == case
        assert case.case_contacts.count() == 1
        part = again(part)
        assert (part.state, part.merged_into, part.next_due_at) == (State.MERGED, case, None)
        assert retold(case).promises == {promise.pk: PromiseState.AGREED}
        assert (retold(part).state, retold(part).promises) == (State.MERGED, {})

    def test_what_was_put_back_stays_there(self, case, owner):
        part = split(case, owner)
        undo_split(part, by=owner, at=LATER)
        with pytest.raises(NotMerged):
            undo_merge(again(part), by=owner, at=LATER)
        with pytest.raises(NotSplit):
            undo_split(again(part), by=owner, at=LATER)

    def test_not_after_something_happened_on_it(self, case, owner):
        part = split(case, owner)
        set_need_by(part, need_by=LATER + DAY, reason="", by=owner, at=LATER)
        with pytest.raises(NotSplit):
            undo_split(part, by=owner, at=LATER)

    def test_not_after_a_day(self, case, owner):
        part = split(case, owner)
        with pytest.raises(NotSplit):
            undo_split(part, by=owner, at=LATER + DAY + timedelta(minutes=1))

    def test_not_what_was_never_split(self, case, owner):
        with pytest.raises(NotSplit):
            undo_split(case, by=owner, at=LATER)

    def test_not_by_whom_it_is_about(self, case, owner):
        part = split(case, owner)
        jonas = make.staff("Jonas Kairys")
        bar(part, jonas)
        with pytest.raises((Barred, NotYours)):
            undo_split(part, by=jonas, at=LATER)

    def test_what_is_told_on_both_is_told_once_after_they_are_joined(self, case, owner):
        part = split(case, owner)
        merge_case(part, into=case, reason="One story.", by=owner, at=LATER + 3 * DAY)
        assert case.case_contacts.count() == 1
