"""What happens to the files in which a case leaves the house."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class BundleBegun(CaseEvent):
    bundle_id: int


@dataclass(frozen=True, slots=True)
class BundleChosen(CaseEvent):
    """It was chosen what leaves."""

    bundle_id: int


@dataclass(frozen=True, slots=True)
class PassageBlackened(CaseEvent):
    blackening_id: int


@dataclass(frozen=True, slots=True)
class PassageUncovered(CaseEvent):
    blackening_id: int


@dataclass(frozen=True, slots=True)
class BundleAsked(CaseEvent):
    """It is to be made as it was chosen."""

    bundle_id: int


@dataclass(frozen=True, slots=True)
class BundleMade(CaseEvent):
    bundle_id: int
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class BundleFailed(CaseEvent):
    bundle_id: int


@dataclass(frozen=True, slots=True)
class BundleHandedOut(CaseEvent):
    bundle_id: int


@dataclass(frozen=True, slots=True)
class BundleForgotten(CaseEvent):
    """The file was deleted; what it was stays written down."""

    bundle_id: int
