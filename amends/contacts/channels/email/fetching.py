"""One look into a mailbox: what is new is stored and committed, then marked or moved there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event

from amends.base.spool import Kept, Spool, TooMuch
from amends.contacts.actions.fetching import (
    Fetched,
    begin_life,
    leave_there,
    note_gone,
    note_settled,
    note_waiting,
    store_fetched,
)
from amends.contacts.channels.email.imap import ImapFolder
from amends.contacts.models.mailboxes import Fetching, LeftThere, Mailbox
from amends.contacts.queries.mailboxes import known_keys, to_try_again
from amends.contacts.rules.arriving import LARGEST_DELIVERED, LARGEST_IN_DATABASE
from amends.contacts.rules.fetching import (
    MOST_AT_ONCE,
    CannotFetch,
    Waiting,
    groups,
    key_in,
    uid_of,
)
from amends.contacts.rules.mailboxes import Afterwards, Trouble

SIZES_AT_ONCE = 1000
Clock = Callable[[], datetime]
# After so many lost connections in the midst of one mail it is left there for the time being.
MOST_LOST = 3


@dataclass(slots=True)
class Lost:
    """On which mails connections were lost, as long as we attend to the mailbox."""

    times: dict[str, int] = field(default_factory=dict)

    @property
    def group_size(self) -> int:
        """How many mails to fetch at once: one, where one of them may be what ends connections."""
        return 1 if self.times else MOST_AT_ONCE

    def note(self, group: Sequence[Waiting]) -> bool:
        """Note a lost connection; return whether `group` is a mail that ends every one."""
        key = group[0].key
        self.times[key] = self.times.get(key, 0) + 1
        return len(group) == 1 and self.times[key] >= MOST_LOST


@dataclass(slots=True, kw_only=True)
class Look:
    """A look into a folder over IMAP.

    place: which folder of which account it is. unsettled: why mails could not be marked or moved.
    """

    mailbox: Mailbox
    place: str
    folder: ImapFolder
    files: Path
    lost: Lost
    clock: Clock
    unsettled: CannotFetch | None = None

    def run(self, stopping: Event) -> None:
        """Fetch what is new, until all is here or `stopping` is set. Raises CannotFetch."""
        life = self.folder.open()
        fetching = self._where(life)
        self._settle_left(fetching)
        for left in to_try_again(self.mailbox, at=self.clock()):
            self._try_again(left)
        present = self.folder.uids(after=fetching.fetched_uid)
        uids = self._wanted(present, fetching)
        listens = self.folder.can_listen
        note_waiting(self.mailbox, waiting=len(uids), listens=listens, at=self.clock())
        for start in range(0, len(uids), SIZES_AT_ONCE):
            some = uids[start : start + SIZES_AT_ONCE]
            sizes = self.folder.sizes(some)
            waiting = [self._waiting(life, uid, sizes.get(uid, 0)) for uid in some]
            for group in groups(waiting, most=self.lost.group_size):
                if stopping.is_set():
                    return
                self._take(group)
        if present:
            self._store([], passed=0, up_to=present[-1])

    def _where(self, life: int) -> Fetching:
        """Return where we are in this life of the folder."""
        fetching = Fetching.objects.filter(mailbox=self.mailbox).first()
        same = fetching and (fetching.place, fetching.uid_validity) == (self.place, life)
        # Where the next number is one that we have passed, the folder was put back to an old state.
        if fetching and same and not self.folder.next_uid <= fetching.fetched_uid:
            return fetching
        highest = max(self.folder.uids(), default=0)
        return begin_life(
            self.mailbox,
            place=self.place,
            uid_validity=life,
            highest_uid=highest,
            at=self.clock(),
        )

    def _wanted(self, present: list[int], fetching: Fetching) -> list[int]:
        """Return which of `present` are to be fetched: of what was there first, not the old."""
        if not self.mailbox.since_on or fetching.fetched_uid >= fetching.dated_uid:
            return present
        young = set(self.folder.uids(after=fetching.fetched_uid, since=self.mailbox.since_on))
        return [uid for uid in present if uid > fetching.dated_uid or uid in young]

    def _waiting(self, life: int, uid: int, size_bytes: int) -> Waiting:
        return Waiting(uid, key_in(self.place, life, uid), size_bytes)

    def _take(self, group: Sequence[Waiting]) -> None:
        """Store `group` and settle it; what cannot be fetched is left there, and others go on."""
        try:
            fetched = self._fetched(group)
        except CannotFetch as problem:
            if problem.trouble in {Trouble.CONNECTION, Trouble.STORAGE}:
                self._note_lost(group, problem)
                raise
            if len(group) > 1:
                for each in group:
                    self._take([each])
                return
            leave_there(self.mailbox, mails=group, problem=problem, at=self.clock())
            fetched = []
        self._store(fetched, passed=len(group), up_to=group[-1].uid)
        self.lost.times.pop(group[0].key, None)
        self._settle([each.waiting.uid for each in fetched], up_to=group[-1].uid)

    def _note_lost(self, group: Sequence[Waiting], problem: CannotFetch) -> None:
        if problem.trouble is Trouble.CONNECTION and self.lost.note(group):
            leave_there(self.mailbox, mails=group, problem=problem, at=self.clock())
            self._store([], passed=1, up_to=group[0].uid)
            self.lost.times.clear()

    def _store(self, fetched: list[Fetched], *, passed: int, up_to: int) -> None:
        store_fetched(self.mailbox, fetched=fetched, passed=passed, up_to=up_to, at=self.clock())

    def _fetched(self, group: Sequence[Waiting]) -> list[Fetched]:
        """Return what came of `group`; what is gone meanwhile is not among it."""
        small = [each for each in group if 0 < each.size_bytes <= LARGEST_IN_DATABASE]
        came = self.folder.whole([each.uid for each in small]) if small else {}
        fetched = []
        for each in group:
            raw = came.get(each.uid)
            pieces = [raw] if raw is not None else self.folder.pieces(each.uid)
            kept = kept_of(pieces, each, self.files)
            if kept.size_bytes:
                fetched.append(Fetched(waiting=each, kept=kept))
            elif self.folder.holds(each.uid):
                raise CannotFetch(Trouble.ANSWER)
        return fetched

    def _try_again(self, left: LeftThere) -> None:
        uid = uid_of(left.key)
        if not self.folder.holds(uid):
            note_gone(self.mailbox, key=left.key, at=self.clock())
            return
        mail = Waiting(uid, left.key, left.size_bytes)
        try:
            fetched = self._fetched([mail])
        except CannotFetch as problem:
            leave_there(self.mailbox, mails=[mail], problem=problem, at=self.clock())
            if problem.trouble is Trouble.CONNECTION:
                raise
            return
        self._store(fetched, passed=0, up_to=0)
        self._settle([uid], up_to=0)

    def _settle_left(self, fetching: Fetching) -> None:
        """Settle what was stored, and not settled before we were cut."""
        if fetching.settled_uid >= fetching.fetched_uid:
            return
        present = self.folder.uids(after=fetching.settled_uid)
        keys = {
            key_in(self.place, fetching.uid_validity or 0, uid): uid
            for uid in present
            if uid <= fetching.fetched_uid
        }
        known = known_keys(self.mailbox, list(keys))
        stored = [uid for key, uid in keys.items() if key in known]
        for start in range(0, len(stored), SIZES_AT_ONCE):
            self._settle(stored[start : start + SIZES_AT_ONCE], up_to=0)
        self._settle([], up_to=fetching.fetched_uid)

    def _settle(self, uids: Sequence[int], *, up_to: int) -> None:
        """Do with mails what was chosen; what cannot be done now is tried at the next look."""
        if self.unsettled:
            return
        try:
            if uids and self.mailbox.afterwards == Afterwards.FLAG:
                self.folder.flag(uids)
            elif uids and self.mailbox.afterwards == Afterwards.MOVE:
                self.folder.move(uids, self.mailbox.move_to)
        except CannotFetch as problem:
            if problem.trouble is Trouble.CONNECTION:
                raise
            self.unsettled = problem
        else:
            note_settled(self.mailbox, up_to=up_to, at=self.clock())


def kept_of(pieces: Iterable[bytes], waiting: Waiting, files: Path) -> Kept:
    """Return a mail as it came, on the disk where it is large. Raises CannotFetch."""
    if waiting.size_bytes > LARGEST_DELIVERED:
        raise CannotFetch(Trouble.TOO_LARGE)
    with Spool(files, most_in_memory=LARGEST_IN_DATABASE, most=LARGEST_DELIVERED) as spool:
        for piece in pieces:
            _write(spool, piece)
        try:
            return spool.keep()
        except OSError as problem:
            raise CannotFetch(Trouble.STORAGE, str(problem.strerror)) from problem


def _write(spool: Spool, piece: bytes) -> None:
    try:
        spool.write(piece)
    except TooMuch as problem:
        raise CannotFetch(Trouble.TOO_LARGE) from problem
    except OSError as problem:
        raise CannotFetch(Trouble.STORAGE, str(problem.strerror)) from problem
