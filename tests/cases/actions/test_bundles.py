from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.base.made import made_path
from amends.cases.actions.bundles import (
    AlreadyAskedFor,
    BlackeningReasonNeeded,
    Choice,
    KeptUntilFoundOn,
    LeftOutWithoutReason,
    MadeFile,
    NobodyToGiveItTo,
    NotAnOfferedLanguage,
    NothingMarked,
    NotReady,
    ask_for_bundle,
    begin_bundle,
    blacken,
    choose_for_bundle,
    fail_bundle,
    finish_bundle,
    forget_bundle,
    hand_out,
    note_progress,
    uncover,
)
from amends.cases.actions.outside import Body, go_outside
from amends.cases.actions.within import Barred
from amends.cases.models.bundles import Blackening, Bundle
from amends.cases.models.findings import Disclosure, Evidence
from amends.cases.queries.bundles import blackenings_of, bundles_to_forget, chosen_in
from amends.cases.rules.bundle import KEPT_FOR, Item, Section, Stage
from amends.jobs.sweeper import sweep
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.cases.actions.seen import again, bar, entries, last_entry

pytestmark = pytest.mark.django_db
OFFICE = "State Consumer Office"
FILE = MadeFile(name="C-1.zip", sha256="a" * 64, size_bytes=900)
PLAIN = Choice(items={}, sections=(Section.JOURNAL,), names_colleague=True, language="lt")


@pytest.fixture
def senior():
    made = make.staff("Inga Ramanauskaitė", role=Role.SENIOR)
    make.team(members=(made,))
    return made


@pytest.fixture
def case(senior):
    return make.case(owner=senior)


@pytest.fixture
def bundle(case, senior):
    return begin_bundle(case, to=OFFICE, language="en", by=senior, at=make.NOW)


