from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from amends.base.questions import Question
from amends.staff.models import Staff, Team
from tests import make

pytestmark = pytest.mark.django_db
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def _named(name, until, staff):
    return (
        Staff.objects.filter(name__startswith=Value(name), joined_at__lt=until)
        .exclude(pk=staff)
        .order_by("name")
        .values_list("name", Concat("name", Value(" 100 %s <name>")))
    )


@pytest.fixture
def named():
    return Question(_named, name="«name»", until=datetime(1, 1, 1, tzinfo=UTC), staff=-7_000_001)


def test_the_answer_is_to_the_values_given(named):
    make.staff(name="Ona")
    two = make.staff(name="Olga's %s")
    assert named.answer(staff=-1, until=LATER, name="O") == [
        ("Olga's %s", "Olga's %s 100 %s <name>"),
        ("Ona", "Ona 100 %s <name>"),
    ]
    assert [name for name, _ in named.answer(staff=two.pk, until=LATER, name="O")] == ["Ona"]
    assert named.answer(staff=-1, until=LATER, name="Olga's %") != []
    assert named.answer(staff=-1, until=LATER, name="'; --") == []


def test_each_asking_is_one_statement_the_first_one_too(named):
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            named.answer(staff=-1, until=LATER, name="")
        assert len(asked) == 1


def test_a_question_needs_no_values():
    make.staff(name="Ona")
    everybody = Question(lambda: Staff.objects.values_list("name"))
    assert ("Ona",) in everybody.answer()


def test_every_connection_learns_the_question(named):
    def ask():
        try:
            return named.answer(staff=-1, until=LATER, name="nobody")
        finally:
            connection.close()

    assert ask_in_a_thread(ask) == ask_in_a_thread(ask) == []


def ask_in_a_thread(ask):
    """Return what `ask` returns on a connection of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(ask).result()


def test_what_the_database_refuses_is_told_as_django_tells_it():
    wrong = Question(lambda name: Team.objects.filter(pk=name).values_list("pk"), name=-7_000_001)
    with pytest.raises(DatabaseError), transaction.atomic():
        wrong.answer(name="no number")
