"""`amends demo`: everything, with an invented organisation, and no mail leaves."""

import argparse
import os
import sys
from pathlib import Path

from amends.database.account import account, blocked_at
from config import environment as settings
from config.commands.serve import serve
from config.environment import ROOT, Environment

ELSEWHERE = Path("/var/lib/amends-demo")


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: everything is a setting."""


def run(_options: argparse.Namespace, _environment: Environment) -> int:
    # What we start reads its settings as we do. Real data is kept apart unless a place is named.
    os.environ["AMENDS_DEMO"] = "true"
    os.environ.setdefault("AMENDS_HOME", str(_place()))
    return serve(settings.read())


def _place() -> Path:
    """Return where the demonstration lives: beside the code, unless its database may not go there.

    That is so when root has put the code where nobody else may enter, such as its own home.
    """
    beside = ROOT / "var" / "demo"
    if account() is None or blocked_at(beside) is None:
        return beside
    sys.stderr.write(f"amends: the demonstration's data is in {ELSEWHERE}\n")
    return ELSEWHERE
