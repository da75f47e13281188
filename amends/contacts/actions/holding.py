"""Keeping the rules by which mail is held to be looked at."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.contacts.events import HoldingRuleKept, HoldingRuleRested
from amends.contacts.models.holding import HoldingRule
from amends.contacts.rules.holding import MOST_RULES, LooksAt, Rule
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act

_HEADER = re.compile(r"[!-9;-~]{1,80}")


class RuleSaysNothing(Refused):
    text = _("Say what stands there. Without it, every mail would be held.")


class HeaderNeeded(Refused):
    text = _("Name the header as it stands in the mail, such as X-Rspamd-Action.")


class TooManyRules(Refused):
    text = _("There are %(most)s rules already. Let one rest that holds nothing any more.")


@transaction.atomic
def keep_holding_rule(rule: Rule, *, by: Staff, at: datetime) -> HoldingRule:
    """Hold mail by `rule` from now on, and return it; one that rests is used again.

    Raises NotAllowed, RuleSaysNothing, HeaderNeeded, TooManyRules.
    """
    _must_keep_the_rules(by)
    text = " ".join(rule.text.split())
    if not text.strip("@. "):
        raise RuleSaysNothing
    header = rule.header.strip().rstrip(":") if rule.looks_at is LooksAt.HEADER else ""
    if rule.looks_at is LooksAt.HEADER and not _HEADER.fullmatch(header):
        raise HeaderNeeded
    kept = HoldingRule.objects.filter(looks_at=rule.looks_at, header=header, text=text).first()
    if not kept and HoldingRule.objects.filter(rests_since=None).count() >= MOST_RULES:
        raise TooManyRules(most=MOST_RULES)
    kept = kept or HoldingRule(looks_at=rule.looks_at, header=header, text=text, added_at=at)
    kept.rests_since = None
    kept.save()
    record(HoldingRuleKept(rule_id=kept.pk), by=by, at=at)
    return kept


@transaction.atomic
def rest_holding_rule(rule: HoldingRule, *, by: Staff, at: datetime) -> HoldingRule:
    """Hold no more mail by `rule`, and return it; what it held stays where it is.

    Raises NotAllowed.
    """
    _must_keep_the_rules(by)
    rule.rests_since = rule.rests_since or at
    rule.save(update_fields=["rests_since"])
    record(HoldingRuleRested(rule_id=rule.pk), by=by, at=at)
    return rule


def _must_keep_the_rules(by: Staff) -> None:
    """Let `by` change the rules; two who do at once come one after another."""
    require(by, Act.EDIT_ORGANISATION)
    Organisation.objects.select_for_update().get()
