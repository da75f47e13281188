import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.people.rules.kinds import Honorific, PointKind
from amends.people.rules.names import NameParts, honorific_by, name_parts
from amends.people.rules.points import folded_point, shown_telephone


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Rūta Petrauskienė", NameParts("Rūta", "", "Petrauskienė")),
        ("Petrauskienė, Rūta  Ona", NameParts("Rūta Ona", "", "Petrauskienė")),
        ("Jan Maria Rokita", NameParts("Jan Maria", "", "Rokita")),
        ("Ludwig van der Berg", NameParts("Ludwig", "", "van der Berg")),
        ("van Dijk", NameParts("van", "", "Dijk")),
        ("Анна Сергеевна Ковалёва", NameParts("Анна", "Сергеевна", "Ковалёва")),
        ("Ковалёва Анна Сергеевна", NameParts("Анна", "Сергеевна", "Ковалёва")),
        ("Анна Сергеевна", NameParts("Анна", "Сергеевна", "")),
        ("Анна Петрович", NameParts("Анна", "", "Петрович")),
        ("Ada", NameParts("Ada", "", "")),
        ("", NameParts()),
        (f"Labai {'Ilgas ' * 20}Vardas", NameParts()),
    ],
)
def test_a_full_name_is_taken_apart(full, parts):
    assert name_parts(full) == parts


@pytest.mark.parametrize(
    ("patronymic", "honorific"),
    [
        ("Сергеевна", Honorific.MISSUS),
        ("Ильич", Honorific.MISTER),
        ("Maria", Honorific.UNKNOWN),
        ("", Honorific.UNKNOWN),
    ],
)
def test_a_patronymic_leaves_no_doubt(patronymic, honorific):
    assert honorific_by(patronymic) is honorific


@given(st.text(max_size=60))
def test_no_word_of_a_name_is_lost(full):
    parts = name_parts(full)
    kept = f"{parts.given} {parts.patronymic} {parts.family}".split()
    assert sorted(kept) == sorted(full.replace(",", " ", 1).split())


@pytest.mark.parametrize(
    ("kind", "value", "folded"),
    [
        (PointKind.EMAIL, " Ruta@Water.Example ", "ruta@water.example"),
        (PointKind.EMAIL, "ruta@water", ""),
        (PointKind.EMAIL, "ruta at water.example", ""),
        (PointKind.EMAIL, "a@b.lt, c@d.lt", ""),
        (PointKind.EMAIL, "rūta@vanduo.lt", "rūta@vanduo.lt"),
        (PointKind.TELEPHONE, "8 612 34567", "+37061234567"),
        (PointKind.TELEPHONE, "+48 22 123 45 67", "+48221234567"),
        (PointKind.TELEPHONE, "0037061234567", "+37061234567"),
        (PointKind.TELEPHONE, "12", ""),
        (PointKind.TELEPHONE, "call me", ""),
        (PointKind.POSTAL, " Gedimino pr. 9, Vilnius ", "gedimino pr 9 vilnius"),
        (PointKind.POSTAL, "  ", ""),
        (PointKind.POSTAL, "x" * 301, ""),
    ],
)
def test_a_contact_point_is_folded_to_what_it_is_compared_by(kind, value, folded):
    assert folded_point(kind, value, country="LT") == folded


@given(st.sampled_from(PointKind), st.text(max_size=320))
def test_folding_a_point_never_fails_and_settles(kind, value):
    folded = folded_point(kind, value, country="LT")
    assert folded_point(kind, folded, country="LT") == folded


@pytest.mark.parametrize(
    ("folded", "shown"), [("+37061234567", "+370 612 34567"), ("612", "612"), ("", "")]
)
def test_a_number_is_shown_as_people_read_it(folded, shown):
    assert shown_telephone(folded) == shown


def test_no_way_to_reach_somebody_grows_beyond_what_is_kept_by_being_folded():
    assert len(folded_point(PointKind.POSTAL, "ﷺ " * 150, country="LT")) <= 300
    assert folded_point(PointKind.EMAIL, f"{'ß' * 200}@shop.example", country="LT") == ""
