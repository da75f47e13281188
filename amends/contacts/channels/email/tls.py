"""TLS with a mail server: always checked, against the system's authorities and one's own."""

import ssl

from amends.contacts.rules.fetching import CannotFetch
from amends.contacts.rules.mailboxes import Trouble


def checking(authority: str) -> ssl.SSLContext:
    """Return what checks certificate and name of a server. authority: more to trust, in PEM.

    Raises CannotFetch.
    """
    context = ssl.create_default_context()
    if authority.strip():
        try:
            context.load_verify_locations(cadata=authority)
        except (ssl.SSLError, ValueError) as problem:
            raise CannotFetch(Trouble.TLS, "PEM") from problem
    return context


def why_not(problem: ssl.SSLError) -> str:
    """Return what OpenSSL says of a connection that it did not let be."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return problem.verify_message
    return problem.reason or type(problem).__name__
