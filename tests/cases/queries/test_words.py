"""What a case is found by: its own words, kept by the database."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from amends.cases.actions.assessment import Complaint, add_issue, correct_issue
from amends.cases.actions.correspondence import add_note
from amends.cases.actions.evidence import mark_sensitive, unmark_sensitive
from amends.cases.actions.opening import add_contact
from amends.cases.models.case import Case, CaseContact
from amends.cases.models.words import CaseWords
from amends.cases.queries.words import saying
from amends.cases.rules.kinds import Severity
from amends.cases.rules.words import sought_words
from amends.contacts.actions.recording import record_contact
from amends.contacts.rules.kinds import Channel, Direction, Source
from amends.people.rules.folding import plain
from tests import make

pytestmark = pytest.mark.django_db
LONG = "It has been like this for weeks and nobody came. " * 10  # more than a list shows


@pytest.fixture
def milda():
    make.organisation()
    return make.staff("Milda")


def found(text, by):
    return set(Case.objects.filter(saying(text, by)).values_list("pk", flat=True))


def written(text, **facts):
    told = {"channel": Channel.EMAIL, "source": Source.WRITTEN, **facts}
    return make.contact(text, person=make.person(), **told)


def test_a_case_is_found_by_every_word_that_its_customer_wrote_however_it_is_typed(milda):
    case = make.case(written("Der Hahn tropft.\n\nŠildymas neveikia, горячая вода ржавая."))
    make.case(written("Something else altogether"))
    for typed in ("tropft", "TROPF", "sildym neveik", "горяч", "goriac rzav", "вода hahn"):
        assert found(typed, milda) == {case.pk}
    assert found("neveikia nothing", milda) == set()
    assert found("eveikia", milda) == set()
    assert found("?!", milda) == set()


def test_words_that_come_later_are_found_and_so_are_the_subject_and_what_was_taken_down(milda):
    case = make.case(owner=milda)
    told = make.contact("Now the boiler hums", by=milda)
    add_contact(case, contact=told, by=milda, at=make.NOW)
    add_contact(case, contact=written("As said", subject="Radiator"), by=None, at=make.NOW)
    assert found("boiler hums radiator", milda) == {case.pk}


def test_issues_as_they_stand_and_notes_are_found(milda):
    case = make.case(owner=milda)
    issue = add_issue(case, complaint=Complaint(statement="Leaking valve"), by=milda, at=make.NOW)
    add_note(case, text="The plumber was there", by=milda, at=make.NOW)
    assert found("valve plumber", milda) == {case.pk}
    correct_issue(issue, complaint=Complaint(statement="Leaking pipe"), by=milda, at=make.NOW)
    assert found("valve", milda) == set()
    assert found("pipe", milda) == {case.pk}


def test_what_we_write_ourselves_finds_nothing(milda):
    case = make.case(owner=milda)
    ours = make.telling(
        "Gutenberg", direction=Direction.OUT, source=Source.WRITTEN, handled_by=milda
    )
    add_contact(case, contact=record_contact(ours, by=milda, at=make.NOW), by=milda, at=make.NOW)
    assert found("gutenberg", milda) == set()


def test_of_a_sensitive_case_only_what_every_list_shows_is_looked_through(milda):
    case = make.case(written(f"Cold flat. {LONG}I have an illness."), owner=milda)
    add_note(case, text="Diagnosis attached", by=milda, at=make.NOW)
    mark_sensitive(case, by=milda, at=make.NOW)
    add_note(case, text="Diagnosis again", by=milda, at=make.NOW)
    assert found("illness", milda) == found("diagnosis", milda) == set()
    assert found(case.gist[:40], milda) == {case.pk}
    unmark_sensitive(case, by=milda, at=make.NOW)
    assert found("illness diagnosis", milda) == {case.pk}


def test_words_go_with_their_contact_from_one_case_to_another(milda):
    first = make.case(written("Alpha words"))
    second = make.case(written(f"Another matter. {LONG}Beta words"))
    link = CaseContact.objects.get(case=second)
    link.case = first
    link.save()
    assert found("alpha beta", milda) == {first.pk}
    assert found("beta", milda) == {first.pk}
    link.delete()
    assert found("beta", milda) == set()


def test_earlier_cases_that_are_kept_from_a_decider_are_not_found_by_them(milda):
    ruta = make.person()
    earlier = make.withdrawn(make.case(written("Broken elevator"), owner=milda))
    Case.objects.filter(pk=earlier.pk).update(person=ruta)
    grave = make.case(make.contact(person=ruta), owner=milda)
    assert found("elevator", milda) == {earlier.pk}
    Case.objects.filter(pk=grave.pk).update(severity=Severity.SERIOUS)
    assert found("elevator", milda) == set()
    assert found("elevator", make.staff("Jonas")) == {earlier.pk}


def test_no_text_is_too_long_or_too_strange_to_be_taken_in(milda):
    text = " ".join(f"{n:x}" * 30 for n in range(9000)) + " 😡 \u0601 ﬁn İ ﷺ"
    case = make.case(written(text))
    assert CaseWords.objects.filter(case=case).exists()
    assert found("0000", milda) == {case.pk}


@pytest.mark.parametrize(
    "text",
    [
        "Ą Č Ę Ė Į Š Ų Ū Ž ą č ę ė į š ų ū ž",
        "Ć Ł Ń Ó Ś Ź Ż ć ł ń ó ś ź ż Ë Ç ë ç",
        "АБВГҐДЕЁЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄ",
        "абвгґдеёжзиіїйклмнопрстуфхцчшщъыьэюяє",
        "Straße ŒUVRE æther Þing ðat Đuro søt ılık İki",
        "DON'T rock`n`roll, IT is No. 7_b [at] ~12:30",
        "don't won’t rock`n`roll Ｆｕｌｌ ﬁne №7 ½",
    ],
)
def test_the_database_folds_as_names_are_folded(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_plain(%s), tsvector_to_array(cases_vector(%s))", [text, text])
        folded, words = cursor.fetchone()
    assert folded == plain(text)
    assert set(sought_words(text)) <= set(words)


def test_the_words_of_cases_that_there_were_are_gathered_by_the_migration(milda):
    case = make.case(written("Broken elevator"))
    CaseWords.objects.all().delete()
    gathering = import_module("amends.cases.migrations.0043_words_gathered")
    gathering.gather(None, SimpleNamespace(connection=connection))
    assert found("elevator", milda) == {case.pk}
