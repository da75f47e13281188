"""The process that fetches mail, killed again and again while it does so."""

import random
import signal

import psycopg
import pytest

from amends.base.locked import lock
from amends.database.cluster import connection_to, ensure_running, stop
from tests.config.installation import SECRET
from tests.conftest import CI
from tests.contacts.channels.email.messages import mail
from tests.dovecot import PASSWORD, USER, Dovecot, find_dovecot

pytestmark = pytest.mark.enable_socket
MAILS, KILLS = 400, 4
ADDED = """
INSERT INTO contacts_mailbox (name, address, from_name, languages, signature, way_in, host, port,
  protection, authority, sign_in, "user", secret, folder, afterwards, move_to, is_active,
  added_at, changed_at)
VALUES ('care', 'care@water.example', '', '{}', '{}', 'imap', 'localhost', %(port)s,
  'tls', %(authority)s, 'password', %(user)s, %(secret)s, 'INBOX', 'move', 'Done', true,
  now(), now())
"""


@pytest.fixture
def dovecot():
    if find_dovecot() is None:
        missing = "no Dovecot found: fetching amid kills is not tested (see bin/dovecot)"
        if CI:
            pytest.fail(missing)
        pytest.skip(missing)
    with Dovecot() as server:
        yield server


@pytest.fixture
def fetching(installation, dovecot, settings):
    """An installation whose database runs and knows one mailbox, with many mails in it."""
    settings.SECRET_KEY = SECRET
    dovecot.make_folder("Done")
    dovecot.receive_many([mail(f"number {number}") for number in range(MAILS)])
    ensure_running(installation.cluster)
    with psycopg.connect(connection_to(installation.cluster, "amends")) as connection:
        secret = lock(PASSWORD)
        port, authority = dovecot.ports["imaps"], dovecot.authority
        facts = {"port": port, "authority": authority, "user": USER, "secret": secret}
        connection.execute(ADDED, facts)
    yield installation
    stop(installation.cluster)


def stored(installation) -> list[bytes]:
    with psycopg.connect(connection_to(installation.cluster, "amends")) as connection:
        rows = connection.execute("SELECT raw FROM contacts_arrival ORDER BY id")
        return [bytes(raw) for (raw,) in rows]


def test_a_process_that_is_killed_while_it_fetches_loses_and_doubles_nothing(fetching, dovecot):
    rng = random.Random(7)  # noqa: S311  when to kill is no secret
    for _kill in range(KILLS):
        before = len(stored(fetching))
        process = fetching.start("mailboxes")
        enough = min(before + rng.randint(1, MAILS // KILLS), MAILS)
        fetching.wait_until(lambda enough=enough: len(stored(fetching)) >= enough)
        process.kill()
        process.wait()
    process = fetching.start("mailboxes")
    fetching.wait_until(lambda: len(dovecot.uids("Done")) == MAILS)
    process.terminate()
    # It may have had nothing left to do, and be asked to end before it has begun.
    assert process.wait(60) in {0, -signal.SIGTERM}
    assert sorted(stored(fetching)) == sorted(mail(f"number {number}") for number in range(MAILS))
    assert dovecot.uids() == []
