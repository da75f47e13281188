"""The words for the fields of an organisation."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.fields import FieldType, Problem, Seer, Stage

OF_FIELDS: dict[type[Enum], dict[Enum, Promise]] = {
    FieldType: {
        FieldType.SHORT_TEXT: _("a line of text"),
        FieldType.LONG_TEXT: _("a longer text"),
        FieldType.NUMBER: _("a whole number"),
        FieldType.AMOUNT: _("an amount of money"),
        FieldType.DAY: _("a day"),
        FieldType.YES_NO: _("yes or no"),
        FieldType.ONE_OF: _("one of a list"),
        FieldType.SEVERAL_OF: _("several of a list"),
    },
    Stage: {
        Stage.RECEIPT: _("when it is taken down"),
        Stage.ASSESSMENT: _("before it is assessed, or anything is promised"),
        Stage.DECISION: _("before it is decided"),
        Stage.CLOSING: _("before it is closed"),
    },
    Seer: {
        Seer.ALL: _("every colleague who sees the case"),
        Seer.HANDLERS: _("only who may work on the case"),
    },
    Problem: {
        Problem.NOT_OF_ITS_TYPE: pgettext_lazy("of a field", "not what the field holds"),
        Problem.TOO_LONG: pgettext_lazy("of a field", "too long"),
        Problem.NOT_WHOLE: pgettext_lazy("of a field", "no whole number"),
        Problem.TOO_LARGE: pgettext_lazy("of a field", "too large"),
        Problem.NO_CURRENCY: pgettext_lazy("of a field", "without a currency"),
        Problem.NOT_OFFERED: pgettext_lazy("of a field", "not offered"),
    },
}
