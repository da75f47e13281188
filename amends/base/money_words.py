"""Money as people write it, in the active language."""

from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_currency
from django.utils.translation import get_language


def money_words(amount: Decimal, currency: str) -> str:
    """Return an amount with its sign, without cents that are not there: "60 €", "49,50 €"."""
    locale = _locale(get_language() or "en", in_pounds=currency == "GBP")
    pattern = str(locale.currency_formats["standard"].pattern)
    if amount == amount.to_integral_value():
        pattern = pattern.replace(".00", "")
    return str(format_currency(amount, currency, pattern, locale=locale, currency_digits=False))


@cache
def _locale(language: str, *, in_pounds: bool) -> Locale:
    if language == "en":
        # English is read here all over Europe, where the sign follows; before pounds it leads.
        return Locale("en", "GB" if in_pounds else "150")
    return Locale.parse(language, sep="-")
