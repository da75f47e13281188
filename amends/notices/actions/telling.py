"""Telling colleagues of what happened, once for each thing, and what they have seen of it.

Nothing of it is journalled: what happened is in the journal already, and who read it when is
nobody's business but theirs.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.queries.mentions import may_be_mentioned
from amends.journal.events import Event
from amends.notices.actions.digests import plan_digest
from amends.notices.models import Notice, Warned
from amends.notices.queries.choices import Likes, likes_of_all, local
from amends.notices.queries.news import answered_by, news_of
from amends.notices.queries.telling import notices_for
from amends.notices.rules.moments import STALE, mail_moment
from amends.notices.rules.reasons import (
    ANSWERED,
    News,
    Reason,
    Way,
    for_deputies,
    gravest,
    group_of,
    is_graver,
)
from amends.staff.models import Staff, StaffQuerySet
from amends.staff.queries import deputies_at
from amends.staff.rules.permissions import Act


@transaction.atomic
def tell_of(event: Event, *, by: str, at: datetime, now: datetime) -> list[Notice]:
    """Tell whoever `event` is news for, and return what was told that was not told before.

    by: who made it happen, such as `staff:12`; they are not told. at: when it happened; it is told
    at `now`, and is no news any more when that is long after. Safe to do twice.
    """
    news = news_of(event, at=at)
    return _tell(news, what=type(event).__name__, by=by, at=at, now=now)


@transaction.atomic
def warn_of_promise(promise: Promise, *, at: datetime) -> list[Notice]:
    """Tell whoever owes `promise` that its moment is near, once, and return what was told."""
    Warned.objects.create(promise=promise, at=at)
    news = News(to_id=promise.owner_id, reason=Reason.PROMISE_SOON, case_id=promise.case_id)
    return _tell([news], what=f"promise:{promise.pk}", by="clock", at=at, now=at)


@transaction.atomic
def end_waiting(event: Event, *, at: datetime) -> int:
    """Take what `event` answers as seen by all who were asked, and return how many had not."""
    waits = Notice.objects.unread().filter(about=answered_by(event), reason__in=sorted(ANSWERED))
    return waits.update(read_at=at)


@transaction.atomic
def see_case(case: Case, *, by: Staff, at: datetime) -> int:
    """Take all that `by` was told of `case` as seen, and return how much that was."""
    return Notice.objects.unread().filter(to=by, case=case).update(read_at=at)


@transaction.atomic
def see_notice(notice: Notice, *, by: Staff, at: datetime) -> int:
    """Take what `by` was told as seen, with all else of its case; return how much that was."""
    of_case = Notice.objects.unread().filter(to=by)
    same = of_case.filter(case=notice.case_id) if notice.case_id else of_case.filter(pk=notice.pk)
    return same.update(read_at=at)


@transaction.atomic
def see_all(by_whom: Staff, *, at: datetime) -> int:
    """Take all that `by_whom` was told until `at` as seen, and return how much that was."""
    return notices_for(by_whom).unread().filter(at__lte=at).update(read_at=at)


@transaction.atomic
def forget_notice(notice: Notice, *, at: datetime) -> None:
    """Forget at `at` what was told so long before that nobody looks for it here."""
    Notice.objects.filter(pk=notice.pk, at__lt=at).delete()


def _tell(news: Sequence[News], *, what: str, by: str, at: datetime, now: datetime) -> list[Notice]:
    away = deputies_at({one.to_id for one in news}, at=now) if news else {}
    others = [one for one in (*news, *for_deputies(news, away)) if f"staff:{one.to_id}" != by]
    likes = likes_of_all({one.to_id for one in others})
    told = []
    for one, staff in _readers(gravest(others)):
        where = f"case:{one.case_id}" if one.case_id else what
        thing = f"{where}@{at.isoformat()}/{by}"
        notice = Notice(to=staff, thing=thing, by_id=_colleague(by), at=at)
        if _write(notice, one, likes[staff.pk], now):
            told.append(notice)
    return told


def _readers(news: Sequence[News]) -> list[tuple[News, Staff]]:
    """Return the `news` with whom each is for: colleagues at work who may read what it is about.

    Thanks reach also those who see no cases; they are told without the case.
    """
    at_work = StaffQuerySet(Staff).at_work().in_bulk([one.to_id for one in news])
    cases = Case.objects.in_bulk({one.case_id for one in news if one.case_id})
    readers = {
        case.pk: set(may_be_mentioned(case).filter(pk__in=at_work).values_list("pk", flat=True))
        for case in cases.values()
    }
    found = []
    for one in news:
        staff = at_work.get(one.to_id)
        if staff is None:
            continue
        if one.reason is Reason.THANKED and not staff.may(Act.SEE_CASES):
            found.append((replace(one, case_id=None), staff))
        elif one.case_id is None or staff.pk in readers[one.case_id]:
            found.append((one, staff))
    return found


def _write(notice: Notice, news: News, likes: Likes, now: datetime) -> bool:
    """Write `notice`, or make what was told of the same thing graver; return whether it is new."""
    before = Notice.objects.select_for_update().filter(to=notice.to, thing=notice.thing).first()
    if before and not is_graver(news.reason, Reason(before.reason)):
        return False
    way = likes.ways[group_of(news.reason, follows=news.follows)]
    if way is Way.NONE:
        return False
    if news.quiet and way is Way.MAIL:
        way = Way.PAGE
    written = before or notice
    written.reason, written.way, written.case_id = news.reason, way, news.case_id
    written.follows, written.about = news.follows, news.about
    written.instead_of_id = news.instead_of
    is_old = now - notice.at > STALE
    if is_old:
        written.read_at = now
    elif way is Way.MAIL and written.mailed_at is None:
        here = local(notice.to, now)
        written.mail_due_at = mail_moment(here, at_night=likes.mails_at_night)
    written.save()
    if way is Way.DIGEST and not is_old:
        plan_digest(notice.to, at=now)
    return before is None


def _colleague(by: str) -> int | None:
    """Return the key of the colleague who made it happen; None if it was none."""
    kind, _, key = by.partition(":")
    return int(key) if kind == "staff" else None
