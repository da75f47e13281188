"""Which files are taken from a form, and under what name. Pure."""

import re

MOST_FILES = 10
MOST_MEGABYTES = 25
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
# On the way files grow by a third, and many servers take no mail beyond 35 MB.
MOST_MEGABYTES_OF_A_MAIL = 25
MOST_BYTES_OF_A_MAIL = MOST_MEGABYTES_OF_A_MAIL * 1024 * 1024
LONGEST_NAME = 200
LONGEST_ENDING = 10

_PATH = re.compile(r"[/\\]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ACCEPTED_FAMILIES = ("image/", "audio/", "video/")
_REFUSED = frozenset({"image/svg+xml"})
_ACCEPTED = frozenset(
    {
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.ms-outlook",
        "application/rtf",
        "text/rtf",
        "text/plain",
        "message/rfc822",
    }
)
_PROGRAM_TYPES = frozenset(
    {
        "application/vnd.microsoft.portable-executable",
        "application/x-dosexec",
        "application/x-msdownload",
        "application/x-executable",
        "application/java",
        "application/x-sh",
    }
)
_PROGRAM_ENDINGS = frozenset(
    {
        "apk", "app", "appimage", "bat", "cmd", "com", "cpl", "deb", "dmg", "dll", "exe", "hta",
        "inf", "iso", "jar", "js", "jse", "lnk", "msc", "msi", "msp", "pif", "pkg", "ps1", "py",
        "reg", "rpm", "scr", "sct", "sh", "url", "vb", "vbe", "vbs", "ws", "wsc", "wsf", "wsh",
        "xll",
    }
)  # fmt: skip
_ACCEPTED_STARTS = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
)


def is_accepted(media_type: str) -> bool:
    """Return whether a file of `media_type`, told by its content, is taken from a form."""
    if media_type in _REFUSED:
        return False
    return media_type in _ACCEPTED or media_type.startswith(_ACCEPTED_FAMILIES + _ACCEPTED_STARTS)


def is_program(name: str, media_type: str) -> bool:
    """Return whether a file may run when it is opened: by its bytes, or by what it is called."""
    ending = name.rstrip(". ").rpartition(".")[2].lower()
    return media_type in _PROGRAM_TYPES or ("." in name and ending in _PROGRAM_ENDINGS)


def bare_name(name: str) -> str:
    """Return `name` without folders and unseen characters, of bearable length, its ending kept."""
    bare = " ".join(_UNSEEN.sub(" ", _PATH.split(name)[-1]).split()).strip(". ")
    if len(bare) <= LONGEST_NAME:
        return bare or "file"
    stem, dot, ending = bare.rpartition(".")
    kept = dot + ending if dot and len(ending) <= LONGEST_ENDING else ""
    return (stem or bare)[: LONGEST_NAME - len(kept)] + kept
