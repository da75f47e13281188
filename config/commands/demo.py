"""`amends demo`: everything, with an invented organisation, and no mail leaves."""

import argparse
import os

from config import environment as settings
from config.commands.serve import serve
from config.environment import ROOT, Environment


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: everything is a setting."""


def run(_options: argparse.Namespace, _environment: Environment) -> int:
    # What we start reads its settings as we do. Real data is kept apart unless a place is named.
    os.environ["AMENDS_DEMO"] = "true"
    os.environ.setdefault("AMENDS_HOME", str(ROOT / "var" / "demo"))
    return serve(settings.read())