@pytest.fixture
def ready(bundle, senior):
    ask_for_bundle(bundle, by=senior, at=make.NOW)
    path = made_path(FILE.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK")
    return finish_bundle(bundle, made=FILE, at=make.NOW)


class TestBeginning:
    def test_it_is_begun_for_somebody_and_nothing_leaves_yet(self, case, senior, bundle):
        assert (bundle.to, bundle.stage, bundle.proceeding) == (OFFICE, Stage.CHOOSING, None)
        facts = {"case_id": case.pk, "bundle_id": bundle.pk}
        assert last_entry() == ("BundleBegun", senior.actor, facts)

    @pytest.mark.parametrize(
        ("to", "language", "refusal"),
        [(" ", "en", NobodyToGiveItTo), (OFFICE, "tlh", NotAnOfferedLanguage)],
    )
    def test_it_is_for_somebody_and_in_one_of_the_languages(
        self, case, senior, to, language, refusal
    ):
        with pytest.raises(refusal):
            begin_bundle(case, to=to, language=language, by=senior, at=make.NOW)

    def test_only_who_may_hand_out_cases_and_is_not_complained_about(self, case, senior):
        with pytest.raises(NotAllowed):
            begin_bundle(case, to=OFFICE, language="en", by=make.staff(), at=make.NOW)
        bar(case, senior)
        with pytest.raises(Barred):
            begin_bundle(case, to=OFFICE, language="en", by=senior, at=make.NOW)

    @pytest.mark.requirement("S3-48")
    def test_how_an_earlier_case_ended_leaves_in_no_file_of_who_decides_a_grave_one(self, senior):
        grave = hard.investigated(senior)
        earlier = make.withdrawn(make.case(make.contact(person=grave.person), owner=senior))
        with pytest.raises(KeptUntilFoundOn, match=grave.reference):
            begin_bundle(earlier, to=OFFICE, language="en", by=senior, at=make.NOW)

    def test_an_outside_body_finds_its_file_begun(self, case, senior):
        body = Body(name=OFFICE, reference="7/2026")
        proceeding = go_outside(case, body=body, by=senior, at=make.NOW)
        begun = Bundle.objects.get()
        assert (begun.to, begun.proceeding, begun.language) == (OFFICE, proceeding, "en")
        other = begin_bundle(case, to="The court", language="lt", by=senior, at=make.NOW)
        assert other.proceeding == proceeding


class TestChoosing:
    def test_only_what_is_otherwise_than_as_a_rule_is_written_down(self, bundle, senior):
        items = {(Item.CONTACT, 1): False, (Item.NOTE, 2): True, (Item.FILE, 3): True}
        choice = Choice(
            items=items,
            sections=(Section.JOURNAL,),
            names_colleague=True,
            language="lt",
            why_left_out=" It is another matter. ",
        )
        chosen = choose_for_bundle(bundle, choice=choice, by=senior, at=make.NOW)
        assert chosen_in(chosen) == {(Item.CONTACT, 1): False, (Item.NOTE, 2): True}
        now = again(bundle)
        assert (now.language, now.names_colleague, now.sections) == ("lt", True, ["journal"])
        assert now.why_left_out == "It is another matter."
        assert last_entry()[0] == "BundleChosen"

    def test_choosing_anew_forgets_what_was_chosen(self, bundle, senior):
        items = {(Item.NOTE, 2): True}
        first = Choice(items=items, sections=(), names_colleague=False, language="en")
        choose_for_bundle(bundle, choice=first, by=senior, at=make.NOW)
        choose_for_bundle(bundle, choice=PLAIN, by=senior, at=make.NOW)
        assert chosen_in(bundle) == {}

    def test_nothing_stays_without_a_reason(self, bundle, senior):
        items = {(Item.CONTACT, 1): False}
        choice = Choice(items=items, sections=(), names_colleague=False, language="en")
        with pytest.raises(LeftOutWithoutReason):
            choose_for_bundle(bundle, choice=choice, by=senior, at=make.NOW)

    def test_what_was_asked_for_changes_no_more(self, bundle, senior):
        ask_for_bundle(bundle, by=senior, at=make.NOW)
        for act in (
            lambda: choose_for_bundle(bundle, choice=PLAIN, by=senior, at=make.NOW),
            lambda: ask_for_bundle(bundle, by=senior, at=make.NOW),
        ):
            with pytest.raises(AlreadyAskedFor):
                act()


class TestBlackening:
    @pytest.fixture
    def told(self, case):
        return case.case_contacts.get().contact

    def test_a_passage_is_black_wherever_it_stands_and_the_words_stay(self, case, senior, told):
        before = told.words.text
        bars = blacken(
            case, contact=told.pk, passage=" third time ", reason="health", by=senior, at=make.NOW
        )
        assert [before[each.start : each.end] for each in bars] == ["third time"]
        assert again(told).words.text == before
        assert last_entry()[0] == "PassageBlackened"
        assert list(blackenings_of(case)) == bars

    def test_each_place_is_a_bar_of_its_own(self, case, senior, told):
        number = told.words.text.count("t")
        bars = blacken(case, contact=told.pk, passage="t", reason="x", by=senior, at=make.NOW)
        assert len(bars) == number > 1

    @pytest.mark.parametrize("passage", ["", "  ", "never said"])
    def test_it_must_have_been_said(self, case, senior, told, passage):
        with pytest.raises(NothingMarked):
            blacken(case, contact=told.pk, passage=passage, reason="x", by=senior, at=make.NOW)

    def test_and_in_this_case(self, case, senior):
        other = make.contact()
        with pytest.raises(NothingMarked):
            blacken(case, contact=other.pk, passage="cold", reason="x", by=senior, at=make.NOW)

    def test_and_for_a_reason(self, case, senior, told):
        with pytest.raises(BlackeningReasonNeeded):
            blacken(case, contact=told.pk, passage="cold", reason=" ", by=senior, at=make.NOW)

    def test_it_can_be_uncovered_and_the_first_time_counts(self, case, senior, told):
        [one] = blacken(case, contact=told.pk, passage="cold", reason="x", by=senior, at=make.NOW)
        uncover(one, by=senior, at=make.NOW)
        uncover(again(one), by=senior, at=make.NOW + timedelta(days=1))
        assert again(one).lifted_at == make.NOW
        assert not blackenings_of(case)
        assert last_entry()[0] == "PassageUncovered"

    def test_the_database_holds_what_an_action_cannot(self, case, senior, told):
        for start, end, reason in ((3, 3, "x"), (0, 3, "")):
            with pytest.raises(IntegrityError), transaction.atomic():
                Blackening.objects.create(
                    case=case,
                    contact=told,
                    start=start,
                    end=end,
                    reason=reason,
                    by=senior,
                    at=make.NOW,
                )


class TestMaking:
    def test_it_is_kept_with_its_hash_who_asked_and_until_when(self, ready, senior):
        assert (ready.stage, ready.sha256, ready.size_bytes) == (Stage.READY, "a" * 64, 900)
        assert (ready.asked_by, ready.expires_at) == (senior, make.NOW + KEPT_FOR)
        kind, by, facts = last_entry()
        assert (kind, by, facts["sha256"]) == ("BundleMade", senior.actor, "a" * 64)

    def test_two_makers_come_to_one_file(self, ready):
        other = MadeFile(name="C-1.zip", sha256="b" * 64, size_bytes=1)
        assert finish_bundle(ready, made=other, at=make.NOW).sha256 == "a" * 64

    def test_how_far_it_is_can_be_seen(self, bundle):
        note_progress(bundle, done=3, total=9, at=make.NOW)
        now = again(bundle)
        assert (now.done, now.total, now.went_on_at) == (3, 9, make.NOW)

    def test_what_failed_can_be_asked_for_again(self, bundle, senior):
        ask_for_bundle(bundle, by=senior, at=make.NOW)
        fail_bundle(bundle, error="OSError", at=make.NOW)
        assert again(bundle).stage is Stage.FAILED
        assert last_entry()[0] == "BundleFailed"
        assert ask_for_bundle(bundle, by=senior, at=make.NOW).stage is Stage.WAITING

    def test_the_database_wants_a_hash_with_every_file(self, bundle):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bundle.objects.filter(pk=bundle.pk).update(made_at=make.NOW)


class TestHandingOut:
    def test_the_register_says_to_whom_the_evidence_was_shown_once(self, senior):
        make.authority(Role.SENIOR, RemedyKind.APOLOGY)
        case = hard.found(hard.investigated(senior))
        bundle = begin_bundle(case, to=OFFICE, language="en", by=senior, at=hard.NOW)
        ask_for_bundle(bundle, by=senior, at=hard.NOW)
        finish_bundle(bundle, made=FILE, at=hard.NOW)
        for _time in range(2):
            hand_out(bundle, by=senior, at=hard.NOW)
        shown = Disclosure.objects.get()
        assert (shown.evidence, shown.to) == (Evidence.objects.get(), OFFICE)
        assert (shown.redacted, shown.by) == (False, senior)
        assert entries()[-2:] == ["BundleHandedOut", "BundleHandedOut"]

    def test_what_is_not_made_cannot_be_handed_out(self, bundle, senior):
        with pytest.raises(NotReady):
            hand_out(bundle, by=senior, at=make.NOW)

    def test_nor_by_who_may_not(self, ready):
        with pytest.raises(NotAllowed):
            hand_out(ready, by=make.staff(), at=make.NOW)


class TestForgetting:
    LATER = make.NOW + KEPT_FOR

    def test_the_file_goes_in_its_time_and_what_it_was_stays(
        self, ready, django_capture_on_commit_callbacks
    ):
        assert not bundles_to_forget(self.LATER - timedelta(seconds=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert sweep(self.LATER) >= 1
        now = again(ready)
        assert (now.stage, now.sha256) == (Stage.GONE, "a" * 64)
        assert not made_path("a" * 64).exists()
        assert last_entry()[0] == "BundleForgotten"
        assert not bundles_to_forget(self.LATER)

    def test_the_first_time_counts(self, ready):
        forget_bundle(ready, at=self.LATER)
        assert forget_bundle(again(ready), at=self.LATER + timedelta(days=1)).gone_at == self.LATER

    def test_nothing_is_deleted_while_an_outside_body_looks(self, ready, senior):
        body = Body(name=OFFICE, reference="7/2026")
        go_outside(ready.case, body=body, by=senior, at=make.NOW)
        assert not bundles_to_forget(self.LATER)
