import pytest
from django.test import Client

from amends.staff.rules.permissions import Role
from tests import make


@pytest.fixture
def customer():
    """Somebody whose browser keeps no cookies and runs no scripts."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def case():
    owner = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=make.staff("Asta Duty", role=Role.SENIOR), members=(owner,))
    ruta = make.person("Rūta Petrauskienė", email="ruta@home.example")
    return make.case(make.contact(person=ruta), owner=owner)
