"""A night's learning from our own history, and what becomes of what it suggests."""

import hashlib

import pytest

from amends.cases.actions.assessment import (
    Complaint,
    SecondPairOfEyesNeeded,
    add_issue,
    correct_issue,
)
from amends.cases.actions.rights import add_heading
from amends.cases.models.case import Case
from amends.cases.rules.findings import Shelf
from amends.cases.rules.kinds import CaseKind
from amends.coach.actions import correct_reading, read_contact
from amends.coach.rules import Question
from amends.journal.models import Entry
from amends.learning import tasks
from amends.learning.actions import (
    NotSuggestedNow,
    decline_suggestion,
    keep_what_was_learnt,
    switch_suggesting,
    take_suggestion,
)
from amends.learning.models import Suggester, Suggestion
from amends.learning.queries import examples_of, loaded, open_labels, standings, suggestions_for
from amends.learning.rules.model import Model, written
from amends.learning.rules.targets import Measured, Target, Tried
from amends.learning.tasks import learn_anew, learn_target
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.learning.history import BILLING, HEATING, filed

pytestmark = pytest.mark.django_db
COLD = "My radiators are cold."
SEEN = Measured(held_out=40, right=36, before=None, guess=20)


@pytest.fixture
def manager():
    made = make.staff(role=Role.MANAGER)
    make.team(members=(made,))
    return made


def model_for(*classes, word="cold"):
    """Return a model that is sure of the first of `classes` once it reads `word`."""
    weights = [20.0, *[0.0] * (len(classes) - 1)]
    return written(Model(classes, {f"w:{word}": 0}, [1.0], weights, [0.0] * len(classes), 1.0))


def keep(target, *classes, tried=Tried.KEPT, measured=SEEN):
    model = model_for(*classes) if classes else b""
    keep_what_was_learnt(
        target, tried=tried, examples=200, model=model, measured=measured, at=make.NOW
    )


def cold_case(owner, **facts):
    return make.case(make.contact(COLD, by=owner), owner=owner, **facts)


def take(case, target, label, by):
    return take_suggestion(case, target=target, label=label, by=by, at=make.NOW)


@pytest.mark.django_db(transaction=True)
def test_what_people_filed_is_learnt_in_a_night_and_suggested_the_next_day(manager):
    for name in (HEATING, BILLING):
        add_heading(Shelf.TOPIC, name=name, under=None, by=manager, at=make.NOW)
    filed(owner=manager)
    learn_anew(timestamp=0)
    kept = Suggester.objects.get(target=Target.TOPIC)
    assert (kept.tried, kept.examples, kept.held_out) == (Tried.KEPT, 176, 44)
    assert kept.right >= 40
    assert hashlib.sha256(kept.model or b"").hexdigest() == kept.sha256
    assert Suggester.objects.get(target=Target.KIND).tried == Tried.TOO_FEW
    [suggested] = suggestions_for(cold_case(manager))
    assert (suggested.target, suggested.label) == (Target.TOPIC, HEATING)
    assert suggested.sure > 0.6
    assert learn_target(Target.TOPIC) is Tried.KEPT


def test_learning_that_ends_early_is_told_and_changes_nothing(manager, monkeypatch):
    filed(200, owner=manager)
    keep(Target.TOPIC, HEATING, BILLING)
    monkeypatch.setattr(tasks, "MOST_SECONDS", 0.01)
    assert learn_target(Target.TOPIC) is Tried.FAILED
    kept = Suggester.objects.get(target=Target.TOPIC)
    assert (kept.tried, kept.right) == (Tried.FAILED, 36)
    assert kept.sha256


def test_an_example_is_what_people_decided_and_nothing_sensitive(manager):
    case = cold_case(manager)
    assert examples_of(Target.KIND) == examples_of(Target.TEAM) == []
    contact = case.case_contacts.get().contact
    read_contact(contact, case=case, at=make.NOW)
    correct_reading(
        case, contact=contact, question=Question.KIND, rather="enquiry", by=manager, at=make.NOW
    )
    [example] = examples_of(Target.KIND)
    assert (example.text, example.label) == (COLD, "enquiry")
    add_issue(case, complaint=Complaint(statement="It", topic=HEATING), by=manager, at=make.NOW)
    assert [one.label for one in examples_of(Target.TOPIC)] == [HEATING]
    done = make.done(cold_case(manager))
    Case.objects.filter(pk=done.pk).update(
        state="closed", closed_at=make.NOW, closed_by=manager, verdict="yes",
        next_due_at=None, next_due="",
    )  # fmt: skip
    assert [one.label for one in examples_of(Target.TEAM)] == [str(done.team_id)]
    Case.objects.update(sensitive_since=make.NOW)
    assert not any(examples_of(target) for target in Target)


def test_a_suggested_kind_is_taken_by_the_rules_of_kinds(manager):
    keep(Target.KIND, "enquiry", "complaint")
    case = cold_case(make.staff())
    with pytest.raises(SecondPairOfEyesNeeded):
        take(case, Target.KIND, "enquiry", case.owner)
    assert not Suggestion.objects.exists()
    take(case, Target.KIND, "enquiry", manager)
    case.refresh_from_db()
    assert case.kind == CaseKind.ENQUIRY
    assert case.notes.get().text == "As suggested from our own history."
    assert suggestions_for(case) == []
    assert [one.label for one in examples_of(Target.KIND)] == ["enquiry"]


