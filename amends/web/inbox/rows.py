"""What a row of a list shows, worked out once a row so that the template only prints it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from amends.base.time_words import date_words, due_parts
from amends.cases.queries.clocks import law_ends_of
from amends.cases.queries.inbox import Row
from amends.cases.queries.tags import NO_TAGS, Tags, tags_in
from amends.cases.rules.kinds import CaseKind, Next
from amends.cases.rules.lifecycle import State
from amends.cases.rules.lists import Which
from amends.cases.rules.told_clocks import due_by
from amends.cases.rules.weighing import Ahead
from amends.staff.queries import StoodInFor
from amends.standards.rules.warnings import Whose
from amends.web.templatetags.amends import ago_html, due_html
from amends.web.words import word

PAST = frozenset({Which.ENDED, Which.ALL})


@dataclass(frozen=True, slots=True)
class Shown:
    """One row as it is printed. law: when the law's term is over, where that is not what is due."""

    reference: str
    url: str
    when: SafeString
    customer: str
    gist: str
    next: str
    kind: str
    owner: str
    take_url: str
    tags: list[str]
    law: str


def shown(
    rows: Iterable[Row],
    which: Which,
    now: datetime,
    *,
    instead_of: Iterable[StoodInFor] = (),
    back: str = "",
) -> list[Shown]:
    """Return `rows` as they are printed in the list `which`, for a reader whose time is `now`.

    What tags are called is asked once for all rows, and only if one of them has any. instead_of:
    who is away, and for whom the reader stands in. back: what names the list in the address of a
    case, if it is none of the Inbox.
    """
    rows = tuple(rows)
    page = f"{reverse('case', args=['-'])}?{back or urlencode({'list': which.value})}"
    tags = tags_in(get_language() or "") if any(row.tags for row in rows) else NO_TAGS
    away = {each.name: date_words(each.until) for each in instead_of}
    return [_shown(row, which, now, page, tags, away) for row in rows]


def with_the_law(rows: Sequence[Row], printed: Sequence[Shown], now: datetime) -> list[Shown]:
    """Return printed `rows` with when the law's term is over, asked once for all of them."""
    law = law_ends_of([row.pk for row in rows])
    return [replace(one, law=_law(row, law, now)) for row, one in zip(rows, printed, strict=True)]


def _shown(
    row: Row, which: Which, now: datetime, page: str, tags: Tags, away: Mapping[str, str]
) -> Shown:
    url = page.replace("-", row.reference, 1)
    state = word(State(row.state))
    kind = word(CaseKind(row.kind))
    past = which in PAST
    due_at = row.snoozed_until if which is Which.SNOOZED else row.next_due_at
    whose = due_by(Next(row.next_due)) if row.next_due and not past else None
    snoozed = _("snoozed") if row.snoozed_until and which is not Which.SNOOZED else ""
    return Shown(
        reference=row.reference,
        url=url,
        when=ago_html(row.closed_at or row.received_at, now) if past else due_html(due_at, now),
        customer=row.customer or _("Nobody known yet"),
        gist=row.gist,
        next=state.capitalize() if past or not row.next_due else word(Next(row.next_due)),
        kind=" · ".join(
            filter(
                None,
                (
                    "" if past else _ahead(row),
                    _for(row, away),
                    _by(whose),
                    kind,
                    "" if past else state,
                    snoozed,
                    _failed(row),
                ),
            )
        ),
        owner=row.owner or "",
        take_url="" if row.owner or row.closed_at else f"{url.partition('?')[0]}take/",
        tags=tags.of(row.tags),
        law="",
    )


def _law(row: Row, law: Mapping[int, datetime], now: datetime) -> str:
    """Return when the term of the law is over; nothing where the case is due by it anyway."""
    if row.pk not in law or (row.next_due and due_by(Next(row.next_due)) is Whose.LAW):
        return ""
    return ", ".join(filter(None, due_parts(law[row.pk], now)))


def _for(row: Row, away: Mapping[str, str]) -> str:
    """Return for whom a case stands here, where it is of somebody who is away."""
    if row.owner is None or row.owner not in away:
        return ""
    return _("for %(name)s, until %(day)s") % {"name": row.owner, "day": away[row.owner]}


def _ahead(row: Row) -> str:
    """Return why a case comes before others; nothing as a rule."""
    if not row.priority_reason:
        return ""
    return _("comes first: %(reason)s") % {"reason": word(Ahead(row.priority_reason))}


def _by(whose: Whose | None) -> str:
    """Return by whose clock a case is due; nothing where it is the next step that is."""
    return word(whose) if whose else ""


def _failed(row: Row) -> str:
    times = row.failed_recoveries
    if not times:
        return ""
    return ngettext("not put right %(n)s time", "not put right %(n)s times", times) % {"n": times}
