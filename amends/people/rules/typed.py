"""What somebody typed in one line about whom they speak with, told apart. Pure."""

import re
from dataclasses import dataclass

_MAIL = re.compile(r"\S+@\S+\.\S+")
# Two groups of digits at least, so that a flat or a contract in a name is left where it is.
_TELEPHONE = re.compile(r"(?:\+|\b)\d[\d\s()/.-]{5,}\d\b")
_EDGE = " ,;:-–—()<>"


@dataclass(frozen=True, slots=True)
class Typed:
    """A name, a telephone number and a mail address; each may be empty."""

    name: str
    telephone: str
    mail: str


def told_apart(text: str) -> Typed:
    """Return what stands in a line such as "Jonas Kazlauskas +370 612 34567"."""
    mail = _MAIL.search(text)
    rest = _without(text, mail)
    telephone = _TELEPHONE.search(rest)
    name = " ".join(_without(rest, telephone).split())
    return Typed(
        name=name.strip(_EDGE),
        telephone=telephone.group().strip() if telephone else "",
        mail=mail.group().strip(_EDGE) if mail else "",
    )


def _without(text: str, match: re.Match[str] | None) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}" if match else text
