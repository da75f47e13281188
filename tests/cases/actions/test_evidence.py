from datetime import date, timedelta

import pytest

from amends.cases.actions.assessment import Complaint, correct_issue
from amends.cases.actions.evidence import (
    DisclosedToNobody,
    EvidenceSaysNothing,
    NoRedactedCopy,
    NotOfThisCase,
    ObtainedInTheFuture,
    OpeningReasonNeeded,
    Others,
    OthersIncomplete,
    Piece,
    PointSaysNothing,
    agree_on,
    disclose_evidence,
    drop_point,
    mark_sensitive,
    note_others_affected,
    note_reading,
    open_history,
    register_evidence,
    unmark_sensitive,
)
from amends.cases.actions.within import NotYours
from amends.cases.models.findings import Evidence, OthersAffected, Reading
from amends.contacts.actions.attachments import Upload, attach_files
from amends.journal.models import Entry
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again, entries, last_entry

pytestmark = pytest.mark.django_db
PIECE = {"what": "The log", "source": "The engineers", "obtained_on": date(2026, 3, 27)}


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


def register(case, by, **facts):
    return register_evidence(case, piece=Piece(**{**PIECE, **facts}), by=by, at=make.NOW)


def attached(case, owner):
    contact = case.case_contacts.get().contact
    files = [Upload("log.txt", b"the pump stood still")]
    return attach_files(contact, uploads=files, by=owner, at=make.NOW)[0]


class TestEvidence:
    def test_it_says_what_whence_and_when(self, case, owner):
        about = hard.issue(case)
        kept = register(case, owner, issue=about)
        assert (kept.what, kept.source, kept.issue) == ("The log", "The engineers", about)
        assert last_entry() == (
            "EvidenceRegistered",
            owner.actor,
            {"case_id": case.pk, "evidence_id": kept.pk},
        )

    @pytest.mark.parametrize(
        ("facts", "refusal"),
        [
            ({"what": " "}, EvidenceSaysNothing),
            ({"source": ""}, EvidenceSaysNothing),
            ({"obtained_on": date(2026, 4, 2)}, ObtainedInTheFuture),
        ],
    )
    def test_what_says_nothing_is_refused(self, case, owner, facts, refusal):
        with pytest.raises(refusal):
            register(case, owner, **facts)

    def test_it_is_of_this_case_or_refused(self, case, owner):
        other = make.case(owner=owner)
        with pytest.raises(NotOfThisCase):
            register(case, owner, issue=hard.issue(other))
        with pytest.raises(NotOfThisCase):
            register(case, owner, file=attached(other, owner))

    @pytest.mark.requirement("S3-41")
    def test_to_whom_it_was_shown_is_written_down_and_in_which_copy(self, case, owner):
        file = attached(case, owner)
        kept = register(case, owner, file=file, redacted=file)
        shown = disclose_evidence(kept, to="The customer", redacted=True, by=owner, at=make.NOW)
        assert (shown.to, shown.redacted) == ("The customer", True)
        assert last_entry()[2]["redacted"] is True

    def test_a_copy_that_is_not_there_cannot_be_shown(self, case, owner):
        kept = register(case, owner)
        with pytest.raises(NoRedactedCopy):
            disclose_evidence(kept, to="The customer", redacted=True, by=owner, at=make.NOW)
        with pytest.raises(DisclosedToNobody):
            disclose_evidence(kept, to=" ", redacted=False, by=owner, at=make.NOW)

    def test_who_may_not_work_on_the_case_registers_nothing(self, case):
        with pytest.raises(NotYours):
            register(case, make.staff())
        assert not Evidence.objects.exists()


class TestOthersAffected:
    def test_how_many_how_found_and_what_they_get(self, case, owner):
        others = Others(how_many=12, found_how="By the pump they hang on", they_get="The same")
        noted = note_others_affected(case, others=others, by=owner, at=make.NOW)
        assert (noted.how_many, noted.they_get) == (12, "The same")
        anew = Others(how_many=0, found_how="By the pump they hang on", they_get="")
        note_others_affected(case, others=anew, by=owner, at=make.NOW)
        assert OthersAffected.objects.get().how_many == 0

    def test_without_how_or_what_it_is_not_known(self, case, owner):
        for how, get in (("", "This"), ("So", "")):
            told = Others(how_many=3, found_how=how, they_get=get)
            with pytest.raises(OthersIncomplete):
                note_others_affected(case, others=told, by=owner, at=make.NOW)


class TestAgreedPoints:
    @pytest.mark.requirement("S3-39")
    def test_a_point_is_agreed_and_dropped_again(self, case, owner):
        point = agree_on(case, text=" It was cold. ", by=owner, at=make.NOW)
        assert point.text == "It was cold."
        assert drop_point(point, by=owner, at=make.NOW).dropped_at == make.NOW
        assert entries()[-2:] == ["PointAgreed", "PointDropped"]

    def test_nothing_is_not_agreed_on(self, case, owner):
        with pytest.raises(PointSaysNothing):
            agree_on(case, text=" ", by=owner, at=make.NOW)


class TestHistoryAndReading:
    @pytest.mark.requirement("S3-48")
    def test_looking_at_the_history_first_needs_a_reason(self, case, owner):
        with pytest.raises(OpeningReasonNeeded):
            open_history(case, reason=" ", by=owner, at=make.NOW)
        opened = open_history(case, reason="They refer to it.", by=owner, at=make.NOW)
        assert (opened.staff, opened.reason) == (owner, "They refer to it.")

    def test_who_reads_a_sensitive_case_is_written_down_once_an_hour(self, case, owner):
        mark_sensitive(case, by=owner, at=make.NOW)
        assert again(case).sensitive_since == make.NOW
        assert note_reading(case, by=owner, at=make.NOW)
        assert note_reading(case, by=owner, at=make.NOW + timedelta(minutes=59)) is None
        assert note_reading(case, by=owner, at=make.NOW + timedelta(hours=2))
        assert Reading.objects.filter(case=case, staff=owner).count() == 2
        assert Entry.objects.latest("pk").subject == ""

    def test_a_case_is_made_sensitive_once_and_no_more(self, case, owner):
        mark_sensitive(case, by=owner, at=make.NOW)
        mark_sensitive(case, by=owner, at=make.NOW + timedelta(hours=1))
        unmark_sensitive(case, by=owner, at=make.NOW)
        assert again(case).sensitive_since is None
        assert entries().count("CaseMadeSensitive") == 2


@pytest.mark.requirement("S0-02")
def test_a_thing_complained_of_stands_in_our_lists_on_two_levels(case, owner):
    one = hard.issue(case)
    told = Complaint(
        statement="Cold", product="Heat", sub_product="Flat", topic="Outage", sub_topic="Pump"
    )
    correct_issue(one, complaint=told, by=owner, at=make.NOW)
    kept = again(one)
    assert (kept.product, kept.sub_product, kept.topic, kept.sub_topic) == (
        "Heat",
        "Flat",
        "Outage",
        "Pump",
    )
