import pytest
from django.conf import settings

from config.commands.prepare import way_in
from tests import make

pytestmark = pytest.mark.django_db


def test_an_empty_installation_prints_the_way_in():
    words = way_in()
    assert "within 3 days and once" in words
    assert f"  {settings.BASE_ADDRESS}/set-up/" in words


def test_one_that_is_set_up_prints_nothing():
    make.organisation()
    assert way_in() == ""
