"""`amends import`: brings in what other programs hold."""

import argparse
import errno
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from amends.contacts.rules.holding import rule_in
from amends.imports.mail import Account, import_mail
from amends.imports.mail_files import files_under
from amends.staff.queries import is_set_up
from config.commands.installation import database_at_hand
from config.commands.problem import CannotGoOn
from config.commands.schema import require_schema
from config.environment import Environment

MOST_SHOWN = 20
INTERRUPTED = 130

REASONS = {
    "not-a-message": "it is no mail",
    "empty": "it is empty",
    "too-large": "it is too large to be read",
    "no-sender": "it names no sender whom one could answer",
    "from-us": "we wrote it ourselves",
    "spam": "the filter of the mail server takes it for spam",
    "bounce": "a report that a mail could not be delivered",
    "delay": "a report that a mail is late",
    "receipt": "a receipt",
    "feedback": "a report of abuse",
    "away": "an automatic answer",
    "replied": "an automatic answer",
    "generated": "a machine wrote it",
    "list": "it came through a mailing list",
    "bulk": "it went to many at once",
    "null-sender": "a machine sent it that takes no answer",
}


def why_not_filed(reason: str) -> str:
    """Return why something became no contact, in words; what has none is told as it is."""
    rule = rule_in(reason)
    if rule is None:
        return REASONS.get(reason, reason)
    where = f"header {rule.header}" if rule.header else rule.looks_at
    return f"a rule of ours looks for “{rule.text}” in its {where}"


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="what", required=True)
    mail = kinds.add_parser("mail", help="mail files: .eml, folders of them, mbox")
    mail.add_argument("path", type=Path, help="a file, or a folder with everything in it")
    mail.add_argument(
        "--as",
        dest="as_",
        choices=["history", "arrivals"],
        default="history",
        help="history: dated as the mail says, nothing is sent, no clock starts (the default); "
        "arrivals: as if received now",
    )
    mail.add_argument("--json", action="store_true", help="print the account for a machine")


def run(options: argparse.Namespace, environment: Environment) -> int:
    try:
        files = list(files_under(options.path))
    except OSError as problem:
        if problem.errno == errno.ENAMETOOLONG:
            raise
        raise CannotGoOn(f"{options.path} cannot be read ({problem.strerror}).") from problem
    with database_at_hand(environment):
        require_schema()
        if not is_set_up():
            raise CannotGoOn("Nobody has set up Amends yet: do that first, in a browser.")
        try:
            account = _import(files, options)
        except KeyboardInterrupt:
            sys.stderr.write("amends: interrupted; run the same command again to go on.\n")
            return INTERRUPTED
    _say(account, as_json=options.json)
    return 1 if account.failed else 0


def _import(files: list[Path], options: argparse.Namespace) -> Account:
    columns = (
        TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )  # fmt: skip
    console = Console(stderr=True, quiet=options.json)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(files))
        return import_mail(
            files,
            as_history=options.as_ == "history",
            done=lambda: progress.advance(task),
        )


def _say(account: Account, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(asdict(account)) + "\n")
        return
    lines = [
        f"{account.files:>8}  files, with {account.messages} messages",
        f"{account.contacts:>8}  became contacts",
        f"{account.held:>8}  are held, to be looked at",
        f"{account.failed:>8}  failed",
        f"{account.already_known:>8}  were known already",
    ]
    shown = account.entries[:MOST_SHOWN]
    lines += [f"          {each.file}: {why_not_filed(each.reason)}" for each in shown]
    if len(account.entries) > MOST_SHOWN:
        lines.append(f"          and {len(account.entries) - MOST_SHOWN} more")
    sys.stdout.write("\n".join(lines) + "\n")
