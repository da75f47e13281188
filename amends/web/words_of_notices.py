"""The words for what colleagues are told, and how they hear of it."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.notices.queries.sentences import SENTENCES
from amends.notices.rules.reasons import Group, Reason, Way

OF_NOTICES: dict[type[Enum], dict[Enum, Promise]] = {
    Reason: {reason: SENTENCES[reason] for reason in Reason},
    Group: {
        Group.GIVEN: _("Cases and things to do, given or handed over to me"),
        Group.HELP: _("Help: asked of me, answered to me"),
        Group.MENTION: _("Notes that name me"),
        Group.CUSTOMER: _("What customers say on my cases"),
        Group.FOLLOWED: _("What customers say on cases that I follow"),
        Group.PROMISE: _("My promises: due soon, not kept"),
        Group.TIME: _("Terms and standards: soon over, over"),
        Group.APPROVAL: _("Approvals: asked of me, answered to me"),
        Group.REVIEW: _("Reviews asked of me"),
        Group.THANKS: _("Thanks that reach me"),
    },
    Way: {
        Way.PAGE: pgettext_lazy("how I am told", "in the page"),
        Way.MAIL: pgettext_lazy("how I am told", "in the page, and at once by mail"),
        Way.DIGEST: pgettext_lazy("how I am told", "in the page, and in the daily digest"),
        Way.NONE: pgettext_lazy("how I am told", "not at all"),
    },
}
