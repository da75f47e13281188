"""By what a mail is known that a machine writes again and again, from whichever address. Pure."""

import re
from hashlib import sha256

from amends.contacts.rules.quotes import own_words
from amends.contacts.rules.threading import bare_subject, references_in

LONGEST_LOOKED_AT = 2000
COMPARED = 300

_CHANGES = re.compile(r"[\W\d_]+")


def likeness_of(subject: str, text: str) -> str:
    """Return the same for two mails that say the same but for numbers, references and quotations.

    Sixteen hexadecimal digits; empty where nothing is said.
    """
    said = own_words(text[:LONGEST_LOOKED_AT])[:COMPARED]
    for reference in references_in(subject):
        subject = subject.replace(reference, " ")
    for reference in references_in(said):
        said = said.replace(reference, " ")
    subject, said = _plain(bare_subject(subject)), _plain(said.casefold())
    return sha256(f"{subject}\n{said}".encode()).hexdigest()[:16] if subject or said else ""


def _plain(text: str) -> str:
    return _CHANGES.sub(" ", text).strip()
