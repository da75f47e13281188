"""What is suggested on a case to begin a reply with, and what it may show of another."""

from datetime import timedelta

import pytest

from amends.cases.actions.correspondence import reply_by_mail, undo_reply
from amends.cases.actions.evidence import mark_sensitive
from amends.cases.actions.letters import Reply
from amends.cases.models.answers import AnswerUsed
from amends.cases.models.case import Case, Issue, PartyOfCase
from amends.cases.queries.suggestions import answers_on
from amends.cases.rules.kinds import Part
from amends.cases.rules.suggesting import Why
from amends.contacts.models.templates import AnswerTemplate
from amends.staff.rules.permissions import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
HELD = timedelta(seconds=10)
VISIT = "An engineer looks at it and tells you what she finds. We stay with it until it is right."
LETTER = (
    "Dear Ms Petrauskienė,\n\nwe are sorry that the radiator stayed cold again. Milda Jonaitytė "
    "saw it on 3 March. Now we bleed the radiator and tell you when it is warm. You get 40 euro."
)
SAFE = (
    "we are sorry that the radiator stayed cold again. "
    "Now we bleed the radiator and tell you when it is warm."
)


@pytest.fixture
def milda():
    make.organisation()
    agent = make.staff("Milda Jonaitytė")
    make.team(members=(agent,))
    return agent


@pytest.fixture
def case(milda):
    return about("Cold", make.case(on("It is cold, the radiator is cold"), owner=milda))


def on(text, name="Jonas Kairys"):
    return make.contact(text, person=make.person(name, email=f"{len(name)}@post.example"))


def about(topic, case):
    Issue.objects.create(case=case, statement="The radiator stays cold", topic=topic)
    return case


def template(name, text=VISIT, **more):
    texts = {"en": text}
    return AnswerTemplate.objects.create(name=name, texts=texts, position=1, **more)


def write(case, text, milda):
    return reply_by_mail(case, reply=Reply(text=text, held_for=HELD), by=milda, at=NOW)


@pytest.fixture
def solved(milda):
    return put_right("Ada Ray", milda)


def put_right(name, milda):
    case = about("Cold", make.case(on("The radiator stays cold", name), owner=milda))
    write(case, LETTER, milda)
    Case.objects.filter(pk=case.pk).update(
        state="closed", closed_at=NOW, verdict="yes", next_due_at=None, next_due=""
    )
    return case


def first(case, by):
    return answers_on(case, author=by, at=NOW).suggested


def test_what_is_of_its_topic_is_suggested_first_and_the_rest_stays_in_the_list(case, milda):
    template("Thanks", kind="thanks")
    other, fits = template("Water", topic="Water"), template("Cold again", topic="Cold")
    answers = answers_on(case, author=milda, at=NOW)
    assert [(one.name, one.whys) for one in answers.suggested] == [(fits.name, (Why.TOPIC,))]
    assert [one.name for one in answers.others] == [other.name]
    assert answers.text_of(str(fits.pk)) == answers.text_of(str(other.pk)) == VISIT
    assert answers.text_of("999") is None


def test_how_often_replies_were_written_with_it_counts_and_is_taken_back_with_them(case, milda):
    visit = template("A visit")
    mail = write(case, f"Dear Mr Kairys,\n\n{VISIT}\n\nWe hope that helps.", milda)
    write(case, "Something else altogether, written by hand.", milda)
    (one,) = first(case, milda)
    assert (one.whys, one.times) == ((Why.USED_ON_TOPIC,), 1)
    write(case, VISIT, milda)
    assert first(case, milda)[0].times == 2
    undo_reply(mail, by=milda, at=NOW)
    undo_reply(write(case, "Something by hand again.", milda), by=milda, at=NOW)
    assert first(case, milda)[0].times == 1
    assert set(AnswerUsed.objects.values_list("template", "topic", "times")) == {
        (visit.pk, "", 1),
        (visit.pk, "Cold", 1),
    }


def test_what_was_used_elsewhere_is_said_so(case, milda):
    visit = template("A visit")
    AnswerUsed.objects.create(template=visit, topic="", times=12, last_at=NOW)
    AnswerUsed.objects.create(template=visit, topic="Water", times=12, last_at=NOW)
    (one,) = first(case, milda)
    assert (one.whys, one.times) == ((Why.USED,), 12)


def test_what_put_a_case_like_it_right_is_suggested_without_what_is_anothers(case, milda, solved):
    (one,) = first(case, milda)
    assert one.reference == solved.reference
    assert one.whys[:2] == (Why.SOLVED, Why.TOPIC)
    assert one.text == SAFE
    assert answers_on(case, author=milda, at=NOW).text_of(one.key) == SAFE


def test_of_two_that_say_the_same_one_is_suggested(case, milda, solved):
    put_right("Eva Low", milda)
    assert [one.text for one in first(case, milda)] == [SAFE]


@pytest.mark.parametrize(
    "facts",
    [
        {"verdict": "no"},
        {"kind": "enquiry"},
        {"language": "lt"},
        {"sensitive_since": NOW},
    ],
)
def test_what_did_not_help_or_is_of_another_sort_or_sensitive_is_not(case, milda, solved, facts):
    Case.objects.filter(pk=solved.pk).update(**facts)
    assert first(case, milda) == ()


def test_what_somebody_may_not_see_is_not_suggested_to_them(case, milda, solved):
    PartyOfCase.objects.create(case=solved, part=Part.COMPLAINED_ABOUT, staff=milda, since=NOW)
    assert first(case, milda) == ()


def test_an_earlier_case_that_is_kept_from_the_decider_is_not_suggested(case, milda, solved):
    Case.objects.filter(pk=case.pk).update(severity=4)
    Case.objects.filter(pk=solved.pk).update(person=case.person)
    assert first(case, milda) == ()


def test_a_case_of_which_nothing_may_be_told_is_not_suggested(case, milda, solved):
    Issue.objects.filter(case=solved).update(topic="Water")
    other = about("Cold", make.case(on("Cold", "Eva Low"), owner=milda))
    write(other, "We give you 40 euro.", milda)
    Case.objects.filter(pk=other.pk).update(
        state="closed", closed_at=NOW, verdict="yes", next_due_at=None, next_due=""
    )
    assert first(case, milda) == ()


def test_of_a_sensitive_case_its_own_words_stay_with_it(case, milda, solved):
    mark_sensitive(case, by=milda, at=NOW)
    assert first(case, milda)[0].reference == solved.reference


def test_without_a_topic_no_other_case_is_looked_at(milda, solved):
    assert first(make.case(on("Cold"), owner=milda), milda) == ()


def test_who_does_not_work_on_cases_is_suggested_nothing(case, solved):
    assert first(case, make.staff(role=Role.ADMINISTRATOR)) == ()


def test_it_asks_as_much_for_many_as_for_one(case, milda, solved, django_assert_max_num_queries):
    for n in range(3):
        template(f"Answer {n}", topic="Cold")
    with django_assert_max_num_queries(17):
        answers_on(case, author=milda, at=NOW)
