"""Why something that arrived became no contact, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.contacts.rules.holding import LooksAt, rule_in

REASONS: Mapping[str, Promise] = {
    "not-a-message": _("It is no mail."),
    "empty": _("It is empty."),
    "too-large": _("It is too large to be read."),
    "no-sender": _("It names no sender whom one could answer."),
    "from-us": _("We wrote it ourselves."),
    "spam": _("The filter of the mail server takes it for spam."),
    "by-colleague": _("A colleague wrote it about a case. Put it there, if it is theirs."),
    "passed-on": _("A colleague passed something on, and it is not clear who wrote it first."),
    "bounce": _("A report that a mail could not be delivered."),
    "delay": _("A report that a mail is late."),
    "receipt": _("A receipt that a mail was read."),
    "feedback": _("A report that a mail was not wanted."),
    "away": _("An automatic answer."),
    "replied": _("An automatic answer."),
    "generated": _("A machine wrote it."),
    "list": _("It came through a mailing list."),
    "bulk": _("It went to many at once."),
    "null-sender": _("A machine sent it that takes no answer."),
}


RULES: Mapping[LooksAt, Promise] = {
    LooksAt.SENDER: _("A rule of ours holds it: it comes from %(text)s."),
    LooksAt.DOMAIN: _("A rule of ours holds it: its sender is of %(text)s."),
    LooksAt.SUBJECT: _("A rule of ours holds it: “%(text)s” stands in its subject."),
    LooksAt.HEADER: _("A rule of ours holds it: “%(text)s” stands in its header %(header)s."),
}


def reason_in_words(code: str) -> str:
    """Return why in the reader's language; what has no words of ours is told as it is."""
    if rule := rule_in(code):
        return str(RULES[rule.looks_at]) % {"text": rule.text, "header": rule.header}
    return str(REASONS.get(code, code))
