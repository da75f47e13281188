"""The words for what is done to many cases at once."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.bulk import BulkAct, Fate, Phase

OF_BULK: dict[type[Enum], dict[Enum, Promise]] = {
    BulkAct: {
        BulkAct.ASSIGN: _("Give them to a colleague"),
        BulkAct.TEAM: _("Give them to a team"),
        BulkAct.TAG: _("Set a tag"),
        BulkAct.UNTAG: _("Take a tag off"),
        BulkAct.SNOOZE: _("Snooze them"),
        BulkAct.CLOSE: _("Close them with thanks"),
        BulkAct.MERGE: _("Join them: one story, one case"),
        BulkAct.LINK: _("Link them to another case"),
    },
    Phase: {
        Phase.PREVIEWING: pgettext_lazy("run", "is being tried"),
        Phase.PREVIEWED: pgettext_lazy("run", "waits for your word"),
        Phase.DOING: pgettext_lazy("run", "is being done"),
        Phase.DONE: pgettext_lazy("run", "done"),
        Phase.UNDOING: pgettext_lazy("run", "is being undone"),
        Phase.UNDONE: pgettext_lazy("run", "undone"),
    },
    Fate: {
        Fate.WAITING: pgettext_lazy("case of a run", "not tried yet"),
        Fate.READY: pgettext_lazy("case of a run", "will be done"),
        Fate.REFUSED: pgettext_lazy("case of a run", "refused"),
        Fate.DONE: pgettext_lazy("case of a run", "done"),
        Fate.UNDONE: pgettext_lazy("case of a run", "undone"),
        Fate.KEPT: pgettext_lazy("case of a run", "not undone"),
    },
}
