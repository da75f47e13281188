"""What a customer says to a proposal, a decision, how we understood them, and how we dealt."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.investigating import Awaited, Plan, plan_investigation, wait_for
from amends.cases.actions.proposing import take_proposal_back
from amends.cases.actions.read_back import ask_read_back
from amends.cases.actions.rights import BodyFacts, keep_body
from amends.cases.models.case import Case
from amends.cases.models.deciding import Proposal
from amends.cases.models.read_back import Rating, ReadBack
from amends.cases.rules.kinds import How, Verdict
from amends.cases.rules.lifecycle import State
from amends.journal.models import Entry
from amends.staff.models import Organisation
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard
from tests.portal.behind_the_link import kept, url

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06"
INTERNAL = ("60", "100", "A warm home", "We only explain")


@pytest.fixture
def then():
    """The day on which the hard case is proposed and decided."""
    with time_machine.travel(hard.NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def proposal(case, then):
    return hard.proposed(case.owner)


@pytest.fixture
def decided(case, then):
    return hard.decided(case.owner).decision.case


class TestAProposal:
    @pytest.mark.requirement("S3-38")
    def test_it_stands_first_with_what_it_gives_and_none_of_our_figures(self, customer, proposal):
        text = customer.get(url(proposal.case)).text
        assert '<h1 id="proposal-title">What we propose</h1>' in text
        for said in (
            "We mend the pump and pay part of it back.",
            "Part of the bill, to your account",
            "49",
            "Inga Ramanauskaitė",
            "We told you what we propose",
        ):
            assert said in text
        main = text[text.index("<main") : text.index("</main>")]
        assert not [figure for figure in INTERNAL if f">{figure}" in main or f" {figure} " in main]

    def test_a_tap_and_a_confirmation_agree_to_it(self, customer, proposal):
        case = proposal.case
        assert customer.get(url(case, "proposal-yes")).status_code == 200
        assert Proposal.objects.get(pk=proposal.pk).heard_at is None
        response = customer.post(url(case, "proposal-yes"), {"go": "yes"})
        proposal.refresh_from_db()
        assert (proposal.value_confirmed, proposal.view) == (True, "Yes, I agree to this")
        text = customer.get(response["Location"]).text
        assert "You agreed to it. We tell you what is decided." in text
        assert url(case, "proposal-yes") not in text

    def test_a_second_click_and_a_second_window_change_nothing(self, customer, proposal):
        for _ in range(2):
            response = customer.post(url(proposal.case, "proposal-yes"), {"go": "yes"})
            assert response.status_code == 302
        proposal.refresh_from_db()
        assert proposal.value_confirmed

    def test_what_would_put_it_right_instead_is_said_in_own_words(self, customer, proposal):
        case = proposal.case
        assert customer.post(url(case, "proposal-instead"), {"words": ""}).status_code == 422
        response = customer.post(url(case, "proposal-instead"), {"words": "A new pump."})
        proposal.refresh_from_db()
        assert (proposal.view, proposal.value_confirmed) == ("A new pump.", False)
        assert "We know what you say to it" in customer.get(response["Location"]).text

    @pytest.mark.parametrize(
        ("day", "status"), [("2026-04-02", 302), ("2026-01-01", 422), ("soon", 422), ("", 422)]
    )
    def test_time_to_think_is_asked_for_with_a_day(self, customer, proposal, day, status):
        response = customer.post(url(proposal.case, "proposal-time"), {"until_on": day})
        assert response.status_code == status
        assert Entry.objects.filter(kind="MoreTimeAsked").count() == (status == 302)

    @pytest.mark.parametrize("name", ["proposal-yes", "proposal-instead", "proposal-time"])
    def test_what_is_proposed_no_more_is_not_found(self, customer, proposal, name):
        take_proposal_back(proposal, by=proposal.by, at=timezone.now())
        assert customer.get(url(proposal.case, name)).status_code == 404


class TestADecision:
    def test_it_asks_whether_they_agree_and_until_when_they_may_not(self, customer, decided):
        text = customer.get(url(decided)).text
        assert '<h1 id="decision-title">What we decided</h1>' in text
        assert "If not, say so by 27 April 2026" in text
        assert url(decided, "another-look") in text

    def test_a_yes_begins_its_doing(self, customer, decided):
        response = customer.post(url(decided, "decision-yes"), {"go": "yes"})
        text = customer.get(response["Location"]).text
        assert "We begin to do it now." in text
        assert "Part of the bill, to your account" in text
        second = customer.post(url(decided, "decision-yes"), {"go": "yes"})
        assert second.status_code == 422

    def test_the_letter_is_read_and_kept(self, customer, decided):
        text = customer.get(url(decided, "letter")).text
        assert hard.SAID.reasons in text
        assert hard.SAID.apology in text
        paper = customer.get(url(decided, "letter-paper"))
        assert b"".join(paper.streaming_content).startswith(b"%PDF")
        assert paper["Content-Disposition"].startswith("attachment;")

    def test_where_nothing_was_decided_there_is_no_letter(self, customer, case):
        assert customer.get(url(case, "letter")).status_code == 404
        assert customer.get(url(case, "letter-paper")).status_code == 404
        assert url(case, "letter") not in customer.get(url(case)).text


class TestAfterTheEnd:
    def test_what_was_decided_is_looked_at_by_another_person(self, customer, decided):
        Case.objects.filter(pk=decided.pk).update(
            state=State.CLOSED, closed_at=timezone.now(), verdict="no-answer", next_due="",
            next_due_at=None,
        )  # fmt: skip
        assert url(decided, "another-look") in customer.get(url(decided)).text
        response = customer.post(url(decided, "another-look"), {"words": "Please."})
        assert "looks at all of it" in customer.get(response["Location"]).text

    def test_what_nobody_decided_only_comes_back(self, customer, case):
        make.withdrawn(case)
        assert url(case, "another-look") not in customer.get(url(case)).text
        response = customer.post(url(case, "another-look"), {"words": "Please."})
        assert response.status_code == 422


class TestOutside:
    @pytest.fixture(autouse=True)
    def body(self, case):
        manager = make.staff(role=Role.MANAGER)
        facts = BodyFacts(
            country=Organisation.objects.get().country,
            name={"en": "The consumer office", "lt": "Vartotojų tarnyba"},
            address={"en": "Vilniaus 25, Vilnius"},
            link="https://consumers.example",
            within=6,
            within_unit="months",
            source="Their page",
            checked_on=timezone.localdate(),
            active=True,
        )
        return keep_body(None, facts=facts, by=manager, at=timezone.now())

    def test_each_body_stands_with_its_address_link_and_time(self, customer, case):
        text = customer.get(url(case)).text
        for said in ("The consumer office", "Vilniaus 25", "https://consumers.example", "6 months"):
            assert said in text
        assert "Vartotojų tarnyba" in customer.get(url(case, language="lt")).text

    def test_after_our_answer_the_time_has_a_last_day(self, customer, decided):
        assert (
            "Until 28 September 2026, counted from our answer." in customer.get(url(decided)).text
        )

    def test_who_went_there_finds_its_name_typed_already(self, customer, case):
        assert 'value="The consumer office"' in customer.get(url(case, "outside")).text


@pytest.mark.requirement("S3-82")
class TestHowWeUnderstoodIt:
    @pytest.fixture(autouse=True)
    def asked(self, case):
        text = "An engineer comes on Tuesday."
        return ask_read_back(case, text=text, by=case.owner, at=timezone.now())

    def test_it_stands_on_the_page_to_be_confirmed_or_put_right(self, customer, case):
        text = customer.get(url(case)).text
        assert "An engineer comes on Tuesday." in text
        assert url(case, "understood") in text
        assert url(case, "misunderstood") in text

    def test_it_is_confirmed_in_own_words(self, customer, case):
        response = customer.post(url(case, "understood"), {"words": "Tuesday."})
        assert ReadBack.objects.get().confirmed
        text = customer.get(response["Location"]).text
        assert "You said that it is so." in text
        assert customer.post(url(case, "understood"), {"words": ""}).status_code == 422

    def test_it_is_put_right_in_own_words(self, customer, case):
        assert customer.post(url(case, "misunderstood"), {"words": ""}).status_code == 422
        response = customer.post(url(case, "misunderstood"), {"words": "Wednesday."})
        assert ReadBack.objects.get().words == "Wednesday."
        assert "You put it right." in customer.get(response["Location"]).text

    def test_where_nothing_was_read_back_there_is_no_such_page(self, customer, case):
        other = make.case(make.contact(person=case.person), owner=case.owner)
        assert customer.get(url(other, "understood")).status_code == 404


class TestRating:
    @pytest.fixture
    def answered(self, case):
        answer = Answer(verdict=Verdict.PARTLY, how=How.LINK)
        return answer_put_right(kept(case), answer=answer, by=case.person, at=timezone.now())

    def test_it_is_asked_after_the_question_and_may_be_changed(self, customer, case, answered):
        assert url(case, "rating") in customer.get(url(case)).text
        told = {"satisfaction": "satisfied", "words": "Kind."}
        response = customer.post(url(case, "rating"), told)
        text = customer.get(response["Location"]).text
        assert "You said: Satisfied." in text
        assert "<q>Kind.</q>" in text
        shown = customer.get(url(case, "rating")).text
        assert "checked" in shown
        assert "Kind.</textarea>" in shown
        customer.post(url(case, "rating"), {"satisfaction": "not", "words": "Kind."})
        assert Rating.objects.get().satisfaction == "not"

    @pytest.mark.parametrize("satisfaction", ["", "delighted"])
    def test_one_of_three_is_chosen(self, customer, case, answered, satisfaction):
        told = {"satisfaction": satisfaction, "words": "Kind."}
        response = customer.post(url(case, "rating"), told)
        assert response.status_code == 422
        assert "Kind.</textarea>" in response.text

    def test_before_the_question_there_is_nothing_to_rate(self, customer, case):
        response = customer.get(url(case, "rating"))
        assert response["Location"].endswith("done=not-to-rate")
        assert url(case, "rating") not in customer.get(url(case)).text

    def test_long_after_what_was_said_stands(self, customer, case, answered):
        with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
            assert customer.get(url(case, "rating")).status_code == 302


class TestWhatWeAsked:
    def test_the_question_stands_above_the_answer_which_ends_the_wait(self, customer, case, then):
        case = hard.investigated(case.owner)
        plan = Plan(questions="Why?", sources="The log.", persons="Jonas.", update_every_days=5)
        plan_investigation(case, plan=plan, by=case.owner, at=timezone.now())
        until = timezone.now() + timedelta(days=2)
        state = State.WAITING_CUSTOMER
        awaited = Awaited(state=state, what="a picture of the meter", whom="them", until=until)
        wait_for(case, awaited=awaited, by=case.owner, at=timezone.now())
        assert "Answer what we asked" in customer.get(url(case)).text
        text = customer.get(url(case, "add")).text
        assert "<h1>Answer what we asked</h1>" in text
        assert "a picture of the meter" in text
        customer.post(url(case, "add"), {"words": "Here it is."})
        assert Case.objects.get(pk=case.pk).state == State.INVESTIGATING
        assert "<h1>Add something</h1>" in customer.get(url(case, "add")).text

    def test_files_that_were_refused_leave_the_words(self, customer, case):
        papers = [SimpleUploadedFile("a.png", PICTURE), SimpleUploadedFile("b.png", b"<script>")]
        response = customer.post(url(case, "add"), {"words": "Two.", "papers": papers})
        assert response.status_code == 422
        assert "Two." in response.text


class TestSpeakingWellOfOurselves:
    @pytest.fixture
    def proud(self, monkeypatch, case):
        Organisation.objects.update(shows_kept_share=True)
        monkeypatch.setattr("amends.cases.queries.slips.LEAST_TO_COUNT", 1)
        return kept(case)

    def test_it_is_said_where_promises_were_kept(self, customer, case, proud):
        assert "promise kept" in customer.get(url(case)).text

    @pytest.mark.parametrize("verdict", ["no", "partly"])
    def test_never_to_whom_we_let_down(self, customer, case, proud, verdict):
        response = customer.post(url(case, "put-right", verdict), {"words": ""})
        assert "promise kept" not in customer.get(response["Location"]).text
