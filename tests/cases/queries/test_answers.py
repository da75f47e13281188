from datetime import timedelta

import pytest

from amends.cases.models.case import Issue
from amends.cases.queries.answers import answers_for, words_for
from amends.contacts.models.templates import AnswerTemplate
from amends.contacts.rules.templates import Variable
from amends.people.rules.kinds import Honorific
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    make.organisation()
    jonas = make.person("Jonas Petrauskas", honorific=Honorific.MISTER)
    return make.case(make.contact(person=jonas), owner=make.staff("Rūta"))


def template(name, position=1, text="Words", **more):
    return AnswerTemplate.objects.create(name=name, texts={"en": text}, position=position, **more)


def offered(case):
    return [one.name for one in answers_for(case, author=case.owner, at=NOW)]


def test_an_answer_reads_in_the_words_of_the_case(case):
    make.promise(case, make.offer("we come", due_at=NOW + timedelta(days=3)))
    template("Visit", text="{name}, {promise} {promise_by}. {author}, {house}: {title}")
    (answer,) = answers_for(case, author=case.owner, at=NOW)
    assert answer.text == (
        "Mr Petrauskas, we come by Monday 30 March, 18:00. Rūta, Water of Vilnius: {title}"
    )
    assert answer.missing == (Variable.TITLE,)


def test_what_fits_the_case_comes_first_and_what_is_for_another_kind_not_at_all(case):
    Issue.objects.create(case=case, statement="Cold", topic="Heating")
    template("Any", 1)
    template("Thanks", 2, kind="thanks")
    template("Complaint", 3, kind="complaint")
    template("Cold again", 4, topic="Heating")
    template("Water", 5, topic="Water")
    assert offered(case) == ["Complaint", "Cold again", "Any", "Water"]


def test_without_a_list_nothing_is_asked_of_the_case(case, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert answers_for(case, author=case.owner, at=NOW) == []


def test_what_the_case_has_no_words_for_stays_empty(case):
    said = words_for(case, author=case.owner, at=NOW)
    assert said[Variable.PROMISE] == said[Variable.PROMISE_BY] == ""
    assert said[Variable.NEXT_STEP]
    assert words_for(case, author=case.owner, at=NOW, language="lt")[Variable.NAME] != ""


def test_of_a_case_without_a_customer_the_name_is_missing():
    make.organisation()
    owner = make.staff()
    case = make.case(make.contact(), owner=owner)
    assert words_for(case, author=owner, at=NOW)[Variable.NAME] == ""
