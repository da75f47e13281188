"""`amends case export`: the whole case as one file, as a colleague would hand it out."""

import argparse
import shutil
import sys
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from amends.base.made import made_path
from amends.base.refusal import Refused
from amends.cases.actions.bundles import ask_for_bundle, begin_bundle, hand_out
from amends.cases.models.bundles import Bundle
from amends.cases.queries.bundles import bundle_to_make
from amends.cases.queries.reading import case_for
from amends.staff.models import LANGUAGES, Staff
from amends.web.bundles.making import make_bundle
from config.commands.installation import database_at_hand
from config.commands.problem import CannotGoOn
from config.commands.schema import require_schema
from config.environment import Environment


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="what", required=True)
    export = kinds.add_parser("export", help="the whole case as one file")
    export.add_argument("reference", metavar="REFERENCE", help="such as C-6T6-VZT3")
    export.add_argument("--to", metavar="DIR", type=Path, required=True, help="where to write it")
    export.add_argument("--for", dest="for_", metavar="BODY", required=True, help="who gets it")
    export.add_argument(
        "--by",
        metavar="MAIL",
        required=True,
        help="the colleague who hands it out, by mail address",
    )
    export.add_argument(
        "--language", choices=[code for code, _name in LANGUAGES], default="en", help="of the paper"
    )


def run(options: argparse.Namespace, environment: Environment) -> int:
    if not options.to.is_dir():
        raise CannotGoOn(f"{options.to} is no folder.")
    with database_at_hand(environment):
        require_schema()
        bundle = made(options)
        target = options.to / bundle.name
        shutil.copyfile(made_path(bundle.sha256), target)
    target.chmod(0o600)
    sys.stdout.write(f"{bundle.sha256}  {target}\n")
    return 0


def made(options: argparse.Namespace) -> Bundle:
    """Make the file as it goes out as a rule, in the name of the colleague, and hand it out."""
    at = timezone.now()
    by = Staff.objects.filter(email__iexact=options.by, is_active=True).first()
    if by is None:
        raise CannotGoOn(f"Nobody here has the mail address {options.by}.")
    try:
        case = case_for(by, options.reference.upper())
        begun = begin_bundle(case, to=options.for_, language=options.language, by=by, at=at)
        ask_for_bundle(begun, by=by, at=at)
        return hand_out(make_bundle(bundle_to_make(begun.pk), at=at), by=by, at=at)
    except ObjectDoesNotExist:
        raise CannotGoOn(f"{options.by} sees no case {options.reference}.") from None
    except Refused as refusal:
        raise CannotGoOn(str(refusal)) from refusal
