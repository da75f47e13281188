from decimal import Decimal

import pytest
from django.utils import translation

from amends.base.money_words import money_words


@pytest.mark.parametrize(
    ("language", "amount", "currency", "said"),
    [
        ("en", "60.00", "EUR", "60 €"),
        ("en", "49.50", "EUR", "49.50 €"),
        ("en", "1200", "GBP", "£1,200"),
        ("ru", "1200.5", "EUR", "1 200,50 €"),
        ("pl", "49", "PLN", "49 zł"),
        ("sq", "1500", "ALL", "1 500 Lekë"),
        ("lt", "49.5", "EUR", "49,50 €"),
    ],
)
def test_money_is_written_as_its_language_writes_it(language, amount, currency, said):
    with translation.override(language):
        written = money_words(Decimal(amount), currency)
    assert written.replace("\xa0", " ").replace("\u202f", " ") == said
