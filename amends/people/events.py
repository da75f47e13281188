"""What happens to what we know of a customer. No name and no address ever stands in the journal."""

from dataclasses import dataclass

from amends.journal.events import PersonEvent


@dataclass(frozen=True, slots=True)
class PersonAdded(PersonEvent):
    pass


@dataclass(frozen=True, slots=True)
class PersonCorrected(PersonEvent):
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointAdded(PersonEvent):
    point_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class PointFailed(PersonEvent):
    """Nobody is reached there any more, as far as we know."""

    point_id: int


@dataclass(frozen=True, slots=True)
class PointWorks(PersonEvent):
    """Somebody wrote to us from there, after it had failed."""

    point_id: int


@dataclass(frozen=True, slots=True)
class PointRemoved(PersonEvent):
    point_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class NeedRecorded(PersonEvent):
    need_id: int


@dataclass(frozen=True, slots=True)
class NeedWithdrawn(PersonEvent):
    need_id: int


@dataclass(frozen=True, slots=True)
class NeedExpired(PersonEvent):
    need_id: int


@dataclass(frozen=True, slots=True)
class RepresentationAdded(PersonEvent):
    representation_id: int
    representative_id: int


@dataclass(frozen=True, slots=True)
class RepresentationEnded(PersonEvent):
    representation_id: int
    representative_id: int


@dataclass(frozen=True, slots=True)
class PeopleMerged(PersonEvent):
    """`merged_id` was found to be `person_id`; whatever pointed at it points at the latter now."""

    merged_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class PeopleUnmerged(PersonEvent):
    merged_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class OrganisationFounded(PersonEvent):
    """We know from now on that `person_id` is an organisation, and what sort of one."""

    form: str


@dataclass(frozen=True, slots=True)
class OrganisationCorrected(PersonEvent):
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationJoined(PersonEvent):
    """`person_id` belongs to an organisation from now on."""

    membership_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True)
class OrganisationLeft(PersonEvent):
    membership_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True)
class OrganisationRejoined(PersonEvent):
    """That somebody had left was a mistake."""

    membership_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True)
class OccasionNoted(PersonEvent):
    """They agreed that we greet them on a day of the year."""

    occasion_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class OccasionWithdrawn(PersonEvent):
    occasion_id: int


@dataclass(frozen=True, slots=True)
class OccasionGreeted(PersonEvent):
    occasion_id: int
    year: int


@dataclass(frozen=True, slots=True)
class PersonForgotten(PersonEvent):
    """Nothing is known of them any more: the last that we had of them was erased."""


@dataclass(frozen=True, slots=True)
class DeathNoted(PersonEvent):
    pass


@dataclass(frozen=True, slots=True)
class DeathTakenBack(PersonEvent):
    """They live: it was a mistake."""
