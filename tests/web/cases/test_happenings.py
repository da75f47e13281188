from datetime import UTC, datetime
from importlib import import_module
from pkgutil import iter_modules

from amends.cases import events
from amends.journal.events import CaseEvent
from amends.standards.rules.law import Duty
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import Whose
from amends.web.cases.bundles_told import BUNDLING, UNSAID_OF_BUNDLING
from amends.web.cases.clocks_told import CLOCKING, OVER, UNSAID_OF_CLOCKS
from amends.web.cases.deciding_told import DECIDING, UNSAID_OF_DECIDING
from amends.web.cases.deciding_words import APPROVED, GAPS, UNDECIDED, UNREADY
from amends.web.cases.happenings import HAPPENINGS, UNSAID, Told
from amends.web.cases.words import CLOCKS, MATTERS, MISSING, OBSTACLES, SHORT, STEPS


def test_every_event_of_a_case_is_told_or_left_unsaid_on_purpose():
    topics = [
        import_module(f"{events.__name__}.{each.name}") for each in iter_modules(events.__path__)
    ]
    kinds = {
        name
        for topic in topics
        for name, kind in vars(topic).items()
        if isinstance(kind, type) and issubclass(kind, CaseEvent) and kind is not CaseEvent
    }
    said = set(HAPPENINGS) | set(DECIDING) | set(BUNDLING) | set(CLOCKING)
    unsaid = UNSAID | UNSAID_OF_DECIDING | UNSAID_OF_BUNDLING | UNSAID_OF_CLOCKS
    assert kinds == said | unsaid


def test_every_member_that_the_page_shows_has_its_word():
    for words in (
        CLOCKS,
        MATTERS,
        MISSING,
        OBSTACLES,
        SHORT,
        STEPS,
        UNREADY,
        UNDECIDED,
        APPROVED,
        GAPS,
    ):
        kind = type(next(iter(words)))
        assert set(words) == set(kind)


def test_every_clock_that_runs_out_has_its_sentence():
    whose = {(Whose.LAW, each) for each in Duty} | {(Whose.STANDARD, each) for each in Measure}
    assert set(OVER) == whose


def test_a_clock_that_ran_out_and_a_term_that_was_extended_are_told():
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    facts = {"whose": "law", "what": "answer", "until": "2026-12-15"}
    told = Told(facts, "", {}, now)
    assert CLOCKING["ClockRanOut"].says(told) == "The term to answer in full is over"
    assert "15 December" in CLOCKING["TermExtended"].says(told)
