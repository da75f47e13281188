from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from amends.cases.actions.lessons import (
    AboutNothing,
    Learned,
    LessonJudges,
    LessonSaysNothing,
    note_lesson,
    retire_lesson,
)
from amends.cases.models.lessons import Lesson
from amends.cases.queries.file import file_of
from amends.cases.queries.lessons import lesson_for, lessons_of, topics_of
from amends.cases.queries.sheets import caller_for
from amends.cases.rules.lessons import Lives
from amends.jobs.sweeper import sweep
from amends.people.actions.merging import merge_people
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again, bar

pytestmark = pytest.mark.django_db
TEXT = "Ring her after five."


@pytest.fixture
def by():
    made = make.staff(role=Role.SENIOR)
    make.team(members=(made,))
    return made


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def ruta():
    return make.person()


class TestLearning:
    @pytest.mark.requirement("S3-19")
    def test_it_comes_up_with_the_customer_on_the_next_sheet_and_case(self, by, ruta, now):
        lesson = note_lesson(Learned(text=f" {TEXT} ", person=ruta, topic="x"), by=by, at=now)
        assert (lesson.text, lesson.topic, lesson.by) == (TEXT, "", by)
        assert list(lessons_of(ruta)) == [lesson]
        assert [each.text for each in caller_for(by, ruta.pk).lessons] == [TEXT]
        case = make.case(make.contact(person=ruta), owner=by)
        assert [each.text for each in file_of(case).lessons] == [TEXT]

    @pytest.mark.requirement("S3-19")
    def test_it_comes_up_wherever_its_topic_does(self, by, now):
        case = hard.investigated(by)
        hard.issue(case)
        assert topics_of(case) == ["Heating"]
        note_lesson(Learned(text=TEXT, topic=" Heating ", case=case), by=by, at=now)
        assert Lesson.objects.get().learned_from == case
        other = make.case(make.contact(person=make.person()), owner=by)
        assert file_of(other).lessons == ()
        hard.issue(other)
        assert [each.topic for each in file_of(other).lessons] == ["Heating"]

    def test_it_says_something_of_somebody_or_something(self, by, ruta, now):
        for learned, refusal in (
            (Learned(text=" ", person=ruta), LessonSaysNothing),
            (Learned(text=TEXT, topic=" "), AboutNothing),
        ):
            with pytest.raises(refusal):
                note_lesson(learned, by=by, at=now)

    @pytest.mark.requirement("S3-19")
    def test_it_is_never_about_what_somebody_is_like(self, by, ruta, now):
        with pytest.raises(LessonJudges, match="idiot"):
            note_lesson(Learned(text="She is an idiot.", person=ruta), by=by, at=now)

    def test_only_by_who_works_on_cases(self, ruta, now):
        with pytest.raises(NotAllowed):
            note_lesson(Learned(text=TEXT, person=ruta), by=make.staff(role=Role.EMPLOYEE), at=now)

    def test_a_case_about_oneself_is_not_named_as_its_source(self, by, ruta, now):
        case = make.case(owner=by)
        bar(case, by)
        lesson = note_lesson(Learned(text=TEXT, person=ruta, case=case), by=by, at=now)
        assert lesson.learned_from is None

    def test_the_database_wants_one_of_both(self, by, ruta, now):
        facts = {"text": TEXT, "by": by, "at": now, "expires_at": now + timedelta(days=1)}
        for about in ({"person": ruta, "topic": "x"}, {}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Lesson.objects.create(**facts, **about)

    def test_it_goes_along_when_two_records_are_made_one(self, by, ruta, now):
        other = make.person("Rūta P.")
        note_lesson(Learned(text=TEXT, person=other), by=by, at=now)
        merge_people(ruta, merged=other, by=by, at=now)
        assert lessons_of(ruta).count() == 1


class TestForgetting:
    def test_what_holds_no_more_comes_up_no_more_and_the_first_time_counts(self, by, ruta, now):
        lesson = note_lesson(Learned(text=TEXT, person=ruta), by=by, at=now)
        retire_lesson(lesson, by=by, at=now)
        retire_lesson(lesson, by=by, at=now + timedelta(days=1))
        assert again(lesson).retired_at == now
        assert not lessons_of(ruta)
        with pytest.raises(Lesson.DoesNotExist):
            lesson_for(by, lesson.pk)

    def test_in_its_time_it_is_deleted(self, by, ruta, now):
        note_lesson(Learned(text=TEXT, person=ruta, lives=Lives.SEASON), by=by, at=now)
        sweep(now + timedelta(days=91))
        assert Lesson.objects.exists()
        sweep(now + timedelta(days=93))
        assert not Lesson.objects.exists()

    def test_a_topic_is_seen_by_who_sees_cases(self, by, now):
        lesson = note_lesson(Learned(text=TEXT, topic="Heating"), by=by, at=now)
        assert lesson_for(by, lesson.pk) == lesson
        with pytest.raises(Lesson.DoesNotExist):
            lesson_for(make.staff(role=Role.EMPLOYEE), lesson.pk)
