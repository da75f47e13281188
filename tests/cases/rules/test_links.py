from datetime import date

import pytest

from amends.cases.rules.links import person_in, sign_person

KEY, OTHER = "a key", "another key"
UNTIL = date(2026, 12, 1)
TOKEN = sign_person(12, until=UNTIL, key=KEY)


def test_the_link_of_all_cases_says_whose_and_until_when():
    assert person_in(TOKEN, keys=[OTHER, KEY]) == (12, UNTIL)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "12",
        "12.739950",
        TOKEN + "x",
        TOKEN.replace("12.", "13.", 1),
        sign_person(12, until=UNTIL, key=OTHER),
        "12.0." + TOKEN.rpartition(".")[2],
        "12.99999999." + TOKEN.rpartition(".")[2],
        "-1.739950.x",
        "٣.739950.x",
        f"{'9' * 30}.739950.x",
        "12.739950.ž",
    ],
)
def test_anything_else_says_nothing(token):
    assert person_in(token, keys=[KEY]) is None
