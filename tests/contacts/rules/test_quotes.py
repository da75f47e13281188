import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.contacts.rules.quotes import split_quoted

OWN = "Is he still coming today?"


@pytest.mark.parametrize(
    "history",
    [
        "> We are coming on Tuesday.",
        "On Monday 23 November, Milda wrote:\n> We are coming on Tuesday.",
        "2026-11-23 09:12, Milda Jankauskaitė rašė:\n\n> Atvyksime antradienį.\n>\n> Milda",
        "Понедельник, 23 ноября,\nМильда Янкаускайте написала:\n> Приедем во вторник.",
        "From: Milda\nSent: Monday\nTo: Rūta\nSubject: Re: cold\n\nWe are coming.",
        "Od: Milda\nData: 23 listopada\nDo: Rūta\n\nPrzyjedziemy we wtorek.",
        "-----Original Message-----\nFrom: Milda\nSent: Monday\nTo: Rūta\n\nWe are coming.",
        "________________________________\nNga: Milda\nDërguar: e hënë\nPër: Rūta\n\nVijmë.",
    ],
)
def test_the_history_below_is_told_apart(history):
    assert split_quoted(f"{OWN}\n\n{history}") == (OWN, history)


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "",
        "> We are coming on Tuesday.",
        "> When?\nAt four.",
        f"{OWN}\n\n> We are coming.\n\nThat is what you wrote.",
        "Two things: one and two.\nThe second: it is cold.",
        "-----\nRūta",
    ],
)
def test_where_nothing_is_quoted_below_nothing_is_taken_apart(text):
    assert split_quoted(text) == (text.strip(), "")


@given(st.text())
def test_nothing_is_lost(text):
    own, quoted = split_quoted(text)
    joined = "".join(own.split()) + "".join(quoted.split())
    assert joined == "".join(text.split())
