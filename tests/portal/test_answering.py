from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from amends.base.limits import may_try
from amends.cases.actions.asking import ask_put_right
from amends.cases.actions.closing import Why, close_case, count_cause, thank
from amends.cases.actions.correspondence import add_note
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.promises import (
    Offer,
    accept_promise,
    keep_promise,
    mark_promise_broken,
    renegotiate_promise,
)
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.queries.links import link_of
from amends.cases.rules.kinds import How, Mechanism, Pillar, Verdict
from amends.cases.rules.lifecycle import State
from amends.contacts.models import Attachment, Contact
from amends.contacts.rules.kinds import Channel
from amends.journal.models import Entry
from amends.portal.confirming import MOST_ANSWERS
from amends.portal.http import HOUR
from amends.staff.models import Organisation
from tests import make
from tests.portal.behind_the_link import kept, promised, url

pytestmark = pytest.mark.django_db
WHY = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06"


class TestThePage:
    def test_it_says_who_has_it_what_was_promised_by_when_and_what_can_be_done(
        self, customer, case
    ):
        promised(case)
        text = customer.get(url(case)).text
        for said in (
            case.reference,
            "Inga Ramanauskaitė",
            "An engineer comes and it is warm",
            "Yes, that suits me",
            "I need another day",
            "Add something",
            "Take it back",
            "Ask another person to look",
            "You called us and told us",
        ):
            assert said in text

    def test_the_address_of_a_letter_opens_it_in_the_language_of_the_case(self, customer, case):
        Case.objects.filter(pk=case.pk).update(language="lt")
        response = customer.get(link_of(case).removeprefix("http://localhost:8000"))
        assert response.status_code == 200
        assert response["Content-Language"] == "lt"
        assert '<html lang="lt">' in response.text
        assert f'href="{url(case, language="ru")}"' in response.text

    def test_another_language_is_chosen_by_the_address(self, customer, case):
        assert '<html lang="sq">' in customer.get(url(case, language="sq")).text

    def test_opening_any_address_of_it_answers_nothing(self, customer, case):
        promise = promised(case)
        question = kept(case)
        before = Entry.objects.count()
        for address in (
            url(case),
            url(case, "agree", promise.pk),
            url(case, "another-day", promise.pk),
            url(case, "slip", promise.pk),
            *(url(case, "put-right", verdict) for verdict in ("yes", "partly", "no")),
            url(case, "add"),
            url(case, "withdraw"),
            url(case, "another-look"),
            url(case, "again"),
            url(case, "words"),
        ):
            assert customer.get(address).status_code == 200
        question.refresh_from_db()
        assert question.answered_at is None
        assert Entry.objects.count() == before

    def test_what_is_noted_for_us_is_not_on_it(self, customer, case):
        add_note(case, text="They call every week.", by=case.owner, at=timezone.now())
        text = customer.get(url(case)).text + customer.get(url(case, "words")).text
        assert "They call every week." not in text
        assert "Petrauskienė" not in text

    def test_what_was_done_is_told(self, customer, case):
        kept(case)
        assert "We did it: A new pipe was put in" in customer.get(url(case)).text

    def test_it_goes_to_no_other_site_into_no_search_and_into_no_cache(self, customer, case):
        response = customer.get(url(case))
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cache-Control"] == "private, no-store"
        assert response.cookies == {}

    def test_before_anything_is_promised_it_says_when_we_answer(self, customer, case):
        text = customer.get(url(case)).text
        assert "We have it" in text
        assert "We tell you by " in text

    @pytest.mark.requirement("S4-10")
    def test_what_became_of_each_promise_is_told(self, customer, case):
        first = promised(case, "First thing")
        accept_promise(first, how=How.LINK, by=case.person, at=timezone.now())
        mark_promise_broken(first, at=first.due_at)
        broken = customer.get(url(case)).text
        assert "We did not do it by then. That is our fault, and we are sorry." in broken
        assert "We did not keep it: First thing" in broken
        first.refresh_from_db()
        second = renegotiate_promise(
            first,
            offer=Offer(what="Second thing", due_at=timezone.now() + timedelta(days=1)),
            by=case.owner,
            at=timezone.now(),
        )
        assert "We promised anew: Second thing" in customer.get(url(case)).text
        keep_promise(second, evidence="Done as we said.", by=case.owner, at=timezone.now())
        assert "We did it: Done as we said" in customer.get(url(case)).text

    def test_the_share_of_kept_promises_is_shown_where_the_organisation_shows_it(
        self, customer, case
    ):
        for _ in range(10):
            promise = promised(case)
            keep_promise(promise, evidence="done", by=case.owner, at=timezone.now())
        assert "10 of the last 10 promises kept" not in customer.get(url(case)).text
        Organisation.objects.update(shows_kept_share=True)
        assert "10 of the last 10 promises kept" in customer.get(url(case)).text

    def test_too_few_promises_tell_nothing(self, customer, case):
        Organisation.objects.update(shows_kept_share=True)
        assert "promises kept" not in customer.get(url(case)).text

    def test_whom_to_turn_to_outside_is_told_in_the_readers_language(self, customer, case):
        Organisation.objects.update(outside_body={"lt": "VVTAT, tel. 8 5", "en": "The VVTAT"})
        assert "VVTAT, tel. 8 5" in customer.get(url(case, language="lt")).text
        assert "The VVTAT" in customer.get(url(case)).text

    def test_it_needs_few_statements_however_much_happened(
        self, customer, case, django_assert_max_num_queries
    ):
        for n in range(5):
            promised(case, f"thing {n}", in_days=n + 1)
            add_words(case, words="more", by=case.person, at=timezone.now())
        with django_assert_max_num_queries(18):
            customer.get(url(case))


