"""The file of a whole case tells how it is sorted, what was done inside, what was passed over."""

from datetime import timedelta

import pytest
from django.utils import translation

from amends.base.typesetting import typeset
from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.checklists import Draft, keep_checklist
from amends.cases.actions.conduct import pass_step_over
from amends.cases.actions.fields import fill_in
from amends.cases.actions.tags import keep_tag, tag_case
from amends.cases.actions.todos import Plain, add_todo, finish_todo, leave_todos, put_checklist
from amends.cases.models.case import Case
from amends.cases.rules.fields import FieldType, Filled, Seer
from amends.cases.rules.steps import Step
from amends.cases.rules.todos import Line
from amends.cases.rules.weighing import Ahead
from amends.staff.models import LANGUAGES
from amends.staff.rules.permissions import Role
from amends.web.bundles.plan import plan_of
from amends.web.bundles.telling import PAPER, on_paper
from tests import make
from tests.cases.fielded import a_field
from tests.web.bundles import scene
from tests.web.bundles.scene import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return scene.senior()


@pytest.fixture
def case(by):
    """A case of which all is told that is not told elsewhere."""
    case = make.case(make.contact(person=make.person()), owner=by)
    manager = make.staff(role=Role.MANAGER)
    names = {"en": "Heating", "lt": "Šildymas"}
    weighed = Assessment(severity=4, safety=False, ahead=Ahead.SAFETY, at_once=True)
    assess_case(case, assessment=weighed, by=by, at=NOW)
    case = tag_case(case, tag=keep_tag(None, names=names, by=manager, at=NOW), by=by, at=NOW)
    fill_in(case, values={a_field("Meter number", FieldType.SHORT_TEXT).pk: Filled(text="M-17")},
            by=by, at=NOW)  # fmt: skip
    hidden = a_field("Illness", FieldType.SHORT_TEXT, seen_by=Seer.HANDLERS)
    fill_in(case, values={hidden.pk: Filled(text="diabetes")}, by=by, at=NOW)
    due_at = NOW + timedelta(days=3)
    todo = add_todo(
        case, plain=Plain(what="Read the meter", owner=by, due_at=due_at), by=by, at=NOW
    )
    finish_todo(todo, by=by, at=NOW, evidence="It stood still.")
    plain = Plain(what="Ring the neighbour", owner=by, due_at=due_at)
    add_todo(case, plain=plain, by=by, at=NOW)
    draft = Draft(name="Cold flat", kind="", lines=(Line("Ask for the age of the pump", 1),))
    checklist = keep_checklist(None, draft=draft, by=manager, at=NOW)
    put_checklist(case, checklist=checklist, by=by, at=NOW)
    leave_todos(case, reason="The pump is new.", by=by, at=NOW)
    pass_step_over(case, step=Step.DETAILS, reason="We know the flat.", by=by, at=NOW)
    return Case.objects.get(pk=case.pk)


def paper_of(bundle):
    with translation.override(bundle.language):
        return scene.text_of(typeset(PAPER, on_paper(plan_of(bundle), at=NOW)))


@pytest.mark.requirement("S1-12")
def test_tags_fields_todos_checklists_and_steps_passed_over_are_told(case, by):
    bundle = scene.choose(scene.begun(case, by), by)
    paper = paper_of(bundle)
    for said in (
        "Heating", "Meter number", "M-17", "1 field is not in it", "Read the meter",
        "It stood still", "Left undone", "Cold flat", "Ask for the age of the pump",
        "Steps passed over", "We know the flat.", "somebody is in danger", "grave",
    ):  # fmt: skip
        assert said in paper
    assert "diabetes" not in paper


def test_a_tag_is_told_in_the_language_of_the_reader(case, by):
    bundle = scene.choose(scene.begun(case, by, language="lt"), by)
    assert "Šildymas" in paper_of(bundle)


def test_what_was_done_inside_may_stay_here(case, by):
    bundle = scene.choose(scene.begun(case, by), by, sections=())
    assert "Read the meter" not in paper_of(bundle)


@pytest.mark.parametrize("language", [code for code, _name in LANGUAGES])
def test_it_is_set_in_every_language(case, by, language):
    bundle = scene.choose(scene.begun(case, by, language=language), by)
    assert "M-17" in paper_of(bundle)
