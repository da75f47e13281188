from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from amends.base.limits import may_try, network_of

MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_only_so_many_tries_are_allowed_in_a_span():
    with time_machine.travel("2026-03-27 15:00Z", tick=False) as clock:
        tries = [may_try("look", "1.2.3.4", most=3, per=MINUTE) for _each in range(5)]
        assert tries == [True, True, True, False, False]
        assert may_try("look", "5.6.7.8", most=3, per=MINUTE)
        assert may_try("answer", "1.2.3.4", most=3, per=MINUTE)
        clock.shift(61)
        assert may_try("look", "1.2.3.4", most=3, per=MINUTE)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_a_visitor_is_an_address_or_a_network(address, counted):
    assert network_of(address) == counted


@given(st.text(max_size=50))
def test_any_address_can_be_counted(address):
    assert isinstance(network_of(address), str)
