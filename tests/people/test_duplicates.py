import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amends.people.rules.duplicates import Known, Likeness, Sign, likeness
from amends.people.rules.kinds import PersonKind

RUTA = Known(
    name="Rūta Petrauskienė",
    number="K-1",
    mails=frozenset({"ruta@x.example"}),
    telephones=frozenset({"+37061234567"}),
    addresses=frozenset({"gedimino pr 9 vilnius"}),
)


@pytest.mark.parametrize(
    ("one", "other", "signs", "possible", "likely"),
    [
        (
            RUTA,
            RUTA,
            [Sign.SAME_MAIL, Sign.SAME_TELEPHONE, Sign.SAME_NAME, Sign.SAME_ADDRESS],
            True,
            True,
        ),
        (
            RUTA,
            Known(name="Petrauskiene Ruta", mails=RUTA.mails),
            [Sign.SAME_MAIL, Sign.SAME_NAME],
            True,
            True,
        ),
        (RUTA, Known(name="Рута Петраускене"), [Sign.SAME_NAME], True, False),
        (RUTA, Known(name="Rūta Petravskiene"), [Sign.LIKE_NAME], False, False),
        (RUTA, Known(name="Rūta Petrauskaitė"), [Sign.OTHER_NAME], False, False),
        (
            RUTA,
            Known(name="Jonas Petrauskas", mails=RUTA.mails),
            [Sign.SAME_MAIL, Sign.OTHER_NAME],
            False,
            False,
        ),
        (
            RUTA,
            Known(name="Rūta Petrauskienė", number="K-2"),
            [Sign.SAME_NAME, Sign.OTHER_NUMBER],
            False,
            False,
        ),
        (
            Known(name="Анна Петрова", patronymic="Ивановна"),
            Known(name="Анна Петрова", patronymic="Павловна"),
            [Sign.SAME_NAME, Sign.OTHER_PATRONYMIC],
            False,
            False,
        ),
        (
            Known(name="Vanduo", telephones=RUTA.telephones, kind=PersonKind.ORGANISATION),
            Known(name="Vanduo", telephones=RUTA.telephones),
            [Sign.OTHER_KIND, Sign.SAME_TELEPHONE, Sign.SAME_NAME],
            True,
            False,
        ),
        (Known(name="Ada"), Known(name="Ada Byron"), [Sign.OTHER_NAME], False, False),
        (Known(name=""), Known(name=""), [Sign.LIKE_NAME], False, False),
    ],
)
def test_the_signs_are_named(one, other, signs, possible, likely):
    found = likeness(one, other)
    assert list(found.signs) == signs
    assert (found.is_possible, found.is_likely) == (possible, likely)


some = st.frozensets(st.sampled_from(["a@b.lt", "+370612"]), max_size=2)
known = st.builds(
    Known,
    name=st.text(max_size=20),
    kind=st.sampled_from(PersonKind),
    patronymic=st.sampled_from(["", "Ивановна", "Petrovna"]),
    number=st.sampled_from(["", "1", "2"]),
    mails=some,
    telephones=some,
    addresses=some,
)


@example(Known(name="0:Y"), Known(name="I:Y"))
@given(known, known)
def test_likeness_has_no_direction_and_stays_within_bounds(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other).score <= 100


@given(known)
def test_the_same_record_is_never_spoken_against(one):
    assert likeness(one, one) == Likeness(likeness(one, one).score, likeness(one, one).signs)
    assert not {s for s in likeness(one, one).signs if s.value.startswith("other")} - {
        Sign.OTHER_NAME
    }
