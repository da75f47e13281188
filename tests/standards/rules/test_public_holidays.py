from datetime import date

import pytest

from amends.standards.rules.public_holidays import (
    UnknownCountry,
    countries,
    names_of_holidays,
    public_holidays,
    regions,
)


@pytest.mark.parametrize(
    ("country", "region", "day"),
    [
        ("PL", "", date(2026, 11, 11)),
        ("PL", "", date(2026, 4, 6)),  # Easter Monday moves
        ("LT", "", date(2026, 2, 16)),
        ("AL", "", date(2026, 11, 28)),
        ("RU", "", date(2026, 5, 9)),
        ("XK", "", date(2026, 2, 17)),
        ("GB", "SCT", date(2026, 11, 30)),
        ("GB", "ENG", date(2027, 12, 28)),  # in the place of Boxing Day, a Sunday
        ("DE", "BY", date(2026, 1, 6)),
    ],
)
def test_a_country_keeps_its_holidays(country, region, day):
    assert day in public_holidays(country, region)


def test_a_region_does_not_keep_those_of_another():
    assert date(2026, 1, 6) not in public_holidays("DE", "BE")
    assert date(2026, 11, 30) not in public_holidays("GB", "ENG")


def test_every_year_is_known():
    assert date(2051, 11, 11) in public_holidays("PL")


@pytest.mark.parametrize(("country", "region"), [("ZZ", ""), ("PL", "BY"), ("", "")])
def test_an_unknown_country_or_region_is_refused(country, region):
    with pytest.raises(UnknownCountry):
        public_holidays(country, region)


def test_countries_and_their_regions_can_be_chosen_from():
    assert {"AL", "GB", "LT", "PL", "RU", "XK"} <= set(countries())
    assert "SCT" in regions("GB")
    assert regions("AL") == ()


@pytest.mark.parametrize(
    ("country", "region", "language", "named"),
    [
        ("LT", "", "lt", "Naujųjų metų diena"),
        ("LT", "", "ru", "New Year's Day"),
        ("GB", "SCT", "pl", "New Year's Day"),
        ("ES", "", "sq", "New Year's Day"),
    ],
)
def test_a_holiday_is_called_as_the_reader_speaks_where_that_is_known(
    country, region, language, named
):
    assert names_of_holidays(2026, country, region, language)[date(2026, 1, 1)] == named


def test_a_country_that_speaks_one_language_names_its_holidays_so():
    assert names_of_holidays(2026, "AO", "", "lt")[date(2026, 1, 1)]
    assert names_of_holidays(2026, "VE", "", "lt")
    with pytest.raises(UnknownCountry):
        names_of_holidays(2026, "XX", "", "en")
