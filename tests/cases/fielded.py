"""Fields of our own, as the tests define them."""

from datetime import timedelta

from amends.cases.actions.fields import Definition, define_field, keep_choice
from amends.cases.models.fields import CustomChoice, CustomField
from amends.cases.rules.fields import FieldType, Stage
from amends.cases.rules.kinds import CaseKind
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make

LONG_AGO = make.NOW - timedelta(days=30)


def manager() -> Staff:
    found: Staff | None = Staff.objects.filter(role=Role.MANAGER).first()
    return found or make.staff("Asta", role=Role.MANAGER)


def a_field(
    label: str = "Contract number",
    kind: FieldType = FieldType.SHORT_TEXT,
    *,
    required_at: Stage | None = None,
    **facts: object,
) -> CustomField:
    """Return a field of complaints, defined a month ago."""
    said = {"label": {"en": label}, "kinds": frozenset({CaseKind.COMPLAINT}), **facts}
    definition = Definition(required_at=required_at, **said)  # type: ignore[arg-type] # a test says which
    return define_field(kind, definition=definition, by=manager(), at=LONG_AGO)


def a_choice(field: CustomField, label: str) -> CustomChoice:
    return keep_choice(field, label={"en": label}, by=manager(), at=LONG_AGO)
