from collections.abc import Iterator

import pytest

from amends.base.locked import lock
from amends.contacts.models.mailboxes import Mailbox
from tests.conftest import CI
from tests.dovecot import PASSWORD, USER, Dovecot, find_dovecot
from tests.make import NOW


@pytest.fixture(scope="session")
def _dovecot() -> None:
    if find_dovecot() is None:
        missing = "no Dovecot found: fetching from a real mailbox is not tested (see bin/dovecot)"
        if CI:
            pytest.fail(missing)
        pytest.skip(missing)


@pytest.fixture
def dovecot(_dovecot: None, socket_enabled: None) -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def mailbox(dovecot: Dovecot, db: None) -> Mailbox:
    """A mailbox of ours on that server."""
    return Mailbox.objects.create(
        name="care",
        address="care@water.example",
        way_in="imap",
        host="localhost",
        port=dovecot.ports["imaps"],
        authority=dovecot.authority,
        user=USER,
        secret=lock(PASSWORD),
        added_at=NOW,
        changed_at=NOW,
    )
