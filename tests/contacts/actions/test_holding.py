import pytest

from amends.contacts.actions.holding import (
    HeaderNeeded,
    RuleSaysNothing,
    TooManyRules,
    keep_holding_rule,
    rest_holding_rule,
)
from amends.contacts.models.holding import HoldingRule
from amends.contacts.queries.holding import rules_in_use, rules_kept
from amends.contacts.rules.holding import MOST_RULES, LooksAt, Rule
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
SUBJECT = Rule(LooksAt.SUBJECT, "You have won")


@pytest.fixture
def admin():
    make.organisation()
    return make.staff(role=Role.ADMINISTRATOR)


def test_a_rule_is_kept_rests_and_is_used_again(admin):
    kept = keep_holding_rule(Rule(LooksAt.SUBJECT, " You  have won "), by=admin, at=NOW)
    assert list(rules_in_use()) == [SUBJECT]
    rest_holding_rule(kept, by=admin, at=NOW)
    assert (list(rules_in_use()), kept.rests_since) == ([], NOW)
    again = keep_holding_rule(SUBJECT, by=admin, at=NOW)
    assert (again, list(rules_in_use())) == (kept, [SUBJECT])
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-3:] == ["HoldingRuleKept", "HoldingRuleRested", "HoldingRuleKept"]
    assert str(kept) == "subject You have won"


def test_a_header_is_named_and_of_no_other_rule(admin):
    keep_holding_rule(Rule(LooksAt.HEADER, "reject", "X-Rspamd-Action: "), by=admin, at=NOW)
    keep_holding_rule(Rule(LooksAt.DOMAIN, "@lottery.example", "X-A"), by=admin, at=NOW)
    told = HoldingRule.objects.order_by("pk").values_list("header", "text")
    assert list(told) == [("X-Rspamd-Action", "reject"), ("", "@lottery.example")]


@pytest.mark.parametrize("text", ["", "  ", "@", "."])
def test_a_rule_that_would_hold_everything_is_refused(admin, text):
    with pytest.raises(RuleSaysNothing):
        keep_holding_rule(Rule(LooksAt.DOMAIN, text), by=admin, at=NOW)


@pytest.mark.parametrize("header", ["", "X Spam", "X:Spam", "ž"])
def test_a_header_that_there_cannot_be_is_refused(admin, header):
    with pytest.raises(HeaderNeeded):
        keep_holding_rule(Rule(LooksAt.HEADER, "yes", header), by=admin, at=NOW)


def test_there_are_only_so_many(admin):
    HoldingRule.objects.bulk_create(
        HoldingRule(looks_at="subject", text=str(number), added_at=NOW)
        for number in range(MOST_RULES)
    )
    with pytest.raises(TooManyRules, match=str(MOST_RULES)):
        keep_holding_rule(SUBJECT, by=admin, at=NOW)
    keep_holding_rule(Rule(LooksAt.SUBJECT, "1"), by=admin, at=NOW)
    assert HoldingRule.objects.count() == MOST_RULES


def test_who_does_not_administer_keeps_none(admin):
    agent = make.staff()
    with pytest.raises(NotAllowed):
        keep_holding_rule(SUBJECT, by=agent, at=NOW)
    kept = keep_holding_rule(SUBJECT, by=admin, at=NOW)
    with pytest.raises(NotAllowed):
        rest_holding_rule(kept, by=agent, at=NOW)
    assert not rules_kept(agent)
