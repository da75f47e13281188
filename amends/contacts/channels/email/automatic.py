"""Whether a machine sent a message, and which addresses a delivery report names."""

import logging
import re
from dataclasses import replace
from email import message_from_bytes

from flufl.bounce import all_failures

from amends.contacts.channels.email.addresses import addresses_in, is_usable
from amends.contacts.channels.email.charsets import one_line
from amends.contacts.channels.email.headers import decode_words, ids_in, without_comments
from amends.contacts.channels.email.structure import Part, parts_of
from amends.contacts.rules.messages import Automatic, Undelivered

_DAEMON = re.compile(
    r"(?:mailer|mail|smtp|mta|delivery)[-_.]?(?:daemon|agent|subsystem)\b|\bmdaemon@", re.IGNORECASE
)
_POSTMASTER = re.compile(r"post-?master|\bndr@|\bbounces?[@+-]", re.IGNORECASE)
_RETURNED = re.compile(
    r"undeliver|non-?deliver|not (?:be )?delivered|mail delivery|failure notice|"
    r"delivery (?:fail|status|problem|error)|(?:mail|delivery) (?:system )?(?:failure|error)|"
    r"return(?:ed|ing) (?:mail|message)|returned to sender|message status|error sending|"
    r"user unknown|unknown user|bounced",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"mail delivery failed: returning message to sender|undelivered mail returned to sender|"
    r"delivery status notification \(|failure notice$",
    re.IGNORECASE,
)
logging.getLogger("flufl.bounce").disabled = True  # its tracebacks quote the mail
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_ANSWERED = (
    "x-autoreply", "x-autorespond", "x-auto-reply", "auto-reply", "x-autoresponder",
    "x-autoreply-from", "x-mail-autoreply",
)  # fmt: skip
# What machines that forget to say so write above what they answer, in the languages that reach us.
# Whoever answers it writes "Re:" before it, and whoever writes of it goes on in other words.
_AWAY = re.compile(
    r"(?:automatic (?:reply|response)|auto(?:matic)?[- ]?(?:reply|response|responder)|"
    r"out[- ]of[- ](?:the[- ])?office(?: (?:auto)?reply| response| message)?|"
    r"автоматический ответ|автоответ(?:чик)?|нет на (?:рабочем )?месте|вне офиса|"
    r"odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|autoresponder|poza biurem|"
    r"nieobecność w biurze|"
    r"automatinis atsakym\w+|automatiškas atsakymas|nesu (?:biure|darbe|darbo vietoje)|"
    r"ne (?:biure|darbo vietoje)|"
    r"përgjigje automatike|përgjigjje automatike|jashtë zyr(?:ës|e)|nuk jam në zyrë|"
    r"automatische antwort|abwesenheitsnotiz|abwesend|réponse automatique|absence du bureau|"
    r"respuesta automática|fuera de la oficina|risposta automatica|fuori sede|"
    r"resposta automática|automatisch antwoord|autosvar|automaattinen vastaus)"
    r"\s*(?:$|[:,;.!(\[–—-])",
    re.IGNORECASE,
)
_LISTED = ("list-id", "list-post", "list-unsubscribe", "x-mailing-list", "mailing-list")
_STATUSES = ("message/delivery-status", "message/global-delivery-status")
_DELIVERY = "delivery-status"
_LONGEST_REPORT = 300_000
_LONGEST_RETURNED = 10_000_000
_REPORTS = {
    "delivery-status": Automatic.BOUNCE,
    "disposition-notification": Automatic.RECEIPT,
    "feedback-report": Automatic.FEEDBACK,
}
_RETURNED_ID = re.compile(rb"(?im)^[> ]*message-id:\s*(<[^<>\s]{3,300}>)")


def kind_of(root: Part, undelivered: tuple[Undelivered, ...]) -> Automatic | None:
    """Return how a machine came to send this message; None when a person seems to have."""
    return (
        _report(root, undelivered)
        or _delayed(undelivered)
        or _bounce(root)
        or _answered(root)
        or _submitted(root)
        or _to_many(root)
        or (Automatic.NULL_SENDER if _null_sender(root) else None)
    )


def _report(root: Part, undelivered: tuple[Undelivered, ...]) -> Automatic | None:
    kinds = {part.type for part in root.walk()}
    for subtype, automatic in _REPORTS.items():
        if f"message/{subtype}" in kinds or (
            root.type == "multipart/report"
            and root.parameters.get("report-type", "").lower() == subtype
        ):
            return (_delayed(undelivered) or automatic) if subtype == _DELIVERY else automatic
    return None


def _delayed(undelivered: tuple[Undelivered, ...]) -> Automatic | None:
    """Tell a warning from a failure by the addresses; None when a report names none."""
    if not undelivered:
        return None
    return Automatic.BOUNCE if any(each.permanent for each in undelivered) else Automatic.DELAY


