import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError

from amends.contacts.actions.manners import forget_manner
from amends.contacts.actions.recording import EndsBeforeItStarts, NothingSaid, record_contact
from amends.contacts.models import Contact, MannerShown, Words
from amends.contacts.rules.gist import GIST_CHARACTERS, gist_of, title_of
from amends.contacts.rules.kinds import Channel, Direction, Family, Manner
from amends.journal.models import Entry
from amends.people.models import Person
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make.staff("Inga Ramanauskaitė")


def recorded(text=make.STORY, *, by=None, **facts):
    return record_contact(make.telling(text, **facts), by=by, at=make.NOW)


class TestRecordContact:
    @pytest.mark.requirement("S0-11", "S0-12", "S4-07", "S4-36")
    def test_a_moment_of_truth_keeps_the_words_as_they_were_said(self, by):
        told = recorded("  It is cold.\n\nAgain. ", by=by, handled_by=by, person=make.person())
        words = Words.objects.get(contact=told)
        assert words.text == "  It is cold.\n\nAgain. "
        assert words.sha256 == hashlib.sha256(words.text.encode()).hexdigest()
        assert (words.source, words.sealed_at) == ("taken-down", make.NOW)
        assert (told.gist, told.family) == ("It is cold. Again.", Family.TELEPHONE)
        entry = Entry.objects.get(kind="ContactRecorded")
        assert (entry.by, entry.facts) == (
            by.actor,
            {"contact_id": told.pk, "channel": "telephone", "direction": "in"},
        )

    @pytest.mark.requirement("S4-07")
    def test_sealed_words_are_never_changed(self):
        told = recorded()
        with pytest.raises(DatabaseError, match="never changed"):
            Words.objects.filter(contact=told).update(text="It was warm.")

    def test_that_they_were_read_back_may_be_noted_later(self):
        told = recorded()
        Words.objects.filter(contact=told).update(read_back_at=make.NOW)
        assert Words.objects.get().read_back_at == make.NOW

    @pytest.mark.requirement("S0-03", "S3-42", "S4-07d")
    def test_notes_and_manners_are_of_the_contact(self, by):
        told = recorded(
            by=by,
            handled_by=by,
            notes=((make.NOW, "A small child."),),
            manners=(Manner.ANGRY, Manner.TALKER, Manner.ANGRY),
        )
        note = told.notes.get()
        assert (note.text, note.by, note.at) == ("A small child.", by, make.NOW)
        assert {shown.manner for shown in told.manners.all()} == {"angry", "talker"}
        assert {shown.expires_at for shown in told.manners.all()} == {make.NOW + timedelta(days=90)}

    @pytest.mark.requirement("S0-13", "S0-14", "S0-15")
    def test_whom_a_colleague_represents_follows_from_whom_they_speak_with(self, by):
        outside = recorded(handled_by=by, department=by.department, person=make.person())
        assert outside.represents == "organisation"
        inside = make.person("Jonas Kairys", number="K2")
        Person.objects.filter(pk=inside.pk).update(staff=make.staff())
        inside.refresh_from_db()
        told = recorded(handled_by=by, department=by.department, person=inside)
        assert (told.represents, told.department) == ("department", by.department)

    @pytest.mark.parametrize("text", ["", "  \n"])
    def test_something_was_said(self, text):
        with pytest.raises(NothingSaid):
            recorded(text)
        assert not Contact.objects.exists()

    def test_a_note_is_enough(self, by):
        assert recorded("", handled_by=by, notes=((make.NOW, "She hung up."),)).gist == ""

    def test_it_ends_after_it_starts(self):
        with pytest.raises(EndsBeforeItStarts):
            recorded(started_at=make.NOW, ended_at=make.NOW - timedelta(seconds=1))

    @pytest.mark.requirement("S0-15")
    def test_what_leaves_has_an_author_or_is_automatic(self, by):
        assert recorded(direction=Direction.OUT, handled_by=by).direction == "out"
        assert recorded(direction=Direction.OUT, automatic=True).automatic
        with pytest.raises(IntegrityError, match="contact_out_has_an_author"):
            recorded(direction=Direction.OUT)

    @pytest.mark.parametrize(
        ("role", "facts", "may"),
        [
            (Role.AGENT, {}, True),
            (Role.EMPLOYEE, {}, False),
            (Role.AUDITOR, {}, False),
            (Role.ADMINISTRATOR, {"as_history": True}, True),
            (Role.AGENT, {"as_history": True}, False),
        ],
    )
    def test_each_role_records_what_it_may(self, role, facts, may):
        colleague = make.staff(role=role)
        if may:
            assert recorded(by=colleague, **facts).pk
        else:
            with pytest.raises(NotAllowed):
                recorded(by=colleague, **facts)

    @pytest.mark.requirement("S1-10")
    def test_an_employee_records_what_a_colleague_asks(self):
        inside = make.person("Jonas Kairys")
        Person.objects.filter(pk=inside.pk).update(staff=make.staff())
        inside.refresh_from_db()
        assert recorded(by=make.staff(role=Role.EMPLOYEE), person=inside).person == inside


class TestForgetManner:
    def test_it_is_forgotten_when_its_time_has_passed_and_not_before(self, by):
        recorded(by=by, handled_by=by, manners=(Manner.ANGRY,))
        shown = MannerShown.objects.get()
        forget_manner(shown, at=shown.expires_at - timedelta(seconds=1))
        assert MannerShown.objects.exists()
        forget_manner(shown, at=shown.expires_at)
        assert not MannerShown.objects.exists()
        assert Entry.objects.filter(kind="MannerForgotten").count() == 1


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("  It is\n cold. ", "It is cold."),
        ("", ""),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 199 + "…"),
        ("word " * 60, ("word " * 60)[:199].rpartition(" ")[0] + "…"),
    ],
)
def test_a_gist_is_one_line_cut_at_a_word(text, gist):
    assert gist_of(text) == gist
    assert len(gist_of(text)) <= GIST_CHARACTERS


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("I AM FURIOUS!!! The boiler is cold again. Nobody calls.", "The boiler is cold again."),
        ("SCANDAL!!! My parcel is lost!", "My parcel is lost."),
        ("ВЫ ВСЕ ВОРЫ!!!", "Вы все воры."),
        ("What is this?! A third time!", "What is this?"),
        ("You are ALL THIEVES and I know it", "You are all thieves and I know it"),
        ("the SIM card does not work", "The SIM card does not work"),
        ("Thank you!", "Thank you."),
        ("Cold. Again.", "Cold. Again."),
        ("", ""),
    ],
)
def test_a_title_is_the_first_sentence_that_tells_something_and_does_not_shout(said, title):
    assert title_of(said) == title


def test_every_channel_has_a_family():
    told = [Contact(channel=channel.value).family for channel in Channel]
    assert set(told) == set(Family)
