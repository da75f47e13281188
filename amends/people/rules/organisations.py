"""What organisations of customers are called, and which mail domains are their own. Pure."""

import re
from enum import StrEnum

from amends.people.rules.folding import plain, words


class OrganisationForm(StrEnum):
    """What sort of organisation customers belong to."""

    COMPANY = "company"
    HOUSEHOLD = "household"
    ASSOCIATION = "association"
    AUTHORITY = "authority"
    OTHER = "other"


# How a name says what a body is by law, in the languages we speak; it tells no two apart.
_LEGAL = re.compile(
    r"\b(?:uab|ab|mb|vsi|tub|kb|sp z o ?o|spzoo|sp k|sp j|s ?a|ooo|oao|zao|pao|ao|ip"
    r"|sh ?p ?k|sh ?a|ltd|limited|llc|llp|plc|inc|corp|gmbh|ag)\b"
)
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z0-9-]{2,63}")
_LONGEST_DOMAIN = 253
_PUBLIC = frozenset(
    {
        "abv.bg",
        "aol.com",
        "bk.ru",
        "btinternet.com",
        "delfi.lt",
        "fastmail.com",
        "gazeta.pl",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "i.ua",
        "icloud.com",
        "inbox.eu",
        "inbox.lt",
        "inbox.lv",
        "inbox.ru",
        "interia.eu",
        "interia.pl",
        "internet.ru",
        "list.ru",
        "live.com",
        "mac.com",
        "mail.com",
        "mail.lt",
        "mail.ru",
        "me.com",
        "msn.com",
        "o2.pl",
        "one.lt",
        "onet.eu",
        "onet.pl",
        "op.pl",
        "outlook.com",
        "poczta.fm",
        "proton.me",
        "protonmail.com",
        "rambler.ru",
        "takas.lt",
        "tlen.pl",
        "tutanota.com",
        "ukr.net",
        "web.de",
        "wp.pl",
        "ya.ru",
        "yahoo.co.uk",
        "yahoo.com",
        "yandex.com",
        "yandex.ru",
        "ymail.com",
        "zebra.lt",
        "zoho.com",
    }
)


def folded_name(name: str) -> str:
    """Return what two spellings of one organisation's name share.

    Without accents, quotation marks and what the law calls it: UAB „Šiluma“ and Siluma, UAB.
    """
    every = " ".join(plain(word) for word in words(name))
    return " ".join(_LEGAL.sub(" ", every).split()) or every


def folded_domain(text: str) -> str:
    """Return the mail domain that `text` names, in small letters; empty if it is none.

    An address, or the name of a site with its www, names its domain too.
    """
    typed = text.strip().casefold().rpartition("@")[2]
    bare = re.sub(r"^https?://", "", typed).partition("/")[0].removeprefix("www.").rstrip(".")
    try:
        domain = bare.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return domain if len(domain) <= _LONGEST_DOMAIN and _DOMAIN.fullmatch(domain) else ""


def is_public(domain: str) -> bool:
    """Return whether anybody may have a mail address at `domain`, so that it tells nothing."""
    return domain in _PUBLIC


def domains_in(text: str) -> tuple[str, ...]:
    """Return what stands in `text` between spaces and commas, once each, as it was typed."""
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,;]+", text) if part))
