from datetime import date

import pytest
from django.db import IntegrityError, transaction

from amends.cases.queries.occasions import occasions_of
from amends.journal.models import Entry
from amends.people.actions import occasions as acts
from amends.people.actions.needs import NoConsent
from amends.people.actions.persons import Particulars, correct_person
from amends.people.models import Occasion
from amends.people.rules.occasions import OccasionKind, greeted_on, month_day, parts
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make


class TestRules:
    @pytest.mark.parametrize(
        ("month", "day", "made"),
        [(5, 7, 507), (12, 31, 1231), (2, 29, 229), (2, 30, None), (13, 1, None), (4, 0, None)],
    )
    def test_a_day_of_the_year_has_no_year(self, month, day, made):
        assert month_day(month, day) == made
        assert made is None or parts(made) == (month, day)

    @pytest.mark.parametrize(
        ("today", "greeted"),
        [
            (date(2026, 3, 27), (327, 327)),
            (date(2026, 2, 28), (228, 229)),
            (date(2028, 2, 28), (228, 228)),
            (date(2028, 2, 29), (229, 229)),
        ],
    )
    def test_the_29th_of_february_is_greeted_on_the_28th_where_there_is_none(self, today, greeted):
        assert greeted_on(today) == greeted


@pytest.fixture
def agent(db):
    make.organisation()
    return make.staff("Milda")


@pytest.fixture
def ona(agent):
    return make.person("Ona")


def draft(**facts):
    told = {"kind": OccasionKind.BIRTHDAY, "month": 3, "day": 27, "consent": "on the telephone"}
    return acts.OccasionDraft(**{**told, **facts})


def note(person, by, **facts):
    return acts.note_occasion(person, draft=draft(**facts), by=by, at=make.NOW)


@pytest.mark.requirement("S2-05")
class TestOccasions:
    def test_is_kept_with_who_when_and_how_they_agreed(self, agent, ona):
        occasion = note(ona, agent)
        assert (occasion.of_year, occasion.consent) == (327, "on the telephone")
        assert (occasion.consented_at, occasion.recorded_by) == (make.NOW, agent)
        entry = Entry.objects.latest("pk")
        assert (entry.kind, entry.subject) == ("OccasionNoted", f"person:{ona.pk}")
        assert str(occasion) == "birthday"

    def test_there_is_none_without_consent(self, agent, ona):
        with pytest.raises(NoConsent):
            note(ona, agent, consent=" ")
        occasion = note(ona, agent)
        with pytest.raises(IntegrityError, match="occasion_with_consent"), transaction.atomic():
            Occasion.objects.filter(pk=occasion.pk).update(consent="")

    @pytest.mark.parametrize(
        ("facts", "refusal"),
        [
            ({"month": 2, "day": 30}, acts.NoSuchDay),
            ({"kind": OccasionKind.OWN, "what": " "}, acts.OccasionUnnamed),
        ],
    )
    def test_has_a_day_and_a_name(self, agent, ona, facts, refusal):
        with pytest.raises(refusal):
            note(ona, agent, **facts)

    def test_once_is_enough_and_their_own_are_told_apart_by_name(self, agent, ona):
        note(ona, agent, what="never kept for a birthday")
        with pytest.raises(acts.OccasionKnown):
            note(ona, agent)
        note(ona, agent, kind=OccasionKind.OWN, what="the  shop opened", day=1)
        note(ona, agent, kind=OccasionKind.OWN, what="the wedding")
        kept = occasions_of(ona, today=date(2026, 3, 27))
        assert [each.row.what for each in kept] == ["the shop opened", "", "the wedding"]
        assert kept[0].day == date(2000, 3, 1)

    def test_a_consent_withdrawn_forgets_it(self, agent, ona):
        acts.withdraw_occasion(note(ona, agent), by=agent, at=make.NOW)
        assert not Occasion.objects.exists()
        assert Entry.objects.latest("pk").kind == "OccasionWithdrawn"

    def test_who_wants_no_gestures_has_none(self, agent, ona):
        particulars = Particulars(name="Ona", wants_no_gestures=True)
        correct_person(ona, particulars=particulars, by=agent, at=make.NOW)
        with pytest.raises(acts.WantsNoGreeting):
            note(ona, agent)

    def test_a_greeting_counts_for_the_year(self, agent, ona):
        occasion = note(ona, agent)
        for _again in range(2):
            acts.greet(occasion, by=agent, at=make.NOW)
        assert Entry.objects.filter(kind="OccasionGreeted").count() == 1
        assert occasions_of(ona, today=date(2026, 3, 27))[0].greeted
        assert not occasions_of(ona, today=date(2027, 3, 27))[0].greeted

    def test_nobody_greets_the_dead(self, agent, ona):
        occasion = note(ona, agent)
        for _again in range(2):
            acts.note_death(ona, by=agent, at=make.NOW)
        assert not Occasion.objects.exists()
        with pytest.raises(acts.HasDied):
            note(ona, agent)
        Occasion.objects.bulk_create([occasion])
        with pytest.raises(acts.HasDied):
            acts.greet(occasion, by=agent, at=make.NOW)
        for _again in range(2):
            acts.take_back_death(ona, by=agent, at=make.NOW)
        kinds = Entry.objects.filter(kind__startswith="Death").values_list("kind", flat=True)
        assert list(kinds.order_by("pk")) == ["DeathNoted", "DeathTakenBack"]

    def test_who_only_reads_may_keep_none(self, agent, ona):
        with pytest.raises(NotAllowed):
            note(ona, make.staff(role=Role.AUDITOR))