class TestAnsweringASlip:
    def test_a_yes_and_its_confirmation_accept_it(self, customer, case):
        promise = promised(case)
        response = customer.post(url(case, "agree", promise.pk), {"go": "yes"})
        assert response["Location"] == f"{url(case)}?done=yes"
        promise.refresh_from_db()
        assert (promise.yes_how, promise.state) == (How.LINK, "agreed")
        assert "You said yes to it." in customer.get(response["Location"]).text

    def test_another_day_is_asked_for_with_its_reason(self, customer, case):
        promise = promised(case)
        told = {"wished_on": "2031-02-03", "wished_at": "12:30", "words": "I work."}
        response = customer.post(url(case, "another-day", promise.pk), told)
        promise.refresh_from_db()
        assert str(promise.counter_for) == "2031-02-03 10:30:00+00:00"
        assert promise.counter_words == "I work."
        text = customer.get(response["Location"]).text
        assert "You asked for another day: Monday 3 February 2031, 12:30." in text

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"wished_on": "2001-01-01", "wished_at": "12:00"}, "That day has passed."),
            ({"wished_on": "soon", "wished_at": "12:00"}, "Write the day as year-month-day"),
            ({"wished_on": "2031-02-03", "wished_at": "noon"}, "Write the time as hours"),
            ({}, "This field is required."),
        ],
    )
    def test_a_day_that_is_none_is_refused_in_words(self, customer, case, told, said):
        response = customer.post(url(case, "another-day", promised(case).pk), told)
        assert response.status_code == 422
        assert said in response.text

    def test_what_is_open_no_more_is_refused_in_words(self, customer, case):
        promise = promised(case)
        keep_promise(promise, evidence="done", by=case.owner, at=timezone.now())
        response = customer.post(url(case, "agree", promise.pk), {"go": "yes"})
        assert response.status_code == 422
        assert "This promise is not open any more." in response.text

    def test_it_prints_with_a_code_and_the_address(self, customer, case):
        text = customer.get(url(case, "slip", promised(case).pk)).text
        assert 'src="data:image/svg+xml' in text
        assert link_of(case) in text


class TestIsItPutRight:
    def test_the_question_stands_first_when_something_was_done(self, customer, case):
        kept(case)
        text = customer.get(url(case)).text
        assert text.index("Is it put right?") < text.index("What happened")
        for verdict in ("yes", "partly", "no"):
            assert url(case, "put-right", verdict) in text

    def test_it_is_not_asked_while_the_promise_is_still_to_come(self, customer, case):
        promised(case)
        assert url(case, "put-right", "yes") not in customer.get(url(case)).text

    def test_it_can_still_be_answered_after_the_last_time_it_was_asked(self, customer, case):
        question = kept(case)
        for _ in range(2):
            ask_put_right(question, at=timezone.now())
        assert url(case, "put-right", "yes") in customer.get(url(case)).text
        customer.post(url(case, "put-right", "partly"), {"words": ""})
        question.refresh_from_db()
        assert question.verdict == Verdict.PARTLY

    @pytest.mark.requirement("S4-12")
    def test_a_no_brings_a_person_back_at_once(self, customer, case):
        question = kept(case)
        response = customer.post(url(case, "put-right", "no"), {"words": "Cold again."})
        question.refresh_from_db()
        case.refresh_from_db()
        assert (question.verdict, question.words) == (Verdict.NO, "Cold again.")
        assert (case.state, case.failed_recoveries) == (State.INVESTIGATING, 1)
        text = customer.get(response["Location"]).text
        assert "A person looks at it at once." in text
        assert "You said: no, it is not put right" in text

    def test_a_yes_closes_with_thanks(self, customer, case):
        kept(case)
        count_cause(case, why=WHY, by=case.owner, at=timezone.now())
        response = customer.post(url(case, "put-right", "yes"), {"words": ""})
        case.refresh_from_db()
        assert case.state == State.CLOSED
        assert "Closed, with thanks to you" in customer.get(response["Location"]).text

    def test_a_question_that_was_answered_is_not_answered_again(self, customer, case):
        question = kept(case)
        customer.post(url(case, "put-right", "no"), {"words": "Cold."})
        response = customer.post(url(case, "put-right", "yes"), {"words": ""})
        assert "done=answered" in response["Location"]
        question.refresh_from_db()
        assert question.verdict == Verdict.NO

    def test_only_three_answers_exist(self, customer, case):
        kept(case)
        assert customer.get(url(case, "put-right", "no-answer")).status_code == 404


