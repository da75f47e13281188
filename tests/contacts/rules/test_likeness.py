import pytest

from amends.contacts.rules.likeness import likeness_of

SAID = likeness_of("Ticket 7: received", "Your message 7 was received.")


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Ticket 8: received", "Your message 81 was received."),
        ("Re: Ticket 8: received [C-7K2-M4XQ]", "Your message C-7K2-M4XQ was received!"),
        ("TICKET 8: received", "Your message was received.\n\nOn Friday Ona <o@x.lt> wrote:\n> a"),
    ],
)
def test_mails_that_say_the_same_but_for_numbers_and_quotations_are_alike(subject, text):
    assert likeness_of(subject, text) == SAID


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Ticket 7: received", "My flat is cold."),
        ("Cold", "Your message 7 was received."),
    ],
)
def test_other_mails_are_not(subject, text):
    assert likeness_of(subject, text) != SAID


def test_what_says_nothing_is_like_nothing():
    assert likeness_of("[7]", "42") == ""
