"""Seals over runs of journal entries, each over the one before it, so that tampering shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from amends.journal.models import Block, Entry
from amends.journal.rules import Line, digest_of

MOST_ENTRIES = 5_000
# Any number that nobody else takes for an advisory lock in our database.
SEALER = 742_618


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found.

    entries: how many entries stand under seals, as far as the first seal that does not hold.
    unsealed: how many came after the last seal.
    broken: the first block whose seal does not hold, or None.
    last: the digest of the last seal that holds; a copy of it kept elsewhere proves the whole.
    """

    blocks: int
    entries: int
    unsealed: int
    broken: Block | None
    last: str


def seal(*, at: datetime) -> int:
    """Seal every entry that is committed and not yet sealed; return how many blocks that made."""
    end = _last_final_id()
    made = 0
    while _seal_block(end, at):
        made += 1
    return made


def verify() -> Verdict:
    """Compare every seal with the entries under it."""
    last, expected, entries, blocks = "", 1, 0, 0
    for block in Block.objects.order_by("first_id").iterator():
        lines = list(_lines(block.first_id, block.last_id))
        if block.first_id != expected or digest_of(lines, previous=last) != block.digest:
            return Verdict(blocks, entries, 0, block, last)
        last, expected = block.digest, block.last_id + 1
        entries, blocks = entries + len(lines), blocks + 1
    unsealed = Entry.objects.filter(id__gte=expected).count()
    return Verdict(blocks, entries, unsealed, None, last)


@transaction.atomic
def _last_final_id() -> int:
    """Return an id below which no entry can appear any more.

    Numbers are given out before they are committed, so the highest one seen does not say that all
    below it are there. The lock waits for the writers under way, and is let go at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        cursor.execute("LOCK TABLE journal_entry IN SHARE MODE")
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0


@transaction.atomic
def _seal_block(end: int, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER])
    before = Block.objects.order_by("-last_id").first()
    first = before.last_id + 1 if before else 1
    lines = list(_lines(first, end, limit=MOST_ENTRIES))
    if not lines:
        return False
    Block.objects.create(
        first_id=first,
        last_id=lines[-1].id,
        sealed_at=at,
        digest=digest_of(lines, previous=before.digest if before else ""),
    )
    return True


def _lines(first: int, last: int, *, limit: int | None = None) -> Iterator[Line]:
    entries = Entry.objects.filter(id__range=(first, last)).order_by("id")[:limit]
    for entry in entries:
        yield Line(
            id=entry.pk,
            kind=entry.kind,
            at=entry.at,
            by=entry.by,
            subject=entry.subject,
            facts=entry.facts,
        )
