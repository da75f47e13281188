"""A door that is broken on purpose: it answers first and stores afterwards. For a test only.

Whoever says that nothing is lost must show that a loss would have been seen.
"""

import sys
import time
from threading import Thread

import psycopg

from amends.contacts.channels.email.delivery import Delivery, Envelope, connect
from amends.contacts.channels.email.lmtp import Session
from config.commands.main import run

LATER_SECONDS = 0.3


def answer_first(session: Session, delivery: Delivery, envelope: Envelope) -> bool:
    taken = delivery, envelope, session._house.database
    Thread(target=store_later, args=taken, daemon=True).start()
    return True


def store_later(delivery: Delivery, envelope: Envelope, database: str) -> None:
    time.sleep(LATER_SECONDS)
    try:
        with connect(database) as connection:
            delivery.store(connection, envelope)
    except psycopg.Error:
        return


if __name__ == "__main__":
    Session._stored = answer_first  # type: ignore[assignment] # the fault
    sys.exit(run(["lmtp"]))
