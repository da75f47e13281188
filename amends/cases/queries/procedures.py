"""By which procedure a case is handled, and which there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from amends.cases.models.case import Case
from amends.cases.models.procedures import Procedure as Written
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.procedure import Choice, Procedure, first_choice, procedure, read_choice

FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Version:
    """What holds for a kind now: which version, what was chosen, and since when and why."""

    kind: CaseKind
    number: int
    choice: Choice
    at: datetime | None = None
    reason: str = ""


def procedure_of(case: Case) -> Procedure:
    """Return by which procedure `case` is handled: the one it began with, or was moved to."""
    return procedure(CaseKind(case.kind), chosen_in(case.procedure) if case.procedure else None)


def chosen_in(written: Written) -> Choice:
    """Return what was chosen in one version."""
    return read_choice(written.steps, written.evidence, written.guards, written.check_again_days)


def newest_for(kind: CaseKind) -> Written | None:
    """Return the newest version for `kind`; None while there is only the first one."""
    return Written.objects.filter(kind=kind).order_by("-version").first()


def version_for(kind: CaseKind) -> Version:
    """Return what holds for new cases of `kind`."""
    return _version(kind, newest_for(kind))


def version_of(case: Case) -> Version:
    """Return the version by which `case` is handled."""
    return _version(CaseKind(case.kind), case.procedure)


def versions_now() -> Mapping[CaseKind, Version]:
    """Return what holds for new cases of each kind, in one statement."""
    newest = Written.objects.order_by("kind", "-version").distinct("kind")
    found = {written.kind: written for written in newest}
    return {kind: _version(kind, found.get(kind)) for kind in CaseKind}


def _version(kind: CaseKind, written: Written | None) -> Version:
    if written is None:
        return Version(kind, FIRST_VERSION, first_choice(kind))
    return Version(kind, written.version, chosen_in(written), written.at, written.reason)
