"""The words for what is weighed of a case besides its grades, and for what came of it."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.weighing import Ahead, Consent, Relief

OF_WEIGHING: dict[type[Enum], dict[Enum, Promise]] = {
    Ahead: {
        Ahead.SAFETY: _("somebody is in danger"),
        Ahead.VULNERABLE: _("somebody in it needs special care"),
        Ahead.LAW: _("the clock of the law runs out"),
        Ahead.THEIR_DAY: _("they need it by a day that is near"),
        Ahead.MANY: _("it touches many people"),
    },
    Consent: {
        Consent.GIVEN: pgettext_lazy("may others be told", "yes, without their name"),
        Consent.DECLINED: pgettext_lazy("may others be told", "no"),
        Consent.WITHDRAWN: pgettext_lazy("may others be told", "no more; the yes was taken back"),
    },
    Relief: {
        Relief.MONETARY: pgettext_lazy("what they got", "money"),
        Relief.NON_MONETARY: pgettext_lazy("what they got", "it was put right, without money"),
        Relief.EXPLANATION: pgettext_lazy("what they got", "an explanation"),
        Relief.NONE: pgettext_lazy("what they got", "nothing"),
    },
}
