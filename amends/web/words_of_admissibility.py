"""The words for whether a matter is for us to decide."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.admissibility import Ground, Ruled

OF_ADMISSIBILITY: dict[type[Enum], dict[Enum, Promise]] = {
    Ground: {
        Ground.NOT_OURS: _("it is not ours"),
        Ground.LATE: _("it is late"),
        Ground.OTHER_FORUM: _("somebody else decides it"),
        Ground.REPEATED: _("it was decided before"),
        Ground.NO_STANDING: _("it is not theirs to bring"),
    },
    Ruled: {
        Ruled.INADMISSIBLE: _("not admissible"),
        Ruled.IN_SPITE: _("admissible in spite of it"),
    },
}
