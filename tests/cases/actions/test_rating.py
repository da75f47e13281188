from datetime import timedelta

import pytest

from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.rating import NotAnsweredYet, Rated, RatedLongAgo, rate
from amends.cases.models.read_back import Rating
from amends.cases.rules.kinds import How, Satisfaction, Verdict
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Channel
from amends.journal.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(days=2)
GOOD = Rated(satisfaction=Satisfaction.SATISFIED, words="Kind, and quick.")


@pytest.fixture
def question():
    make.organisation()
    ruta = make.person(email="ruta@home.example")
    case = make.case(make.contact(person=ruta), owner=make.staff())
    return make.kept(case)


def answered(question, verdict=Verdict.PARTLY):
    answer = Answer(verdict=verdict, how=How.LINK)
    return answer_put_right(question, answer=answer, by=question.case.person, at=LATER)


def test_it_is_said_after_the_question_in_the_customers_own_words(question):
    rating = rate(answered(question), rated=GOOD, by=question.case.person, at=LATER)
    assert (rating.satisfaction, rating.words) == ("satisfied", "Kind, and quick.")
    assert rating.changed_at is None
    assert Contact.objects.get(channel=Channel.WEB).words.text == "Kind, and quick."
    assert Entry.objects.get(kind="CaseRated").facts["satisfaction"] == "satisfied"


def test_before_the_question_is_answered_nothing_is_rated(question):
    with pytest.raises(NotAnsweredYet):
        rate(question, rated=GOOD, by=question.case.person, at=LATER)


def test_it_may_be_said_anew_and_the_same_words_are_not_told_twice(question):
    answered(question)
    rate(question, rated=GOOD, by=question.case.person, at=LATER)
    worse = Rated(satisfaction=Satisfaction.PARTLY, words="Kind, and quick.")
    rating = rate(question, rated=worse, by=question.case.person, at=LATER)
    assert (rating.satisfaction, rating.changed_at) == ("partly", LATER)
    assert Rating.objects.count() == 1
    assert Contact.objects.filter(channel=Channel.WEB).count() == 1


def test_words_are_not_asked_for(question):
    silent = Rated(satisfaction=Satisfaction.NOT)
    rate(answered(question), rated=silent, by=question.case.person, at=LATER)
    assert not Contact.objects.filter(channel=Channel.WEB).exists()


def test_when_the_time_is_over_what_was_said_stands(question):
    answered(question)
    with pytest.raises(RatedLongAgo):
        rate(question, rated=GOOD, by=question.case.person, at=LATER + timedelta(days=91))
