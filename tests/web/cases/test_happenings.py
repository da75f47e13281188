from amends.cases import events
from amends.journal.events import CaseEvent
from amends.web.cases.happenings import HAPPENINGS, UNSAID
from amends.web.cases.words import CLOCKS, MATTERS, MISSING, OBSTACLES, STEPS


def test_every_event_of_a_case_is_told_or_left_unsaid_on_purpose():
    kinds = {
        name
        for name, kind in vars(events).items()
        if isinstance(kind, type) and issubclass(kind, CaseEvent) and kind is not CaseEvent
    }
    assert kinds == set(HAPPENINGS) | UNSAID


def test_every_member_that_the_page_shows_has_its_word():
    for words in (CLOCKS, MATTERS, MISSING, OBSTACLES, STEPS):
        kind = type(next(iter(words)))
        assert set(words) == set(kind)
