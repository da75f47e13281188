"""The words for ready answers: what stands in braces in them, and why one is suggested."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.suggesting import Why
from amends.contacts.rules.sending import Security
from amends.contacts.rules.templates import Variable

OF_WRITING: dict[type[Enum], dict[Enum, Promise]] = {
    Security: {
        Security.NONE: _("not at all; only for a server on the same machine"),
        Security.STARTTLS: _("by TLS once connected (STARTTLS)"),
        Security.TLS: _("by TLS from the first byte"),
    },
    Why: {
        Why.SOLVED: _("a case like this was put right"),
        Why.TOPIC: _("same topic"),
        Why.USED_ON_TOPIC: _("used on this topic"),
        Why.WORDS: _("words of this case"),
        Why.KIND: _("for this kind of case"),
        Why.USED: _("used before"),
    },
    Variable: {
        Variable.NAME: _("the customer's name, as they are addressed"),
        Variable.REFERENCE: _("the reference of the case"),
        Variable.GIST: _("what it is about, in a line"),
        Variable.PROMISE: _("what is promised"),
        Variable.PROMISE_BY: _("by when it is promised"),
        Variable.NEXT_STEP: _("what we do next, such as “we answer you”"),
        Variable.NEXT_BY: _("by when we do it"),
        Variable.AUTHOR: _("who writes"),
        Variable.TITLE: _("what they do here"),
        Variable.DEPARTMENT: _("their department"),
        Variable.HOUSE: _("the name of the organisation"),
        Variable.TELEPHONE: _("the telephone of who writes, or ours"),
        Variable.PAGE: _("the address of the customer's page"),
        Variable.OUTSIDE_BODY: _("whom they can turn to outside"),
    },
}
