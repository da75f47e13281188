"""The words for what is weighed from an issue to the final letter."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.final_letter import Unit
from amends.cases.rules.findings import Expectation, Shelf

OF_DECIDING: dict[type[Enum], dict[Enum, Promise]] = {
    Expectation: {
        Expectation.PROFESSIONALISM: pgettext_lazy("expectation", "professionalism"),
        Expectation.CARE: pgettext_lazy("expectation", "care"),
        Expectation.HONESTY: pgettext_lazy("expectation", "honesty"),
        Expectation.POLITENESS: pgettext_lazy("expectation", "politeness"),
        Expectation.INFORMATION: pgettext_lazy("expectation", "information"),
        Expectation.SUPPORT: pgettext_lazy("expectation", "support and help"),
        Expectation.CHEERFULNESS: pgettext_lazy("expectation", "cheerfulness"),
        Expectation.AVAILABILITY: pgettext_lazy("expectation", "that what they need is there"),
        Expectation.NO_FUSS: pgettext_lazy("expectation", "no fuss"),
        Expectation.EFFICIENCY: pgettext_lazy("expectation", "efficiency"),
        Expectation.QUALITY: pgettext_lazy("expectation", "high quality"),
        Expectation.SPEED: pgettext_lazy("expectation", "speed of service"),
        Expectation.ATTENTION: pgettext_lazy("expectation", "attention"),
        Expectation.RESPECT: pgettext_lazy("expectation", "respect"),
        Expectation.RESPONSIVENESS: pgettext_lazy("expectation", "an ear for their needs"),
    },
    Shelf: {
        Shelf.PRODUCT: _("Products and services"),
        Shelf.TOPIC: _("Topics"),
    },
    Unit: {
        Unit.DAYS: pgettext_lazy("unit of time", "days"),
        Unit.WEEKS: pgettext_lazy("unit of time", "weeks"),
        Unit.MONTHS: pgettext_lazy("unit of time", "months"),
        Unit.YEARS: pgettext_lazy("unit of time", "years"),
    },
}