def _bounce(root: Part) -> Automatic | None:
    sender = " ".join(root.header(name) for name in ("from", "sender"))
    subject = decode_words(root.header("subject"))
    returned = _RETURNED.search(subject) is not None
    told = (
        "x-failed-recipients" in root.headers
        or _DAEMON.search(sender)
        or _REPORTED.match(subject)
        or (returned and (_POSTMASTER.search(sender) or _null_sender(root)))
    )
    return Automatic.BOUNCE if told else None


def _answered(root: Part) -> Automatic | None:
    said = _first_word(root, "auto-submitted")
    if said == "auto-replied" and "x-autoreply" not in root.headers:
        return Automatic.AWAY if _first_word(root, "precedence") == "bulk" else Automatic.REPLIED
    if (
        any(name in root.headers for name in _ANSWERED)
        or _first_word(root, "precedence") == "auto_reply"
        or _AWAY.match(decode_words(root.header("subject")).strip())
    ):
        return Automatic.AWAY
    return None


def _submitted(root: Part) -> Automatic | None:
    said = _first_word(root, "auto-submitted")
    return Automatic.GENERATED if said.startswith("auto") else None


def _to_many(root: Part) -> Automatic | None:
    if any(name in root.headers for name in _LISTED) or _first_word(root, "precedence") == "list":
        return Automatic.LIST
    return Automatic.BULK if _first_word(root, "precedence") in {"bulk", "junk"} else None


def _null_sender(root: Part) -> bool:
    """Return whether the machines before ours were told of no sender to answer."""
    return any(re.sub(r"\s", "", said) == "<>" for said in root.headers.get("return-path", []))


def _first_word(part: Part, name: str) -> str:
    words = without_comments(part.header(name)).replace(";", " ").split()
    return words[0].lower() if words else ""


def undelivered_in(root: Part) -> tuple[Undelivered, ...]:
    """Return the addresses that a delivery report names, each once; none for any other message.

    What the report says in its own fields is added to what its wording tells, since half of the
    world's mail machines report in prose.
    """
    if not _suspect(root):
        return ()
    told = _told_in_fields(root)
    found = _told_in_prose(root) or {each.address: each.permanent for each in told.values()}
    return tuple(
        replace(told[address.lower()], permanent=permanent)
        if address.lower() in told
        else Undelivered(address, permanent)
        for address, permanent in sorted(found.items())
    )


def _suspect(root: Part) -> bool:
    return (
        root.type == "multipart/report"
        or any(part.type in _STATUSES for part in root.walk())
        or _bounce(root) is not None
        or _RETURNED.search(decode_words(root.header("subject"))) is not None
    )


def _told_in_prose(root: Part) -> dict[str, bool]:
    """Return the addresses that a report's wording names, and whether each failed for good."""
    try:
        message = message_from_bytes(
            root.raw[root.start : min(root.end, root.start + _LONGEST_REPORT)]
        )
        temporary, permanent = all_failures(message)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError,
            ValueError):  # fmt: skip
        return {}
    named = {each.decode("utf-8", "replace"): False for each in temporary}
    named |= {each.decode("utf-8", "replace"): True for each in permanent}
    return {one_line(address): final for address, final in named.items() if is_usable(address)}


def _told_in_fields(root: Part) -> dict[str, Undelivered]:
    found: dict[str, Undelivered] = {}
    for part in root.walk():
        if part.type in _STATUSES:
            for block in _BLANK.split(part.beginning(_LONGEST_REPORT)):
                if told := _of_block(block):
                    found.setdefault(told.address.lower(), told)
    for mailbox in addresses_in(", ".join(root.headers.get("x-failed-recipients", []))):
        if is_usable(mailbox.address):
            found.setdefault(mailbox.address.lower(), Undelivered(mailbox.address, permanent=True))
    return found


def _of_block(block: bytes) -> Undelivered | None:
    fields, _problems = parts_of(block.strip() + b"\r\n\r\n")
    action = _first_word(fields, "action")
    address = _recipient(fields.header("original-recipient")) or _recipient(
        fields.header("final-recipient")
    )
    if not address or action not in {"failed", "delayed", ""}:
        return None
    status = _first_word(fields, "status")[:20]
    permanent = action == "failed" and not status.startswith("4")
    return Undelivered(address, permanent, status, one_line(fields.header("diagnostic-code"))[:300])


def _recipient(said: str) -> str:
    """Return the address of `rfc822; somebody@example.org`, whose type some leave out."""
    named = without_comments(said.partition(";")[2] or said)
    return next((box.address for box in addresses_in(named) if is_usable(box.address)), "")


def returned_id_in(root: Part) -> str:
    """Return the id of the message that a delivery report returns; empty if it tells none."""
    found = _RETURNED_ID.search(root.beginning(_LONGEST_RETURNED))
    return next(iter(ids_in(found[1].decode("ascii", "replace"))), "") if found else ""
