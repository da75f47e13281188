"""What is new adds its words to those of its case, once, whoever else writes at the same time."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.db import connection, transaction

from amends.base.rows import FEW, write_rows
from amends.cases.actions.arrivals import take_in
from amends.cases.actions.erasing import erase_record
from amends.cases.actions.merging import merge_case
from amends.cases.models.case import Case, CaseNote, Issue
from amends.cases.models.words import CaseWords
from amends.cases.queries.words import saying
from amends.contacts.actions.arrivals import Incoming, store_arrivals
from amends.contacts.rules.kinds import Channel, Source
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.past import WORD, ended, past
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.django_db
COUNTED = """
SELECT pg_stat_get_xact_tuples_inserted('cases_casewords'::regclass),
    pg_stat_get_xact_tuples_updated('cases_casewords'::regclass),
    (SELECT coalesce(sum(calls), 0) FROM pg_stat_xact_user_functions
     WHERE funcname = 'cases_words_of')
"""
STALE = """
SELECT count(*) FROM cases_case LEFT JOIN cases_casewords ON case_id = id
WHERE words IS DISTINCT FROM cases_words_of(id, gist, sensitive_since IS NULL)
"""
WAITED_FOR = """
SELECT EXISTS (SELECT FROM pg_locks
               WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
"""


@pytest.fixture
def milda():
    make.organisation()
    make.team()
    return make.staff("Milda", role=Role.MANAGER)


def found(text, by):
    return set(Case.objects.filter(saying(text, by)).values_list("pk", flat=True))


def asked(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


@contextmanager
def written_rows(*, begun, changed, gathered):
    """Expect that so many rows of words begin or change in the block, so many gathered whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL track_functions = 'all'")
    before = asked(COUNTED)
    yield
    told = tuple(now - then for now, then in zip(asked(COUNTED), before, strict=True))
    assert told == (begun, changed, gathered)


def stale():
    """Return how many cases have other words than those that would be gathered of them."""
    return asked(STALE)[0]


def note(case, text, by):
    return CaseNote(case=case, text=text, by=by, at=make.NOW)


@pytest.mark.parametrize("mails", [1, FEW + 2])
def test_of_a_mail_that_is_taken_in_words_are_written_with_the_case_and_once_again(milda, mails):
    incoming = [
        Incoming(
            source="file",
            key=letter,
            raw=mail(
                f"It is cold again, and the valve {letter}{letter} hums. " * 5 + "Come.",
                From=f"{letter}@example.net",
                Message_ID=f"<{letter}@example.net>",
            ),
            as_history=False,
        )
        for letter in "abcdefghij"[:mails]
    ]
    arrivals = [arrival for arrival, _new in store_arrivals(incoming, at=make.NOW)]
    with written_rows(begun=mails, changed=mails, gathered=0):
        take_in(arrivals, at=make.NOW)
    assert Case.objects.count() == mails
    assert len(found("valve aa come", milda)) == 1
    assert stale() == 0


def test_rows_that_are_copied_add_the_words_of_all_of_them(milda):
    first, second = make.case(owner=milda), make.case(owner=milda)
    words = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
    notes = [note((first, second)[n % 2], word, milda) for n, word in enumerate(words)]
    with written_rows(begun=0, changed=2, gathered=0):
        write_rows(CaseNote, notes)
    assert found("alpha gamma epsilon eta", milda) == {first.pk}
    assert found("beta delta zeta theta", milda) == {second.pk}
    assert stale() == 0


def test_what_says_no_new_word_writes_nothing(milda):
    case = make.case(owner=milda)
    note(case, "The plumber was there", milda).save()
    with written_rows(begun=0, changed=0, gathered=0):
        note(case, "There was the plumber", milda).save()
        Issue.objects.create(case=case, statement=case.gist)


def test_what_is_changed_or_taken_away_is_gathered_anew(milda):
    case = make.case(owner=milda)
    told = note(case, "The plumber was there", milda)
    told.save()
    with written_rows(begun=0, changed=3, gathered=2):
        CaseNote.objects.filter(pk=told.pk).update(text="An electrician was there")
        Issue.objects.create(case=case, statement="Sparks").delete()
    assert found("plumber", milda) == found("sparks", milda) == set()
    assert found("electrician", milda) == {case.pk}
    assert stale() == 0


def test_a_case_of_very_many_words_keeps_to_their_number(milda):
    case = make.case(owner=milda)
    for letter in "pqr":
        note(case, " ".join(f"{number:x}{letter}" for number in range(2500)), milda).save()
    words = CaseWords.objects.values_list("words", flat=True).get(case=case)
    assert len(words.split()) == 6000


def test_of_a_sensitive_case_nothing_is_added(milda):
    case = make.case(owner=milda)
    Case.objects.filter(pk=case.pk).update(sensitive_since=make.NOW)
    note(case, "Diagnosis attached", milda).save()
    assert found("diagnosis", milda) == set()
    assert stale() == 0


def test_of_an_erased_case_no_word_comes_back(milda):
    case = ended(milda)
    assert found(WORD, milda) == {case.pk}
    erase_record(case, by=milda, at=past(case))
    note(case, f"After all {WORD}.", milda).save()
    assert not CaseWords.objects.filter(case=case).exists()


def test_a_case_that_another_is_joined_to_has_the_words_of_both(milda):
    ruta = make.person(email="ruta@home.example")
    kept = make.case(make.contact("Alpha words", person=ruta), owner=milda)
    gone = make.case(
        make.contact("Beta words", person=ruta, channel=Channel.EMAIL, source=Source.WRITTEN),
        owner=milda,
    )
    merge_case(gone, into=kept, reason="The same.", by=milda, at=make.NOW)
    assert kept.pk in found("alpha beta", milda)
    assert stale() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("gathers", [False, True])
def test_of_two_who_write_at_once_neither_loses_the_words_of_the_other(milda, gathers):
    case = make.case(owner=milda)
    issue = Issue.objects.get(case=case)

    def write():
        try:
            if gathers:
                Issue.objects.filter(pk=issue.pk).update(statement="Electrician")
            else:
                note(case, "Electrician", milda).save()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            note(case, "Plumber", milda).save()
            done = other.submit(write)
            until_waited_for()
        done.result(timeout=20)
    assert found("plumber electrician", milda) == {case.pk}
    assert stale() == 0


@pytest.mark.django_db(transaction=True)
def test_a_note_that_meets_a_case_becoming_sensitive_adds_nothing(milda):
    case = make.case(owner=milda)

    def write():
        try:
            note(case, "Diagnosis attached", milda).save()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            Case.objects.filter(pk=case.pk).update(sensitive_since=make.NOW)
            done = other.submit(write)
            until_waited_for()
        done.result(timeout=20)
    assert found("diagnosis", milda) == set()
    assert stale() == 0


def until_waited_for():
    """Go on once another transaction waits for this one."""
    patience = time.monotonic() + 20
    while not asked(WAITED_FOR)[0]:
        assert time.monotonic() < patience
        time.sleep(0.01)


def test_the_way_back_keeps_words_as_they_were_kept_before(milda):
    added = import_module("amends.cases.migrations.0049_words_added")
    [operation] = added.Migration.operations
    with connection.cursor() as cursor:
        cursor.execute(operation.reverse_sql)
    case = make.case(owner=milda)
    note(case, "The plumber was there", milda).save()
    assert found("plumber", milda) == {case.pk}
    with connection.cursor() as cursor:
        cursor.execute(operation.sql)
    note(case, "The electrician was there", milda).save()
    assert found("plumber electrician", milda) == {case.pk}
    assert stale() == 0
