from dataclasses import replace

import pytest

from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.steps import FIRST_STEPS, Missing, Short, Step, StepFacts, steps
from tests.make import NOW

DONE = StepFacts(
    kind=CaseKind.COMPLAINT,
    owned_at=NOW,
    knows_limits=True,
    helper=True,
    heard_at=NOW,
    apology_at=NOW,
    clarified_at=NOW,
    customer_known=True,
    reachable=True,
    promised_at=NOW,
    agreed_at=NOW,
    done_at=NOW,
    asked_at=NOW,
    heard_back=True,
    put_right=True,
    thanked_at=NOW,
    counted_at=NOW,
    prevention_asked_for=False,
    prevention_decided=False,
)


@pytest.mark.requirement(
    "S4-05", "S4-06", "S4-07", "S4-08", "S4-09", "S4-10", "S4-11", "S4-12", "S4-13", "S4-14"
)
def test_a_complaint_has_ten_steps_and_each_is_filled_by_evidence():
    reports = steps(DONE)
    assert [report.step for report in reports] == [step for step in Step if step != "answered"]
    assert len(reports) == 10
    assert all(report.is_done for report in reports)


@pytest.mark.parametrize(
    ("changed", "step", "missing"),
    [
        ({"owned_at": None}, Step.AUTHORITY, Missing.NOBODY_OWNS_IT),
        ({"knows_limits": False}, Step.AUTHORITY, Missing.NO_LIMITS),
        ({"helper": False}, Step.HELP, Missing.NOBODY_TO_ASK),
        ({"heard_at": None}, Step.LISTENED, Missing.NO_WORDS),
        ({"apology_at": None}, Step.APOLOGISED, Missing.NOT_APOLOGISED),
        ({"clarified_at": None}, Step.DETAILS, Missing.NOT_CLARIFIED),
        ({"customer_known": False}, Step.DETAILS, Missing.NO_CUSTOMER),
        ({"reachable": False}, Step.DETAILS, Missing.NO_WAY_TO_REACH),
        (
            {"promised_at": None, "done_at": None, "agreed_at": None},
            Step.AGREED,
            Missing.NOTHING_PROMISED,
        ),
        ({"agreed_at": None}, Step.AGREED, Missing.NO_YES_YET),
        ({"done_at": None}, Step.ACTED, Missing.NOTHING_DONE),
        ({"heard_back": False}, Step.CHECKED, Missing.NOT_ASKED),
        ({"put_right": False}, Step.CHECKED, Missing.NOT_PUT_RIGHT),
        ({"thanked_at": None}, Step.THANKED, Missing.NOT_THANKED),
        ({"counted_at": None}, Step.PREVENTED, Missing.NO_CAUSE),
        ({"prevention_asked_for": True}, Step.PREVENTED, Missing.NO_PREVENTION),
    ],
)
def test_what_a_step_lacks_is_named(changed, step, missing):
    reports = {report.step: report for report in steps(replace(DONE, **changed))}
    assert reports[step].missing == (missing,)
    assert not reports[step].is_done


def test_what_was_done_at_once_needs_no_promise():
    at_once = replace(DONE, promised_at=None)
    assert all(report.is_done for report in steps(at_once))


def test_prevention_that_was_decided_is_done():
    decided = replace(DONE, prevention_asked_for=True, prevention_decided=True)
    assert all(report.is_done for report in steps(decided))
    assert {report.short for report in steps(decided)} == {None}


def test_a_step_filled_by_less_than_its_name_says_so():
    shorts = {report.step: report.short for report in steps(replace(DONE, yes_at_once=True))}
    assert shorts[Step.CHECKED] is Short.AT_ONCE
    assert shorts[Step.PREVENTED] is Short.ONLY_COUNTED


@pytest.mark.parametrize("kind", [kind for kind in CaseKind if kind is not CaseKind.COMPLAINT])
def test_other_kinds_ask_for_no_apology_and_no_cause(kind):
    found = {report.step for report in steps(replace(DONE, kind=kind))}
    assert found == set(FIRST_STEPS[kind])
    assert not found & {Step.APOLOGISED, Step.PREVENTED}


def test_an_enquiry_is_answered():
    enquiry = replace(DONE, kind=CaseKind.ENQUIRY, done_at=None)
    reports = {report.step: report for report in steps(enquiry)}
    assert reports[Step.ANSWERED].missing == (Missing.NOT_ANSWERED,)
    answered = steps(replace(enquiry, replied_at=NOW))
    assert all(report.is_done for report in answered)


@pytest.mark.requirement("S3-82")
def test_a_procedure_may_ask_that_it_was_read_back():
    asks = replace(DONE, asked=(Step.LISTENED,), evidence=frozenset(Missing))
    assert [report.missing for report in steps(asks)] == [(Missing.NOT_READ_BACK,)]
    assert steps(replace(asks, read_back_at=NOW))[0].is_done
    assert steps(replace(asks, evidence=frozenset()))[0].is_done
