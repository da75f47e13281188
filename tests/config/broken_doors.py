"""Doors that are broken on purpose, for a test only: `python broken_doors.py FAULT` opens one.

Whoever says that nothing is lost must show that a loss would have been seen. Each answers late
enough, or does late enough what it should have done before, that a kill comes between.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from uuid import uuid4

import psycopg

from amends.base.spool import Kept, Spool
from amends.contacts.channels.email import delivery as delivering
from amends.contacts.channels.email.delivery import Delivery, Envelope, connect
from amends.contacts.channels.email.lmtp import Session
from config.commands.main import run

LATER_SECONDS = 0.3
_store_well = Session._stored
_keep_well = Spool.keep


def answer_first() -> None:
    """Answer, and store afterwards."""

    def answer(session: Session, delivery: Delivery, envelope: Envelope) -> bool:
        taken = delivery, envelope, session._house.database
        Thread(target=_store_later, args=taken, daemon=True).start()
        return True

    Session._stored = answer  # type: ignore[assignment] # the fault


def _store_later(delivery: Delivery, envelope: Envelope, database: str) -> None:
    time.sleep(LATER_SECONDS)
    try:
        with connect(database) as connection:
            delivery.store(connection, envelope)
    except psycopg.Error:
        return


def know_nothing() -> None:
    """Store each mail under another key, so that what comes twice stands twice."""

    def store(session: Session, delivery: Delivery, envelope: Envelope) -> bool:
        stored = _store_well(session, delivery, envelope)
        time.sleep(LATER_SECONDS)
        return stored

    vars(delivering)["key_of"] = lambda _sender, _digest: uuid4().hex
    Session._stored = store  # type: ignore[assignment] # so that kills come before the answer


def keep_afterwards() -> None:
    """Commit that a large mail is here, answer, and put its file on the disk afterwards."""

    def keep(spool: Spool) -> Kept:
        if spool._unfinished is None:
            return _keep_well(spool)
        spool._file.flush()
        said = spool._root, spool._unfinished.read_bytes()
        Thread(target=_keep_later, args=said, daemon=True).start()
        return Kept(spool._digest.hexdigest(), spool.size_bytes, None)

    Spool.keep = keep  # type: ignore[assignment] # the fault


def _keep_later(root: Path, raw: bytes) -> None:
    time.sleep(LATER_SECONDS)
    with Spool(root, most_in_memory=0, most=len(raw)) as spool:
        spool.write(raw)
        _keep_well(spool)


FAULTS: dict[str, Callable[[], None]] = {
    "answers-first": answer_first,
    "knows-nothing": know_nothing,
    "keeps-afterwards": keep_afterwards,
}

if __name__ == "__main__":
    FAULTS[sys.argv[1]]()
    sys.exit(run(["lmtp"]))
