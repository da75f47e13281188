"""Where the mail of well-known providers is fetched, told by an address. Pure."""

from dataclasses import dataclass

from amends.contacts.rules.mailboxes import Issuer

IMAP_PORT = 993


@dataclass(frozen=True, slots=True)
class Proposal:
    """A server to fetch from over TLS. issuer: who lets us in without a password, if anybody."""

    host: str
    port: int = IMAP_PORT
    issuer: Issuer | None = None
    is_known: bool = True


_GOOGLE = Proposal("imap.gmail.com", issuer=Issuer.GOOGLE)
_MICROSOFT = Proposal("outlook.office365.com", issuer=Issuer.MICROSOFT)
_KNOWN = {
    "gmail.com": _GOOGLE,
    "googlemail.com": _GOOGLE,
    "outlook.com": _MICROSOFT,
    "hotmail.com": _MICROSOFT,
    "live.com": _MICROSOFT,
    "yahoo.com": Proposal("imap.mail.yahoo.com"),
    "icloud.com": Proposal("imap.mail.me.com"),
    "me.com": Proposal("imap.mail.me.com"),
    "fastmail.com": Proposal("imap.fastmail.com"),
    "zoho.com": Proposal("imap.zoho.com"),
    "gmx.net": Proposal("imap.gmx.net"),
    "gmx.de": Proposal("imap.gmx.net"),
    "gmx.com": Proposal("imap.gmx.com"),
    "web.de": Proposal("imap.web.de"),
    "mail.ru": Proposal("imap.mail.ru"),
    "yandex.ru": Proposal("imap.yandex.ru"),
    "yandex.com": Proposal("imap.yandex.com"),
    "wp.pl": Proposal("imap.wp.pl"),
    "o2.pl": Proposal("poczta.o2.pl"),
    "onet.pl": Proposal("imap.poczta.onet.pl"),
    "interia.pl": Proposal("poczta.interia.pl"),
}


def proposal_for(address: str) -> Proposal | None:
    """Return where mail to `address` is likely fetched; None where it is no address."""
    _local, at, domain = address.strip().casefold().rpartition("@")
    if not at or "." not in domain:
        return None
    return _KNOWN.get(domain, Proposal(f"imap.{domain}", is_known=False))
