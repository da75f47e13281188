import pytest

from tests import make


@pytest.fixture
def agent(client, db):
    """Somebody of the front line, signed in."""
    make.organisation()
    staff = make.staff("Inga Ramanauskaitė")
    make.team(members=(staff,))
    client.force_login(staff)
    return staff
