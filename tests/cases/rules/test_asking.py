import pytest

from amends.cases.rules.asking import asks_by_mail
from amends.people.rules.kinds import Preference


@pytest.mark.parametrize(
    ("has_mail", "prefers", "asked", "expected"),
    [
        (True, None, 0, True),
        (True, Preference.EMAIL, 1, True),
        (True, None, 2, False),
        (False, None, 0, False),
        (True, Preference.TELEPHONE, 0, False),
        (True, Preference.LETTER, 0, False),
        (True, Preference.FACE_TO_FACE, 0, False),
    ],
)
def test_amends_asks_by_mail_twice_at_most_and_on_no_other_channel(
    has_mail, prefers, asked, expected
):
    assert asks_by_mail(has_mail=has_mail, prefers=prefers, asked=asked) is expected
