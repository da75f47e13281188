"""The words for what stands in braces in ready answers."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.contacts.rules.sending import Security
from amends.contacts.rules.templates import Variable

OF_WRITING: dict[type[Enum], dict[Enum, Promise]] = {
    Security: {
        Security.NONE: _("not at all; only for a server on the same machine"),
        Security.STARTTLS: _("by TLS once connected (STARTTLS)"),
        Security.TLS: _("by TLS from the first byte"),
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