def test_a_suggested_topic_files_what_is_complained_of(manager):
    add_heading(Shelf.TOPIC, name=HEATING, under=None, by=manager, at=make.NOW)
    keep(Target.TOPIC, HEATING, BILLING)
    bare, named = cold_case(manager), cold_case(manager)
    bare.issues.all().delete()
    first = named.issues.get()
    told = Complaint(statement="It is cold", product="Flats")
    correct_issue(first, complaint=told, by=manager, at=make.NOW)
    for case in (bare, named):
        take(case, Target.TOPIC, HEATING, manager)
    assert (bare.issues.get().statement, bare.issues.get().topic) == (bare.gist, HEATING)
    assert (named.issues.get().product, named.issues.get().topic) == ("Flats", HEATING)


def test_a_topic_that_a_colleague_chose_is_not_suggested_against(manager):
    add_heading(Shelf.TOPIC, name=HEATING, under=None, by=manager, at=make.NOW)
    keep(Target.TOPIC, HEATING, BILLING)
    case = cold_case(manager)
    add_issue(case, complaint=Complaint(statement="It", topic=BILLING), by=manager, at=make.NOW)
    assert suggestions_for(case) == []


def test_what_is_not_suggested_of_this_kind_is_not_taken(manager):
    keep(Target.KIND, "enquiry", "complaint")
    with pytest.raises(NotSuggestedNow):
        take(cold_case(manager), Target.TOPIC, HEATING, manager)


def test_a_suggested_team_gets_the_case(manager):
    other = make.team("Billing")
    case = cold_case(manager)
    keep(Target.TEAM, str(other.pk), str(case.team_id))
    take(case, Target.TEAM, str(other.pk), manager)
    case.refresh_from_db()
    assert case.team == other
    assert open_labels(Target.TEAM)[str(other.pk)] == "Billing"


def test_what_was_left_is_not_suggested_again_and_is_learnt_from(manager):
    keep(Target.KIND, "enquiry", "complaint")
    case = cold_case(manager)
    declined = {"target": Target.KIND, "label": "enquiry", "by": manager, "at": make.NOW}
    assert str(decline_suggestion(case, **declined)) == "kind enquiry"
    with pytest.raises(NotSuggestedNow):
        decline_suggestion(case, **declined)
    assert [one.label for one in examples_of(Target.KIND)] == ["complaint"]
    [kind, *_others] = standings()
    assert (kind.answered, kind.taken) == (1, 0)


def test_nothing_is_suggested_for_what_is_sensitive_over_or_without_words(manager):
    keep(Target.KIND, "enquiry", "complaint")
    sensitive, over = cold_case(manager), make.withdrawn(cold_case(manager))
    Case.objects.filter(pk=sensitive.pk).update(sensitive_since=make.NOW)
    sensitive.refresh_from_db()
    silent = make.case(make.contact("", by=manager, notes=((make.NOW, "Rang."),)), owner=manager)
    assert [suggestions_for(case) for case in (sensitive, over, silent)] == [[], [], []]


def test_a_model_that_was_tampered_with_is_not_used(manager):
    keep(Target.KIND, "enquiry", "complaint", measured=SEEN)
    kept = Suggester.objects.get()
    Suggester.objects.update(model=model_for("thanks", "complaint", word="tampered"))
    loaded.cache_clear()
    assert loaded(kept.sha256) is None
    no_model = b"\x80\x04."
    digest = hashlib.sha256(no_model).hexdigest()
    Suggester.objects.update(model=no_model, sha256=digest)
    assert loaded(digest) is None
    assert suggestions_for(cold_case(manager)) == []
    loaded.cache_clear()


def test_a_worse_night_leaves_what_is_in_use_and_too_few_examples_end_it(manager):
    keep(Target.KIND, "enquiry", "complaint")
    before = Suggester.objects.get()
    assert str(before) == "kind"
    keep(Target.KIND, tried=Tried.WORSE_THAN_BEFORE)
    assert Suggester.objects.get().sha256 == before.sha256
    keep(Target.KIND, tried=Tried.TOO_FEW)
    assert not Suggester.objects.get().sha256
    assert Entry.objects.filter(kind="NightLearnt").count() == 3


def test_switched_off_nothing_is_kept_and_nothing_learnt(manager):
    with pytest.raises(NotAllowed):
        switch_suggesting(Target.KIND, is_on=False, by=make.staff(), at=make.NOW)
    keep(Target.KIND, "enquiry", "complaint")
    for _twice in range(2):
        switch_suggesting(Target.KIND, is_on=False, by=manager, at=make.NOW)
    keep(Target.KIND, "enquiry", "complaint")
    learn_anew(timestamp=0)
    kept = Suggester.objects.get(target=Target.KIND)
    assert (kept.model, kept.is_on, kept.tried) == (None, False, Tried.NOT_YET)
    switch_suggesting(Target.KIND, is_on=True, by=manager, at=make.NOW)
    assert Entry.objects.filter(kind="SuggestingSwitched").count() == 2
