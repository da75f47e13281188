"""The words for what views of cases are made of."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.shipped import Shipped
from amends.cases.rules.views import By, Column, Match, Order, Shared

OF_VIEWS: dict[type[Enum], dict[Enum, Promise]] = {
    By: {
        By.STATE: _("How it stands"),
        By.OPEN: _("Open"),
        By.KIND: _("What it is"),
        By.NEXT: _("What is next"),
        By.DUE: _("Due"),
        By.OWNER: _("Owner"),
        By.TEAM: _("Team"),
        By.SEVERITY: _("How grave it is"),
        By.AHEAD: _("Why it comes first"),
        By.OUTCOME: _("What was found"),
        By.RECEIVED: _("Received"),
        By.ENDED: _("Ended"),
        By.LAST_CONTACT: _("Last contact"),
        By.MOOD: _("How they were when we last met"),
        By.CHANNEL: _("Channel"),
        By.LANGUAGE: _("Language"),
        By.CUSTOMER: _("Customer or organisation"),
        By.PRODUCT: _("Product or service"),
        By.TOPIC: _("Topic"),
        By.TAG: _("Tag"),
        By.SNOOZED: _("Out of sight for now"),
        By.TEXT: _("Words of the case"),
    },
    Match: {
        Match.IS: pgettext_lazy("filter", "is one of"),
        Match.IS_NOT: pgettext_lazy("filter", "is none of"),
        Match.OVER: pgettext_lazy("filter", "is over"),
        Match.WITHIN: pgettext_lazy("filter", "within so many days (0: today)"),
        Match.IN_LAST: pgettext_lazy("filter", "in the last so many days"),
        Match.LONGER_AGO: pgettext_lazy("filter", "more than so many days ago"),
        Match.FROM: pgettext_lazy("filter", "from the day on"),
        Match.UNTIL: pgettext_lazy("filter", "up to the day"),
        Match.CONTAINS: pgettext_lazy("filter", "contains"),
        Match.AT_LEAST: pgettext_lazy("filter", "at least"),
        Match.AT_MOST: pgettext_lazy("filter", "at most"),
        Match.THERE: pgettext_lazy("filter", "is filled in"),
        Match.MISSING: pgettext_lazy("filter", "is not filled in"),
    },
    Column: {
        Column.REFERENCE: _("Reference"),
        Column.DUE: _("Due"),
        Column.LAW: _("The law's term"),
        Column.NEXT: _("Next"),
        Column.KIND: _("What it is"),
        Column.STATE: _("How it stands"),
        Column.OWNER: _("Owner"),
        Column.TEAM: _("Team"),
        Column.SEVERITY: _("How grave it is"),
        Column.AHEAD: _("Why it comes first"),
        Column.OUTCOME: _("What was found"),
        Column.RECEIVED: _("Received"),
        Column.ENDED: _("Ended"),
        Column.LAST_CONTACT: _("Last contact"),
        Column.CHANNEL: _("Channel"),
        Column.LANGUAGE: _("Language"),
        Column.PRODUCT: _("Product or service"),
        Column.TOPIC: _("Topic"),
        Column.TAGS: _("Tags"),
    },
    Order: {
        Order.DUE_FIRST: _("what is due first; only what is open"),
        Order.NEWEST_FIRST: _("what came in last"),
        Order.OLDEST_FIRST: _("what came in first"),
        Order.ENDED_LAST: _("what ended last; only what has ended"),
    },
    Shared: {
        Shared.NOBODY: _("Only I see it"),
        Shared.TEAM: _("My team sees it"),
        Shared.ALL: _("Everybody sees it"),
    },
    Shipped: {
        Shipped.BREAKS_TODAY: _("Breaks today"),
        Shipped.BROKEN: _("Over already"),
        Shipped.ANGRY_AND_UNANSWERED: _("Angry and unanswered"),
        Shipped.WAITING_FOR_CUSTOMER: _("Waiting for the customer"),
        Shipped.WAITING_FOR_OTHERS: _("Waiting for others"),
        Shipped.NOBODY_TOOK_IT: _("Nobody took it"),
        Shipped.WITHOUT_A_WORD: _("A week without a word"),
        Shipped.SERIOUS: _("Grave ones"),
        Shipped.COMES_FIRST: _("Comes first"),
        Shipped.ENDED_THIS_WEEK: _("Ended this week"),
    },
}
