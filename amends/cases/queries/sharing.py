"""Replies that colleagues may read while they are written, and who could read one."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.cases.models.case import Case
from amends.cases.models.sharing import SharedReply
from amends.cases.queries.colleagues import able_for
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import DraftKind
from amends.staff.models import Staff, Team
from amends.staff.rules.permissions import ALLOWED, Act

_ANY_CASE = [role.value for role, acts in ALLOWED.items() if Act.WORK_ON_ANY_CASE in acts]


def reply_written_on(case: Case, author: Staff) -> Draft | None:
    """Return the reply that `author` is writing on `case`, or None."""
    key = f"{case.reference}:reply"
    return Draft.objects.filter(staff=author, kind=DraftKind.COMPOSER, key=key).first()


def readers_for(case: Case, author: Staff) -> QuerySet[Staff]:
    """Return the colleagues of `author` who work on `case`, too, by name."""
    able = able_for(case).exclude(pk=author.pk)
    if case.owner_id is None:
        return able
    mates = Team.members.through.objects.filter(team=case.team_id, staff=OuterRef("pk"))
    return able.filter(Q(pk=case.owner_id) | Q(role__in=_ANY_CASE) | Exists(mates))


def shared_by(author: Staff, *, case: Case) -> QuerySet[SharedReply]:
    """Return with whom `author` shares the reply they are writing on `case`."""
    shared = _while_written().filter(case=case, draft__staff=author)
    return shared.order_by("pk")


def shared_with(reader: Staff, *, case: Case) -> QuerySet[SharedReply]:
    """Return the replies on `case` that their authors share with `reader`."""
    return _while_written().filter(case=case, to=reader).order_by("pk")


def _while_written() -> QuerySet[SharedReply]:
    shared = SharedReply.objects.filter(draft__kind=DraftKind.COMPOSER)
    return shared.select_related("case", "draft__staff", "to")
