from importlib import import_module
from pkgutil import iter_modules

from amends.cases import events
from amends.journal.events import CaseEvent
from amends.web.cases.bundles_told import BUNDLING, UNSAID_OF_BUNDLING
from amends.web.cases.deciding_told import DECIDING, UNSAID_OF_DECIDING
from amends.web.cases.deciding_words import APPROVED, GAPS, UNDECIDED, UNREADY
from amends.web.cases.happenings import HAPPENINGS, UNSAID
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
    said = set(HAPPENINGS) | set(DECIDING) | set(BUNDLING)
    assert kinds == said | UNSAID | UNSAID_OF_DECIDING | UNSAID_OF_BUNDLING


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
