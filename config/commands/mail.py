"""`amends mail explain`: says what Amends reads in a mail, and why. Writes nothing anywhere."""

import argparse
import json
import mmap
import re
import sys
from itertools import chain
from pathlib import Path

from django.db import OperationalError
from django.utils import timezone

from amends.cases.queries.filing import filing_of, references_of
from amends.contacts.channels.email.parse import LARGEST_BYTES, LARGEST_MAPPED
from amends.contacts.rules.messages import Inbound, Problem
from amends.database.cluster import postmaster
from amends.database.problem import DatabaseProblem
from amends.imports.explaining import Explained, Explanation, explain
from amends.imports.mail_files import messages_in
from amends.staff.queries import is_set_up
from config.commands.bring_in import REASONS, why_not_filed
from config.commands.installation import cluster_of, database_at_hand
from config.commands.problem import CannotGoOn
from config.commands.schema import require_schema
from config.environment import Environment

Filed = dict[str, str | None]
# A mail could make the terminal do something.
_NEVER_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NO_MAIL = {Problem.NOT_A_MESSAGE, Problem.EMPTY}


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="what", required=True)
    what = kinds.add_parser("explain", help="what Amends reads in a mail, and why")
    what.add_argument("path", metavar="FILE", type=Path, help="a mail (.eml), or an mbox with one")
    what.add_argument("--json", action="store_true", help="print it for a machine")


def run(options: argparse.Namespace, environment: Environment) -> int:
    explained, others = _explained(options.path, environment)
    problems = _NO_MAIL & set(explained.mail.problems)
    if problems:
        raise CannotGoOn(
            f"{options.path}: {' and '.join(sorted(map(REASONS.__getitem__, problems)))}."
        )
    filed = _filed(explained.mail, environment)
    if options.json:
        told = {"file": str(options.path), "others_in_file": others, **explained.told}
        sys.stdout.write(json.dumps({**told, "filed": filed}, ensure_ascii=True) + "\n")
    else:
        words = "\n".join(_lines(explained, filed, others))
        sys.stdout.write(_NEVER_SHOWN.sub("\ufffd", words) + "\n")
    return 0


def _explained(path: Path, environment: Environment) -> tuple[Explained, int]:
    """Return what is read in the first mail in the file at `path`, and how many more there are."""
    trusted = environment.mail_checked_by
    try:
        size = path.stat().st_size
        if size > LARGEST_MAPPED:
            raise CannotGoOn(
                f"{path} is larger than the {LARGEST_MAPPED // 2**20} MB that a mail may have."
            )
        if size > LARGEST_BYTES:
            with (
                path.open("rb") as file,
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            ):
                return explain(mapped, trusted=trusted), 0
        with messages_in(path) as messages:
            explained = explain(bytes(next(messages)), trusted=trusted)
            return explained, sum(1 for _message in messages)
    except OSError as problem:
        raise CannotGoOn(f"{path} cannot be read ({problem.strerror}).") from problem


def _filed(mail: Inbound, environment: Environment) -> Filed | None:
    """Return where `mail` would be filed; None where no database of ours is at hand."""
    try:
        cluster = cluster_of(environment)
        if cluster is not None and postmaster(cluster) is None:
            return None
        with database_at_hand(environment):
            require_schema()
            return _told(mail) if is_set_up() else None
    except (CannotGoOn, DatabaseProblem, OperationalError):
        return None


def _told(mail: Inbound) -> Filed:
    filing = filing_of(mail, at=timezone.now())
    joins, linked = filing.belonging.joins, filing.belonging.linked_to
    named = references_of([key for key in (joins, linked) if key])
    return {
        "state": filing.state.value,
        "reason": filing.reason,
        "case": named.get(joins) if joins else None,
        "linked_to": named.get(linked) if linked else None,
    }


def _lines(explained: Explained, filed: Filed | None, others: int) -> list[str]:
    told, mail = explained.told, explained.mail
    rows = [
        ("From", str(mail.sender or "nobody whom one could answer")),
        *((name, ", ".join(map(str, boxes))) for name, boxes in _addressed(mail) if boxes),
        ("Subject", mail.subject),
        ("Date", told["date"] or "none that can be read"),
        ("Message-ID", mail.message_id),
        ("Answers", ", ".join(chain(mail.in_reply_to, mail.references))),
        ("Automatic", REASONS.get(mail.automatic, mail.automatic) if mail.automatic else "no"),
        *(("Not delivered", _undelivered(each)) for each in told["bounces"]),
        ("Sender is", _standing(told)),
        ("Spam", _spam(mail)),
        ("Read with", ", ".join(told["problems"]) or "no problem"),
        ("SHA-256", f"{told['sha256']}, {told['size']} bytes"),
        ("Filed", _filing(filed)),
    ]
    lines = [f"{name:<14}{said}" for name, said in rows if said]
    if others:
        lines.append(f"This is the first mail in the file; {others} more follow in it.")
    return [*lines, *_texts(told), *_files(told)]


def _addressed(mail: Inbound) -> tuple[tuple[str, tuple[object, ...]], ...]:
    return (
        ("Answer to", mail.reply_to),
        ("To", mail.to),
        ("Copy to", mail.cc),
        ("Blind copy to", mail.bcc),
        ("Delivered to", mail.delivered_to),
    )


def _undelivered(bounce: dict[str, str | bool]) -> str:
    lasting = "for good" if bounce["permanent"] else "for now"
    return f"{bounce['address']}, {lasting} {bounce['status']} {bounce['reason']}".rstrip()


def _standing(told: Explanation) -> str:
    checked = told["authentication"]
    by = f", as {checked['by']} says" if checked["by"] else "; no server that you trust checked it"
    return f"{checked['standing']}{by}"


def _spam(mail: Inbound) -> str:
    if mail.spam is None:
        return "no filter says anything"
    return f"{'yes' if mail.spam.is_spam else 'no'} ({mail.spam.by})"


def _filing(filed: Filed | None) -> str:
    if filed is None:
        return "not known: no database is running"
    why = f", because {why_not_filed(filed['reason'])}" if filed["reason"] else ""
    if filed["state"] != "filed":
        return f"{filed['state']}{why}"
    if filed["case"]:
        return f"in the case {filed['case']}"
    linked = f", linked to {filed['linked_to']}" if filed["linked_to"] else ""
    return f"in a new case{linked}"


def _texts(told: Explanation) -> list[str]:
    lines = ["", "--- What is shown", told["visible_text"]]
    for piece in told["folded"]:
        lines += ["", f"--- Folded: {piece['kind']}", piece["text"]]
    return lines


def _files(told: Explanation) -> list[str]:
    lines = []
    for file in told["attachments"]:
        kind = f"{file['type']}, {file['size']} bytes, {file['shape']}"
        lines += ["", f"--- Attached: {file['name']} ({kind})", f"SHA-256 {file['sha256']}"]
    return lines
