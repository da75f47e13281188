import pytest

from amends.contacts.channels.email.parse import read_mail
from amends.contacts.rules.holding import LooksAt, Rule, rule_in, rule_that_holds
from tests.contacts.channels.email.messages import mail

READ = read_mail(
    mail(
        From="Win <win@news.lottery.example>",
        Subject="You  have\r\n WON",
        X_Rspamd_Action="add header",
        X_Rspamd_Score="12.3",
    )
)


@pytest.mark.parametrize(
    "rule",
    [
        Rule(LooksAt.SENDER, "WIN@news.lottery.example"),
        Rule(LooksAt.DOMAIN, "news.lottery.example"),
        Rule(LooksAt.DOMAIN, "@lottery.example"),
        Rule(LooksAt.SUBJECT, "you have won"),
        Rule(LooksAt.HEADER, "Add header", "X-Rspamd-Action"),
        Rule(LooksAt.HEADER, "12.", "x-rspamd-score"),
    ],
)
def test_a_mail_that_a_rule_tells_of_is_held(rule):
    assert rule_that_holds(READ, [Rule(LooksAt.SUBJECT, "nothing of it"), rule]) == rule
    assert rule_in(rule.reason) == rule


@pytest.mark.parametrize(
    "rule",
    [
        Rule(LooksAt.SENDER, "news.lottery.example"),
        Rule(LooksAt.DOMAIN, "ery.example"),
        Rule(LooksAt.SUBJECT, "you have lost"),
        Rule(LooksAt.HEADER, "reject", "X-Rspamd-Action"),
        Rule(LooksAt.HEADER, "yes", "X-Other"),
    ],
)
def test_any_other_is_not(rule):
    assert rule_that_holds(READ, [rule]) is None


def test_a_mail_of_nobody_is_held_by_no_address():
    nobody = read_mail(mail(From=""))
    assert rule_that_holds(nobody, [Rule(LooksAt.DOMAIN, "lottery.example")]) is None


def test_a_reason_of_another_kind_tells_of_no_rule():
    assert rule_in("spam") is None
    told = Rule(LooksAt.HEADER, "a: b", "X-Filter")
    assert rule_in(told.reason) == told
