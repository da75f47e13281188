"""A pass holds for two minutes, for one session, and for what it says."""

import pytest
import time_machine

from amends.web.live.passes import HOLDS_SECONDS, Pass, read_pass, write_pass

ITS = Pass(staff=3, topics=("case:7", "draft:A-1:reply"), place="case:7", made_at=5.0)


def shown():
    return write_pass(3, "session", topics=ITS.topics, place=ITS.place, made_at=ITS.made_at)


def test_a_pass_says_what_was_written_into_it():
    assert read_pass(shown(), "session") == ITS


@pytest.mark.parametrize("session", ["another", ""])
def test_a_pass_holds_in_no_other_browser(session):
    assert read_pass(shown(), session) is None


def test_a_pass_does_not_hold_for_long():
    with time_machine.travel(0, tick=False) as clock:
        told = shown()
        clock.shift(HOLDS_SECONDS)
        assert read_pass(told, "session")
        clock.shift(1)
        assert read_pass(told, "session") is None


@pytest.mark.parametrize("text", ["", "abc", "a:b:c"])
def test_what_we_did_not_write_is_no_pass(text):
    assert read_pass(text, "session") is None


def test_a_pass_that_was_changed_holds_no_more():
    told = shown()
    assert read_pass(f"x{told}", "session") is None


def test_the_session_cannot_be_read_from_a_pass():
    assert "session" not in shown()