class TestWhatElseOneCanDo:
    def test_something_is_added_with_a_picture(self, customer, case):
        papers = [SimpleUploadedFile("tap.png", PICTURE)]
        customer.post(url(case, "add"), {"words": "It drips, too.", "papers": papers})
        contact = Contact.objects.get(channel=Channel.WEB)
        assert contact.words.text == "It drips, too."
        assert contact.attachments.get().name == "tap.png"
        text = customer.get(url(case, "words")).text
        assert "It drips, too." in text
        assert "tap.png" in text

    def test_nothing_is_added_without_a_word_and_files_of_any_kind(self, customer, case):
        response = customer.post(url(case, "add"), {"words": " "})
        assert response.status_code == 422
        papers = [SimpleUploadedFile("a.png", b"<script>")]
        response = customer.post(url(case, "add"), {"words": "See this.", "papers": papers})
        assert response.status_code == 422
        assert "is of a kind that is not accepted" in response.text
        assert "See this." in response.text
        assert not Contact.objects.filter(channel=Channel.WEB).exists()

    def test_it_is_taken_back_in_the_customers_own_words(self, customer, case):
        response = customer.post(url(case, "withdraw"), {"words": "It was my own tap."})
        case.refresh_from_db()
        assert case.state == State.WITHDRAWN
        assert "You took it back" in customer.get(response["Location"]).text

    def test_what_has_ended_is_not_taken_back_again(self, customer, case):
        customer.post(url(case, "withdraw"), {"words": "It was my own tap."})
        response = customer.post(url(case, "withdraw"), {"words": "It was my own tap."})
        assert response.status_code == 422

    def test_another_person_is_asked_to_look(self, customer, case):
        response = customer.post(url(case, "another-look"), {"words": "Nobody listens."})
        assert "stands open with us until" in customer.get(response["Location"]).text
        assert Entry.objects.filter(kind="AnotherLookAsked").count() == 1
        assert "You asked another person to look." in customer.get(url(case)).text

    def test_what_was_closed_is_opened_again(self, customer, case):
        make.done(case)
        assert "It was put right at once: The tap was replaced" in customer.get(url(case)).text
        count_cause(case, why=WHY, by=case.owner, at=timezone.now())
        thank(case, by=case.owner, at=timezone.now())
        close_case(case, by=case.owner, at=timezone.now())
        assert "It is not right after all" in customer.get(url(case)).text
        customer.post(url(case, "again"), {"words": "Cold again."})
        case.refresh_from_db()
        assert case.state == State.INVESTIGATING

    def test_a_file_comes_back_as_a_download_that_no_browser_runs(self, customer, case):
        papers = [SimpleUploadedFile("krānas „1“.png", PICTURE)]
        customer.post(url(case, "add"), {"words": "See.", "papers": papers})
        response = customer.get(url(case, "file", Attachment.objects.get().pk))
        assert b"".join(response.streaming_content) == PICTURE
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["Referrer-Policy"] == "no-referrer"

    def test_who_answers_too_often_is_told_so_and_loses_nothing(self, customer, case):
        for _ in range(MOST_ANSWERS):
            may_try("portal-answer", "127.0.0.1", most=MOST_ANSWERS, per=HOUR)
        response = customer.post(url(case, "add"), {"words": "It drips, too."})
        assert response.status_code == 429
        assert "It drips, too." in response.text


@pytest.mark.parametrize("pk", [0, 10**25])
def test_a_promise_that_does_not_exist_is_not_found(customer, case, pk):
    assert customer.get(url(case, "slip", pk)).status_code == 404
    assert not Promise.objects.exists()
