"""`amends journal verify`: tells whether what was written has been tampered with."""

import argparse
import json
import sys
from dataclasses import asdict

from amends.journal.sealing import Verdict, verify
from config.commands.installation import database_at_hand
from config.commands.schema import require_schema
from config.environment import Environment


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["verify"], help="compare every seal with its entries")
    parser.add_argument("--json", action="store_true", help="answer for machines")


def run(options: argparse.Namespace, environment: Environment) -> int:
    with database_at_hand(environment):
        require_schema()
        verdict = verify()
    sys.stdout.write(f"{_for_machines(verdict) if options.json else _for_people(verdict)}\n")
    return 1 if verdict.broken else 0


def _for_machines(verdict: Verdict) -> str:
    broken = str(verdict.broken) if verdict.broken else None
    return json.dumps({**asdict(verdict), "broken": broken})


def _for_people(verdict: Verdict) -> str:
    if verdict.broken:
        return (
            f"The journal has been changed: the seal over the entries {verdict.broken} does not "
            f"hold ({verdict.blocks} seals before it do)."
        )
    return (
        f"The journal is whole: {verdict.entries} entries under {verdict.blocks} seals, "
        f"{verdict.unsealed} not sealed yet. Last seal: {verdict.last or 'none'}"
    )
